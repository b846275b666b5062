import Testing

@testable import GradLanguage

/// What the prompt asks: can it run, may more lines complete it, or is it wrong?
@Suite struct CompletenessTests {
  private static func completeness(_ text: String) -> Completeness {
    Interpreter.completeness(of: SourceText(name: "<test>", bytes: Array(text.utf8)))
  }

  @Test(arguments: [
    "", "\n", "# comment", "x", "x = 1", "x = 1;", "f(x) = x^2", "f(x) = { x }", "if a { b }",
    "if a { b } else { c }", "if a then b else c", "for i in 1..3 { }", "print", "forward", "zero",
    "x = \"a{b}\"", "backward L", "show", "(a\n+ b)", "[1,\n2]", "nosuch(1)", "backward", "assert",
    "if a {\n  b\n}", "x -> x",
  ])
  func complete(text: String) {
    #expect(CompletenessTests.completeness(text) == .complete)
    #expect(CompletenessTests.completeness(text + "\n") == .complete)
  }

  @Test(arguments: [
    "x =", "x +", "x + # more", "x = 1 *", "(", "(1", "(1 +", "f(", "f(x,", "f(x) =", "f(x) = {",
    "[", "[1", "[1,", "[x for", "[x for x in v", "v[", "v[1", "if a {", "if a { b", "if a then",
    "if a then b", "if a then b else", "if a { } else", "if a { } else {", "for i in 1..3 {",
    "for i in 1..", "repeat 3 {", "while a {", "x ->", "x -> {", "a and", "a <", "1..", "0..1 by",
    "print a,", "print (", "plain s =", "x :=", "x +=",
    // Open inside something open
    "for i in 1..3 {\n  x = (1 +", "f(x) = {\n  if x {\n    y = [1,", "if a { b } else { (",
    "if a { if b then", "f(g(", "((", "while a { print x,",
  ])
  func incomplete(text: String) {
    #expect(CompletenessTests.completeness(text) == .incomplete)
    #expect(CompletenessTests.completeness(text + "\n") == .incomplete)
    #expect(CompletenessTests.completeness(text + "\n\n") == .incomplete)
  }

  @Test(arguments: [
    "x = = 1", "x = )", ")", "}", "x }", "2x", "x++", "x = 3; x--", "a && b", "if = 3", "\"abc",
    "\"abc {x", "(\"abc", "else", "x (", "break", "return 1", "f(x, x) = (", "$ (", "1e999 + (",
    "if a { x = = 1", "for i in 1..3 {\n  x = = 1\n", "(1]", "v[1}", "f(x) = { break", "x = 1 2 (",
    // Whose line would have had to go on
    "if", "if a", "for", "for i", "for i in", "for i in 1..3", "while", "while a", "repeat",
    "plain", "plain s", "not", "-", "a.",
  ])
  func wrong(text: String) {
    #expect(CompletenessTests.completeness(text) == .wrong)
    #expect(CompletenessTests.completeness(text + "\n") == .wrong)
  }

  /// Every prefix of a program has an answer.
  @Test(arguments: Corpus.programs)
  func prefixes(program: String) {
    let bytes = Array(program.utf8)
    var reached: Set<Completeness> = []
    for length in 0...bytes.count {
      let source = SourceText(name: "<test>", bytes: Array(bytes.prefix(length)))
      reached.insert(Interpreter.completeness(of: source))
    }
    #expect(CompletenessTests.completeness(program) == .complete)
    #expect(reached == [.complete, .incomplete, .wrong])
  }

  /// Where a token of a program ends, outside strings, nothing is wrong yet.
  @Test(arguments: Corpus.programs)
  func prefixesOfWholeTokens(program: String) {
    let bytes = Array(program.utf8)
    var openStrings = 0
    for token in Lexer.tokenize(SourceText(name: "<test>", bytes: bytes)).tokens {
      if token.kind == .stringOpen { openStrings += 1 }
      if token.kind == .stringClose { openStrings -= 1 }
      guard openStrings == 0 else { continue }
      let prefix = SourceText(name: "<test>", bytes: Array(bytes.prefix(token.range.end)))
      let (_, problems, isIncomplete) = Parser.parse(prefix)
      #expect(problems.isEmpty || isIncomplete, "\(prefix.text(SourceRange(0, token.range.end)))")
    }
  }

  /// Where a line of a program ends, the prefix is complete or incomplete, never wrong.
  @Test(arguments: Corpus.programs)
  func prefixesOfWholeLines(program: String) {
    let lines = program.split(separator: "\n", omittingEmptySubsequences: false)
    for count in 0...lines.count {
      let prefix = lines.prefix(count).joined(separator: "\n")
      #expect(CompletenessTests.completeness(prefix) != .wrong, "\(prefix)")
    }
  }
}
