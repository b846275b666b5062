/// Tokens as text, one a line.
struct TokenListing {
  private let source: SourceText

  init(_ source: SourceText) { self.source = source }

  /// `1:3 name a`, a line for each token.
  ///
  /// Columns count characters. They are counted on from token to token: a line may be long.
  func text(of tokens: [Token]) -> String {
    var result = ""
    var line = 0
    var column = 1
    var counted = 0
    for token in tokens {
      let start = token.range.start
      let present = source.lineIndex(at: start)
      if present != line || counted == 0 {
        line = present
        column = 1
        counted = source.lineRange(line).lowerBound
      }
      if start > counted { column += source.text(SourceRange(counted, start)).count }
      counted = max(start, counted)
      result += "\(source.lineNumber(line)):\(column) \(token.kind)"
      let text = visible(source.text(token.range))
      result += text.isEmpty ? "\n" : " \(text)\n"
    }
    return result
  }

  /// The text with what would not show written as escapes.
  private func visible(_ text: String) -> String {
    var result = ""
    for scalar in text.unicodeScalars {
      switch scalar {
      case "\n": result += "\\n"
      case "\t": result += "\\t"
      case "\r": result += "\\r"
      case _ where scalar.value < 0x20 || scalar.value == 0x7F:
        result += "\\u{\(String(scalar.value, radix: 16))}"
      case _: result.unicodeScalars.append(scalar)
      }
    }
    return result
  }
}
