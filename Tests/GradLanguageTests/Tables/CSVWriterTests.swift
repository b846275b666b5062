import TestSupport
import Testing

@testable import GradLanguage

@Suite struct CSVWriterTests {
  private static func text(_ bytes: [UInt8]) -> String { String(decoding: bytes, as: UTF8.self) }

  @Test func columns() {
    let bytes = CSVWriter.text(columns: [("x", [1, 2.5]), ("y", [-3, 1e21])])
    #expect(CSVWriterTests.text(bytes) == "x,y\n1,-3\n2.5,1e21\n")
  }

  @Test func matrix() {
    let bytes = CSVWriter.text(rows: 2, columns: 3, numbers: [1, 2, 3, 4, 5, 6])
    #expect(CSVWriterTests.text(bytes) == "1,2,3\n4,5,6\n")
    #expect(CSVWriterTests.text(CSVWriter.text(rows: 2, columns: 1, numbers: [1, 2])) == "1\n2\n")
  }

  @Test func nothing() {
    #expect(CSVWriter.text(columns: []).isEmpty)
    #expect(CSVWriter.text(rows: 0, columns: 3, numbers: []).isEmpty)
    #expect(CSVWriter.text(rows: 3, columns: 0, numbers: []).isEmpty)
    #expect(CSVWriterTests.text(CSVWriter.text(columns: [("x", []), ("y", [])])) == "x,y\n")
  }

  @Test(
    arguments: [
      (0, "0"), (-0.0, "-0"), (1, "1"), (0.1, "0.1"), (0.1 + 0.2, "0.30000000000000004"),
      (1.0 / 3, "0.3333333333333333"), (100, "100"), (1e16, "1e16"), (1.5e-7, "1.5e-7"),
      (.leastNonzeroMagnitude, "5e-324"), (.nan, "nan"), (.infinity, "inf"), (-.infinity, "-inf"),
    ] as [(Double, String)])
  func number(number: Double, expected: String) {
    #expect(
      CSVWriterTests.text(CSVWriter.text(rows: 1, columns: 1, numbers: [number])) == expected + "\n"
    )
  }

  @Test(arguments: [
    ("x", "x"), ("Größe", "Größe"), ("a b", "a b"), ("a#", "a#"), ("", "\"\""), ("a,b", "\"a,b\""),
    ("a;b", "\"a;b\""), ("a\tb", "\"a\tb\""), ("a\nb", "\"a\nb\""), ("a\rb", "\"a\rb\""),
    ("a\r\nb", "\"a\r\nb\""), ("a\"b", "\"a\"\"b\""), ("\"\u{301}", "\"\"\"\u{301}\""),
    ("#a", "\"#a\""), (" a", "\" a\""), ("a ", "\"a \""),
  ])
  func name(name: String, expected: String) {
    #expect(CSVWriterTests.text(CSVWriter.text(columns: [(name, [])])) == expected + "\n")
    let bytes = CSVWriter.text(columns: [(name, [1]), ("y", [2])])
    #expect((try? CSVReader.parse(bytes))?.columns == [[1], [2]])
  }

  /// What is written is read back to the last bit.
  @Test func readsBack() throws {
    var generator = RandomGenerator(seed: 7)
    let numbers = (0..<3_000).map { _ in Double(bitPattern: generator.next()) }
    let special = [
      0, -0.0, .nan, .infinity, -.infinity, .leastNonzeroMagnitude, .greatestFiniteMagnitude,
    ]
    let column = numbers + special
    let named = try CSVReader.parse(CSVWriter.text(columns: [("x", column), ("y z", column)]))
    #expect(named.columnNames == ["x", "y_z"])
    for back in named.columns {
      #expect(back.count == column.count)
      for (a, b) in zip(back, column) { expectSame(a, b) }
    }
    let rows = column.count
    let matrix = try CSVReader.parse(CSVWriter.text(rows: rows, columns: 1, numbers: column))
    #expect(matrix.columnNames == ["c1"] && matrix.rowCount == rows)
    for (a, b) in zip(matrix.columns[0], column) { expectSame(a, b) }
  }
}
