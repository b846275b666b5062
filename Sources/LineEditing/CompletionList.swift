/// The list of what can stand at the cursor, for a window.
///
/// Few candidates have a line each, with what they are; many stand in columns, read downwards. What
/// does not fit on one screen is counted.
struct CompletionList {
  /// The width of the window, and how many lines the list may have.
  let columns: Int
  let rows: Int
  /// What stands before and after what is less important.
  var dimming: (start: String, end: String) = ("", "")
  /// How many columns a character takes; nothing for those that cannot be shown.
  let width: (Unicode.Scalar) -> Int?

  /// With more candidates than this, details are left out.
  private static let detailLimit = 16
  /// Fewer columns than this are none for a detail.
  private static let narrowest = 8
  /// What stands between two columns.
  private static let gap = 2

  /// The list, each line with its end.
  func text(_ candidates: [Completion.Candidate]) -> String {
    let isDetailed = candidates.count <= min(CompletionList.detailLimit, rows)
    let lines = isDetailed ? details(candidates) : grid(candidates.map(\.label))
    return lines.map { $0 + "\n" }.joined()
  }

  // MARK: Few

  private func details(_ candidates: [Completion.Candidate]) -> [String] {
    let labels = candidates.map { shortened($0.label, to: columns - 1) }
    let indentation = (labels.map(measure).max() ?? 0) + CompletionList.gap
    let room = columns - 1 - indentation
    return zip(labels, candidates).map { label, candidate in
      guard room >= CompletionList.narrowest, !candidate.detail.isEmpty else { return label }
      return padded(label, to: indentation) + dimming.start
        + shortened(candidate.detail, to: room) + dimming.end
    }
  }

  // MARK: Many

  private func grid(_ labels: [String]) -> [String] {
    let cells = labels.map { shortened($0, to: columns - 1) }
    let cell = (cells.map(measure).max() ?? 0) + CompletionList.gap
    let perRow = max(1, (columns - 1 + CompletionList.gap) / cell)
    let isCut = cells.count > perRow * rows
    let shown = isCut ? min(cells.count, perRow * max(rows - 1, 1)) : cells.count
    let height = (shown + perRow - 1) / perRow
    var lines = (0..<height).map { row in
      let line = stride(from: row, to: shown, by: height).map { cells[$0] }
      return line.dropLast().map { padded($0, to: cell) }.joined() + (line.last ?? "")
    }
    if isCut { lines.append(dimming.start + "… and \(cells.count - shown) more" + dimming.end) }
    return lines
  }

  // MARK: Widths

  private func measure(_ text: String) -> Int {
    text.unicodeScalars.reduce(0) { $0 + (width($1) ?? 0) }
  }

  private func padded(_ text: String, to columns: Int) -> String {
    text + String(repeating: " ", count: max(0, columns - measure(text)))
  }

  /// The text on one line of so many columns, without what would move the cursor.
  private func shortened(_ text: String, to columns: Int) -> String {
    var result = String.UnicodeScalarView()
    var used = 0
    var cut: (length: Int, used: Int)?
    for scalar in text.unicodeScalars {
      let isShown = width(scalar) != nil
      let next = used + (isShown ? width(scalar) ?? 0 : 1)
      // The last column is kept for the mark of what is left out.
      if next > columns - 1, cut == nil { cut = (result.count, used) }
      if next > columns {
        return String(String.UnicodeScalarView(result.prefix(cut?.length ?? 0))) + "…"
      }
      result.append(isShown ? scalar : "?")
      used = next
    }
    return String(result)
  }
}
