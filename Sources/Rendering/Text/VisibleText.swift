/// Foreign text made safe to show: what would move the cursor, change colours or reorder the line
/// is written so that it can be seen.
enum VisibleText {
  /// A character as it is shown.
  struct Cell {
    let text: String
    /// How many columns it takes.
    let width: Int
  }

  /// The text on one line, the middle of a very long one left out.
  static func line(_ text: String) -> String {
    if text.utf8.count <= longest, text.utf8.allSatisfy({ $0 >= 0x20 && $0 < 0x7F }) { return text }
    guard text.utf8.count > longest else { return text.map { shown($0) }.joined() }
    // By scalars: a character may have millions of them.
    let (head, tail) = (
      text.unicodeScalars.prefix(longest * 2 / 3), text.unicodeScalars.suffix(longest / 3)
    )
    return (String(head) + "…" + String(tail)).map { shown($0) }.joined()
  }

  /// The characters of a line of source from `column` on, tabs expanded to stops of four columns.
  static func cells(_ text: String, from column: Int) -> [Cell] {
    var column = column
    return text.map { character in
      let cell: Cell
      if character == "\t" {
        let width = tabWidth - column % tabWidth
        cell = Cell(text: String(repeating: " ", count: width), width: width)
      } else {
        let text = shown(character)
        cell = Cell(text: text, width: DisplayWidth.of(text))
      }
      column += cell.width
      return cell
    }
  }

  private static let tabWidth = 4
  /// Longer messages are shortened: a name may be as long as its file.
  private static let longest = 900

  /// The character, or what stands for it.
  private static func shown(_ character: Character) -> String {
    if character.unicodeScalars.allSatisfy({ isSafe($0) }) { return String(character) }
    return character.unicodeScalars.map { scalar in
      isSafe(scalar) ? String(scalar) : replacement(scalar)
    }.joined()
  }

  private static func isSafe(_ scalar: UnicodeScalar) -> Bool {
    if scalar.value < 0x7F { return scalar.value >= 0x20 }
    switch scalar.properties.generalCategory {
    case .control, .lineSeparator, .paragraphSeparator, .privateUse, .surrogate: return false
    // A joiner belongs to the emoji around it.
    case .format: return scalar == "\u{200D}" || scalar == "\u{200C}"
    case _: return true
    }
  }

  /// `␀`…`␡` for the control characters of ASCII, `\u{202E}` for others.
  private static func replacement(_ scalar: UnicodeScalar) -> String {
    let picture = scalar.value < 0x20 ? 0x2400 + scalar.value : scalar.value == 0x7F ? 0x2421 : 0
    if picture != 0, let shown = UnicodeScalar(picture) { return String(shown) }
    return "\\u{\(String(scalar.value, radix: 16, uppercase: true))}"
  }
}
