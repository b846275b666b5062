import GradLanguage
import Rendering

/// Shows what happens: results on standard output, everything else on standard error.
final class Presenter {
  /// How things are shown.
  struct Manner {
    /// Whether as JSON objects.
    var isJSON = false
    /// Whether nothing but what `print` prints, and errors.
    var isQuiet = false
    /// Whether results are coloured.
    var coloursResults = false
    /// Whether everything else is.
    var coloursMessages = false
  }

  private let manner: Manner
  private let results: OutputFile
  private let messages: OutputFile
  /// Called before anything is written.
  var beforeWriting: () -> Void = {}

  init(_ manner: Manner, results: OutputFile, messages: OutputFile) {
    self.manner = manner
    self.results = results
    self.messages = messages
  }

  /// Shows an output, with numbers in this format; drawings with a path go to their files.
  ///
  /// - Returns: why a file could not be written.
  func show(_ output: Output, format: NumberFormat) -> Problem? {
    if let problem = DrawingFile.write(output) { return problem }
    switch output {
    case .diagnostic(let diagnostic):
      if !manner.isQuiet || diagnostic.severity == .error { show(diagnostic) }
    case .printed: write(output, format)
    case .value, .table, .names, .drawing, .explanation, .check, .plot:
      if !manner.isQuiet { write(output, format) }
    }
    return nil
  }

  /// Shows what is wrong.
  func show(_ diagnostic: Diagnostic) {
    guard manner.isJSON else { return write(messageRenderer.render(diagnostic)) }
    message(JSONLines.line(diagnostic))
  }

  /// What writes diagnostics for whoever reads them.
  private var messageRenderer: DiagnosticRenderer {
    DiagnosticRenderer(columns: messages.isTerminal ? Window.page.columns : nil)
  }

  /// Writes a line to standard error, after all results so far.
  func message(_ text: String) {
    beforeWriting()
    results.flush()
    messages.write(text + "\n")
    messages.flush()
  }

  /// Writes text as it is to standard output.
  func result(_ text: String) {
    beforeWriting()
    results.write(text)
  }

  /// Writes a line about a result: among the results, unless these are for a program.
  func remark(_ text: String) {
    manner.isJSON ? message(text) : result(text + "\n")
  }

  /// A line that comes and goes while something takes long; nil where nobody would see it, or wants to.
  func progressLine() -> ProgressLine? {
    guard results.isTerminal, messages.isTerminal, !manner.isQuiet, !manner.isJSON else {
      return nil
    }
    return ProgressLine(messages, isColoured: manner.coloursMessages)
  }

  /// Writes styled text and an end of line to standard output.
  func result(_ text: StyledText) {
    results.write((manner.coloursResults ? text.ansi : text.plain) + "\n")
  }

  /// The columns of the window that results are shown in.
  var columns: Int { page.columns }

  /// A page for a small drawing; nil where there is no window, or no room in it.
  var smallPage: Page? {
    var page = page
    guard page.isWindow, page.columns >= 50, page.rows >= 16 else { return nil }
    page.columns = 40
    page.rows = 9
    return page
  }

  /// Says what a lesson says: among the results, unless these are for a program.
  func teach(_ passages: [LessonPassage]) {
    beforeWriting()
    let text = LessonText(columns: page.columns).render(passages)
    if manner.isJSON { return message(text.plain) }
    results.write((manner.coloursResults ? text.ansi : text.plain) + "\n")
  }

  /// Writes prose to standard error, in lines that fit the window.
  func complain(_ text: String) { message(WrappedText(columns: page.columns).wrap(text)) }

  /// Whether results are coloured.
  var coloursResults: Bool { manner.coloursResults }

  /// Writes the results so far.
  func flush() { results.flush() }

  private func write(_ output: Output, _ format: NumberFormat) {
    beforeWriting()
    if manner.isJSON {
      results.write(JSONLines.line(output) + "\n")
    } else {
      let text = OutputRenderer(format: format, page: page).render(output)
      results.write((manner.coloursResults ? text.ansi : text.plain) + "\n")
    }
  }

  /// What drawings are made for: the window that they are shown in.
  private var page: Page {
    var page = results.isTerminal ? Window.page : Page(isWindow: false)
    page.isUnicode = Window.isUnicode
    page.isColored = manner.coloursResults
    return page
  }

  private func write(_ text: StyledText) {
    message(manner.coloursMessages ? text.ansi : text.plain)
  }
}
