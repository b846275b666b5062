import TestSupport
import Testing

@testable import Autograd

@testable import GradLanguage

/// Conditions and indices that decided what lives outlast a collection; others do not.
@Suite struct GuardCollectionTests {
  private static func collect(_ session: Session) {
    let machine = session.interpreter.machine
    machine.clearStacks()
    machine.statementMark = nil
    machine.collect(top: 0)
    machine.graph.tape.pointee.checkInvariants()
  }

  private static func guardCount(_ session: Session) -> Int {
    session.interpreter.machine.graph.tape.pointee.guards.count
  }

  @Test(arguments: [
    ("if a > 1 { L = a*3 } else { L = a }", "a := 0"),
    ("L = if a > 1 then a*3 else a", "a := 0"),
    ("if a > 1 { if b > 2 { L = a*b } }", "a := 0"),
    ("if a > 1 { if b > 2 { L = a*b } }", "b := 0"),
    ("if a > 1 and b > 2 { L = a*b }", "a := 0"),
    ("if a > 1 and b > 2 { L = a*b }", "b := 0"),
    ("c = a > 1; d = b > 2; if c { if d { L = a*b } }; c = 0; d = 0", "a := 0"),
    ("x = a; while x < 20 { x = x*a }; L = x*1", "a := 5"),
    ("L = a; while L < 20 { L = L*a }", "a := 5"),  // what ended the loop stands after L
    ("g(x) = { if x > 1 { return x*3 }; x }; L = g(a) + g(b)", "b := 0"),
    ("v = [1, 2, 3]; L = v[a - 1]*2", "a := 3"),
    ("v = [1, 2, 3]*a; L = sum(select(v, v > 3))", "a := 9"),
    // Conditions that bound nothing, and those that were decided after the last binding.
    ("L = a*b; if a > 5 { L = 3*L }", "a := 7"),
    ("L = a; while abs(L*L - a) > 1e-3 { L = (L + a/L)/2 }", "a := 200"),
    ("v = [3, 1, 2]; L = 0*a; for i in 1..3 { if v[i] > a { L += v[i]*b } }", "a := 0"),
    ("w = [3, 1, 2]*b; L = w[1]; for i in 2..3 { if w[i] > L { L = w[i] } }", "b := -1"),
    ("L = a; repeat 9 { L = L*a; if L > 20 { break } }", "a := 1.5"),
    ("L = a; if b > 5 { print 1 } else if b > 4 { L = 2*a }", "b := 4.5"),
    ("L = a*b; if b > 5 { L = 1 } else { if a > 5 { L = 2 } }", "a := 6"),
    // What stands behind a `continue`, and an `else` that ends the loop.
    ("L = b; for e in [3, 4] { if e > a { continue }; L += e }", "a := 5"),
    ("L = 3*b; for i in 1..1 { if a > 0 { continue }; L = 7 }", "a := -1"),
    ("L = b; for i in 1..2 { if a > 0 { M = 2; continue } else { L = 3 }; M = 1 }", "a := -1"),
    ("L = b; for i in 1..2 { if a > 0 { if 1 { continue } }; L = 3 }", "a := -1"),
    ("L = b; for i in 1..2 { if a > 1 and b > 2 { continue }; L = 3 }", "a := 0"),
    ("L = b; for i in 1..2 { if a > 1 or b > 5 { continue }; L = 3 }", "a := 0"),
    ("v = [1, 2]*b; for i in 1..2 { if a < 3 { continue }; v[i] = 9 }; L = v[1]", "a := 5"),
    ("L = b; for i in 1..2 { if a < 1 { L = 5 } else { break } }", "a := 0"),
    // Numbers that say which dimension, order or argument.
    ("A = [[1, 2], [3, 4]]; L = sum(A, a)[1]", "a := 1"), ("L = taylor(exp, b, a)[end]", "a := 3"),
    ("L = grad((s, t) -> s*t^2, a)(b, 5)", "a := 1"),
    // One condition met several times in a statement.
    ("h(p) = if p > 1 then a else b; L = h(a)*h(b); if b > 1 { print 1 }", "a := 0"),
    ("L = sum([b for k in 1..3 if a > k - 2]); if b > 1 { print 1 }", "a := -1"),
    // Values that are older than the condition.
    ("if a > 1 { L = a } else { L = b }; if b > 1 { print 1 }", "a := 0"),
    ("v = [1, 2]*a; if a > 1 { L = v }; if b > 1 { print 1 }", "a := 0"),
    ("p = [1, 2]*a; L = p[a - 1]; if b > 1 { print 1 }", "a := 3"),
  ])
  func stay(program: String, change: String) {
    // Garbage on both sides, for something to be moved.
    let garbage = "f() = { for i in 1..3000 { y = 2*i*b } }; f()"
    let (session, other) = (Session(), Session())
    for each in [session, other] {
      #expect(each.run("a = 2; b = 3; \(garbage); \(program); f()").codes == [])
    }
    GuardCollectionTests.collect(session)
    GuardCollectionTests.collect(session)
    #expect(session.nodeCount < 100)
    let text = "\(change); forward L"
    session.run(text)
    other.run(text)
    #expect(session.codes == other.codes && session.codes.contains("W102"))
    #expect(session.state("L") == other.state("L"))
  }

