/// The texts of help in a window of any width.
///
/// They are made for 80 columns. In a narrower window a line that says how something is written, two
/// or more blanks, and what it means keeps its two columns while there is room, and becomes a line
/// and an indented paragraph where there is not; other lines are broken between words, but for code,
/// which is indented by four blanks.
public struct HelpText: Sendable {
  private let columns: Int

  /// Text for a window of so many columns.
  public init(columns: Int) { self.columns = min(max(columns, 16), 80) }

  /// The text as it is shown.
  public func render(_ text: String) -> String {
    rows(of: text).flatMap(lines).joined(separator: "\n")
  }

  /// A line, or a row with what continues its right column.
  private struct Row {
    let indentation: Int
    /// What stands left of the gap; the whole line where there is none.
    var left: String
    /// What stands right of it, and from which column on.
    var right: String?
    var column = 0
    /// The lines of its text.
    var lines: [String]
  }

  private func rows(of text: String) -> [Row] {
    var rows: [Row] = []
    for line in text.split(separator: "\n", omittingEmptySubsequences: false) {
      let row = HelpText.row(String(line))
      guard let last = rows.last, HelpText.goesOn(last, with: row) else {
        rows.append(row)
        continue
      }
      let more = " " + line.drop { $0 == " " }
      if last.right == nil { rows[rows.count - 1].left += more }
      rows[rows.count - 1].right? += more
      rows[rows.count - 1].lines.append(String(line))
    }
    return rows
  }

  /// Whether a line continues the right column, or the paragraph, before it.
  private static func goesOn(_ last: Row, with row: Row) -> Bool {
    guard !row.left.isEmpty, row.right == nil, !row.left.hasPrefix("→") else { return false }
    guard last.right == nil else { return abs(row.indentation - last.column) <= 1 }
    return !last.left.isEmpty && row.indentation == 0 && last.indentation == 0
  }

  private static func row(_ line: String) -> Row {
    let indentation = line.prefix { $0 == " " }.count
    let body = line.dropFirst(indentation)
    guard indentation < 4, let gap = body.firstRange(of: "  ") else {
      return Row(indentation: indentation, left: String(body), lines: [line])
    }
    let right = body[gap.upperBound...].drop { $0 == " " }
    let column = DisplayWidth.of(String(line[..<right.startIndex]))
    return Row(
      indentation: indentation, left: String(body[..<gap.lowerBound]), right: String(right),
      column: column, lines: [line])
  }

  private func lines(of row: Row) -> [String] {
    if row.lines.allSatisfy({ DisplayWidth.of($0) <= columns }) { return row.lines }
    let start = String(repeating: " ", count: row.indentation) + row.left
    guard let right = row.right else {
      return row.indentation >= 4 ? row.lines : hanging(row.left, at: row.indentation, after: "")
    }
    if DisplayWidth.of(start) + 2 + DisplayWidth.of(right) <= columns {
      return ["\(start)  \(right)"]
    }
    if row.column <= columns / 2 {
      let gap = String(repeating: " ", count: row.column - DisplayWidth.of(start))
      return hanging(right, at: row.column, after: start + gap)
    }
    return hanging(row.left, at: row.indentation, after: "")
      + hanging(right, at: row.indentation + 4, after: "")
  }

  /// A paragraph from a column on; `first` stands before it on its first line.
  private func hanging(_ text: String, at column: Int, after first: String) -> [String] {
    let blanks = String(repeating: " ", count: column)
    let wrapped = WrappedText(columns: columns - column + 1).wrap(text).split(separator: "\n")
    return wrapped.enumerated().map { index, line in
      (index == 0 && !first.isEmpty ? first : blanks) + line
    }
  }
}
