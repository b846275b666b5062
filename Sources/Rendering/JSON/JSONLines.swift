public import GradLanguage

/// Outputs and diagnostics for machines: a JSON object each, on a line of its own.
///
/// Every object has a `type`: `value`, `print`, `table`, `names`, `graph`, `explain`, `check`,
/// `plot` or `diagnostic`. Numbers read back to the same double; NaN and the infinities are the strings `"NaN"`, `"inf"` and `"-inf"`.
public enum JSONLines {
  /// The line of an output, without its end.
  public static func line(_ output: Output) -> String {
    switch output {
    case .value(let value, let name):
      var object = object("value")
      object.add("name", name)
      add(value, to: &object)
      return object.text
    case .printed(let text, let values):
      var object = object("print")
      object.add("text", text)
      object.add("values", values.map(self.object))
      return object.text
    case .table(let table): return line(table, "table")
    case .names(let table): return line(table, "names")
    case .drawing(let drawing, let path): return line(drawing, path)
    case .explanation(let drawing, let value): return line(drawing, explaining: value)
    case .check(let report): return line(report)
    case .plot(let plot, let path): return line(plot, path)
    case .diagnostic(let diagnostic): return line(diagnostic)
    }
  }

  /// The line of a diagnostic, without its end; columns count characters from 1.
  public static func line(_ diagnostic: Diagnostic) -> String {
    var object = object("diagnostic")
    object.add("severity", diagnostic.severity.rawValue)
    object.add("code", diagnostic.code)
    object.add("message", diagnostic.message)
    object.add("source", diagnostic.source.name)
    let range = diagnostic.primary.range
    let end = diagnostic.position.map { _ in
      diagnostic.source.position(at: min(range.end, diagnostic.source.bytes.count))
    }
    object.add("line", diagnostic.position?.line)
    object.add("column", diagnostic.position?.column)
    object.add("endLine", end?.line)
    object.add("endColumn", end?.column)
    object.add("label", diagnostic.primary.text)
    object.add("notes", diagnostic.notes)
    object.add("help", diagnostic.help)
    return object.text
  }

  static func object(_ type: String) -> JSONObject {
    var object = JSONObject()
    object.add("type", type)
    return object
  }

  private static func line(_ table: NameTable, _ type: String) -> String {
    var object = object(type)
    object.add("purpose", table.purpose.text)
    object.add(
      "rows",
      table.rows.map { row in
        var object = JSONObject()
        object.add("name", row.name)
        add(row.value, to: &object)
        object.add("formula", row.formula)
        return object
      })
    object.add("earlierValues", table.earlierValues)
    return object.text
  }

  private static func object(_ value: ShownValue) -> JSONObject {
    var object = JSONObject()
    add(value, to: &object)
    return object
  }

  private static func add(_ value: ShownValue, to object: inout JSONObject) {
    switch value {
    case .number(let number):
      object.add("kind", "number")
      object.add("data", number.data)
      object.add("grad", number.gradient)
      object.add("tracked", number.isTracked)
      object.add("stale", number.isStale)
      object.add("gradStale", number.isGradientStale)
    case .array(let array):
      object.add("kind", "array")
      object.add("shape", array.shape)
      object.add("data", JSONArray(shape: array.shape, numbers: array.numbers))
      object.add("grad", array.gradient.map { JSONArray(shape: array.shape, numbers: $0) })
      object.add("tracked", array.isTracked)
      object.add("stale", array.isStale)
      object.add("gradStale", array.isGradientStale)
    case .table(let names, let columns):
      object.add("kind", "table")
      object.add("columns", names)
      object.add(
        "data",
        JSONArray(
          shape: [columns.count, columns.first?.count ?? 0], numbers: columns.flatMap { $0 }))
    case .string(let string):
      object.add("kind", "string")
      object.add("data", string)
    case .function(let signature):
      object.add("kind", "function")
      object.add("data", signature)
    case .nothing:
      object.add("kind", "nothing")
    }
  }
}

extension NameTable.Purpose {
  fileprivate var text: String {
    switch self {
    case .backward: "backward"
    case .forward: "forward"
    case .show: "show"
    }
  }
}
