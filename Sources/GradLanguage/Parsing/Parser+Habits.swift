// What people write by habit from other languages, recognised where the parser cannot go on.

extension Parser {
  /// What a misplaced token is by habit from elsewhere, with what to write here.
  func habit(at token: Token) -> LocatedProblem? {
    if token.kind == .else { return LocatedProblem(.elseOnOwnLine, token.range) }
    if let problem = foreignStart { return problem }
    guard position > 0 else { return nil }
    let previous = tokens[position - 1]
    let pair = previous.range.union(token.range)
    if token.kind == .leftBrace {
      return functionWithoutName(token) ?? misplacedBrace(token, after: previous)
    }
    if previous.kind == .dot, token.kind == .leftParen, position > 1 {
      let call = text(tokens[position - 2]) + bracketedText(from: position)
      return LocatedProblem(.foreignOperator(".(", instead: [call]), pair)
    }
    if position > 1, previous.kind == .colon, tokens[position - 2].kind == .leftBracket {
      return colonInIndex(position - 1)
    }
    if token.kind == .comma, let opening = innermostOpening {
      if opening > 0, tokens[opening - 1].kind == .if {
        return LocatedProblem(.foreignOperator("if(", instead: ["if c then a else b"]), pair)
      }
      if opening == position - 1, tokens[opening].kind == .leftBracket, isIndex(opening) {
        return LocatedProblem(.foreignOperator("[,", instead: ["[:, …]"]), pair)
      }
    }
    if previous.kind == .then, token.kind == .print || Command(rawValue: text(token)) != nil,
      tokens[statementStart].kind == .if
    {
      let condition = source.text(
        tokens[statementStart].range.union(tokens[position - 2].range))
      return LocatedProblem(
        .foreignOperator(
          "then", instead: ["\(condition) { \(restOfStatement(from: position)) }"]),
        previous.range)
    }
    if previous.kind == .dotDot, let problem = openRange(previous, token) { return problem }
    if TokenKind.operandEnds.contains(previous.kind) {
      return juxtaposition(previous, token)
    }
    if previous.kind == .rightBrace, let instead = Parser.foreignStatements[text(token)] {
      return LocatedProblem(.foreignStatement(text(token), instead: instead), token.range)
    }
    for first in [position - 1, max(position - 2, 0)] {
      let last = first + 1
      let range = tokens[first].range.union(self.token(at: last).range)
      guard let instead = edits(of: first) else { continue }
      return LocatedProblem(.foreignOperator(source.text(range), instead: instead), range)
    }
    if token.startsLine, OperatorTable.infix[token.kind] != nil {
      return operatorStartsLine(token)
    }
    return nil
  }

  /// A line that begins with an operator: a sign may begin a statement of its own.
  func operatorStartsLine(_ token: Token) -> LocatedProblem {
    let isSign = token.kind == .minus || token.kind == .plus
    return LocatedProblem(
      .operatorStartsLine(text(token), statement: isSign ? restOfStatement : nil), token.range)
  }

  /// What two tokens from `first` on are by habit one operator for, written as it is here.
  private func edits(of first: Int) -> [String]? {
    let symbol = source.text(tokens[first].range.union(token(at: first + 1).range))
    let left =
      first > 0 && TokenKind.operandEnds.contains(tokens[first - 1].kind)
      ? source.text(operand(before: first)) : nil
    switch (symbol, left) {
    case ("++", let left?): return ["\(left) += 1"]
    case ("--", let left?): return ["\(left) -= 1"]
    case ("%=", let left?): return ["\(left) = \(left) % \(restOfStatement(from: first + 2))"]
    case ("@=", let left?): return ["\(left) = \(left) @ \(restOfStatement(from: first + 2))"]
    case ("//=", let left?): return ["\(left) = \(left) // \(restOfStatement(from: first + 2))"]
    case ("<<", let left?): return ["\(left)*2^\(restOfStatement(from: first + 2))"]
    case ("=>", _): return definition(from: statementStart).map { [$0] } ?? [">=", "->"]
    case _: return Parser.foreignOperators[symbol]
    }
  }

