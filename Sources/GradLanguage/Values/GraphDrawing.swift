/// A snapshot of the graph of a value, to be drawn: what was computed, from what, with which result.
public struct GraphDrawing: Sendable {
  /// What a value is.
  public enum Kind: String, Sendable {
    /// Given, with a gradient.
    case leaf
    /// Computed.
    case result
    /// A plain number that entered the graph: it has no gradient.
    case constant
  }

  /// Where a value was computed.
  public struct Place: Hashable, Sendable {
    /// The name of the text: a path, `<-e>`, `<prompt:3>`.
    public let source: String
    /// The line, as people count.
    public let line: Int
  }

  /// A value.
  public struct Value: Sendable {
    /// What it is.
    public let kind: Kind
    /// The user's name for it; nil for one without.
    public let label: String?
    /// The label, or what stands for it: `#2` for an unnamed result, its number for a constant.
    public let name: String
    /// The lengths along the dimensions of an array; none for a number.
    public let shape: [Int]
    /// The data: one number, or those of an array, row by row.
    public let numbers: [Double]
    /// The gradient of each number, if one was ever computed.
    public let gradients: [Double]?
    /// Whether it was computed from data that has changed since.
    public let isStale: Bool
    /// Whether its gradient was computed with data that has changed since.
    public let isGradientStale: Bool
    /// The operation that computed it, such as `*`; empty for a leaf and a constant.
    public let operation: String
    /// The operation with its operands, such as `a*b`; empty for a leaf and a constant.
    public let formula: String
    /// The indices of its operands, in order; one that is used twice stands there twice.
    public let operands: [Int]
    /// Where it was computed, where that is known.
    public let place: Place?

    /// The data of a number, the first of an array's.
    public var data: Double { numbers.first ?? .nan }
    /// The gradient of a number, the first of an array's.
    public var gradient: Double? { gradients?.first }

    /// A number; `name` need not be given for one with a label.
    public init(
      kind: Kind, label: String?, name: String? = nil, data: Double, gradient: Double? = nil,
      isStale: Bool = false, isGradientStale: Bool = false, operation: String = "",
      formula: String = "", operands: [Int] = []
    ) {
      self.init(
        kind: kind, label: label, name: name, shape: [], numbers: [data],
        gradients: gradient.map { [$0] }, isStale: isStale, isGradientStale: isGradientStale,
        operation: operation, formula: formula, operands: operands)
    }

    /// A number or an array.
    public init(
      kind: Kind, label: String?, name: String? = nil, shape: [Int], numbers: [Double],
      gradients: [Double]?, isStale: Bool = false, isGradientStale: Bool = false,
      operation: String = "", formula: String = "", operands: [Int] = [], place: Place? = nil
    ) {
      self.kind = kind
      self.label = label
      self.name = name ?? label ?? ""
      self.shape = shape
      self.numbers = numbers
      self.gradients = gradients
      self.isStale = isStale
      self.isGradientStale = isGradientStale
      self.operation = operation
      self.formula = formula
      self.operands = operands
      self.place = place
    }
  }

  /// A step of the reverse sweep: a value hands its adjoint on to its operands.
  public struct Step: Sendable {
    /// What an operand's adjoint receives.
    public struct Contribution: Sendable {
      /// The index of the operand.
      public let operand: Int
      /// What is multiplied, such as `∂(a*b)/∂a`.
      public let symbol: String
      /// The local derivative as a formula, such as `b`.
      public let rule: String
      /// The local derivative as a number; nil where arrays are handed on as wholes.
      public let local: Double?
      /// What is added, in the operand's shape.
      public let product: [Double]
      /// The operand's adjoint before.
      public let before: [Double]
      /// The operand's adjoint with it.
      public let after: [Double]
    }

    /// The index of the value.
    public let value: Int
    /// Its adjoint.
    public let adjoint: [Double]
    /// What each operand receives, in order; constants receive nothing.
    public let contributions: [Contribution]
  }

  /// The reverse sweep from the roots, in its order; empty when it was not asked for.
  public let sweep: [Step]
  /// The values in the order in which they were computed, each once: operands precede results.
  public let values: [Value]
  /// The indices of what was asked for: one for a number, one for each element of an array.
  public let roots: [Int]
  /// How many further values, computed earlier than all of these, the graph holds.
  public let omitted: Int
  /// The text in which most of the values were computed, where it is known.
  public let source: SourceText?

  /// A drawing of these values.
  public init(
    values: [Value], roots: [Int], omitted: Int = 0, sweep: [Step] = [], source: SourceText? = nil
  ) {
    self.source = source
    self.sweep = sweep
    self.values = values
    self.roots = roots
    self.omitted = omitted
  }
}
