import Testing

@testable import GradLanguage

@Suite struct DumpTests {
  private static func source(_ text: String) -> SourceText {
    SourceText(name: "<test>", bytes: Array(text.utf8))
  }

  @Test func tokens() {
    #expect(
      Dump.tokens(of: DumpTests.source("é = \"a{b:.4}\" # c\n x")) == """
        1:1 name é
        1:3 assign =
        1:5 stringOpen "
        1:6 stringText a
        1:7 interpolationOpen {
        1:8 name b
        1:9 interpolationFormat :.4
        1:12 interpolationClose }
        1:13 stringClose "
        1:18 newline \\n
        2:2 name x
        2:3 endOfFile

        """)
  }

  @Test func tree() {
    let program = """
      f(x) = {
        if x > 0 { return -x^2 }
        for i in 1..3 { print i, "a{x:.3}" }
      }
      d = a*b + x.tanh(); backward L accumulate; d;
      """
    #expect(
      Dump.tree(of: DumpTests.source(program)) == """
        (define f (x) (block
          (if (comparisons x > 0) (block
            (return (- (^ x 2)))))
          (for i (range 1 3) (block
            (print i (string "a" (interpolation x ".3")))))))
        (assign d (+ (* a b) (method .tanh x)))
        (backward L :accumulate)
        (silenced (evaluate d))

        """)
  }

  @Test func problems() {
    #expect(
      Dump.tokens(of: DumpTests.source("a $")).hasSuffix(
        "1:3 error[E028]: `$` has no meaning here\n"))
    #expect(
      Dump.tree(of: DumpTests.source("x = 1\ny = = 2"))
        == "(assign x 1)\n(assign y (invalid))\n2:5 error[E022]: expected a value, found `=`\n")
    #expect(
      Dump.program(of: DumpTests.source("x = )"))
        == "1:5 error[E022]: expected a value, found `)`\n")
    #expect(
      Dump.program(of: DumpTests.source(#""\q""#)).hasSuffix(
        "1:2 error[E027]: `\\q` is no escape\n"))
  }

  /// The disassembly names registers, constants, globals and targets.
  @Test func program() {
    let dump = Dump.program(
      of: DumpTests.source("f(x, y) = if x > y then x*2 else sin(y)\nz = f(a, 3)"))
    let lines = dump.split(separator: "\n").map { line in
      line.split(separator: " ", omittingEmptySubsequences: true).joined(separator: " ")
    }
    func has(_ line: String) -> Bool { lines.contains { $0.hasPrefix(line) } }
    #expect(lines.first?.hasPrefix("f(x, y): ") == true)
    #expect(lines.contains { $0.hasPrefix("input: ") })
    #expect(lines.contains { $0.contains(" x, y # x > y") })
    #expect(lines.contains { $0.contains("multiply") && $0.contains("x, 2 # x*2") })
    #expect(lines.contains { $0.contains("unary") && $0.contains("y, sin # sin(y)") })
    #expect(lines.contains { $0.contains("loadGlobal") && $0.contains("@a") })
    #expect(lines.contains { $0.contains("call") && $0.contains("2 arguments # f(a, 3)") })
    #expect(lines.last?.hasSuffix("halt") == true)
    #expect(has("0 "))
  }

  /// Every opcode can be written.
  @Test(arguments: Corpus.programs)
  func programs(text: String) {
    let source = DumpTests.source(text)
    #expect(Dump.program(of: source).utf8.count > text.utf8.count)
    #expect(!Dump.tree(of: source).contains("invalid"))
    #expect(!Dump.tokens(of: source).contains("invalid"))
  }
}
