/// An operation on one number.
///
/// A case is described in three exhaustive switches: its name here, its value in
/// `UnaryOperation+Value.swift`, its derivative in `UnaryOperation+Derivative.swift`.
public enum UnaryOperation: UInt8, CaseIterable, Sendable {
  case negate
  case abs, sign, floor, ceil, round
  case sqrt, cbrt
  case exp, expm1, log, log2, log10, log1p
  case sin, cos, tan, asin, acos, atan
  case sinh, cosh, tanh, asinh, acosh, atanh
  case sigmoid, relu, softplus, gelu, silu
  case erf, erfc, gaussian
  case gamma, lgamma, digamma
  /// The identity, through which no gradient flows.
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
