/// How a text can go on at its end: what stands there so far, and what it can become.
public struct Completions: Sendable {
  /// What can stand at the end of the text.
  public struct Candidate: Hashable, Sendable {
    /// What something is that can be typed.
    public enum Kind: Hashable, Sendable {
      /// A number, an array, a table or a string that has a name.
      case value
      /// A function, the user's or a built-in one.
      case function
      /// A name that has a number from the start.
      case constant
      /// A command of the language.
      case command
      /// A word of a statement or an expression, such as `if`.
      case word
      /// What stands after a value's dot without a call: its data, its gradient, a column.
      case member
      /// A word that belongs to a command: an option, a setting, a setting's value.
      case option
      /// A character that is typed by its name, such as `\alpha`.
      case symbol
    }

    /// What it is called in a list; it begins with what has been typed.
    public let text: String
    /// What takes the place of what has been typed; for most the text itself.
    public let replacement: String
    /// What it is.
    public let kind: Kind
    /// What it is in a few words: data, parameters, what it does. Empty where there are too many to be
    /// told about.
    public let detail: String
    /// Whether it is far more likely than those that are not.
    public let isPreferred: Bool

    /// A candidate.
    public init(
      _ text: String, _ kind: Kind, detail: String = "", replacement: String? = nil,
      isPreferred: Bool = false
    ) {
      self.text = text
      self.replacement = replacement ?? text
      self.kind = kind
      self.detail = detail
      self.isPreferred = isPreferred
    }
  }

  /// How many bytes at the end of the text the candidates replace.
  public let replacedLength: Int
  /// What can take their place: the likely first, then by name.
  public let candidates: [Candidate]
  /// The path of a file that is being typed; who knows the files knows how it goes on.
  public let path: PathPlace?

  /// More candidates than this have no details.
  public static let detailLimit = 100

  /// Completions.
  public init(replacedLength: Int, candidates: [Candidate], path: PathPlace? = nil) {
    self.replacedLength = replacedLength
    self.candidates = candidates
    self.path = path
  }

  /// Nothing can be said.
  public static let none = Completions(replacedLength: 0, candidates: [])
}

/// A path that has been begun.
public struct PathPlace: Hashable, Sendable {
  /// How it begins, as it is typed.
  public let text: String
  /// How the names of fitting files end, such as `.csv`.
  public let endings: [String]
  /// How it is written, which decides about characters with a meaning.
  public let writing: Writing

  /// How a path is written.
  public enum Writing: Hashable, Sendable {
    /// A string of the language, in which a backslash stands before quotes and braces.
    case string
    /// Between quotes, where every character stands for itself.
    case quoted
    /// Without quotes.
    case bare
  }

  /// A path.
  public init(text: String, endings: [String], writing: Writing) {
    self.text = text
    self.endings = endings
    self.writing = writing
  }
}