  /// A condition beside a name decides nothing about it.
  @Test(arguments: [
    "if 1 { L = a*2; if b > 3 { print 1 } }",
    "L = a; if b > 5 { M = 3 }; M = 2", "L = a; n = 0; while n < 2 { n += 1; if b > 4 { M = b } }",
    "L = a; for i in 1..3 { if b > 4 { print 1 }; if i > 3 { L = b } }",
    "L = a; for i in 1..3 { if b < 4 { continue }; M = i }",
  ])
  func besideAName(program: String) {
    let session = Session()
    session.run("a = 2; b = 3; \(program); b := 9; forward L")
    #expect(session.codes == [])
  }

  /// A loop that changes its leaves goes no way that a changed leaf could have gone.
  @Test func trainingIsNoProgramOfItsLeaves() {
    let session = Session()
    session.run(
      "w = 0; repeat 90 { L = (w - 1)^2; backward L; if L < 1e-6 { break }; w := w - w.grad/3 }")
    session.run("w := 3; forward L")
    #expect(session.codes == [] && session.state("L").hasPrefix("4 "))
  }

  /// A loop that binds older values again and again runs in the memory of some rounds.
  @Test func aliasesOfALoop() {
    let session = Session()
    session.run("a = 2; b = 3; for i in 1..60000 { L = if a*i > 0 then a else b }")
    #expect(session.nodeCount < 40_000)
    session.run("a := -1; forward L")
    #expect(session.codes == ["W102"])
  }

  @Test(arguments: [
    ("if a > 1 { L = a*3 }", "a := 0"), ("L = a; while L < 20 { L = L*a }", "a := 5"),
  ])
  func warn(program: String, change: String) {
    let session = Session()
    session.run("a = 2; b = 3; f() = { for i in 1..3000 { y = 2*i*b } }; f(); \(program); f()")
    GuardCollectionTests.collect(session)
    session.run("\(change); forward L")
    #expect(session.codes == ["W102"])
  }

  @Test(arguments: [
    "repeat 5000 { l = (a - 2)^2 + 1; if l < 0 { break }; backward l; a := a - 0.1*a.grad }",
    "if a > 1 { L = a*3 }; L = 5",
    "repeat 100 { if a*2 > 1 { print 1 } }; L = 1",
    "if a > 1 { if b > 2 { L = a*b } }; L = 1",
  ])
  func go(program: String) {
    let session = Session()
    session.run("a = 2; b = 3; \(program); z = b*2")
    let count = GuardCollectionTests.guardCount(session)
    GuardCollectionTests.collect(session)
    #expect(count > 0)
    #expect(GuardCollectionTests.guardCount(session) <= 4)
  }
}
