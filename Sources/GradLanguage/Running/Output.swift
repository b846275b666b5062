/// What a session has to show, in the order in which it happens.
public enum Output: Sendable {
  /// A value, with the name that it was asked by.
  case value(ShownValue, name: String?)
  /// What `print` printed.
  case printed(String, values: [ShownValue])
  /// The named values of a graph, after `backward` or `forward`.
  case table(NameTable)
  /// The names of the session or of a graph, after `show`.
  case names(NameTable)
  /// A graph to be drawn, after `graph`: in text, or into the file at a path.
  case drawing(GraphDrawing, to: String?)
  /// The reverse sweep of a graph in words, after `explain`; of one of its values alone.
  case explanation(GraphDrawing, Int?)
  /// Gradients held against differences, after `check`.
  case check(CheckReport)
  /// Curves to be plotted, after `plot`: in text, or into the file at a path.
  case plot(PlotData, to: String?)
  /// A warning or a note.
  case diagnostic(Diagnostic)
}

/// A snapshot of a value.
public enum ShownValue: Sendable {
  /// A number.
  case number(ShownNumber)
  /// An array.
  case array(ShownArray)
  /// Named columns of numbers, of one length.
  case table(names: [String], columns: [[Double]])
  /// A string.
  case string(String)
  /// A function, as it is called.
  case function(String)
  /// The value of a function that returns none.
  case nothing
}

/// A snapshot of a number.
public struct ShownNumber: Sendable {
  /// The data.
  public let data: Double
  /// Whether it is part of the graph.
  public let isTracked: Bool
  /// The gradient, if one was ever computed.
  public let gradient: Double?
  /// Whether it was computed from data that has changed since.
  public let isStale: Bool
  /// Whether its gradient was computed with data that has changed since.
  public let isGradientStale: Bool
}

/// A snapshot of an array.
public struct ShownArray: Sendable {
  /// The lengths along its dimensions.
  public let shape: [Int]
  /// The numbers, row by row.
  public let numbers: [Double]
  /// Whether it is part of the graph.
  public let isTracked: Bool
  /// The gradient of each number, if all of them were ever computed.
  public let gradient: [Double]?
  /// Whether it was computed from data that has changed since.
  public let isStale: Bool
  /// Whether its gradient was computed with data that has changed since.
  public let isGradientStale: Bool

  /// A snapshot.
  public init(
    shape: [Int], numbers: [Double], isTracked: Bool = false, gradient: [Double]? = nil,
    isStale: Bool = false, isGradientStale: Bool = false
  ) {
    self.shape = shape
    self.numbers = numbers
    self.isTracked = isTracked
    self.gradient = gradient
    self.isStale = isStale
    self.isGradientStale = isGradientStale
  }
}

/// A table of names.
public struct NameTable: Sendable {
  /// What asked for the table.
  public enum Purpose: Sendable { case backward, forward, show }

  /// A row.
  public struct Row: Sendable {
    /// The name.
    public let name: String
    /// Its value.
    public let value: ShownValue
    /// How it was computed, such as `a*b`; empty for a leaf.
    public let formula: String
  }

  /// What asked for the table.
  public let purpose: Purpose
  /// The names, in the order in which their values were computed.
  public let rows: [Row]
  /// How many earlier values of rebound names the graph holds.
  public let earlierValues: Int
}

/// How a run of an input ended.
public enum Outcome: Sendable {
  /// Everything ran.
  case completed
  /// The input is wrong, and nothing of it ran.
  case rejected([Diagnostic])
  /// A statement failed; those before it are done, it has changed nothing.
  case failed(Diagnostic)

  /// What went wrong.
  public var diagnostics: [Diagnostic] {
    switch self {
    case .completed: []
    case .rejected(let diagnostics): diagnostics
    case .failed(let diagnostic): [diagnostic]
    }
  }
}
