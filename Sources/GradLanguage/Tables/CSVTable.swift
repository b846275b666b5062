/// Named columns of numbers, all of one length, as they came from a CSV file.
struct CSVTable: Hashable, Sendable {
  /// A name for each column: different from each other, each an identifier of the language.
  let columnNames: [String]
  /// The numbers of each column, NaN where a cell was empty.
  var columns: [[Double]]
  /// How many cells were empty or said that nothing is known: `NA`, `NaN`, `nan`, `null`.
  var emptyCells = 0

  /// The number of rows, the header not counted.
  var rowCount: Int { columns.first?.count ?? 0 }
}
