import TestSupport
import Testing

@testable import GradLanguage

/// The graph through the language: sweeps, gradients, changed leaves, `forward`, guards.
@Suite struct GraphTests {
  /// A session in which inputs have run, one after another.
  private static func session(_ inputs: String...) -> Session {
    let session = Session()
    for input in inputs { #expect(session.run(input).isCompleted, "\(input)") }
    return session
  }

  // MARK: backward

  @Test func theFoundingLines() {
    let session = Session()
    #expect(
      session.lines("a = 2; b = -3; c = 10; f = -2\nd = a*b; L = (d + c) * f; backward L") == [
        "backward: a 2 grad 6, b -3 grad -4, c 10 grad -2, f -2 grad 4, d -6 grad -2, L -8 grad 1"
      ])
  }

  @Test func backwardTwiceChangesNothing() {
    let session = GraphTests.session("a = 2; b = -3; L = a*b + a^2; backward L; backward L")
    #expect(session.state("a") == "2 grad 1")
    #expect(session.state("b") == "-3 grad 2")
  }

  @Test func accumulateAdds() {
    let session = GraphTests.session("a = 2; b = -3; d = a*b; L = d^2; backward L")
    session.run("backward L accumulate")
    #expect(session.state("a") == "2 grad 72")
    #expect(session.state("d") == "-6 grad -24")
    #expect(session.state("L") == "36 grad 2")
    session.run("M = a*5; backward M accumulate")
    #expect(session.state("a") == "2 grad 77")
    #expect(session.state("b") == "-3 grad -48")
  }

  @Test func everyGradientIsThisSweeps() {
    let session = GraphTests.session("a = 2; b = 3; L = a*b; backward L; M = b^2; backward M")
    #expect(session.state("a") == "2 grad 0")
    #expect(session.state("b") == "3 grad 6")
    #expect(session.state("L") == "6 grad 0")
    session.run("N = a*2")
    #expect(session.state("N") == "4")  // made after the sweep
  }

  @Test func zeroSetsEveryGradient() {
    let session = GraphTests.session("a = 2; L = a^2; backward L; zero")
    #expect(session.state("a") == "2 grad 0")
    #expect(session.state("L") == "4 grad 0")
  }

  @Test func gradientsByHand() {
    let session = GraphTests.session("a = 2; a.grad = 7")
    #expect(session.state("a") == "2 grad 7")
    #expect(session.lines("print a.grad + 1") == ["8"])
    session.run("backward a")
    #expect(session.state("a") == "2 grad 1")
  }

  @Test func backwardFromWithin() {
    let session = GraphTests.session("a = 2; d = a*3; L = d^2; backward d")
    #expect(session.state("a") == "2 grad 3")
    #expect(session.state("L") == "36 grad 0")
    session.run("backward a*a + d")
    #expect(session.state("a") == "2 grad 7")
  }

  @Test func gradientsThroughControlFlow() {
    let session = GraphTests.session(
      """
      power(x, n) = { y = 1; for i in 1..n { y = y*x }; y }
      x = 3; y = power(x, 4); backward y
      """)
    #expect(session.state("x") == "3 grad 108")
    session.run(
      "collatz(x) = { while x > 1 { if x % 2 == 0 { x = x/2 } else { x = 3*x + 1 } }; x }")
    session.run("n = 6; y = collatz(n); backward y")
    #expect(session.shown("n")?.gradient == 9.0 / 64)
  }

  @Test func gradientsOfArrayElements() {
    let session = GraphTests.session(
      """
      xs = [1, 2, 3]
      s = 0
      for x in xs { s = s + x^2 }
      backward s
      """)
    #expect(session.lines("print xs.grad") == ["[2, 4, 6]"])
    session.run("a = 5; v = [a, a*2, 7]; t = v[1]*v[2]*v[3]; backward t")
    #expect(session.state("a") == "5 grad 140")
    #expect(session.lines("print v.grad") == ["[70, 35, 50]"])
    session.run("M = [[1, 2], [3, 4]]; t = M[2, 1]*M[1][2]; backward t")
    #expect(session.lines("print M.grad") == ["[[0, 3], [2, 0]]"])
    session.run("w = [x*a for x in xs]; t = w[end]; backward t")
    #expect(session.state("a") == "5 grad 3")
  }

  // MARK: Changing leaves

