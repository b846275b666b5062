extension Problem {
  /// The edit that mends it, in one line; nil when there is no one edit.
  var help: String? {
    switch self {
    case .invalidUTF8: "save the file as UTF-8"
    case .unclosedString: "end the string with `\"`; a line end in it is written `\\n`"
    case .badEscape: "the escapes are \\n \\t \\\" \\\\ \\{ \\} and \\u{…}"
    case .malformedNumber(let text) where text.contains { " ,'".contains($0) }:
      "`\(text.filter { !" ,'".contains($0) })`; groups are separated by `_`"
    case .malformedNumber(let text) where text.lowercased().contains("d"):
      "`\(text.lowercased().replacing("d", with: "e"))`"
    case .malformedNumber(let text) where text.lowercased().hasSuffix("e"):
      "an exponent is a whole number: `\(text)3`"
    case .numberTooLarge: "write `inf` for infinity"
    case .missingMultiplication(let left, let right) where right == "i" || right == "j":
      "`\(left)*\(right)`; there are no complex numbers"
    case .missingMultiplication(let left, let right)
    where Double(left) == nil && Interpreter.isName(left) && Double(right) != nil:
      "for a product write `\(left)*\(right)`; for a call `\(left)(\(right))`"
    case .missingMultiplication(let left, let right): "`\(left)*\(right)`"
    case .spaceBeforeBracket(let left, let bracket) where Double(left) != nil:
      "for a product write `\(left) * \(bracket)`"
    case .spaceBeforeBracket(let left, let bracket):
      "for a product write `\(left) * \(bracket)`; for "
        + "\(bracket.hasPrefix("[") ? "an element" : "a call") `\(left)\(bracket)`"
    case .operatorStartsLine(let symbol, let statement?):
      "a statement of its own is `(\(statement))`; to go on, end the line above with `\(symbol)`"
    case .operatorStartsLine(let symbol, nil): "end the line above with `\(symbol)`"
    case .elseOnOwnLine: "write `} else {`"
    case .foreignOperator("~=", _): "write `!=` for not equal, `~==` for nearly equal"
    case .foreignOperator(_, let instead): "write `\(instead.joined(separator: "` or `"))`"
    case .foreignStatement(_, let instead): "write `\(instead)`"
    case .foreignWord(_, let advice), .foreignName(_, let advice, _): advice
    case .missingBrackets("grad", _): "`backward L` gives all gradients, `grad(L, a)` one of them"
    case .missingBrackets(let function, let argument): "`\(function)(\(argument))`"
    case .missingComma(let left, let right): "`\(left), \(right)`"
    case .decimalComma(let number) where number.split(separator: ".").last?.count == 3:
      "`\(number)`; without groups `\(number.filter { $0 != "." })`"
    case .decimalComma(let number): "`\(number)`"
    case .namedArgument(let name) where ForeignWords.advice(for: name) != nil:
      ForeignWords.advice(for: name)
    case .namedArgument("sep"), .namedArgument("end"):
      "`print` puts spaces between values; anything else is a string: `print \"{x}, {y}\"`"
    case .namedArgument("axis"), .namedArgument("dim"), .namedArgument("dims"):
      "dimensions are counted from 1: `sum(A, 1)` adds up rows, `sum(A, 2)` columns"
    case .namedArgument: "give the values alone, in the order of the parameters: `f(1, 2)`"
    case .secondAssignment(let statements): "in statements of their own: `\(statements)`"
    case .reservedWord(let word): "choose another name, such as `\(word)_`"
    case .notAssignable(let what) where what.hasSuffix("]"):
      "a part of an array with a name is assigned: `A[1, 2] = …`"
    case .notAssignable(let what) where what.hasSuffix(")") && what.contains(where: \.isNumber):
      "an element is `\(Problem.indexed(what)) = …`"
    case .notAssignable(let what) where what.hasSuffix(")"):
      "a function is defined by `f(x) = x^2`, for names alone"
    case .notAssignable: "assign to a name, or to `x.data`, `x.grad`"
    case .unexpectedCharacter(let character): Problem.character(character)
    case .badFormat: "decimals as `.4`, scientific `.4e`, with a width `8.4`"
    case .unknownCommandOption(let option, let command): Problem.option(option, of: command)
    case .repeatedOption(let option): "leave one `\(option)` away"
    case .rangeOfSamples(let range): "`for x in \(range)`"
    case .badInterval(let interval): "`\(interval.mended)`"
    case .noTangent(let tangent): tangent.help
    case .missingArgument(_, let example): "for example `\(example)`"
    case .noResultYet: "show a value first: `2 + 3`, then `ans`"
    case .undefinedName(_, let similar, _): similar.map { "did you mean `\($0)`?" }
    case .noColumn(_, let similar, let columns):
      similar.map { "did you mean `\($0)`?" }
        ?? "its columns are `\(columns.prefix(8).joined(separator: "`, `"))`"
    case .importInside: "write `import \"file.grad\"` as a statement of its own"
    case .importedTooDeeply: "import the files one after another from one of them"
    case .importCycle: "put what both files need into a third one"
    case .malformedTable(_, _, let help): help
    case .emptyCells:
      "`select(t.x, t.x == t.x)` leaves out what is not a number: only that differs from itself"
    case .textColumns(_, _, let hasNumbersAsNames):
      hasNumbersAsNames
        ? "the first row was taken for the names of the columns: put names above it" : nil
    case .textColumn: nil
    case .unknownMember(let name, let similar):
      similar.map { "did you mean `\($0)`?" } ?? Problem.member(name)
    case .unknownSetting(_, let similar):
      similar.map { "did you mean `\($0)`?" }
        ?? "the settings are `\(Setting.allCases.map(\.rawValue).joined(separator: "`, `"))`"
    case .usedBeforeAssignment(let name):
      "a name that a function assigns is its own: pass `\(name)` in, or change the one outside by "
        + "`\(name) := …`"
    case .badSetting(_, _, let allowed): "it can be \(allowed)"
    case .notCallable(let what, let product) where what.contains("an array"):
      "an index stands in square brackets: `\(product.map(Problem.indexed) ?? "v[1]")`"
    case .notCallable(let what, _) where !what.contains("is the value"): nil
    case .notCallable(_, let product): "for a product write `\(product ?? "*")`"
    case .noValue(let what) where what.hasPrefix("the command"):
      "a command is a statement of its own"
    case .noValue: "a function's value is its last expression, or what `return` gives"
    case .badCondition(let what) where what.hasPrefix("an array"):
      "of an array `all(v > 0)` or `any(v > 0)`"
    case .badCondition: "compare it: `x > 0`"
    case .notALeaf: "bind the name again with `=`, or change the leaves it was computed from"
    case .notTracked("a function", _):
      "the derivative of a function is `f'(x)`, its gradient `grad(f)(x, y)`"
    case .notTracked(_, by: "`:=`"): "a plain value is given another with `=`"
    case .notTracked(_, by: "`diff`"), .notTracked(_, by: "`grad`"):
      "of a function it is `f'(x)`; a value with a name outside functions, `a = 2`, is part of the graph"
    case .notTracked: "bind it to a name outside a function: `a = 2` is part of the graph"
    case .backwardNeedsNumber(let what):
      what.hasPrefix("an array")
        ? "a sum `backward sum(v)`, an element `backward v[1]`, or `jacobian(v, [a, b])`" : nil
    case .indexZero(let array, let count):
      count == 0 ? nil : array.map { "the first element is `\($0)[1]`" }
    case .comparisonAsIndex: "choose elements with `select(v, v > 0)`"
    case .noDimension(_, let rank):
      rank > 0
        ? "dimensions are counted from 1 to \(rank)"
        : "numbers to choose from stand in an array: `[3, 4]`"
    case .notDifferentiable(let what, by: "`'`") where what.hasPrefix("an array"):
      "`transpose(A)` exchanges rows and columns"
    case .notDifferentiable(_, by: "`grad`"):
      "the gradient of a result is `grad(L, a)`; a function is `f(x) = …` or `x -> x^2`"
    case .notDifferentiable: "a function is `f(x) = …`, or without a name `x -> x^2`"
    case .derivativeNeedsNumber(let what, _):
      what.hasPrefix("an array")
        ? "all derivatives of an array are `jacobian(f)(x)`, or `jacobian(v, a)`" : nil
    case .changeWhileDifferentiating:
      "derivatives inside a function are `diff(L, a)`, `grad(f)(x)` or `f'(x)`"
    case .shapeMismatch(_, _, _, let suggestion): suggestion
    case .emptyArray, .orderTooHigh: nil
    case .checkFailed(_, _, let verdict): verdict.remedy
    case .checkNeedsNumber(let what):
      what.hasPrefix("an array") ? "a sum `check sum(v)`, or an element `check v[1]`" : nil
    case .recursionTooDeep: "end the recursion somewhere: `if n <= 1 then 1 else …`"
    case .graphTooLarge, .graphTooWide:
      "keep what needs no gradient plain: `plain s = 0`, `x.data`, `stop(x)`; or `set limit 1e8`"
    case .trapped(let what): what.remedy
    case .nonFinite(let what):
      what.remedy.map { "\($0), or `set trap on` to stop here" } ?? "`set trap on` to stop here"
    case .trappedGradient(let place), .gradientNotFinite(let place):
      place.remedy
        ?? "stay clear of this point, or take another way there with `if … then … else …`"
    case .kinkRefused: "`set kinks note` takes the conventional slope"
    case .kink: "`set kinks error` makes this an error"
    case .spread: nil
    case .guardTripped, .otherWayNow: "run the statements again instead of `forward`"
    case .rebindingUsed(let name, let by):
      "to change the value that \(by) sees write `\(name) := …`, then `forward \(by)`"
    case .rebindingUpdate(let name):
      "to change its data in place write `\(name) := …`"
    case .longChain(let name, _):
      "for a running total: `plain \(name) = …`, `.data`, or a function"
    case .gradientNeverComputed: "run `backward` first"
    case .staleRoot(let name):
      name.hasPrefix("`") ? "`forward \(name.dropFirst().dropLast())` first" : "run `forward` first"
    case .builtinShadowed(let name, nil): "`x.\(name)()` always means the built-in"
    case .builtinShadowed(let name, _?): "under another name, both can be used: `my_\(name) = …`"
    case .expected(let what, let found, let operation):
      Problem.instead(of: found, where: what) ?? operation.map { "write a value after \($0)" }
    case .indexOutOfRange(let index, let array?, let count) where index > Double(count):
      "the last element is `\(array)[end]`; with one more it is `append(\(array), …)`"
    case .indexOutOfRange(let index, let array?, _):
      index < 0 ? "from the end: `\(array)[end]`, `\(array)[end - 1]`" : nil
    case .indexOutOfRange(_, nil, _): nil
    case .expressionTooLarge: "split it into several statements"
    case .endOutsideIndex: "a block ends with `}`; in an index `v[end]` is the last element"
    case .malformedNumber, .unclosedBracket, .unmatchedBracket, .nestedTooDeeply: nil
    case .duplicateParameter, .outsideLoop, .returnOutsideFunction: nil
    case .wrongKind(_, let found, let by): Problem.kind(found, by)
    case .wrongArgumentCount(let function, _, let count): Problem.call(function, count)
    case .rangeOfRange: Problem.stepAfterBy
    case .wordsAfterSign(let sign, _):
      "a comment begins with `#`, not with `\(sign)`; for a product write `*`"
    case .indexNotWhole, .wrongIndexCount, .badRange, .badCount, .assertionFailed: nil
    case .notPlottable: "`plot f(x) for x in -5..5`, or `plot xs, ys`"
    case .unknownEnding(_, let allowed): "end the name in \(allowed.joined(separator: ", "))"
    case .noDrawingProgram(let program, _): program.help
    case .unwritableFile, .drawingProgramFailed: nil
    case .outOfMemory:
      "compute with fewer numbers at a time, or give names of large values something small: `x = 0`"
    case .unreadableFile(let path, _) where path.contains { "=*+()^; ".contains($0) }:
      "a file is meant here; a text is run by `grad -e '\(path)'`"
    case .tooManyDimensions, .arrayTooLarge, .textTooLong, .interrupted, .warningsAreErrors,
      .unreadableFile:
      nil
    }
  }

  /// `A(1, 2)`, or `A*(1, 2)`, with the brackets of an index.
  private static func indexed(_ call: String) -> String {
    guard let opening = call.lastIndex(of: "("), call.hasSuffix(")") else { return call }
    let name = call[..<opening].hasSuffix("*") ? call[..<opening].dropLast() : call[..<opening]
    return "\(name)[\(call[opening...].dropFirst().dropLast())]"
  }

  /// What to write instead of a word that is no option.
  private static func option(_ option: String, of command: String) -> String {
    switch command {
    case "backward": return "its option is `accumulate`"
    case "explain":
      return option == "to"
        ? "a page that explains is `graph … to \"file.html\"`" : "its option is `paths`"
    case "print": return "values are separated by commas"
    case "graph": return "its options are `depth 2` and `to \"file.svg\"`"
    case "plot":
      if ["points", "scatter", "dots"].contains(option) { return "write `with points`" }
      if ["slope", "tangent"].contains(option) { return "write `with slope at 3`" }
      let words = ["with", "title", "labels", "to"]
      if let similar = Suggestion.nearest(to: option, among: words) {
        return "did you mean `\(similar)`?"
      }
      return "its options are `with points`, `with slope at 3`, `title \"…\"`, "
        + "`labels \"…\", \"…\"`, `y in 0..1` and `to \"file.svg\"`"
    case _: return "it takes no options"
    }
  }

  private static let stepAfterBy =
    "a step stands after `by`: `1..9 by 2`; what is computed with is in brackets: `(1..3)*2`"

  /// What to write for a value of the wrong kind, where that is clear.
  private static func kind(_ found: String, _ by: String) -> String? {
    switch by {
    case "`'`":
      "the derivatives for all arguments are `grad(f)(1, 2)`, for the second one `grad(f, 2)(1, 2)`"
    case "`zeros`", "`ones`", "`rand`", "`randn`", "`full`":
      found.hasPrefix("an array")
        ? "the lengths stand one after another: \(by.dropLast())(2, 3)`" : nil
    case "`+`" where found == "a string": "values stand in a string in braces: `\"x = {x}\"`"
    case "`title`", "`labels`", "`to`": "text stands in quotes, a value in it in braces: `\"{x}\"`"
    case "`slope at`" where found.hasPrefix("an array"):
      "several numbers are separated by commas: `with slope at -1, 2`"
    case "`diff`" where found == "a function": "the derivative of a function is `f'(x)`"
    case "`jacobian`", "`hessian`":
      found == "a function"
        ? "of a function it is `\(by.dropFirst().dropLast())(f)([1, 2])`" : nil
    case "`grad`": "the gradient at a point is `grad(f)(3)`"
    case "a range" where found.hasPrefix("an array"): stepAfterBy
    case "an index" where found == "a function": "a function is called with round brackets: `f(3)`"
    case _ where by.contains("'") && found.hasPrefix("an array"):
      "of each number it is `[f'(x) for x in v]`, of a function of an array `grad(f)(v)`"
    case _ where found == "a table": "a column of a table is `t.x`"
    case _ where found == "a function" && ["`+`", "`-`", "`*`", "`/`", "`^`"].contains(by):
      "a function is called with brackets: `f(x)`"
    case _: nil
    }
  }

  /// What to write for what functions take more arguments for elsewhere.
  private static func call(_ function: String, _ count: Int) -> String? {
    switch (function.prefix { $0 != "(" }, count) {
    case ("log", 2): "the logarithm to base b is `log(x)/log(b)`; there are `log2`, `log10`"
    case ("atan", 2): "the angle of a point is `atan2(y, x)`"
    case ("round", 2): "so many decimals are shown by `\"{x:.2}\"`"
    case ("sum", _), ("mean", _), ("prod", _), ("norm", _), ("std", _), ("var", _),
      ("softmax", _),
      ("logsumexp", _), ("cumsum", _), ("sort", _), ("argmax", _), ("argmin", _):
      "the numbers stand in an array: `\(function.prefix { $0 != "(" })([1, 2, 3])`"
    case ("grad", 3...): "for several values at once it is `grad(L, [a, b])`"
    case ("diff", 1): "the derivative of a function is `f'(x)`, that of a result `diff(L, a)`"
    case _: nil
    }
  }

  /// What to write after a value's dot.
  private static func member(_ name: String) -> String {
    if name == "T" { return "`transpose(A)`" }
    if name == "value" || name == "val" { return "the plain number is `.data`" }
    if ForeignWords.fileEndings.contains(name) { return "a path stands in quotes: `\"L.\(name)\"`" }
    if ["gradient", "derivative", "adjoint"].contains(name) {
      return "the gradient is `.grad`, after `backward L`"
    }
    if let advice = ForeignWords.advice(for: name) { return advice }
    return Command(rawValue: name) != nil || Builtin.indices[name] != nil
      ? "it is called with brackets: `x.\(name)()`"
      : "the members of a value are `.data` and `.grad`"
  }

  /// What was meant where something else was expected.
  private static func instead(of found: String, where expected: String) -> String? {
    if expected == TokenKind.leftBrace.description { return "a block stands in braces: `{ … }`" }
    let word = found.split(separator: "`").first.map(String.init) ?? ""
    if expected == "the path of a file in quotes", Interpreter.isName(word) {
      return "write `import \"\(word).grad\"`"
    }
    switch (expected, word) {
    case (TokenKind.then.description, "{"): return "a choice of values is `if c then a else b`"
    case ("an operator or the end of the statement", "in"):
      return "whether an array has it is `any(v == x)`"
    case ("a value", "{"): return "an array stands in square brackets: `[1, 2]`"
    case ("a value", ".."): return "a range has both ends: `1..2`, `2..end`"
    case ("a value", ":"): return "commands with a colon, such as `:help`, are for the prompt"
    case ("a value", "@"): return "a function without a name is `x -> x^2`"
    case ("a value", "return"):
      return "a function's value needs no word: `f(x) = x^2`"
    case ("an operator or the end of the statement", "a string"),
      ("an option or the end of the statement", "a string"):
      return "values are separated by commas; a file stands after `to`: `graph L to \"graph.svg\"`"
    case ("a name", "("): return "a loop is `for i in 1..10 { … }`"
    case ("`)`", ","): return "there are no tuples: an array is `[1, 2]`, arguments are `f(1, 2)`"
    case ("`)`", "for"): return "an array of values is `[x^2 for x in 1..3]`"
    case ("`]`", "for"): return "a matrix is `[[i*j for j in 1..2] for i in 1..3]`"
    case ("`points`, or `slope at` and a number", "lines"),
      ("`points`, or `slope at` and a number", "line"):
      return "curves are lines unless it says `with points`"
    case ("an operator or the end of the statement", ","):
      return "several values are shown by `print 1, 2`; an array is `[1, 2]`"
    case ("an operator or the end of the statement", "if"):
      return "a choice is `if c then a else b`"
    case ("an operator or the end of the statement", ":"):
      return "a block stands in braces: `{ … }`; names have no types"
    case _: break
    }
    if expected == "a value", word == "'" { return "strings stand in double quotes: `\"`" }
    if expected == "a value", Command(rawValue: word) != nil {
      return "a command is a statement of its own"
    }
    if expected.hasPrefix("an option or"), word == "," { return "options follow without commas" }
    if expected == "an operator or the end of the statement",
      Command(rawValue: word) != nil || word == "for" || word == "repeat" || word == "while"
    {
      return "statements are separated by `;`"
    }
    if expected == "an operator or the end of the statement", Interpreter.isName(word) {
      return "for a product write `*`; statements are separated by `;`"
    }
    return nil
  }

  /// What a character from another language is written here.
  private static func character(_ character: String) -> String? {
    switch character {
    case "&": "write `and`"
    case "|": "write `or`; the absolute value is `abs(x)`, a function without a name `x -> x^2`"
    case "!": "write `not x`, `!=` for not equal, `gamma(n + 1)` for n!"
    case "~": "write `not x`, `!=` for not equal, `~==` for nearly equal"
    case "“", "”", "„": "strings stand in straight quotes: `\"`"
    case "’", "‘", "´", "′": "write `'`, as in `f'(3)`"
    case "?": "a choice is `if c then a else b`; at the prompt `:help tanh` tells about `tanh`"
    case "$": "leave it away: names are letters and digits"
    case "√": "write `sqrt(x)`"
    case "∛": "write `cbrt(x)`"
    case "∞": "write `inf`"
    case "∑": "write `sum(v)`"
    case "∏": "write `prod(v)`"
    case "–", "—": "write `-`"
    case "½": "write `1/2`"
    case "°": "angles are in radians: `x*pi/180`"
    case "∂": "the derivative of a result is `diff(L, a)`; `backward L` gives all"
    case "¬": "write `not`"
    case "∧": "write `and`"
    case "∨": "write `or`"
    case "∈": "write `in`"
    case "\\": "a function without a name is `x -> x^2`; at the prompt Tab makes α of `\\alpha`"
    case _:
      character.count == 1 ? character.first?.wholeNumberValue.map { "write `\($0)`" } : nil
    }
  }
}

extension Problem.NonFinite {
  /// What usually mends it.
  var remedy: String? {
    // The operand by its name, if it is one: `v = -1`.
    let first = operands.first?.split(separator: " ").first.map(String.init)
    let operand = operands.count == 1 ? first ?? "x" : "x"
    if expression.hasPrefix("sqrt") { return "`sqrt(max(\(operand), 0))`" }
    if expression.hasPrefix("log(") { return "`log(max(\(operand), 1e-300))`" }
    return nil
  }
}

extension CheckReport.Verdict {
  /// What to do about a gradient that is not the slope.
  fileprivate var remedy: String? {
    switch self {
    case .kink, .jump: "beside it `check` may pass: change the data a little with `:=`"
    case .notFinite: "`set trap on` stops where it begins"
    case .wrong: "`explain` shows how the gradient came about"
    case .ok, .infinite, .undecided: nil
    }
  }
}
