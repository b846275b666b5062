/// Why a CSV file was not read; the first mistake of the file ends the reading.
///
/// Lines are those of the file, counted from 1, comments, blank lines and the header included; a row
/// that goes over several lines is where it begins. Columns are counted from 1. Texts have at most 40
/// characters and may hold control characters.
enum CSVError: Error, Hashable, Sendable {
  /// There are no numbers: nothing, or nothing but comments, blank lines and a header.
  case noRows
  /// A NUL byte: a picture, an archive, a spreadsheet, or text in UTF-16.
  case binaryData(line: Int)
  /// A cell that is not UTF-8; the text has U+FFFD for what is wrong.
  case invalidUTF8(line: Int, column: Int, text: String)
  /// A cell whose quote has no other end; the line is that of the quote.
  case unclosedQuote(line: Int, column: Int, text: String)
  /// A first row with more cells than a table may have columns.
  case tooManyColumns(line: Int, limit: Int)
  /// A row with fewer cells than the first row of the file.
  case tooFewCells(line: Int, expected: Int, found: Int)
  /// A row with more cells than the first row of the file.
  case tooManyCells(line: Int, expected: Int, found: Int)
  /// A cell that is neither a number nor empty.
  case notANumber(line: Int, column: Int, name: String, text: String)
  /// A number such as `1,5` in a file whose separator is not the comma.
  case decimalComma(line: Int, column: Int, name: String, text: String)
}
