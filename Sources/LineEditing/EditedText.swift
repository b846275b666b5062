/// The text that is being edited, of one line or several, and where the cursor stands in it.
public struct EditedText: Equatable, Sendable {
  /// Its characters, as the terminal counts them: Unicode scalars.
  private(set) var scalars: [Unicode.Scalar]
  /// How many of them stand before the cursor.
  private(set) var cursor: Int

  /// A text with the cursor behind so many scalars; at its end otherwise.
  public init(_ text: String, cursor: Int? = nil) {
    self.init(scalars: Array(text.unicodeScalars), cursor: cursor)
  }

  init(scalars: [Unicode.Scalar], cursor: Int? = nil) {
    self.scalars = scalars
    self.cursor = min(cursor ?? scalars.count, scalars.count)
  }

  /// The whole text.
  public var text: String { EditedText.string(scalars[...]) }
  /// What stands before the cursor.
  public var beforeCursor: String { EditedText.string(scalars[..<cursor]) }
  /// What stands after the cursor.
  public var afterCursor: String { EditedText.string(scalars[cursor...]) }
  /// What stands before the cursor on its line.
  public var lineBeforeCursor: String { EditedText.string(scalars[lineStart..<cursor]) }

  private static func string(_ scalars: ArraySlice<Unicode.Scalar>) -> String {
    var text = String.UnicodeScalarView()
    text.append(contentsOf: scalars)
    return String(text)
  }

  // MARK: Lines

  /// Where the cursor's line begins.
  var lineStart: Int {
    scalars[..<cursor].lastIndex(of: "\n").map { $0 + 1 } ?? 0
  }

  /// Where the text of the cursor's line begins, after its indentation.
  var lineTextStart: Int {
    scalars[lineStart..<lineEnd].firstIndex { $0 != " " && $0 != "\t" } ?? lineStart
  }

  /// Where the cursor's line ends.
  var lineEnd: Int { scalars[cursor...].firstIndex(of: "\n") ?? scalars.count }

  /// Where that ends which is deleted from the cursor to the end of its line: the end of a line goes when
  /// nothing else is left of it.
  var killEnd: Int { cursor == lineEnd ? min(lineEnd + 1, scalars.count) : lineEnd }

  /// The text with the cursor on the line above, in the same column as far as that line goes; nil on
  /// the first line.
  func lineUp() -> EditedText? {
    guard lineStart > 0 else { return nil }
    let above = EditedText(scalars: scalars, cursor: lineStart - 1)
    let column = min(cursor - lineStart, above.lineEnd - above.lineStart)
    return EditedText(scalars: scalars, cursor: above.lineStart + column)
  }

  /// The text with the cursor on the line below; nil on the last line.
  func lineDown() -> EditedText? {
    guard lineEnd < scalars.count else { return nil }
    let below = EditedText(scalars: scalars, cursor: lineEnd + 1)
    let column = min(cursor - lineStart, below.lineEnd - below.lineStart)
    return EditedText(scalars: scalars, cursor: below.lineStart + column)
  }

  /// A text with the cursor at the end of its first line: where it is when history is gone through
  /// upwards, so that the next Up goes on.
  static func atEndOfFirstLine(_ text: String) -> EditedText {
    let scalars = Array(text.unicodeScalars)
    return EditedText(scalars: scalars, cursor: scalars.firstIndex(of: "\n"))
  }
}
