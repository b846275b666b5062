/// One cell of a CSV file: where its text is, without blanks around it and without its quotes.
struct CSVCell {
  private let bytes: UnsafeBufferPointer<UInt8>
  private let isQuoted: Bool
  /// The line in which it begins, from 1.
  let line: Int
  /// The number of its column, from 1.
  let column: Int

  /// The cell whose text is a range of the file.
  init(
    _ file: UnsafeBufferPointer<UInt8>, _ range: Range<Int>, line: Int, column: Int, isQuoted: Bool
  ) {
    bytes = UnsafeBufferPointer(rebasing: file[range])
    self.line = line
    self.column = column
    self.isQuoted = isQuoted
  }

  // MARK: Number

  /// Whether nothing is known of it: it is empty, or says so.
  ///
  /// `-nan` is what C prints for 0/0 on many machines. `Na` is sodium.
  var isEmpty: Bool {
    bytes.isEmpty || CSVCell.emptyWords.contains { bytes.elementsEqual($0.utf8) }
  }

  private static let emptyWords = [
    "NA", "N/A", "n/a", "NaN", "nan", "NAN", "-nan", "null", "NULL", "Null",
  ]

  /// Its number, or nil where it is none: a decimal number or an infinity, as C's `strtod` reads them.
  var number: Double? {
    if let (number, end) = DecimalReader.read(bytes, from: 0), end == bytes.count { return number }
    return infinity
  }

  /// Whether it would be a number if it had a point for its comma.
  var hasDecimalComma: Bool {
    guard let comma = bytes.firstIndex(of: UInt8(ascii: ",")) else { return false }
    var text = Array(bytes)
    text[comma] = UInt8(ascii: ".")
    return text.withUnsafeBufferPointer { text in
      DecimalReader.read(text, from: 0)?.end == text.count
    }
  }

  /// `inf` or `infinity` in capital or small letters, with or without a sign.
  private var infinity: Double? {
    guard (3...9).contains(bytes.count) else { return nil }
    switch String(decoding: bytes, as: UTF8.self).lowercased() {
    case "inf", "+inf", "infinity", "+infinity": return .infinity
    case "-inf", "-infinity": return -.infinity
    case _: return nil
    }
  }

  // MARK: Text

  /// Its whole text; of doubled quotes inside quotes one is left. Throws where it is not UTF-8.
  func text() throws(CSVError) -> String {
    guard let text = String(validating: bytes, as: UTF8.self) else {
      throw .invalidUTF8(line: line, column: column, text: shortText)
    }
    return unescaped(text)
  }

  /// Its text for a message: 40 characters at most, U+FFFD for what is not UTF-8.
  ///
  /// Characters are Unicode's scalars here, so that a heap of accents is short too.
  var shortText: String {
    let limit = 40
    // A scalar has 4 bytes at most, a quote 2: what is cut off here is not shown.
    let scalars = unescaped(String(decoding: bytes.prefix(4 * limit + 4), as: UTF8.self))
      .unicodeScalars
    guard scalars.count > limit else { return String(scalars) }
    return String(scalars.prefix(limit - 1)) + "…"
  }

  private func unescaped(_ text: String) -> String {
    guard isQuoted, text.utf8.contains(UInt8(ascii: "\"")) else { return text }
    var result = String.UnicodeScalarView()
    var isEscape = false
    for scalar in text.unicodeScalars {
      isEscape = scalar == "\"" && !isEscape
      if !isEscape { result.append(scalar) }
    }
    return String(result)
  }
}
