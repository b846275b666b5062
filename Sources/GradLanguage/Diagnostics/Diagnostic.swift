/// What a person is told about a problem: data, without layout.
public struct Diagnostic: Sendable {
  /// How serious it is.
  public enum Severity: String, Sendable {
    case error, warning, note
  }

  /// A range of the source with words beside it.
  public struct Label: Sendable {
    /// Where.
    public let range: SourceRange
    /// What is said there; may be empty.
    public let text: String
  }

  /// How serious it is.
  public let severity: Severity
  /// The problem's code, such as `E001`.
  public let code: String
  /// One sentence that stands alone.
  public let message: String
  /// The source that the ranges are in.
  public let source: SourceText
  /// The place, and what is wrong there.
  public let primary: Label
  /// What else belongs to it, such as the calls that led there.
  public let notes: [String]
  /// The edit that mends it.
  public let help: String?
  /// The problem itself.
  public let problem: Problem

  /// The line of the place, as people count.
  public var line: Int { source.lineNumber(source.lineIndex(at: primary.range.start)) }

  /// The column of the place in characters, from 1.
  public var column: Int {
    let line = source.lineRange(source.lineIndex(at: primary.range.start))
    let before = SourceRange(line.lowerBound, max(line.lowerBound, primary.range.start))
    return source.text(before).count + 1
  }

  init(_ problem: Problem, in source: SourceText, at range: SourceRange, notes: [String] = []) {
    severity = problem.severity
    code = problem.code
    message = problem.message
    self.source = source
    primary = Label(range: range, text: problem.label)
    self.notes = notes + problem.notes
    help = problem.help
    self.problem = problem
  }
}
