/// Curves to be plotted.
public struct PlotData: Sendable {
  /// A curve: points in the order in which they are joined. NaN and infinities are gaps.
  public struct Curve: Sendable {
    /// What is plotted, as the user wrote it.
    public let label: String
    /// The points' first coordinates.
    public var xs: [Double]
    /// Their second coordinates, as many.
    public var ys: [Double]

    /// A curve.
    public init(label: String, xs: [Double], ys: [Double]) {
      self.label = label
      self.xs = xs
      self.ys = ys
    }
  }

  /// What the first coordinate is called; empty for an index.
  public let variable: String
  /// Whether the points sample an interval, so that a jump between them may be a pole.
  public internal(set) var isSampled: Bool
  /// The curves.
  public internal(set) var curves: [Curve]

  /// A plot of these curves.
  public init(variable: String, isSampled: Bool, curves: [Curve]) {
    self.variable = variable
    self.isSampled = isSampled
    self.curves = curves
  }

  /// An interval is sampled at this many points: more than a terminal has columns of dots.
  static let sampleCount = 501
}
