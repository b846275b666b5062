import GradLanguage

/// A graph as a tree of text: the result above what it was computed from.
///
///     L          data -8.0000  grad  1.0000  d*f
///     ├─ d       data  4.0000  grad -2.0000  e + c
///     │  ├─ e    data -6.0000  grad -2.0000  a*b
///
/// A value that is used several times is drawn once and referred to afterwards: `(a, above)`.
struct GraphTree {
  private let page: Page
  /// How many columns a line may have.
  private let columns: Int

  init(_ page: Page) {
    self.page = page
    columns = page.isWindow ? page.columns : GraphTree.columnLimit
  }

  /// Into a file lines may be so long.
  private static let columnLimit = 400

  /// So many rows are drawn of a large graph.
  static let rowLimit = 200

  /// A row: the branch before its name, and what stands in the columns after it.
  private struct Row {
    let branch: String
    let name: String
    var data = ""
    var gradient = ""
    var gradientStyle = StyledText.Style.gradient
    var operation = ""
    var isStale = false
    var isGradientStale = false

    var width: Int { DisplayWidth.of(branch) + DisplayWidth.of(name) }
  }

  /// What is still to be drawn.
  private struct Pending {
    let value: Int
    /// How deep it stands; what was asked for stands at 0.
    let depth: Int
    /// For each level between, whether more follows there.
    let levels: [Bool]
    /// Whether it is its result's last operand.
    let isLast: Bool

    /// An operand of it.
    func operand(_ value: Int, isLast: Bool) -> Pending {
      Pending(
        value: value, depth: depth + 1, levels: depth == 0 ? [] : levels + [!self.isLast],
        isLast: isLast)
    }
  }

  func render(_ drawing: GraphDrawing) -> StyledText {
    var (rows, drawn) = rows(of: drawing, isShort: false)
    if page.isWindow, isTooWide(rows) { rows = self.rows(of: drawing, isShort: true).0 }
    let nameWidth = min(rows.map(\.width).max() ?? 0, max(columns - 36, 8))
    let data = Column(rows.map { ($0.data, $0.isStale) })
    let gradients = Column(rows.map { ($0.gradient, $0.isGradientStale) })
    var text = StyledText()
    for row in rows {
      if !text.isEmpty { text.append("\n") }
      text.append(line(row, nameWidth, data, gradients))
    }
    if let remark = drawing.remarkOnFormerNames {
      text.append("\n")
      text.append(StyledText(VisibleText.line(remark)).wrapped(columns: columns))
    }
    let left = drawing.values.count - drawn + drawing.omitted
    if left > 0 {
      text.append("\n(\(left) more value\(left == 1 ? " is" : "s are") not drawn)")
    }
    return text
  }

  /// Whether numbers leave no room for operations.
  private func isTooWide(_ rows: [Row]) -> Bool {
    let widest = [rows.map(\.width), rows.map(\.data.count), rows.map(\.gradient.count)]
      .map { $0.max() ?? 0 }
    return widest.reduce(0, +) + GraphTree.spaceBetween + GraphTree.leastOperation > columns
  }

  /// The words and blanks between the columns of a line.
  private static let spaceBetween = 16
  /// An operation has so many columns, or numbers are shortened.
  private static let leastOperation = 12

  // MARK: Rows

  /// The rows, and how many values they draw. Not recursive: chains may be long.
  private func rows(of drawing: GraphDrawing, isShort: Bool) -> ([Row], drawn: Int) {
    var rows: [Row] = []
    var seen: Set<Int> = []
    var pending = drawing.roots.reversed().map {
      Pending(value: $0, depth: 0, levels: [], isLast: true)
    }
    while let next = pending.popLast(), rows.count < GraphTree.rowLimit {
      let value = drawing.values[next.value]
      let isNew = seen.insert(next.value).inserted
      let branch = branch(next)
      guard isNew || value.kind == .constant else {
        rows.append(Row(branch: branch, name: "(\(VisibleText.line(value.name)), above)"))
        continue
      }
      rows.append(row(value, branch, isShort: isShort))
      for (index, operand) in value.operands.enumerated().reversed() {
        pending.append(next.operand(operand, isLast: index == value.operands.count - 1))
      }
    }
    return (rows, seen.count)
  }

