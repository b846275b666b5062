import Testing

@testable import Autograd
@testable import GradLanguage

/// The textbook's derivatives are those of the engine at ordinary points.
@Suite struct TextbookTests {
  private static let points = [0.3, 0.8, 1.7, 2.6, -0.4, -1.3]

  private func value(_ formula: String, _ names: [(String, Double)]) -> Double {
    let interpreter = Interpreter()
    let bindings = names.map { "\($0.0) = \(NumberFormat.shortest.text($0.1))" }
      .joined(separator: "; ")
    let outcome = interpreter.run("\(bindings); value = \(formula)")
    #expect(outcome.diagnostics.map(\.message) == [], "\(formula)")
    return interpreter.number("value")?.data ?? .nan
  }

  private func areClose(_ x: Double, _ y: Double) -> Bool {
    abs(x - y) <= 1e-9 * max(1, abs(x), abs(y))
  }

  @Test(arguments: UnaryOperation.allCases)
  func unary(operation: UnaryOperation) {
    var checked = 0
    for x in TextbookTests.points {
      let result = operation.value(x)
      let derivative: Double = operation.derivative(at: x, result: result)
      guard result.isFinite, derivative.isFinite else { continue }
      checked += 1
      let text = value(operation.textbookDerivative, [("x", x), ("r", result)])
      #expect(areClose(text, derivative), "\(operation.textbookDerivative) at \(x)")
    }
    #expect(checked > 0 || operation == .acosh)
  }

  @Test(arguments: BinaryOperation.allCases)
  func binary(operation: BinaryOperation) {
    let texts = operation.textbookDerivatives
    for x in operation == .polygamma ? [0, 1, 2] : TextbookTests.points {
      for y in TextbookTests.points.map({ $0 + 0.05 }) {
        let result = operation.value(x, y)
        for (side, text) in [(OperandSide.left, texts.x), (.right, texts.y)] {
          let derivative: Double = operation.derivative(for: side, x, y, result: result)
          guard result.isFinite, derivative.isFinite else { continue }
          let number = value(text, [("x", x), ("y", y), ("r", result)])
          #expect(areClose(number, derivative), "\(text) at \(x), \(y)")
        }
      }
    }
  }

  @Test(arguments: [
    ("y*x^(y - 1)", ["a", "2"], "2*a^(2 - 1)"), ("1 - r^2", ["n"], "1 - o^2"),
    ("1/x", ["-3"], "1/(-3)"), ("exp(x)", ["x + 1"], "exp((x + 1))"), ("y", ["#1", "w₁"], "w₁"),
  ])
  func names(formula: String, operands: [String], text: String) {
    #expect(Formula.text(formula, operands, result: "o") == text)
  }
}
