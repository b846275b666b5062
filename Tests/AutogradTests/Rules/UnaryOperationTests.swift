import Autograd
import TestSupport
import Testing

@Suite struct UnaryOperationTests {
  @Test(arguments: UnaryOperation.allCases)
  func nanStaysNaN(_ operation: UnaryOperation) {
    #expect(operation.value(.nan).isNaN)
  }

  /// Where gradients flow, one through a NaN is NaN: it is not hidden.
  @Test(arguments: UnaryOperation.allCases)
  func derivativeAtNaN(_ operation: UnaryOperation) {
    let derivative = operation.derivative(at: Double.nan, result: .nan)
    switch operation {
    case .negate: #expect(derivative == -1)
    case .sign, .floor, .ceil, .round, .stop: #expect(derivative == 0)
    case .abs, .sqrt, .cbrt, .exp, .expm1, .log, .log2, .log10, .log1p, .sin, .cos, .tan, .asin,
      .acos, .atan, .sinh, .cosh, .tanh, .asinh, .acosh, .atanh, .sigmoid, .relu, .softplus, .gelu,
      .silu, .erf, .erfc, .gaussian, .gamma, .lgamma, .digamma:
      #expect(derivative.isNaN)
    }
  }

  @Test(arguments: UnaryOperation.allCases)
  func nameIsUnique(_ operation: UnaryOperation) {
    #expect(UnaryOperation.allCases.filter { $0.name == operation.name } == [operation])
  }

  struct Special: Sendable {
    let operation: UnaryOperation
    let x: Double
    let value: Double
    let derivative: Double

    init(_ operation: UnaryOperation, _ x: Double, _ value: Double, _ derivative: Double) {
      self.operation = operation
      self.x = x
      self.value = value
      self.derivative = derivative
    }
  }

