import RealModule

/// What the derivative rules are written over: numbers, or things that stand for numbers.
///
/// `Double` conforms, for the sweeps. A value that records nodes can conform too; differentiating a
/// derivative then needs no second table of rules.
package protocol Arithmetic: ExpressibleByIntegerLiteral, ExpressibleByFloatLiteral {
  /// A number that does not depend on anything.
  init(constant: Double)

  /// Whether the value is part of a formula that will be evaluated again, at other points: then the
  /// rules use a form that holds everywhere, where one that is chosen for this point has more digits.
  var isRecorded: Bool { get }
  /// Whether a number that is recorded is now so large or so small that squares leave the range.
  var isExtreme: Bool { get }

  static prefix func - (x: Self) -> Self
  static func + (x: Self, y: Self) -> Self
  static func - (x: Self, y: Self) -> Self
  static func * (x: Self, y: Self) -> Self
  static func / (x: Self, y: Self) -> Self

  /// The operation on one value.
  static func apply(_ operation: UnaryOperation, _ x: Self) -> Self
  /// The operation on two values.
  static func apply(_ operation: BinaryOperation, _ x: Self, _ y: Self) -> Self
  /// x·y + z.
  static func multiplyAdd(_ x: Self, _ y: Self, _ z: Self) -> Self
  /// x² + y².
  static func sumOfSquares(_ x: Self, _ y: Self) -> Self
  /// 1 − x².
  static func oneMinusSquare(_ x: Self) -> Self
  /// `yes` where `condition` is not zero, `no` where it is.
  ///
  /// Only the branch taken need be evaluated when the condition is a known number.
  static func select(
    _ condition: Self, _ yes: @autoclosure () -> Self, _ no: @autoclosure () -> Self
  ) -> Self
  /// n/|x| for x ≥ 0, so that −0 counts as 0; formulas and series use n/x, since |x| has no derivative at 0.
  static func overMagnitude(_ n: Self, _ x: Self) -> Self
  /// σ(x)·σ(−x), the derivative of σ(x) = 1/(1 + e⁻ˣ).
  static func logisticSlope(_ x: Self) -> Self
}

extension Double: Arithmetic {
  @inline(__always)
  package init(constant: Double) { self = constant }

  @inline(__always)
  package static func apply(_ operation: UnaryOperation, _ x: Double) -> Double {
    operation.inlinedValue(x)
  }

  @inline(__always)
  package static func apply(_ operation: BinaryOperation, _ x: Double, _ y: Double) -> Double {
    operation.inlinedValue(x, y)
  }

  /// Rounded once.
  @inline(__always)
  package static func multiplyAdd(_ x: Double, _ y: Double, _ z: Double) -> Double {
    z.addingProduct(x, y)
  }

  /// Only the smaller square is rounded before they are added.
  @inline(__always)
  package static func sumOfSquares(_ x: Double, _ y: Double) -> Double {
    let (x, y) = (x.magnitude, y.magnitude)
    return x < y ? (x * x).addingProduct(y, y) : (y * y).addingProduct(x, x)
  }

  /// Rounded once.
  @inline(__always)
  package static func oneMinusSquare(_ x: Double) -> Double { (1.0).addingProduct(-x, x) }

  @inline(__always)
  package static func select(
    _ condition: Double, _ yes: @autoclosure () -> Double, _ no: @autoclosure () -> Double
  ) -> Double {
    condition != 0 ? yes() : no()
  }
}

// What numbers compute with fewer roundings.
extension Arithmetic {
  @inline(__always)
  package var isRecorded: Bool { false }

  @inline(__always)
  package var isExtreme: Bool { false }

  @inline(__always)
  package static func multiplyAdd(_ x: Self, _ y: Self, _ z: Self) -> Self { x * y + z }

  @inline(__always)
  package static func sumOfSquares(_ x: Self, _ y: Self) -> Self { x * x + y * y }

  @inline(__always)
  package static func oneMinusSquare(_ x: Self) -> Self { (1 - x) * (1 + x) }
}

// The names that the rules use.
extension Arithmetic {
  @inline(__always) static func abs(_ x: Self) -> Self { apply(.abs, x) }
  @inline(__always) static func sign(_ x: Self) -> Self { apply(.sign, x) }
  @inline(__always) static func sqrt(_ x: Self) -> Self { apply(.sqrt, x) }
  @inline(__always) static func exp(_ x: Self) -> Self { apply(.exp, x) }
  @inline(__always) static func log(_ x: Self) -> Self { apply(.log, x) }
  @inline(__always) static func sin(_ x: Self) -> Self { apply(.sin, x) }
  @inline(__always) static func cos(_ x: Self) -> Self { apply(.cos, x) }
  @inline(__always) static func sinh(_ x: Self) -> Self { apply(.sinh, x) }
  @inline(__always) static func cosh(_ x: Self) -> Self { apply(.cosh, x) }
  @inline(__always) static func sigmoid(_ x: Self) -> Self { apply(.sigmoid, x) }
  @inline(__always) static func silu(_ x: Self) -> Self { apply(.silu, x) }
  @inline(__always) static func erfc(_ x: Self) -> Self { apply(.erfc, x) }
  @inline(__always) static func gaussian(_ x: Self) -> Self { apply(.gaussian, x) }
  @inline(__always) static func digamma(_ x: Self) -> Self { apply(.digamma, x) }
  @inline(__always) static func floorDivide(_ x: Self, _ y: Self) -> Self {
    apply(.floorDivide, x, y)
  }
  @inline(__always) static func hypot(_ x: Self, _ y: Self) -> Self {
    apply(.hypot, x, y)
  }
  @inline(__always) static func power(_ x: Self, _ y: Self) -> Self {
    apply(.power, x, y)
  }
  @inline(__always) static func polygamma(_ n: Self, _ x: Self) -> Self {
    apply(.polygamma, n, x)
  }
  @inline(__always) static func greater(_ x: Self, _ y: Self) -> Self {
    apply(.greater, x, y)
  }
  @inline(__always) static func equal(_ x: Self, _ y: Self) -> Self {
    apply(.equal, x, y)
  }
  @inline(__always) static func square(_ x: Self) -> Self { x * x }
  /// 1 where low < x < high, else 0.
  @inline(__always) static func isBetween(_ low: Self, _ x: Self, _ high: Self) -> Self {
    greater(x, low) * greater(high, x)
  }

  @inline(__always)
  package static func overMagnitude(_ n: Self, _ x: Self) -> Self {
    x.isRecorded ? n / x : n / abs(x)
  }

  /// `derivative` where `x` is at or above the end of the domain, NaN below it.
  @inline(__always) static func within(
    _ x: Self, above end: Double, _ derivative: @autoclosure () -> Self
  ) -> Self {
    select(
      apply(.greaterOrEqual, x, Self(constant: end)), derivative(), Self(constant: .nan))
  }
}
