// Where operations have corners: there the derivative is a convention, one of several that would do.

/// A place at which an operation is continuous and its slopes differ.
package enum Kink: Equatable, Sendable {
  /// A corner of a function of one number: the slopes on its sides, and the one that is used.
  case corner(left: Double, right: Double, used: Double)
  /// Operands that are equal: each of them gets half.
  case tie
  /// The tip of a cone, which slopes in every direction: 0 is used.
  case tip
}

extension UnaryOperation {
  /// Whether there are kinks, or pieces without a slope: where differences may disagree with the derivative.
  var mayHaveKinks: Bool { isInPieces || self == .abs }

  /// The kink at x, if there is one. Jumps, such as that of `sign`, are none: the derivative is 0 on
  /// both sides.
  package func kink(at x: Double) -> Kink? {
    switch self {
    case .abs: x == 0 ? .corner(left: -1, right: 1, used: 0) : nil
    case .relu: x == 0 ? .corner(left: 0, right: 1, used: 0) : nil
    case .negate, .sign, .floor, .ceil, .round, .sqrt, .cbrt, .exp, .expm1, .log, .log2, .log10,
      .log1p, .sin, .cos, .tan, .asin, .acos, .atan, .sinh, .cosh, .tanh, .asinh, .acosh, .atanh,
      .sigmoid, .softplus, .gelu, .silu, .erf, .erfc, .gaussian, .gamma, .lgamma, .digamma, .stop:
      nil
    }
  }
}

extension BinaryOperation {
  /// Whether there are kinks, or pieces without a slope.
  var mayHaveKinks: Bool { isInPieces || self == .hypot || self == .modulus }

  /// The kink at (x, y), if there is one.
  package func kink(at x: Double, _ y: Double) -> Kink? {
    switch self {
    case .min, .max: x == y ? .tie : nil
    case .hypot: x == 0 && y == 0 ? .tip : nil
    case .leakyRelu: x == 0 && y != 1 ? .corner(left: y, right: 1, used: y) : nil
    case .add, .subtract, .multiply, .divide, .floorDivide, .modulus, .power, .atan2, .logaddexp,
      .xlogy, .polygamma, .less, .lessOrEqual, .greater, .greaterOrEqual, .equal, .notEqual,
      .approximatelyEqual:
      nil
    }
  }
}

extension TernaryOperation {
  /// The kink at (x, y, z), if there is one.
  package func kink(at x: Double, _ y: Double, _ z: Double) -> Kink? {
    switch self {
    case .select: nil
    case .clamp: x == y || x == z ? .tie : nil
    }
  }
}

extension WholeOperation {
  /// The kink of a reduction of a line of numbers to `result`, if there is one.
  func kink(of line: some Collection<Double>, result: Double) -> Kink? {
    switch self {
    case .maximum, .minimum: line.lazy.filter { $0 == result }.count > 1 ? .tie : nil
    case .norm: result == 0 && !line.isEmpty ? .tip : nil
    case .copy, .matrixProduct, .sum, .logSumExp, .softmax, .argMaximum, .argMinimum, .all, .any,
      .cumulativeSum, .broadcast, .transpose, .gather, .scatter, .replace, .sort,
      .arrange, .disarrange:
      nil
    }
  }
}
