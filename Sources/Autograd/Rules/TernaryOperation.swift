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

  /// The local derivatives for the three operands; see `derivative(for:)`.
  @inline(__always)
  package func derivatives<T: Arithmetic>(_ x: T, _ y: T, _ z: T) -> (x: T, y: T, z: T) {
    (
      derivative(for: 0, x, y, z), derivative(for: 1, x, y, z), derivative(for: 2, x, y, z)
    )
  }

  /// The local derivative for an operand, counted from 0.
  ///
  /// The condition of `where` has derivative 0. `clamp` at an end of the interval is a tie of max or
  /// min: half to x, half to the end, or a quarter to each of them where both ends are there.
  @inline(__always)
  package func derivative<T: Arithmetic>(for index: Int, _ x: T, _ y: T, _ z: T) -> T {
    switch self {
    case .select:
      if index == 0 { return 0 }
      let isTaken: T = .select(.equal(x, x), .apply(.notEqual, x, 0), x)
      return index == 1 ? isTaken : 1 - isTaken
    case .clamp:
      let raised: T = .apply(.max, x, y)
      if index == 1 { return .share(z, raised) * .share(y, x) }  // ∂min(raised, z)/∂raised first
      let atBothEnds: T = 0.25 * (.equal(x, y) * .equal(x, z))
      return index == 0
        ? .share(z, raised) * .share(x, y) + atBothEnds : .share(raised, z) - atBothEnds
    }
  }
}
