internal import CEditLine

extension LineEditor {
  /// Inserts what the terminal says has been pasted; its lines become one input.
  func paste() -> UInt8 {
    var text = String.UnicodeScalarView()
    while !text.hasSuffix(LineEditor.endOfPaste) {
      guard let character = Unicode.Scalar(UInt32(bitPattern: editline_next(editor))) else {
        return UInt8(CC_ERROR)
      }
      text.append(character)
    }
    text.removeLast(LineEditor.endOfPaste.count)
    let cleaned = clean(LineEditor.withPlainLineEnds(text))
    return cleaned.isEmpty ? UInt8(CC_NORM) : insert(cleaned)
  }

  private static let endOfPaste = Array("\u{1B}[201~".unicodeScalars)

  /// The text with `\n` for every end of line: terminals send what Return would, `\r`.
  private static func withPlainLineEnds(_ text: String.UnicodeScalarView) -> String {
    var plain = String.UnicodeScalarView()
    var last: Unicode.Scalar?
    for character in text {
      if character == "\r" || (character == "\n" && last != "\r") {
        plain.append("\n")
      } else if character != "\n" {
        plain.append(character)
      }
      last = character
    }
    return String(plain)
  }
}

extension String.UnicodeScalarView {
  fileprivate func hasSuffix(_ suffix: [Unicode.Scalar]) -> Bool {
    last == suffix.last && self.suffix(suffix.count).elementsEqual(suffix)
  }
}
