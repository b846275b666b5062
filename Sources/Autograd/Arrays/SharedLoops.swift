// Loops over long arrays that all processors share. Each number is computed as it would be alone, so that
// the results are the same however many there are.

extension LongWork {
  /// From so many numbers on, each of which takes a call of a function, a thread saves more than it costs:
  /// they take half a millisecond, a thread some 50 microseconds.
  static let sharedNumbers = 1 << 16

  /// A loop that threads may run, each over a part of its own.
  private struct Loop: @unchecked Sendable {
    let body: (Range<Int>) -> Void
  }

  /// Calls `body` for runs of 0 to `count` - 1, on several threads where there are enough numbers and
  /// each is costly, and no more when it is to stop.
  ///
  /// - Parameter body: computes a run from nothing that another run computes.
  @inline(__always)
  static func shared(of count: Int, isCostly: Bool, _ body: (Range<Int>) -> Void) {
    guard count >= sharedNumbers, isCostly else { return inParts(of: count, body) }
    withoutActuallyEscaping(body) { body in
      let loop = Loop(body: body)
      Threads.run(over: count, in: 1 << 10, shouldStop: shouldStop ?? { false }) { range, stops in
        var start = range.lowerBound
        while start < range.upperBound, !stops() {
          let end = min(start + numbers, range.upperBound)
          loop.body(start..<end)
          start = end
        }
      }
    }
  }
}

extension UnaryOperation {
  /// Whether a number takes a call of a function, and not an instruction or two.
  var isCostly: Bool {
    switch self {
    case .negate, .abs, .sign, .floor, .ceil, .round, .sqrt, .relu, .stop: false
    case .cbrt, .exp, .expm1, .log, .log2, .log10, .log1p, .sin, .cos, .tan, .asin, .acos, .atan,
      .sinh, .cosh, .tanh, .asinh, .acosh, .atanh, .sigmoid, .softplus, .gelu, .silu, .erf, .erfc,
      .gaussian, .gamma, .lgamma, .digamma:
      true
    }
  }

  /// The same of its derivative, which for some follows from the value.
  var hasCostlyDerivative: Bool {
    switch self {
    case .negate, .abs, .sign, .floor, .ceil, .round, .sqrt, .cbrt, .exp, .log, .log2, .log10,
      .log1p, .tan, .asin, .acos, .atan, .acosh, .atanh, .relu, .stop:
      false
    case .expm1, .sin, .cos, .sinh, .cosh, .tanh, .asinh, .sigmoid, .softplus, .gelu, .silu, .erf,
      .erfc, .gaussian, .gamma, .lgamma, .digamma:
      true
    }
  }
}
