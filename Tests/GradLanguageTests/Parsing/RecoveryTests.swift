import Testing

@testable import GradLanguage

/// Several mistakes in one input are reported at once, and none for what follows from another.
@Suite struct RecoveryTests {
  /// `line:code` of each problem.
  private static func problems(_ text: String) -> [String] {
    let source = SourceText(name: "<test>", bytes: Array(text.utf8))
    return Parser.parse(source).problems.map {
      "\(source.lineIndex(at: $0.range.start) + 1):\($0.problem.code)"
    }
  }

  @Test(arguments: [
    ("x = = 1\ny = 2\nz = * 3", ["1:E022", "3:E022"]),
    ("x = = 1; y = 2; z = * 3", ["1:E022", "1:E022"]),
    ("x = = 1 + + + = 2\ny", ["1:E022"]),
    ("if a {\n  x = = 1\n  y = = 2\n}\nz = = 3", ["2:E022", "3:E022", "5:E022"]),
    ("for i in 1..3 { x = = 1 }\ny = = 2", ["1:E022", "2:E022"]),
    ("if = { x }\ny = = 2", ["1:E003", "2:E022"]),
    ("while a b { x = = 1 }\ny = = 2", ["1:E022", "2:E022"]),
    ("x = 2y\ny = 3 $ 4\nbreak\nif = 3", ["1:E011", "2:E028", "3:E036", "4:E003"]),
    ("print \"abc\nx = = 2", ["1:E026", "2:E022"]),
    ("print \"a {x\nprint \"b {1 + }\"\ny", ["1:E026", "2:E022"]),
    ("x = \"a\nb\"", ["1:E026", "2:E026"]),
    ("x = 1e999 + 1e999\ny = 2x", ["1:E031", "2:E011"]),
    ("}\nx = = 1", ["1:E021", "2:E022"]),
    ("x = 1 }\ny = = 2", ["1:E021", "2:E022"]),
    ("x = (1 + \ny = 2\nz = = 3", ["1:E020"]),
    ("x = (1 + ; y = = 2", ["1:E022", "1:E022"]),
    ("a && b || c\nd = = 1", ["1:E033", "1:E033", "2:E022"]),
    ("else { x }\nelse { y }", ["1:E024", "2:E024"]),
    ("f(x, x, x) = x\nf(if) = 1", ["1:E006", "2:E003"]),
    ("v = [1, 2\nw = 3", ["1:E020"]),
    ("x = (1]\ny = 2)\nz = = 1", ["1:E020", "3:E022"]),
    ("for i in 1..3 {\n  print \"abc", ["2:E026"]),
  ])
  func severalProblems(text: String, expected: [String]) {
    #expect(RecoveryTests.problems(text) == expected)
  }

  @Test func atMostTwentyProblems() {
    let text = (1...30).map { "x\($0) = = 1" }.joined(separator: "\n")
    #expect(RecoveryTests.problems(text) == (1...20).map { "\($0):E022" })
  }

  /// A mistake that only the compiler finds is bounded, too.
  @Test func atMostTwentyProblemsOfTheCompiler() {
    #expect(Session().run(String(repeating: #"print "\q"; "#, count: 30)).codes.count == 20)
  }

  /// A problem anywhere runs nothing of the input.
  @Test(arguments: [
    "x = 1; print x; y = = 2", "x = 1\nprint x\nprint \"\\q\"", "x = 1; set digits 99",
  ])
  func nothingRuns(text: String) {
    let session = Session()
    #expect(session.run(text).isRejected)
    #expect(session.outputs.isEmpty)
    #expect(session.shown("x") == nil)
  }
}
