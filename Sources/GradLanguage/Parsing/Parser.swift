// The grammar, as grammar.md has it: each production is what the function `parseX` of its name reads.
//
//   Program          = { StatementAndEnd }
//   StatementAndEnd  = Statement ( newline | ";" )
//   Statement        = If | For | While | Repeat | Restore | Jump | Return | Plain | Import | Command
//                    | Definition | Assignment
//   If               = "if" Condition Block [ "else" ( If | Block ) ]
//   For              = "for" NewName "in" Expression LoopBlock
//   While            = "while" Condition LoopBlock
//   Repeat           = "repeat" Expression LoopBlock
//   Restore          = "restore" Block
//   LoopBlock        = Block
//   Block            = "{" { StatementAndEnd } "}"
//   Jump             = "break" | "continue"
//   Return           = "return" [ Expression ]
//   Plain            = "plain" NewName "=" Expression
//   Import           = "import" String
//   Command          = [ ":" ] command ( CommandArguments | SettingWords ) { Option }
//   CommandArguments = [ Arguments [ Samples ] | "(" [ Arguments [ Samples ] ] ")" ]
//   Option           = "to" Expression | "depth" Expression | PlotOption | name
//   PlotOption       = Samples | Title | AxisLabels | AxisRange | Manner
//   Samples          = "for" name "in" Binary
//   Title            = "title" Expression
//   AxisLabels       = "labels" Expression [ "," Expression ]
//   AxisRange        = ( "x" | "y" ) "in" Binary
//   Manner           = "with" ( "points" | "slope" "at" Arguments )
//   SettingWords     = { word | Expression }
//   Definition       = NewName "(" Parameters ")" "=" FunctionBody
//   Parameters       = [ NewName { "," NewName } [ "," ] ]
//   FunctionBody     = Block | Expression
//   NewName          = name
//   Assignment       = Expression [ assignment Expression ]
//
//   Expression       = Conditional | Lambda | Binary
//   Conditional      = "if" Condition "then" Expression "else" Expression
//   Condition        = Expression
//   Lambda           = ( name | "(" Parameters ")" ) "->" FunctionBody
//   Binary           = Unary { operator Binary | Comparisons | ".." Binary [ "by" Binary ] }
//   Comparisons      = comparison Binary { comparison Binary }
//   Unary            = ( "-" | "+" | "not" ) Binary | Postfix
//   Postfix          = Primary { Call | Index | Member | Superscript | Prime }
//   Call             = "(" [ Arguments ] ")"
//   Index            = "[" Part { "," Part } [ "," ] "]"
//   Part             = ":" | Expression
//   Prime            = "'" { "'" }
//   Member           = "." word [ Call ]
//   Superscript      = superscript
//   Arguments        = Expression { "," Expression } [ "," ]
//   Primary          = Number | name | String | Parenthesized | Array | Conditional | "end" | Nabla
//   Nabla            = "∇" Primary
//   Number           = number
//   Parenthesized    = "(" Expression ")"
//   Array            = "[" [ Arguments | Comprehension ] "]"
//   Comprehension    = Expression "for" NewName "in" Binary [ "if" Expression ]
//   String           = quote { text | Interpolation } quote
//   Interpolation    = "{" Expression [ ":" format ] "}"

import Autograd

/// Turns tokens into a syntax tree.
///
/// Problems are recorded and parsing goes on at the next statement, so that several independent
/// errors of an input are reported at once. A function that consumes tokens is `mutating`; lookahead
/// is not.
struct Parser {
  // Immutable state
  let source: SourceText
  let tokens: [Token]
  private let shouldStop: () -> Bool

  // Parsing state
  private(set) var position = 0
  private var depth = 0
  /// How many loops and functions the present statement stands in.
  var loopDepth = 0
  var functionDepth = 0
  /// How many blocks are open.
  var blockDepth = 0
  /// How many index brackets are open, so that `end` has a meaning.
  var indexDepth = 0
  /// Set when a statement has gone wrong: its further problems are consequences.
  private(set) var isRecovering = false
  /// Set when a problem has been found at the end of the input, or has ended the parsing: what is
  /// missing after it is a consequence.
  private var isOver = false

