import RealModule

// The derivatives of log Γ.
//
// Sources: Abramowitz & Stegun 6.3 and 6.4 (recurrence, reflection, asymptotic series). The
// asymptotic series are used where their first neglected term is below half an ulp; smaller
// arguments are raised by the recurrence, and only below `reflected` is the reflection formula used,
// since its terms cancel near the roots.

extension SpecialFunctions {
  /// B₂ₖ for k = 1 … 10: the Bernoulli numbers of the asymptotic series.
  private static let bernoulli: [Double] = [
    1.0 / 6, -1.0 / 30, 1.0 / 42, -1.0 / 30, 5.0 / 66, -691.0 / 2730, 7.0 / 6, -3617.0 / 510,
    43867.0 / 798, -174611.0 / 330,
  ]

  private static let asymptotic = 12.0
  private static let reflected = -200.0

  // MARK: Digamma

  /// The positive root of digamma.
  private static let root = DoubleDouble(high: 1.4616321449683622, low: 9.549995429965697e-17)

  /// ψ(x) = d log Γ(x)/dx; NaN at 0, −1, −2, … and at −∞.
  static func digamma(_ x: Double) -> Double {
    if x.isNaN || x == -.infinity { return .nan }
    if x == .infinity { return x }
    if x <= 0, x == x.rounded() { return .nan }
    if x.magnitude < 0x1p-60 { return -1 / x }
    if x <= reflected {
      // ψ(x) = ψ(1 − x) − π·cot(πx), with πx reduced exactly.
      return digamma(1 - x) - .pi / tangentOfPi(times: x)
    }
    if x >= asymptotic {
      let inverseSquare = 1 / (x * x)
      var power = inverseSquare
      var series = 0.5 / x
      for (k, b) in bernoulli.enumerated() {
        series += b / Double(2 * (k + 1)) * power
        power *= inverseSquare
      }
      return .log(x) - series
    }
    if x > 0 { return digammaByRoot(DoubleDouble(high: x)).value }
    // ψ(x) = ψ(x + n) − Σ 1/(x + k)
    let count = Int((1 - x).rounded(.up))
    var sum = digammaByRoot(DoubleDouble(sum: x, Double(count)))
    for k in 0..<count {
      sum = sum - DoubleDouble(high: 1) / DoubleDouble(sum: x, Double(k))
    }
    return sum.value
  }

  /// ψ(x) for x > 0, with the factor x − x₀ split off, x₀ its root, so that nothing cancels: the
  /// sum over n of the differences 1/(n + x₀) − 1/(n + x) = (x − x₀)/((n + x₀)(n + x)).
  private static func digammaByRoot(_ x: DoubleDouble) -> DoubleDouble {
    let h = x - root
    let leading = 4  // terms that are large enough for their rounding errors to show
    var head = DoubleDouble(high: 0)
    for n in 0..<leading {
      let n = DoubleDouble(high: Double(n))
      head = head + DoubleDouble(high: 1) / ((root + n) * (x + n))
    }
    let terms = Int(asymptotic)
    var rest = dividedTail(root.high + Double(terms), x.high + Double(terms), h.value)
    for n in stride(from: terms - 1, through: leading, by: -1) {
      rest += 1 / ((Double(n) + root.high) * (Double(n) + x.high))
    }
    return h * (head + DoubleDouble(high: rest))
  }

  /// (ψ(b) − ψ(a))/h for large a and b = a + h: the divided difference of the asymptotic series.
  private static func dividedTail(_ a: Double, _ b: Double, _ h: Double) -> Double {
    // log: log(1 + h/a)/h
    let t = h / a
    let logarithm = t.magnitude < 0x1p-60 ? 1 / a : .log(onePlus: t) / h
    // −1/(2x): (1/(2a) − 1/(2b))/h = 1/(2ab)
    let half = 0.5 / (a * b)
    // −B₂ₖ/(2k x²ᵏ): with p = a⁻², q = b⁻², (qᵏ − pᵏ)/h = −(a + b)(p qᵏ + p² qᵏ⁻¹ + … + pᵏ q)
    let (p, q) = (1 / (a * a), 1 / (b * b))
    var series = 0.0
    var power = p
    var difference = p * q
    for (k, bernoulli) in bernoulli.enumerated() {
      series += bernoulli / Double(2 * (k + 1)) * difference
      power *= p
      difference = difference * q + power * q
    }
    return logarithm + half + (a + b) * series
  }

