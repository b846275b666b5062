import GradLanguage

/// Curves in a terminal: braille dots, or a mark a cell where these cannot be shown or would not tell
/// several curves apart.
struct TextPlot {
  private let page: Page

  init(_ page: Page) { self.page = page }

  /// The characters of a drawing.
  private struct Characters {
    let vertical, horizontal, corner, tickLeft, tickBelow, zero, contact: Character
    let line, dot, tangent: Character
    let marks: [Character]

    static let unicode = Characters(
      vertical: "│", horizontal: "─", corner: "└", tickLeft: "┤", tickBelow: "┬", zero: "·",
      contact: "◆", line: "─", dot: "•", tangent: "╌", marks: ["●", "○", "×", "+", "◇", "△"])
    static let ascii = Characters(
      vertical: "|", horizontal: "-", corner: "+", tickLeft: "+", tickBelow: "+", zero: ".",
      contact: "X", line: "-", dot: ".", tangent: "-", marks: ["*", "o", "x", "+", "#", "@"])
  }

  private var characters: Characters { page.isUnicode ? .unicode : .ascii }

  func render(_ plot: PlotData) -> StyledText {
    let columns = max(page.columns, 12)
    let above = title(plot, columns) + legend(plot, columns) + axisLabel(plot.yLabel, columns)
    let belowCount = plot.xLabel == nil ? 2 : 3
    let rows = max(page.rows - above.count - belowCount, 3)
    guard let layout = PlotLayout(plot, tickCount: max(rows / 4, 2)) else {
      return StyledText("(nothing to plot: \(PlotLayout.emptiness(of: plot)))")
    }
    let left = AxisTicks(
      from: layout.ys.lowerBound, to: layout.ys.upperBound, about: max(rows / 4, 2))
    let labelWidth = min(left.values.map { left.text($0).count }.max() ?? 0, columns / 2)
    let grid = grid(plot, layout, columns: columns - labelWidth - 1, rows: rows)
    var lines = above
    lines += body(grid, layout, left, labelWidth)
    lines += below(grid, layout, labelWidth)
    if let label = plot.xLabel {
      lines.append(StyledText(centered(label, in: grid.columns, after: labelWidth + 1)))
    }
    if grid.isEmpty {
      let (low, high) = (left.text(layout.ys.lowerBound), left.text(layout.ys.upperBound))
      lines.append(StyledText("(nothing lies between \(low) and \(high))", .frame))
    } else if layout.isCut {
      let text =
        "(cut at \(left.text(layout.ys.lowerBound)) and \(left.text(layout.ys.upperBound)))"
      if text.count <= columns { lines.append(StyledText(text, .frame)) }
    }
    return joined(lines)
  }

  private func joined(_ lines: [StyledText]) -> StyledText {
    var text = StyledText()
    for (index, line) in lines.enumerated() {
      if index > 0 { text.append("\n") }
      text.append(line)
    }
    return text
  }

  // MARK: Words

  private func title(_ plot: PlotData, _ columns: Int) -> [StyledText] {
    plot.title.map { [StyledText(centered($0, in: columns, after: 0))] } ?? []
  }

  private func axisLabel(_ label: String?, _ columns: Int) -> [StyledText] {
    label.map { [StyledText(shortened($0, to: columns))] } ?? []
  }

  /// A text in the middle of some columns, with blanks before it.
  private func centered(_ text: String, in columns: Int, after indentation: Int) -> String {
    let text = shortened(text, to: columns)
    let blanks = indentation + (columns - DisplayWidth.of(text)) / 2
    return String(repeating: " ", count: max(blanks, 0)) + text
  }

  private func shortened(_ text: String, to columns: Int) -> String {
    PlotLabel.line(text, columns: columns, ellipsis: page.isUnicode ? "…" : "~")
  }

  // MARK: Legend

  private func usesBraille(_ plot: PlotData) -> Bool {
    guard page.isUnicode, plot.labels.count == 1 || page.isColored else { return false }
    // A few points are easier to see as marks than as single dots of a cell.
    let points = plot.curves.reduce(0) { $0 + $1.xs.count }
    return plot.kind == .line || points > 2 * page.columns
  }

  /// A line for the curves and tangents, or one for each where they do not fit on one.
  private func legend(_ plot: PlotData, _ columns: Int) -> [StyledText] {
    let isAlone = plot.labels.count == 1
    let entries = plot.labels.enumerated().map { index, words in
      let label = shortened(words, to: columns - (isAlone ? 0 : 2))
      var text = StyledText()
      if !isAlone { text.append("\(legendMark(index, of: plot)) ", .curve(index)) }
      text.append(label)
      return (text: text, width: DisplayWidth.of(label) + (isAlone ? 0 : 2))
    }
    let total = entries.reduce(0) { $0 + $1.width } + 3 * (entries.count - 1)
    guard total <= columns else { return entries.map(\.text) }
    var line = StyledText()
    for (index, entry) in entries.enumerated() {
      if index > 0 { line.append("   ") }
      line.append(entry.text)
    }
    return [line]
  }

