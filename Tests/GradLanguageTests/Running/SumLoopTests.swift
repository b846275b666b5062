import Autograd
import Testing

@testable import GradLanguage

/// Loops over a sum of products run without their instructions: what they leave must be what the
/// instructions leave.
@Suite struct SumLoopTests {
  /// A node as far as it does not depend on where its source stands.
  private struct Recorded: Equatable {
    let operation: Autograd.Operation
    let slot: Int
    let operands: [Int]
    let constants: [Bool]
    let data: UInt64
  }

  private static func nodes(_ session: Session) -> [Recorded] {
    let graph = session.interpreter.machine.graph
    return (0..<graph.nodeCount).map { index in
      let node = graph.tape.pointee.nodes[index]
      return Recorded(
        operation: node.operation, slot: graph.slot(of: NodeIndex(index)).index,
        operands: graph.operands(of: NodeIndex(index)).map(\.index),
        constants: [node.leftIsConstant, node.rightIsConstant],
        data: graph.data(at: graph.slot(of: NodeIndex(index)).rawValue).bitPattern)
    }
  }

  private static let setUp = """
    v = [0.3, -1.2, 2.5, 0.7, 1e-3, 4]; w = [1.5, 2, -0.25, 3, 8, -1]; k = 1.75; z = 0
    plain p = [2, 4, 6, 8, 10, 12]; plain q = [0.5, 0.25, 3, 1, 1, 7]; e = zeros(3)
    A = [[0.1, 0.2, 0.3], [1, 2, 3], [-4, -5, -6]]; plain B = [[1, 2, 3], [4, 5, 6], [7, 8, 9]]
    plain big = [1e200, 1, 2]; h = [1, 1e200, 3]; f(x) = x*x

    """

  /// The range of a loop, what stands in front of it, and x and y of `s = s + x*y`.
  private static let loops: [(start: String, range: String, product: String)] = [
    // Every mixture of tracked and plain.
    ("s = k", "1..6", "v[i]*w[i]"), ("s = 0", "1..6", "v[i]*w[i]"), ("s = k", "1..6", "v[i]*p[i]"),
    ("s = k", "1..6", "p[i]*v[i]"), ("s = 0", "1..6", "p[i]*v[i]"), ("s = k", "1..6", "p[i]*q[i]"),
    ("s = 0", "1..6", "p[i]*q[i]"), ("s = -0", "1..6", "p[i]*q[i]"), ("s = k", "1..6", "v[i]*v[i]"),
    // Matrices by row and by column.
    ("s = k; n = 2", "1..3", "A[n, i]*v[i]"), ("s = k; n = 3", "1..3", "A[i, n]*p[i]"),
    ("s = 0; n = 1", "1..3", "B[n, i]*B[i, n]"), ("s = k", "1..3", "A[i, i]*B[i, i]"),
    ("s = k; M = A", "1..3", "M[i, 2]*M[2, i]"), ("s = k; u = w", "2..4", "u[i]*v[2]"),
    // Factors that stay the same.
    ("s = k; c = k", "1..6", "v[i]*c"), ("s = k; c = 3", "1..6", "c*v[i]"),
    ("s = 0; c = 3", "1..6", "c*p[i]"), ("s = k", "1..6", "0.5*p[i]"), ("s = k", "1..6", "v[i]*3"),
    ("s = k", "1..6", "k*v[i]"), ("s = k", "1..6", "v[i]*i"), ("s = k", "1..6", "v[i]*s"),
    // Ranges.
    ("s = k", "6..1 by -1", "v[i]*w[i]"), ("s = k", "2..6 by 2", "v[i]*w[i]"),
    ("s = k", "3..2", "v[i]*w[i]"), ("s = k; m = 4", "m..m", "v[i]*w[i]"),
    ("s = k", "5..1 by -3", "v[i]*p[i]"), ("s = k", "1..3 by 1.0", "v[i]*e[i]"),
    // What ends in an error or a warning, at the right iteration.
    ("s = k", "1..9", "v[i]*w[i]"), ("s = 0", "0..3", "p[i]*q[i]"), ("s = k", "-1..3", "v[i]*w[i]"),
    ("s = k", "1..2 by 0.5", "v[i]*w[i]"), ("s = k", "3..-3 by -1", "v[i]*p[i]"),
    ("s = k", "1..3", "h[i]*big[i]"), ("s = 1e200", "1..3", "big[i]*big[i]"),
    ("s = k", "1..3", "h[i]*h[i]"), ("s = k", "1..3", "A[i]*v[i]"),
    ("s = k", "1..4", "A[1, i]*v[i]"),
    ("s = k", "1..3", "k[i]*v[i]"), ("s = k", "1..3", "gone[i]*v[i]"), ("s = k", "1..3", "v[i]*f"),
    ("s = \"a\"", "1..3", "v[i]*w[i]"), ("s = v", "1..3", "v[i]*w[i]"),
    ("s = k; n = k - 0.75", "1..3", "A[n, i]*v[i]"), ("s = k", "1..3", "v[w[2]]*w[i]"),
    ("s = k", "1..k", "v[i]*w[i]"), ("s = k", "1..1e300", "v[i]*w[i]"),
  ]

