import Autograd

extension Parser {
  /// Expression = Conditional | Lambda | Binary
  mutating func parseExpression() -> SyntaxID {
    nested(or: invalid()) { parser in
      if parser.at(.if) { return parser.parseConditional() }
      if parser.isLambda { return parser.parseLambda() }
      return parser.parseBinary(.or)
    }
  }

  /// Conditional = "if" Condition "then" Expression "else" Expression
  ///
  /// A chain of `else if` is parsed by a loop and folded from its end.
  mutating func parseConditional() -> SyntaxID {
    var branches: [(start: Int, condition: SyntaxID, yes: SyntaxID)] = []
    repeat {
      let start = advance().range.start
      let condition = parseCondition()
      expect(.then)
      skipNewlines()
      let yes = parseExpression()
      branches.append((start, condition, yes))
      if elseIsOnLaterLine { skipNewlines() }
      expect(.else, "`else` and the other value")
      skipNewlines()
    } while at(.if) && !isRecovering
    var no = parseExpression()
    for (start, condition, yes) in branches.reversed() {
      no = tree.add(.conditional(condition, yes: yes, no: no), range(from: start))
    }
    return no
  }

  /// An expression in which `=` was meant to compare.
  mutating func parseCondition() -> SyntaxID {
    let condition = parseExpression()
    if at(.assign) { report(.foreignOperator("=", instead: ["=="]), peek().range) }
    return condition
  }

  /// Whether only line ends stand before an `else`, or before the end of the input: it may follow.
  private var elseIsOnLaterLine: Bool {
    var ahead = 0
    while peek(ahead).kind == .newline { ahead += 1 }
    return peek(ahead).kind == .else || peek(ahead).kind == .endOfFile
  }

  /// Whether `name ->` or `(names) ->` stands here.
  private var isLambda: Bool {
    if at(.name) { return peek(1).kind == .arrow }
    guard at(.leftParen) else { return false }
    var ahead = 1
    while peek(ahead).kind == .name || peek(ahead).kind == .comma { ahead += 1 }
    return peek(ahead).kind == .rightParen && peek(ahead + 1).kind == .arrow
  }

  /// Lambda = ( name | "(" Parameters ")" ) "->" FunctionBody
  mutating func parseLambda() -> SyntaxID {
    let start = peek()
    let parameters: SyntaxList
    if start.kind == .leftParen {
      advance()
      parameters = parseParameters()
      expectClosing(.rightParen, of: start)
    } else {
      parameters = tree.list([tree.add(.name(tree.name(text(start))), advance().range)])
    }
    expect(.arrow)
    skipNewlines()
    let body = parseFunctionBody()
    return tree.add(.lambda(parameters, body), range(from: start.range.start))
  }

  /// Binary = Unary { operator Binary | Comparisons | ".." Binary [ "by" Binary ] }
  ///
  /// Precedence climbing: operators that bind at least as tightly as `minimum` are taken here, looser
  /// ones by the caller.
  mutating func parseBinary(_ minimum: Precedence) -> SyntaxID {
    let start = peek().range.start
    var left = parseUnary()
    var isRange = false
    while !isRecovering, let infix = OperatorTable.infix[peek().kind],
      infix.precedence >= minimum
    {
      if case .comparison = infix.meaning {
        left = parseComparisons(left, from: start)
        continue
      }
      if case .range = infix.meaning {
        if isRange { report(.rangeOfRange, peek().range) }
        isRange = true
      }
      advance()
      skipNewlines()
      let right = nested(or: left) { parser in
        parser.parseBinary(infix.isRightAssociative ? infix.precedence : infix.precedence.tighter)
      }
      left = join(left, infix.meaning, right, from: start)
    }
    return left
  }

  private mutating func join(
    _ left: SyntaxID, _ meaning: InfixOperator.Meaning, _ right: SyntaxID, from start: Int
  ) -> SyntaxID {
    switch meaning {
    case .arithmetic(let operation), .comparison(let operation):
      return tree.add(.binary(operation, left, right), range(from: start))
    case .matrixProduct: return tree.add(.matrixProduct(left, right), range(from: start))
    case .and: return tree.add(.and(left, right), range(from: start))
    case .or: return tree.add(.or(left, right), range(from: start))
    case .range:
      guard consume(.by) else {
        return tree.add(.range(left, right, step: nil), range(from: start))
      }
      skipNewlines()
      let step = parseBinary(.sum)
      return tree.add(.range(left, right, step: step), range(from: start))
    }
  }

  /// A chain `a < b <= c`.
  private mutating func parseComparisons(_ first: SyntaxID, from start: Int) -> SyntaxID {
    var parts = [first]
    while !isRecovering, let infix = OperatorTable.infix[peek().kind],
      case .comparison(let operation) = infix.meaning
    {
      parts.append(tree.add(.comparison(operation), advance().range))
      skipNewlines()
      parts.append(parseBinary(.range))
    }
    return tree.add(.comparisons(tree.list(parts)), range(from: start))
  }

  /// Unary = ( "-" | "+" | "not" ) Binary | Postfix
  mutating func parseUnary() -> SyntaxID {
    nested(or: invalid()) { parser in
      let token = parser.peek()
      switch token.kind {
      case .minus:
        parser.advance()
        let operand = parser.parseBinary(.power)
        return parser.tree.add(.unary(.negate, operand), parser.range(from: token.range.start))
      case .plus:
        parser.advance()
        let operand = parser.parseBinary(.power)
        return parser.tree.add(.positive(operand), parser.range(from: token.range.start))
      case .not:
        parser.advance()
        let operand = parser.parseBinary(.comparison)
        return parser.tree.add(.not(operand), parser.range(from: token.range.start))
      case _: return parser.parsePostfix()
      }
    }
  }
}
