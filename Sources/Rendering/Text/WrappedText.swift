/// Prose broken into lines that fit a window.
///
/// Words are moved to the next line whole, and so is code between backticks; what is wider than the
/// window is cut. Characters that would move the cursor are shown as what stands for them.
public struct WrappedText: Sendable {
  private let columns: Int

  /// Longer lines are hard to read, however wide the window is.
  private static let widest = 76
  /// Narrower ones hold nothing.
  private static let narrowest = 10

  /// Text for a window of so many columns.
  public init(columns: Int) {
    self.columns = min(max(columns - 1, WrappedText.narrowest), WrappedText.widest)
  }

  /// The lines of a paragraph, joined by `\n`; blanks between words are one blank.
  public func wrap(_ paragraph: String) -> String {
    var lines: [String] = []
    var line = ""
    var width = 0
    for word in words(of: paragraph).flatMap(pieces) {
      if width > 0, width + 1 + word.width > columns {
        lines.append(line)
        (line, width) = ("", 0)
      }
      line += width > 0 ? " " + word.text : word.text
      width += width > 0 ? 1 + word.width : word.width
    }
    if !line.isEmpty { lines.append(line) }
    return lines.joined(separator: "\n")
  }

  /// A message on one line, the middle of a very long one left out.
  public static func message(_ text: String) -> String { VisibleText.line(text) }

  /// A line as it is: code, which is not broken.
  public static func line(_ text: String) -> String {
    VisibleText.cells(text, from: 0).map(\.text).joined()
  }

  /// The words of a paragraph; code between backticks is one word where it fits a line.
  private func words(of paragraph: String) -> [String] {
    var words: [String] = []
    var isOpen = false
    for word in paragraph.split(whereSeparator: \.isWhitespace) {
      let joined = isOpen ? (words.last ?? "") + " " + word : ""
      if isOpen, DisplayWidth.of(joined) <= columns {
        words[words.count - 1] = joined
      } else {
        words.append(String(word))
      }
      if !word.count(where: { $0 == "`" }).isMultiple(of: 2) { isOpen.toggle() }
    }
    return words
  }

  /// A word in parts that fit.
  private func pieces(_ word: String) -> [VisibleText.Cell] {
    var pieces: [VisibleText.Cell] = []
    var text = ""
    var width = 0
    for cell in VisibleText.cells(word, from: 0) {
      if width + cell.width > columns {
        pieces.append(VisibleText.Cell(text: text, width: width))
        (text, width) = ("", 0)
      }
      text += cell.text
      width += cell.width
    }
    return pieces + [VisibleText.Cell(text: text, width: width)]
  }
}
