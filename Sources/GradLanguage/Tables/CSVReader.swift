import Autograd

#if canImport(Glibc)
  import Glibc
#elseif canImport(Musl)
  import Musl
#elseif canImport(Darwin)
  import Darwin
#endif

/// Reads CSV files of numbers.
///
/// The form is RFC 4180's, in UTF-8, with or without a byte-order mark, and more is understood:
///
/// - Cells are separated by `,`, `;` or the tab; the first row decides (`CSVScanner`).
/// - Cells may be quoted: `""` is a quote there, and separators and line ends are text.
/// - Blanks around cells do not count; blank lines and lines that begin with `#` are passed over.
/// - The first row names the columns (`ColumnNames`) when one of its cells is neither empty nor a
///   number; without names the columns are `c1`, `c2`, ….
/// - Empty cells, `NA`, `N/A`, `NaN`, `-nan`, `null` and the like (`CSVCell`) are NaN, and counted.
/// - A column that holds text and no number is left out; one that holds both is a mistake.
/// - Numbers are decimal, with a point, and are read exactly as C's `strtod` reads them; infinities
///   too.
struct CSVReader {
  private var scanner: CSVScanner
  private var table: CSVTable
  /// The line of the present row, from 1.
  private var rowLine = 1
  /// What would be wrong with each column of text if a number stood in it: its first text.
  private var texts: [Int: CSVError] = [:]
  /// The columns whose names would be numbers in another row.
  private var numbersAsNames: Set<Int> = []

  /// The table in a file's bytes.
  ///
  /// Time is linear, memory is 8 bytes a cell. Throws the first thing that is wrong, which `CSVError`
  /// lists.
  static func parse(_ bytes: [UInt8]) throws(CSVError) -> CSVTable {
    try bytes.withUnsafeBufferPointer { (file) throws(CSVError) in
      try refuseBinaryData(file)
      var reader = try CSVReader(file)
      try reader.readRows()
      return reader.table
    }
  }

  private static func refuseBinaryData(_ file: UnsafeBufferPointer<UInt8>) throws(CSVError) {
    guard let start = file.baseAddress, let found = memchr(start, 0, file.count) else { return }
    let before = file[..<(UnsafeRawPointer(found) - UnsafeRawPointer(start))]
    throw .binaryData(line: 1 + before.count { $0 == UInt8(ascii: "\n") })
  }

  // MARK: Columns

  /// How many columns a table may have: a file without line ends must not exhaust the memory.
  static let columnLimit = 1_000_000

  /// Reads the names of the columns, or makes them where the first row has numbers, and stands before
  /// the first row of numbers.
  private init(_ file: UnsafeBufferPointer<UInt8>) throws(CSVError) {
    scanner = CSVScanner(file)
    guard scanner.startRow() else { throw .noRows }
    scanner.detectSeparator()
    var rest = scanner
    let cells = try CSVReader.takeFirstRow(&rest)
    let names = try CSVReader.names(in: cells, separator: scanner.separator)
    if names != nil {
      scanner = rest
      numbersAsNames = Set(cells.indices.filter { cells[$0].number != nil })
    }
    table = CSVTable(
      columnNames: names ?? cells.indices.map(ColumnNames.numbered),
      columns: Array(repeating: [], count: cells.count))
    reserve(file)
  }

  private static func takeFirstRow(_ scanner: inout CSVScanner) throws(CSVError) -> [CSVCell] {
    let line = scanner.line
    var cells: [CSVCell] = []
    repeat {
      guard cells.count < columnLimit else {
        throw .tooManyColumns(line: line, limit: columnLimit)
      }
      cells.append(try scanner.takeCell(column: cells.count + 1))
    } while scanner.startNextCell()
    return cells
  }

  /// The names of the columns in the cells of the first row, or nil where it is a row of numbers.
  private static func names(
    in cells: [CSVCell], separator: UInt8
  ) throws(CSVError) -> [String]? {
    guard cells.contains(where: { !isData($0, separator) }) else { return nil }
    var texts: [String] = []
    for cell in cells { texts.append(try cell.text()) }
    return ColumnNames.identifiers(for: texts)
  }

