import RealModule

// The derivatives of log Γ.
//
// Sources: Abramowitz & Stegun 6.3 and 6.4 (recurrence, reflection, asymptotic series). The
// asymptotic series is used from x ≥ `asymptotic` on, where its first neglected term is below half
// an ulp; smaller arguments are raised by the recurrence.

extension SpecialFunctions {
  /// B₂ₖ for k = 1 … 10: the Bernoulli numbers of the asymptotic series.
  private static let bernoulli: [Double] = [
    1.0 / 6, -1.0 / 30, 1.0 / 42, -1.0 / 30, 5.0 / 66, -691.0 / 2730, 7.0 / 6, -3617.0 / 510,
    43867.0 / 798, -174611.0 / 330,
  ]

  private static let asymptotic = 16.0

  /// The positive root of digamma, as a double and what it lacks.
  private static let root = (high: 1.4616321449683622, low: 9.549995429965697e-17)

  /// ψ(x) = d log Γ(x)/dx; NaN at 0, −1, −2, … and at −∞.
  static func digamma(_ x: Double) -> Double {
    if x.isNaN || x == -.infinity { return .nan }
    if x == .infinity { return x }
    if x <= 0 {
      if x == x.rounded() { return .nan }
      // ψ(x) = ψ(1 − x) − π·cot(πx), with πx reduced exactly.
      return digamma(1 - x) - .pi / tangentOfPi(times: x)
    }
    if x > 1.2, x < 1.8 { return digammaNearRoot(x) }
    var y = x
    var sum = 0.0
    while y < asymptotic {
      sum -= 1 / y
      y += 1
    }
    let inverseSquare = 1 / (y * y)
    var power = inverseSquare
    var series = 0.0
    for (k, b) in bernoulli.enumerated() {
      series += b / Double(2 * (k + 1)) * power
      power *= inverseSquare
    }
    return sum + (.log(y) - 0.5 / y - series)
  }

  /// ψ near its root x₀, where the terms of the recurrence cancel: the sum over n of the differences
  /// 1/(n + x₀) − 1/(n + x) = (x − x₀)/((n + x₀)(n + x)), which carries the factor x − x₀ exactly,
  /// its tail by Euler–Maclaurin.
  private static func digammaNearRoot(_ x: Double) -> Double {
    let h = (x - root.high) - root.low
    let x0 = root.high
    let terms = 24
    var sum = 0.0
    for n in stride(from: terms - 1, through: 0, by: -1) {
      sum += 1 / ((Double(n) + x0) * (Double(n) + x))
    }
    return h * (sum + tail(x0 + Double(terms), h))
  }

  /// (ψ(a + h) − ψ(a))/h for large a: the divided difference of the asymptotic series.
  private static func tail(_ a: Double, _ h: Double) -> Double {
    let b = a + h
    // log: log(1 + h/a)/h
    let t = h / a
    let logarithm = t == 0 ? 1 / a : .log(onePlus: t) / h
    // −1/(2x): (1/(2a) − 1/(2b))/h = 1/(2ab)
    let half = 0.5 / (a * b)
    // −B₂ₖ/(2k x²ᵏ): the divided difference of x⁻²ᵏ is −Σ a^(j−2k) b^(−1−j).
    var series = 0.0
    for k in 1...6 {
      var difference = 0.0
      let m = 2 * k
      for j in 0..<m { difference += .pow(a, j - m) * .pow(b, -1 - j) }
      series += bernoulli[k - 1] / Double(m) * difference
    }
    return logarithm + half + series
  }

  /// tan(πx), with the argument reduced before it is multiplied.
  private static func tangentOfPi(times x: Double) -> Double {
    let reduced = x - x.rounded()
    if reduced.magnitude > 0.25 {
      return 1 / .tan(.pi * ((reduced > 0 ? 0.5 : -0.5) - reduced))
    }
    return .tan(.pi * reduced)
  }

  /// ψ⁽ⁿ⁾(x), the derivative of order n of digamma, for whole n ≥ 0; NaN for other n.
  ///
  /// For x > 0 it is (−1)ⁿ⁺¹ n! ζ(n + 1, x), with Hurwitz' ζ by recurrence and Euler–Maclaurin;
  /// for x < 0 it is reflected. ±∞ at the poles 0, −1, −2, … for odd n, NaN there for even n.
  static func polygamma(_ order: Double, _ x: Double) -> Double {
    guard order >= 0, order == order.rounded(), order < 1000, !x.isNaN else { return .nan }
    let n = Int(order)
    if n == 0 { return digamma(x) }
    if x == .infinity { return 0 }
    if x == -.infinity { return .nan }
    if x <= 0, x == x.rounded() { return n % 2 == 1 ? .infinity : .nan }
    if x <= 0 {
      let reflected = polygamma(order, 1 - x)
      return (n % 2 == 0 ? reflected : -reflected) - .pi * derivativeOfCotangent(n, x)
    }
    let sign: Double = n % 2 == 1 ? 1 : -1
    let factorial = Double.gamma(Double(n) + 1)
    if factorial.isInfinite {
      return sign * .exp(.logGamma(Double(n) + 1) + .log(hurwitzZeta(n + 1, x)))
    }
    return sign * factorial * hurwitzZeta(n + 1, x)
  }

  /// ζ(s, x) = Σ 1/(x + k)ˢ for s ≥ 2 and x > 0.
  private static func hurwitzZeta(_ s: Int, _ x: Double) -> Double {
    let bound = asymptotic + Double(s)
    var y = x
    var head: [Double] = []
    while y < bound {
      head.append(.pow(y, -s))
      y += 1
    }
    // Euler–Maclaurin from y on.
    let start = Double.pow(y, -s)
    var tail = y * start / Double(s - 1) + 0.5 * start
    var factor = Double(s) * start / y  // s (s+1) … (s+2k−2) / ((2k)! y^(s+2k−1)), times (2k)!
    var factorial = 2.0
    for (k, b) in bernoulli.enumerated() {
      let term = b * factor / factorial
      tail += term
      if term.magnitude < tail.magnitude * 0x1p-60 { break }
      let m = Double(s + 2 * k + 1)
      factor *= m * (m + 1) / (y * y)
      factorial *= Double((2 * k + 3) * (2 * k + 4))
    }
    return head.reversed().reduce(tail, +)
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
