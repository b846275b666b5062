/// An operation on one number.
///
/// A case is described in three exhaustive switches: its name here, its value in
/// `UnaryOperation+Value.swift`, its derivative in `UnaryOperation+Derivative.swift`.
public enum UnaryOperation: UInt8, CaseIterable, Sendable {
  /// −x.
  case negate
  /// |x|; slope 0 at 0.
  case abs
  /// −1, 0 or 1; 0 of both zeros, and slope 0 everywhere.
  case sign
  /// The largest whole number that is at most x; slope 0.
  case floor
  /// The smallest whole number that is at least x; slope 0.
  case ceil
  /// The nearest whole number, of halves the one away from 0; slope 0.
  case round
  /// √x for x ≥ 0, else NaN; slope ∞ at 0.
  case sqrt
  /// ∛x; slope ∞ at 0.
  case cbrt
  /// eˣ.
  case exp
  /// eˣ − 1, with all digits beside 0.
  case expm1
  /// The natural logarithm for x > 0; −∞ at 0, NaN below.
  case log
  /// The logarithm to base 2; domain as of `log`.
  case log2
  /// The logarithm to base 10; domain as of `log`.
  case log10
  /// log(1 + x) for x > −1, with all digits beside 0; −∞ at −1, NaN below.
  case log1p
  /// sin x, in radians; NaN at ±∞.
  case sin
  /// cos x, in radians; NaN at ±∞.
  case cos
  /// tan x, in radians; NaN at ±∞.
  case tan
  /// arcsin x, from −π/2 to π/2, for |x| ≤ 1, else NaN; slope ∞ at ±1.
  case asin
  /// arccos x, from 0 to π, for |x| ≤ 1, else NaN; slope −∞ at ±1.
  case acos
  /// arctan x, from −π/2 to π/2.
  case atan
  /// (eˣ − e⁻ˣ)/2.
  case sinh
  /// (eˣ + e⁻ˣ)/2.
  case cosh
  /// sinh x/cosh x.
  case tanh
  /// The inverse of sinh.
  case asinh
  /// The inverse of cosh for x ≥ 1, else NaN; slope ∞ at 1.
  case acosh
  /// The inverse of tanh for |x| < 1; ±∞ at ±1, NaN beyond.
  case atanh
  /// 1/(1 + e⁻ˣ).
  case sigmoid
  /// max(x, 0); slope 0 at 0.
  case relu
  /// log(1 + eˣ).
  case softplus
  /// x·Φ(x), Φ the standard normal distribution.
  case gelu
  /// x/(1 + e⁻ˣ).
  case silu
  /// 2/√π·∫₀ˣ exp(−t²) dt.
  case erf
  /// 1 − erf x, with all digits for large x.
  case erfc
  /// exp(−x²).
  case gaussian
  /// Γ(x), (x − 1)! of whole x; NaN at the negative whole numbers, ±∞ at ±0.
  case gamma
  /// log|Γ(x)|; ∞ at 0 and the negative whole numbers.
  case lgamma
  /// ψ(x), the derivative of log Γ; NaN at 0 and the negative whole numbers.
  case digamma
  /// x, through which no gradient flows.
  case stop

  /// Whether the operation is put together from pieces, some of them flat: where its derivative is
  /// 0 nothing passes, not even an infinite adjoint (√relu(x) has derivative 0 at −1, not 0·∞).
  package var isInPieces: Bool {
    switch self {
    case .relu, .sign, .floor, .ceil, .round, .stop: true
    case .negate, .abs, .sqrt, .cbrt, .exp, .expm1, .log, .log2, .log10, .log1p, .sin, .cos, .tan,
      .asin, .acos, .atan, .sinh, .cosh, .tanh, .asinh, .acosh, .atanh, .sigmoid, .softplus, .gelu,
      .silu, .erf, .erfc, .gaussian, .gamma, .lgamma, .digamma:
      false
    }
  }

  /// Where the derivative is infinite, or none.
  package var steepness: Steepness {
    switch self {
    case .sqrt, .cbrt, .asin, .acos, .acosh: .atNumbers
    case .log, .log2, .log10, .log1p, .atanh, .gamma, .lgamma, .digamma: .atPoles
    case .negate, .abs, .sign, .floor, .ceil, .round, .exp, .expm1, .sin, .cos, .tan, .atan, .sinh,
      .cosh, .tanh, .asinh, .sigmoid, .relu, .softplus, .gelu, .silu, .erf, .erfc, .gaussian, .stop:
      .nowhere
    }
  }

  /// The name in the language and in drawings; `-` for the sign.
  public var name: String {
    switch self {
    case .negate: "-"
    case .abs: "abs"
    case .sign: "sign"
    case .floor: "floor"
    case .ceil: "ceil"
    case .round: "round"
    case .sqrt: "sqrt"
    case .cbrt: "cbrt"
    case .exp: "exp"
    case .expm1: "expm1"
    case .log: "log"
    case .log2: "log2"
    case .log10: "log10"
    case .log1p: "log1p"
    case .sin: "sin"
    case .cos: "cos"
    case .tan: "tan"
    case .asin: "asin"
    case .acos: "acos"
    case .atan: "atan"
    case .sinh: "sinh"
    case .cosh: "cosh"
    case .tanh: "tanh"
    case .asinh: "asinh"
    case .acosh: "acosh"
    case .atanh: "atanh"
    case .sigmoid: "sigmoid"
    case .relu: "relu"
    case .softplus: "softplus"
    case .gelu: "gelu"
    case .silu: "silu"
    case .erf: "erf"
    case .erfc: "erfc"
    case .gaussian: "gaussian"
    case .gamma: "gamma"
    case .lgamma: "lgamma"
    case .digamma: "digamma"
    case .stop: "stop"
    }
  }
}
