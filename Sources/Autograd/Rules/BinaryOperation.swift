/// An operation on two numbers.
///
/// A case is described in three exhaustive switches: its name here, its value in
/// `BinaryOperation+Value.swift`, its derivatives in `BinaryOperation+Derivative.swift`.
public enum BinaryOperation: UInt8, CaseIterable, Sendable {
  /// x + y.
  case add
  /// x − y.
  case subtract
  /// x·y.
  case multiply
  /// x/y, as IEEE 754 has it at 0.
  case divide
  /// ⌊x/y⌋; slopes 0.
  case floorDivide
  /// x − y·⌊x/y⌋, with the sign of y; slopes 1 and −⌊x/y⌋.
  case modulus
  /// xʸ; NaN for x < 0 where y is not whole, and x⁰ is 1.
  case power
  /// The angle, from −π to π, of the point that is x across the axis and y along it.
  case atan2
  /// √(x² + y²), without over- or underflow on the way; slopes 0 at (0, 0).
  case hypot
  /// The smaller; NaN where one is; half of the slope to each of a tie.
  case min
  /// The larger; NaN where one is; half of the slope to each of a tie.
  case max
  /// log(eˣ + eʸ), without overflow on the way.
  case logaddexp
  /// x·log y, which is 0 for x = 0.
  case xlogy
  /// x for x > 0, else y·x: `leaky_relu(x, slope)`.
  case leakyRelu
  /// ψ⁽ˣ⁾(y), the derivative of order x of digamma: `polygamma(n, x)`.
  case polygamma
  /// 1 where x < y, else 0. Through comparisons no gradient flows.
  case less
  /// 1 where x ≤ y, else 0.
  case lessOrEqual
  /// 1 where x > y, else 0.
  case greater
  /// 1 where x ≥ y, else 0.
  case greaterOrEqual
  /// 1 where x = y, else 0.
  case equal
  /// 1 where x ≠ y, else 0; 1 of NaN.
  case notEqual
  /// 1 where x and y differ by rounding alone, else 0.
  case approximatelyEqual

  /// The symbol or name in the language and in drawings.
  public var name: String {
    switch self {
    case .add: "+"
    case .subtract: "-"
    case .multiply: "*"
    case .divide: "/"
    case .floorDivide: "//"
    case .modulus: "%"
    case .power: "^"
    case .atan2: "atan2"
    case .hypot: "hypot"
    case .min: "min"
    case .max: "max"
    case .logaddexp: "logaddexp"
    case .xlogy: "xlogy"
    case .leakyRelu: "leaky_relu"
    case .polygamma: "polygamma"
    case .less: "<"
    case .lessOrEqual: "<="
    case .greater: ">"
    case .greaterOrEqual: ">="
    case .equal: "=="
    case .notEqual: "!="
    case .approximatelyEqual: "≈"
    }
  }

  /// Whether the operation is put together from pieces: where a derivative is 0 nothing passes, not
  /// even an infinite adjoint.
  package var isInPieces: Bool {
    switch self {
    case .min, .max, .leakyRelu, .floorDivide, .polygamma: true
    case .less, .lessOrEqual, .greater, .greaterOrEqual, .equal, .notEqual: true
    case .approximatelyEqual: true
    case .add, .subtract, .multiply, .divide, .modulus, .power, .atan2, .hypot, .logaddexp: false
    case .xlogy: false
    }
  }

  /// Where a derivative is infinite, or none; of powers where the exponent is not known.
  package var steepness: Steepness {
    switch self {
    case .power: .atNumbers
    case .divide, .modulus, .atan2, .xlogy, .polygamma: .atPoles
    case .add, .subtract, .multiply, .floorDivide, .hypot, .min, .max, .logaddexp, .leakyRelu:
      .nowhere
    case .less, .lessOrEqual, .greater, .greaterOrEqual, .equal, .notEqual: .nowhere
    case .approximatelyEqual: .nowhere
    }
  }

  /// Whether the operation is written between its operands.
  public var isInfix: Bool {
    switch self {
    case .add, .subtract, .multiply, .divide, .floorDivide, .modulus, .power: true
    case .less, .lessOrEqual, .greater, .greaterOrEqual, .equal, .notEqual: true
    case .approximatelyEqual: true
    case .atan2, .hypot, .min, .max, .logaddexp, .xlogy, .leakyRelu, .polygamma: false
    }
  }

  /// Whether the operation compares its operands.
  public var isComparison: Bool {
    switch self {
    case .less, .lessOrEqual, .greater, .greaterOrEqual, .equal, .notEqual: true
    case .approximatelyEqual: true
    case .add, .subtract, .multiply, .divide, .floorDivide, .modulus, .power: false
    case .atan2, .hypot, .min, .max, .logaddexp, .xlogy, .leakyRelu, .polygamma: false
    }
  }
}
