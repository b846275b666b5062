public import GradLanguage

/// A graph in Graphviz's language: from left to right, a box for each value, a small node for each
/// operation.
public struct GraphDOT: Sendable {
  /// Makes DOT.
  public init() {}

  /// The text of a `.dot` file.
  public func text(of drawing: GraphDrawing) -> String {
    var text = """
      digraph {
        rankdir=LR;
        node [shape=record, fontname="Helvetica", fontsize=12];
        edge [arrowsize=0.7];

      """
    for (index, value) in drawing.values.enumerated() {
      text += "  v\(index) [label=\"\(label(value))\"\(attributes(value))];\n"
      guard value.kind == .result else { continue }
      text +=
        "  o\(index) [label=\"\(GraphDOT.escaped(value.operation))\", shape=ellipse, "
        + "margin=\"0.05,0.02\", width=0.35, height=0.3];\n"
      text += "  o\(index) -> v\(index);\n"
      for operand in value.operands { text += "  v\(operand) -> o\(index);\n" }
    }
    if drawing.omitted > 0 {
      text += "  more [label=\"\(drawing.omitted) more values are not drawn\", shape=plaintext];\n"
    }
    return text + "}\n"
  }

  /// `{ label | data 4.0000 | grad 0.0000 }`; a value without a name has no first field.
  private func label(_ value: GraphDrawing.Value) -> String {
    guard value.kind != .constant else { return "{ \(BoxNumber.data(of: value)) }" }
    let name = value.label == nil ? "" : GraphDOT.escaped(value.name) + " | "
    let data = BoxNumber.data(of: value) + (value.isStale ? " stale" : "")
    let gradient =
      BoxNumber.gradient(of: value) + (value.isGradientStale ? " stale" : "")
    return "{ \(name)data \(data) | grad \(gradient) }"
  }

  private func attributes(_ value: GraphDrawing.Value) -> String {
    let border = value.isStale || value.isGradientStale ? "dashed" : "solid"
    switch value.kind {
    case .leaf: return ", style=\"filled,\(border)\", fillcolor=\"#e8f1fb\""
    case .constant: return ", color=gray60, fontcolor=gray50"
    case .result: return border == "dashed" ? ", style=dashed" : ""
    }
  }

  /// Text in a quoted label of a record: what means something there stands for itself.
  static func escaped(_ text: String) -> String {
    var result = ""
    for character in VisibleText.line(text) {
      switch character {
      case "{", "}", "|", "<", ">", "\\", "\"": result += "\\\(character)"
      case "&": result += "&amp;"
      case _: result.append(character)
      }
    }
    return result
  }
}
