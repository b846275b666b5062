extension Parser {
  /// The command that begins here, if the text says that it is one.
  ///
  /// A reserved word always is. Another command word is one when it is followed, on its line, by the
  /// end of the statement, or after a space by the start of an operand; a sign starts an operand only
  /// with a space before it and none after it. A leading colon always makes a command.
  var commandAhead: Command? {
    if at(.colon) { return Command(rawValue: text(peek(1))) }
    let next = peek(1)
    // Most statements bind a name: its text need not be looked at.
    if at(.name), next.kind == .assign { return nil }
    guard at(.name) || peek().kind.isReservedWord,
      peek().range.end - peek().range.start <= Command.longestName,
      let command = Command(rawValue: text(peek()))
    else { return nil }
    if command.isReserved { return command }
    switch next.kind {
    case .newline, .semicolon, .endOfFile, .rightBrace: return command
    case .leftParen where !next.hasSpaceBefore && command.isDrawing:
      return drawsBeyondCall ? command : nil
    case .plus, .minus: return next.hasSpaceBefore && !peek(2).hasSpaceBefore ? command : nil
    case _: return next.hasSpaceBefore && Parser.operandStarts.contains(next.kind) ? command : nil
    }
  }

  static let operandStarts: TokenSet = [
    .number, .name, .stringOpen, .leftParen, .leftBracket, .not, .if, .nabla,
  ]

  /// Whether `graph(…)` or `plot(…)` can be no call: ` to "file"` follows, or `for` stands inside.
  private var drawsBeyondCall: Bool {
    var ahead = 1
    var nesting = 0
    repeat {
      switch peek(ahead).kind {
      case .leftParen, .leftBracket: nesting += 1
      case .rightParen, .rightBracket: nesting -= 1
      case .for where nesting == 1: return true
      case .newline, .endOfFile: return false
      case _: break
      }
      ahead += 1
    } while nesting > 0
    return isOptionOfDrawing(peek(ahead))
  }

  /// Whether a word goes on with a drawing behind its brackets.
  private func isOptionOfDrawing(_ token: Token) -> Bool {
    token.kind == .for || token.kind == .name && Parser.drawingWords.contains(text(token))
  }

  private static let drawingWords: Set<String> = [
    "to", "depth", "with", "title", "labels", "x", "y",
  ]

  /// Command = [ ":" ] command ( CommandArguments | SettingWords ) { Option }
  mutating func parseCommand(_ command: Command) -> SyntaxID {
    let start = peek().range.start
    if at(.colon) { advance() }
    advance()
    var parts = command == .set ? parseSettingWords() : parseCommandArguments(of: command)
    if command == .plot { refuseCommaBeforeOption(after: parts) }
    while at(.name) || command == .plot && at(.for), !isRecovering {
      parts.append(parseOption(of: command))
    }
    if command == .plot, at(.comma), !isRecovering {
      report(.expected("an option or the end of the statement", found: "`,`"), peek().range)
    }
    return tree.add(.command(command, tree.list(parts)), range(from: start))
  }

  /// Option = "to" Expression | "depth" Expression | PlotOption | name
  private mutating func parseOption(of command: Command) -> SyntaxID {
    if command == .plot, let option = parsePlotOption() { return option }
    let option = advance()
    if command.isDrawing, text(option) == "to" {
      let path = parseExpression()
      return tree.add(.destination(path), range(from: option.range.start))
    }
    if command == .graph, text(option) == "depth" {
      let depth = parseExpression()
      return tree.add(.depth(depth), range(from: option.range.start))
    }
    if command == .plot || !atEndOfStatement && !at(.name) && !at(.assign) && !at(.invalid) {
      report(.unknownCommandOption(text(option), command: command.rawValue), option.range)
    }
    return tree.add(.option(tree.name(text(option))), option.range)
  }

  /// The arguments of a command; parentheses delimit them when they enclose all of them.
  private mutating func parseCommandArguments(of command: Command) -> [SyntaxID] {
    if atEndOfStatement { return [] }
    if at(.leftParen), parenthesesEncloseArguments(of: command) {
      let opening = advance()
      var arguments = at(.rightParen) ? [] : parseArguments()
      if command == .plot, at(.for), !isRecovering { arguments.append(parseSamples()) }
      expectClosing(.rightParen, of: opening)
      return arguments
    }
    return parseArguments()
  }

  /// Whether the parenthesis here closes where the arguments end.
  private func parenthesesEncloseArguments(of command: Command) -> Bool {
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
    case .name, .for: return command.isDrawing && isOptionOfDrawing(peek(ahead))
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
