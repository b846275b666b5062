/// What can stand at the end of a text.
enum CompletionPlace: Equatable {
  /// Nothing that has a name.
  case nothing
  /// A character by its name after a backslash.
  case symbol(Substring)
  /// A path, in a string.
  case path(PathPlace)
  /// What follows a dot.
  case member(of: Owner)
  /// A statement.
  case statement
  /// A command, after its colon.
  case command
  /// An operand; of a command that takes values of the graph, one of these.
  case operand(ofGraph: Bool)
  /// One of these words.
  case words([String])
  /// An option of a command, where these have been taken.
  case option(of: Command, taken: Set<String>)
  /// A setting.
  case setting
  /// What a setting can be.
  case settingValue(Setting)

  /// What stands before a dot.
  enum Owner: Equatable {
    /// A name, and the members that are taken of it in turn.
    case name(String, members: [String])
    case number
    case array
    case string
    /// Something that only running could tell.
    case unknown
  }

  /// What can stand at the end of a text.
  init(_ typed: TypedText, _ text: String) {
    if typed.endsInComment {
      self = .nothing
    } else if let path = typed.path {
      self = .path(path)
    } else if let name = Symbols.name(at: text) {
      self = .symbol(name)
    } else if typed.stringText != nil {
      self = .nothing
    } else if let owner = typed.owner {
      self = .member(of: owner)
    } else if typed.touchesLast, let last = typed.last, !CompletionPlace.begins(after: last.kind) {
      self = .nothing
    } else {
      self = typed.placeInStatement
    }
  }

  /// Whether a name can begin at the end of such a token.
  private static func begins(after kind: TokenKind) -> Bool {
    !TokenKind.operandEnds.contains(kind) && kind != .interpolationFormat && kind != .invalid
      && !kind.isReservedWord && kind != .dot
  }
}

extension TypedText {
  // MARK: Members

  /// What stands before the dot that the word touches; nil where none does.
  fileprivate var owner: CompletionPlace.Owner? {
    let statement = self.statement
    guard touchesLast, let dot = statement.last, dot.kind == .dot, !dot.hasSpaceBefore,
      let before = statement.dropLast().last, TokenKind.operandEnds.contains(before.kind)
    else { return nil }
    switch before.kind {
    case .number: return .number
    case .stringClose: return .string
    case .name: return namedOwner(statement.dropLast())
    case .rightBracket: return bracketedOwner(statement.dropLast())
    case _: return .unknown
    }
  }

  /// `a`, `a.grad`, `t.x`
  private func namedOwner(_ tokens: ArraySlice<Token>) -> CompletionPlace.Owner {
    var members: [String] = []
    var rest = tokens
    while let name = rest.popLast(), name.kind == .name {
      guard let dot = rest.last, dot.kind == .dot, !name.hasSpaceBefore else {
        return .name(text(name), members: members.reversed())
      }
      members.append(text(name))
      rest.removeLast()
      if dot.hasSpaceBefore { break }
    }
    return .unknown
  }

  /// `[1, 2]`; what an index gives depends on the index.
  private func bracketedOwner(_ tokens: ArraySlice<Token>) -> CompletionPlace.Owner {
    var nesting = 0
    for index in tokens.indices.reversed() {
      if tokens[index].kind == .rightBracket { nesting += 1 }
      if tokens[index].kind == .leftBracket { nesting -= 1 }
      guard nesting == 0 else { continue }
      guard index > tokens.startIndex, !tokens[index].hasSpaceBefore else { return .array }
      return TokenKind.operandEnds.contains(tokens[index - 1].kind) ? .unknown : .array
    }
    return .unknown
  }

  // MARK: Paths

  /// The path that the string at the end is; nil where it is another one.
  fileprivate var path: PathPlace? {
    guard let text = stringText, !text.contains("{") else { return nil }
    let statement = self.statement
    func place(_ endings: [String], _ writing: PathPlace.Writing = .string) -> PathPlace {
      PathPlace(text: text, endings: endings, writing: writing)
    }
    if statement.count == 1, statement.first?.kind == .import { return place([".grad"], .quoted) }
    if let command, command.isDrawing, let last = statement.last, self.text(last) == "to" {
      return place(
        command == .graph ? [".svg", ".html", ".dot", ".png", ".pdf"] : [".svg", ".png", ".pdf"])
    }
    switch calledFunction {
    case "read", "write": return place([".csv", ".tsv", ".txt", ".dat"])
    case _: return nil
    }
  }

  /// The name of the function whose arguments are being typed.
  private var calledFunction: String? {
    guard let bracket = openBrackets.first, bracket > 0, self[bracket].kind == .leftParen,
      !self[bracket].hasSpaceBefore, self[bracket - 1].kind == .name
    else { return nil }
    return text(self[bracket - 1])
  }