  /// A statement that begins with a sign of elsewhere: a comment, a prompt, a command of a notebook.
  var foreignStart: LocatedProblem? {
    guard startsStatement(position) else { return nil }
    let (token, next) = (peek(), peek(1))
    let touches = !next.hasSpaceBefore
    func problem(_ word: String, _ advice: String) -> LocatedProblem {
      LocatedProblem(
        .foreignWord(word, advice: advice),
        SourceRange(token.range.start, token.range.start + word.utf8.count))
    }
    switch token.kind {
    case .plus where next.kind == .plus && touches && peek(2).kind == .name:
      return LocatedProblem(
        .foreignOperator("++", instead: ["\(text(peek(2))) += 1"]), token.range.union(next.range))
    case .percent where next.kind == .name && touches:
      return problem("%", "commands of notebooks mean nothing here: leave the line away")
    case .percent: return problem("%", "a comment begins with `#`")
    case .floorDivide: return problem("//", "a comment begins with `#`")
    case .divide where next.kind == .times && touches:
      return problem("/*", "a comment begins with `#`")
    case .greater where next.kind == .greater && touches:
      return problem(">>", "leave the prompt away")
    case _: return nil
    }
  }

  /// Whether the token at an index begins a statement.
  func startsStatement(_ index: Int) -> Bool {
    index == 0 || [.newline, .semicolon, .leftBrace].contains(tokens[index - 1].kind)
  }

  /// Two operands side by side: a product without its sign, or a word of elsewhere.
  private func juxtaposition(_ left: Token, _ right: Token) -> LocatedProblem? {
    switch right.kind {
    case .rightParen, .rightBracket, .rightBrace:
      return LocatedProblem(.unmatchedBracket(text(right)), right.range)
    case .leftParen, .leftBracket:
      let operand = source.text(precedingOperand)
      return LocatedProblem(
        .spaceBeforeBracket(left: operand, bracket: bracketedText(from: position)), right.range)
    case .assign: return assignment(right)
    case .arrow:
      return definition(from: statementStart).map {
        LocatedProblem(.foreignOperator("->", instead: [$0]), right.range)
      }
    case .comma: return commaInNumber(left, right)
    case .colon:
      return colon(right)
        ?? definition(from: statementStart).map {
          LocatedProblem(.foreignOperator(":", instead: [$0]), right.range)
        }
    case .dot:
      let symbol = source.text(right.range.union(peek(1).range))
      return Parser.foreignOperators[symbol].map {
        LocatedProblem(.foreignOperator(symbol, instead: $0), right.range.union(peek(1).range))
      }
    case .stringOpen
    where !right.hasSpaceBefore && Parser.stringPrefixes.contains(text(left)):
      return LocatedProblem(
        .foreignWord(text(left), advice: "values stand in braces in any string: `\"{x}\"`"),
        right.range)
    case .stringOpen where left.kind == .name && Builtin.indices[text(left)] != nil:
      return LocatedProblem(
        .missingBrackets(function: text(left), argument: restOfStatement(from: position)),
        left.range.union(right.range))
    case .stringOpen where left.kind == .name: return foreignWord(left, right)
    case .name, .number: return sideBySide(left, right)
    case _: return nil
    }
  }

  private func sideBySide(_ left: Token, _ right: Token) -> LocatedProblem? {
    if let sign = commentSign {
      return LocatedProblem(.wordsAfterSign(text(sign), found: text(right)), right.range)
    }
    let isCall = left.kind == .name && Builtin.indices[text(left)] != nil
    if right.kind == .name, !isCall, let problem = foreignOperator(right) { return problem }
    if text(left) == "of", let problem = foreignOperator(left) { return problem }
    if right.kind == .name, Parser.blockWords.contains(text(right)),
      let advice = ForeignWords.advice(for: text(right))
    {
      return LocatedProblem(.foreignWord(text(right), advice: advice), right.range)
    }
    if left.kind == .name {
      if let problem = foreignWord(left, right) { return problem }
      let before = position > 1 ? tokens[position - 2].kind : .newline
      guard before != .dot, before != .for else { return nil }
      if Setting(rawValue: text(left)) != nil, startsStatement(position - 1) {
        return LocatedProblem(
          .foreignStatement(text(left), instead: "set \(text(left)) \(restOfStatement)"), left.range
        )
      }
      if let builtin = Builtin.indices[text(left)] {
        return LocatedProblem(
          .missingBrackets(function: text(left), argument: arguments(of: Builtin.all[builtin])),
          left.range.union(right.range))
      }
      // Options of commands are words before values, too.
      guard right.kind == .number, Command(rawValue: text(tokens[statementStart])) == nil else {
        return nil
      }
      return LocatedProblem(
        .missingMultiplication(left: text(left), right: text(right)), left.range.union(right.range))
    }
    if left.kind == .prime {
      return LocatedProblem(
        .missingBrackets(function: source.text(precedingOperand), argument: argumentAhead),
        precedingOperand.union(right.range))
    }
    guard left.kind == .number || left.kind == .rightParen else { return nil }
    if innermostOpening.map({ token(at: $0).kind == .leftBrace }) ?? true,
      startsAssignment(position)
    {
      return missingSeparator(right)
    }
    if let problem = groupedDigits(left, right) { return problem }
    let range = precedingOperand.union(right.range)
    if let problem = functionWithoutName(right) { return problem }
    if right.hasSpaceBefore, isAmongValues {
      return LocatedProblem(
        .missingComma(left: source.text(precedingOperand), right: text(right)), range)
    }
    return LocatedProblem(
      .missingMultiplication(
        left: source.text(precedingOperand), right: text(right) + callBehind(position)), range)
  }

