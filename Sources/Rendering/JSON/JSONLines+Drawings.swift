import GradLanguage

extension JSONLines {
  /// The values of a graph, and an edge for each use of one by another; they refer to values by `id`.
  static func line(_ drawing: GraphDrawing, _ path: String?) -> String {
    var object = object("graph")
    object.add("nodes", drawing.values.enumerated().map { node($1, id: $0) })
    object.add(
      "edges",
      drawing.values.enumerated().flatMap { index, value in
        value.operands.map { operand in
          var object = JSONObject()
          object.add("from", operand)
          object.add("to", index)
          return object
        }
      })
    object.add("roots", drawing.roots)
    object.add("omitted", drawing.omitted)
    object.add("file", path)
    return object.text
  }

  private static func node(_ value: GraphDrawing.Value, id: Int) -> JSONObject {
    var object = JSONObject()
    object.add("id", id)
    object.add("kind", value.kind.rawValue)
    object.add("label", value.label)
    if value.shape.isEmpty {
      object.add("data", value.data)
      object.add("grad", value.gradient)
    } else {
      object.add("shape", value.shape)
      object.add("data", JSONArray(shape: value.shape, numbers: value.numbers))
      object.add("grad", value.gradients.map { JSONArray(shape: value.shape, numbers: $0) })
    }
    object.add("stale", value.isStale)
    object.add("gradStale", value.isGradientStale)
    object.add("operation", value.operation)
    object.add("formula", value.formula)
    return object
  }

  /// The points of curves.
  static func line(_ plot: PlotData, _ path: String?) -> String {
    var object = object("plot")
    object.add("variable", plot.variable)
    object.add(
      "curves",
      plot.curves.map { curve in
        var object = JSONObject()
        object.add("label", curve.label)
        object.add("x", curve.xs)
        object.add("y", curve.ys)
        return object
      })
    object.add("file", path)
    return object.text
  }
}
