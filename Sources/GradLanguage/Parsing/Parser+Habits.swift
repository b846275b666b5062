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
      return colonInIndex(previous)
    }
    if TokenKind.operandEnds.contains(previous.kind) {
      return juxtaposition(previous, token)
    }
    if previous.kind == .rightBrace, let instead = Parser.foreignStatements[text(token)] {
      return LocatedProblem(.foreignStatement(text(token), instead: instead), token.range)
    }
    let before = position > 1 ? tokens[position - 2].range.union(previous.range) : pair
    for range in [pair, before] {
      let symbol = source.text(range)
      if let instead = Parser.foreignOperators[symbol] {
        let definition = symbol == "=>" ? definition(from: statementStart) : nil
        return LocatedProblem(
          .foreignOperator(symbol, instead: definition.map { [$0] } ?? instead), range)
      }
    }
    if token.startsLine, OperatorTable.infix[token.kind] != nil {
      return LocatedProblem(.operatorStartsLine(text(token)), token.range)
    }
    return nil
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
    case .floorDivide: return problem("//", "a comment begins with `#`")
    case .divide where next.kind == .times && touches:
      return problem("/*", "a comment begins with `#`")
    case .greater where next.kind == .greater && touches:
      return problem(">>", "leave the prompt away")
    case .percent where next.kind == .name && touches:
      return problem("%", "commands of notebooks mean nothing here: leave the line away")
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
    case .stringOpen where left.kind == .name: return foreignWord(left, right)
    case .name, .number: return sideBySide(left, right)
    case _: return nil
    }
  }

  private func sideBySide(_ left: Token, _ right: Token) -> LocatedProblem? {
    if right.kind == .name, let instead = Parser.foreignWords[text(right)] {
      return LocatedProblem(.foreignOperator(text(right), instead: instead), right.range)
    }
    if right.kind == .name, Parser.blockWords.contains(text(right)),
      let advice = ForeignWords.advice(for: text(right))
    {
      return LocatedProblem(.foreignWord(text(right), advice: advice), right.range)
    }
    if left.kind == .name {
      if let problem = foreignWord(left, right) { return problem }
      let before = position > 1 ? tokens[position - 2].kind : .newline
      // Options of commands are words before values, too.
      let isFunction =
        right.kind == .number && Command(rawValue: text(tokens[statementStart])) == nil
        || Builtin.indices[text(left)] != nil
      guard isFunction, before != .dot, before != .for else { return nil }
      return LocatedProblem(
        .missingBrackets(function: text(left), argument: argumentAhead),
        left.range.union(right.range))
    }
    guard left.kind == .number || left.kind == .rightParen else { return nil }
    if innermostOpening.map({ tokens[$0].kind == .leftBrace }) ?? true, startsAssignment(position) {
      return missingSeparator(right)
    }
    if text(right) == "times" {
      return LocatedProblem(
        .foreignOperator("times", instead: ["repeat 3 { … }"]), right.range)
    }
    if let problem = groupedDigits(left, right) { return problem }
    let range = precedingOperand.union(right.range)
    if let problem = functionWithoutName(right) { return problem }
    if right.hasSpaceBefore, isAmongValues {
      return LocatedProblem(
        .missingComma(left: source.text(precedingOperand), right: text(right)), range)
    }
    return LocatedProblem(
      .missingMultiplication(left: source.text(precedingOperand), right: text(right)), range)
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
    let computed = restOfStatement(from: tokens[first].kind == .return ? first + 1 : first)
    return LocatedProblem(
      .foreignStatement(word, instead: "\(text) -> \(computed)"), precedingOperand)
  }

  /// What was meant as a function's argument: the product that begins here, and what follows it after
  /// commas; a function with its own.
  private var argumentAhead: String {
    var last = position
    let goesOn: TokenSet = [.times, .divide, .power, .at, .floorDivide, .comma, .minus]
    while last - position < 40, !atEnd(last + 1) {
      let (token, next) = (tokens[last], tokens[last + 1])
      let follows =
        goesOn.contains(next.kind) && (next.kind != .minus || goesOn.contains(token.kind))
      guard
        goesOn.contains(token.kind) || follows || !next.hasSpaceBefore && next.kind == .leftParen
      else { break }
      last += 1
    }
    let text = source.text(tokens[position].range.union(tokens[last].range))
    if last == position, Builtin.indices[text] != nil, !atEnd(last + 1),
      [.name, .number].contains(tokens[last + 1].kind)
    {
      return "\(text)(\(self.text(tokens[last + 1])))"
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
    case "let", "var", "auto", "my", "local":
      if peek(1).kind == .leftParen { return definition(from: position) ?? restOfStatement }
      return peek(1).kind == .assign ? restOfStatement : nil
    case "const", "final": return peek(1).kind == .assign ? "plain \(restOfStatement)" : nil
    case _ where Parser.types.contains(word):
      return peek(1).kind == .leftParen ? definition(from: position) : restOfStatement
    case "def", "func", "function", "fn", "fun":
      guard right.kind == .name, peek(1).kind == .leftParen else { return nil }
      let call = text(right) + bracketedText(from: position + 1)
      if call.contains(":") || !call.hasSuffix(")") { return nil }
      var body = position + 1
      while !atEnd(body), tokens[body].kind != .rightParen { body += 1 }
      guard tokens[body].kind == .rightParen, tokens[body + 1].kind == .colon else {
        return tokens[body + 1].kind == .assign
          ? restOfStatement : "\(call) = …"
      }
      body += tokens[body + 2].kind == .return ? 3 : 2
      return "\(call) = \(restOfStatement(from: body))"
    case "lambda":
      guard right.kind == .name, peek(1).kind == .colon else { return nil }
      let body = innermostOpening == nil ? restOfStatement(from: position + 2) : "…"
      return "\(text(right)) -> \(body)"
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
    let text = source.text(tokens[first].range.union(tokens[last].range))
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
  var precedingOperand: SourceRange {
    var first = position - 1
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
    return SourceRange(tokens[first].range.start, previousEnd)
  }

  // MARK: Tables

  /// What is one operator elsewhere and two tokens here.
  private static let foreignOperators = [
    "++": ["x += 1"], "--": ["x -= 1"], "=>": [">=", "->"], "=<": ["<="], "<>": ["!="],
    ".*": ["*"], "./": ["/"], ".^": ["^"], "%=": ["x = x % 2"], "//=": ["x = x // 2"],
    "**=": ["^="], "===": ["=="], "!==": ["!="], "^^": ["^"], "/*": ["# …"],
  ]
  /// Words that are operators elsewhere.
  private static let foreignWords = [
    "mod": ["%"], "div": ["//"], "is": ["=="], "xor": ["!="],
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