  /// The arguments of the name at an index, if it is called.
  private func callBehind(_ index: Int) -> String {
    let next = token(at: index + 1)
    guard token(at: index).kind == .name, next.kind == .leftParen, !next.hasSpaceBefore else {
      return ""
    }
    return bracketedText(from: index + 1)
  }

  /// The sign that begins a comment elsewhere, where two words after it are all that goes wrong in a
  /// statement that binds a name: `y = 3 // the mass`.
  private var commentSign: Token? {
    let sign = token(at: max(position - 2, 0))
    guard peek().kind == .name, position > 2, tokens[position - 1].kind == .name,
      [.floorDivide, .percent].contains(sign.kind), sign.hasSpaceBefore,
      tokens[position - 1].hasSpaceBefore, Builtin.indices[text(tokens[position - 1])] == nil,
      token(at: statementStart + 1).kind == .assign, innermostOpening == nil
    else { return nil }
    return sign
  }

  /// Values on lines of their own in a bracket that is closed further on, of which one has no comma.
  func commaMissing(in opening: Token) -> LocatedProblem? {
    guard peek().startsLine, opening.kind == .leftParen || opening.kind == .leftBracket,
      position > 0, TokenKind.operandEnds.contains(tokens[position - 1].kind),
      Parser.operandStarts.contains(peek().kind), !startsAssignment(position),
      closesAhead
    else { return nil }
    return LocatedProblem(
      .missingComma(
        left: source.text(precedingOperand), right: bracketedText(from: position)),
      tokens[position - 1].range)
  }

  /// Whether a bracket that is open here is closed, within 1000 tokens and before another statement
  /// begins.
  private var closesAhead: Bool {
    var nesting = 0
    for index in position..<min(position + 1000, tokens.count) {
      switch tokens[index].kind {
      case .leftParen, .leftBracket: nesting += 1
      case .rightParen, .rightBracket:
        if nesting == 0 { return true }
        nesting -= 1
      case .assign, .newline, .leftBrace, .rightBrace, .endOfFile: return false
      case _: break
      }
    }
    return false
  }

  /// `f = function(x) x^2`: the present token begins what it computes.
  private func functionWithoutName(_ body: Token) -> LocatedProblem? {
    let operand = source.text(precedingOperand)
    guard let word = operand.split(separator: "(").first.map(String.init), operand.hasSuffix(")"),
      ["function", "func", "fn", "fun"].contains(word)
    else { return nil }
    let parameters = operand.dropFirst(word.utf8.count)
    let text = parameters.contains(",") ? "\(parameters)" : "\(parameters.dropFirst().dropLast())"
    let first = body.kind == .leftBrace ? position + 1 : position
    let computed = restOfStatement(from: token(at: first).kind == .return ? first + 1 : first)
    return LocatedProblem(
      .foreignStatement(word, instead: "\(text) -> \(computed)"), precedingOperand)
  }

  /// What was meant as a function's argument: the product that begins here, and what follows it after
  /// commas; a function with its own.
  private var argumentAhead: String { argument(from: position) }

  func argument(from first: Int) -> String {
    var last = first
    let goesOn: TokenSet = [.times, .divide, .power, .at, .floorDivide, .comma, .minus]
    while last - first < 40, !atEnd(last + 1) {
      let (token, next) = (token(at: last), token(at: last + 1))
      let follows =
        goesOn.contains(next.kind) && (next.kind != .minus || goesOn.contains(token.kind))
      guard
        goesOn.contains(token.kind) || follows || !next.hasSpaceBefore && next.kind == .leftParen
      else { break }
      last += 1
    }
    let text = source.text(token(at: first).range.union(token(at: last).range))
    if last == first, Builtin.indices[text] != nil, !atEnd(last + 1),
      [.name, .number].contains(token(at: last + 1).kind)
    {
      return "\(text)(\(self.text(token(at: last + 1))))"
    }
    return text
  }

