import Autograd

/// The text of a saved session while it is being written: statements, and values as they are written in
/// them.
final class ScriptText {
  /// The statements of the `restore` block.
  private(set) var statements: [String] = []
  /// What will not be as it was.
  private(set) var notes: [String] = []
  /// How many numbers of arrays have been written.
  private var numberCount = 0
  /// How many names without a label have been given.
  private var ownNames = 0

  /// So many numbers may be written.
  private static let numberLimit = 1_000_000
  /// So many names without a label may be given: a program has room for 60 000 values at once.
  private static let nameLimit = 50_000
  /// Literals of more dimensions nest too deeply to be read.
  static let rankLimit = 400
  /// Lines are broken when they are as long.
  private static let lineLength = 100

  /// Why the text is of no use.
  var tooLarge: SessionTooLarge? {
    if numberCount > ScriptText.numberLimit { return .numbers(limit: ScriptText.numberLimit) }
    if ownNames > ScriptText.nameLimit { return .functions(limit: ScriptText.nameLimit) }
    return nil
  }

  /// Whether the text is of no use.
  var isTooLarge: Bool { tooLarge != nil }

  func add(_ statement: String) {
    if !isTooLarge { statements.append(statement) }
  }

  func note(_ sentence: String) {
    if !notes.contains(sentence) { notes.append(sentence) }
  }

  /// A name of the block's own that has not been given yet.
  func newName() -> String {
    ownNames += 1
    return "$\(ownNames)"
  }

  // MARK: Values

  /// The shortest text that reads back to the same number.
  static func number(_ number: Double) -> String {
    if number.isNaN { return number.sign == .minus ? "-nan" : "nan" }
    return NumberFormat.shortest.text(number)
  }

  /// An array, with its lines broken.
  func array(_ shape: Shape, _ numbers: some RandomAccessCollection<Double>) -> String {
    numberCount += numbers.count
    guard !isTooLarge else { return "" }
    guard shape.count > 0 else { return ScriptText.empty(shape) }
    // For each number how many rows begin with it, and end with it.
    var sizes: [Int] = []
    var size = 1
    for length in shape.lengths.reversed() {
      size *= length
      sizes.append(size)
    }
    var text = ""
    var column = 0
    for (k, number) in numbers.enumerated() {
      var piece = String(repeating: "[", count: sizes.prefix { k % $0 == 0 }.count)
      piece += ScriptText.number(number)
      piece += String(repeating: "]", count: sizes.prefix { (k + 1) % $0 == 0 }.count)
      if k + 1 < numbers.count { piece += "," }
      if column > ScriptText.lineLength {
        text += "\n   "
        column = 0
      }
      text += k > 0 ? " " + piece : piece
      column += piece.utf8.count + 1
    }
    return text
  }

  /// An array without numbers.
  private static func empty(_ shape: Shape) -> String {
    if shape.rank == 1 { return "[]" }
    let lengths = shape.lengths.suffix(8).map(String.init).joined(separator: ", ")
    return "zeros(\(lengths))"
  }

  /// Elements as a row, with its lines broken.
  func row(of elements: [String]) -> String {
    numberCount += elements.count
    var text = "["
    var column = 0
    for (k, element) in elements.enumerated() {
      if column > ScriptText.lineLength {
        text += "\n   "
        column = 0
      }
      text += (k > 0 ? " " : "") + element + (k + 1 < elements.count ? "," : "")
      column += element.utf8.count + 2
    }
    return text + "]"
  }

  /// Whole numbers as a row.
  func row(_ numbers: some RandomAccessCollection<Int32>) -> String {
    array(Shape(count: numbers.count), numbers.map(Double.init))
  }

  /// A string with its escapes.
  static func string(_ text: String) -> String {
    var result = "\""
    for scalar in text.unicodeScalars {
      switch scalar {
      case "\"", "\\", "{", "}": result += "\\" + String(scalar)
      case "\n": result += "\\n"
      case "\t": result += "\\t"
      case _ where isVisible(scalar): result.unicodeScalars.append(scalar)
      case _: result += "\\u{" + String(scalar.value, radix: 16) + "}"
      }
    }
    return result + "\""
  }

  /// Whether a character shows in a text, and ends no line.
  private static func isVisible(_ scalar: UnicodeScalar) -> Bool {
    switch scalar.properties.generalCategory {
    case .control, .format, .lineSeparator, .paragraphSeparator, .unassigned, .privateUse,
      .surrogate:
      false
    case _: true
    }
  }
}
