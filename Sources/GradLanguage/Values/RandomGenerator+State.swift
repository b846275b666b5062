// The state of the generator as a text, with which a saved session goes on where it was.

extension RandomGenerator {
  /// The state, four words of 16 hexadecimal digits.
  var stateText: String {
    words.map { word in
      let digits = String(word, radix: 16)
      return String(repeating: "0", count: 16 - digits.count) + digits
    }.joined()
  }

  /// The generator in the state of a text that `stateText` gave; nil for any other text.
  init?(state text: String) {
    let digits = Array(text.utf8)
    guard digits.count == 64 else { return nil }
    var words: [UInt64] = []
    for first in stride(from: 0, to: 64, by: 16) {
      var word: UInt64 = 0
      for digit in digits[first..<first + 16] {
        guard let value = Character(UnicodeScalar(digit)).hexDigitValue else { return nil }
        word = word << 4 | UInt64(value)
      }
      words.append(word)
    }
    guard words.contains(where: { $0 != 0 }) else { return nil }
    self.init(state: (words[0], words[1], words[2], words[3]))
  }
}
