import Autograd

/// Writes numbers as CSV in UTF-8, which `CSVReader` reads back to the same numbers.
///
/// Separated by commas, lines end with LF, the last one too. Numbers have the shortest text that reads
/// back to the same double; NaN is `nan`, infinities are `inf` and `-inf`. Writing that is stopped leaves
/// a text that is not to be used.
enum CSVWriter {
  /// Columns of one length under their names; nothing where there are no columns.
  ///
  /// Names are quoted where RFC 4180 asks for it and where a reader might be misled: at `,`, `;`, `"`,
  /// tabs and line ends, at blanks around them, at a leading `#` and when they are empty. Where all of
  /// them are numbers, such as `inf`, a reader takes them for the first row.
  static func text(columns: [(name: String, numbers: [Double])]) -> [UInt8] {
    guard let rows = columns.first?.numbers.count else { return [] }
    precondition(columns.allSatisfy { $0.numbers.count == rows }, "columns differ in length")
    var bytes: [UInt8] = []
    bytes.reserveCapacity((rows + 1) * columns.count * usualLength)
    append(columns.map(\.name), to: &bytes, by: append)
    let shouldStop = LongWork.shouldStop ?? { false }
    for row in 0..<rows {
      if row % Machine.interval == Machine.interval - 1, shouldStop() { break }
      append(columns.lazy.map { $0.numbers[row] }, to: &bytes, by: append)
    }
    return bytes
  }

  /// A matrix row by row, without names: the first row's numbers first.
  static func text(rows: Int, columns: Int, numbers: [Double]) -> [UInt8] {
    precondition(numbers.count == rows * columns, "the shape does not fit the numbers")
    guard columns > 0 else { return [] }
    var bytes: [UInt8] = []
    bytes.reserveCapacity(numbers.count * usualLength)
    let shouldStop = LongWork.shouldStop ?? { false }
    for row in 0..<rows {
      if row % Machine.interval == Machine.interval - 1, shouldStop() { break }
      append(numbers[row * columns..<(row + 1) * columns], to: &bytes, by: append)
    }
    return bytes
  }

  /// How many bytes a number usually takes, its comma included.
  private static let usualLength = 20
  private static let quote = UInt8(ascii: "\"")

  /// Appends a line whose cells are written by `write`.
  private static func append<Cells: Sequence>(
    _ cells: Cells, to bytes: inout [UInt8], by write: (Cells.Element, inout [UInt8]) -> Void
  ) {
    for (index, cell) in cells.enumerated() {
      if index > 0 { bytes.append(UInt8(ascii: ",")) }
      write(cell, &bytes)
    }
    bytes.append(UInt8(ascii: "\n"))
  }

  private static func append(_ number: Double, to bytes: inout [UInt8]) {
    bytes += (number.isNaN ? "nan" : NumberFormat.shortest.text(number)).utf8
  }

  private static func append(_ name: String, to bytes: inout [UInt8]) {
    guard needsQuotes(name) else {
      bytes += name.utf8
      return
    }
    bytes.append(quote)
    for byte in name.utf8 {
      bytes.append(byte)
      if byte == quote { bytes.append(quote) }
    }
    bytes.append(quote)
  }

  private static func needsQuotes(_ name: String) -> Bool {
    let (name, space) = (name.utf8, UInt8(ascii: " "))
    return name.isEmpty || name.first == UInt8(ascii: "#") || name.first == space
      || name.last == space || name.contains { ",;\"\t\n\r".utf8.contains($0) }
  }
}
