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
    /// The label, or what stands for it: `a#1` where the label is another value's now, `#2` for an unnamed
    /// result, its number for a constant.
    public let name: String
    /// The user's name that it had, in `a#1`.
    public let formerName: String?
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
    public internal(set) var operands: [Int]
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
      kind: Kind, label: String?, name: String? = nil, formerName: String? = nil, shape: [Int],
      numbers: [Double], gradients: [Double]?, isStale: Bool = false, isGradientStale: Bool = false,
      operation: String = "", formula: String = "", operands: [Int] = [], place: Place? = nil
    ) {
      self.kind = kind
      self.label = label
      self.name = name ?? label ?? ""
      self.formerName = formerName
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

  /// A way from a value to the result.
  public struct Path: Sendable {
    /// The indices of the values on it, the result last.
    public let values: [Int]
    /// The local derivatives between them.
    public let factors: [Double]
    /// Their product: this path's share of the derivative.
    public let product: Double
  }

  /// The ways from one value to the result.
  public struct Paths: Sendable {
    /// The index of the value.
    public let value: Int
    /// How many there are.
    public let count: Double
    /// Those that weigh most, the largest first; paths through arrays as wholes have no number.
    public let largest: [Path]
  }

  /// The index of the value that the drawing is about, when that is not the result.
  public internal(set) var subject: Int?
  /// The user's name for it, also where it is not among the values.
  public internal(set) var subjectName: String?
  /// The paths from a value to the result, when they were asked for.
  public internal(set) var paths: Paths?
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

  /// `(a#1 is a value that a had before)`, where there are such values.
  public var remarkOnFormerNames: String? {
    let former = values.filter { $0.formerName != nil }
    guard let name = former.first?.formerName else { return nil }
    // An element stands for its array.
    var wholes: [String] = []
    for whole in former.map({ String($0.name.prefix { $0 != "[" }) }) where !wholes.contains(whole)
    {
      wholes.append(whole)
      if wholes.count > 2 { break }
    }
    guard wholes.count > 1 else { return "(\(wholes[0]) is a value that \(name) had before)" }
    let names = Set(former.compactMap(\.formerName)).count == 1 ? name : "the names"
    let others = wholes.count == 2 ? wholes[1] : "others"
    return "(\(wholes[0]) and \(others) are values that \(names) had before)"
  }

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

  /// The part of the drawing that is so many operations deep at most; what is cut off is counted.
  func limited(toDepth limit: Int) -> GraphDrawing {
    var depths = [Int](repeating: .max, count: values.count)
    for root in roots { depths[root] = 0 }
    for index in values.indices.reversed() where depths[index] < limit {
      for operand in values[index].operands {
        depths[operand] = min(depths[operand], depths[index] + 1)
      }
    }
    let kept = values.indices.filter { depths[$0] < .max }
    var places: [Int: Int] = [:]
    for (place, index) in kept.enumerated() { places[index] = place }
    let shown = kept.map { index -> Value in
      var value = values[index]
      value.operands = depths[index] < limit ? value.operands.compactMap { places[$0] } : []
      return value
    }
    let steps = sweep.compactMap { step -> Step? in
      guard let value = places[step.value], depths[step.value] < limit else { return nil }
      let contributions = step.contributions.compactMap { share in
        places[share.operand].map { share.moved(to: $0) }
      }
      return Step(value: value, adjoint: step.adjoint, contributions: contributions)
    }
    return GraphDrawing(
      values: shown, roots: roots.compactMap { places[$0] },
      omitted: omitted + values.count - kept.count, sweep: steps, source: source)
  }
}

extension GraphDrawing.Step.Contribution {
  /// The same to another index.
  fileprivate func moved(to operand: Int) -> Self {
    Self(
      operand: operand, symbol: symbol, rule: rule, local: local, product: product,
      before: before, after: after)
  }
}