  static let specials: [Special] = [
    // Kinks and steps.
    Special(.abs, 0, 0, 0), Special(.abs, -0.0, 0, -0.0),
    Special(.abs, .infinity, .infinity, 1), Special(.abs, -.infinity, .infinity, -1),
    Special(.relu, 0, 0, 0), Special(.relu, -0.0, 0, 0),
    Special(.relu, .infinity, .infinity, 1), Special(.relu, -.infinity, 0, 0),
    Special(.sign, 0, 0, 0), Special(.sign, -0.0, -0.0, 0), Special(.sign, -.infinity, -1, 0),
    Special(.floor, -0.5, -1, 0), Special(.floor, .infinity, .infinity, 0),
    Special(.ceil, -0.5, -0.0, 0), Special(.round, 2.5, 3, 0), Special(.round, -2.5, -3, 0),
    Special(.round, 0.49999999999999994, 0, 0), Special(.stop, -0.0, -0.0, 0),
    Special(.stop, .infinity, .infinity, 0),
    // Ends of domains, and beyond.
    Special(.sqrt, 0, 0, .infinity), Special(.sqrt, -0.0, -0.0, .infinity),
    Special(.sqrt, -1, .nan, .nan), Special(.sqrt, .infinity, .infinity, 0),
    Special(.cbrt, 0, 0, .infinity), Special(.cbrt, -0.0, -0.0, .infinity),
    Special(.cbrt, -8, -2, 1.0 / 12), Special(.cbrt, 0x1p-1071, 0x1p-357, 0x1p714 / 3),
    Special(.cbrt, .infinity, .infinity, 0), Special(.cbrt, -.infinity, -.infinity, 0),
    Special(.log, 0, -.infinity, .infinity), Special(.log, -0.0, -.infinity, .infinity),
    Special(.log, -1, .nan, .nan), Special(.log, .infinity, .infinity, 0),
    Special(.log2, 0, -.infinity, .infinity), Special(.log2, -1, .nan, .nan),
    Special(.log2, 8, 3, 1 / (8 * 0.6931471805599453)),
    Special(.log10, -0.0, -.infinity, .infinity), Special(.log10, -1, .nan, .nan),
    Special(.log1p, -1, -.infinity, .infinity), Special(.log1p, -2, .nan, .nan),
    Special(.log1p, -0.0, -0.0, 1),
    Special(.asin, 1, .pi / 2, .infinity), Special(.asin, 2, .nan, .nan),
    Special(.asin, -.infinity, .nan, .nan), Special(.asin, -0.0, -0.0, 1),
    Special(.acos, 1, 0, -.infinity), Special(.acos, -2, .nan, .nan),
    Special(.acosh, 1, 0, .infinity), Special(.acosh, 0.5, .nan, .nan),
    Special(.acosh, -3, .nan, .nan), Special(.acosh, .infinity, .infinity, 0),
    Special(.atanh, 1, .infinity, .infinity), Special(.atanh, -1, -.infinity, .infinity),
    Special(.atanh, 1.5, .nan, .nan), Special(.atanh, -.infinity, .nan, .nan),
    // Overflow, underflow, infinities.
    Special(.exp, .infinity, .infinity, .infinity), Special(.exp, -.infinity, 0, 0),
    Special(.expm1, -.infinity, -1, 0), Special(.sin, .infinity, .nan, .nan),
    Special(.atan, .infinity, .pi / 2, 0), Special(.atan, -.infinity, -.pi / 2, 0),
    Special(.sinh, -.infinity, -.infinity, .infinity),
    Special(.cosh, -.infinity, .infinity, -.infinity),
    Special(.tanh, 400, 1, 0), Special(.tanh, -400, -1, 0), Special(.tanh, .infinity, 1, 0),
    Special(.tanh, 20, 1, 1.6993417021166355e-17), Special(.tanh, 0, 0, 1),
    Special(.asinh, .infinity, .infinity, 0), Special(.asinh, -.infinity, -.infinity, 0),
    Special(.sigmoid, -800, 0, 0), Special(.sigmoid, 800, 1, 0), Special(.sigmoid, 0, 0.5, 0.25),
    Special(.sigmoid, .infinity, 1, 0), Special(.sigmoid, -.infinity, 0, 0),
    Special(.softplus, 800, 800, 1), Special(.softplus, -800, 0, 0),
    Special(.softplus, .infinity, .infinity, 1), Special(.softplus, -.infinity, 0, 0),
    Special(.gelu, 0, 0, 0.5), Special(.gelu, .infinity, .infinity, 1),
    Special(.gelu, -.infinity, 0, 0), Special(.gelu, 1e300, 1e300, 1),
    Special(.gelu, -1e300, -0.0, 0),
    Special(.silu, 0, 0, 0.5), Special(.silu, .infinity, .infinity, 1),
    Special(.silu, -.infinity, 0, 0), Special(.silu, 1e300, 1e300, 1),
    Special(.silu, -1e300, -0.0, 0),
    Special(.erf, .infinity, 1, 0), Special(.erfc, .infinity, 0, -0.0),
    Special(.erfc, -.infinity, 2, -0.0),
    Special(.gaussian, .infinity, 0, 0), Special(.gaussian, -1e300, 0, 0),
    Special(.gaussian, 0, 1, 0),
    // Poles of the gamma function and its derivatives.
    Special(.gamma, 5, 24, 36.146827219289), Special(.gamma, -1, .nan, .nan),
    Special(.gamma, .infinity, .infinity, .infinity), Special(.lgamma, 1, 0, -0.5772156649015329),
    Special(.lgamma, 2, 0, 0.42278433509846713), Special(.lgamma, 0, .infinity, .nan),
    Special(.lgamma, .infinity, .infinity, .infinity), Special(.digamma, 0, .nan, .infinity),
    Special(.digamma, -7, .nan, .infinity), Special(.digamma, .infinity, .infinity, 0),
    Special(.digamma, -.infinity, .nan, .nan),
    Special(.digamma, .leastNonzeroMagnitude, -.infinity, .infinity),
    // What is left of both zeros and both infinities.
    Special(.negate, 0, -0.0, -1),
    Special(.negate, -0.0, 0, -1),
    Special(.negate, .infinity, -.infinity, -1),
    Special(.negate, -.infinity, .infinity, -1),
    Special(.sign, .infinity, 1, 0),
    Special(.floor, 0, 0, 0),
    Special(.floor, -0.0, -0.0, 0),
    Special(.floor, -.infinity, -.infinity, 0),
    Special(.ceil, 0, 0, 0),
    Special(.ceil, -0.0, -0.0, 0),
    Special(.ceil, .infinity, .infinity, 0),
    Special(.ceil, -.infinity, -.infinity, 0),
    Special(.round, 0, 0, 0),
    Special(.round, -0.0, -0.0, 0),
    Special(.round, .infinity, .infinity, 0),
    Special(.round, -.infinity, -.infinity, 0),
    Special(.sqrt, -.infinity, .nan, .nan),
    Special(.exp, 0, 1, 1),
    Special(.exp, -0.0, 1, 1),
    Special(.expm1, 0, 0, 1),
    Special(.expm1, -0.0, -0.0, 1),
    Special(.expm1, .infinity, .infinity, .infinity),
    Special(.log, -.infinity, .nan, .nan),
    Special(.log2, -0.0, -.infinity, .infinity),
    Special(.log2, .infinity, .infinity, 0),
    Special(.log2, -.infinity, .nan, .nan),
    Special(.log10, 0, -.infinity, .infinity),
    Special(.log10, .infinity, .infinity, 0),
    Special(.log10, -.infinity, .nan, .nan),
    Special(.log1p, 0, 0, 1),
    Special(.log1p, .infinity, .infinity, 0),
    Special(.log1p, -.infinity, .nan, .nan),
    Special(.sin, 0, 0, 1),
    Special(.sin, -0.0, -0.0, 1),
    Special(.sin, -.infinity, .nan, .nan),
    Special(.cos, 0, 1, 0),
    Special(.cos, -0.0, 1, 0),
    Special(.cos, .infinity, .nan, .nan),
    Special(.cos, -.infinity, .nan, .nan),
    Special(.tan, 0, 0, 1),
    Special(.tan, -0.0, -0.0, 1),
    Special(.tan, .infinity, .nan, .nan),
    Special(.tan, -.infinity, .nan, .nan),
    Special(.asin, 0, 0, 1),
    Special(.asin, .infinity, .nan, .nan),
    Special(.acos, 0, .pi / 2, -1),
    Special(.acos, -0.0, .pi / 2, -1),
    Special(.acos, .infinity, .nan, .nan),
    Special(.acos, -.infinity, .nan, .nan),
    Special(.atan, 0, 0, 1),
    Special(.atan, -0.0, -0.0, 1),
    Special(.sinh, 0, 0, 1),
    Special(.sinh, -0.0, -0.0, 1),
    Special(.sinh, .infinity, .infinity, .infinity),
    Special(.cosh, 0, 1, 0),
    Special(.cosh, -0.0, 1, 0),
    Special(.cosh, .infinity, .infinity, .infinity),
    Special(.tanh, -0.0, -0.0, 1),
    Special(.tanh, -.infinity, -1, 0),
    Special(.asinh, 0, 0, 1),
    Special(.asinh, -0.0, -0.0, 1),
    Special(.acosh, 0, .nan, .nan),
    Special(.acosh, -0.0, .nan, .nan),
    Special(.acosh, -.infinity, .nan, .nan),
    Special(.atanh, 0, 0, 1),
    Special(.atanh, -0.0, -0.0, 1),
    Special(.atanh, .infinity, .nan, .nan),
    Special(.sigmoid, -0.0, 0.5, 0.25),
    Special(.softplus, 0, 0.6931471805599453, 0.5),
    Special(.softplus, -0.0, 0.6931471805599453, 0.5),
    Special(.gelu, -0.0, -0.0, 0.5),
    Special(.silu, -0.0, -0.0, 0.5),
    Special(.erf, 0, 0, 1.1283791670955126),
    Special(.erf, -0.0, -0.0, 1.1283791670955126),
    Special(.erf, -.infinity, -1, 0),
    Special(.erfc, 0, 1, -1.1283791670955126),
    Special(.erfc, -0.0, 1, -1.1283791670955126),
    Special(.gaussian, -0.0, 1, 0),
    Special(.gaussian, -.infinity, 0, 0),
    Special(.gamma, 0, .infinity, .nan),
    Special(.gamma, -0.0, -.infinity, .nan),
    Special(.gamma, -.infinity, .nan, .nan),
    Special(.lgamma, -0.0, .infinity, .nan),
    Special(.lgamma, -.infinity, .infinity, .nan),
    Special(.digamma, -0.0, .nan, .infinity),
    Special(.stop, 0, 0, 0),
    Special(.stop, -.infinity, -.infinity, 0),
  ]

  /// Both zeros and both infinities of every operation are looked at.
  @Test(arguments: UnaryOperation.allCases)
  func zerosAndInfinities(_ operation: UnaryOperation) {
    let points = UnaryOperationTests.specials.filter { $0.operation == operation }.map(
      \.x.bitPattern)
    for x in [0.0, -0.0, .infinity, -.infinity] {
      #expect(points.contains(x.bitPattern), "\(operation)(\(x))")
    }
  }

  @Test(arguments: specials)
  func specialValue(_ special: Special) {
    let value = special.operation.value(special.x)
    let derivative = special.operation.derivative(at: special.x, result: value)
    expectSame(value, special.value)
    if special.derivative.magnitude < 1e-300 || !special.derivative.isNormal {
      #expect(derivative == special.derivative || derivative.isNaN && special.derivative.isNaN)
    } else {
      expectClose(derivative, special.derivative, relative: 1e-7)
    }
  }
}
