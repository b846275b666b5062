// With the static standard library there is no Testing, and a plain build compiles this target too.
#if canImport(Testing)
  public import Testing

  /// Expects a number within so many doubles of another; `ulps(between:and:)` says what holds for
  /// NaN, infinities and zeros.
  public func expectClose(
    _ actual: Double, _ expected: Double, ulps limit: UInt64 = 2,
    _ note: @autoclosure () -> String = "",
    sourceLocation: SourceLocation = #_sourceLocation
  ) {
    let distance = ulps(between: actual, and: expected)
    #expect(
      distance <= limit, "\(actual) is \(distance) ulps from \(expected) \(note())",
      sourceLocation: sourceLocation)
  }

  /// Expects a number within a relative error of another, or within an absolute one near 0.
  public func expectClose(
    _ actual: Double, _ expected: Double, relative: Double, absolute: Double = 0,
    _ note: @autoclosure () -> String = "", sourceLocation: SourceLocation = #_sourceLocation
  ) {
    let isClose =
      isSame(actual, expected)
      || (actual - expected).magnitude <= max(relative * expected.magnitude, absolute)
    #expect(
      isClose, "\(actual) is not close to \(expected) \(note())", sourceLocation: sourceLocation)
  }

  /// Expects the same number to the last bit, the sign of zero included; NaN is NaN.
  public func expectSame(
    _ actual: Double, _ expected: Double, _ note: @autoclosure () -> String = "",
    sourceLocation: SourceLocation = #_sourceLocation
  ) {
    #expect(
      isSame(actual, expected), "\(actual) is not \(expected) \(note())",
      sourceLocation: sourceLocation)
  }
#endif
