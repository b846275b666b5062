extension Parser {
  /// The command that begins here, if the text says that it is one.
  ///
  /// A reserved word always is. Another command word is one when it is followed, on its line, by the
  /// end of the statement, or after a space by the start of an operand; a sign starts an operand only
  /// with a space before it and none after it. A leading colon always makes a command.
  var commandAhead: Command? {
    if at(.colon) { return Command(rawValue: text(peek(1))) }
    guard at(.name) || peek().kind.isReservedWord, let command = Command(rawValue: text(peek()))
    else { return nil }
    if command.isReserved { return command }
    let next = peek(1)
    switch next.kind {
    case .newline, .semicolon, .endOfFile, .rightBrace: return command
    case .plus, .minus: return next.hasSpaceBefore && !peek(2).hasSpaceBefore ? command : nil
    case _: return next.hasSpaceBefore && Parser.operandStarts.contains(next.kind) ? command : nil
    }
  }

  private static let operandStarts: Set<TokenKind> = [
    .number, .name, .stringOpen, .leftParen, .leftBracket, .not, .if, .nabla,
  ]

  /// Command = word [ Arguments ] { option }
  mutating func parseCommand(_ command: Command) -> SyntaxID {
    let start = peek().range.start
    if at(.colon) { advance() }
    advance()
    var parts = command == .set ? parseSettingWords() : parseCommandArguments()
    while at(.name), !isRecovering {
      let option = advance()
      parts.append(tree.add(.option(tree.name(text(option))), option.range))
    }
    return tree.add(.command(command, tree.list(parts)), range(from: start))
  }

  /// The arguments of a command; parentheses delimit them when they enclose all of them.
  private mutating func parseCommandArguments() -> [SyntaxID] {
    if atEndOfStatement { return [] }
    if at(.leftParen), parenthesesEncloseStatement {
      let opening = advance()
      let arguments = at(.rightParen) ? [] : parseArguments()
      expectClosing(.rightParen, of: opening)
      return arguments
    }
    return parseArguments()
  }

  /// Whether the parenthesis here closes where the statement ends.
  private var parenthesesEncloseStatement: Bool {
    var ahead = 0
    var nesting = 0
    repeat {
      switch peek(ahead).kind {
      case .leftParen: nesting += 1
      case .rightParen: nesting -= 1
      case .endOfFile: return true
      case _: break
      }
      ahead += 1
    } while nesting > 0
    switch peek(ahead).kind {
    case .newline, .semicolon, .endOfFile, .rightBrace: return true
    case _: return false
    }
  }

  /// The words of `set name value`.
  private mutating func parseSettingWords() -> [SyntaxID] {
    var words: [SyntaxID] = []
    while !atEndOfStatement, !isRecovering {
      if at(.name) || peek().kind.isReservedWord {
        let word = advance()
        words.append(tree.add(.option(tree.name(text(word))), word.range))
      } else {
        words.append(parseExpression())
      }
    }
    return words
  }
}
