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
    case .sqrt:     .overMagnitude(0.5, y)                // of −0 as of 0
    case .cbrt:     .cbrtSlope(x, y)
    case .exp:      y
    case .expm1:    .exp(x)                            // not y + 1, which cancels for x → −∞
    case .log:      .within(x, above: 0, .overMagnitude(1, x))
    case .log2:     .within(x, above: 0, .overMagnitude(1.4426950408889634, x))  // 1/log 2
    case .log10:    .within(x, above: 0, .overMagnitude(0.4342944819032518, x))  // 1/log 10
    case .log1p:    .within(x, above: -1, 1 / (1 + x))
    case .sin:      .cos(x)
    case .cos:      -.sin(x)
    case .tan:      1 + y * y                          // not 1/cos², which is rounded more often
    case .asin:     1 / .sqrt(.oneMinusSquare(x))
    case .acos:     -1 / .sqrt(.oneMinusSquare(x))
    case .atan:     .overOnePlusSquare(x)
    case .sinh:     .cosh(x)
    case .cosh:     .sinh(x)
    case .tanh:     4 * .logisticSlope(2 * x)          // not 1 − y², which cancels
    case .asinh:    1 / .hypot(1, x)
    case .acosh:    .acoshSlope(x)
    case .atanh:    .within(1 - x * x, above: 0, 1 / .oneMinusSquare(x))
    case .sigmoid:  .logisticSlope(x)                  // not y·(1 − y), which cancels for x → ∞
    case .relu:     .sign(y)                           // of NaN NaN
    case .softplus: .sigmoid(x)
    case .gelu:     .normalDistribution(x, product: y) + .normalDensity(x, times: x)
    case .silu:     .siluSlope(x, y)                   // not σ·(1 + x·(1 − σ)), which cancels
    case .erf:      1.1283791670955126 * .gaussian(x)         // 2/√π
    case .erfc:     -1.1283791670955126 * .gaussian(x)
    case .gaussian: .gaussianSlope(x, y)
    case .gamma:    y * .digamma(x)
    case .lgamma:   .digamma(x)
    case .digamma:  .polygamma(1, x)
    case .stop:     0
    }
  }
}
