import TestSupport
import Testing

@testable import GradLanguage

@Suite struct CSVReaderTests {
  /// Names, then the numbers of each column; or the mistake.
  private static func summary(_ bytes: [UInt8]) -> String {
    do throws(CSVError) {
      let table = try CSVReader.parse(bytes)
      return table.columnNames.joined(separator: " ") + "|"
        + table.columns.map { $0.map { "\($0)" }.joined(separator: " ") }.joined(separator: "|")
    } catch {
      return "\(error)"
    }
  }

  private static func mistake(_ bytes: [UInt8]) -> CSVError? {
    do throws(CSVError) {
      _ = try CSVReader.parse(bytes)
      return nil
    } catch {
      return error
    }
  }

  // MARK: Form

  @Test(arguments: [
    ("x,y\n1,2\n3,4\n", "x y|1.0 3.0|2.0 4.0"),
    ("x,y\n1,2\n3,4", "x y|1.0 3.0|2.0 4.0"),
    ("x,y\r\n1,2\r\n3,4\r\n", "x y|1.0 3.0|2.0 4.0"),
    ("x,y\r1,2\r3,4\r", "x y|1.0 3.0|2.0 4.0"),
    ("x\r\n1\n2\r3\r\n", "x|1.0 2.0 3.0"),
    ("\u{FEFF}x,y\n1,2", "x y|1.0|2.0"),
    ("\u{FEFF}1,2", "c1 c2|1.0|2.0"),
    ("\u{FEFF}\"x\",y\n1,2", "x y|1.0|2.0"),
    (" x ,\ty \n  1\t, 2 \n", "x y|1.0|2.0"),
    ("x\n\n1\n  \n\t\n2\n\n\n", "x|1.0 2.0"),
    ("\n \n\t\nx\n1", "x|1.0"),
    ("# made by hand\n#\nx,y\n# 5,6\n1,2\n  # more\n#", "x y|1.0|2.0"),
    ("x\n\"\"\n1", "x|nan 1.0"),
    ("5", "c1|5.0"),
  ])
  func form(text: String, expected: String) {
    #expect(CSVReaderTests.summary(Array(text.utf8)) == expected)
  }

  @Test(arguments: [
    ("\"x\",\"y\"\n\"1\",\" 2 \"\n", "x y|1.0|2.0"),
    (" \"x\" , \"y\"\t\n 1 , \"2\" ", "x y|1.0|2.0"),
    ("\"a,b\",\"c;d\"\n1,2", "a_b c_d|1.0|2.0"),
    ("\"a\nb\",\"c\r\nd\"\n1,2", "a_b c_d|1.0|2.0"),
    ("\"a\"\"b\"\"\",y\n1,2", "a_b y|1.0|2.0"),
    ("\"#x\"\n1", "x|1.0"),
    ("\"a\"b,y\n1,2", "a_b y|1.0|2.0"),
    ("len 5\",y\n1,2", "len_5 y|1.0|2.0"),
    ("x\n\"1\n\"", "notANumber(line: 2, column: 1, name: \"x\", text: \"1\\n\")"),
    ("x\n\"1\"2", "notANumber(line: 2, column: 1, name: \"x\", text: \"\\\"1\\\"2\")"),
    ("x\n\"1\"\"\"", "notANumber(line: 2, column: 1, name: \"x\", text: \"1\\\"\")"),
  ])
  func quotes(text: String, expected: String) {
    #expect(CSVReaderTests.summary(Array(text.utf8)) == expected)
  }

