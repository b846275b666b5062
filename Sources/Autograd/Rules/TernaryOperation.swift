/// An operation on three numbers.
public enum TernaryOperation: UInt8, CaseIterable, Sendable {
  /// `where(condition, yes, no)`: `yes` where the condition is not zero, else `no`.
  case select
  /// `clamp(x, low, high)`: x moved into the interval; NaN where an operand is NaN.
  case clamp

  /// The name in the language and in drawings.
  public var name: String {
    switch self {
    case .select: "where"
    case .clamp: "clamp"
    }
  }

  /// The value of the operation; `clamp` with low > high gives high, as min(max(x, low), high).
  public func value(_ x: Double, _ y: Double, _ z: Double) -> Double {
    switch self {
    case .select: x.isNaN ? x : x != 0 ? y : z
    case .clamp: BinaryOperation.min.value(BinaryOperation.max.value(x, y), z)
    }
  }

  /// The local derivatives for the three operands.
  ///
  /// The condition of `where` has derivative 0. `clamp` at an end of the interval is a tie of max or
  /// min: half to x, half to the end, or a quarter to each of them where both ends are there.
  @inline(__always)
  package func derivatives<T: Arithmetic>(_ x: T, _ y: T, _ z: T) -> (x: T, y: T, z: T) {
    switch self {
    case .select:
      let isTaken: T = .select(.equal(x, x), .apply(.notEqual, x, 0), x)
      return (0, isTaken, 1 - isTaken)
    case .clamp:
      let raised: T = .apply(.max, x, y)
      let below: T = .share(z, raised)  // ∂min(raised, z)/∂raised
      let atBothEnds: T = 0.25 * (.equal(x, y) * .equal(x, z))
      return (
        below * .share(x, y) + atBothEnds, below * .share(y, x), .share(raised, z) - atBothEnds
      )
    }
  }
}
