import Foundation
import Rendering

@testable import GradLanguage

/// What reads bytes that are no program: tables, numbers, states; and what writes them.
public enum DataReaders {
  /// Puts bytes through the reader that the first of them chooses.
  public static func fuzz(_ bytes: [UInt8]) {
    guard let first = bytes.first else { return }
    let rest = Array(bytes.dropFirst())
    switch first & 3 {
    case 0: readTable(rest)
    case 1: readNumber(rest)
    case 2: writeNumbers(rest)
    case _: showText(String(decoding: rest, as: UTF8.self))
    }
  }

  /// A table that can be read can be written, and is then read as the same one.
  private static func readTable(_ bytes: [UInt8]) {
    readInSession(bytes)
    guard let table = try? CSVReader.parse(bytes) else { return }
    let rows = table.rowCount
    expect(table.columns.allSatisfy { $0.count == rows }, "columns differ in length")
    expect(Set(table.columnNames).count == table.columnNames.count, "a name stands twice")
    for name in table.columnNames { expect(Interpreter.isName(name), "\(name) is no name") }
    guard rows > 0 else { return }
    let columns = zip(table.columnNames, table.columns).map { (name: $0, numbers: $1) }
    let again = try? CSVReader.parse(CSVWriter.text(columns: columns))
    // Where all names are numbers, a reader takes them for the first row.
    guard let again, again.rowCount == rows else {
      return expect(table.columnNames.allSatisfy { Double($0) != nil }, "written, and not read")
    }
    expect(again.columnNames == table.columnNames, "other names: \(again.columnNames)")
    for (old, new) in zip(table.columns, again.columns) {
      expect(old.elementsEqual(new, by: isSame), "other numbers: \(old), \(new)")
    }
  }

  private static func readInSession(_ bytes: [UInt8]) {
    let files = MemoryFiles(["t.csv": bytes, "t.grad": bytes])
    var settings = Settings()
    settings.nodeLimit = 1000
    let interpreter = Interpreter(settings: settings, files: files.access)
    for text in [
      "t = read(\"t.csv\"); t", "write(t, \"u.csv\"); read(\"u.csv\")", "import \"t.csv\"",
    ] {
      let outcome = Watchdog.shared.stop(interpreter.interrupt, afterMilliseconds: 40) {
        interpreter.run(text) { Showing(format: .standard).show($0) }
      }
      outcome.diagnostics.forEach(Showing.show)
    }
  }

  /// A number is what C's `strtod` says it is.
  private static func readNumber(_ bytes: [UInt8]) {
    let found = bytes.withUnsafeBufferPointer { DecimalReader.read($0, from: 0) }
    guard let found else { return }
    expect(found.end <= bytes.count, "a number ends behind the text")
    let text = String(decoding: bytes[..<found.end], as: UTF8.self)
    expect(isSame(found.number, strtod(text, nil)), "\(text) is not \(found.number)")
    let interpreter = Interpreter()
    var shown: Double?
    _ = interpreter.run(text) { output in
      if case .value(.number(let number), _) = output { shown = number.data }
    }
    // The language has no infinite numbers written in digits, and its sign is an operator.
    guard let shown else { return }
    expect(isSame(shown, found.number), "\(text) is \(shown) in the language")
  }

  /// A double written in full is read as itself; all formats write something.
  private static func writeNumbers(_ bytes: [UInt8]) {
    for start in stride(from: 0, to: bytes.count - 7, by: 8) {
      var bits: UInt64 = 0
      for byte in bytes[start..<start + 8] { bits = bits << 8 | UInt64(byte) }
      let number = Double(bitPattern: bits)
      let text = NumberFormat.shortest.text(number)
      expect(isSame(strtod(text, nil), number), "\(text) is not \(number)")
      for digits in 1...17 { _ = NumberFormat.significant(digits).text(number) }
      for style in [NumberFormat.Style.f, .e, .g] {
        let width = Int(bits & 63)
        let fixed = NumberFormat.fixed(width: width, decimals: Int(bits >> 8 & 15), style: style)
        expect(fixed.text(number).count >= width, "too narrow")
      }
    }
    let state = RandomGenerator(state: String(decoding: bytes, as: UTF8.self))
    if let state {
      expect(state.stateText.utf8.elementsEqual(bytes.map(lowercase)), "another state")
    }
  }

  private static func showText(_ text: String) {
    for columns in [1, 20, 80] {
      _ = WrappedText(columns: columns).wrap(text)
      _ = HelpText(columns: columns).render(text)
    }
    _ = WrappedText.message(text)
    if text.utf8.count <= 32 { search(text) }
    Showing(format: .standard).show(.printed(text, values: [.string(text)]))
    Showing(format: .standard).show(.value(.string(text), name: text))
  }

  private static func search(_ text: String) {
    _ = Help.search(text)
    _ = Help.topic(text)
    _ = Help.nearest(to: text)
    _ = Help.foreign(text)
  }

  private static func lowercase(_ byte: UInt8) -> UInt8 {
    (UInt8(ascii: "A")...UInt8(ascii: "F")).contains(byte) ? byte | 0x20 : byte
  }

  private static func isSame(_ a: Double, _ b: Double) -> Bool {
    a.bitPattern == b.bitPattern || a.isNaN && b.isNaN
  }
}
