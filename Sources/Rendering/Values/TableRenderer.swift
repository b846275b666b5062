public import GradLanguage

/// Tables of names: name, data, gradient, and how the value was computed.
public struct TableRenderer: Sendable {
  private let format: NumberFormat
  /// How many columns a line may have.
  private let columns: Int

  /// A renderer that writes numbers in this format; for a window of so many columns, if it is for one.
  public init(format: NumberFormat, columns: Int? = nil) {
    self.format = format
    self.columns = columns ?? .max
  }

  /// The table with its header, and a line that counts the values no name is bound to any more.
  public func render(_ table: NameTable) -> StyledText {
    guard !table.rows.isEmpty || table.earlierValues > 0 else { return StyledText("(no names)") }
    var columns = [
      TableColumn("name", table.rows.map { TableCell($0.name) }),
      TableColumn("data", table.rows.map { data($0.value) }),
      TableColumn("grad", table.rows.map { gradient($0.value) }, .gradient),
    ]
    columns.removeAll { $0.isEmpty }
    switch table.purpose {
    case .show: if let formulas = formulas(table, beside: columns) { columns.append(formulas) }
    case .backward, .forward: break
    }
    var lines: [StyledText] = []
    if Self.width(columns) > self.columns {
      lines = records(table)
    } else if !table.rows.isEmpty {
      lines = [Self.line(columns) { $0.headerCell }]
      for row in table.rows.indices { lines.append(Self.line(columns) { $0.cell(row) }) }
    }
    if table.earlierValues > 0 {
      lines.append(earlier(table.earlierValues).wrapped(columns: self.columns))
    }
    return Self.joined(lines)
  }

  /// How the values were computed, in the columns that are left; nil where too few are.
  private func formulas(_ table: NameTable, beside others: [TableColumn]) -> TableColumn? {
    let room = columns == .max ? .max : columns - Self.width(others) - Self.gap
    let texts = table.rows.map { $0.formula }
    let wanted = texts.map(DisplayWidth.of).max() ?? 0
    guard wanted > 0, wanted <= room || room >= Self.narrowestFormula else { return nil }
    return TableColumn("formula", texts.map { TableCell(Self.cut($0, to: room)) })
  }

  /// Formulas are shown where so many columns are left for them.
  private static let narrowestFormula = 12

  /// The start of a text that is wider than its column.
  private static func cut(_ text: String, to width: Int) -> String {
    guard DisplayWidth.of(text) > width else { return text }
    var (start, used) = ("", 0)
    for character in text {
      used += DisplayWidth.of(character)
      guard used < width else { break }
      start.append(character)
    }
    return start + "…"
  }

  /// In a window that is too narrow for a table: each name with what belongs to it below.
  private func records(_ table: NameTable) -> [StyledText] {
    table.rows.flatMap { row in
      var lines = [StyledText(row.name)]
      func add(_ word: String, _ cell: TableCell, _ style: StyledText.Style = .plain) {
        guard !cell.text.isEmpty else { return }
        var line = StyledText("  \(word) ")
        line.append(cell.styled(style))
        lines.append(line)
      }
      add("data", data(row.value))
      add("grad", gradient(row.value), .gradient)
      if table.purpose == .show { add("from", TableCell(row.formula)) }
      return lines.map { $0.wrapped(columns: columns) }
    }
  }

  private static func joined(_ lines: [StyledText]) -> StyledText {
    var text = StyledText()
    for (index, line) in lines.enumerated() {
      if index > 0 { text.append("\n") }
      text.append(line)
    }
    return text
  }

  /// How wide columns are side by side.
  private static func width(_ columns: [TableColumn]) -> Int {
    columns.reduce(0) { $0 + $1.width } + gap * max(columns.count - 1, 0)
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