  // Results
  var tree = SyntaxTree()
  private(set) var problems: [LocatedProblem] = []
  /// What is still open at the end of the input, when the input can be completed by more lines.
  private(set) var isIncomplete = false

  /// How deep expressions and blocks may nest: 8 MB of stack are enough for ten times this many. Where
  /// the system gives less than 2 MB, fewer: 4 KB for each, beside what the rest takes.
  static let nestingLimit = min(500, max(8, (StackLimit.bytes - 1 << 16) / (1 << 12)))
  /// So many tokens are parsed between two looks at whether it is to be stopped.
  private static let interval = 1 << 16
  /// How many problems of one input are reported.
  static let problemLimit = 20

  /// The tree of a source, its problems in the order of the text, and whether more lines could
  /// complete it.
  static func parse(_ source: SourceText) -> (
    tree: SyntaxTree, problems: [LocatedProblem], isIncomplete: Bool
  ) {
    if let problem = refusal(ofTextOf: source.bytes.count, factor: textFactor) {
      return (SyntaxTree(), [problem], false)
    }
    let (tokens, lexical) = Lexer.tokenize(source)
    if let problem = refusal(ofTextOf: tokens.count, factor: tokenFactor) {
      return (SyntaxTree(), [problem], false)
    }
    var parser = Parser(source: source, tokens: tokens)
    parser.parseProgram()
    // What stands where something is unreadable is a consequence of that.
    let unreadable = Set(lexical.map(\.range.start))
    let syntactic = parser.problems.filter { !unreadable.contains($0.range.start) }
    let problems = (lexical + syntactic).sorted { $0.range.start < $1.range.start }
    let isIncomplete = parser.isIncomplete && lexical.isEmpty && parser.problems.count == 1
    return (parser.tree, Array(problems.prefix(problemLimit)), isIncomplete)
  }

  /// The bytes that a byte of text takes as tokens, and that a token takes as syntax and as code.
  private static let (textFactor, tokenFactor) = (4, 128)

  private static func refusal(ofTextOf count: Int, factor: Int) -> LocatedProblem? {
    guard count * factor >= Memory.unasked, !Memory.hasRoom(for: count * factor) else { return nil }
    return LocatedProblem(.outOfMemory(byteCount: count * factor), SourceRange(0, 0))
  }

  private init(source: SourceText, tokens: [Token]) {
    self.source = source
    shouldStop = LongWork.shouldStop ?? { false }
    self.tokens = tokens
    tree.reserve(tokens.count)
  }

  // MARK: Looking

  /// The present token, or one ahead of it.
  func peek(_ ahead: Int = 0) -> Token { token(at: position + ahead) }

  /// The token at an index, the last one beyond the end.
  func token(at index: Int) -> Token { tokens[min(index, tokens.count - 1)] }

  /// Whether the present token is of this kind.
  func at(_ kind: TokenKind) -> Bool { peek().kind == kind }

  /// Whether a statement ends here.
  var atEndOfStatement: Bool {
    at(.newline) || at(.semicolon) || at(.endOfFile) || at(.rightBrace)
  }

  /// The text of a token.
  func text(_ token: Token) -> String { source.text(token.range) }

  /// The end of the last token consumed.
  var previousEnd: Int { position > 0 ? tokens[position - 1].range.end : 0 }

  /// From a start up to the last token consumed.
  func range(from start: Int) -> SourceRange { SourceRange(start, max(previousEnd, start)) }

  // MARK: Consuming

  /// The present token; the next one becomes present.
  @discardableResult
  mutating func advance() -> Token {
    let token = peek()
    if position < tokens.count - 1 { position += 1 }
    if position % Parser.interval == 0, shouldStop() {
      report(.interrupted, token.range)
      abandon()
    }
    return token
  }

  /// Consumes a token of this kind, if it is the present one.
  mutating func consume(_ kind: TokenKind) -> Bool {
    guard at(kind) else { return false }
    advance()
    return true
  }

  /// Consumes a token of this kind, or reports that it is missing.
  @discardableResult
  mutating func expect(_ kind: TokenKind, _ what: String? = nil) -> Token? {
    if at(kind) { return advance() }
    reportUnexpected(what ?? kind.description)
    return nil
  }

