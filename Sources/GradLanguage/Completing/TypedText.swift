/// A text as far as it has been typed: the tokens of its last statement, and the word at its end.
struct TypedText {
  let source: SourceText
  /// The tokens before the word at the end.
  private let tokens: [Token]
  /// The name or reserved word that is being typed; empty when none has been begun.
  let word: String
  /// Whether the end is in a comment.
  let endsInComment: Bool
  /// Where the string begins that the end is in, as an index of `tokens`.
  private let openString: Int?
  /// Where the last statement begins, as an index of `tokens`.
  private let start: Int
  /// The brackets of the last statement that are open at the end, innermost first.
  let openBrackets: [Int]

  init(_ text: String) {
    let source = SourceText(name: "", bytes: Array(text.utf8))
    var tokens = Lexer.tokenize(source).tokens
    tokens.removeLast()  // the end of the file
    if let last = tokens.last, TypedText.abandonsStrings(last) { tokens.removeLast() }
    let end = source.bytes.count
    let gap = source.bytes[(tokens.last?.range.end ?? 0)...]
    endsInComment =
      (gap.split(separator: UInt8(ascii: "\n"), omittingEmptySubsequences: false).last ?? [])
      .contains(UInt8(ascii: "#"))
    if let last = tokens.last, last.range.end == end,
      last.kind == .name || last.kind.isReservedWord
    {
      word = source.text(last.range)
      tokens.removeLast()
    } else {
      word = ""
    }
    self.source = source
    self.tokens = tokens
    openString = TypedText.openString(tokens)
    (start, openBrackets) = TypedText.lastStatement(tokens, end: openString ?? tokens.count)
  }

  /// Whether a token is what the lexer leaves where strings end without their quotes.
  private static func abandonsStrings(_ token: Token) -> Bool {
    token.kind == .invalid && token.range.start == token.range.end
  }

  /// The string that is open after the last token.
  private static func openString(_ tokens: [Token]) -> Int? {
    var open: [Int] = []
    for (index, token) in tokens.enumerated() {
      switch token.kind {
      case .stringOpen, .interpolationOpen: open.append(index)
      case .stringClose, .interpolationClose: _ = open.popLast()
      case .invalid: if abandonsStrings(token) { open = [] }
      case _: break
      }
    }
    return open.last.flatMap { tokens[$0].kind == .stringOpen ? $0 : nil }
  }

  /// Where the statement begins that goes on at `end`, and which of its brackets are open there.
  private static func lastStatement(_ tokens: [Token], end: Int) -> (start: Int, open: [Int]) {
    var open: [Int] = []
    var nesting = 0
    var index = end
    while index > 0 {
      let token = tokens[index - 1]
      switch token.kind {
      case .rightParen, .rightBracket, .rightBrace, .stringClose, .interpolationClose: nesting += 1
      case .leftParen, .leftBracket:
        if nesting == 0 { open.append(index - 1) } else { nesting -= 1 }
      case .leftBrace, .interpolationOpen, .stringOpen:
        if nesting == 0 { return (index, open) }
        nesting -= 1
      case .newline, .semicolon:
        if nesting == 0, index < 2 || !goesOn(after: tokens[index - 2].kind) {
          return (index, open)
        }
      case _: break
      }
      index -= 1
    }
    return (0, open)
  }

  /// Whether a line that ends with such a token goes on.
  private static func goesOn(after kind: TokenKind) -> Bool {
    switch kind {
    case .comma, .assign, .setData, .arrow, .then, .else, .newline, .plusAssign, .minusAssign,
      .timesAssign, .divideAssign, .powerAssign:
      true
    case _: OperatorTable.infix[kind] != nil
    }
  }

  // MARK: Looking

  /// The tokens of the last statement, without the word at the end and the string that is open.
  var statement: ArraySlice<Token> { tokens[start..<(openString ?? tokens.count)] }

  /// The token before the word.
  var last: Token? { tokens.last }

  /// Whether the last statement is an expression in the braces of a string.
  var startsInterpolation: Bool { start > 0 && tokens[start - 1].kind == .interpolationOpen }

  /// A token of the text.
  subscript(index: Int) -> Token { tokens[index] }

  func text(_ token: Token) -> String { source.text(token.range) }

  /// Whether the word, or the end of the text where there is none, touches the token before it.
  var touchesLast: Bool {
    tokens.last.map { $0.range.end == source.bytes.count - word.utf8.count } ?? false
  }

  /// What stands in the string that the end is in; nil outside strings, and after braces in them.
  var stringText: String? {
    guard let openString else { return nil }
    let pieces = tokens[(openString + 1)...]
    guard pieces.allSatisfy({ $0.kind == .stringText }) else { return "{" }
    return pieces.map(text).joined()
  }

  /// The names that the text itself binds: by assignments, loops, definitions and parameters.
  var boundNames: [String] {
    var names: Set<String> = []
    for (index, token) in tokens.enumerated() where index > 0 {
      let before = tokens[index - 1]
      switch token.kind {
      case .name where before.kind == .for || before.kind == .plain: names.insert(text(token))
      case .assign, .arrow:
        // What is being assigned is no operand yet.
        if before.kind == .name, index < start || token.kind == .arrow {
          names.insert(text(before))
        }
        if before.kind == .rightParen { names.formUnion(parameters(before: index - 1)) }
      case _: break
      }
    }
    return names.sorted()
  }

  /// The parameters between the brackets that close at an index, and the name before them.
  private func parameters(before closing: Int) -> [String] {
    var names: [String] = []
    var index = closing - 1
    while index >= 0, tokens[index].kind == .name || tokens[index].kind == .comma {
      if tokens[index].kind == .name { names.append(text(tokens[index])) }
      index -= 1
    }
    guard index >= 0, tokens[index].kind == .leftParen else { return [] }
    if index > 0, tokens[index - 1].kind == .name, !tokens[index].hasSpaceBefore {
      names.append(text(tokens[index - 1]))
    }
    return names
  }
}
