import Autograd

extension Parser {
  /// Postfix = Primary { Call | Index | Member | Superscript | Prime }
  ///
  /// A bracket belongs to what it touches.
  mutating func parsePostfix() -> SyntaxID {
    let start = peek()
    var base = parsePrimary()
    while !isRecovering {
      let token = peek()
      switch token.kind {
      case .leftParen where !token.hasSpaceBefore: base = parseCall(base, from: start)
      case .leftBracket where !token.hasSpaceBefore: base = parseIndex(base, from: start)
      case .dot where !token.hasSpaceBefore: base = parseMember(base, from: start)
      case .superscript where !token.hasSpaceBefore: base = parseSuperscript(base, from: start)
      case .prime where !token.hasSpaceBefore: base = parsePrime(base, from: start)
      case _: return base
      }
    }
    return base
  }

  private mutating func parseCall(_ function: SyntaxID, from start: Token) -> SyntaxID {
    if case .number = tree[function] {
      if let problem = powerOfFunction { report(problem.problem, problem.range) }
      let bracket = bracketedText(from: position)
      report(
        .missingMultiplication(left: source.text(range(from: start.range.start)), right: bracket),
        start.range.union(peek().range))
      return function
    }
    let opening = advance()
    let arguments = at(.rightParen) ? [] : parseArguments()
    expectClosing(.rightParen, of: opening)
    return tree.add(.call(function, tree.list(arguments)), range(from: start.range.start))
  }

  private mutating func parseIndex(_ base: SyntaxID, from start: Token) -> SyntaxID {
    let opening = advance()
    indexDepth += 1
    var indices = [parsePart()]
    while !isRecovering, consume(.comma) {
      skipNewlines()
      if at(.rightBracket) { break }
      indices.append(parsePart())
    }
    indexDepth -= 1
    expectClosing(.rightBracket, of: opening)
    return tree.add(.index(base, tree.list(indices)), range(from: start.range.start))
  }

  /// Part = ":" | Expression
  private mutating func parsePart() -> SyntaxID {
    guard at(.colon) else { return parseExpression() }
    return tree.add(.all, advance().range)
  }

  /// Prime = "'" { "'" }
  private mutating func parsePrime(_ base: SyntaxID, from start: Token) -> SyntaxID {
    var order = 0
    while at(.prime), order == 0 || !peek().hasSpaceBefore {
      advance()
      order += 1
    }
    if case .number = tree[base], at(.number), !peek().hasSpaceBefore {
      let range = start.range.union(peek().range)
      report(.malformedNumber(source.text(range)), range)
    }
    return tree.add(.prime(base, order: order), range(from: start.range.start))
  }

  /// Nabla = "∇" Primary
  private mutating func parseNabla() -> SyntaxID {
    let start = advance().range.start
    let function = nested(or: invalid()) { $0.parsePrimary() }
    return tree.add(.nabla(function), range(from: start))
  }

  /// `.name`, or with a touching parenthesis the call of a function on the base.
  private mutating func parseMember(_ base: SyntaxID, from start: Token) -> SyntaxID {
    advance()
    let token = peek()
    guard token.kind == .name || token.kind.isReservedWord else {
      reportUnexpected("a member's name")
      return base
    }
    advance()
    let name = tree.name(text(token))
    guard at(.leftParen), !peek().hasSpaceBefore else {
      return tree.add(.member(base, name), range(from: start.range.start))
    }
    let opening = advance()
    let arguments = at(.rightParen) ? [] : parseArguments()
    expectClosing(.rightParen, of: opening)
    return tree.add(.method(base, name, tree.list(arguments)), range(from: start.range.start))
  }

  private mutating func parseSuperscript(_ base: SyntaxID, from start: Token) -> SyntaxID {
    let token = advance()
    guard let value = Superscript.value(text(token)) else {
      report(.malformedNumber(text(token)), token.range)
      return base
    }
    if at(.leftParen), !peek().hasSpaceBefore, case .name(let name) = tree[base],
      Builtin.indices[tree[name]] != nil
    {
      let bracket = bracketedText(from: position)
      report(
        .foreignWord(
          source.text(range(from: start.range.start)),
          advice: "a power of a function's value is `\(tree[name])\(bracket)\(text(token))`"),
        range(from: start.range.start))
      return base
    }
    let exponent = tree.add(.number(value), token.range)
    return tree.add(.binary(.power, base, exponent), range(from: start.range.start))
  }

