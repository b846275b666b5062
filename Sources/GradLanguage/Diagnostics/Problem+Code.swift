extension Problem {
  /// The code under which the problem is explained: E for errors, W for warnings, N for notes.
  package var code: String {
    switch self {
    case .undefinedName, .foreignName, .noResultYet: "E001"
    case .usedBeforeAssignment: "E002"
    case .reservedWord: "E003"
    case .notAssignable, .namedArgument, .secondAssignment: "E004"
    case .notALeaf: "E005"
    case .duplicateParameter: "E006"
    case .unknownMember: "E007"
    case .noColumn, .textColumn: "E008"
    case .notCallable: "E010"
    case .missingMultiplication: "E011"
    case .spaceBeforeBracket: "E012"
    case .wrongArgumentCount: "E013"
    case .wrongKind: "E014"
    case .noValue: "E015"
    case .badCount: "E016"
    case .missingBrackets: "E017"
    case .unclosedBracket: "E020"
    case .unmatchedBracket: "E021"
    case .expected, .missingComma, .wordsAfterSign: "E022"
    case .operatorStartsLine: "E023"
    case .elseOnOwnLine: "E024"
    case .nestedTooDeeply: "E025"
    case .unclosedString: "E026"
    case .badEscape: "E027"
    case .unexpectedCharacter: "E028"
    case .invalidUTF8: "E029"
    case .shapeMismatch: "E030"
    case .numberTooLarge: "E031"
    case .malformedNumber, .decimalComma: "E032"
    case .foreignOperator: "E033"
    case .foreignStatement, .foreignWord: "E034"
    case .badFormat: "E035"
    case .outsideLoop: "E036"
    case .returnOutsideFunction: "E037"
    case .endOutsideIndex: "E038"
    case .expressionTooLarge: "E039"
    case .badCondition: "E040"
    case .backwardNeedsNumber: "E041"
    case .notTracked: "E042"
    case .badRange, .badInterval, .rangeOfRange: "E043"
    case .notPlottable: "E044"
    case .notDifferentiable: "E045"
    case .derivativeNeedsNumber: "E046"
    case .orderTooHigh: "E047"
    case .changeWhileDifferentiating: "E048"
    case .noTangent: "E049"
    case .indexZero: "E050"
    case .indexOutOfRange: "E051"
    case .indexNotWhole: "E052"
    case .wrongIndexCount: "E053"
    case .comparisonAsIndex: "E054"
    case .noDimension: "E055"
    case .emptyArray: "E056"
    case .assertionFailed: "E060"
    case .checkFailed: "E065"
    case .checkNeedsNumber: "E041"
    case .unknownSetting: "E061"
    case .badSetting: "E062"
    case .missingArgument: "E063"
    case .unknownCommandOption: "E064"
    case .repeatedOption, .rangeOfSamples: "E066"
    case .recursionTooDeep: "E070"
    case .graphTooLarge, .graphTooWide: "E071"
    case .arrayTooLarge, .tooManyDimensions, .textTooLong: "E072"
    case .interrupted: "E073"
    case .outOfMemory: "E078"
    case .trapped: "E074"
    case .trappedGradient: "E074"
    case .kinkRefused: "E077"
    case .guardTripped: "E075"
    case .warningsAreErrors: "E076"
    case .unreadableFile: "E080"
    case .unknownEnding: "E081"
    case .unwritableFile: "E082"
    case .noDrawingProgram: "E083"
    case .drawingProgramFailed: "E084"
    case .malformedTable: "E085"
    case .importCycle, .importedTooDeeply: "E086"
    case .importInside: "E087"
    case .nonFinite: "W101"
    case .otherWayNow: "W102"
    case .gradientNotFinite: "W103"
    case .staleRoot: "W104"
    case .rebindingUsed: "N301"
    case .rebindingUpdate: "N302"
    case .longChain: "N303"
    case .gradientNeverComputed: "N304"
    case .builtinShadowed: "N305"
    case .emptyCells: "N306"
    case .kink: "N307"
    case .spread: "N308"
    case .textColumns: "N309"
    }
  }

  /// How serious the problem is; its code's letter.
  var severity: Diagnostic.Severity {
    switch code.first {
    case "W": .warning
    case "N": .note
    case _: .error
    }
  }

  /// All codes, in order.
  package static let codes = [
    "E001", "E002", "E003", "E004", "E005", "E006", "E007", "E008", "E010",
    "E011", "E012", "E013", "E014", "E015", "E016", "E017", "E020",
    "E021",
    "E022", "E023", "E024", "E025", "E026", "E027", "E028", "E029",
    "E030", "E031", "E032", "E033", "E034", "E035", "E036", "E037",
    "E038", "E039", "E040", "E041", "E042", "E043", "E044", "E045", "E046", "E047", "E048", "E049",
    "E050", "E051", "E052", "E053", "E054", "E055", "E056", "E060", "E061", "E062", "E063", "E064",
    "E065", "E066",
    "E070", "E071", "E072", "E073", "E074", "E075", "E076", "E077", "E078", "E080",
    "E081", "E082", "E083", "E084", "E085", "E086", "E087",
    "W101", "W102", "W103", "W104", "N301", "N302", "N303", "N304", "N305", "N306", "N307", "N308",
    "N309",
  ]
}
