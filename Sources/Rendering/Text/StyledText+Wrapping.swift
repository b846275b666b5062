extension StyledText {
  /// The text with its lines broken at blanks where they are longer than a window is wide; what
  /// follows a break stands a little further in than the line. Longer words are cut.
  func wrapped(columns: Int) -> StyledText {
    guard plain.split(separator: "\n").contains(where: { DisplayWidth.of(String($0)) > columns })
    else { return self }
    var wrapping = Wrapping(columns: max(columns, StyledText.narrowest))
    for piece in pieces { for character in piece.text { wrapping.add(character, piece.style) } }
    return wrapping.finished()
  }

  /// Narrower windows hold nothing.
  private static let narrowest = 10

  /// Lines while they are filled, character by character.
  private struct Wrapping {
    private typealias Cell = (character: Character, style: Style)

    private let columns: Int
    private var text = StyledText()
    /// The columns that the present line has.
    private var width = 0
    /// How far in the present line of the original begins; nil until something stands in it.
    private var indentation: Int?
    /// Blanks that are written when a word follows on the same line.
    private var blanks: [Cell] = []
    private var word: [Cell] = []
    private var wordWidth = 0

    init(columns: Int) { self.columns = columns }

    mutating func add(_ character: Character, _ style: Style) {
      if character == "\n" {
        endWord()
        text.append("\n", style)
        (width, indentation, blanks) = (0, nil, [])
      } else if character == " " {
        endWord()
        blanks.append((character, style))
      } else {
        let size = DisplayWidth.of(character)
        if wordWidth + size > columns - continuation { endWord() }
        word.append((character, style))
        wordWidth += size
      }
    }

    mutating func finished() -> StyledText {
      endWord()
      return text
    }

    /// How far in a line goes on.
    private var continuation: Int { min((indentation ?? blanks.count) + 2, columns / 2) }

    private mutating func endWord() {
      guard !word.isEmpty else { return }
      let isFirst = indentation == nil
      if isFirst { indentation = blanks.count }
      if !isFirst, width + blanks.count + wordWidth > columns {
        text.append("\n" + String(repeating: " ", count: continuation))
        width = continuation
      } else {
        for blank in blanks { text.append(String(blank.character), blank.style) }
        width += blanks.count
      }
      for cell in word { text.append(String(cell.character), cell.style) }
      width += wordWidth
      (blanks, word, wordWidth) = ([], [], 0)
    }
  }
}
