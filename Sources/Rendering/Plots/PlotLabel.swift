import GradLanguage

extension PlotData {
  /// What is named in a legend: the curves, then the tangents.
  var labels: [String] { curves.map(\.label) + tangents.map(\.label) }
}

/// The words of a plot, fitted into the room that they have.
enum PlotLabel {
  /// A text on one line, with one blank between words; a longer one ends in an ellipsis.
  static func line(_ text: String, columns: Int, ellipsis: Character = "…") -> String {
    let line = VisibleText.line(text.split(whereSeparator: \.isWhitespace).joined(separator: " "))
    guard DisplayWidth.of(line) > columns else { return line }
    var result = ""
    var used = 1
    for character in line {
      used += DisplayWidth.of(character)
      if used > columns { break }
      result.append(character)
    }
    return result + String(ellipsis)
  }
}