  @Test(arguments: loops.indices)
  func sameAsInstructions(loop: Int) {
    let (start, range, product) = SumLoopTests.loops[loop]
    func run(_ before: String) -> (Session, lines: [String]) {
      let session = Session()
      session.run(SumLoopTests.setUp)
      session.run(
        "total() = { \(start); for i in \(range) { \(before)s = s + \(product) }; [s, s] }")
      let lines = session.lines(
        "L = total(); backward L[1]; print v.grad, w.grad, A.grad, k.grad, L")
      session.checkInvariants()
      return (session, lines)
    }
    let (fast, fastLines) = run("")
    let (slow, slowLines) = run("same = i; ")
    #expect(fastLines == slowLines)
    #expect(SumLoopTests.nodes(fast) == SumLoopTests.nodes(slow))
    #expect(fast.codes == slow.codes)
  }

  /// An error names the iteration in which it came.
  @Test func iterationIsTold() {
    let session = Session()
    session.run(SumLoopTests.setUp)
    let outcome = session.run("f() = { s = k; for i in 1..9 { s = s + v[i]*w[i] }; s }\nf()")
    #expect(outcome.codes == ["E051"])
    #expect(outcome.diagnostics.first?.notes.contains { $0.contains("i = 7") } == true)
  }

  /// Long sums stop to grow the tape, to collect and to look for an interruption.
  @Test func longSums() {
    let session = Session()
    session.run(
      """
      a = 1; plain n = 200000; v = [0.5 for i in 1..n]; w = [i/n for i in 1..n]; t = 0
      total(x, y) = { s = 0; for i in 1..n { s = s + x[i]*y[i] }; s }
      repeat 5 { t = total(v, w) }
      backward t
      """)
    #expect(session.lines("print t, v[200000].grad, w[7].grad") == ["50000.25 1 0.5"])
    session.checkInvariants()
    var settings = Settings()
    settings.nodeLimit = 3000
    let small = Session(settings)
    small.run("v = zeros(100); g() = { s = v[1]; for i in 1..100 { s = s + v[i]*v[i] }; s }")
    #expect(small.lines("repeat 100 { L = g() }; print L") == ["0"])
    small.checkInvariants()
  }

  /// Which bodies are sums of products.
  @Test(arguments: [
    ("s = s + v[i]*w[i]", true), ("s += v[i]*w[i]", true), ("s = s + A[2, i]*v[i]", true),
    ("s = s + v[i]*2", true), ("s = s + v[2]*w[2]", false), ("s = s + v[i]", false),
    ("s = v[i]*w[i] + s", false), ("t = v[i]; s = s + t*t", false),
    ("s = s + v[i]*w[i]; t = s", false), ("if i > 1 { s = s + v[i]*w[i] }", false),
    ("s = s + v[i]*s", false), ("s = s + v[i]*w[s]", false), ("s = s - v[i]*w[i]", false),
  ])
  func shapes(body: String, isSum: Bool) {
    let text = "f(v, w, A, t) = { s = 0; for i in 1..3 { \(body) }; s }"
    let source = SourceText(name: "<test>", bytes: Array(text.utf8))
    #expect(Dump.program(of: source).contains("sumStep") == isSum)
  }
}
