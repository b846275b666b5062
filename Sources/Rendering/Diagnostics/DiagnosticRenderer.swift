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
  /// How many columns the window has.
  private let columns: Int

  /// A renderer that shows this many columns of a line; longer ones are cut around the place.
  ///
  /// - Parameter columns: those of the window, if it is for one: sentences are broken to fit it.
  public init(lineLimit: Int = 96, columns: Int? = nil) {
    self.lineLimit = lineLimit
    self.columns = columns ?? .max
  }

  /// The picture of a diagnostic.
  public func render(_ diagnostic: Diagnostic) -> StyledText {
    let style = diagnostic.severity.style
    var text = StyledText("\(diagnostic.severity.rawValue)[\(diagnostic.code)]", style)
    text.append(": " + VisibleText.line(diagnostic.message))
    text = text.wrapped(columns: columns)
    let position = diagnostic.position
    let margin = String(repeating: " ", count: position.map { String($0.line).count } ?? 1)
    if let position {
      let name = VisibleText.line(diagnostic.source.name)
      text.append("\n\(margin)--> \(name):\(position.line):\(position.column)\n\(margin) |\n")
      appendFrame(of: diagnostic, line: position.line, margin, style, to: &text)
    }
    func remark(_ word: String, _ sentence: String) {
      text.append("\n")
      text.append(
        StyledText("\(margin) = \(word): " + VisibleText.line(sentence)).wrapped(columns: columns))
    }
    for note in diagnostic.notes { remark("note", note) }
    if let help = diagnostic.help { remark("help", help) }
    return text
  }

  private func appendFrame(
    of diagnostic: Diagnostic, line: Int, _ margin: String, _ style: StyledText.Style,
    to text: inout StyledText
  ) {
    // Beside the margin stand a bar and a blank before the line, and it may have a mark at either end.
    let room = columns == .max ? lineLimit : columns - margin.count - 5
    let frame = SourceFrame(
      diagnostic.source, diagnostic.primary.range, limit: max(8, min(lineLimit, room)))
    text.append("\(line) |" + (frame.text.isEmpty ? "" : " ") + frame.text)
    text.append("\n\(margin) | " + String(repeating: " ", count: frame.indentation))
    text.append(String(repeating: "^", count: frame.width), style)
    let label = VisibleText.line(diagnostic.primary.text)
    guard !label.isEmpty else { return }
    let before = margin.count + 3
    if columns == .max
      || before + frame.indentation + frame.width + 1 + DisplayWidth.of(label) <= columns
    {
      text.append(" " + label, style)
    } else {
      // Below the carets, with the bar beside every line.
      let lines = StyledText(label, style).wrapped(columns: max(columns - before, 1)).plain
      for line in lines.split(separator: "\n") {
        text.append("\n\(margin) | ")
        text.append(String(line), style)
      }
    }
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
