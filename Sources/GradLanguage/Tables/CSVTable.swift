/// Named columns of numbers, all of one length, as they came from a CSV file.
struct CSVTable: Hashable, Sendable {
  /// A name for each column: different from each other, each an identifier of the language.
  var columnNames: [String]
  /// The numbers of each column, NaN where a cell was empty.
  var columns: [[Double]]
  /// The names of columns that hold text and no number: they are left out.
  var textNames: [String] = []
  /// Whether a name of a column that was not left out would be a number in another row.
  var hasNumbersAsNames = false
  /// How many cells were empty or said that nothing is known: `NA`, `NaN`, `null` and the like.
  var emptyCells = 0

  /// The number of rows, the header not counted.
  var rowCount: Int { columns.first?.count ?? 0 }
}
