// Forms that the derivative tables use where the textbook's loses digits, overflows, or has no
// value at a point where the derivative has one. Each equals the textbook's by algebra.
//
// The best of several forms depends on where x is. What is recorded will be evaluated elsewhere too:
// its form is the one that holds everywhere, with a digit less at the ends of the domain.

extension Arithmetic {
  /// From here on 1 + x is x to the last digit.
  @inline(__always) static var farOut: Self { Self(constant: 0x1p54) }

  @inline(__always)
  package static func logisticSlope(_ x: Self) -> Self { logisticSlopeBySmaller(x) }

  /// σ(x)·σ(−x) = e/(1 + e)² with e = eˣ or e⁻ˣ, which give the same: the smaller of the two, so
  /// that nothing overflows.
  @inline(__always) static func logisticSlopeBySmaller(_ x: Self) -> Self {
    let e = exp(select(greater(x, 0), -x, x))
    return e / multiplyAdd(e, 2 + e, 1)
  }

  /// dy/dx of y = ∛x: y/(3x), or 1/(3y²) where that is 0/0.
  @inline(__always) static func cbrtSlope(_ x: Self, _ y: Self) -> Self {
    if x.isRecorded { return 1 / (3 * y * y) }
    return select(greater(y / x, 0), y / x / 3, 1 / (3 * y * y))
  }

  /// 1/(1 + x²), also where x² overflows.
  @inline(__always) static func overOnePlusSquare(_ x: Self) -> Self {
    if x.isRecorded, !x.isExtreme { return 1 / (1 + x * x) }
    if x.isRecorded {
      let radius = hypot(1, x)
      return 1 / radius / radius
    }
    return select(greater(x * x, .farOut), 1 / x / x, 1 / (1 + x * x))
  }

  /// 1/√(x² − 1); NaN for x < 1.
  @inline(__always) static func acoshSlope(_ x: Self) -> Self {
    if x.isRecorded { return 1 / (sqrt(x - 1) * sqrt(x + 1)) }
    return within(
      x, above: 1,
      select(greater(x * x, .farOut), 1 / x, 1 / sqrt(0 - oneMinusSquare(x))))
  }

  /// σ(x − y): where the difference is large its rounding error would show, and is put back; 1/2 of two
  /// infinities that are the same.
  @inline(__always) static func sigmoid(_ x: Self, minus y: Self) -> Self {
    let difference = x - y
    if difference.isRecorded { return sigmoid(difference) }
    let rounded = difference - x  // −y but for an error
    let error = (x - (difference - rounded)) - (y + rounded)
    return select(
      equal(difference, difference),
      select(
        isBetween(-1000, difference, -2), sigmoid(difference) * (1 + error), sigmoid(difference)),
      select(equal(x, y), 0.5, difference))
  }

  /// n/(x² + y²), n one of them; scaled where the squares overflow or underflow.
  @inline(__always) static func overSquares(_ n: Self, _ x: Self, _ y: Self) -> Self {
    let sum = sumOfSquares(x, y)
    let isExtreme = sum.isExtreme || x.isExtreme || y.isExtreme
    if sum.isRecorded, !isExtreme { return n / sum }
    if sum.isRecorded {
      let radius = hypot(x, y)
      return n / radius / radius
    }
    return select(
      isBetween(0x1p-900, sum, 0x1p1000), n / sum,
      select(
        greater(sum, 1), overScaledSquares(n, x, y, Self(constant: 0x1p-600)),
        overScaledSquares(n, x, y, Self(constant: 0x1p600))))
  }

  @inline(__always)
  private static func overScaledSquares(_ n: Self, _ x: Self, _ y: Self, _ scale: Self) -> Self {
    (n * scale) / sumOfSquares(x * scale, y * scale) * scale
  }

  /// x/z for z = √(x² + y²); 0 at (0, 0); scaled where z is rounded as subnormal numbers are.
  @inline(__always) static func overNorm(_ x: Self, _ y: Self, _ z: Self) -> Self {
    if z.isRecorded { return select(equal(z, 0), 0, x / z) }
    let scale = Self(constant: 0x1p600)
    return select(
      greater(z, 0x1p-960), x / z,
      select(equal(z, 0), 0, (x * scale) / hypot(x * scale, y * scale)))
  }

