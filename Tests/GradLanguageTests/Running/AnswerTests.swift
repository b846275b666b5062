import Testing

@testable import GradLanguage

/// `ans`, and names that are forgotten.
@Suite struct AnswerTests {
  @Test(arguments: Interpreter.modes)
  func lastResult(mode: Interpreter.Mode) {
    let session = Session()
    #expect(session.lines("ans", mode: mode) == ["E001"])
    #expect(session.lines("2 + 3", mode: mode) == ["5"])
    #expect(session.lines("ans*2", mode: mode) == ["10"])
    #expect(session.lines("x = 7; f(y) = y; f(1);", mode: mode).count <= 1)
    #expect(session.lines("ans", mode: mode) == ["ans = 10"])
    #expect(session.lines("\"text\"\n[1, 2]", mode: mode) == ["text", "[1, 2]"])
    #expect(session.lines("ans + 1", mode: mode) == ["[2, 3]"])
  }

  @Test("it is the same node, unnamed, and no leaf is made of a number")
  func node() {
    let session = Session()
    session.run("a = 2; a*3; 4")
    #expect(session.lines("show") == ["show: a 2"])
    session.run("a*3; L = ans + 1; backward L;")
    #expect(session.lines("ans") == ["ans = 6 grad 1"])
    #expect(session.lines("show L") == ["show: a 2 grad 3, L 7 grad 1"])
    session.run("y = ans")
    #expect(session.lines("show L") == ["show: a 2 grad 3, y 6 grad 1, L 7 grad 1"])
    session.run("5; z = ans")
    #expect(session.lines("z.grad") == ["N304", "0"])
  }

  @Test("it is no reason for a note, and no name of the user's")
  func noNotes() {
    let session = Session()
    #expect(session.lines("a = 2; a*3\na = 5", mode: .prompt) == ["6", "a = 5"])
    #expect(session.lines("a\nL = ans^2; ans = 1", mode: .prompt).allSatisfy { $0 != "N301" })
    #expect(!Session().interpreter.isDefined("ans"))
  }

  @Test("a name that the user binds is the user's")
  func own() {
    let session = Session()
    session.run("1; ans = 7; 2")
    #expect(session.lines("ans") == ["ans = 7"])
    #expect(session.lines("show") == ["show: ans 7"])
    session.run("plain ans = 8; 3")
    #expect(session.lines("ans") == ["ans = 8"])
    #expect(throws: Never.self) { try session.interpreter.forget(["ans"]) }
    #expect(session.lines("ans") == ["E001"])
    #expect(session.lines("4; ans + 1") == ["4", "5"])
    #expect(session.lines("show") == ["show: "])
  }

  @Test("a part of an array is not changed under it")
  func arrays() {
    let session = Session()
    #expect(
      session.lines("f() = { [1, 2] }; f(); v = ans; v[1] = 9; ans") == ["[1, 2]", "ans = [1, 2]"])
    session.run("plain p = [1, 2]; p; p[1] = 5")
    #expect(session.lines("ans") == ["ans = [1, 2]"])
  }

  @Test("conditions leave it as it is")
  func conditions() {
    let session = Session()
    session.run("6")
    _ = session.interpreter.holds("ans == 6", parameter: "shown", number: 1)
    #expect(session.interpreter.holds("ans == 6", parameter: "shown", number: 1))
    #expect(session.lines("ans") == ["ans = 6"])
  }

  @Test("it goes where the graph goes when what nothing reaches is freed")
  func collection() {
    let session = Session()
    session.run("a = 2; b = a*3; b; b = 0; a*a*a")
    session.interpreter.machine.collect(top: 0)
    #expect(session.lines("ans") == ["ans = 8"])
    session.run("L = ans*a; backward L;")
    #expect(session.state("a") == "2 grad 32")
  }

  // MARK: Forgetting

  @Test("a name is gone, what used its value is not")
  func forgetting() throws {
    let session = Session()
    session.run("a = 2; plain p = 1; L = a^2; f(x) = x*a")
    try session.interpreter.forget(["a", "p"])
    #expect(session.lines("a") == ["E001"])
    #expect(session.lines("f(1)") == ["E001"])
    session.run("backward L;")
    #expect(session.lines("show") == ["show: f f(x), L 4 grad 1"])
    session.run("p = 3")
    #expect(
      session.lines("q = p*2; backward q; p.grad") == ["backward: p 3 grad 2, q 6 grad 1", "2"])
  }

  @Test("a built-in name means the built-in again")
  func shadowed() throws {
    let session = Session()
    session.run("sum = 3; pi = 3; abs(x) = 0; zero() = 5; show = 1")
    try session.interpreter.forget(["sum", "pi", "abs", "zero"])
    #expect(session.lines("sum([1, 2]); pi > 3; abs(-2)") == ["3", "1", "2"])
    #expect(session.lines("zero()") == [])
  }

  @Test("a name that cannot be forgotten")
  func refused() {
    let session = Session()
    session.run("loss = 2; b = 1")
    let cases: [(String, ForgettingFailure)] = [
      ("lss", .unknown("lss", similar: "loss")), ("zzzzzz", .unknown("zzzzzz", similar: nil)),
      ("sin", .builtIn("sin")), ("pi", .builtIn("pi")), ("", .unknown("", similar: nil)),
      ("ans", .unknown("ans", similar: nil)),
    ]
    for (name, failure) in cases {
      #expect(throws: failure) { try session.interpreter.forget(["b", name]) }
    }
    #expect(session.state("b") == "1")
  }
}

extension Interpreter {
  static let modes: [Interpreter.Mode] = [.script, .prompt]
}