  @Test func staleValues() {
    let session = GraphTests.session("a = 2; b = 5; L = a^2; M = L + b; N = b*2; a := 3")
    #expect(session.state("a") == "3")
    #expect(session.state("L") == "4 stale")
    #expect(session.state("M") == "9 stale")
    #expect(session.state("N") == "10")
    session.run("K = M*2")
    #expect(session.state("K") == "18 stale")
    session.run("J = a + 1")
    #expect(session.state("J") == "4")
  }

  @Test func forwardOfOneValue() {
    let session = GraphTests.session("a = 2; L = a^2; M = a*3; a := 3; forward L")
    #expect(session.state("L") == "9")
    #expect(session.state("M") == "6 stale")
    session.run("forward")
    #expect(session.state("M") == "9")
    #expect(session.lines("forward L") == ["forward: a 3, L 9"])
  }

  @Test func forwardRunsEveryOperation() {
    let expressions = [
      "a + b", "a - b", "a*b", "a/b", "a^b", "a // b", "a % b", "-a", "a < b", "a == b", "a ≈ b",
      "not a",
      "max(a, b)", "where(a > b, a, b)", "clamp(a, 0, b)", "tanh(a)", "stop(a)*b", "atan2(a, b)",
      "1/a + 2^b", "a + a*b", "a*b + a", "[a, b][1]", "f(a, b)", "0 < a < b",
    ]
    for expression in expressions {
      let session = GraphTests.session(
        "f(x, y) = { s = 0; for i in 1..3 { s = s + x*i + y }; s }; a = 2; b = 3",
        "L = \(expression); a := 5; b := 0.5; forward; M = \(expression)")
      expectSame(session.shown("L")?.data ?? .nan, session.shown("M")?.data ?? .nan, expression)
      session.run("backward L; ga = a.grad; gb = b.grad; backward M")
      expectSame(session.number("ga.data"), session.shown("a")?.gradient ?? .nan, expression)
      expectSame(session.number("gb.data"), session.shown("b")?.gradient ?? .nan, expression)
    }
  }

  @Test func staleGradients() {
    let session = GraphTests.session("a = 2; b = 1; L = a^2; M = b*2; backward L; b := 3")
    #expect(session.state("a") == "2 grad 4")  // b is not in L's graph
    session.run("a := 3")
    #expect(session.state("a") == "3 grad 4 stale")
    #expect(session.state("b") == "3 grad 0")
    #expect(session.lines("print a.grad") == ["4"])  // reading is always allowed
    session.run("forward L")
    #expect(session.state("L") == "9 grad 1 stale")
    session.run("backward L")
    #expect(session.state("a") == "3 grad 6")
  }

  @Test func changesInsideCallsAreSeen() {
    let session = GraphTests.session("a = 2; set(v) = { a := v; a }; b = 10")
    #expect(session.lines("print set(5), a") == ["5 5"])
    #expect(session.lines("f(x) = { y = x; a := 7; x + y }; print f(a)") == ["14"])
    #expect(session.lines("print [a, set(9), a]") == ["[9, 9, 9]"])
  }

  @Test func trainingReplaysOneGraph() {
    let session = GraphTests.session(
      """
      plain xs = [1, 2, 3]; plain ys = [3, 5, 7]
      w = 0; b = 0
      loss() = { s = 0; for i in 1..3 { s = s + (w*xs[i] + b - ys[i])^2 }; s/3 }
      L = loss()
      """)
    let nodes = session.nodeCount
    session.run("repeat 2000 { forward L; backward L; w := w - 0.1*w.grad; b := b - 0.1*b.grad }")
    expectClose(session.shown("w")?.data ?? .nan, 2, relative: 1e-9)
    expectClose(session.shown("b")?.data ?? .nan, 1, relative: 1e-9)
    #expect(session.nodeCount == nodes)
  }