  /// x/y; 0 for 0/0.
  @inline(__always) static func xOverY(_ x: Self, _ y: Self) -> Self {
    let quotient = x / y
    return select(equal(x, 0), select(equal(y, 0), 0, quotient), quotient)
  }

  /// ∂z/∂x of z = xʸ: y·xʸ⁻¹, or y·z/x where y − 1 is not a double, or xʸ⁻¹ may overflow before it is
  /// multiplied by y; d/dx x⁰ is 0 also at 0.
  @inline(__always) static func powerSlope(_ x: Self, _ y: Self, _ z: Self) -> Self {
    if z.isRecorded { return recordedPowerSlope(x, y) }
    let less = y - 1
    let isUnfit = apply(.notEqual, less + 1, y) + greater(1, abs(y))
    let hasQuotient = greater(abs(z / x), 0)  // not for x = 0, ∞
    return select(
      equal(y, 0) * greater(0x1p-1000, abs(x)), 0,
      select(isUnfit * hasQuotient, y * z / x, y * power(x, less)))
  }

  /// y·xʸ⁻¹, which is 0 for y = 0 though it may have been 0·∞.
  private static func recordedPowerSlope(_ x: Self, _ y: Self) -> Self {
    if !y.isRecorded { return select(equal(y, 0), 0, y * power(x, y - 1)) }
    let slope = y * power(x, y - 1)
    return select(equal(y, 0), select(greater(0x1p-1000, abs(x)), 0, slope), slope)
  }

  /// The share of the larger of two: 1 where x > y, ½ where they tie, 0 where x < y.
  @inline(__always) static func share(_ x: Self, _ y: Self) -> Self {
    let bySign = 0.5 * (1 + sign(x - y))
    if bySign.isRecorded { return bySign }
    return select(equal(x, y), 0.5, bySign)  // ∞ − ∞ is no tie's difference
  }

  /// σ(x)·(1 + x·σ(−x)) with y = x·σ(x).
  @inline(__always) static func siluSlope(_ x: Self, _ y: Self) -> Self {
    if x.isRecorded { return sigmoid(x) * (1 + x * sigmoid(-x)) }
    return select(
      greater(x, 0), sigmoid(x) * (1 - silu(-x)),
      select(greater(x, -40), sigmoid(x) * ((1 + x) - y), sigmoid(x) + y))
  }

  /// Φ(x), the normal distribution function, given y = x·Φ(x), which far to the left has more
  /// digits.
  @inline(__always) static func normalDistribution(_ x: Self, product y: Self) -> Self {
    let byComplement = 0.5 * erfc(x * Self(constant: -(0.5).squareRoot()))
    if x.isRecorded { return byComplement }
    return select(greater(x, -0.5), byComplement, y / x)
  }

  /// −2x·y for y = exp(−x²); where y is subnormal from exp(−x²/2), which is not.
  @inline(__always) static func gaussianSlope(_ x: Self, _ y: Self) -> Self {
    if x.isRecorded { return -2 * x * y }
    return select(
      greater(y, 0x1p-1020), -2 * x * y, timesSquare(-2 * x, square(gaussian(0.5 * x))))
  }

  /// n·r², rounded at the end alone where it is subnormal; 0 for r = 0.
  @inline(__always) private static func timesSquare(_ n: Self, _ r: Self) -> Self {
    select(equal(r, 0), 0, n * r * r)
  }

  /// n·φ(x), φ = Φ′: exp(−x²/2) from exp(−x²) or exp(−x²/4), whose arguments are exact.
  @inline(__always) static func normalDensity(_ x: Self, times n: Self) -> Self {
    let scaled = 0.3989422804014327 * n  // 1/√(2π)
    if x.isRecorded { return scaled * Self.square(gaussian(0.5 * x)) }
    let square = gaussian(x)
    return select(
      greater(square, 0x1p-1000), scaled * sqrt(square),
      timesSquare(scaled, gaussian(0.5 * x)))
  }
}
