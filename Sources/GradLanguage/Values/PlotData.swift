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

  /// How points are drawn.
  public enum Kind: String, Sendable {
    /// Joined by a line.
    case line
    /// Each for itself.
    case points
  }

  /// A straight line that touches a curve: y + slope·(t - x), for every t that is shown.
  public struct Tangent: Sendable {
    /// The curve, counted from 0.
    public let curve: Int
    /// `slope 14 at 3`
    public let label: String
    /// The point of contact.
    public let x: Double
    /// Its second coordinate.
    public let y: Double
    /// The derivative of the curve's expression there.
    public let slope: Double
  }

  /// What the first coordinate is called; empty for an index.
  public let variable: String
  /// Whether the points sample an interval, so that a jump between them may be a pole.
  public internal(set) var isSampled: Bool
  /// The curves.
  public internal(set) var curves: [Curve]
  /// How their points are drawn.
  public internal(set) var kind = Kind.line
  /// The tangents, which take no part in what is shown of the axes.
  public internal(set) var tangents: [Tangent] = []
  /// What stands above the plot.
  public internal(set) var title: String?
  /// What the horizontal axis is called; nil leaves the name of the first coordinate.
  public internal(set) var xLabel: String?
  /// What the vertical axis is called.
  public internal(set) var yLabel: String?
  /// What is shown of the first coordinates; nil for all of them.
  public internal(set) var xRange: ClosedRange<Double>?
  /// What is shown of the second coordinates; nil leaves the choice to whoever draws.
  public internal(set) var yRange: ClosedRange<Double>?

  /// A plot of these curves.
  public init(variable: String, isSampled: Bool, curves: [Curve]) {
    self.variable = variable
    self.isSampled = isSampled
    self.curves = curves
  }

  /// An interval is sampled at this many points: more than a terminal has columns of dots.
  static let sampleCount = 501
}
