/// Walks over the bytes of a CSV file, row by row and cell by cell, and counts lines.
///
/// The bytes hold no NUL: 0 stands for the end of the file. Lines end with LF, CR LF or CR.
struct CSVScanner {
  private let bytes: UnsafeBufferPointer<UInt8>
  private var position = 0
  /// The number of the present line, from 1.
  private(set) var line = 1
  /// What stands between two cells.
  private(set) var separator = UInt8(ascii: ",")

  private static let lineFeed = UInt8(ascii: "\n")
  private static let carriageReturn = UInt8(ascii: "\r")
  private static let quote = UInt8(ascii: "\"")
  private static let space = UInt8(ascii: " ")
  private static let tab = UInt8(ascii: "\t")

  /// The scanner at the beginning of a file, behind a byte-order mark.
  init(_ bytes: UnsafeBufferPointer<UInt8>) {
    self.bytes = bytes
    if bytes.starts(with: [0xEF, 0xBB, 0xBF]) { position = 3 }
  }

  // MARK: Moving

  @inline(__always)
  private var byte: UInt8 { position < bytes.count ? bytes[position] : 0 }

  @inline(__always)
  private func isBlank(_ byte: UInt8) -> Bool {
    byte == CSVScanner.space || byte == CSVScanner.tab && separator != CSVScanner.tab
  }

  @inline(__always)
  private func isLineEnd(_ byte: UInt8) -> Bool {
    byte == CSVScanner.lineFeed || byte == CSVScanner.carriageReturn || byte == 0
  }

  @inline(__always)
  private var isAtCellEnd: Bool { byte == separator || isLineEnd(byte) }

  @inline(__always)
  private mutating func skipBlanks() {
    while isBlank(byte) { position &+= 1 }
  }

  /// Moves over a line's end, if one is here.
  @inline(__always)
  private mutating func skipLineEnd() {
    let first = byte
    guard first == CSVScanner.lineFeed || first == CSVScanner.carriageReturn else { return }
    position &+= 1
    if first == CSVScanner.carriageReturn, byte == CSVScanner.lineFeed { position &+= 1 }
    line &+= 1
  }

  // MARK: Rows

  /// Moves to the beginning of the next row, over blank lines and lines that begin with `#`; false at
  /// the end of the file.
  @inline(__always)
  mutating func startRow() -> Bool {
    while true {
      let start = position
      skipBlanks()
      if byte == UInt8(ascii: "#") {
        while !isLineEnd(byte) { position &+= 1 }
      } else if !isLineEnd(byte) {
        position = start
        return true
      } else if byte == 0 {
        return false
      }
      skipLineEnd()
    }
  }

  /// Moves over a separator to the next cell; at the row's end over that, and returns false.
  @inline(__always)
  mutating func startNextCell() -> Bool {
    if byte == separator {
      position &+= 1
      return true
    }
    skipLineEnd()
    return false
  }

  // MARK: Cells

  /// Takes a cell that is a decimal number without quotes; nil, and no move, where it is not.
  @inline(__always)
  mutating func takeNumber() -> Double? {
    let start = position
    skipBlanks()
    if let (number, end) = DecimalReader.read(bytes, from: position) {
      position = end
      skipBlanks()
      if isAtCellEnd { return number }
    }
    position = start
    return nil
  }

  /// Takes any cell. A quote that is not the first of the cell, and text behind the closing quote, are
  /// part of the text.
  mutating func takeCell(column: Int) throws(CSVError) -> CSVCell {
    skipBlanks()
    let (start, line) = (position, line)
    if byte == CSVScanner.quote {
      try skipQuotes(column: column)
      let inside = start + 1..<position - 1
      skipBlanks()
      if isAtCellEnd {
        return CSVCell(bytes, trimmed(inside), line: line, column: column, isQuoted: true)
      }
    }
    while !isAtCellEnd { position += 1 }
    return CSVCell(bytes, trimmed(start..<position), line: line, column: column, isQuoted: false)
  }

  /// Moves behind the quote that closes the one here; doubled quotes and line ends are inside.
  private mutating func skipQuotes(column: Int) throws(CSVError) {
    let (start, startLine) = (position, line)
    position += 1
    while true {
      switch byte {
      case CSVScanner.quote:
        position += 1
        guard byte == CSVScanner.quote else { return }
        position += 1
      case CSVScanner.lineFeed, CSVScanner.carriageReturn: skipLineEnd()
      case 0:
        let cell = CSVCell(
          bytes, start..<position, line: startLine, column: column, isQuoted: false)
        throw .unclosedQuote(line: startLine, column: column, text: cell.shortText)
      case _: position += 1
      }
    }
  }

  private func trimmed(_ range: Range<Int>) -> Range<Int> {
    var (start, end) = (range.lowerBound, range.upperBound)
    while start < end, isBlank(bytes[start]) { start += 1 }
    while end > start, isBlank(bytes[end - 1]) { end -= 1 }
    return start..<end
  }

  // MARK: Separators

  /// Chooses the separator by the row that begins here, quoted cells not looked into: `;` where there
  /// is one; else the tab where one stands between two cells and not beside a comma, where it is a
  /// blank; else the comma.
  mutating func detectSeparator() {
    var (scanner, seen) = (self, SeparatorsSeen())
    scanner.separator = 0
    while !scanner.isLineEnd(scanner.byte) {
      let byte = scanner.byte
      if byte == CSVScanner.quote, seen.isAtCellStart {
        // Where it has no end, reading the cell says so.
        guard (try? scanner.skipQuotes(column: 1)) != nil else { break }
      } else {
        scanner.position += 1
      }
      seen.add(byte)
    }
    separator = seen.choice
  }

  /// What stood outside quotes in the first row.
  private struct SeparatorsSeen {
    private var semicolon = false
    private var comma = false
    private var tab = false
    private var tabBetweenCells = false
    /// The last byte that was not blank, 0 at the beginning.
    private var previous: UInt8 = 0
    private var tabSincePrevious = false

    var isAtCellStart: Bool {
      tabSincePrevious || previous == 0 || previous == UInt8(ascii: ",")
        || previous == UInt8(ascii: ";")
    }

    var choice: UInt8 {
      if semicolon { return UInt8(ascii: ";") }
      return tabBetweenCells || tab && !comma ? CSVScanner.tab : UInt8(ascii: ",")
    }

    mutating func add(_ byte: UInt8) {
      if byte == CSVScanner.tab { (tab, tabSincePrevious) = (true, true) }
      if byte == CSVScanner.tab || byte == CSVScanner.space { return }
      let isComma = byte == UInt8(ascii: ",")
      if isComma { comma = true }
      if byte == UInt8(ascii: ";") { semicolon = true }
      if tabSincePrevious, previous != 0, previous != UInt8(ascii: ","), !isComma {
        tabBetweenCells = true
      }
      (previous, tabSincePrevious) = (byte, false)
    }
  }
}
