public import GradLanguage

/// Whatever a session has to show, as styled text for people.
public struct OutputRenderer: Sendable {
  private let format: NumberFormat

  /// A renderer that writes numbers in this format.
  public init(format: NumberFormat) { self.format = format }

  /// The text of an output, without an end of line.
  public func render(_ output: Output) -> StyledText {
    switch output {
    case .value(let value, let name): ValueRenderer(format: format).render(value, name: name)
    case .printed(let text, _): StyledText(text)
    case .table(let table), .names(let table): TableRenderer(format: format).render(table)
    case .diagnostic(let diagnostic): DiagnosticRenderer().render(diagnostic)
    }
  }
}
