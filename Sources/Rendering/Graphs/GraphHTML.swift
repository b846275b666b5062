public import GradLanguage

/// A graph as a page for any browser, without the net: it steps through the forward pass and the
/// reverse sweep.
///
/// The page is `Resources/graph.html`; the graph goes into it as JSON, whose form stands at the top of the
/// page's script.
public struct GraphHTML: Sendable {
  /// Makes pages.
  public init() {}

  /// The page shows the text that computed the graph, up to so many bytes.
  private static let sourceLimit = 100_000

  /// Where the page expects the graph.
  private static let placeholder = "/*GRAPH*/null"

  /// The text of an `.html` file.
  public func text(of drawing: GraphDrawing) -> String {
    let page = String(decoding: PackageResources.graph_html, as: UTF8.self)
    guard let place = page.firstRange(of: GraphHTML.placeholder) else { return page }
    return page.replacingCharacters(in: place, with: json(drawing))
  }

  private func json(_ drawing: GraphDrawing) -> String {
    var object = JSONObject()
    object.add("title", drawing.roots.map { drawing.values[$0].name }.joined(separator: ", "))
    let source = drawing.source.flatMap { $0.bytes.count <= GraphHTML.sourceLimit ? $0 : nil }
    object.add("source", source.map { String(decoding: $0.bytes, as: UTF8.self) })
    object.add("nodes", drawing.values.enumerated().map { node($1, id: $0, of: source) })
    object.add("roots", drawing.roots)
    object.add("omitted", drawing.omitted)
    object.add("sweep", drawing.sweep.map { step($0, drawing) })
    // No text of the user's may end the script.
    return object.text.replacing("<", with: "\\u003c")
  }

  private func node(
    _ value: GraphDrawing.Value, id: Int, of source: SourceText?
  ) -> JSONObject {
    var object = JSONObject()
    object.add("id", id)
    object.add("kind", value.kind.rawValue)
    object.add("name", value.name)
    object.add("label", value.label)
    object.add("operation", value.operation)
    object.add("formula", value.formula)
    object.add("shape", value.shape)
    add("data", value.numbers, value.shape, to: &object)
    if let gradients = value.gradients {
      add("grad", gradients, value.shape, to: &object)
    } else {
      object.add("grad", Double?.none)
    }
    object.add("operands", value.operands)
    if let place = value.place, let source, place.source == source.name {
      object.add("line", place.line - source.firstLine + 1)
    } else {
      object.add("line", value.place.map { "\($0.source):\($0.line)" })
    }
    object.add("stale", value.isStale)
    object.add("gradStale", value.isGradientStale)
    return object
  }

  private func step(_ step: GraphDrawing.Step, _ drawing: GraphDrawing) -> JSONObject {
    var object = JSONObject()
    object.add("node", step.value)
    add("adjoint", step.adjoint, drawing.values[step.value].shape, to: &object)
    object.add(
      "contributions",
      step.contributions.map { contribution in
        let shape = drawing.values[contribution.operand].shape
        var object = JSONObject()
        object.add("operand", contribution.operand)
        object.add("symbol", contribution.symbol)
        object.add("rule", contribution.rule)
        object.add("local", contribution.local)
        add("product", contribution.product, shape, to: &object)
        add("before", contribution.before, shape, to: &object)
        add("after", contribution.after, shape, to: &object)
        return object
      })
    return object
  }

  private func add(
    _ key: String, _ numbers: [Double], _ shape: [Int], to object: inout JSONObject
  ) {
    if shape.isEmpty {
      object.add(key, numbers.first ?? .nan)
    } else {
      object.add(key, JSONArray(shape: shape, numbers: numbers))
    }
  }
}

extension String {
  fileprivate func replacingCharacters(in range: Range<Index>, with text: String) -> String {
    String(self[..<range.lowerBound]) + text + String(self[range.upperBound...])
  }
}