  /// tan(πx), with the argument reduced before it is multiplied.
  private static func tangentOfPi(times x: Double) -> Double {
    let reduced = x - x.rounded()
    if reduced.magnitude > 0.25 {
      return 1 / .tan(.pi * ((reduced > 0 ? 0.5 : -0.5) - reduced))
    }
    return .tan(.pi * reduced)
  }

  // MARK: Polygamma

  /// ψ⁽ⁿ⁾(x), the derivative of order n of digamma, for whole n from 0 to 999; NaN for other n.
  ///
  /// It is (−1)ⁿ⁺¹ n! ζ(n + 1, x), with Hurwitz' ζ by recurrence and Euler–Maclaurin; far below 0 it
  /// is reflected. ∞ at the poles 0, −1, −2, … for odd n, NaN there for even n.
  static func polygamma(_ order: Double, _ x: Double) -> Double {
    guard order >= 0, order == order.rounded(), order < 1000, !x.isNaN else { return .nan }
    let n = Int(order)
    if n == 0 { return digamma(x) }
    if x == .infinity { return n % 2 == 1 ? 0 : -0.0 }
    if x == -.infinity { return .nan }
    if x <= 0, x == x.rounded() { return n % 2 == 1 ? .infinity : .nan }
    if x <= reflected {
      let reflected = polygamma(order, 1 - x)
      return (n % 2 == 0 ? reflected : -reflected) - .pi * derivativeOfCotangent(n, x)
    }
    let sign: Double = n % 2 == 1 ? 1 : -1
    let zeta = hurwitzZeta(n + 1, x)
    if n > 170 {
      // n! overflows.
      let size = Double.exp(.logGamma(Double(n) + 1) + .log(zeta.value.magnitude))
      return zeta.value < 0 ? -sign * size : sign * size
    }
    let factorial = (1...n).reduce(DoubleDouble(high: 1)) { $0 * DoubleDouble(high: Double($1)) }
    let product = (factorial * zeta).value
    return sign * (product.isNaN ? factorial.value * zeta.value : product)
  }

  /// ζ(s, x) = Σ 1/(x + k)ˢ for s ≥ 2 and x no pole.
  private static func hurwitzZeta(_ s: Int, _ x: Double) -> DoubleDouble {
    let bound = asymptotic + Double(s)
    var sum = DoubleDouble(high: 0)
    var k = 0.0
    while x + k < bound {
      let power = reciprocalPower(DoubleDouble(sum: x, k), s)
      if power.high.isInfinite { return power }
      sum = sum + power
      k += 1
    }
    // Euler–Maclaurin from x + k on, x + k = y: y¹⁻ˢ times a series in y⁻².
    let y = x + k
    var series = 0.5 / y
    var factor = Double(s) / (2 * y * y)  // s (s + 1) … (s + 2k − 2) / ((2k)! y²ᵏ)
    for (k, b) in bernoulli.enumerated() {
      series += b * factor
      let m = Double(s + 2 * k + 1)
      let divisor = Double((2 * k + 3) * (2 * k + 4))
      factor *= m * (m + 1) / (divisor * y * y)
    }
    let power = reciprocalPower(DoubleDouble(sum: x, k), s - 1)
    let integral = power / DoubleDouble(high: Double(s - 1))
    return sum + integral + DoubleDouble(high: power.high * series)
  }

  /// y⁻ⁿ, rounded as one double is where two would over- or underflow.
  private static func reciprocalPower(_ y: DoubleDouble, _ n: Int) -> DoubleDouble {
    let power = Double.pow(y.high, -n)
    if power.magnitude > 0x1p-900, power.magnitude < 0x1p900 {
      return DoubleDouble(high: 1) / .pow(y, n)
    }
    guard power.isFinite else { return DoubleDouble(high: power) }
    return DoubleDouble(sum: power, -power * (Double(n) * y.low / y.high))
  }

  /// dⁿ cot(πx)/dxⁿ, as a polynomial in c = cot(πx): P₀ = c, Pₖ₊₁ = −π(1 + c²)·Pₖ′.
  private static func derivativeOfCotangent(_ n: Int, _ x: Double) -> Double {
    let c = 1 / tangentOfPi(times: x)
    var coefficients = [0.0, 1.0]
    for _ in 0..<n {
      var next = [Double](repeating: 0, count: coefficients.count + 1)
      for (power, coefficient) in coefficients.enumerated() where power > 0 {
        let slope = -.pi * Double(power) * coefficient
        next[power - 1] += slope
        next[power + 1] += slope
      }
      coefficients = next
    }
    return coefficients.reversed().reduce(0) { $0 * c + $1 }
  }
}
