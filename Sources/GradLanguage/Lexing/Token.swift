/// A token: its kind and where it stands; its text stays in the source.
struct Token: Equatable {
  let kind: TokenKind
  /// Whether blank space or a line's end stands before it.
  let hasSpaceBefore: Bool
  /// Whether it is the first on its line.
  let startsLine: Bool
  let range: SourceRange
}

/// What a token is.
enum TokenKind: UInt8, CaseIterable, Sendable {
  // Values
  case number, name, superscript
  // Strings: quote (text | open expression format? close)* quote
  case stringOpen, stringText, stringClose
  case interpolationOpen, interpolationFormat, interpolationClose
  // Reserved words
  case and, or, not, `if`, then, `else`, `for`, `in`, by, `while`, `repeat`
  case `break`, `continue`, `return`, `import`, end
  case backward, forward, print, plain
  // Brackets
  case leftParen, rightParen, leftBracket, rightBracket, leftBrace, rightBrace
  // Separators
  case newline, semicolon, comma, colon, dot, dotDot, arrow
  // Assignment
  case assign, plusAssign, minusAssign, timesAssign, divideAssign, powerAssign, setData
  // Operators
  case plus, minus, times, divide, floorDivide, percent, at, power
  case less, lessOrEqual, greater, greaterOrEqual, equal, notEqual, approximatelyEqual
  case prime, nabla
  /// What could not be read; the lexer has recorded why.
  case invalid
  case endOfFile

  /// The reserved words, by spelling.
  static let reservedWords: [String: TokenKind] = [
    "and": .and, "or": .or, "not": .not, "if": .if, "then": .then, "else": .else, "for": .for,
    "in": .in, "by": .by, "while": .while, "repeat": .repeat, "break": .break,
    "continue": .continue, "return": .return, "import": .import, "end": .end,
    "backward": .backward, "forward": .forward, "print": .print, "plain": .plain,
  ]

  /// How many bytes reserved words have, from the shortest to the longest.
  static let reservedLengths = 2...8

  /// Whether it is a reserved word.
  var isReservedWord: Bool { TokenKind.reserved.contains(self) }

  private static let reserved = TokenSet(reservedWords.values)

  /// The tokens that can end an operand: what touches them is a call, an index or a member.
  static let operandEnds: TokenSet = [
    .name, .number, .superscript, .rightParen, .rightBracket, .prime, .stringClose, .end,
  ]

  /// The operators and assignments that a value follows.
  static let operators: TokenSet = [
    .assign, .plusAssign, .minusAssign, .timesAssign, .divideAssign, .powerAssign, .setData, .and,
    .or, .not, .dotDot, .plus, .minus, .times, .divide, .floorDivide, .percent, .at, .power,
    .less,
    .lessOrEqual, .greater, .greaterOrEqual, .equal, .notEqual, .approximatelyEqual,
  ]

  /// How a message calls it.
  var description: String {
    switch self {
    case .number: "a number"
    case .name: "a name"
    case .superscript: "a superscript"
    case .stringOpen, .stringText, .stringClose: "a string"
    case .interpolationOpen: "`{`"
    case .interpolationFormat: "a format"
    case .interpolationClose: "`}`"
    case .and: "`and`"
    case .or: "`or`"
    case .not: "`not`"
    case .if: "`if`"
    case .then: "`then`"
    case .else: "`else`"
    case .for: "`for`"
    case .in: "`in`"
    case .by: "`by`"
    case .while: "`while`"
    case .repeat: "`repeat`"
    case .break: "`break`"
    case .continue: "`continue`"
    case .return: "`return`"
    case .import: "`import`"
    case .end: "`end`"
    case .backward: "`backward`"
    case .forward: "`forward`"
    case .print: "`print`"
    case .plain: "`plain`"
    case .leftParen: "`(`"
    case .rightParen: "`)`"
    case .leftBracket: "`[`"
    case .rightBracket: "`]`"
    case .leftBrace: "`{`"
    case .rightBrace: "`}`"
    case .newline: "the end of the line"
    case .semicolon: "`;`"
    case .comma: "`,`"
    case .colon: "`:`"
    case .dot: "`.`"
    case .dotDot: "`..`"
    case .arrow: "`->`"
    case .assign: "`=`"
    case .plusAssign: "`+=`"
    case .minusAssign: "`-=`"
    case .timesAssign: "`*=`"
    case .divideAssign: "`/=`"
    case .powerAssign: "`^=`"
    case .setData: "`:=`"
    case .plus: "`+`"
    case .minus: "`-`"
    case .times: "`*`"
    case .divide: "`/`"
    case .floorDivide: "`//`"
    case .percent: "`%`"
    case .at: "`@`"
    case .power: "`^`"
    case .less: "`<`"
    case .lessOrEqual: "`<=`"
    case .greater: "`>`"
    case .greaterOrEqual: "`>=`"
    case .equal: "`==`"
    case .notEqual: "`!=`"
    case .approximatelyEqual: "`≈`"
    case .prime: "`'`"
    case .nabla: "`∇`"
    case .invalid: "something unreadable"
    case .endOfFile: "the end of the input"
    }
  }
}
