public import GradLanguage

/// Tables of names: name, data, gradient, and how the value was computed.
public struct TableRenderer: Sendable {
  private let format: NumberFormat

  /// A renderer that writes numbers in this format.
  public init(format: NumberFormat) { self.format = format }

  /// The table with its header, and a line that counts the values no name is bound to any more.
  public func render(_ table: NameTable) -> StyledText {
    guard !table.rows.isEmpty || table.earlierValues > 0 else { return StyledText("(no names)") }
    var columns = [
      TableColumn("name", table.rows.map { TableCell($0.name) }),
      TableColumn("data", table.rows.map { data($0.value) }),
      TableColumn("grad", table.rows.map { gradient($0.value) }, .gradient),
    ]
    switch table.purpose {
    case .show: columns.append(TableColumn("formula", table.rows.map { TableCell($0.formula) }))
    case .backward, .forward: break
    }
    columns.removeAll { $0.isEmpty }
    var lines = table.rows.isEmpty ? [] : [Self.line(columns) { $0.headerCell }]
    for row in table.rows.indices { lines.append(Self.line(columns) { $0.cell(row) }) }
    if table.earlierValues > 0 { lines.append(earlier(table.earlierValues)) }
    var text = StyledText()
    for (index, line) in lines.enumerated() {
      if index > 0 { text.append("\n") }
      text.append(line)
    }
    return text
  }

  /// Cells side by side; blanks are written only before something.
  static func line(
    _ columns: [TableColumn], _ cell: (TableColumn) -> (indentation: Int, text: StyledText)
  ) -> StyledText {
    var text = StyledText()
    var position = 0
    var start = 0
    for column in columns {
      let (indentation, cell) = cell(column)
      if !cell.isEmpty {
        text.append(String(repeating: " ", count: start + indentation - position))
        text.append(cell)
        position = start + indentation + DisplayWidth.of(cell.plain)
      }
      start += column.width + gap
    }
    return text
  }

  private static let gap = 4

  private func earlier(_ count: Int) -> StyledText {
    StyledText(
      count == 1
        ? "(1 earlier value of a rebound name is not shown)"
        : "(\(count) earlier values of rebound names are not shown)")
  }

  // MARK: Cells

  private func data(_ value: ShownValue) -> TableCell {
    switch value {
    case .number(let number):
      TableCell(number: format.text(number.data), isStale: number.isStale)
    case .array(let array):
      TableCell(
        ArrayText(format).short(shape: array.shape, numbers: array.numbers), isStale: array.isStale)
    case .table: TableCell(ValueText.text(of: value, format: format))
    case .string(let string): TableCell(VisibleText.line(ValueRenderer.quoted(string)))
    case .function(let signature): TableCell(signature)
    case .nothing: TableCell()
    }
  }

  /// The gradient; `–` where none was ever computed, nothing for what has none.
  private func gradient(_ value: ShownValue) -> TableCell {
    switch value {
    case .number(let number):
      guard number.isTracked else { return TableCell() }
      return TableCell(
        number: number.gradient.map(format.text) ?? "–", isStale: number.isGradientStale)
    case .array(let array):
      guard array.isTracked else { return TableCell() }
      guard let gradient = array.gradient else { return TableCell(number: "–") }
      return TableCell(
        ArrayText(format).short(shape: array.shape, numbers: gradient),
        isStale: array.isGradientStale)
    case .table, .string, .function, .nothing: return TableCell()
    }
  }
}
