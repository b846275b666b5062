// `=`, `:` and `{` as they stand in other languages.

extension Parser {
  /// An `=` where none can stand: `=>`, an argument with a name, a comparison, a second one.
  func assignment(_ token: Token) -> LocatedProblem {
    let next = peek(1)
    if next.kind == .greater, !next.hasSpaceBefore {
      return LocatedProblem(
        .foreignOperator("=>", instead: [definition(from: statementStart) ?? "->"]),
        token.range.union(next.range))
    }
    let operand = source.text(precedingOperand)
    if let opening = innermostOpening, tokens[opening].kind == .leftParen {
      guard isCall(opening) else {
        return LocatedProblem(.foreignOperator("=", instead: ["=="]), token.range)
      }
      if startsAssignment(opening - 1), startsStatement(opening - 1) {
        let function = "\(text(tokens[opening - 1]))(x, y) = …"
        return LocatedProblem(.foreignOperator("=", instead: [function]), token.range)
      }
      return LocatedProblem(.namedArgument(operand), precedingOperand.union(token.range))
    }
    if let problem = assignmentInStatement(token) { return problem }
    if let statements = chainOfAssignments {
      return LocatedProblem(.secondAssignment(statements), precedingOperand.union(token.range))
    }
    return LocatedProblem(.notAssignable(operand), precedingOperand)
  }

  /// `x <- 3` where a statement begins: what would be a comparison.
  var arrowAssignment: LocatedProblem? {
    let (sign, minus, value) = (peek(1), peek(2), peek(3))
    guard at(.name), sign.kind == .less, sign.hasSpaceBefore, minus.kind == .minus,
      !minus.hasSpaceBefore, value.hasSpaceBefore
    else { return nil }
    return LocatedProblem(
      .foreignOperator("<-", instead: ["="]), sign.range.union(minus.range))
  }

  /// An `=` in a statement that begins with a word of its own.
  private func assignmentInStatement(_ token: Token) -> LocatedProblem? {
    let first = tokens[statementStart]
    switch first.kind {
    case .for: return LocatedProblem(.foreignOperator("=", instead: ["in"]), token.range)
    case .print: return LocatedProblem(.foreignOperator("=", instead: ["=="]), token.range)
    case .if:
      guard let then = tokens[statementStart..<position].firstIndex(where: { $0.kind == .then })
      else { return nil }
      let condition = source.text(first.range.union(tokens[then - 1].range))
      let choice = source.text(tokens[then + 1].range.union(precedingOperand))
      return LocatedProblem(
        .foreignOperator("then", instead: ["\(condition) { \(choice) = \(restAhead) }"]),
        tokens[then].range)
    case .backward:
      return LocatedProblem(
        .foreignOperator("=", instead: ["backward L accumulate"]), token.range)
    case .name where Command(rawValue: text(first)) == .set:
      return LocatedProblem(
        .foreignOperator(
          "=", instead: ["\(source.text(first.range.union(precedingOperand))) \(restAhead)"]),
        token.range)
    case .name where Command(rawValue: text(first)) == .assert:
      return LocatedProblem(.foreignOperator("=", instead: ["=="]), token.range)
    case _: return nil
    }
  }

  /// What stands after the present token.
  private var restAhead: String { restOfStatement(from: position + 1) }

  /// `x = y = 0` in statements of one name each: `y = 0; x = y`.
  private var chainOfAssignments: String? {
    var names: [String] = []
    var index = statementStart
    while tokens[index].kind == .name, tokens[index + 1].kind == .assign {
      names.append(text(tokens[index]))
      index += 2
    }
    guard names.count > 1, let last = names.last else { return nil }
    let pairs = zip(names, names.dropFirst()).reversed().map { "\($0) = \($1)" }
    return (["\(last) = \(restOfStatement(from: index))"] + pairs).joined(separator: "; ")
  }

  /// Whether a statement of its own begins at a name: it is followed by an `=`.
  func startsAssignment(_ index: Int) -> Bool {
    guard tokens[index].kind == .name else { return false }
    let signs: TokenSet = [
      .assign, .plusAssign, .minusAssign, .timesAssign, .divideAssign, .powerAssign, .setData,
    ]
    var next = index + 1
    if tokens[next].kind == .leftParen, !tokens[next].hasSpaceBefore {
      while !atEnd(next), tokens[next].kind != .rightParen { next += 1 }
      next += 1
    }
    return next < tokens.count && signs.contains(tokens[next].kind)
  }

  /// A definition that begins with `name(parameters)` and goes on as in other languages, as it is written
  /// here: `f(x) { return x^2 }`, `f(x) -> x^2`, `f(x) => x^2`, `f(x): x^2`.
  func definition(from first: Int) -> String? {
    let name = tokens[first]
    guard name.kind == .name, tokens[first + 1].kind == .leftParen,
      !tokens[first + 1].hasSpaceBefore
    else { return nil }
    let brackets = bracketedText(from: first + 1)
    guard brackets.hasSuffix(")") else { return nil }
    // The last word of each parameter; before it may stand its type.
    let parameters = brackets.dropFirst().dropLast().split(separator: ",").map {
      $0.split(separator: " ").last.map(String.init) ?? ""
    }
    guard parameters.allSatisfy(Interpreter.isName) else { return nil }
    let call = "\(text(name))(\(parameters.joined(separator: ", ")))"
    var next = first + 2
    while tokens[next].kind != .rightParen { next += 1 }
    return body(after: next + 1).map { "\(call) = \($0)" }
  }