  private func legendMark(_ index: Int, of plot: PlotData) -> Character {
    guard usesBraille(plot) else { return mark(index) }
    if index >= plot.curves.count { return characters.tangent }
    switch plot.kind {
    case .line: return characters.line
    case .points: return characters.dot
    }
  }

  private func mark(_ curve: Int) -> Character {
    characters.marks[curve % characters.marks.count]
  }

  // MARK: Curves

  /// Tangents lie above curves, which hide more, and points of contact above both.
  private func grid(_ plot: PlotData, _ layout: PlotLayout, columns: Int, rows: Int) -> DotGrid {
    var grid = DotGrid(columns: columns, rows: rows, usesBraille(plot) ? .braille : .marks)
    let scale = scale(grid, layout)
    let tangents = layout.tangents.enumerated().map { (plot.curves.count + $0, $1) }
    for (index, points) in layout.dots.enumerated() {
      for place in points.lazy.map(scale.place) where scale.clipped(place, place) != nil {
        grid.line(place, place, curve: index)
      }
    }
    for (index, runs) in layout.runs.enumerated() {
      for run in runs {
        let places = run.map(scale.place)
        for (from, to) in zip(places, places.dropFirst()) {
          guard let part = scale.clipped(from, to) else { continue }
          grid.line(part.from, part.to, curve: index)
        }
      }
    }
    for (index, tangent) in tangents {
      guard let ends = tangent.ends else { continue }
      let (from, to) = (scale.place(ends.0), scale.place(ends.1))
      if let part = scale.clipped(from, to) { grid.line(part.from, part.to, curve: index) }
    }
    for (index, tangent) in tangents {
      let place = scale.place(tangent.contact)
      grid.setContact(Int(place.column.rounded()), Int(place.row.rounded()), curve: index)
    }
    return grid
  }

  private func scale(_ grid: DotGrid, _ layout: PlotLayout) -> PlotScale {
    PlotScale(layout: layout, width: Double(grid.width - 1), height: Double(grid.height - 1))
  }

  /// The rows with the vertical axis on their left.
  private func body(
    _ grid: DotGrid, _ layout: PlotLayout, _ ticks: AxisTicks, _ labelWidth: Int
  ) -> [StyledText] {
    let scale = scale(grid, layout)
    var labels: [Int: String] = [:]
    for value in ticks.values {
      let row = Int(scale.row(value).rounded()) / grid.fineness.rows
      let text = ticks.text(value)
      if (0..<grid.rows).contains(row), text.count <= labelWidth { labels[row] = text }
    }
    let zeroRow = layout.ys.contains(0) ? Int(scale.row(0).rounded()) / grid.fineness.rows : -1
    let zeroColumn =
      layout.xs.contains(0) ? Int(scale.column(0).rounded()) / grid.fineness.columns : -1
    return (0..<grid.rows).map { row in
      var line = StyledText()
      let label = labels[row] ?? ""
      line.append(String(repeating: " ", count: labelWidth - label.count) + label)
      line.append(
        String(labels[row] == nil ? characters.vertical : characters.tickLeft), .frame)
      var blanks = ""
      for column in 0..<grid.columns {
        if let cell = grid.cell(column, row) {
          line.append(blanks + "")
          blanks = ""
          line.append(text(of: cell, grid.fineness), .curve(cell.curve))
        } else if row == zeroRow || column == zeroColumn {
          line.append(blanks)
          blanks = ""
          line.append(String(characters.zero), .frame)
        } else {
          blanks += " "
        }
      }
      return line
    }
  }

  private func text(of cell: DotGrid.Cell, _ fineness: DotGrid.Fineness) -> String {
    if cell.isContact { return String(characters.contact) }
    switch fineness {
    case .braille:
      return String(UnicodeScalar(0x2800 + UInt32(cell.dots)).map(Character.init) ?? " ")
    case .marks: return String(mark(cell.curve))
    }
  }

  /// The horizontal axis, and the numbers below it.
  private func below(_ grid: DotGrid, _ layout: PlotLayout, _ labelWidth: Int) -> [StyledText] {
    let scale = scale(grid, layout)
    let ticks = AxisTicks(
      from: layout.xs.lowerBound, to: layout.xs.upperBound, about: max(grid.columns / 12, 2))
    let indentation = labelWidth + 1
    let width = indentation + grid.columns
    var axis = [Character](repeating: characters.horizontal, count: grid.columns)
    var labels = [Character](repeating: " ", count: width)
    var end = -1
    for value in ticks.values {
      let column = Int(scale.column(value).rounded()) / grid.fineness.columns
      guard axis.indices.contains(column) else { continue }
      axis[column] = characters.tickBelow
      let text = Array(ticks.text(value))
      let start = min(max(indentation + column - text.count / 2, 0), width - text.count)
      guard start > end, start >= 0 else { continue }
      labels.replaceSubrange(start..<start + text.count, with: text)
      end = start + text.count
    }
    let numbers = String(labels)
    let last = numbers.lastIndex { $0 != " " }
    return [
      StyledText(
        String(repeating: " ", count: labelWidth) + String(characters.corner) + String(axis), .frame
      ),
      StyledText(last.map { String(numbers[...$0]) } ?? ""),
    ]
  }
}
