import Autograd

extension Parser {
  /// Program = { StatementAndEnd }
  mutating func parseProgram() {
    var statements: [SyntaxID] = []
    while true {
      skipSeparators()
      if at(.endOfFile) { break }
      if at(.rightBrace) {
        report(.unmatchedBracket("}"), advance().range)
        synchronize()
        continue
      }
      statements.append(parseStatementAndEnd())
    }
    tree.program = tree.list(statements)
  }

  private mutating func skipSeparators() {
    while at(.newline) || at(.semicolon) { advance() }
  }

  /// A statement up to its end, and whether it is silenced.
  private mutating func parseStatementAndEnd() -> SyntaxID {
    let start = peek().range.start
    let statement = parseStatement()
    if isRecovering {
      synchronize()
      return statement
    }
    guard atEndOfStatement else {
      reportUnexpected("an operator or the end of the statement")
      synchronize()
      return statement
    }
    guard at(.semicolon) else { return statement }
    advance()
    let endsLine = at(.newline) || at(.endOfFile)
    return endsLine ? tree.add(.silenced(statement), range(from: start)) : statement
  }

  /// Statement = If | For | While | Repeat | Restore | Jump | Return | Plain | Import | Command
  ///          | Definition | Assignment
  mutating func parseStatement() -> SyntaxID {
    nested(or: invalid()) { parser in
      let start = parser.peek()
      if start.kind.isReservedWord, parser.peek(1).kind == .assign || parser.isDefinition {
        parser.report(.reservedWord(parser.text(start)), start.range)
        return parser.invalid()
      }
      switch start.kind {
      case .if where parser.isIfStatement: return parser.parseIf()
      case .for: return parser.parseFor()
      case .while: return parser.parseWhile()
      case .repeat: return parser.parseRepeat()
      case .break, .continue: return parser.parseJump()
      case .return: return parser.parseReturn()
      case .plain: return parser.parsePlain()
      case .import: return parser.parseImport()
      case _:
        if parser.startsOperatorLine { return parser.invalid() }
        if let problem = parser.arrowAssignment {
          parser.report(problem.problem, problem.range)
          return parser.invalid()
        }
        if parser.isRestore { return parser.parseRestore() }
        if let command = parser.commandAhead { return parser.parseCommand(command) }
        if parser.isDefinition { return parser.parseDefinition() }
        return parser.parseAssignment()
      }
    }
  }

  mutating func invalid() -> SyntaxID { tree.add(.invalid, peek().range) }

  /// Reports a line that begins with an operator and follows a line of the same input.
  private var startsOperatorLine: Bool {
    mutating get {
      let token = peek()
      guard token.startsLine, OperatorTable.infix[token.kind] != nil, followsLine else {
        return false
      }
      let problem = foreignStart ?? operatorStartsLine(token)
      report(problem.problem, problem.range)
      return true
    }
  }

  /// Whether the line before the present token's holds a statement.
  private var followsLine: Bool {
    position >= 2 && tokens[position - 1].kind == .newline
      && tokens[position - 2].kind != .newline && tokens[position - 2].kind != .leftBrace
      && tokens[position - 2].kind != .semicolon
      && source.lineIndex(at: tokens[position - 2].range.start) + 1
        == source.lineIndex(at: peek().range.start)
  }

  // MARK: Control flow

  /// Whether an `if` at the start of a statement has a block, rather than `then`.
  private var isIfStatement: Bool {
    var ahead = 1
    var nesting = 0
    while true {
      let token = peek(ahead)
      switch token.kind {
      case .endOfFile: return true
      case .then where nesting == 0: return false
      case .leftBrace where nesting == 0: return true
      case .newline where nesting == 0: return true
      case .semicolon where nesting == 0: return true
      case .leftParen, .leftBracket, .leftBrace, .stringOpen: nesting += 1
      case .rightParen, .rightBracket, .rightBrace, .stringClose: nesting -= 1
      case _: break
      }
      ahead += 1
    }
  }