  /// Whether values stand side by side here that commas separate: in an array, a call, after `print`.
  private var isAmongValues: Bool {
    guard let opening = innermostOpening else {
      return tokens[statementStart].kind == .print
    }
    return tokens[opening].kind == .leftBracket || isCall(opening)
  }

  /// A word that begins a statement elsewhere, before an operand; or the name of a command, misspelt.
  private func foreignWord(_ left: Token, _ right: Token) -> LocatedProblem? {
    let word = text(left)
    let declares = Parser.types.contains(word) && [.assign, .leftParen].contains(peek(1).kind)
    if word == "lambda" || startsStatement(position - 1),
      let example = declares ? "x = 2" : Parser.foreignStatements[word]
    {
      return LocatedProblem(
        .foreignStatement(word, instead: translated(word, right) ?? example),
        left.range.union(right.range))
    }
    if position > 2, word.hasPrefix("d"), tokens[position - 2].kind == .divide,
      text(tokens[position - 3]) == "d", let advice = ForeignWords.advice(for: "derivative")
    {
      let range = tokens[position - 3].range.union(left.range)
      return LocatedProblem(.foreignWord(source.text(range), advice: advice), range)
    }
    if startsStatement(position - 1), right.kind == .name, peek(1).kind == .assign,
      ForeignWords.advice(for: word) == nil, !Parser.types.contains(word)
    {
      return LocatedProblem(
        .missingBrackets(function: word, argument: text(right)), left.range.union(right.range))
    }
    guard startsStatement(position - 1), word.utf8.count <= 16, Builtin.indices[word] == nil,
      Command(rawValue: word) == nil
    else { return nil }
    if let advice = ForeignWords.advice(for: word) {
      return LocatedProblem(.foreignWord(word, advice: advice), left.range)
    }
    guard
      let near = Suggestion.nearest(to: word, among: Command.allCases.map(\.rawValue)),
      Command(rawValue: near) != nil
    else { return nil }
    return LocatedProblem(
      .foreignStatement(word, instead: "\(near) \(restOfStatement)"), left.range)
  }

  /// A definition of elsewhere as it is written here; `right` stands after its word.
  private func translated(_ word: String, _ right: Token) -> String? {
    switch word {
    case "let" where text(right) == "mut" && peek(1).kind == .name:
      return restOfStatement(from: position + 1)
    case "let", "var", "auto", "my", "local":
      if peek(1).kind == .leftParen { return definition(from: position) ?? restOfStatement }
      return peek(1).kind == .assign ? restOfStatement : nil
    case "const", "final": return peek(1).kind == .assign ? "plain \(restOfStatement)" : nil
    case _ where Parser.types.contains(word):
      return peek(1).kind == .leftParen ? definition(from: position) : restOfStatement
    case "def", "func", "function", "fn", "fun":
      guard right.kind == .name, peek(1).kind == .leftParen else { return nil }
      if let definition = definition(from: position) { return definition }
      let call = text(right) + bracketedText(from: position + 1)
      if call.contains(":") || !call.hasSuffix(")") { return nil }
      var body = position + 1
      while !atEnd(body), token(at: body).kind != .rightParen { body += 1 }
      guard token(at: body).kind == .rightParen, token(at: body + 1).kind == .colon else {
        return token(at: body + 1).kind == .assign
          ? restOfStatement : "\(call) = …"
      }
      body += token(at: body + 2).kind == .return ? 3 : 2
      return "\(call) = \(restOfStatement(from: body))"
    case "lambda":
      var (names, next) = ([text(right)], position + 1)
      while token(at: next).kind == .comma, token(at: next + 1).kind == .name {
        names.append(text(token(at: next + 1)))
        next += 2
      }
      guard right.kind == .name, token(at: next).kind == .colon else { return nil }
      let body = innermostOpening == nil ? restOfStatement(from: next + 1) : "…"
      let list = names.joined(separator: ", ")
      return "\(names.count == 1 ? list : "(\(list))") -> \(body)"
    case _: return nil
    }
  }

  /// The text from the present token to the end of its statement.
  private var restOfStatement: String { restOfStatement(from: position) }

  /// The text from a token to the end of its statement; `…` for none, and for much.
  func restOfStatement(from first: Int) -> String {
    guard !atEnd(first) else { return "…" }
    var last = first
    while last - first < 40, !atEnd(last + 1) { last += 1 }
    let text = source.text(tokens[first].range.union(token(at: last).range))
    return text.utf8.count > 60 || last - first >= 40 ? "…" : text
  }