  @Test(arguments: [
    ("x;y\n1;2", "x y|1.0|2.0"),
    ("x\ty\n1\t2", "x y|1.0|2.0"),
    ("x, in m;y, in s;z\n1;2;3", "x_in_m y_in_s z|1.0|2.0|3.0"),
    ("x, in m\ty, in s, or so\n1\t2", "x_in_m y_in_s_or_so|1.0|2.0"),
    ("a,\tb\t,c\n1,\t2\t,3", "a b c|1.0|2.0|3.0"),
    ("\ta,b\n1,2", "a b|1.0|2.0"),
    ("\"a;b\",\"c\td\"\n1,2", "a_b c_d|1.0|2.0"),
    ("a,\"b\"\";\"\n1,2", "a b|1.0|2.0"),
    ("a, \"b;\"\n1,2", "a b|1.0|2.0"),
    ("x\t\"a;b\"\n1\t2", "x a_b|1.0|2.0"),
    ("len 5\";y\n1;2", "len_5 y|1.0|2.0"),
    ("\tx\n1\t2", "c1 x|1.0|2.0"),
    ("x\t\ty\n1\t\t2", "x c2 y|1.0|nan|2.0"),
    ("x\ty\n\t\n 1 \t 2 ", "x y|nan 1.0|nan 2.0"),
    ("1;2\n3;4", "c1 c2|1.0 3.0|2.0 4.0"),
  ])
  func separators(text: String, expected: String) {
    #expect(CSVReaderTests.summary(Array(text.utf8)) == expected)
  }

  // MARK: Names

  @Test(arguments: [
    ("1,2", "c1 c2|1.0|2.0"),
    ("1,\n3,4", "c1 c2|1.0 3.0|nan 4.0"),
    (
      "NA,nan,null,inf,-1e5\n1,2,3,4,5",
      "c1 c2 c3 c4 c5|nan 1.0|nan 2.0|nan 3.0|inf 4.0|-100000.0 5.0"
    ),
    (",\n1,2", "c1 c2|nan 1.0|nan 2.0"),
    ("1,x\n2,3", "_1 x|2.0|3.0"),
    ("0x10\n1", "_0x10|1.0"),
    ("Nan\n1", "Nan|1.0"),
  ])
  func headerOrNone(text: String, expected: String) {
    #expect(CSVReaderTests.summary(Array(text.utf8)) == expected)
  }

  @Test(arguments: [
    ("x1", ["x1"]), ("_a_", ["_a_"]), ("height (cm)", ["height_cm"]), ("% fat", ["fat"]),
    ("a - b", ["a_b"]), ("a__b", ["a__b"]), ("2nd", ["_2nd"]), ("$2", ["_2"]), ("m/s²", ["m_s"]),
    ("α", ["α"]), ("Größe", ["Größe"]), ("名前", ["名前"]), ("x₁", ["x₁"]), ("x\u{302}", ["x\u{302}"]),
    ("a·b", ["a_b"]), ("a\u{A0}b", ["a_b"]), ("in", ["_in"]), ("end", ["_end"]), ("?", ["c1"]),
    ("🙂", ["c1"]), ("x,x,x", ["x", "x_2", "x_3"]), ("x,x_2,x,x", ["x", "x_2", "x_3", "x_4"]),
    ("x,x,x_2", ["x", "x_2", "x_2_2"]), (",c1,", ["c1", "c1_2", "c3"]),
    ("x y,x-y", ["x_y", "x_y_2"]),
  ])
  func columnNames(header: String, expected: [String]) {
    let row = expected.map { _ in "1" }.joined(separator: ",")
    let table = try? CSVReader.parse(Array("\(header),last\n\(row),1".utf8))
    #expect(table?.columnNames == expected + ["last"])
  }

  /// Every name that comes out is one token of the language.
  @Test func namesAreNames() throws {
    let scalars = (1..<0x3000).compactMap(UnicodeScalar.init).filter {
      !"\",;\n\r\t".contains(Character($0))
    }
    let header = scalars.map { "\"\(String($0))\"" }.joined(separator: ",")
    let row = scalars.map { _ in "1" }.joined(separator: ",")
    let names = try CSVReader.parse(Array("word,\(header)\n1,\(row)".utf8)).columnNames
    #expect(Set(names).count == scalars.count + 1)
    for name in names {
      let tokens = Lexer.tokenize(SourceText(name: "", bytes: Array(name.utf8))).tokens
      #expect(tokens.map(\.kind) == [.name, .endOfFile], "\(name)")
    }
  }

  // MARK: Numbers

