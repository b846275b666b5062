import Testing

@testable import GradLanguage

/// A statement that fails changes nothing; what was done before it stays.
@Suite struct TransactionTests {
  /// What can be seen of a session.
  private static func snapshot(_ session: Session) -> [String] {
    session.lines("show") + ["\(session.nodeCount) nodes"]
  }

  @Test(arguments: [
    "x = a*3 + nosuch", "a = L*2 + nosuch", "a += nosuch", "new = a^2 + f(nosuch)", "L = 1 + \"s\"",
    "a := nosuch", "a := \"s\"", "a := a*2 + [1]", "L := 3", "L.data = 3", "a.grad = nosuch",
    "a.grad = \"s\"", "v := [1]", "v.grad = 1", "plain new = nosuch", "plain a = \"s\" + 1",
    "backward nosuch", "backward L + nosuch", "backward v", "backward \"s\"", "forward 3",
    "forward nosuch", "show nosuch", "print a*2, nosuch", "assert a*2 < 1", "assert a < L*0",
    "f(nosuch)", "f(1, 2)", "g(a)", "g(a) + 1", "new = g(a)", "new = [a*2, nosuch]",
    "new = [x*2 for x in v if nosuch]", "new = if a*2 > 1 then nosuch else 1",
    "new = (x -> x*a + nosuch)(2)", "for i in nosuch { }", "repeat a*nosuch { }",
    "while a*2 > nosuch { }", "if a*2 > nosuch { }", "new = a*2 + v + [1, 2, 3]",
    "v[3] = a*2", "v[1] = a*2 + nosuch", "v[1] := nosuch", "new = f'(v)",
    "new = (x -> x*a*nosuch)'(a)", "new = (x -> { zero; x })'(a)", "new = jacobian(f)(v) + nosuch",
    "new = sum(v*a, 2)",
    "set nosuch 3", "x = \"{a*2}{nosuch}\"", "new = zeros(-1)", "new = v[a*2]", "deep(1)",
  ])
  func nothingChanges(statement: String) {
    let session = Session()
    session.run(
      """
      a = 2; b = 3; L = a*b; v = [1, 2]; plain p = 1
      f(x) = x^2
      g(x) = { y = x*2; y + nosuch }
      deep(x) = deep(x + a)
      backward L;
      """)
    let before = TransactionTests.snapshot(session)
    #expect(!session.run(statement).isCompleted)
    #expect(TransactionTests.snapshot(session) == before)
    session.checkInvariants()
    // The session goes on.
    session.run("c = a*L; backward c;")
    #expect(session.state("b") == "3 grad 4")
  }

  @Test func statementsBeforeTheFailureStay() {
    let session = Session()
    #expect(session.lines("x = 2; y = x*3; z = y + nosuch; x = 9") == ["E001"])
    #expect(session.state("x") == "2")
    #expect(session.state("y") == "6")
    #expect(session.shown("z") == nil)
  }

  @Test func completedIterationsStay() {
    let session = Session()
    session.run("a = 2; s = 0; for i in 1..5 { s = s + a*i; if i == 3 { nosuch } }")
    #expect(session.state("s") == "12")
    #expect(session.state("i") == "3")
    session.run("backward s")
    #expect(session.state("a") == "2 grad 6")
    session.run("n = 0; while 1 { n += 1; assert n < 4 }")
    #expect(session.state("n") == "4")
    session.run("repeat 3 { a := a + 1; if a == 4 { nosuch } }")
    #expect(session.shown("a")?.data == 4)
  }

  @Test func whatCallsCompletedStays() {
    let session = Session()
    session.run("a = 2; f() = { a := 5; a.grad = 7; nosuch }")
    #expect(session.run("f()").codes == ["E001"])
    #expect(session.state("a") == "5 grad 7")
    #expect(session.run("x = f()").codes == ["E001"])
    #expect(session.shown("x") == nil)
  }

  /// A name that a failed loop bound to an element of an array that is gone with the statement.
  @Test func loopVariablesKeepTheirNodes() {
    let session = Session()
    session.run("a = 2")
    session.run("for v in [a*2, a*3] { nosuch }")
    #expect(session.state("v") == "4")
    session.run("L = v*2; backward L")
    #expect(session.state("a") == "2 grad 4")
    session.run("for r in [[a, 1], [2, 3]] { nosuch }")
    session.run("M = r[1]*3; backward M")
    #expect(session.state("a") == "2 grad 3")
    session.checkInvariants()
  }

  @Test func trappedSweepsChangeNothing() {
    let session = Session()
    session.run("x = 0; y = sqrt(x); b = 3; M = b^2; backward M; set trap on")
    #expect(session.run("backward y").codes == ["E074"])
    #expect(session.state("b") == "3 grad 6")
    #expect(session.state("x") == "0 grad 0")
  }

  @Test func trappedForwardChangesNothing() {
    let session = Session()
    session.run("x = 4; y = sqrt(x); z = y + 1; set trap on; x := -1")
    #expect(session.run("forward").codes == ["E074"])
    #expect(session.state("y") == "2 stale")
    #expect(session.state("z") == "3 stale")
    session.run("x := 9; forward")
    #expect(session.state("z") == "4")
  }
}
