import RealModule

// erfc and what is made of it, with errors of less than two ulps where C libraries have three: the
// factor exp(z²)·erfc(z) is kept as two doubles, so that only exp and the last product are rounded.

extension SpecialFunctions {
  /// 1 − erf(x), accurate for large x.
  static func erfc(_ x: Double) -> Double {
    guard x >= 0.25, x < 28 else { return .erfc(x) }
    return product(of: scaledErfc(x), expOfMinus: DoubleDouble(product: x, x))
  }

  /// x·Φ(x), Φ the normal distribution function: Hendrycks and Gimpel's GELU, not its tanh stand-in.
  ///
  /// Φ(x) is erfc(−x/√2)/2. For x ≪ 0 erfc changes so fast that the rounding error of its argument
  /// would show: it goes into the factor, and the exponent is −x²/2 itself.
  static func gelu(_ x: Double) -> Double {
    if x == -.infinity { return 0 }
    let root = DoubleDouble(high: (0.5).squareRoot(), low: -4.833646656726457e-17)
    let argument = -x * root.high
    guard argument >= 0.25, argument < 28 else { return 0.5 * x * .erfc(argument) }
    let z = DoubleDouble(high: -x) * root
    let scaled = scaledErfc(z.high)
    let slope = 2 * z.high * scaled.high - 1.1283791670955126  // 2/√π
    let factor = DoubleDouble(sum: scaled.high, scaled.low + z.low * slope)
    let square = DoubleDouble(product: x, x)
    return product(
      of: factor * DoubleDouble(high: 0.5 * x),
      expOfMinus: DoubleDouble(high: 0.5 * square.high, low: 0.5 * square.low))
  }

  /// factor·exp(−s), rounded twice; also where it is subnormal.
  private static func product(
    of factor: DoubleDouble, expOfMinus s: DoubleDouble
  ) -> Double {
    let rest = factor.low - factor.high * s.low
    guard s.high < 708 else {
      let root = Double.exp(-0.5 * s.high)
      return root * (factor.high + rest) * root
    }
    let e = Double.exp(-s.high)
    return (e * rest).addingProduct(e, factor.high)
  }

  /// exp(z²)·erfc(z) for 0.25 ≤ z < 28.
  private static func scaledErfc(_ z: Double) -> DoubleDouble {
    if z >= 4 { return scaledErfc(far: z) }
    let table = ErrorFunctionTables.near
    let quarter = Int(4 * z)
    let row = 13 * (quarter - 1)
    let t = z - (Double(quarter) + 0.5) / 4
    var slope = table[row + 12]
    for k in stride(from: row + 11, through: row + 2, by: -1) { slope = slope * t + table[k] }
    let sum = DoubleDouble(sum: table[row], slope * t)
    return DoubleDouble(high: sum.high, low: sum.low + table[row + 1])
  }

  /// The same for z ≥ 4: (1 + r)/(√π·z), r a polynomial in z⁻².
  private static func scaledErfc(far z: Double) -> DoubleDouble {
    let table = z < 8 ? ErrorFunctionTables.far : ErrorFunctionTables.farthest
    let t = 1 / (z * z) - table[0]
    var r = 0.0
    for k in stride(from: table.count - 1, through: 1, by: -1) { r = r * t + table[k] }
    let root = (high: 0.5641895835477563, low: 7.66772980658294e-18)  // 1/√π
    let first = root.high / z
    let rest = (root.high.addingProduct(-first, z) + root.low) / z
    let sum = DoubleDouble(sum: first, first * r)
    return DoubleDouble(high: sum.high, low: sum.low + rest)
  }
}
