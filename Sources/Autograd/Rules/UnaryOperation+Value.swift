import RealModule

extension UnaryOperation {
  /// The value of the operation at `x`, in the form that is accurate over the whole domain.
  ///
  /// Outside the domain the result is NaN, at a pole an infinity, as IEEE 754 and C's Annex F have
  /// it. `round` takes halves away from zero; `sign` keeps ±0 and NaN.
  public func value(_ x: Double) -> Double { inlinedValue(x) }

  /// The table itself; a caller that names the operation gets its row alone.
  @inline(__always)
  func inlinedValue(_ x: Double) -> Double {
    switch self {
    case .negate: -x
    case .abs: Swift.abs(x)
    case .sign: x > 0 ? 1 : x < 0 ? -1 : x
    case .floor: x.rounded(.down)
    case .ceil: x.rounded(.up)
    case .round: x.rounded(.toNearestOrAwayFromZero)
    case .sqrt: x.squareRoot()
    case .cbrt: SpecialFunctions.cbrt(x)
    case .exp: .exp(x)
    case .expm1: .expMinusOne(x)
    case .log: .log(x)
    case .log2: .log2(x)
    case .log10: .log10(x)
    case .log1p: .log(onePlus: x)
    case .sin: .sin(x)
    case .cos: .cos(x)
    case .tan: .tan(x)
    case .asin: .asin(x)
    case .acos: .acos(x)
    case .atan: .atan(x)
    case .sinh: .sinh(x)
    case .cosh: .cosh(x)
    case .tanh: .tanh(x)
    case .asinh: .asinh(x)
    case .acosh: .acosh(x)
    case .atanh: .atanh(x)
    case .sigmoid: SpecialFunctions.sigmoid(x)
    case .relu: x > 0 ? x : x.isNaN ? x : 0
    case .softplus: SpecialFunctions.softplus(x)
    case .gelu: SpecialFunctions.gelu(x)
    case .silu: SpecialFunctions.silu(x)
    case .erf: .erf(x)
    case .erfc: SpecialFunctions.erfc(x)
    case .gaussian: SpecialFunctions.gaussian(x)
    case .gamma: .gamma(x)
    case .lgamma: .logGamma(x)
    case .digamma: SpecialFunctions.digamma(x)
    case .stop: x
    }
  }
}
