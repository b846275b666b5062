import Autograd

/// The names that can be typed, for completion.
extension Interpreter {
  /// What a name is.
  public enum NameKind: Sendable { case value, function, constant, command, word }

  /// All names that mean something now: the user's, the built-in ones, commands, reserved words.
  public var knownNames: [(name: String, kind: NameKind)] {
    definedNames.map { ($0.name, $0.isFunction ? .function : .value) }
      + Builtin.indices.keys.map { ($0, .function) }
      + Builtin.constants.map { ($0.name, .constant) }
      + Command.allCases.map { ($0.rawValue, .command) }
      + TokenKind.reservedWords.keys.filter { Command(rawValue: $0) == nil }.map { ($0, .word) }
  }

  /// The commands of the language.
  public static var commandNames: [String] { Command.allCases.map(\.rawValue) }

  /// The codes of all errors, warnings and notes.
  public static var errorCodes: [String] { Problem.codes }

  /// The word that one was probably meant to be; nil when none is near.
  public static func nearestWord(to word: String, among words: [String]) -> String? {
    Suggestion.nearest(to: word, among: words)
  }

  /// Whether the user has bound a name.
  public func isDefined(_ name: String) -> Bool { definedNames.contains { $0.name == name } }
}
