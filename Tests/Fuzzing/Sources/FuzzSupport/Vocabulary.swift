@testable import GradLanguage

/// The words of the language, from its own tables: what is added there is fuzzed.
enum Vocabulary {
  /// Names of built-in functions by the number of arguments that they take, from 0 to 3.
  static let functions: [[String]] = (0...3).map { count in
    Builtin.all.filter { $0 != .unary(.negate) && $0.arity.contains(count) }.map(\.name)
  }

  /// What is done to each element of an array.
  static let elementwise = Builtin.all.compactMap { builtin in
    if case .unary = builtin, builtin != .unary(.negate) { builtin.name } else { nil }
  }

  /// Functions of arrays.
  static let arrayFunctions = ArrayFunction.allCases.map(\.rawValue)

  static let reservedWords = TokenKind.reservedWords.keys.sorted()
  static let commands = Command.allCases.map(\.rawValue)
  static let constants = Builtin.constants.map(\.name)

  /// The operators between two operands.
  static let operators = spellings(of: OperatorTable.infix.keys.map { $0 })
  static let assignments = ["=", "+=", "-=", "*=", "/=", "^=", ":="]

  /// Words that stand behind a command or a setting.
  static let options =
    Command.allCases.flatMap { $0.options.map(\.word) }
    + Setting.allCases.flatMap { setting in [setting.rawValue] + setting.words.map(\.word) }

  /// Members, formats and signs that no table has.
  private static let signs = [
    ".data", ".grad", "(", ")", "[", "]", "{", "}", ";", ",", ":", ".", "..", "->", "'", "''", "∇",
    "\n", " ", "\"", "\"{a}\"", "{a:8.3f}", "#", "²", "⁻¹", "−", "·", "÷", "≤", "~==", "\\", "$",
    "&&", "restore {", "\\u{1F600}", "\u{301}", "\u{FEFF}", "\u{202E}", "\r\n", "\0",
  ]

  /// Numbers at the edges of what can be written, counted and indexed.
  static let numbers = [
    "0", "1", "2", "3", "0.5", "-1", "1e308", "1e309", "5e-324", "1e-320", "1e16",
    "9007199254740993", "9223372036854775807", "9223372036854775808", "18446744073709551616",
    "2147483648", "4294967296", "65536", "255", "256", "127", "1e5", "1000", "0.1", "3.7", "1_0",
    "1.", ".5", "inf", "nan", "(-0)", "-inf", "1e999999999", "1e-999999999",
  ]

  /// Everything, for insertions anywhere.
  static let all =
    functions.flatMap { $0 } + reservedWords + commands + constants + operators + assignments
    + options + signs + numbers + ["a", "b", "x", "L", "v", "A", "f", "g", "t"]

  /// How tokens are written, found by reading what could be one.
  private static func spellings(of kinds: [TokenKind]) -> [String] {
    let candidates = [
      "or", "and", "<", "<=", ">", ">=", "==", "!=", "≈", "..", "+", "-", "*", "/", "//", "%", "@",
      "^", "**",
    ]
    let spelled = candidates.filter { candidate in
      let source = SourceText(name: "", bytes: Array(candidate.utf8))
      return kinds.contains(Lexer.tokenize(source).tokens[0].kind)
    }
    precondition(spelled.count > kinds.count, "an operator has no spelling here")
    return spelled
  }
}
