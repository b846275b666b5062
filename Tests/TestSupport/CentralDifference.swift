/// A derivative found by differences, and how far off it may be.
public struct CentralDifference: Sendable {
  /// The estimate.
  public let derivative: Double
  /// How much the last refinement changed it: a measure of the error, not a bound.
  public let error: Double

  /// The derivative of `f` at `x`, by central differences over a step of the operand's size that is
  /// halved time and again, extrapolated to a step of 0 (Richardson; Ridders 1982).
  public init(at x: Double, step: Double = 0x1p-7, _ f: (Double) -> Double) {
    var h = step * max(x.magnitude, 1)
    var best = (derivative: Double.nan, error: Double.infinity)
    var previous: [Double] = []
    for _ in 0..<10 {
      var row = [(f(x + h) - f(x - h)) / (2 * h)]
      var factor = 4.0
      for (column, older) in previous.enumerated() {
        row.append(row[column] + (row[column] - older) / (factor - 1))
        factor *= 4
        let error = max(
          (row[column + 1] - row[column]).magnitude, (row[column + 1] - older).magnitude)
        if error < best.error { best = (row[column + 1], error) }
      }
      previous = row
      h /= 2
    }
    (derivative, error) = best
  }
}
