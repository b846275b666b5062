/// A cheap look at lines: whether an input surely goes on.
///
/// The parser decides whether an input is complete, but asking it after every line of a long block
/// takes quadratic time. This scan takes each byte once; it answers yes only when a bracket is open
/// or the line ends with an operator, or a word that stands for one, which no complete input does.
struct OpenBrackets {
  private enum Opening { case bracket, string, interpolation }

  private var open: [Opening] = []
  /// The last byte that is neither blank nor in a comment.
  private var last = UInt8(ascii: " ")
  /// The word that ends with it; empty where none does, or a long one.
  private var word: [UInt8] = []
  /// Whether blanks stand behind it.
  private var hasBlanks = false

  /// Whether more lines must come.
  var surelyGoesOn: Bool {
    !open.isEmpty || OpenBrackets.continuing.contains(last)
      || OpenBrackets.continuingWords.contains(word)
  }

  /// How many brackets are open.
  var depth: Int { open.count { $0 != .string } }

  private static let continuing = Set("+-*/%@^=<,".utf8)
  private static let continuingWords = Set(["and", "or", "then", "else"].map { Array($0.utf8) })

  /// Looks at lines.
  mutating func scan(_ lines: [UInt8]) {
    for line in lines.split(separator: UInt8(ascii: "\n")) {
      var index = line.startIndex
      hasBlanks = true
      while index < line.endIndex {
        index += open.last == .string ? scanText(line[index]) : scanCode(line[index])
      }
      // A string does not go over the end of its line.
      if let string = open.firstIndex(of: .string) { open.removeSubrange(string...) }
    }
  }

  /// Takes a byte of a string; returns how many to go forward.
  private mutating func scanText(_ byte: UInt8) -> Int {
    switch byte {
    case UInt8(ascii: "\\"): return 2
    case UInt8(ascii: "\""): open.removeLast()
    case UInt8(ascii: "{"): open.append(.interpolation)
    case _: break
    }
    return 1
  }

  private mutating func scanCode(_ byte: UInt8) -> Int {
    switch byte {
    case UInt8(ascii: " "), UInt8(ascii: "\t"), UInt8(ascii: "\r"), UInt8(ascii: "\n"):
      hasBlanks = true
      return 1
    case UInt8(ascii: "#"): return OpenBrackets.toEnd
    case UInt8(ascii: "\""): open.append(.string)
    case UInt8(ascii: "("), UInt8(ascii: "["), UInt8(ascii: "{"): open.append(.bracket)
    case UInt8(ascii: ")"), UInt8(ascii: "]"), UInt8(ascii: "}"): _ = open.popLast()
    case _: break
    }
    noteWord(byte)
    last = byte
    return 1
  }

  /// Adds a byte to the last word, or begins another.
  private mutating func noteWord(_ byte: UInt8) {
    if hasBlanks || !OpenBrackets.isOfWord(byte) { word = [] }
    hasBlanks = false
    // A long word is none of those that are looked for.
    if OpenBrackets.isOfWord(byte), word.count < 8 { word.append(byte) }
  }

  private static func isOfWord(_ byte: UInt8) -> Bool {
    switch byte {
    case UInt8(ascii: "a")...UInt8(ascii: "z"), UInt8(ascii: "A")...UInt8(ascii: "Z"): true
    case UInt8(ascii: "0")...UInt8(ascii: "9"), UInt8(ascii: "_"), UInt8(ascii: "."), 0x80...: true
    case _: false
    }
  }

  /// Goes past the end of any line.
  private static let toEnd = Int.max / 2
}