  @Test(
    arguments: [
      ("0", 0), ("-0", -0.0), ("+1", 1), ("007", 7), ("1.", 1), (".5", 0.5), ("-.5e-1", -0.05),
      ("1e3", 1000), ("1E+3", 1000), ("1.5e-07", 1.5e-7), ("0.1", 0.1), ("123456.789", 123456.789),
      ("9007199254740993", 9_007_199_254_740_992), ("9007199254740992.0000001", 0x1p53),
      ("12345678901234567890.", 12_345_678_901_234_567_168),
      (".12345678901234567890", 0.12345678901234568),
      ("1e22", 1e22), ("1e23", 1e23), ("8.5e22", 8.5e22), ("1e-22", 1e-22), ("1e-23", 1e-23),
      ("1.7976931348623157e308", .greatestFiniteMagnitude), ("1e309", .infinity),
      ("-1e309", -.infinity),
      ("5e-324", .leastNonzeroMagnitude), ("2.4703282292062327e-324", 0),
      ("-1e-999999999999999999999", -0.0),
      ("1e999999999999999999999", .infinity), ("0e999999999999999999999", 0),
      ("2.2250738585072011e-308", Double.leastNormalMagnitude.nextDown),
      ("0.000000000000000000000000000000000000000000000000001e70", 1e19),
      ("10000000000000000000000000000000000000000e-40", 1),
      ("inf", .infinity), ("-inf", -.infinity), ("+Inf", .infinity), ("-Infinity", -.infinity),
    ] as [(String, Double)])
  func number(text: String, expected: Double) throws {
    for cell in [text, " \(text) ", "\"\(text)\""] {
      let table = try CSVReader.parse(Array("x,y\n\(cell),1\n2,\(cell)".utf8))
      expectSame(table.columns[0][0], expected)
      expectSame(table.columns[1][1], expected)
      #expect(table.emptyCells == 0)
    }
  }