  /// Whether a cell of the first row is no name; a number with a comma is none, but a mistake.
  private static func isData(_ cell: CSVCell, _ separator: UInt8) -> Bool {
    cell.isEmpty || cell.number != nil || separator != UInt8(ascii: ",") && cell.hasDecimalComma
  }

  /// Makes room for as many rows as there are lines, so that no column grows by copying; not for more
  /// than fit into the file with two bytes a cell.
  private mutating func reserve(_ file: UnsafeBufferPointer<UInt8>) {
    var lines = 1
    for byte in file where byte == UInt8(ascii: "\n") { lines &+= 1 }
    let rows = min(lines, file.count / (2 * table.columns.count) + 1)
    for index in table.columns.indices { table.columns[index].reserveCapacity(rows) }
  }

  // MARK: Rows

  private mutating func readRows() throws(CSVError) {
    let shouldStop = LongWork.shouldStop
    var rows = 0
    while scanner.startRow() {
      try readRow()
      rows &+= 1
      if rows & 0xFFFF == 0, let shouldStop, shouldStop() { return }
    }
    if table.rowCount == 0 { throw .noRows }
    try leaveTextsOut()
  }

  private mutating func leaveTextsOut() throws(CSVError) {
    guard !texts.isEmpty else { return }
    if texts.count == table.columns.count, let mistake = texts[0] { throw mistake }
    let kept = table.columns.indices.filter { texts[$0] == nil }
    table.hasNumbersAsNames = !numbersAsNames.isDisjoint(with: kept)
    table.textNames = texts.keys.sorted().map { table.columnNames[$0] }
    table.columnNames = kept.map { table.columnNames[$0] }
    table.columns = kept.map { table.columns[$0] }
  }

  @inline(__always)
  private mutating func readRow() throws(CSVError) {
    let count = table.columns.count
    rowLine = scanner.line
    var index = 0
    repeat {
      if index == count { throw try tooManyCells() }
      if let number = scanner.takeNumber() {
        if !texts.isEmpty, let mistake = texts[index] { throw mistake }
        table.columns[index].append(number)
      } else {
        table.columns[index].append(try otherNumber(index))
      }
      index &+= 1
    } while scanner.startNextCell()
    if index < count { throw .tooFewCells(line: rowLine, expected: count, found: index) }
  }

  /// The number of a cell that is quoted, empty, infinite, text or wrong.
  @inline(never)
  private mutating func otherNumber(_ index: Int) throws(CSVError) -> Double {
    let cell = try scanner.takeCell(column: index + 1)
    if cell.isEmpty {
      if texts[index] == nil { table.emptyCells += 1 }
      return .nan
    }
    if let number = cell.number {
      if let mistake = texts[index] { throw mistake }
      return number
    }
    let mistake = try mistake(in: cell)
    guard texts[index] == nil else { return .nan }
    guard case .notANumber = mistake, !cell.hasDecimalComma,
      table.columns[index].allSatisfy(\.isNaN)
    else { throw mistake }
    table.emptyCells -= table.columns[index].count
    texts[index] = mistake
    return .nan
  }

  // MARK: Mistakes

  /// What is wrong with a cell that is no number.
  private func mistake(in cell: CSVCell) throws(CSVError) -> CSVError {
    _ = try cell.text()
    let (name, text) = (table.columnNames[cell.column - 1], cell.shortText)
    if scanner.separator != UInt8(ascii: ","), cell.hasDecimalComma {
      return .decimalComma(line: cell.line, column: cell.column, name: name, text: text)
    }
    return .notANumber(line: cell.line, column: cell.column, name: name, text: text)
  }

  /// Counts the cells of a row that goes on behind its last column.
  private mutating func tooManyCells() throws(CSVError) -> CSVError {
    var found = table.columns.count
    repeat {
      found += 1
      _ = try scanner.takeCell(column: found)
    } while scanner.startNextCell()
    return .tooManyCells(line: rowLine, expected: table.columns.count, found: found)
  }
}