  /// If = "if" Condition Block [ "else" ( If | Block ) ]
  ///
  /// The chain of `else if` is parsed by a loop and folded from its end.
  mutating func parseIf() -> SyntaxID {
    let first = peek().range.start
    var branches: [(start: Int, condition: SyntaxID, block: SyntaxID)] = []
    var last: SyntaxID?
    while true {
      let start = peek().range.start
      advance()
      let condition = parseCondition()
      let block = parseBlock()
      branches.append((start, condition, block))
      guard !isRecovering, consume(.else) else { break }
      skipNewlines()
      if at(.if), isIfStatement { continue }
      last = parseBlock()
      break
    }
    for (start, condition, block) in branches.reversed() {
      last = tree.add(.if(condition, yes: block, no: last), range(from: start))
    }
    return last ?? tree.add(.invalid, range(from: first))
  }

  /// Block = "{" { StatementAndEnd } "}"
  mutating func parseBlock() -> SyntaxID {
    let opening = peek()
    guard expect(.leftBrace) != nil else { return invalid() }
    var statements: [SyntaxID] = []
    blockDepth += 1
    while true {
      skipSeparators()
      if at(.rightBrace) || at(.endOfFile) { break }
      statements.append(parseStatementAndEnd())
    }
    blockDepth -= 1
    expectClosing(.rightBrace, of: opening)
    return tree.add(.block(tree.list(statements)), range(from: opening.range.start))
  }

  /// For = "for" NewName "in" Expression LoopBlock
  mutating func parseFor() -> SyntaxID {
    let start = advance().range.start
    let name = parseNewName()
    expect(.in)
    let values = parseExpression()
    let block = parseLoopBlock()
    return tree.add(.for(name, values, block), range(from: start))
  }

  /// While = "while" Condition LoopBlock
  mutating func parseWhile() -> SyntaxID {
    let start = advance().range.start
    let condition = parseCondition()
    let block = parseLoopBlock()
    return tree.add(.while(condition, block), range(from: start))
  }

  /// Repeat = "repeat" Expression LoopBlock
  mutating func parseRepeat() -> SyntaxID {
    let start = advance().range.start
    let count = parseExpression()
    let block = parseLoopBlock()
    return tree.add(.repeat(count, block), range(from: start))
  }

  /// Whether a `restore` block stands here: outside all others.
  private var isRestore: Bool {
    at(.name) && peek(1).kind == .leftBrace && text(peek()) == "restore" && blockDepth == 0
      && functionDepth == 0
  }

  /// Restore = "restore" Block
  mutating func parseRestore() -> SyntaxID {
    let start = advance().range.start
    let block = parseBlock()
    return tree.add(.restore(block), range(from: start))
  }

  private mutating func parseLoopBlock() -> SyntaxID {
    loopDepth += 1
    defer { loopDepth -= 1 }
    return parseBlock()
  }

  private mutating func parseJump() -> SyntaxID {
    let token = advance()
    if loopDepth == 0 { report(.outsideLoop(text(token)), token.range) }
    return tree.add(token.kind == .break ? .break : .continue, token.range)
  }

  /// Return = "return" [ Expression ]
  mutating func parseReturn() -> SyntaxID {
    let token = advance()
    if functionDepth == 0, !followsForeignDefinition {
      report(.returnOutsideFunction, token.range)
    }
    let value = atEndOfStatement ? nil : parseExpression()
    return tree.add(.return(value), range(from: token.range.start))
  }

  // MARK: Bindings

  /// Plain = "plain" NewName "=" Expression
  mutating func parsePlain() -> SyntaxID {
    let start = advance().range.start
    let name = parseNewName()
    expect(.assign)
    skipNewlines()
    let value = parseExpression()
    return tree.add(.plain(name, value), range(from: start))
  }

