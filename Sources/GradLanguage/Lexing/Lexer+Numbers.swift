// Numbers: `12`, `0.5`, `.5`, `5.`, `1e-3`, `5.e3`, `1_000`.

extension Lexer {
  mutating func lexNumber() {
    let start = position
    func isPart(_ byte: UInt8) -> Bool { isDigit(byte) || byte == UInt8(ascii: "_") }
    while isPart(byte()) { position += 1 }
    if byte() == UInt8(ascii: "."), isDigit(byte(1)) {
      position += 1
      while isPart(byte()) { position += 1 }
    } else if byte() == UInt8(ascii: "."), byte(1) != UInt8(ascii: "."),
      !isNameStart(byte(1)) || isExponentAlone(at: 1)
    {
      position += 1
    }
    if let digits = exponentDigits(at: 0) {
      position += digits
      while isPart(byte()) { position += 1 }
    }
    append(.number, from: start)
  }

  /// How far behind the present place the digits of the exponent begin that stands there; nil where none does.
  private func exponentDigits(at offset: Int) -> Int? {
    guard byte(offset) | 0x20 == UInt8(ascii: "e") else { return nil }
    let sign =
      byte(offset + 1) == UInt8(ascii: "+") || byte(offset + 1) == UInt8(ascii: "-") ? 1 : 0
    return isDigit(byte(offset + 1 + sign)) ? offset + 1 + sign : nil
  }

  /// Whether an exponent stands there and nothing follows of which it would be the beginning: `5.e3`, and not
  /// the member `5.e3x` or `5.e3()`.
  private func isExponentAlone(at offset: Int) -> Bool {
    guard var end = exponentDigits(at: offset) else { return false }
    while isDigit(byte(end)) || byte(end) == UInt8(ascii: "_") { end += 1 }
    return !isNamePart(byte(end)) && byte(end) != UInt8(ascii: "(")
  }
}
