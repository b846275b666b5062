import GradLanguage
import Testing

/// The steps of the sweep end in the gradients that `backward` computes.
@Suite struct SweepDescriptionTests {
  private struct NothingDrawn: Error {}

  private func drawing(_ text: String) throws -> GraphDrawing {
    var drawings: [GraphDrawing] = []
    let outcome = Interpreter().run("\(text); graph L to \"L.html\"") { output in
      if case .drawing(let drawing, "L.html") = output { drawings.append(drawing) }
    }
    #expect(outcome.diagnostics.map(\.message) == [])
    guard let drawing = drawings.last else { throw NothingDrawn() }
    return drawing
  }

  @Test(arguments: [
    "a = 2; b = -3; c = 10; f = -2; d = a*b; L = (d + c)*f; backward L",
    "a = 3; b = a + a; L = b*b*a; backward L",
    "x = 0.5; L = tanh(x)*sin(x)/exp(x)^2 - max(x, 0.1) + where(x > 0, x^3, x); backward L",
    "A = [[1, 2], [3, 4]]; v = [1, -1]; L = sum(tanh(A @ v)*[2, 3]); backward L",
    "v = [1, 2, 3]; L = sum(v[2..3]^2) + norm(v) + logsumexp(v) + max(v); backward L",
    "v = [1, 2, 3]; w = [v[1], v[3]*2]; L = w @ w + sum(cumsum(sort(-v))); backward L",
    "A = [[1, 2], [3, 4]]; b = [1, 2]; L = sum((A + b)*transpose(A)/3); backward L",
    "x = 0; L = sqrt(x)*0; backward L",
  ])
  func endsInGradients(program: String) throws {
    let drawing = try drawing(program)
    var adjoints = [[Double]?](repeating: nil, count: drawing.values.count)
    for step in drawing.sweep {
      for contribution in step.contributions {
        let known = adjoints[contribution.operand] ?? contribution.product.map { _ in 0 }
        #expect(contribution.before == known)
        adjoints[contribution.operand] = contribution.after
      }
    }
    for (value, adjoint) in zip(drawing.values, adjoints) where !value.name.hasSuffix("]") {
      guard let adjoint, let gradients = value.gradients else { continue }
      for (found, expected) in zip(adjoint, gradients) {
        #expect(abs(found - expected) <= 1e-12 * max(1, abs(expected)), "\(value.name)")
      }
    }
    #expect(!drawing.sweep.isEmpty)
  }

  @Test func neuron() throws {
    let drawing = try drawing(
      """
      x1 = 2; x2 = 0; w1 = -3; w2 = 1; b = 6.8813735870195432
      n = x1*w1 + x2*w2 + b; L = tanh(n); backward L
      """)
    let first = try #require(drawing.sweep.first?.contributions.first)
    #expect(first.symbol == "∂(tanh(n))/∂n" && first.rule == "1 - L^2")
    #expect(abs((first.local ?? 0) - 0.5) < 1e-12)
  }

  @Test func usedTwice() throws {
    let drawing = try drawing("a = 3; L = a + a; backward L")
    let contributions = drawing.sweep.flatMap(\.contributions)
    #expect(contributions.map(\.after) == [[1], [2]])
    #expect(contributions.map(\.before) == [[0], [1]])
  }

  @Test func powersOfNumbers() throws {
    let drawing = try drawing("a = 3; L = a^2 + a^3 + a^1; backward L")
    let rules = drawing.sweep.flatMap(\.contributions).map(\.rule)
    #expect(Set(rules) == ["1", "2*a", "3*a^2"])
  }

  /// Text alone needs no sweep.
  @Test func onlyForFiles() {
    var drawings: [GraphDrawing] = []
    _ = Interpreter().run("a = 2; L = a^2; graph L") { output in
      if case .drawing(let drawing, nil) = output { drawings.append(drawing) }
    }
    #expect(drawings.count == 1 && drawings[0].sweep.isEmpty)
  }
}
