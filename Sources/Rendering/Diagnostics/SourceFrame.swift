import GradLanguage

/// The line of a place with what lies under it: how far in, and how wide.
struct SourceFrame {
  /// The line as it is shown, a part of it when it is long.
  let text: String
  /// How many columns precede the place.
  let indentation: Int
  /// How many columns the place takes, at least 1.
  let width: Int

  private typealias Cell = VisibleText.Cell

  /// The line in which `range` begins, in at most `limit` columns.
  ///
  /// O(limit), however long the line is.
  init(_ source: SourceText, _ range: SourceRange, limit: Int) {
    let parts = Parts(source, range, reach: 4 * limit)
    var before = VisibleText.cells(parts.before, from: 0)
    var column = SourceFrame.width(before)
    var marked = VisibleText.cells(parts.marked, from: column)
    column += SourceFrame.width(marked)
    var after = VisibleText.cells(parts.after, from: column)
    column += SourceFrame.width(after)

    let isLong = column > limit || parts.isCutBefore || parts.isCutAfter
    var isCut = (before: parts.isCutBefore, after: parts.isCutAfter)
    if isLong {
      // The place first; then a third of the columns before it, and after it what room is left.
      if SourceFrame.keep(&marked, columns: limit / 2, fromEnd: false) {
        after = []
        isCut.after = true
      }
      let room = limit - SourceFrame.width(marked)
      let share = max(limit / 3, room - SourceFrame.width(after))
      if SourceFrame.keep(&before, columns: min(share, room), fromEnd: true) { isCut.before = true }
      let rest = room - SourceFrame.width(before)
      if SourceFrame.keep(&after, columns: rest, fromEnd: false) { isCut.after = true }
    }
    let shown = (before + marked + after).map(\.text).joined()
    text = (isCut.before ? "…" : "") + shown + (isCut.after ? "…" : "")
    indentation = SourceFrame.width(before) + (isCut.before ? 1 : 0)
    width = max(1, SourceFrame.width(marked))
  }

  private static func width(_ cells: [Cell]) -> Int { cells.reduce(0) { $0 + $1.width } }

  /// Keeps as many cells as fit; true when some did not.
  private static func keep(_ cells: inout [Cell], columns: Int, fromEnd: Bool) -> Bool {
    var used = 0
    var count = 0
    for cell in fromEnd ? Array(cells.reversed()) : cells {
      guard used + cell.width <= columns else { break }
      used += cell.width
      count += 1
    }
    guard count < cells.count else { return false }
    cells = Array(fromEnd ? cells.suffix(count) : cells.prefix(count))
    return true
  }
}

extension SourceFrame {
  /// The text of a line before, in and after a place, no further from its start than `reach` bytes.
  private struct Parts {
    var before: String
    let marked: String
    let after: String
    let isCutBefore: Bool
    let isCutAfter: Bool

    init(_ source: SourceText, _ range: SourceRange, reach: Int) {
      let line = source.lineRange(source.lineIndex(at: range.start))
      let start = min(max(range.start, line.lowerBound), line.upperBound)
      var end = min(max(range.end, start), line.upperBound)
      while end > start, Parts.isBlank(source.bytes[end - 1]), range.end > line.upperBound {
        end -= 1
      }
      var first = max(line.lowerBound, start - reach)
      while first < start, first > line.lowerBound, source.bytes[first] & 0xC0 == 0x80 {
        first += 1
      }
      var last = min(line.upperBound, start + 2 * reach)
      while last > start, last < line.upperBound, source.bytes[last] & 0xC0 == 0x80 { last -= 1 }

      before = source.text(SourceRange(first, start))
      if before.unicodeScalars.first == "\u{FEFF}" { before.unicodeScalars.removeFirst() }
      marked = source.text(SourceRange(start, min(end, last)))
      after = source.text(SourceRange(min(end, last), last))
      isCutBefore = first > line.lowerBound
      isCutAfter = last < line.upperBound
    }

    private static func isBlank(_ byte: UInt8) -> Bool { byte == 0x20 || byte == 0x09 }
  }
}