  /// What a function of elsewhere computes, from the sign on that follows its parameters.
  private func body(after sign: Int) -> String? {
    var first = sign + 1
    switch tokens[sign].kind {
    case .leftBrace:
      while tokens[first].kind == .newline { first += 1 }
    case .assign:
      guard tokens[first].kind == .greater else { return nil }
      first += 1
    case .arrow, .colon: break
    case _: return nil
    }
    if tokens[first].kind == .return { first += 1 }
    let text = restOfStatement(from: first)
    guard tokens[sign].kind == .leftBrace else { return text }
    var end = first
    while !atEnd(end) { end += 1 }
    while [.newline, .semicolon].contains(tokens[end].kind) { end += 1 }
    return tokens[end].kind == .rightBrace ? text : "{ … }"
  }

  /// `[1, 2; 3, 4]`, the rows of a matrix elsewhere, as it is written here; the present token is the first
  /// semicolon.
  var matrixWithSemicolons: String? {
    guard let opening = innermostOpening else { return nil }
    let text = source.text(SourceRange(tokens[opening].range.end, tokens[position].range.end))
    var end = position
    let ends: TokenSet = [.rightBracket, .newline, .endOfFile, .leftBracket]
    while !ends.contains(tokens[end].kind), end - position < 200 { end += 1 }
    guard tokens[end].kind == .rightBracket else { return nil }
    let rest = source.text(SourceRange(tokens[position].range.end, tokens[end].range.start))
    let rows = (text + rest).split(separator: ";").map { row in
      String(row.drop { $0 == " " }.reversed().drop { $0 == " " }.reversed())
    }
    let matrix = "[[\(rows.joined(separator: "], ["))]]"
    return matrix.utf8.count > 60 ? "[[1, 2], [3, 4]]" : matrix
  }

  /// What is missing before another statement: the brace of a block, or the end of the one before.
  func missingSeparator(_ token: Token) -> LocatedProblem {
    let opensBlock: TokenSet = [.if, .while, .for, .repeat]
    let expected =
      opensBlock.contains(tokens[statementStart].kind)
      ? TokenKind.leftBrace.description : "an operator or the end of the statement"
    return LocatedProblem(.expected(expected, found: "`\(text(token))`"), token.range)
  }

  /// `1:10`: a range with a colon. A colon before a name, or at the end of a line, is something else.
  func colon(_ token: Token) -> LocatedProblem? {
    if let opening = innermostOpening, tokens[opening].kind == .leftBracket {
      return colonInIndex(token)
    }
    let next = peek(1)
    let isPython: TokenSet = [.if, .while, .else]
    guard [.number, .minus].contains(next.kind), !next.startsLine,
      !isPython.contains(tokens[statementStart].kind)
    else { return nil }
    var last = position + 1
    while last - position < 8, !atEnd(last), tokens[last].kind != .colon { last += 1 }
    return tokens[last].kind == .colon
      ? LocatedProblem(
        .foreignOperator(":", instead: ["1..10 by 2"]), token.range)
      : LocatedProblem(.foreignOperator(":", instead: [".."]), token.range)
  }

  /// `v[1:2]`, `v[:2]`, `v[2:]`.
  func colonInIndex(_ token: Token) -> LocatedProblem {
    LocatedProblem(
      .foreignOperator(":", instead: ["v[1..2]", "v[2..end]"]),
      token.range)
  }

  /// A `{` where a value has to stand: nothing before it, or an exponent in braces.
  func misplacedBrace(_ token: Token, after previous: Token) -> LocatedProblem? {
    if let definition = definition(from: statementStart) {
      return LocatedProblem(.foreignOperator("{", instead: [definition]), token.range)
    }
    switch previous.kind {
    case .power:
      return LocatedProblem(
        .foreignOperator("{", instead: ["x^(2)"]), token.range)
    case .repeat:
      return LocatedProblem(
        .missingArgument(command: "repeat", example: "repeat 3 { … }"), previous.range)
    case .if:
      return LocatedProblem(
        .missingArgument(command: "if", example: "if x > 0 { … }"), previous.range)
    case .while:
      return LocatedProblem(
        .missingArgument(command: "while", example: "while x > 0 { … }"), previous.range)
    case .then:
      return LocatedProblem(
        .foreignOperator("then", instead: ["if x > 0 { … }"]),
        previous.range)
    case .and, .or, .not:
      return LocatedProblem(
        .expected("a value", found: "a block", after: previous.kind.description), token.range)
    case _: return nil
    }
  }
}
