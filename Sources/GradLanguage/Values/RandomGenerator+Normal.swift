/// The quantile of the normal distribution, without any function of C's library, whose last bits differ.
///
/// Source: Wichura, "Algorithm AS 241: the percentage points of the normal distribution", 1988, its
/// PPND16, with a relative error of about 1e-16; the coefficients are the published ones.
extension RandomGenerator {
  /// The quantile at (k + ½) / 2⁵³, where k is less than 2⁵³.
  ///
  /// The distances from ½ and from the nearer end are both doubles without rounding, so that
  /// k and 2⁵³ − 1 − k give opposite numbers and none is infinite.
  static func normal(at k: UInt64) -> Double {
    precondition(k < 1 << 53, "53 bits")
    let steps = Double(Int64(k) - 1 << 52) + 0.5
    let center = steps * 0x1p-53
    if center.magnitude <= 0.425 {
      let r = 0.180625 - center * center  // 0.425²
      return center * ratio(Coefficients.center, r)
    }
    let tail = (0x1p52 - steps.magnitude) * 0x1p-53
    let r = (-logarithm(tail)).squareRoot()
    let magnitude = r <= 5 ? ratio(Coefficients.tail, r - 1.6) : ratio(Coefficients.farTail, r - 5)
    return center < 0 ? -magnitude : magnitude
  }

  /// log x for a normal x > 0, to about an ulp away from 1: with x = m·2ᵉ and m near 1,
  /// e·log 2 + 2 artanh((m − 1) / (m + 1)) by the series of artanh.
  private static func logarithm(_ x: Double) -> Double {
    var (m, e) = (x.significand, Double(x.exponent))
    if m > 1.5 { (m, e) = (m / 2, e + 1) }
    let s = (m - 1) / (m + 1)
    var sum = 0.0
    for power in stride(from: 25.0, through: 3, by: -2) { sum = (sum + 1 / power) * (s * s) }
    return e * 0.693147180559945309 + 2 * (s + s * sum)
  }

  /// The quotient of two polynomials of degree 7 by Horner's rule, coefficients from the constant on.
  private static func ratio(_ coefficients: Coefficients, _ x: Double) -> Double {
    var (above, below) = (0.0, 0.0)
    for k in stride(from: 7, through: 0, by: -1) {
      above = above * x + coefficients.above[k]
      below = below * x + coefficients.below[k]
    }
    return above / below
  }

  /// A rational function of the algorithm.
  private struct Coefficients {
    let above: [Double]
    let below: [Double]

    /// |p − ½| ≤ 0.425.
    static let center = Coefficients(
      above: [
        3.3871328727963666080e0, 1.3314166789178437745e+2, 1.9715909503065514427e+3,
        1.3731693765509461125e+4, 4.5921953931549871457e+4, 6.7265770927008700853e+4,
        3.3430575583588128105e+4, 2.5090809287301226727e+3,
      ],
      below: [
        1, 4.2313330701600911252e+1, 6.8718700749205790830e+2, 5.3941960214247511077e+3,
        2.1213794301586595867e+4, 3.9307895800092710610e+4, 2.8729085735721942674e+4,
        5.2264952788528545610e+3,
      ])

    /// √(−log p) ≤ 5.
    static let tail = Coefficients(
      above: [
        1.42343711074968357734e0, 4.63033784615654529590e0, 5.76949722146069140550e0,
        3.64784832476320460504e0, 1.27045825245236838258e0, 2.41780725177450611770e-1,
        2.27238449892691845833e-2, 7.74545014278341407640e-4,
      ],
      below: [
        1, 2.05319162663775882187e0, 1.67638483018380384940e0, 6.89767334985100004550e-1,
        1.48103976427480074590e-1, 1.51986665636164571966e-2, 5.47593808499534494600e-4,
        1.05075007164441684324e-9,
      ])

    /// √(−log p) > 5.
    static let farTail = Coefficients(
      above: [
        6.65790464350110377720e0, 5.46378491116411436990e0, 1.78482653991729133580e0,
        2.96560571828504891230e-1, 2.65321895265761230930e-2, 1.24266094738807843860e-3,
        2.71155556874348757815e-5, 2.01033439929228813265e-7,
      ],
      below: [
        1, 5.99832206555887937690e-1, 1.36929880922735805310e-1, 1.48753612908506148525e-2,
        7.86869131145613259100e-4, 1.84631831751005468180e-5, 1.42151175831644588870e-7,
        2.04426310338993978564e-15,
      ])
  }
}