  /// Whether a statement ends at an index.
  func atEnd(_ index: Int) -> Bool {
    index >= tokens.count
      || [.newline, .semicolon, .rightBrace, .endOfFile].contains(tokens[index].kind)
  }

  // MARK: Where the present token stands

  /// The first token of the statement, within its last 1000.
  var statementStart: Int {
    var index = position
    while index > 0, position - index < 1000, !startsStatement(index) { index -= 1 }
    return index
  }

  /// The bracket that is open here and was opened last, within the statement's last 1000 tokens.
  var innermostOpening: Int? {
    var nesting = 0
    for index in stride(from: position - 1, through: max(0, position - 1000), by: -1) {
      switch tokens[index].kind {
      case .rightParen, .rightBracket, .rightBrace: nesting += 1
      case .leftParen, .leftBracket, .leftBrace:
        if nesting == 0 { return index }
        nesting -= 1
      case _: break
      }
    }
    return nil
  }

  /// Whether the round bracket at an index holds the arguments of a call.
  func isCall(_ opening: Int) -> Bool {
    opening > 0 && tokens[opening].kind == .leftParen && !tokens[opening].hasSpaceBefore
      && TokenKind.operandEnds.contains(tokens[opening - 1].kind)
  }

  /// The operand that ends before the present token, from its first part on: `f(x)[1]`, `(a + b)`.
  var precedingOperand: SourceRange { operand(before: position) }

  /// The operand that ends before a token.
  func operand(before index: Int) -> SourceRange {
    var first = index - 1
    var nesting = 0
    while first > 0 {
      let token = tokens[first]
      if token.kind == .rightParen || token.kind == .rightBracket { nesting += 1 }
      if token.kind == .leftParen || token.kind == .leftBracket { nesting -= 1 }
      let before = tokens[first - 1]
      let touches = !token.hasSpaceBefore && !token.startsLine
      let goesOn =
        before.kind == .dot || token.kind == .dot
        || TokenKind.operandEnds.contains(before.kind) && token.kind != .name
      guard nesting > 0 || touches && goesOn else { break }
      first -= 1
    }
    return SourceRange(tokens[first].range.start, tokens[index - 1].range.end)
  }

  /// Whether the square bracket at an index is one of an index.
  func isIndex(_ opening: Int) -> Bool {
    opening > 0 && !tokens[opening].hasSpaceBefore
      && TokenKind.operandEnds.contains(tokens[opening - 1].kind)
  }

  // MARK: Tables

  /// What is one operator elsewhere and two tokens here.
  private static let foreignOperators = [
    "=<": ["<="], "<>": ["!="], "%*": ["@"], "<<": ["print x"], ">>": ["x // 2^3"],
    ".*": ["*"], "./": ["/"], ".^": ["^"], ".+": ["+"], ".-": ["-"], ".'": ["transpose(A)"],
    "**=": ["^="], "===": ["=="], "!==": ["!="], "^^": ["^"], "/*": ["# …"],
  ]
  /// Words that are operators elsewhere.
  static let foreignWords = [
    "mod": ["%"], "div": ["//"], "is": ["=="], "xor": ["!="],
    "plus": ["+"], "minus": ["-"], "times": ["*"], "over": ["/"],
    "step": ["by"], "to": [".."], "until": [".."], "where": ["if"],
  ]
  /// What stands before strings elsewhere.
  private static let stringPrefixes: Set<String> = ["f", "F", "r", "b", "u", "s"]
  /// Words that say what kind of value a name is for.
  private static let types: Set<String> = [
    "int", "float", "double", "real", "bool", "long", "number", "Int", "Float", "Double",
  ]
  /// Words that begin a block elsewhere.
  private static let blockWords: Set<String> = ["do", "begin"]
  /// Words that begin statements elsewhere, and what such a statement is here.
  private static let foreignStatements = [
    "let": "x = 2", "var": "x = 2", "auto": "x = 2", "my": "x = 2", "local": "x = 2",
    "const": "plain x = 2", "final": "plain x = 2", "def": "f(x) = x^2", "func": "f(x) = x^2",
    "function": "f(x) = x^2", "fn": "f(x) = x^2", "fun": "f(x) = x^2", "lambda": "x -> x^2",
    "elif": "else if", "elseif": "else if", "elsif": "else if",
  ]
}