  /// Arguments = Expression { "," Expression } [ "," ]
  mutating func parseArguments() -> [SyntaxID] {
    var arguments = [parseExpression()]
    while !isRecovering, consume(.comma) {
      skipNewlines()
      if at(.rightParen) || at(.rightBracket) { break }
      arguments.append(parseExpression())
    }
    return arguments
  }

  /// Primary = Number | name | String | Parenthesized | Array | Conditional | "end" | Nabla
  mutating func parsePrimary() -> SyntaxID {
    let token = peek()
    switch token.kind {
    case .number: return parseNumber()
    case .name:
      advance()
      return tree.add(.name(tree.name(text(token))), token.range)
    case .stringOpen: return parseString()
    case .leftParen: return parseParenthesized()
    case .leftBracket: return parseArray()
    case .if: return parseConditional()
    case .nabla: return parseNabla()
    case .end where indexDepth > 0:
      advance()
      return tree.add(.end, token.range)
    case .end where peek(1).kind == .assign:
      report(.namedArgument("end"), token.range)
      return invalid()
    case .end:
      report(.endOutsideIndex, token.range)
      return invalid()
    case _:
      reportUnexpected("a value")
      return invalid()
    }
  }

  /// The value of a number's text; nil where it is malformed.
  static func number(_ text: String) -> Double? {
    let digits = text.filter { $0 != "_" }
    return Double(digits) ?? Double(digits + "0")
  }

  private mutating func parseNumber() -> SyntaxID {
    let token = advance()
    guard let value = Parser.number(text(token)) else {
      report(.malformedNumber(text(token)), token.range)
      return invalid()
    }
    if value.isInfinite { report(.numberTooLarge(text(token)), token.range) }
    if at(.name), !peek().hasSpaceBefore {
      let problem = number(token, touching: peek())
      report(problem.problem, problem.range)
    }
    return tree.add(.number(value), token.range)
  }

  private mutating func parseParenthesized() -> SyntaxID {
    let opening = advance()
    let outerIndexDepth = indexDepth
    let inner = parseExpression()
    indexDepth = outerIndexDepth
    expectClosing(.rightParen, of: opening)
    return inner
  }

  /// Array = "[" [ Arguments | Comprehension ] "]"
  mutating func parseArray() -> SyntaxID {
    let opening = advance()
    if consume(.rightBracket) {
      return tree.add(.array(.empty), range(from: opening.range.start))
    }
    var elements = [parseExpression()]
    if at(.for), !isRecovering { return parseComprehension(elements[0], opening) }
    while !isRecovering, consume(.comma) {
      if at(.rightBracket) { break }
      elements.append(parseExpression())
    }
    expectClosing(.rightBracket, of: opening)
    return tree.add(.array(tree.list(elements)), range(from: opening.range.start))
  }

  /// Comprehension = Expression "for" NewName "in" Binary [ "if" Expression ]
  mutating func parseComprehension(_ body: SyntaxID, _ opening: Token) -> SyntaxID {
    advance()
    let name = parseNewName()
    expect(.in)
    let values = parseBinary(.or)
    let condition = consume(.if) ? parseExpression() : nil
    expectClosing(.rightBracket, of: opening)
    return tree.add(
      .comprehension(body, name, values, condition: condition), range(from: opening.range.start))
  }

  /// String = quote { text | Interpolation } quote
  mutating func parseString() -> SyntaxID {
    let start = advance().range.start
    var pieces: [SyntaxID] = []
    while !isRecovering, !at(.stringClose), !at(.endOfFile) {
      if at(.stringText) {
        pieces.append(tree.add(.text, advance().range))
      } else {
        pieces.append(parseInterpolation())
      }
    }
    consume(.stringClose) ? () : reportUnexpected("the end of the string")
    return tree.add(.string(tree.list(pieces)), range(from: start))
  }

  private mutating func parseInterpolation() -> SyntaxID {
    let opening = peek()
    guard expect(.interpolationOpen) != nil else { return invalid() }
    let value = parseExpression()
    var format: SyntaxID?
    if at(.interpolationFormat) {
      let token = advance()
      let text = SourceRange(token.range.start + 1, token.range.end)
      format = tree.add(.text, text)
    }
    expectClosing(.interpolationClose, of: opening)
    return tree.add(
      .interpolation(value, format: format), range(from: opening.range.start))
  }
}
