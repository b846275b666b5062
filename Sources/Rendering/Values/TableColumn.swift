/// A cell of a table.
struct TableCell {
  let text: String
  /// Whether it is aligned with the column's other numbers at the decimal point.
  let isNumber: Bool
  /// Whether it carries the mark of something computed from data that has changed since.
  let isStale: Bool

  /// Words, aligned on the left.
  init(_ text: String = "", isStale: Bool = false) {
    self.text = text
    isNumber = false
    self.isStale = isStale
  }

  /// A number.
  init(number: String, isStale: Bool = false) {
    text = number
    isNumber = true
    self.isStale = isStale
  }

  /// The columns of ` stale`.
  fileprivate static let markWidth = 6

  private var pointIndex: String.Index {
    text.firstIndex { $0 == "." || $0 == "e" } ?? text.endIndex
  }

  /// The cell as it is shown.
  func styled(_ style: StyledText.Style) -> StyledText {
    var result = StyledText(text, isStale ? .stale : style)
    result.appendStale(isStale)
    return result
  }

  /// The columns that the cell takes without its mark.
  fileprivate var width: Int { DisplayWidth.of(text) }

  /// The columns before the decimal point.
  fileprivate var widthBeforePoint: Int { text[..<pointIndex].count }
}

/// A column of a table: numbers stand with their decimal points below each other.
struct TableColumn {
  private let header: String
  private let style: StyledText.Style
  private let cells: [TableCell]

  /// The columns that numbers take before their point, and in all.
  private let numbersBefore: Int
  private let numbersWidth: Int
  private let hasWords: Bool
  /// The columns of the header and the cells without their marks.
  private let contentWidth: Int
  let width: Int

  init(_ header: String, _ cells: [TableCell], _ style: StyledText.Style = .plain) {
    self.header = header
    self.style = style
    self.cells = cells
    let numbers = cells.filter(\.isNumber)
    numbersBefore = numbers.map(\.widthBeforePoint).max() ?? 0
    numbersWidth = numbersBefore + (numbers.map { $0.width - $0.widthBeforePoint }.max() ?? 0)
    let words = cells.filter { !$0.isNumber }.map(\.width).max() ?? 0
    hasWords = words > 0
    contentWidth = max(header.count, numbersWidth, words)
    width = contentWidth + (cells.contains(where: \.isStale) ? TableCell.markWidth : 0)
  }

  /// Whether nothing stands in the column.
  var isEmpty: Bool { cells.allSatisfy(\.text.isEmpty) }

  /// The header and how many blanks precede it: above numbers alone it stands on the right.
  var headerCell: (indentation: Int, text: StyledText) {
    (hasWords || numbersWidth == 0 ? 0 : contentWidth - header.count, StyledText(header))
  }

  /// A cell and how many blanks precede it.
  func cell(_ row: Int) -> (indentation: Int, text: StyledText) {
    let cell = cells[row]
    let text = cell.styled(style)
    guard cell.isNumber else { return (0, text) }
    let block = hasWords ? 0 : contentWidth - numbersWidth
    return (block + numbersBefore - cell.widthBeforePoint, text)
  }
}
