import RealModule

extension BinaryOperation {
  /// The value of the operation at `(x, y)`.
  ///
  /// Division by zero, overflow and the like follow IEEE 754. `min` and `max` are NaN when either
  /// operand is. Comparisons give 1 or 0, and 0 (`!=`: 1) with NaN.
  public func value(_ x: Double, _ y: Double) -> Double { inlinedValue(x, y) }

  /// The table itself; a caller that names the operation gets its row alone.
  @inline(__always)
  func inlinedValue(_ x: Double, _ y: Double) -> Double {
    switch self {
    case .add: x + y
    case .subtract: x - y
    case .multiply: x * y
    case .divide: x / y
    case .floorDivide: SpecialFunctions.floorDivide(x, y)
    case .modulus: SpecialFunctions.modulus(x, y)
    case .power: SpecialFunctions.power(x, y)
    case .atan2: .atan2(y: x, x: y)
    case .hypot: .hypot(x, y)
    case .min: x.isNaN || y.isNaN ? .nan : Swift.min(x, y)
    case .max: x.isNaN || y.isNaN ? .nan : Swift.max(x, y)
    case .logaddexp: SpecialFunctions.logaddexp(x, y)
    case .xlogy: x == 0 && !y.isNaN ? 0 : x * .log(y)
    case .leakyRelu: x > 0 ? x : x * y
    case .polygamma: SpecialFunctions.polygamma(x, y)
    case .less: x < y ? 1 : 0
    case .lessOrEqual: x <= y ? 1 : 0
    case .greater: x > y ? 1 : 0
    case .greaterOrEqual: x >= y ? 1 : 0
    case .equal: x == y ? 1 : 0
    case .notEqual: x != y ? 1 : 0
    case .approximatelyEqual: SpecialFunctions.approximatelyEqual(x, y) ? 1 : 0
    }
  }
}
