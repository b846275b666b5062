extension Problem {
  /// The edit that mends it, in one line; nil when there is no one edit.
  var help: String? {
    switch self {
    case .invalidUTF8: "save the file as UTF-8"
    case .unclosedString: "end the string with `\"`; a line end in it is written `\\n`"
    case .badEscape: "the escapes are \\n \\t \\\" \\\\ \\{ \\} and \\u{…}"
    case .numberTooLarge: "write `inf` for infinity"
    case .missingMultiplication(let left, let right): "`\(left)*\(right)`"
    case .spaceBeforeBracket(let left, let bracket):
      "for a product write `\(left) * \(bracket)`; for a call `\(left)\(bracket)`"
    case .operatorStartsLine(let symbol): "end the line above with `\(symbol)`"
    case .elseOnOwnLine: "write `} else {`"
    case .foreignOperator("~=", _): "write `!=` for not equal, `~==` for nearly equal"
    case .foreignOperator(_, let instead): "write `\(instead.joined(separator: "` or `"))`"
    case .foreignStatement(_, let instead): "write `\(instead)`"
    case .reservedWord(let word): "choose another name, such as `\(word)_`"
    case .notAssignable: "assign to a name, or to `x.data`, `x.grad`"
    case .unexpectedCharacter(let character): Problem.character(character)
    case .badFormat: "decimals as `.4`, scientific `.4e`, with a width `8.4`"
    case .unknownCommandOption(_, let command):
      command == "backward" ? "its option is `accumulate`" : "it takes no options"
    case .missingArgument(_, let example): "for example `\(example)`"
    case .undefinedName(_, let similar, _), .unknownMember(_, let similar),
      .unknownSetting(_, let similar):
      similar.map { "did you mean `\($0)`?" }
    case .usedBeforeAssignment(let name):
      "a name that a function assigns is its own: give it a value first, or pass `\(name)` in"
    case .badSetting(_, _, let allowed): "it can be \(allowed)"
    case .notCallable(_, let product): "for a product write `\(product ?? "*")`"
    case .wrongArgumentCount(let function, _, _): "it is called `\(function)`"
    case .noValue: "a function's value is its last expression, or what `return` gives"
    case .badCondition: "compare it: `x > 0`"
    case .notALeaf: "bind the name again with `=`, or change the leaves it was computed from"
    case .notTracked: "bind it to a name outside a function: `a = 2` is part of the graph"
    case .backwardNeedsNumber(let what):
      what.hasPrefix("an array") ? "choose an element: `backward v[1]`" : nil
    case .indexZero(let count): count == 0 ? nil : "the first element is `[1]`"
    case .comparisonAsIndex: "choose elements with `[x for x in v if x > 0]`"
    case .recursionTooDeep: "does every call come nearer to the end of the recursion?"
    case .graphTooLarge: "keep running totals plain: `plain s = 0`, `x.data` or `stop(x)`"
    case .trapped(let what), .nonFinite(let what): what.remedy
    case .guardTripped, .otherWayNow: "run the statements again instead of `forward`"
    case .rebindingUsed(let name, let by):
      "to change the value that \(by) sees write `\(name) := …`, then `forward \(by)`"
    case .rebindingUpdate(let name):
      "to change its data in place write `\(name) := …`"
    case .longChain(let name, _):
      "for a running total: `plain \(name) = …`, `.data`, or a function"
    case .gradientNeverComputed: "run `backward` first"
    case .builtinShadowed(let name): "`x.\(name)()` always means the built-in"
    case .malformedNumber, .expected, .unclosedBracket, .unmatchedBracket, .nestedTooDeeply: nil
    case .duplicateParameter, .outsideLoop, .returnOutsideFunction, .endOutsideIndex: nil
    case .expressionTooLarge, .wrongKind, .shapeMismatch, .indexOutOfRange: nil
    case .indexNotWhole, .wrongIndexCount, .badRange, .badCount, .assertionFailed: nil
    case .arrayTooLarge, .interrupted, .warningsAreErrors, .unreadableFile: nil
    }
  }

  /// What a character from another language is written here.
  private static func character(_ character: String) -> String? {
    switch character {
    case "&": "write `and`"
    case "|": "write `or`"
    case "!": "write `not`, or `!=` for not equal"
    case "~": "write `!=` for not equal, `~==` for nearly equal"
    case "“", "”", "„": "strings stand in straight quotes: `\"`"
    case "$", "\\", "?", "`": nil
    case _: nil
    }
  }
}

extension Problem.NonFinite {
  /// What usually mends it.
  var remedy: String? {
    if expression.hasPrefix("sqrt") { return "`sqrt(max(x, 0))`, or `set trap on` to stop here" }
    if expression.hasPrefix("log") { return "`log(max(x, 1e-300))`, or `set trap on` to stop here" }
    return "`set trap on` stops here"
  }
}
