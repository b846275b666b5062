// The table of derivatives: one line an operation, to be proof-read against a textbook.
//
// Every rule is written in terms of the operations themselves, over any `Arithmetic`: read with
// `Double` it gives the number for the reverse sweep; read with values that build a graph it gives a
// derivative that can be differentiated again.

extension UnaryOperation {
  /// The local derivative dy/dx of `y = self(x)`.
  ///
  /// At kinks: abs′(0) = 0, relu′(0) = 0; floor, ceil, round, sign and `stop` have derivative 0
  /// everywhere; sqrt′(0) and cbrt′(0) are +∞. Outside the domain of the operation it is NaN.
  @inline(__always)
  package func derivative<T: Arithmetic>(at x: T, result y: T) -> T {
    // swift-format-ignore
    switch self {
    case .negate:   -1
    case .abs:      .sign(x)
    case .sign:     0
    case .floor:    0
    case .ceil:     0
    case .round:    0
    case .sqrt:     0.5 / y
    case .cbrt:     1 / (3 * y * y)
    case .exp:      y
    case .expm1:    .exp(x)                            // not y + 1, which cancels for x → −∞
    case .log:      .within(x, above: 0, 1 / x)
    case .log2:     .within(x, above: 0, 1 / (x * T(constant: .log(2))))
    case .log10:    .within(x, above: 0, 1 / (x * T(constant: .log(10))))
    case .log1p:    .within(x, above: -1, 1 / (1 + x))
    case .sin:      .cos(x)
    case .cos:      -.sin(x)
    case .tan:      1 / .square(.cos(x))
    case .asin:     1 / (.sqrt(1 - x) * .sqrt(1 + x))
    case .acos:     -1 / (.sqrt(1 - x) * .sqrt(1 + x))
    case .atan:     1 / (1 + x * x)
    case .sinh:     .cosh(x)
    case .cosh:     .sinh(x)
    case .tanh:     .square(1 / .cosh(x))              // not 1 − y², which cancels as |x| grows
    case .asinh:    1 / .hypot(1, x)
    case .acosh:    1 / (.sqrt(x - 1) * .sqrt(x + 1))
    case .atanh:    .within(1 - x * x, above: 0, 1 / ((1 - x) * (1 + x)))
    case .sigmoid:  y * .sigmoid(-x)                   // not y·(1 − y), which cancels for x → ∞
    case .relu:     .step(x)
    case .softplus: .sigmoid(x)
    case .gelu:     0.5 * .erfc(x * T(constant: -(0.5).squareRoot()))
                      + x * (T(constant: 1 / (2 * Double.pi).squareRoot())
                      * .gaussian(x * T(constant: (0.5).squareRoot())))
    case .silu:     .sigmoid(x) * (1 + x * .sigmoid(-x))
    case .erf:      T(constant: 2 / Double.pi.squareRoot()) * .gaussian(x)
    case .erfc:     T(constant: -2 / Double.pi.squareRoot()) * .gaussian(x)
    case .gaussian: -2 * x * y
    case .gamma:    y * .digamma(x)
    case .lgamma:   .digamma(x)
    case .digamma:  .polygamma(1, x)
    case .stop:     0
    }
  }
}
