import RealModule

/// The functions of a `Double` that neither the standard library nor RealModule has, in forms that
/// are accurate over their whole domain.
enum SpecialFunctions {
  // MARK: Arithmetic

  /// ∛x: the C library's, with one step of Newton's method that has the residual exactly.
  static func cbrt(_ x: Double) -> Double {
    let y = Double.root(x, 3)
    guard x != 0, x.isFinite else { return y }
    if x.magnitude < 0x1p-900 { return cbrt(x * 0x1p600) * 0x1p-200 }
    if x.magnitude > 0x1p1000 { return cbrt(x * 0x1p-600) * 0x1p200 }
    let square = y * y
    let squareError = (-square).addingProduct(y, y)
    let cube = square * y
    let cubeError = (-cube).addingProduct(square, y)
    let residual = ((x - cube) - cubeError) - squareError * y
    return y + residual / (3 * square)
  }

  /// x^y: NaN for x < 0 and fractional y; exact where the result is a small whole number.
  ///
  /// x² is one multiplication (correctly rounded); the other whole powers are C's `pow`.
  static func power(_ x: Double, _ y: Double) -> Double {
    if y == 2 { return x * x }
    if let n = Int(exactly: y) { return .pow(x, n) }
    if x == 1 { return 1 }
    if x < 0, y.magnitude >= 0x1p53 {  // whole and even, or infinite
      return .pow(-x, y)
    }
    if x == 0, y > 0 { return 0 }
    if x == 0, y < 0 { return .infinity }
    if y.isInfinite {
      let grows = (x.magnitude > 1) == (y > 0)
      return x == -1 ? 1 : x.isNaN ? x : grows ? .infinity : 0
    }
    return .pow(x, y)
  }

  /// The remainder with the divisor's sign: x − y·⌊x/y⌋, computed without cancellation.
  static func modulus(_ x: Double, _ y: Double) -> Double {
    let remainder = x.truncatingRemainder(dividingBy: y)
    if remainder != 0 {
      if y.isInfinite { return (remainder < 0) == (y < 0) ? remainder : y }
      return (remainder < 0) == (y < 0) ? remainder : remainder + y
    }
    return remainder.isNaN ? remainder : Double(signOf: y, magnitudeOf: 0)
  }

  /// ⌊x/y⌋, from the exact remainder, so that x = y·(x // y) + x % y.
  static func floorDivide(_ x: Double, _ y: Double) -> Double {
    let quotient = x / y
    guard quotient.isFinite, x.isFinite else { return quotient.rounded(.down) }
    let remainder = x.truncatingRemainder(dividingBy: y)
    // As Python does it: x − remainder is a multiple of y; the quotient may be off by a rounding.
    var whole = (x - remainder) / y
    if remainder != 0, (remainder < 0) != (y < 0) { whole -= 1 }
    return whole == 0 ? Double(signOf: quotient, magnitudeOf: 0) : whole.rounded()
  }

  /// Equal within 10⁻⁹ relative or 10⁻¹² absolute; infinities equal themselves.
  static func approximatelyEqual(_ x: Double, _ y: Double) -> Bool {
    if x == y { return true }
    let difference = Swift.abs(x - y)
    guard difference.isFinite else { return false }
    return difference <= Swift.max(1e-9 * Swift.max(Swift.abs(x), Swift.abs(y)), 1e-12)
  }

  // MARK: Neural functions

  /// 1/(1 + e⁻ˣ), without overflow and with all digits on both sides.
  static func sigmoid(_ x: Double) -> Double {
    if x >= 0 { return 1 / (1 + .exp(-x)) }
    let e = Double.exp(x)
    let ratio = e / (1 + e)
    return e < 0.25 ? e.addingProduct(-e, ratio) : ratio
  }

  /// log(1 + eˣ).
  static func softplus(_ x: Double) -> Double {
    x > 0 ? x + .log(onePlus: .exp(-x)) : .log(onePlus: .exp(x))
  }

  /// x·sigmoid(x), with one rounding less than that.
  static func silu(_ x: Double) -> Double {
    if x > -700 { return x / (1 + .exp(-x)) }
    if x == -.infinity { return 0 }
    let root = Double.exp(0.5 * x)  // eˣ alone may be subnormal
    return x * root * root
  }

  /// log(eˣ + eʸ), without overflow.
  ///
  /// Where the sum is about 1, and its logarithm about 0, the terms cancel: there eˣ + eʸ − 1 is
  /// computed with two doubles.
  static func logaddexp(_ x: Double, _ y: Double) -> Double {
    if x.isNaN || y.isNaN { return .nan }
    let larger = Swift.max(x, y)
    let difference = (x - y).magnitude
    if x == y { return x + .log(2) }
    let result = larger + .log(onePlus: .exp(-difference))
    guard result.magnitude < 0.25, difference < 40 else { return result }
    let one = DoubleDouble(high: 1)
    let excess = (DoubleDouble.exp(larger) - one) + DoubleDouble.exp(Swift.min(x, y))
    return .log(onePlus: excess.high) + excess.low / (1 + excess.high)
  }

  /// exp(−x²), with the rounding error of x² put back, so that large x keep their digits.
  static func gaussian(_ x: Double) -> Double {
    let square = x * x
    guard square < 800 else { return x.isNaN ? x : 0 }
    let error = (-square).addingProduct(x, x)
    let e = Double.exp(-square)
    return e - e * error
  }
}
