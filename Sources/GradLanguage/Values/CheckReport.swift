/// Gradients held against differences, after `check`.
public struct CheckReport: Sendable {
  /// What differences say about a gradient.
  public enum Verdict: String, Sendable {
    /// They agree.
    case ok
    /// The gradient is infinite, and quotients grow without bound.
    case infinite
    /// Rounding hides the slope, or the differences do not settle.
    case undecided
    /// The slopes on the two sides differ.
    case kink
    /// The value jumps.
    case jump
    /// A value or the gradient is NaN, or the value is infinite.
    case notFinite
    /// They disagree.
    case wrong

    /// Whether the gradient is not the slope.
    public var isFailure: Bool {
      switch self {
      case .ok, .infinite, .undecided: false
      case .kink, .jump, .notFinite, .wrong: true
      }
    }
  }

  /// One leaf, of an array its worst element.
  public struct Row: Sendable {
    /// The leaf's name, or its element's, such as `v[3]`.
    public let name: String
    /// The gradient by the reverse sweep.
    public let gradient: Double
    /// The slope by differences, where it could be found.
    public let slope: Double?
    /// What the two say together.
    public let verdict: Verdict
    /// The verdict in words, with the reason and the place.
    public let detail: String
    /// How many numbers of the leaf were looked at.
    public let checked: Int
    /// How many it has.
    public let count: Int
  }

  /// The name of the result, or how it was computed.
  public let root: String
  /// Its value.
  public let value: Double
  /// The leaves that it depends on, in the order in which they were made.
  public let rows: [Row]
}
