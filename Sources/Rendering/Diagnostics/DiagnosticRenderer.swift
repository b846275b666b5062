public import GradLanguage

/// Diagnostics as pictures: what is wrong, the line with the place underlined, what helps.
///
///     error[E001]: `lernrate` is not defined
///       --> train.grad:14:10
///        |
///     14 | w := w - lernrate * w.grad
///        |          ^^^^^^^^ no variable or function has this name
///        = help: did you mean `learnrate`?
public struct DiagnosticRenderer: Sendable {
  /// The most columns that are shown of a line.
  private let lineLimit: Int

  /// A renderer that shows this many columns of a line; longer ones are cut around the place.
  public init(lineLimit: Int = 96) { self.lineLimit = lineLimit }

  /// The picture of a diagnostic.
  public func render(_ diagnostic: Diagnostic) -> StyledText {
    let style = diagnostic.severity.style
    var text = StyledText("\(diagnostic.severity.rawValue)[\(diagnostic.code)]", style)
    text.append(": " + VisibleText.line(diagnostic.message))
    let position = diagnostic.position
    let margin = String(repeating: " ", count: position.map { String($0.line).count } ?? 1)
    if let position {
      let name = VisibleText.line(diagnostic.source.name)
      text.append("\n\(margin)--> \(name):\(position.line):\(position.column)\n\(margin) |\n")
      appendFrame(of: diagnostic, line: position.line, margin, style, to: &text)
    }
    for note in diagnostic.notes { text.append("\n\(margin) = note: " + VisibleText.line(note)) }
    if let help = diagnostic.help { text.append("\n\(margin) = help: " + VisibleText.line(help)) }
    return text
  }

  private func appendFrame(
    of diagnostic: Diagnostic, line: Int, _ margin: String, _ style: StyledText.Style,
    to text: inout StyledText
  ) {
    let frame = SourceFrame(diagnostic.source, diagnostic.primary.range, limit: lineLimit)
    text.append("\(line) |" + (frame.text.isEmpty ? "" : " ") + frame.text)
    text.append("\n\(margin) | " + String(repeating: " ", count: frame.indentation))
    text.append(String(repeating: "^", count: frame.width), style)
    let label = VisibleText.line(diagnostic.primary.text)
    if !label.isEmpty { text.append(" " + label, style) }
  }
}

extension Diagnostic.Severity {
  var style: StyledText.Style {
    switch self {
    case .error: .error
    case .warning: .warning
    case .note: .note
    }
  }
}
