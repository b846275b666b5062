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
    object.add("name", value.name)
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
    object.add("source", value.place?.source)
    object.add("line", value.place?.line)
    return object
  }

  /// The reverse sweep, step by step; `of` names the one value that is asked for.
  static func line(_ drawing: GraphDrawing, explaining value: Int?) -> String {
    func add(_ key: String, _ numbers: [Double], _ index: Int, to object: inout JSONObject) {
      let shape = drawing.values[index].shape
      if shape.isEmpty {
        object.add(key, numbers.first ?? .nan)
      } else {
        object.add(key, JSONArray(shape: shape, numbers: numbers))
      }
    }
    var object = object("explain")
    object.add("of", value.flatMap { $0 < 0 ? nil : drawing.values[$0].name })
    object.add(
      "steps",
      drawing.sweep.map { step in
        var object = JSONObject()
        object.add("name", drawing.values[step.value].name)
        object.add("formula", drawing.values[step.value].formula)
        add("adjoint", step.adjoint, step.value, to: &object)
        object.add(
          "contributions",
          step.contributions.map { share in
            var object = JSONObject()
            object.add("to", drawing.values[share.operand].name)
            object.add("rule", share.rule)
            object.add("local", share.local)
            add("product", share.product, share.operand, to: &object)
            add("sum", share.after, share.operand, to: &object)
            return object
          })
        return object
      })
    object.add("paths", drawing.paths.map { self.object($0, drawing) })
    return object.text
  }

  private static func object(
    _ paths: GraphDrawing.Paths, _ drawing: GraphDrawing
  ) -> JSONObject {
    var object = JSONObject()
    object.add("count", paths.count)
    object.add(
      "largest",
      paths.largest.map { path in
        var object = JSONObject()
        object.add("names", path.values.map { drawing.values[$0].name })
        object.add("factors", path.factors)
        object.add("product", path.product)
        return object
      })
    return object
  }

  /// Gradients beside the slopes that differences find.
  static func line(_ report: CheckReport) -> String {
    var object = object("check")
    object.add("of", report.root)
    object.add("data", report.value)
    object.add(
      "leaves",
      report.rows.map { row in
        var object = JSONObject()
        object.add("name", row.name)
        object.add("grad", row.gradient)
        object.add("slope", row.slope)
        object.add("verdict", row.verdict.rawValue)
        object.add("detail", row.detail)
        object.add("checked", row.checked)
        object.add("count", row.count)
        return object
      })
    return object.text
  }

  private static func tangent(_ tangent: PlotData.Tangent, of plot: PlotData) -> JSONObject {
    var object = JSONObject()
    object.add("label", tangent.label)
    object.add("of", plot.curves[tangent.curve].label)
    object.add("x", tangent.x)
    object.add("y", tangent.y)
    object.add("slope", tangent.slope)
    return object
  }

  /// The points of curves, and their tangents.
  static func line(_ plot: PlotData, _ path: String?) -> String {
    var object = object("plot")
    object.add("kind", plot.kind.rawValue)
    object.add("title", plot.title)
    object.add("variable", plot.variable)
    object.add("xLabel", plot.xLabel)
    object.add("yLabel", plot.yLabel)
    object.add("xRange", plot.xRange.map { [$0.lowerBound, $0.upperBound] })
    object.add("yRange", plot.yRange.map { [$0.lowerBound, $0.upperBound] })
    object.add(
      "curves",
      plot.curves.map { curve in
        var object = JSONObject()
        object.add("label", curve.label)
        object.add("x", curve.xs)
        object.add("y", curve.ys)
        return object
      })
    object.add("tangents", plot.tangents.map { tangent($0, of: plot) })
    object.add("file", path)
    return object.text
  }
}