  // MARK: Statements

  /// The command that the last statement is.
  ///
  /// A word that may be a name too is one when a space and the start of an operand follow it.
  private var command: Command? {
    let statement = self.statement
    guard let first = statement.first else { return nil }
    if first.kind == .colon {
      return statement.dropFirst().first.flatMap { Command(rawValue: text($0)) }
    }
    guard let command = Command(rawValue: text(first)) else { return nil }
    if command.isReserved { return command }
    guard let next = statement.dropFirst().first else { return touchesLast ? nil : command }
    if next.kind == .leftParen, !next.hasSpaceBefore { return command.isDrawing ? command : nil }
    return next.hasSpaceBefore && Parser.operandStarts.contains(next.kind) ? command : nil
  }

  /// The tokens after the command.
  private var arguments: ArraySlice<Token> {
    statement.dropFirst(statement.first?.kind == .colon ? 2 : 1)
  }

  fileprivate var placeInStatement: CompletionPlace {
    let statement = self.statement
    guard let first = statement.first, let last = statement.last else {
      return startsInterpolation ? .operand(ofGraph: false) : .statement
    }
    if statement.count == 1, first.kind == .colon { return .command }
    if let command { return place(in: command) }
    switch first.kind {
    case .import, .break, .continue: return .nothing
    case _ where last.kind == .rightBrace:
      return first.kind == .if ? .words(["else"]) : .nothing
    case _: return expressionPlace
    }
  }

  private func place(in command: Command) -> CompletionPlace {
    let arguments = self.arguments
    guard let last = arguments.last else {
      return command == .set
        ? .setting : command == .zero ? .nothing : .operand(ofGraph: command.takesGraph)
    }
    if command == .set {
      let setting = arguments.count == 1 ? Setting(rawValue: text(last)) : nil
      return setting.map { .settingValue($0) } ?? .nothing
    }
    guard openBrackets.isEmpty, TokenKind.operandEnds.contains(last.kind) else {
      return last.kind == .for ? .nothing : expressionPlace
    }
    if last.kind == .name, isOptionWord(arguments.endIndex - 1) {
      return place(afterOption: text(last), at: arguments.endIndex - 1, of: command)
    }
    if arguments.dropLast().last?.kind == .for { return .words(["in"]) }
    guard !command.options.isEmpty else { return expressionPlace }
    return .option(of: command, taken: takenOptions)
  }

  /// The words that stand where options do.
  private var takenOptions: Set<String> {
    Set(
      arguments.indices.filter { self[$0].kind == .for || isOptionWord($0) }.map { text(self[$0]) })
  }

  /// Whether a name stands where an operand cannot: after another one, with a space between.
  private func isOptionWord(_ index: Int) -> Bool {
    guard index > statement.startIndex + 1, self[index].hasSpaceBefore else { return false }
    let before = self[index - 1]
    // `at` and the like follow words.
    return TokenKind.operandEnds.contains(before.kind)
  }

  private func place(
    afterOption word: String, at index: Int, of command: Command
  ) -> CompletionPlace {
    switch word {
    case "with": .words(["points", "slope"])
    case "slope" where text(self[index - 1]) == "with": .words(["at"])
    case "x", "y": .words(["in"])
    case "points", "accumulate", "paths":
      .option(of: command, taken: takenOptions)
    case "depth", "at": .operand(ofGraph: false)
    case _: .nothing
    }
  }

  /// In an expression: an operand, or what goes on after one.
  private var expressionPlace: CompletionPlace {
    let statement = self.statement
    guard let last = statement.last else { return .operand(ofGraph: false) }
    if last.kind == .for { return .nothing }
    guard TokenKind.operandEnds.contains(last.kind) else { return .operand(ofGraph: false) }
    if statement.dropLast().last?.kind == .for { return .words(["in"]) }
    let kinds = Set(statement.map(\.kind))
    var words = ["and", "or"]
    if kinds.contains(.dotDot) { words.append("by") }
    if kinds.contains(.if) { words.append(kinds.contains(.then) ? "else" : "then") }
    if let bracket = openBrackets.first, self[bracket].kind == .leftBracket {
      words.append(kinds.contains(.in) ? "if" : "for")
    }
    return .words(words)
  }
}

extension Command {
  /// Whether its operands are values of the graph.
  fileprivate var takesGraph: Bool {
    switch self {
    case .backward, .forward, .show, .graph, .explain, .check: true
    case .print, .plot, .zero, .assert, .set, .seed: false
    }
  }
}
