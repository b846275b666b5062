import Autograd

// Values in a few words. Nothing is copied: an array may have millions of numbers.

extension Machine {
  /// What a value is, as far as completion tells values apart.
  enum ValueKind { case number, array, table, string, function }

  /// The value that a name has; nil for none.
  func value(named name: String) -> Register? {
    guard let index = names.existingIndex(of: name), index < globalCount,
      !globals[index].isUnassigned
    else { return nil }
    return globals[index]
  }

  func kind(of value: Register) -> ValueKind? {
    if value.isNumber { return .number }
    switch value.kind {
    case .array: return .array
    case .table: return .table
    case .string: return .string
    case .function, .closure, .builtin, .derived: return .function
    case .unassigned, .nothing, nil: return nil
    }
  }

  /// A table's column of this name.
  func existingColumn(_ name: String, of value: Register) -> Register? {
    guard value.kind == .table else { return nil }
    let table = heap.tables[value.handle]
    return table.names.firstIndex(of: name).map { table.columns[$0] }
  }

  /// Data and gradient of a number, the ends of an array, the parameters of a function.
  func summary(of value: Register) -> String {
    switch value.kind {
    case .string: return stringSummary(heap.strings[value.handle])
    case .table: return tableSummary(heap.tables[value.handle])
    case .function, .closure, .builtin, .derived: return functionSummary(value)
    case .array, .unassigned, .nothing: return dataSummary(of: value)
    case nil:
      let gradient = graphGradient(of: value).map { "  grad \(settings.format.text($0))" } ?? ""
      return dataSummary(of: value) + gradient
    }
  }

  /// The data of a number or an array.
  func dataSummary(of value: Register) -> String {
    if value.kind == .array { return arraySummary(heap.arrays[value.handle]) }
    guard value.isNumber else { return "" }
    let data = value.isTracked ? graph.data(at: value.slot) : value.number
    let isStale = value.isTracked && graph.isStale(value.slot)
    return settings.format.text(data) + (isStale ? " stale" : "")
  }

  /// The gradient of a value of the graph; nil for other values.
  func gradientSummary(of value: Register) -> String? {
    if value.isTracked {
      return graphGradient(of: value).map(settings.format.text) ?? "none before `backward`"
    }
    guard value.kind == .array, heap.arrays[value.handle].isTracked else { return nil }
    return "the gradient"
  }

  private func graphGradient(of value: Register) -> Double? {
    value.isTracked ? graph.gradient(at: value.slot) : nil
  }

  /// `[1, 2, 3]`, `[1, 2, …, 8, 9]  (3×3)`
  private func arraySummary(_ array: ArrayObject) -> String {
    func text(_ positions: Range<Int>) -> [String] {
      positions.map { position in
        let number =
          array.isTracked
          ? graph.data(at: array.slot + Int32(position)) : array.storage?[position] ?? 0
        return settings.format.text(number)
      }
    }
    let shape = array.shape
    if shape.rank == 1, array.count <= 4 {
      return "[\(text(0..<array.count).joined(separator: ", "))]"
    }
    let ends =
      array.count <= 4
      ? text(0..<array.count) : text(0..<2) + ["…"] + text(array.count - 2..<array.count)
    return "[\(ends.joined(separator: ", "))]  (\(shapeText(shape)))"
  }

  private func stringSummary(_ string: String) -> String {
    let start = string.prefix(Machine.summaryLength)
    return "\"\(start)\(start.endIndex == string.endIndex ? "" : "…")\""
  }

  private func tableSummary(_ table: Table) -> String {
    let rows = table.columns.first.map { heap.arrays[$0.handle].count } ?? 0
    let names = table.names.prefix(8).joined(separator: ", ")
    return "\(rows) rows: \(names)\(table.names.count > 8 ? ", …" : "")"
  }

  private func functionSummary(_ value: Register) -> String {
    if value.kind == .builtin { return Builtin.all[value.handle].parameters }
    if let index = functionIndex(of: value) {
      return "(\(program.functions[index].parameters.joined(separator: ", ")))"
    }
    guard case .function(let signature) = shown(value) else { return "" }
    return signature
  }

  /// How many characters of a string are told.
  private static let summaryLength = 40
}

extension Builtin {
  /// How it is called, without its name: `(v), (A, dimension)`.
  var parameters: String {
    signature.split(separator: "\(name)(", omittingEmptySubsequences: true)
      .map { "(" + $0 }.joined()
  }
}