  @Test(arguments: [
    "abc", "-", "+", ".", "-.", "e5", ".e5", "1e", "1e+", "1.5e-", "1 2", "1.2.3", "--1", "0x10",
    "1f",
    "1_000", "1'000", "٣", "−1", "in", "infi", "infinityy", "nan()", "na", "Na", "none",
    "-", "$5",
    "5%", "1..", "12345678901234567890x",
  ])
  func noNumber(text: String) {
    #expect(
      CSVReaderTests.mistake(Array("x,y\n1,2\n3, \(text) ".utf8))
        == .notANumber(line: 3, column: 2, name: "y", text: text))
  }

  /// Against the standard library, on texts of all lengths and exponents.
  @Test func numbersAreRoundedExactly() throws {
    var generator = RandomGenerator(seed: 1)
    var texts: [String] = []
    for _ in 0..<20_000 {
      let count = 1 + generator.index(below: 24)
      var digits = (0..<count).map { _ in "\(generator.index(below: 10))" }
      digits.insert(".", at: generator.index(below: count + 1))
      let exponent = generator.index(below: 80) - 40
      texts.append(digits.joined() + (exponent == 0 ? "" : "e\(exponent)"))
    }
    for _ in 0..<20_000 { texts.append(Double(bitPattern: generator.next() >> 1).description) }
    texts.removeAll { $0.contains("n") }
    let numbers = try CSVReader.parse(Array(texts.joined(separator: "\n").utf8)).columns[0]
    for (text, number) in zip(texts, numbers) {
      expectSame(number, try #require(Double(text)), text)
    }
  }

  @Test func emptyCells() throws {
    let table = try CSVReader.parse(
      Array("x,y,z\n,NA, NaN \nnan,null,\"\"\n\"NA\",-nan,\" \"\n1,2,3\n".utf8))
    #expect(table.emptyCells == 9)
    #expect(table.rowCount == 4)
    for column in table.columns { #expect(column.map(\.isNaN) == [true, true, true, false]) }
  }

  @Test func emptyCellsOfTheFirstRowAreCountedOnce() throws {
    #expect(try CSVReader.parse(Array(",1\n2,".utf8)).emptyCells == 2)
    #expect(try CSVReader.parse(Array(",x\n2,1".utf8)).emptyCells == 0)
  }

  @Test func manyRows() throws {
    let rows = 10_000
    let text = (0..<rows).map { "\($0),\($0 % 7 == 0 ? "" : "-\($0).5")\r\n" }.joined()
    let table = try CSVReader.parse(Array(text.utf8))
    #expect(table.columns[0] == (0..<rows).map(Double.init))
    #expect(table.columns[1][13] == -13.5)
    #expect(table.emptyCells == (rows + 6) / 7)
  }

  // MARK: Mistakes

  @Test(
    arguments: [
      ("", .noRows), ("\u{FEFF}", .noRows), ("\n\n \n", .noRows), ("# nothing\n", .noRows),
      ("x,y\n", .noRows), ("x,y", .noRows), ("x,y\n\n# 1,2\n", .noRows),
      ("x,y\n1\n", .tooFewCells(line: 2, expected: 2, found: 1)),
      ("x,y,z\n1,2,3\n\n# c\n4,5", .tooFewCells(line: 5, expected: 3, found: 2)),
      ("1,2\n3,4,5\n", .tooManyCells(line: 2, expected: 2, found: 3)),
      ("x,y\n1,2,", .tooManyCells(line: 2, expected: 2, found: 3)),
      ("x\r\n1\r\n2,3,4,a\r\n5", .tooManyCells(line: 3, expected: 1, found: 4)),
      ("\"x\ny\"\r\r\n1\r2,3", .tooManyCells(line: 5, expected: 1, found: 2)),
      ("x,y\n1,2\n1,a", .notANumber(line: 3, column: 2, name: "y", text: "a")),
      ("x,y\na,2\n1,3", .notANumber(line: 2, column: 1, name: "x", text: "a")),
      ("x,y\na,2\n\"1\",3", .notANumber(line: 2, column: 1, name: "x", text: "a")),
      ("x,y\na,b", .notANumber(line: 2, column: 1, name: "x", text: "a")),
      ("1,2\nb,4", .notANumber(line: 2, column: 1, name: "c1", text: "b")),
      ("x,y\n\"a\n\",b", .notANumber(line: 2, column: 1, name: "x", text: "a\n")),
      ("x,y\n\"\n\",b", .notANumber(line: 2, column: 1, name: "x", text: "\n")),
      ("x,x\n1,\"2,5\"", .notANumber(line: 2, column: 2, name: "x_2", text: "2,5")),
      ("x,y\n1,2\n\n\"5", .unclosedQuote(line: 4, column: 1, text: "\"5")),
      ("x,\"y\n1,2\n", .unclosedQuote(line: 1, column: 2, text: "\"y\n1,2\n")),
      ("x\n1,\"2", .unclosedQuote(line: 2, column: 2, text: "\"2")),
      ("x;y\n1;2,5", .decimalComma(line: 2, column: 2, name: "y", text: "2,5")),
      ("1,5;2,5\n3,5;4,5", .decimalComma(line: 1, column: 1, name: "c1", text: "1,5")),
      ("1;2\n3;-4,5e3", .decimalComma(line: 2, column: 2, name: "c2", text: "-4,5e3")),
      ("1,5\t2,5", .decimalComma(line: 1, column: 1, name: "c1", text: "1,5")),
      ("x;y\n1;1\n1;2,5,1", .notANumber(line: 3, column: 2, name: "y", text: "2,5,1")),
      ("x;y\n1;1\n1;a,b", .notANumber(line: 3, column: 2, name: "y", text: "a,b")),
      ("x\n1\0", .binaryData(line: 2)), ("\0", .binaryData(line: 1)),
    ] as [(String, CSVError)])
  func mistakes(text: String, expected: CSVError) {
    #expect(CSVReaderTests.mistake(Array(text.utf8)) == expected)
  }

  @Test(
    "columns of text are left out, and their empty cells are not counted",
    arguments: [
      ("date,x\n2026-03-01,1\n2026-03-08,2", ["x"], ["date"], 0),
      ("x,name,y\n1,a,2\n,,N/A\n3,\"b,c\",4", ["x", "y"], ["name"], 2),
      ("a,b,c\nNA,u,1\n,v,2\nt,,3", ["c"], ["a", "b"], 0),
      ("x;y\n1;a,b", ["x"], ["y"], 0),
    ] as [(String, [String], [String], Int)])
  func textColumns(text: String, names: [String], left: [String], emptyCells: Int) throws {
    let table = try CSVReader.parse(Array(text.utf8))
    #expect(table.columnNames == names && table.textNames == left)
    #expect(table.columns.count == names.count && table.emptyCells == emptyCells)
    #expect(Set(table.columns.map(\.count)).count == 1)
    #expect(!table.hasNumbersAsNames)
  }

  @Test("a first row of data beside text is taken for names, and said to be")
  func numbersAsNames() throws {
    #expect(try CSVReader.parse(Array("ann,1\nbob,2".utf8)).hasNumbersAsNames)
    #expect(try !CSVReader.parse(Array("1,x\na,2".utf8)).hasNumbersAsNames)
  }

  @Test(
    arguments: [
      ([0xFF, 0xFE, 0x78, 0x00, 0x0A, 0x00, 0x31, 0x00], .binaryData(line: 1)),
      ([0x89, 0x50, 0x4E, 0x47, 0x0D, 0x0A, 0x1A, 0x0A, 0x00], .binaryData(line: 3)),
      ([0x47, 0x72, 0xF6, 0x0A, 0x31], .invalidUTF8(line: 1, column: 1, text: "Gr\u{FFFD}")),
      (
        [0x78, 0x2C, 0x79, 0x0A, 0x31, 0x2C, 0x22, 0xC0, 0xAF, 0x22],
        .invalidUTF8(line: 2, column: 2, text: "\u{FFFD}\u{FFFD}")
      ),
      ([0x78, 0x0A, 0xE2, 0x82], .invalidUTF8(line: 2, column: 1, text: "\u{FFFD}")),
    ] as [([UInt8], CSVError)])
  func badBytes(bytes: [UInt8], expected: CSVError) {
    #expect(CSVReaderTests.mistake(bytes) == expected)
  }

  /// What is passed over is not looked at.
  @Test func commentsMayHoldAnything() {
    #expect(CSVReaderTests.summary([0x23, 0xFF, 0x22, 0x0A] + Array("x\n1".utf8)) == "x|1.0")
  }

  @Test(arguments: ["a", "é", "🙂", "\u{301}"])
  func longTextsAreShortened(letter: String) {
    for count in [39, 40, 41, 500] {
      let text = String(repeating: letter, count: count)
      let shown = count <= 40 ? text : String(repeating: letter, count: 39) + "…"
      for cell in [text, "\"\(text)\""] {
        #expect(
          CSVReaderTests.mistake(Array("x\n\(cell)".utf8))
            == .notANumber(line: 2, column: 1, name: "x", text: shown))
      }
    }
  }

  @Test func escapedQuotesAreShortened() {
    let shown = String(repeating: "\"", count: 39) + "…"
    #expect(
      CSVReaderTests.mistake(Array("x\n\"\(String(repeating: "\"\"", count: 41))\"".utf8))
        == .notANumber(line: 2, column: 1, name: "x", text: shown))
  }

  @Test func columnsAreLimited() throws {
    let row = [UInt8](repeating: UInt8(ascii: ","), count: CSVReader.columnLimit)
    #expect(CSVReaderTests.mistake(row) == .tooManyColumns(line: 1, limit: 1_000_000))
    #expect(try CSVReader.parse(row.dropLast()).columnNames.last == "c1000000")
  }

  /// No input crashes, and every table that comes out is whole.
  @Test func beginningsAndNoise() {
    let good = Array("\u{FEFF}# c\r\n\"a \"\"b\n\"; y\r\n1.5e3;\"2\"\r\n-inf ;NA\r\n".utf8)
    for count in good.indices { _ = CSVReaderTests.mistake(Array(good[..<count])) }
    let alphabet = Array("0123456789.,;\t\"\"\n\r #-+eEinfNA x".utf8) + [0xC3, 0xA9, 0xFF]
    var generator = RandomGenerator(seed: 42)
    for _ in 0..<20_000 {
      let count = generator.index(below: 40)
      let bytes = (0..<count).map { _ in alphabet[generator.index(below: alphabet.count)] }
      guard let table = try? CSVReader.parse(bytes) else { continue }
      #expect(table.rowCount > 0 && table.columnNames.count == table.columns.count)
      #expect(table.columns.allSatisfy { $0.count == table.rowCount })
      let empty = table.columns.reduce(0) { $0 + $1.count { $0.isNaN } }
      #expect(table.emptyCells == empty)
    }
  }
}
