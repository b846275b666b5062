// Words that are operators elsewhere, and functions without brackets.

extension Parser {
  /// A word that stands for an operator elsewhere, after an operand.
  func foreignOperator(_ word: Token) -> LocatedProblem? {
    let isProduct = Parser.operandStarts.contains(peek(1).kind) && !peek(1).startsLine
    switch text(word) {
    case "is" where peek(1).kind == .not:
      return LocatedProblem(
        .foreignOperator("is not", instead: ["!="]), word.range.union(peek(1).range))
    case "times" where !isProduct || peek(1).kind == .leftBrace:
      return LocatedProblem(.foreignOperator("times", instead: ["repeat 3 { … }"]), word.range)
    case "where" where innermostOpening.map { tokens[$0].kind != .leftBracket } ?? true:
      return LocatedProblem(
        .foreignWord(
          "where",
          advice:
            "a choice is `if x > 0 then x^2 else 0`; a value is bound before it is used: `x = 2`"),
        word.range)
    case "to" where peek(1).kind == .stringOpen:
      return LocatedProblem(
        .foreignWord("to", advice: "a drawing into a file is `graph L to \"graph.svg\"`"),
        word.range)
    case "of":
      return LocatedProblem(
        .foreignWord("of", advice: "a function's value is `f(x)`, a share of something `0.05*x`"),
        word.range)
    case "at":
      return LocatedProblem(
        .foreignWord("at", advice: "the value of a function at 3 is `f(3)`"), word.range)
    case let text:
      return Parser.foreignWords[text].map {
        LocatedProblem(.foreignOperator(text, instead: $0), word.range)
      }
    }
  }

  /// What was meant as the arguments of a built-in function without brackets: `sqrt 2`, `sqrt of 2`, and
  /// of one that takes several `diff y x`.
  func arguments(of builtin: Builtin) -> String {
    let isOf = text(peek()) == "of" && !atEnd(position + 1)
    let first = isOf ? position + 1 : position
    guard builtin.arity.lowerBound > 1 else { return argument(from: first) }
    var words: [String] = []
    var index = first
    while [.name, .number].contains(token(at: index).kind), words.count < 4 {
      words.append(text(token(at: index)))
      index += 1
    }
    return words.count > 1 ? words.joined(separator: ", ") : argument(from: first)
  }
}