  /// What is kept only as data is computed from data: nothing is recorded, no guard is left.
  @Test(arguments: [
    "a := a*2 + b", "a.data = a*2 + b", "a.data += b*3", "a.grad = b*2",
    "a := if b > 1 then b*2 else 3", "a := v[2]*b + v[1]", "a := M[1, 2] + M[2][1]",
    "a := tanh(b).sqrt() + b.tanh()", "a := -b + (+a)", "a := f(b, a)", "a := (x -> x*b)(a)",
    "a := max(a, b, 1) + where(a > 1, b, a)", "a := v[b] + v[end]", "a := b.f(2)",
    "v := [x*b for x in v if x > 1 or b > 2]", "a := b and v[1] < 2", "plain p = a*2 + v[1]",
    "a := a.data + b.grad + v.grad[1]", "plain q = [x*2 for x in v]", "a := a^b // 2 % b",
    "g() = { plain s = 0; s = s + a*b; s += v[1]; s }; a := g()",
  ])
  func dataIsComputedFromData(statement: String) {
    let session = GraphTests.session(
      """
      a = 2; b = 3; v = [1, 2, 3]; M = [[1, 2], [3, 4]]; L = a*b
      f(x, y) = { s = x; for i in 1..3 { if s > 1 { s = s*y + i } }; s }
      backward L; z = 1.5
      """)
    let nodes = session.nodeCount
    #expect(session.run(statement).isCompleted)
    #expect(session.nodeCount == nodes)
    session.run("b := 0.5; forward")
    #expect(session.codes.isEmpty)
  }

  @Test func simultaneousUpdates() {
    let session = GraphTests.session(
      "x = 3; y = 4; L = x*y; backward L; x := x - y.grad; y := y - x.grad")
    #expect(session.state("x") == "0 grad 4 stale")
    #expect(session.state("y") == "0 grad 3 stale")
  }

  // MARK: Guards

  @Test(arguments: [
    ("y = if x > 0 then x*2 else x*3", -1.0), ("y = x*2; if x > 0 { z = 1 }; y = y + 1", -1),
    ("y = x; while y < 10 { y = y*2 }", 8), ("v = [1, 2, 3, 4, 5]; y = v[x]*x", 2),
    ("y = 0; for i in 1..x { y = y + i*x }", 2), ("y = 0; repeat x { y = y + x }", 2),
    ("y = (x > 0 and x < 5)*1 + x", -1),
  ])
  func guards(program: String, other: Double) {
    let session = Session()
    session.run("x = 3; \(program)")
    #expect(session.codes.isEmpty)
    session.run("x := 3; forward y")
    #expect(session.codes.isEmpty, "the same way")
    session.run("x := \(other); forward y")
    #expect(session.codes == ["W102"])
  }

  @Test func guardsUnderStrict() {
    var settings = Settings()
    settings.strict = true
    let session = Session(settings)
    session.run("x = 3; y = if x > 0 then x*2 else x*3; x := -1")
    #expect(session.run("forward y").codes == ["E075"])
    #expect(session.state("y") == "6 stale")
    session.run("x := 4; forward y")
    #expect(session.state("y") == "8")
  }

  @Test func comparisonsAreFollowed() {
    let session = GraphTests.session("x = 3; y = where(x > 0, x*2, x*3); x := -1; forward y")
    #expect(session.state("y") == "-3")
    #expect(session.codes.isEmpty)
  }

  // MARK: Names in the graph

  @Test func tablesNameWhatIsBound() {
    let session = GraphTests.session("a = 2; b = 3; a = a*b; L = a + b; other = 5")
    #expect(session.lines("show L") == ["show: b 3, a 6, L 9"])
    #expect(session.lines("backward L") == ["backward: b 3 grad 3, a 6 grad 1, L 9 grad 1"])
    #expect(session.lines("plain p = 1; f(x) = x; show").first?.hasPrefix("show: ") == true)
  }

  @Test func secondNamesAreTheSameNode() {
    let session = GraphTests.session("d = 2; e = d; L = d*e; backward L")
    #expect(session.state("e") == "2 grad 4")
    #expect(session.lines("show L") == ["show: d 2 grad 4, e 2 grad 4, L 4 grad 1"])
  }

  @Test func formulas() {
    let session = Session()
    session.run("a = 2; b = 3; n = 1; d = a*b; e = d + 10; f = tanh(e); g = -f; h = a^2; show")
    guard case .names(let table)? = session.outputs.last else { return }
    let formulas = Dictionary(
      table.rows.map { ($0.name, $0.formula) }, uniquingKeysWith: { first, _ in first })
    #expect(
      formulas == [
        "a": "", "b": "", "n": "", "d": "a*b", "e": "d + 10", "f": "tanh(e)", "g": "-f", "h": "a^2",
      ])
  }
}
