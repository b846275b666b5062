// What people read: one exhaustive switch each for the message, the words beside the caret, the
// notes and the edit that helps.

extension Problem {
  /// One sentence that stands alone: lower case, no full stop, code in backticks.
  var message: String {
    switch self {
    case .invalidUTF8: "the text is not valid UTF-8"
    case .unexpectedCharacter(let character): "`\(character)` has no meaning here"
    case .unclosedString: "the string is not closed on its line"
    case .badEscape(let escape): "`\(escape)` is no escape"
    case .numberTooLarge(let text): "`\(text)` is larger than the largest number, 1.8e308"
    case .malformedNumber(let text): "`\(text)` is not a number"
    case .expected(let what, let found, _): "expected \(what), found \(found)"
    case .unclosedBracket(let bracket): "`\(bracket)` is never closed"
    case .unmatchedBracket(let bracket): "`\(bracket)` closes nothing"
    case .missingMultiplication: "write the multiplication sign"
    case .spaceBeforeBracket(let left, _): "`\(left)` is followed by a space and a bracket"
    case .operatorStartsLine(let symbol, _): "a line cannot begin with `\(symbol)`"
    case .elseOnOwnLine: "`else` has no `if` before it on its line"
    case .foreignOperator(let symbol, _): "`\(symbol)` is not an operator here"
    case .nestedTooDeeply(let limit): "nested more than \(limit) deep"
    case .reservedWord(let word): "`\(word)` is a reserved word and cannot be a name"
    case .notAssignable(let what): "`\(what)` cannot be assigned to"
    case .duplicateParameter(let name): "two parameters are called `\(name)`"
    case .outsideLoop(let word): "`\(word)` stands outside a loop"
    case .returnOutsideFunction: "`return` stands outside a function"
    case .endOutsideIndex: "`end` stands outside an index"
    case .badFormat(let format): "`\(format)` is no number format"
    case .unknownCommandOption(let option, let command): "`\(command)` has no option `\(option)`"
    case .repeatedOption(let option): "`\(option)` stands twice"
    case .rangeOfSamples: "`for` says already from where to where the curve goes"
    case .missingArgument("set", _): "`set` needs a setting and a value"
    case .missingArgument(let command, _): "`\(command)` needs an argument"
    case .expressionTooLarge: "the expression is too large: it needs more than 60000 values at once"
    case .foreignStatement(let word, _), .foreignWord(let word, _):
      "`\(word)` is not a word of this language"
    case .missingBrackets(let function, _): "`\(function)` is called with brackets"
    case .missingComma: "values are separated by commas"
    case .decimalComma: "a number has a point, not a comma"
    case .namedArgument: "arguments have no names"
    case .secondAssignment: "one name is bound at a time"
    case .undefinedName(let name, _, _), .foreignName(let name, _, _): "`\(name)` is not defined"
    case .noResultYet: "there is no `ans` yet: it is the value of the last expression shown"
    case .usedBeforeAssignment(let name): "`\(name)` is used before it has a value"
    case .noColumn(let name, _, _): "the table has no column `\(name)`"
    case .textColumn(let name):
      "column `\(name)` of the file held text, and a table holds numbers"
    case .importInside: "`import` stands alone, outside blocks, with a path in quotes"
    case .malformedTable(let path, let reason, _): "`\(path)` is no table: \(reason)"
    case .importedTooDeeply(let limit): "files import each other more than \(limit) deep"
    case .importCycle(let path): "`\(path)` imports itself"
    case .emptyCells(let path, let count):
      "\(count) cell\(count == 1 ? " of `\(path)` is" : "s of `\(path)` are") empty: read as NaN"
    case .textColumns(let path, let names, _):
      names.count == 1
        ? "column `\(names[0])` of `\(path)` holds text, and is left out"
        : "\(names.count) columns of `\(path)` hold text, and are left out: "
          + "`\(names.prefix(5).joined(separator: "`, `"))`" + (names.count > 5 ? ", …" : "")
    case .unknownMember(let name, _): "values have no member `\(name)`"
    case .unknownSetting(let name, _): "there is no setting `\(name)`"
    case .badSetting(let name, let value, _): "`\(name)` cannot be `\(value)`"
    case .notCallable(let what, _):
      what.contains("is the value") ? "a number cannot be called" : "only a function can be called"
    case .wrongArgumentCount(let function, let expected, let found):
      "`\(function)` takes \(expected) argument\(expected == "1" ? "" : "s"), not \(found)"
    case .wrongKind(let expected, let found, let by): "\(by) needs \(expected), not \(found)"
    case .noValue(let what): "\(what) has no value"
    case .badCondition(let what): "a condition must be one number, not \(what)"
    case .shapeMismatch(let left, let right, let by, _):
      "shapes do not match: \(left) \(by) \(right)"
    case .notALeaf(let what): "the data of \(what) cannot be changed: it is not a leaf"
    case .notTracked(let what, let by):
      "\(by) needs a value of the graph, and \(what) is not part of it"
    case .backwardNeedsNumber(let what): "`backward` needs a single number, not \(what)"
    case .indexZero: "indices start at 1"
    case .indexOutOfRange(let index, _, 0):
      "the array is empty and has no element \(NumberFormat.standard.text(index))"
    case .indexOutOfRange(let index, _, let count):
      "index \(NumberFormat.standard.text(index)) is outside 1..\(count)"
    case .indexNotWhole(let index):
      "an index must be a whole number, not \(NumberFormat.standard.text(index))"
    case .wrongIndexCount(let expected, let found):
      "the array has \(expected) dimension\(expected == 1 ? "" : "s"), not \(found)"
    case .comparisonAsIndex: "a comparison cannot be an index"
    case .noDimension(let dimension, 0):
      "a number has no dimension \(NumberFormat.standard.text(dimension))"
    case .noDimension(let dimension, let rank):
      "there is no dimension \(NumberFormat.standard.text(dimension)): the array has \(rank)"
    case .emptyArray(let by): "\(by) of no numbers"
    case .notDifferentiable(let what, let by): "\(by) needs a function, not \(what)"
    case .derivativeNeedsNumber(let what, let by):
      "\(by) differentiates a single number, not \(what)"
    case .orderTooHigh(let order, let limit):
      "a derivative of order \(order) is beyond the limit, \(limit)"
    case .changeWhileDifferentiating(let what):
      "\(what) stands in a function that is being differentiated"
    case .badRange(let why): why
    case .rangeOfRange: "a range has two ends"
    case .wordsAfterSign(_, let found):
      "expected an operator or the end of the statement, found `\(found)`"
    case .badInterval(let interval):
      "`\(interval.text)` " + (interval.isPoint ? "is a single point" : "runs backwards")
    case .badCount(let count, let by):
      "\(by) needs a whole number of at least 0, not \(NumberFormat.standard.text(count))"
    case .notPlottable(let what): "`plot` needs arrays, or an expression with `for`, not \(what)"
    case .noTangent(let tangent): tangent.message
    case .assertionFailed(_, let reason):
      reason.map { "assertion failed: \($0)" } ?? "assertion failed"
    case .checkFailed(let leaf, let root, .notFinite):
      "the gradient of `\(leaf)` cannot be checked: it, or `\(root)`, is not finite"
    case .checkFailed(let leaf, let root, _):
      "the gradient of `\(leaf)` is not the slope of `\(root)`"
    case .checkNeedsNumber(let what): "`check` needs a single number, not \(what)"
    case .recursionTooDeep(let limit): "calls are nested more than \(limit) deep"
    case .graphTooLarge(let limit, _): "the graph has more than \(limit) nodes"
    case .graphTooWide(let limit, _): "the graph holds more than \(limit) numbers"
    case .textTooLong(let limit): "a string longer than the limit, \(limit) bytes"
    case .outOfMemory(let byteCount):
      "out of memory: there is no room for \(Problem.size(byteCount)) more"
    case .tooManyDimensions(let limit): "an array with more dimensions than the limit, \(limit)"
    case .arrayTooLarge(let count, let limit):
      "an array of \(NumberFormat.standard.text(count)) numbers is larger than the limit, \(limit)"
    case .interrupted: "interrupted"
    case .trapped(let what): "\(what.result) appeared"
    case .trappedGradient(let place), .gradientNotFinite(let place): place.message
    case .kinkRefused, .kink: "derivative taken at a kink"
    case .spread(let names): Problem.spread(to: names)
    case .guardTripped: "`forward` repeats a way that the program would no longer take"
    case .warningsAreErrors(let code): "a warning (\(code)) is an error under --strict"
    case .unreadableFile(let path, let reason): "cannot read `\(path)`: \(reason)"
    case .unknownEnding(let path, _): "`\(path)` does not say what to draw"
    case .unwritableFile(let path, let reason): "cannot write `\(path)`: \(reason)"
    case .noDrawingProgram(let program, let path):
      "drawing `\(path)` takes \(program.name), and there is no program `\(program.rawValue)`"
    case .drawingProgramFailed(let program, let path, let reason):
      "`\(program.rawValue)` could not draw `\(path)`: \(reason)"
    case .nonFinite(let what): "\(what.result) appeared"
    case .staleRoot(let name): "\(name) is out of date: what it was computed from has changed"
    case .otherWayNow: "`forward` repeats a way that the program would no longer take"
    case .rebindingUsed(let name, let by): "`\(by)` was built from the earlier `\(name)`"
    case .rebindingUpdate(let name): "`\(name)` becomes a new value in every iteration"
    case .longChain(let name, let nodes):
      "the graph has \(nodes) nodes: `\(name)` is the end of a long chain of them"
    case .gradientNeverComputed(let name): "\(name) has no gradient yet: it is read as 0"
    case .builtinShadowed(let name, nil): "`\(name)` no longer means the built-in function"
    case .builtinShadowed(let name, let value?):
      "`\(name)` no longer means \(NumberFormat.standard.text(value))"
    }
  }

