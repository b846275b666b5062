import Autograd

/// A number and its derivative along one direction, over any arithmetic: `Dual<Dual<Double>>`
/// carries second derivatives. Reading the rules with it proves that they can be differentiated
/// again.
struct Dual<T: Arithmetic>: Arithmetic {
  let value: T
  let slope: T

  init(_ value: T, slope: T) {
    self.value = value
    self.slope = slope
  }

  init(constant: Double) { self.init(T(constant: constant), slope: 0) }
  init(integerLiteral: Int) { self.init(constant: Double(integerLiteral)) }
  init(floatLiteral: Double) { self.init(constant: floatLiteral) }

  static prefix func - (x: Dual) -> Dual { apply(.negate, x) }
  static func + (x: Dual, y: Dual) -> Dual { apply(.add, x, y) }
  static func - (x: Dual, y: Dual) -> Dual { apply(.subtract, x, y) }
  static func * (x: Dual, y: Dual) -> Dual { apply(.multiply, x, y) }
  static func / (x: Dual, y: Dual) -> Dual { apply(.divide, x, y) }

  static func apply(_ operation: UnaryOperation, _ x: Dual) -> Dual {
    let y = T.apply(operation, x.value)
    return Dual(y, slope: along(x, operation.derivative(at: x.value, result: y)))
  }

  static func apply(_ operation: BinaryOperation, _ x: Dual, _ y: Dual) -> Dual {
    let z = T.apply(operation, x.value, y.value)
    let left = along(x, operation.derivative(for: .left, x.value, y.value, result: z))
    let right = along(y, operation.derivative(for: .right, x.value, y.value, result: z))
    return Dual(z, slope: left + right)
  }

  static func select(
    _ condition: Dual, _ yes: @autoclosure () -> Dual, _ no: @autoclosure () -> Dual
  ) -> Dual {
    Dual(
      T.select(condition.value, yes().value, no().value),
      slope: T.select(condition.value, yes().slope, no().slope))
  }

  /// What does not change contributes 0 even to an infinite derivative, as in the reverse sweep.
  ///
  /// A slope of 0 that itself has a slope is a number like any other: only where the derivative is
  /// not finite is it looked at.
  private static func along(_ x: Dual, _ derivative: T) -> T {
    let isFinite = T.apply(.equal, derivative - derivative, 0)
    return T.select(isFinite + T.apply(.notEqual, x.slope, 0), derivative * x.slope, 0)
  }
}
