import Foundation
import TestSupport
import Testing

@testable import GradLanguage

/// Whatever is typed: an answer or a clear error, and the session goes on.
///
/// `GRAD_FUZZ_SECONDS` makes each test longer, `GRAD_FUZZ_SEED` different.
@Suite struct FuzzTests {
  private static let words = [
    "a", "b", "c", "f", "g", "x", "i", "v", "A", "L", "e", "pi", "inf", "nan", "sin", "tanh", "max",
    "sqrt", "length", "zeros", "where", "0", "1", "2", "3", "0.5", "1e3", ".5", "(", ")", "[", "]",
    "{", "}", ";", ",", ":", ".", "..", "->", "=", "+=", "-=", "*=", "/=", "^=", ":=", "+", "-",
    "*", "/", "//", "%", "@", "^", "**", "<", "<=", ">", ">=", "==", "!=", "≈", "'", "∇", "and",
    "or", "not", "if", "then", "else", "for", "in", "by", "while", "repeat", "break", "continue",
    "return", "import", "end", "backward", "forward", "print", "plain", "show", "zero", "assert",
    "set", "digits", "accumulate", "data", "grad", "\n", "\n", " ", "\"", "\"s\"", "\"{a}\"", "#",
    "²", "−", "x²", "\\", "$", "&&", "a.grad", "a.data", "f(x) = ", "(x)", "x -> ", "(x, y) -> ",
    "{ a }",
    "for i in 1..3 { ", "while a < 3 { a += 1; ", "repeat 2 { ", "backward a; ",
    "[x for x in v]", "[1, 2]", "a = 2; ", "v[1]", "A[1, 2]",
  ]

  private static func each(seed: UInt64, _ body: (inout SplitMix64) -> Void) {
    let environment = ProcessInfo.processInfo.environment
    let seconds = environment["GRAD_FUZZ_SECONDS"].flatMap(Double.init) ?? 1.5
    var generator = SplitMix64(
      seed: seed &+ (environment["GRAD_FUZZ_SEED"].flatMap(UInt64.init) ?? 0))
    let end = ContinuousClock.now + .seconds(seconds)
    while ContinuousClock.now < end { body(&generator) }
  }

  /// A session with little room, so that garbage is collected often.
  private static func newSession(nodeLimit: Int = 2000) -> Session {
    var settings = Settings()
    settings.nodeLimit = nodeLimit
    return Session(settings)
  }

  /// Runs an input; the session must be of use afterwards.
  private static func survive(_ bytes: [UInt8], in session: Session) {
    let text = String(decoding: bytes, as: UTF8.self)
    if let path = ProcessInfo.processInfo.environment["GRAD_FUZZ_LOG"] {
      try? Data(bytes).write(to: URL(fileURLWithPath: path))
    }
    _ = Dump.tokens(of: SourceText(name: "", bytes: bytes))
    _ = Dump.tree(of: SourceText(name: "", bytes: bytes))
    _ = Dump.program(of: SourceText(name: "", bytes: bytes))
    _ = Interpreter.completeness(of: SourceText(name: "", bytes: bytes))
    session.run(bytes, interruptedAfter: .milliseconds(300))
    session.checkInvariants()
    #expect(session.lines("print 1 + 1") == ["2"], "after \(text.debugDescription)")
  }

  @Test func randomBytes() {
    let session = FuzzTests.newSession()
    FuzzTests.each(seed: 1) { generator in
      let isText = generator.once(in: 2)
      let bytes = (0..<generator.below(60)).map { _ in
        isText ? UInt8(0x20 + generator.below(0x5F)) : UInt8(generator.below(256))
      }
      FuzzTests.survive(bytes, in: session)
    }
  }

  @Test func tokenSoup() {
    var session = FuzzTests.newSession()
    FuzzTests.each(seed: 2) { generator in
      if generator.once(in: 50) { session = FuzzTests.newSession() }
      let space = generator.pick(["", " "])
      let words = (0..<generator.below(25)).map { _ in generator.pick(FuzzTests.words) }
      FuzzTests.survive(Array(words.joined(separator: space).utf8), in: session)
    }
  }

  @Test func mutatedPrograms() {
    var session = FuzzTests.newSession()
    FuzzTests.each(seed: 3) { generator in
      if generator.once(in: 20) { session = FuzzTests.newSession() }
      var bytes = Array(generator.pick(Corpus.programs).utf8)
      for _ in 0...generator.below(6) {
        let at = generator.below(bytes.count)
        switch generator.below(5) {
        case 0: bytes.remove(at: at)
        case 1: bytes.insert(contentsOf: generator.pick(FuzzTests.words).utf8, at: at)
        case 2: bytes[at] = UInt8(generator.below(256))
        case 3: bytes.swapAt(at, generator.below(bytes.count))
        case _:
          let end = min(at + generator.below(12), bytes.count)
          bytes.insert(contentsOf: bytes[at..<end], at: generator.below(bytes.count))
        }
      }
      FuzzTests.survive(bytes, in: session)
    }
  }

  /// Statements that are right in themselves, in a session that goes on: this reaches the machine.
  @Test func randomStatements() {
    var session = FuzzTests.newSession()
    FuzzTests.each(seed: 4) { generator in
      if generator.once(in: 40) {
        session = FuzzTests.newSession(nodeLimit: generator.pick([60, 300, 2000, 1 << 16]))
      }
      if generator.once(in: 4) { session.run(ProgramWriter.prelude) }
      var writer = ProgramWriter(generator)
      let program = writer.program()
      generator = writer.generator
      FuzzTests.survive(Array(program.utf8), in: session)
    }
  }
}
