/// An operation on two numbers.
///
/// A case is described in three exhaustive switches: its name here, its value in
/// `BinaryOperation+Value.swift`, its derivatives in `BinaryOperation+Derivative.swift`.
public enum BinaryOperation: UInt8, CaseIterable, Sendable {
  case add, subtract, multiply, divide
  case floorDivide, modulus, power
  case atan2, hypot, min, max, logaddexp, xlogy
  /// `leaky_relu(x, slope)`.
  case leakyRelu
  /// `polygamma(n, x)`: the derivative of order n of digamma.
  case polygamma
  // Comparisons give 1 or 0; no gradient flows through them.
  case less, lessOrEqual, greater, greaterOrEqual, equal, notEqual, approximatelyEqual

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
