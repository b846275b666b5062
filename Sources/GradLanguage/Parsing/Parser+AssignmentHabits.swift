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
      guard isCall(opening) || isCommand(opening - 1) else {
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

  /// Whether the token at an index begins a statement that is a command.
  private func isCommand(_ index: Int) -> Bool {
    index >= 0 && startsStatement(index) && Command(rawValue: text(tokens[index])) != nil
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
      let choice = source.text(self.token(at: then + 1).range.union(precedingOperand))
      return LocatedProblem(
        .foreignOperator("then", instead: ["\(condition) { \(choice) = \(restAhead) }"]),
        self.token(at: then).range)
    case .backward:
      return LocatedProblem(
        .foreignOperator("=", instead: ["backward L accumulate"]), token.range)
    case .name where Command(rawValue: text(first)) == .graph:
      return LocatedProblem(
        .foreignOperator("=", instead: ["\(source.text(precedingOperand)) \(restAhead)"]),
        token.range)
    case .name
    where Command(rawValue: text(first)) == .plot && position > 1
      && text(tokens[position - 2]) == "at":
      return LocatedProblem(.foreignOperator("=", instead: ["at \(restAhead)"]), token.range)
    case .name where Command(rawValue: text(first)) == .plot:
      let hasFor = tokens[statementStart..<position].contains { $0.kind == .for }
      let range = hasFor ? "in" : "for \(source.text(precedingOperand)) in \(restAhead)"
      return LocatedProblem(.foreignOperator("=", instead: [range]), token.range)
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
    while tokens[index].kind == .name, token(at: index + 1).kind == .assign {
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
    if token(at: next).kind == .leftParen, !token(at: next).hasSpaceBefore {
      while !atEnd(next), token(at: next).kind != .rightParen { next += 1 }
      next += 1
    }
    return next < tokens.count && signs.contains(token(at: next).kind)
  }

  /// Whether the line above began a function as in other languages, whose body this line is.
  var followsForeignDefinition: Bool {
    guard let last = problems.last, position > 1 else { return false }
    switch last.problem {
    case .foreignStatement, .foreignOperator:
      return source.lineIndex(at: last.range.start) + 1 >= source.lineIndex(at: peek().range.start)
    case _: return false
    }
  }

  /// A word of elsewhere that begins the statement in which a block opens: `loop {`, `until x > 3 {`.
  private func startingWord(before brace: Token) -> (token: Token, advice: String)? {
    let first = tokens[statementStart]
    guard first.kind == .name, let advice = ForeignWords.advice(for: text(first)) else {
      return nil
    }
    return (first, advice)
  }

  /// A definition that begins with `name(parameters)` and goes on as in other languages, as it is written
  /// here: `f(x) { return x^2 }`, `f(x) -> x^2`, `f(x) => x^2`, `f(x): x^2`.
  func definition(from first: Int) -> String? {
    let name = tokens[first]
    guard name.kind == .name, token(at: first + 1).kind == .leftParen,
      !token(at: first + 1).hasSpaceBefore
    else { return nil }
    let brackets = bracketedText(from: first + 1)
    guard brackets.hasSuffix(")") else { return nil }
    // The last word of each parameter, before which its type may stand, or behind it after a colon.
    let parameters = brackets.dropFirst().dropLast().split(separator: ",").map {
      ($0.split(separator: ":").first ?? "").split(separator: " ").last.map(String.init) ?? ""
    }
    guard parameters.allSatisfy(Interpreter.isName) else { return nil }
    let call = "\(text(name))(\(parameters.joined(separator: ", ")))"
    var next = first + 2
    while !atEnd(next), token(at: next).kind != .rightParen { next += 1 }
    if token(at: next + 1).kind == .arrow, token(at: next + 3).kind == .leftBrace { next += 2 }
    return body(after: next + 1).map { "\(call) = \($0)" }
  }

  /// What a function of elsewhere computes, from the sign on that follows its parameters.
  private func body(after sign: Int) -> String? {
    var first = sign + 1
    switch token(at: sign).kind {
    case .leftBrace, .colon:
      while token(at: first).kind == .newline { first += 1 }
    case .assign where token(at: first).kind == .greater: first += 1
    case .arrow, .assign: break
    case _: return nil
    }
    if token(at: first).kind == .return { first += 1 }
    let text = restOfStatement(from: first)
    guard token(at: sign).kind == .leftBrace else { return text }
    var end = first
    while !atEnd(end) { end += 1 }
    while [.newline, .semicolon].contains(token(at: end).kind) { end += 1 }
    return token(at: end).kind == .rightBrace ? text : "{ … }"
  }

  /// `[1, 2; 3, 4]`, the rows of a matrix elsewhere, as it is written here; the present token is the first
  /// semicolon.
  var matrixWithSemicolons: String? {
    guard let opening = innermostOpening else { return nil }
    let text = source.text(SourceRange(tokens[opening].range.end, token(at: position).range.end))
    var end = position
    let ends: TokenSet = [.rightBracket, .newline, .endOfFile, .leftBracket]
    while !ends.contains(token(at: end).kind), end - position < 200 { end += 1 }
    guard token(at: end).kind == .rightBracket else { return nil }
    let rest = source.text(SourceRange(token(at: position).range.end, token(at: end).range.start))
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
      return colonInIndex(position)
    }
    let next = peek(1)
    let isPython: TokenSet = [.if, .while, .else]
    guard [.number, .minus].contains(next.kind), !next.startsLine,
      !isPython.contains(tokens[statementStart].kind)
    else { return nil }
    let (second, end) = part(from: position + 1)
    guard self.token(at: end).kind == .colon else {
      return LocatedProblem(.foreignOperator(":", instead: [".."]), token.range)
    }
    let range = "\(source.text(precedingOperand))..\(part(from: end + 1).text) by \(second)"
    return LocatedProblem(.foreignOperator(":", instead: [range]), token.range)
  }

  /// `v[1:2]`, `v[:2]`, `v[2:]`, `v[1:9:2]`: the first colon is at an index.
  func colonInIndex(_ colon: Int) -> LocatedProblem {
    let isFirst = colon == 0 || [.leftBracket, .comma].contains(tokens[colon - 1].kind)
    let first = isFirst ? "1" : source.text(operand(before: colon))
    var (last, end) = part(from: colon + 1)
    if last.isEmpty { last = "end" }
    if last.hasPrefix("-") { last = "end - \(last.dropFirst())" }
    var step = ""
    if token(at: end).kind == .colon { step = " by \(part(from: end + 1).text)" }
    return LocatedProblem(
      .foreignOperator(":", instead: ["\(first)..\(last)\(step)"]), tokens[colon].range)
  }

  /// The text from a token to the next colon, comma or closing bracket, and where that is.
  private func part(from first: Int) -> (text: String, end: Int) {
    var (end, nesting) = (first, 0)
    while !atEnd(end), end - first < 40 {
      let kind = token(at: end).kind
      if nesting == 0, [.colon, .comma, .rightBracket, .rightParen, .leftBrace].contains(kind) {
        break
      }
      if [.leftBracket, .leftParen].contains(kind) { nesting += 1 }
      if [.rightBracket, .rightParen].contains(kind) { nesting -= 1 }
      end += 1
    }
    guard end > first else { return ("", end) }
    return (source.text(tokens[first].range.union(token(at: end - 1).range)), end)
  }

  /// `v[2..]`, `1..<3`, `0..=3`: the dots have been read, and no value follows.
  func openRange(_ dots: Token, _ token: Token) -> LocatedProblem? {
    switch token.kind {
    case .rightBracket:
      return LocatedProblem(.foreignOperator("..]", instead: ["..end]"]), dots.range)
    case .assign where !token.hasSpaceBefore:
      return LocatedProblem(
        .foreignOperator("..=", instead: [".."]), dots.range.union(token.range))
    case .less where !token.hasSpaceBefore:
      let end = part(from: position + 1).text
      let edit = Int(end).map { "\($0 - 1)" } ?? "\(end) - 1"
      return LocatedProblem(
        .foreignOperator("..<", instead: ["..\(edit)"]), dots.range.union(token.range))
    case _: return nil
    }
  }

  /// A `{` where a value has to stand: nothing before it, or an exponent in braces.
  func misplacedBrace(_ token: Token, after previous: Token) -> LocatedProblem? {
    if let word = startingWord(before: token) {
      return LocatedProblem(.foreignWord(text(word.token), advice: word.advice), word.token.range)
    }
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