  /// Consumes the bracket that closes `opening`, or reports that it is missing.
  @discardableResult
  mutating func expectClosing(_ kind: TokenKind, of opening: Token) -> Bool {
    if consume(kind) { return true }
    if at(.endOfFile) {
      noteIncomplete()
      report(.unclosedBracket(text(opening)), opening.range)
    } else if at(.semicolon), opening.kind == .leftBracket, let matrix = matrixWithSemicolons {
      report(.foreignOperator(";", instead: [matrix]), peek().range)
      while !at(.rightBracket) { advance() }
    } else if let comma = commaMissing(in: opening) {
      report(comma.problem, comma.range)
    } else if peek().startsLine || at(.assign) && isOnLaterLine(than: opening) || at(.newline)
      || at(.rightBrace) || at(.rightBracket)
      || at(.rightParen) || at(.semicolon)
    {
      report(.unclosedBracket(text(opening)), opening.range)
    } else {
      reportUnexpected(kind.description)
    }
    return false
  }

  private func isOnLaterLine(than opening: Token) -> Bool {
    source.lineIndex(at: peek().range.start) > source.lineIndex(at: opening.range.start)
  }

  /// Skips line ends, where a line goes on.
  mutating func skipNewlines() {
    while at(.newline) { advance() }
  }

  // MARK: Problems

  /// Records a problem, unless it is a consequence of one already recorded for this statement.
  mutating func report(_ problem: Problem, _ range: SourceRange) {
    if !isRecovering, !isOver { problems.append(LocatedProblem(problem, range)) }
    isRecovering = true
    if at(.endOfFile) { isOver = true }
  }

  /// Notes that more lines could complete the input, unless something is wrong with it already.
  private mutating func noteIncomplete() {
    if !isRecovering, !isOver { isIncomplete = true }
  }

  /// Records that something else was expected here.
  mutating func reportUnexpected(_ expected: String) {
    let token = peek()
    // Something unreadable has been reported by the lexer.
    if token.kind == .invalid {
      isRecovering = true
      if peek(1).kind == .endOfFile { isOver = true }
      return
    }
    if let problem = habit(at: token) {
      report(problem.problem, problem.range)
      return
    }
    if token.kind == .endOfFile { noteIncomplete() }
    let found = token.kind == .name || token.kind == .number ? "`\(text(token))`" : nil
    report(
      .expected(
        expected, found: found ?? token.kind.description,
        after: expected == "a value" ? operatorBefore() : nil),
      token.range)
  }

  /// The operator or the assignment that the next token follows, over the ends of lines.
  private func operatorBefore() -> String? {
    let last = tokens[..<position].last { $0.kind != .newline }
    return last.flatMap { TokenKind.operators.contains($0.kind) ? $0.kind.description : nil }
  }

  /// The text from a bracket to the one that closes it, on one line and within 1000 tokens.
  func bracketedText(from index: Int) -> String {
    var nesting = 0
    for token in tokens[index...].prefix(1000) {
      if token.kind == .leftParen || token.kind == .leftBracket { nesting += 1 }
      if token.kind == .rightParen || token.kind == .rightBracket { nesting -= 1 }
      if nesting == 0 { return source.text(tokens[index].range.union(token.range)) }
      if token.kind == .newline { break }
    }
    return text(tokens[index])
  }

  /// Goes to where the next statement begins, after a problem.
  mutating func synchronize() {
    isRecovering = false
    var braces = 0
    while !at(.endOfFile) {
      if braces == 0, atEndOfStatement { return }
      if at(.leftBrace) { braces += 1 }
      if at(.rightBrace) { braces -= 1 }
      advance()
    }
  }

  /// Parses something nested, unless it is nested too deeply.
  mutating func nested<T>(or fallback: T, _ body: (inout Parser) -> T) -> T {
    depth += 1
    defer { depth -= 1 }
    guard depth <= Parser.nestingLimit else {
      report(.nestedTooDeeply(limit: Parser.nestingLimit), peek().range)
      abandon()
      return fallback
    }
    return body(&self)
  }

  /// Gives up on the input: what is nested too deeply has no second problem worth reporting.
  private mutating func abandon() {
    position = tokens.count - 1
    isOver = true
  }
}
