/// What help and grammar.md say of an operation or a built-in function.
///
/// Formulas are written in the language; in `derivative` and `edges` they stand in backticks.
struct OperationHelp {
  /// What it is, in a few words.
  let summary: String
  /// Its value; empty where the summary says it all.
  let formula: String
  /// The lengths of arguments and result; empty for what works element by element.
  let shapes: String
  /// The textbook derivative for each operand in order, or what it is in words; empty for what has
  /// none.
  let derivative: String
  /// The domain and what happens at its edges; empty when there are none.
  let edges: String
  /// A program of one line, and what it shows.
  let example: String
  let shows: String
  /// Where the curve of a function of one number is worth a look.
  let interval: ClosedRange<Double>?

  init(
    _ summary: String, formula: String = "", shapes: String = "", derivative: String = "",
    edges: String = "", example: String, shows: String, interval: ClosedRange<Double>? = nil
  ) {
    self.summary = summary
    self.formula = formula
    self.shapes = shapes
    self.derivative = derivative
    self.edges = edges
    self.example = example
    self.shows = shows
    self.interval = interval
  }

  /// The cells of its row in grammar.md, after the one that says how it is written.
  var cells: [String] {
    [formula.isEmpty ? summary : "\(summary): `\(formula)`", derivative, edges]
  }

  /// The text of help: how it is written, then what there is to know, a labelled line each.
  ///
  /// - Parameter operands: the names of what it takes, for one derivative each.
  func text(_ signature: String, operands: [String]) -> String {
    var lines = ["\(signature)    \(summary)", ""]
    func add(_ label: String, _ text: String) {
      if text.isEmpty { return }
      lines.append("  " + label + String(repeating: " ", count: max(12 - label.count, 2)) + text)
    }
    add("value", formula)
    add("shapes", shapes)
    let formulas = OperationHelp.code(in: derivative)
    if formulas.count > 1, formulas.count == operands.count {
      for (operand, formula) in zip(operands, formulas) { add("∂/∂\(operand)", formula) }
    } else {
      add("derivative", derivative.filter { $0 != "`" })
    }
    add("edges", edges.filter { $0 != "`" })
    if edges.isEmpty, shapes.isEmpty { add("domain", "all numbers") }
    add("example", example)
    lines += shows.split(separator: "\n").map { "              → \($0)" }
    return lines.joined(separator: "\n")
  }

  /// The pieces of a text that stand in backticks.
  private static func code(in text: String) -> [String] {
    text.split(separator: "`", omittingEmptySubsequences: false).enumerated()
      .filter { !$0.offset.isMultiple(of: 2) }.map { String($0.element) }
  }
}
