public import GradLanguage

/// Whatever a session has to show, as styled text for people.
public struct OutputRenderer: Sendable {
  private let format: NumberFormat
  private let page: Page

  /// A renderer that writes numbers in this format, and draws on such a page.
  public init(format: NumberFormat, page: Page = Page()) {
    self.format = format
    self.page = page
  }

  /// The text of an output, without an end of line.
  public func render(_ output: Output) -> StyledText {
    switch output {
    case .value(let value, let name):
      fitted(ValueRenderer(format: format).render(value, name: name))
    case .printed(let text, _): StyledText(text)
    case .table(let table), .names(let table):
      TableRenderer(format: format, columns: page.breaksLines ? page.columns : nil).render(table)
    case .drawing(let drawing, nil): GraphTree(page).render(drawing)
    case .explanation(let drawing, let value):
      fitted(ExplanationText(format).render(drawing, of: value))
    case .check(let report): fitted(CheckText(format).render(report))
    case .plot(let plot, nil): TextPlot(page).render(plot)
    case .drawing(_, let path?), .plot(_, let path?):
      StyledText("(written to \(VisibleText.line(path)))")
    case .diagnostic(let diagnostic): DiagnosticRenderer().render(diagnostic)
    }
  }

  /// Text with its lines broken for the window, where there is one.
  private func fitted(_ text: StyledText) -> StyledText {
    page.breaksLines ? text.wrapped(columns: page.columns) : text
  }
}
