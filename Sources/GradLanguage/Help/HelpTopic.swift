/// Something that help knows about: a function, an operator, a command, an error.
public struct HelpTopic: Sendable {
  /// What a topic is about, in the order in which a search lists what fits equally well.
  public enum Kind: String, CaseIterable, Sendable {
    /// A group of topics, or something that many of them have in common.
    case subject
    /// A built-in function.
    case function
    /// A number with a name.
    case constant
    /// A command of the language.
    case command
    /// A command about the session.
    case session
    /// A statement.
    case statement
    /// An operator, or another sign.
    case `operator`
    /// What `set` changes.
    case setting
    /// An error, a warning or a note, by its code.
    case error
  }

  /// A curve that shows what a function does.
  public struct Curve: Sendable {
    /// What is drawn, as a formula of `x`.
    public let expression: String
    /// From where to where.
    public let interval: ClosedRange<Double>
  }

  /// What it is called.
  public let name: String
  /// What else it is asked for by.
  public let otherNames: [String]
  /// What it is about.
  public let kind: Kind
  /// What it is, in a few words.
  public let summary: String
  /// What help shows, in lines for a window of 80 columns.
  public let text: String
  /// What a search looks through, besides names and summary.
  let searched: String
  /// The curve of a function, where it is worth a look.
  public let curve: Curve?

  /// A topic; `searched` is its whole text unless it is given.
  public init(
    _ name: String, _ kind: Kind, otherNames: [String] = [], summary: String, text: String,
    searched: String? = nil, curve: Curve? = nil
  ) {
    self.name = name
    self.otherNames = otherNames
    self.kind = kind
    self.summary = summary
    self.text = text
    self.searched = searched ?? text
    self.curve = curve
  }
}
