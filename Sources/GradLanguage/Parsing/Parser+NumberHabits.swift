// Numbers as they are written elsewhere.

extension Parser {
  /// A number that a name touches: the number of another base, one without its exponent, or a product.
  func number(_ token: Token, touching name: Token) -> LocatedProblem {
    let (digits, rest) = (text(token), text(name))
    let range = token.range.union(name.range)
    if digits == "0", let radix = Parser.radices[rest.prefix(1).lowercased()] {
      let value = Int(rest.dropFirst(), radix: radix)
      return LocatedProblem(
        .foreignWord(
          digits + rest,
          advice: value.map { "numbers are decimal: `\($0)`" } ?? "numbers are decimal"),
        range)
    }
    // Fortran's `1D3`, too.
    let isDouble = rest.lowercased().hasPrefix("d") && Int(rest.dropFirst()) != nil
    if rest == "e" || rest == "E" || isDouble {
      return LocatedProblem(.malformedNumber(digits + rest), range)
    }
    return LocatedProblem(.missingMultiplication(left: digits, right: rest), range)
  }

  private static let radices = ["x": 16, "b": 2, "o": 8]

  /// `1 000 000`: digits in groups of three.
  func groupedDigits(_ left: Token, _ right: Token) -> LocatedProblem? {
    guard left.kind == .number, isGroup(right), text(left).utf8.count <= 3,
      text(left).allSatisfy(\.isWholeNumber)
    else { return nil }
    var last = position
    while isGroup(token(at: last + 1)) { last += 1 }
    let range = left.range.union(token(at: last).range)
    return LocatedProblem(.malformedNumber(source.text(range)), range)
  }

  /// `1,5` where no list can stand, or `1,000,000`.
  func commaInNumber(_ left: Token, _ right: Token) -> LocatedProblem? {
    let next = peek(1)
    guard innermostOpening == nil, left.kind == .number, next.kind == .number,
      !right.hasSpaceBefore, !next.hasSpaceBefore,
      !text(left).contains("."), !text(next).contains(".")
    else { return nil }
    var last = position + 1
    while isGroup(token(at: last)), token(at: last + 1).kind == .comma, isGroup(token(at: last + 2))
    {
      last += 2
    }
    if last > position + 1 {
      let range = left.range.union(token(at: last).range)
      return LocatedProblem(.malformedNumber(source.text(range)), range)
    }
    return LocatedProblem(
      .decimalComma("\(text(left)).\(text(next))"), left.range.union(next.range))
  }

  /// Whether a token is three digits.
  private func isGroup(_ token: Token) -> Bool {
    token.kind == .number && token.range.end - token.range.start == 3
      && text(token).allSatisfy(\.isWholeNumber)
  }

  /// `sin^-1(x)`: the inverse function, by the name that it has here.
  private var inverseOfFunction: LocatedProblem? {
    guard position > 3, text(tokens[position - 1]) == "1", tokens[position - 2].kind == .minus,
      tokens[position - 3].kind == .power, tokens[position - 4].kind == .name
    else { return nil }
    let name = text(tokens[position - 4])
    guard Builtin.indices[name] != nil else { return nil }
    let bracket = bracketedText(from: position)
    let advice =
      Builtin.indices["a" + name] != nil
      ? "the inverse function is `a\(name)\(bracket)`, one over the value `1/\(name)\(bracket)`"
      : "one over the value is `1/\(name)\(bracket)`"
    return LocatedProblem(
      .foreignWord("\(name)^-1", advice: advice),
      tokens[position - 4].range.union(tokens[position - 1].range))
  }

  /// `sin^2(x)`, where the power is that of a function's name: the number stands before the present
  /// token.
  var powerOfFunction: LocatedProblem? {
    if let problem = inverseOfFunction { return problem }
    guard position > 2, tokens[position - 2].kind == .power, tokens[position - 3].kind == .name,
      Builtin.indices[text(tokens[position - 3])] != nil
    else { return nil }
    let (name, exponent) = (text(tokens[position - 3]), text(tokens[position - 1]))
    let bracket = bracketedText(from: position)
    return LocatedProblem(
      .foreignWord(
        "\(name)^\(exponent)",
        advice: "a power of a function's value is `\(name)\(bracket)^\(exponent)`"),
      tokens[position - 3].range.union(tokens[position - 1].range))
  }
}
