import Testing

@testable import GradLanguage

/// Texts that nobody would write get a clear answer, and the session goes on.
@Suite struct HostileTextTests {
  /// 100 000 of the same inside each other.
  @Test(arguments: [
    LargeInput("(", times(100_000, "(") + "1" + times(100_000, ")")),
    LargeInput("( that stay open", times(100_000, "(")),
    LargeInput("[", times(100_000, "[") + "1" + times(100_000, "]")),
    LargeInput("[ that stay open", times(100_000, "[")),
    LargeInput("blocks", times(100_000, "if 1 { ") + "1" + times(100_000, " }")),
    LargeInput("blocks that stay open", times(100_000, "if 1 { ")),
    LargeInput("lambdas", times(100_000, "x -> ") + "1"),
    LargeInput("bracketed lambdas", times(100_000, "(x -> ") + "1" + times(100_000, ")")),
    LargeInput("minuses", times(100_000, "-") + "1"),
    LargeInput("nots", times(100_000, "not ") + "1"),
    LargeInput(
      "conditions", times(100_000, "if 1 then ") + "1" + times(100_000, " else 0")),
    LargeInput("for", times(100_000, "for i in 1..1 { ") + "1" + times(100_000, " }")),
    LargeInput("while", times(100_000, "while 0 { ") + "1" + times(100_000, " }")),
    LargeInput("repeat", times(100_000, "repeat 1 { ") + "1" + times(100_000, " }")),
    LargeInput("functions", times(100_000, "f() = { ") + "1" + times(100_000, " }")),
    LargeInput("calls", times(100_000, "sin(") + "1" + times(100_000, ")")),
    LargeInput("powers", "1" + times(100_000, "^1")),
    LargeInput(
      "comprehensions", times(100_000, "[") + "1" + times(100_000, " for i in 1..1]")),
  ])
  func nesting(input: LargeInput) {
    let session = Session()
    #expect(session.run(input.text).codes == ["E025"])
    #expect(session.lines("print 1 + 1") == ["2"])
  }

  /// 100 000 of the same behind each other.
  @Test(arguments: [
    (LargeInput("comparisons", "print 1" + times(100_000, " <= 1")), ["1"]),
    (LargeInput("members", "a = 1; print a" + times(100_000, ".data")), ["1"]),
    (LargeInput("subscripts", "v = [1]; print v" + times(100_000, "[1]")), ["E014"]),
    (LargeInput("calls", "f(x) = x; print f" + times(100_000, "(1)")), ["E010"]),
    (LargeInput("primes", "f(x) = x^2; print f" + times(100_000, "'") + "(1)"), ["E047"]),
  ])
  func chains(input: LargeInput, lines: [String]) {
    #expect(Session().lines(input.text) == lines)
  }

  /// An order beyond what an instruction holds is not another one.
  @Test(arguments: [171, 65_536, 65_537, 65_538, 1_000_000])
  func primes(count: Int) {
    let outcome = Session().run("f(x) = x^3; print f" + times(count, "'") + "(1)")
    #expect(
      outcome.diagnostics.first?.message
        == "a derivative of order \(count) is beyond the limit, 170")
  }

  /// Gradients of gradients: neither calling such a function nor showing it takes a stack.
  @Test func derivedWithoutEnd() {
    let session = Session()
    session.run("f = x -> x^9; repeat 100000 { f = grad(f) }")
    #expect(session.lines("f(1)") == ["E070"])
    #expect(session.lines("f + 1") == ["E014"])
    #expect(session.run("print f").isCompleted)
  }

  /// What cannot be read is reported up to the limit; the rest takes no memory.
  @Test(arguments: ["$", "\u{0}", "\u{202E}", "\u{85}"])
  func problemsAreCounted(character: String) {
    let (_, problems) = Lexer.tokenize(
      SourceText(name: "", bytes: Array(times(200_000, character).utf8)))
    #expect(problems.count == Parser.problemLimit)
    #expect(Session().run(times(1000, character)).diagnostics.count == Parser.problemLimit)
  }

  /// A character of many marks is not read again for each name that it might mean.
  @Test func marksWithoutEnd() {
    let name = "a" + times(500_000, "\u{301}")
    #expect(Suggestion.nearest(to: name, among: ["a"]) == nil)
    #expect(Session().run("print \(name)").codes == ["E001"])
    #expect(Session().lines("\(name) = 2; print \(name)") == ["2"])
  }

  /// Each byte of a program replaced by others: an answer, and the session goes on.
  @Test(arguments: [
    [0xFF], [0xC0], [0x80], [0xE2, 0x82], [0xED, 0xA0, 0x80], [0xF4, 0x90, 0x80, 0x80], [0],
    [0x1B, 0x5B], [0xE2, 0x80, 0xA8], [0xE2, 0x80, 0xAE], [0xEF, 0xBB, 0xBF], [0x0D], [0xCC, 0x81],
  ])
  func garbled(bytes: [UInt8]) {
    let program = Array(
      "a = 2; b = \"é {a}\" # c\nf(x) = x^2\nL = f'(a)*[1, 2][1]\nbackward L\nprint a.grad, b\n"
        .utf8)
    let session = Session()
    for index in program.indices {
      session.run(Array(program[..<index]) + bytes + program[(index + 1)...])
    }
    #expect(session.lines("print 1 + 1") == ["2"])
    session.checkInvariants()
  }
}