  private func row(_ value: GraphDrawing.Value, _ branch: String, isShort: Bool) -> Row {
    let name = VisibleText.line(value.name)
    guard value.kind != .constant else {
      return Row(branch: branch, name: name, operation: "constant")
    }
    return Row(
      branch: branch, name: name,
      data: isShort ? BoxNumber.shortData(of: value) : BoxNumber.data(of: value),
      gradient: isShort
        ? BoxNumber.shortGradient(of: value, isUnicode: page.isUnicode)
        : BoxNumber.gradient(of: value, isUnicode: page.isUnicode),
      gradientStyle: style(ofGradient: value),
      operation: value.kind == .leaf ? "leaf" : VisibleText.line(value.formula),
      isStale: value.isStale, isGradientStale: value.isGradientStale)
  }

  /// The colour tells the sign of a number's gradient.
  private func style(ofGradient value: GraphDrawing.Value) -> StyledText.Style {
    guard value.shape.isEmpty, let gradient = value.gradient else { return .gradient }
    return gradient > 0 ? .rising : gradient < 0 ? .falling : .gradient
  }

  /// `│  ├─ `: as many levels as a third of the page has room for; deeper ones are counted.
  private func branch(_ next: Pending) -> String {
    guard next.depth > 0 else { return "" }
    let shown = next.levels.suffix(max(1, min(columns / 9, 16)))
    let hidden = next.levels.count - shown.count
    var text = hidden > 0 ? (page.isUnicode ? "⋯\(hidden) " : "..\(hidden) ") : ""
    for goesOn in shown { text += goesOn ? (page.isUnicode ? "│  " : "|  ") : "   " }
    return text + (page.isUnicode ? (next.isLast ? "└─ " : "├─ ") : (next.isLast ? "`- " : "|- "))
  }

  // MARK: Lines

  private func line(
    _ row: Row, _ nameWidth: Int, _ data: Column, _ gradients: Column
  ) -> StyledText {
    var line = Line(limit: columns, ellipsis: page.isUnicode ? "…" : "~")
    line.append(row.branch, .frame)
    line.append(row.name)
    guard !row.data.isEmpty || !row.operation.isEmpty else { return line.text }
    line.pad(to: nameWidth)
    if row.data.isEmpty {
      line.append("  " + row.operation, .frame)
      return line.text
    }
    line.append("  ")
    data.append("data ", row.data, isStale: row.isStale, .plain, to: &line)
    line.append("  ")
    gradients.append(
      "grad ", row.gradient, isStale: row.isGradientStale, row.gradientStyle, to: &line)
    line.append("  ")
    line.append(row.operation, row.operation == "leaf" ? .frame : .plain)
    return line.text
  }
}

/// Numbers below each other, aligned on the right, with room for the mark of stale ones.
private struct Column {
  private let width: Int
  private let hasMarks: Bool

  init(_ cells: [(text: String, isStale: Bool)]) {
    width = cells.map(\.text.count).max() ?? 0
    hasMarks = cells.contains(where: \.isStale)
  }

  func append(
    _ word: String, _ number: String, isStale: Bool, _ style: StyledText.Style, to line: inout Line
  ) {
    line.append(
      word + String(repeating: " ", count: max(0, width - number.count)) + number, style)
    if isStale {
      line.append(" stale", .stale)
    } else if hasMarks {
      line.append("      ")
    }
  }
}

/// A line of styled text that never becomes wider than its limit.
private struct Line {
  private(set) var text = StyledText()
  private var width = 0
  private var isFull = false
  private let limit: Int
  private let ellipsis: String

  init(limit: Int, ellipsis: String) {
    self.limit = limit
    self.ellipsis = ellipsis
  }

  mutating func append(_ new: String, _ style: StyledText.Style = .plain) {
    guard !isFull else { return }
    let newWidth = DisplayWidth.of(new)
    if width + newWidth <= limit {
      text.append(new, style)
      width += newWidth
      return
    }
    isFull = true
    var part = ""
    for character in new {
      let next = DisplayWidth.of(character)
      if width + next > limit - 1 { break }
      part.append(character)
      width += next
    }
    text.append(part, style)
    if width < limit { text.append(ellipsis, style) }
  }

  mutating func pad(to column: Int) {
    if column > width { append(String(repeating: " ", count: column - width)) }
  }
}
