import Autograd
import TestSupport
import Testing

@testable import GradLanguage

/// The built-in functions through the language: as calls, methods and values, with their gradients.
@Suite struct BuiltinTests {
  /// Points inside the domain of a function, away from kinks.
  private static func points(_ operation: UnaryOperation) -> [Double] {
    switch operation {
    case .asin, .acos, .atanh: [-0.7, 0.1, 0.6]
    case .acosh: [1.3, 4]
    case .log, .log2, .log10, .sqrt, .gamma, .lgamma, .digamma: [0.3, 1.7, 9.5]
    case .log1p: [-0.6, 0.4, 8]
    case _: [-2.3, -0.4, 0.7, 1.9]
    }
  }

  /// What reverse mode gives for the derivative, by design 0.
  private static func isFlat(_ operation: UnaryOperation) -> Bool {
    switch operation {
    case .sign, .floor, .ceil, .round, .stop: true
    case _: false
    }
  }

  @Test(arguments: UnaryOperation.allCases.filter { $0 != .negate })
  func ofOneNumber(operation: UnaryOperation) {
    let session = Session()
    let name = operation.name
    for point in BuiltinTests.points(operation) {
      session.run("x = \(point); y = \(name)(x); backward y")
      expectSame(session.shown("y")?.data ?? .nan, operation.value(point), name)
      expectSame(session.number("\(name)(\(point))"), operation.value(point), name)
      expectSame(session.number("x.\(name)()"), operation.value(point), name)
      expectSame(session.number("{ f = \(name); f(x) }".inFunction), operation.value(point), name)
      let gradient = session.shown("x")?.gradient ?? .nan
      if BuiltinTests.isFlat(operation) {
        #expect(gradient == 0)
      } else {
        let difference = CentralDifference(at: point) { session.number("\(name)(\($0))") }
        expectClose(gradient, difference.derivative, relative: 1e-9, absolute: 1e-9, name)
      }
    }
  }

  @Test(
    arguments: [
      ("pow", 1.7, 2.3), ("pow", 2.5, -1.5), ("atan2", 0.7, -1.2), ("hypot", 3, 4),
      ("logaddexp", 0.3, -1.1), ("xlogy", 1.3, 0.6), ("leaky_relu", -1.3, 0.2),
      ("leaky_relu", 1.3, 0.2),
      ("min", 1, 2), ("max", 1, 2), ("min", 2, 1),
    ] as [(String, Double, Double)])
  func ofTwoNumbers(name: String, x: Double, y: Double) {
    let session = Session()
    session.run("x = \(x); y = \(y); z = \(name)(x, y); backward z")
    expectSame(session.number("\(name)(\(x), \(y))"), session.shown("z")?.data ?? .nan)
    expectSame(session.number("x.\(name)(y)"), session.shown("z")?.data ?? .nan)
    let dx = CentralDifference(at: x) { session.number("\(name)(\($0), \(y))") }
    let dy = CentralDifference(at: y) { session.number("\(name)(\(x), \($0))") }
    expectClose(session.shown("x")?.gradient ?? .nan, dx.derivative, relative: 1e-9, absolute: 1e-9)
    expectClose(session.shown("y")?.gradient ?? .nan, dy.derivative, relative: 1e-9, absolute: 1e-9)
  }

  @Test(
    arguments: [
      ("clamp(x, 0, 1)", 0.4, 1), ("clamp(x, 0, 1)", 1.4, 0), ("clamp(x, 0, 1)", -0.4, 0),
      ("where(x > 1, x^2, 3*x)", 2, 4), ("where(x > 1, x^2, 3*x)", 0.5, 3),
      ("max(x, 1, x^2, 0)", 3, 6), ("min(x, 1, x^2)", 0.5, 1), ("leaky_relu(x)", -2, 0.01),
      ("polygamma(0, x)", 2, 0.6449340668482264),
    ] as [(String, Double, Double)])
  func ofSeveralNumbers(expression: String, x: Double, gradient: Double) {
    let session = Session()
    session.run("x = \(x); y = \(expression); backward y")
    expectClose(session.shown("x")?.gradient ?? .nan, gradient, ulps: 4)
  }

  @Test(
    arguments: [
      ("tanh(400)", 1), ("sigmoid(-800)", 0), ("softplus(800)", 800), ("relu(-1)", 0),
      ("abs(-2)", 2),
      ("round(2.5)", 3), ("floor(-0.5)", -1), ("sign(-3)", -1), ("length([1, 2, 3])", 3),
      ("length([[1, 2], [3, 4], [5, 6]])", 3), ("length([])", 0), ("length(zeros(4))", 4),
      ("zeros(2, 3)[2, 3]", 0), ("ones(3)[3]", 1), ("max(1, 2, 3, 4, 5)", 5), ("min(3, nan)", .nan),
      ("max(\(times(200, "1, "))7)", 7),
    ] as [(String, Double)])
  func value(expression: String, expected: Double) {
    expectSame(Session().number(expression), expected, expression)
  }

  /// Gradients at kinks are what language.md says.
  @Test(
    arguments: [
      ("abs(x)", 0), ("relu(x)", 0), ("max(x, 0)", 0.5), ("min(x, 0)", 0.5), ("sqrt(x)", .infinity),
      ("x^0", 0), ("0*x", 0), ("floor(x)", 0), ("sign(x)", 0),
    ] as [(String, Double)])
  func kink(expression: String, gradient: Double) {
    let session = Session()
    session.run("x = 0; y = \(expression); backward y")
    expectSame(session.shown("x")?.gradient ?? .nan, gradient, expression)
  }

  /// A zero gradient that arrives contributes 0, where the local derivative is infinite, too.
  @Test func zeroTimesInfinity() {
    let session = Session()
    session.run("x = 0; y = 0*sqrt(x) + x; backward y")
    #expect(session.state("x") == "0 grad 1")
  }

  @Test func functionsAreValues() {
    let session = Session()
    #expect(session.lines("f = tanh; print f(0), f") == ["0 tanh(x)"])
    #expect(session.lines("twice(g, x) = g(g(x)); twice(abs, -3)") == ["3"])
    #expect(session.lines("(if 1 then max else min)(1, 2)") == ["2"])
  }
}

extension String {
  /// A block as the body of a function, called.
  fileprivate var inFunction: String { "h() = \(self); h()" }
}