  /// What is said beside the caret.
  var label: String {
    switch self {
    case .noResultYet: "nothing has been shown"
    case .undefinedName(_, _, let isFunction), .foreignName(_, _, let isFunction):
      isFunction ? "no function has this name" : "no variable or function has this name"
    case .unclosedBracket: "opened here"
    case .unclosedString: "opened here"
    case .missingBrackets: "a function followed by its argument"
    case .missingComma: "two values side by side"
    case .foreignWord, .decimalComma, .namedArgument, .secondAssignment: ""
    case .missingMultiplication(let left, let right):
      Double(left) == nil
        ? "two values side by side"
        : "a number followed by a \(Problem.kindOfOperand(right))"
    case .notCallable(let what, _): "\(what), not a function"
    case .elseOnOwnLine: "`else` stands on the line of the `}`"
    case .operatorStartsLine: "the statement ended on the line before"
    case .spaceBeforeBracket(let left, _) where Double(left) != nil: "two values side by side"
    case .spaceBeforeBracket(let left, let bracket):
      "only a bracket that touches `\(left)` \(bracket.hasPrefix("[") ? "is its index" : "calls it")"
    case .guardTripped: "a condition or index on the way would now decide otherwise"
    case .otherWayNow: "this would now decide otherwise"
    case .trapped(let what), .nonFinite(let what): what.expression + what.operandText
    case .trappedGradient(let place), .gradientNotFinite(let place): place.expression
    case .kinkRefused(let place), .kink(let place): place.text
    case .assertionFailed(let comparison, _):
      comparison.map { "\($0.left) \($0.symbol) \($0.right) is false" } ?? "this does not hold"
    case .indexZero(_, let count): count == 0 ? "the array is empty" : "elements are 1..\(count)"
    case .notALeaf: "only a value that was given, not computed, has data to change"
    case .recursionTooDeep: "called again here"
    case .invalidUTF8, .unexpectedCharacter, .badEscape, .numberTooLarge, .malformedNumber: ""
    case .expected, .unmatchedBracket, .foreignOperator, .nestedTooDeeply, .reservedWord: ""
    case .notAssignable, .duplicateParameter, .outsideLoop, .returnOutsideFunction: ""
    case .endOutsideIndex, .badFormat, .unknownCommandOption, .missingArgument: ""
    case .expressionTooLarge, .foreignStatement, .usedBeforeAssignment, .unknownMember: ""
    case .unknownSetting, .badSetting, .wrongArgumentCount, .wrongKind, .noValue: ""
    case .badCondition, .shapeMismatch, .notTracked, .backwardNeedsNumber: ""
    case .indexOutOfRange, .indexNotWhole, .wrongIndexCount, .comparisonAsIndex, .badRange,
      .rangeOfRange, .wordsAfterSign:
      ""
    case .badCount, .graphTooLarge, .graphTooWide, .arrayTooLarge, .tooManyDimensions, .textTooLong,
      .interrupted:
      ""
    case .outOfMemory: ""
    case .noDimension, .emptyArray, .notDifferentiable, .derivativeNeedsNumber: ""
    case .orderTooHigh, .changeWhileDifferentiating: ""
    case .noColumn, .textColumn, .importInside, .malformedTable, .importCycle, .importedTooDeeply,
      .emptyCells,
      .textColumns:
      ""
    case .warningsAreErrors, .checkFailed, .checkNeedsNumber: ""
    case .spread: "here"
    case .unreadableFile, .rebindingUsed, .rebindingUpdate, .longChain: ""
    case .gradientNeverComputed, .builtinShadowed, .notPlottable, .unknownEnding, .staleRoot: ""
    case .unwritableFile, .noDrawingProgram, .drawingProgramFailed: ""
    case .badInterval, .noTangent, .repeatedOption, .rangeOfSamples: ""
    }
  }

  /// What else is worth knowing.
  var notes: [String] {
    switch self {
    case .rebindingUsed(let name, let by):
      ["`\(by)` still uses the value that `\(name)` had before"]
    case .invalidUTF8, .unexpectedCharacter, .unclosedString, .badEscape, .numberTooLarge: []
    case .malformedNumber, .expected, .unclosedBracket, .unmatchedBracket: []
    case .missingMultiplication, .spaceBeforeBracket, .operatorStartsLine, .elseOnOwnLine: []
    case .foreignOperator, .nestedTooDeeply, .reservedWord, .notAssignable: []
    case .duplicateParameter, .outsideLoop, .returnOutsideFunction, .endOutsideIndex: []
    case .badFormat, .unknownCommandOption, .missingArgument, .expressionTooLarge: []
    case .foreignStatement, .undefinedName, .usedBeforeAssignment, .unknownMember: []
    case .foreignWord, .missingBrackets, .missingComma, .decimalComma, .namedArgument: []
    case .secondAssignment, .foreignName, .noResultYet: []
    case .unknownSetting, .badSetting, .notCallable, .wrongArgumentCount, .wrongKind: []
    case .noValue, .badCondition, .shapeMismatch, .notALeaf, .notTracked: []
    case .backwardNeedsNumber, .indexZero, .indexOutOfRange, .indexNotWhole: []
    case .wrongIndexCount, .comparisonAsIndex, .badRange, .rangeOfRange, .wordsAfterSign, .badCount,
      .assertionFailed:
      []
    case .noDimension, .emptyArray, .notDifferentiable, .derivativeNeedsNumber: []
    case .orderTooHigh, .changeWhileDifferentiating: []
    case .graphTooLarge(_, let holder): [holder.text(of: "nodes")]
    case .graphTooWide(_, let holder): [holder.text(of: "numbers")]
    case .recursionTooDeep, .arrayTooLarge, .tooManyDimensions, .textTooLong, .outOfMemory,
      .interrupted:
      []
    case .trapped, .trappedGradient, .kinkRefused, .kink, .spread: []
    case .gradientNotFinite: ["all values are finite: only the derivative is not"]
    case .checkFailed, .checkNeedsNumber: []
    case .noColumn, .textColumn, .importInside, .malformedTable, .importCycle, .importedTooDeeply,
      .emptyCells,
      .textColumns:
      []
    case .guardTripped, .warningsAreErrors, .unreadableFile, .nonFinite, .otherWayNow: []
    case .rebindingUpdate, .longChain, .gradientNeverComputed, .builtinShadowed: []
    case .notPlottable, .unknownEnding, .unwritableFile, .staleRoot: []
    case .noDrawingProgram, .drawingProgramFailed: []
    case .badInterval, .noTangent, .repeatedOption, .rangeOfSamples: []
    }
  }
}

extension Problem {
  /// What the text of an operand begins with: a bracket, a number or a name.
  fileprivate static func kindOfOperand(_ text: String) -> String {
    text.hasPrefix("(") ? "bracket" : Double(text) == nil ? "name" : "number"
  }

