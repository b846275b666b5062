/// Text inside SVG.
enum SVGText {
  /// What means something in XML stands for itself; what cannot be seen is written out.
  static func escaped(_ text: String) -> String {
    var result = ""
    for character in VisibleText.line(text) {
      switch character {
      case "&": result += "&amp;"
      case "<": result += "&lt;"
      case ">": result += "&gt;"
      case "\"": result += "&quot;"
      case _: result.append(character)
      }
    }
    return result
  }
}