  /// Import = "import" String
  mutating func parseImport() -> SyntaxID {
    let token = advance()
    if blockDepth > 0 || functionDepth > 0 { report(.importInside, token.range) }
    guard at(.stringOpen) else {
      if at(.name), ForeignWords.isModule(text(peek())),
        let advice = ForeignWords.advice(for: "from")
      {
        report(.foreignWord(text(peek()), advice: advice), peek().range)
      }
      reportUnexpected("the path of a file in quotes")
      return invalid()
    }
    let path = parseString()
    if case .string(let pieces) = tree[path], tree[pieces].contains(where: isInterpolation) {
      report(.importInside, tree.range(path))
    }
    return tree.add(.import(path), range(from: token.range.start))
  }

  private func isInterpolation(_ piece: SyntaxID) -> Bool {
    if case .interpolation = tree[piece] { return true }
    return false
  }

  /// A name that is being given: a reserved word has its own error.
  mutating func parseNewName() -> NameID {
    let token = peek()
    if token.kind.isReservedWord {
      report(.reservedWord(text(token)), token.range)
      return tree.name("")
    }
    guard expect(.name) != nil else { return tree.name("") }
    return tree.name(text(token))
  }

  /// Whether a definition `name(names) = …` stands here.
  private var isDefinition: Bool {
    guard at(.name) || peek().kind.isReservedWord, peek(1).kind == .leftParen,
      !peek(1).hasSpaceBefore
    else { return false }
    var ahead = 2
    while peek(ahead).kind == .name || peek(ahead).kind == .comma
      || peek(ahead).kind.isReservedWord
    {
      ahead += 1
    }
    return peek(ahead).kind == .rightParen && peek(ahead + 1).kind == .assign
  }

  /// Definition = NewName "(" Parameters ")" "=" FunctionBody
  mutating func parseDefinition() -> SyntaxID {
    let start = peek().range.start
    let name = parseNewName()
    let opening = advance()
    let parameters = parseParameters()
    expectClosing(.rightParen, of: opening)
    expect(.assign)
    skipNewlines()
    let body = parseFunctionBody()
    return tree.add(.define(name, parameters, body), range(from: start))
  }

  /// Parameters = [ NewName { "," NewName } [ "," ] ]
  mutating func parseParameters() -> SyntaxList {
    var parameters: [SyntaxID] = []
    var seen: Set<NameID> = []
    while !at(.rightParen), !isRecovering {
      let token = peek()
      let name = parseNewName()
      if !seen.insert(name).inserted { report(.duplicateParameter(text(token)), token.range) }
      parameters.append(tree.add(.name(name), token.range))
      guard consume(.comma) else { break }
    }
    return tree.list(parameters)
  }

  /// A block or an expression; loops around the function do not count inside it.
  mutating func parseFunctionBody() -> SyntaxID {
    let outerLoops = loopDepth
    loopDepth = 0
    functionDepth += 1
    defer {
      loopDepth = outerLoops
      functionDepth -= 1
    }
    return at(.leftBrace) ? parseBlock() : parseExpression()
  }

  /// Assignment = Expression [ assignment Expression ]
  mutating func parseAssignment() -> SyntaxID {
    let start = peek().range.start
    let target = parseExpression()
    let token = peek()
    let operation: BinaryOperation?
    switch token.kind {
    case .assign, .setData: operation = nil
    case .plusAssign: operation = .add
    case .minusAssign: operation = .subtract
    case .timesAssign: operation = .multiply
    case .divideAssign: operation = .divide
    case .powerAssign: operation = .power
    case _: return tree.add(.evaluate(target), tree.range(target))
    }
    guard !isRecovering else { return target }
    checkAssignable(target)
    advance()
    skipNewlines()
    let value = parseExpression()
    let whole = range(from: start)
    return tree.add(
      token.kind == .setData ? .setData(target, value) : .assign(target, operation, value), whole)
  }

  /// Reports a target that is no name, element, `.data` or `.grad`.
  private mutating func checkAssignable(_ target: SyntaxID) {
    switch tree[target] {
    case .name, .member, .index: break
    case _: report(.notAssignable(source.text(tree.range(target))), tree.range(target))
    }
  }
}