  /// `1.6 GB`, `24 MB`
  fileprivate static func size(_ byteCount: Int) -> String {
    let megabytes = Double(byteCount) / 1e6
    return megabytes < 1000
      ? "\(Int(megabytes.rounded(.up))) MB" : "\((megabytes / 100).rounded() / 10) GB"
  }
}

extension Problem.NonFinite {
  /// ` where v = 3.9979, m = 2`
  var operandText: String {
    operands.isEmpty ? "" : " where \(operands.joined(separator: ", "))"
  }
}

extension Problem.GraphHolder {
  /// What holds most of the things that there are too many of.
  func text(of things: String) -> String {
    switch self {
    case .name(let name, let count, let earlier):
      "`\(name)` holds \(count) of the \(things): it was computed from them"
        + (earlier > 1 ? ", \(earlier) of them earlier values of `\(name)`" : "")
        + (name == "ans" ? "; it lets go of them when another value is shown" : "")
    case .statement:
      "no name holds most of the \(things): they belong to what this statement is computing"
    }
  }
}

extension Problem.Interval {
  /// The interval as it is written: `y in 10..0`.
  var text: String { written(first, last) }

  /// Whether both ends are the same.
  var isPoint: Bool { first == last }

  /// The ends in their order, or some way to either side of a point.
  var mended: String {
    let margin = max(first.magnitude / 2, 1)
    return isPoint ? written(first - margin, last + margin) : written(last, first)
  }

