import TestSupport
import Testing

@testable import GradLanguage

/// micrograd's programs, with the numbers that its notebooks and tests show.
@Suite struct MicrogradTests {
  /// The neuron of the lecture, in the notebook's spellings.
  @Test(arguments: [
    "o = tanh(n); backward o", "o = n.tanh(); o.backward()",
    "e = exp(2*n); o = (e - 1)/(e + 1); backward o",
    "o = (n*2).exp() - 1; o = o/((2*n).exp() + 1); backward(o)",
  ])
  func neuron(activation: String) {
    let session = Session()
    session.run(
      """
      x1 = 2; x2 = 0; w1 = -3; w2 = 1
      b = 6.8813735870195432
      x1w1 = x1*w1; x2w2 = x2*w2
      n = x1w1 + x2w2 + b
      \(activation)
      """)
    expectClose(session.shown("o")?.data ?? .nan, 0.7071067811865476, ulps: 4)
    let gradients = ["x1": -1.5, "w1": 1, "x2": 0.5, "w2": 0, "b": 0.5, "n": 0.5, "x1w1": 0.5]
    for (name, gradient) in gradients {
      expectClose(session.shown(name)?.gradient ?? .nan, gradient, relative: 1e-14, name)
    }
  }

  @Test func founding() {
    let session = Session()
    session.run("a = 2; b = -3; c = 10; f = -2; e = a*b; d = e + c; L = d*f; backward L")
    #expect(session.state("L") == "-8 grad 1")
    #expect(session.state("f") == "-2 grad 4")
    #expect(session.state("d") == "4 grad -2")
    #expect(session.state("c") == "10 grad -2")
    #expect(session.state("e") == "-6 grad -2")
    #expect(session.state("a") == "2 grad 6")
    #expect(session.state("b") == "-3 grad -4")
    // A step along the gradient: L grows.
    session.run("a += 0.01*a.grad; b += 0.01*b.grad; c += 0.01*c.grad; f += 0.01*f.grad")
    session.run("M = (a*b + c)*f")
    expectClose(session.shown("M")?.data ?? .nan, -7.286496, relative: 1e-12)
  }

  /// A value that is used twice: the bug that the lecture finds.
  @Test func usedTwice() {
    let session = Session()
    session.run("a = 3; b = a + a; backward b")
    #expect(session.state("a") == "3 grad 2")
    session.run("a = -2; b = 3; d = a*b; e = a + b; f = d*e; backward f")
    #expect(session.state("a") == "-2 grad -3")
    #expect(session.state("b") == "3 grad -8")
  }

  /// micrograd/test/test_engine.py: test_sanity_check.
  @Test func sanityCheck() {
    let session = Session()
    session.run(
      """
      x = -4.0
      z = 2*x + 2 + x
      q = z.relu() + z*x
      h = (z*z).relu()
      y = h + q + q*x
      y.backward()
      """)
    #expect(session.state("y") == "-20 grad 1")
    #expect(session.state("x") == "-4 grad 46")
  }

  /// micrograd/test/test_engine.py: test_more_ops.
  @Test func moreOperations() {
    let session = Session()
    session.run(
      """
      a = -4.0
      b = 2.0
      c = a + b
      d = a*b + b**3
      c += c + 1
      c += 1 + c + (-a)
      d += d*2 + (b + a).relu()
      d += 3*d + (b - a).relu()
      e = c - d
      f = e**2
      g = f/2.0
      g += 10.0/f
      g.backward()
      """)
    expectClose(session.shown("g")?.data ?? .nan, 24.70408163265306, ulps: 2)
    expectClose(session.shown("a")?.gradient ?? .nan, 138.83381924198252, ulps: 4)
    expectClose(session.shown("b")?.gradient ?? .nan, 645.5772594752186, ulps: 4)
  }

  /// A multi-layer perceptron on the lecture's four examples, trained until it has learned them.
  @Test func perceptron() {
    let session = Session()
    session.run(
      """
      plain xs = [[2, 3, -1], [3, -1, 0.5], [0.5, 1, 1], [1, 1, -1]]
      plain ys = [1, -1, -1, 1]
      w1 = [[0.1, -0.2, 0.3], [0.4, 0.5, -0.6], [-0.7, 0.8, 0.9], [0.2, 0.1, 0.5]]
      b1 = [0.1, -0.1, 0.2, 0.3]
      w2 = [0.3, -0.4, 0.5, 0.2]
      b2 = 0.1
      neuron(k, x) = { s = b1[k]; for j in 1..3 { s = s + w1[k, j]*x[j] }; s.tanh() }
      predict(x) = { s = b2; for k in 1..4 { s = s + w2[k]*neuron(k, x) }; s.tanh() }
      loss() = { s = 0; for i in 1..4 { s = s + (predict(xs[i]) - ys[i])^2 }; s }
      L = loss()
      first = L.data
      repeat 200 {
        forward L; backward L
        w1 := [[w1[k, j].data - 0.1*w1.grad[k, j] for j in 1..3] for k in 1..4]
        b1 := [b1[k].data - 0.1*b1.grad[k] for k in 1..4]
        w2 := [w2[k].data - 0.1*w2.grad[k] for k in 1..4]
        b2 := b2 - 0.1*b2.grad
      }
      forward L
      """)
    #expect(session.codes.isEmpty)
    #expect((session.shown("first")?.data ?? 0) > 1)
    #expect((session.shown("L")?.data ?? .infinity) < 0.02)
    #expect(session.lines("print [predict(x) > 0 for x in xs]") == ["[1, 0, 0, 1]"])
    #expect(session.number("loss() - L") == 0)
  }
}
