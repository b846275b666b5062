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
  package let problem: Problem

  /// The line and column of the place; nil for a problem that is not in a text, such as a file that
  /// cannot be read.
  public var position: SourcePosition? {
    source.bytes.isEmpty ? nil : source.position(at: primary.range.start)
  }

  /// The line of the place, as people count.
  public var line: Int { source.position(at: primary.range.start).line }

  /// The column of the place in characters, from 1.
  public var column: Int { source.position(at: primary.range.start).column }

  init(_ problem: Problem, in source: SourceText, at range: SourceRange, notes: [String] = []) {
    severity = problem.severity
    code = problem.code
    message = problem.message
    self.source = source
    primary = Label(range: Diagnostic.visible(range, in: source), text: problem.label)
    self.notes = notes + problem.notes
    help = problem.help
    self.problem = problem
  }

  /// A file that cannot be read.
  public static func unreadableFile(_ path: String, reason: String) -> Diagnostic {
    Diagnostic(
      .unreadableFile(path: path, reason: reason), in: SourceText(name: path, bytes: []),
      at: SourceRange(0, 0))
  }

  /// A file that cannot be written.
  public static func unwritableFile(_ path: String, reason: String) -> Diagnostic {
    Diagnostic(
      .unwritableFile(path: path, reason: reason), in: SourceText(name: path, bytes: []),
      at: SourceRange(0, 0))
  }

  /// The end of a text is after its last visible character, not on an empty line below it.
  private static func visible(_ range: SourceRange, in source: SourceText) -> SourceRange {
    guard range.start == source.bytes.count else { return range }
    let end = (source.bytes.lastIndex { $0 > UInt8(ascii: " ") } ?? -1) + 1
    return SourceRange(end, end)
  }
}