  private func written(_ first: Double, _ last: Double) -> String {
    let format = NumberFormat.standard
    return "\(words) \(format.text(first))..\(format.text(last))"
  }
}

extension Problem.Tangent {
  /// What is missing.
  fileprivate var message: String {
    let format = NumberFormat.standard
    switch self {
    case .noFunction: return "arrays have no slope: a tangent needs an expression"
    case .outside(let x, let variable, let first, let last):
      let range = "\(format.text(first))..\(format.text(last))"
      return "\(format.text(x)) lies outside the plot, which shows \(variable) in \(range)"
    case .notFinite(let what, let x, let variable, let value):
      return "\(what) is \(value) at \(variable) = \(format.text(x)): there is no tangent"
    }
  }

  /// The edit that mends it.
  var help: String {
    let format = NumberFormat.standard
    switch self {
    case .noFunction: return "`plot f(x) for x in 0..10 with slope at 3`"
    case .outside(let x, let variable, let first, let last) where x.isFinite:
      let (low, high) = (format.text(min(first, x)), format.text(max(last, x)))
      return "plot it `for \(variable) in \(low)..\(high)`, or choose a point inside"
    case .outside, .notFinite: return "choose another point after `slope at`"
    }
  }
}

extension Problem.GradientPlace {
  /// `infinite gradient at `x``
  var message: String {
    let kind = gradient == "NaN" ? "NaN as the" : "infinite"
    return "\(kind) gradient at \(names.prefix(4).map { "`\($0)`" }.joined(separator: ", "))"
      + (names.count > 4 ? " and \(names.count - 4) more" : "")
  }
}

extension Problem {
  /// ``s`, `z` and 3 more are not finite because of this`
  fileprivate static func spread(to names: [String]) -> String {
    let shown = names.prefix(6).map { "`\($0)`" }.joined(separator: ", ")
    return shown + (names.count > 6 ? " and \(names.count - 6) more" : "")
      + " are not finite because of this"
  }
}

extension Problem.DrawingProgram {
  /// What it is called.
  var name: String {
    switch self {
    case .dot: "Graphviz"
    case .gnuplot: "gnuplot"
    }
  }

  /// How to get it, and what does without.
  var help: String {
    switch self {
    case .dot: "`apt-get install graphviz`; `.html`, `.svg` and `.dot` need nothing"
    case .gnuplot:
      "`apt-get install gnuplot-nox`; `.svg` files and `plot` in the terminal need nothing"
    }
  }
}
