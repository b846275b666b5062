/// What can be wrong, as data: no text. The sentences are in `Problem+Message.swift`, the codes and
/// explanations in `Problem+Code.swift` and `Problem+Explanation.swift`.
package enum Problem: Hashable, Sendable {
  // MARK: Lexical
  case invalidUTF8
  case unexpectedCharacter(String)
  case unclosedString
  case badEscape(String)
  case numberTooLarge(String)
  case malformedNumber(String)

  // MARK: Syntax
  case expected(String, found: String, after: String? = nil)
  case unclosedBracket(String)
  case unmatchedBracket(String)
  case missingMultiplication(left: String, right: String)
  case spaceBeforeBracket(left: String, bracket: String)
  case operatorStartsLine(String, statement: String?)
  case elseOnOwnLine
  case foreignOperator(String, instead: [String])
  case nestedTooDeeply(limit: Int)
  case reservedWord(String)
  case notAssignable(String)
  case duplicateParameter(String)
  case outsideLoop(String)
  case returnOutsideFunction
  case endOutsideIndex
  case importInside
  case badFormat(String)
  case unknownCommandOption(String, command: String)
  case repeatedOption(String)
  case rangeOfSamples(String)
  case missingArgument(command: String, example: String)
  case expressionTooLarge
  case foreignStatement(String, instead: String)
  case foreignWord(String, advice: String)
  case missingBrackets(function: String, argument: String)
  case missingComma(left: String, right: String)
  case decimalComma(String)
  case namedArgument(String)
  case secondAssignment(String)

  // MARK: Names
  case noResultYet
  case undefinedName(String, similar: String?, isFunction: Bool)
  case foreignName(String, advice: String, isFunction: Bool)
  case usedBeforeAssignment(String)
  case unknownMember(String, similar: String?)
  case noColumn(String, similar: String?, columns: [String])
  case textColumn(String)
  case unknownSetting(String, similar: String?)
  case badSetting(String, value: String, allowed: String)

  // MARK: Values
  case notCallable(what: String, product: String?)
  case wrongArgumentCount(function: String, expected: String, found: Int)
  case wrongKind(expected: String, found: String, by: String)
  case noValue(String)
  case badCondition(String)
  case shapeMismatch(left: String, right: String, by: String, suggestion: String? = nil)
  case notALeaf(String)
  case notTracked(String, by: String)
  case backwardNeedsNumber(String)
  case indexZero(of: String?, count: Int)
  case indexOutOfRange(Double, of: String?, count: Int)
  case indexNotWhole(Double)
  case wrongIndexCount(expected: Int, found: Int)
  case comparisonAsIndex
  case noDimension(Double, rank: Int)
  case emptyArray(by: String)
  case notDifferentiable(String, by: String)
  case derivativeNeedsNumber(String, by: String)
  case orderTooHigh(Int, limit: Int)
  case changeWhileDifferentiating(String)
  case badRange(String)
  case rangeOfRange
  case wordsAfterSign(String, found: String)
  case badInterval(Interval)
  case badCount(Double, by: String)
  case notPlottable(String)
  case noTangent(Tangent)

  // MARK: Running
  case assertionFailed(comparison: Comparison?, reason: String?)
  case checkFailed(leaf: String, root: String, verdict: CheckReport.Verdict)
  case checkNeedsNumber(String)
  case recursionTooDeep(limit: Int)
  case graphTooLarge(limit: Int, holder: GraphHolder)
  case graphTooWide(limit: Int, holder: GraphHolder)
  case arrayTooLarge(count: Double, limit: Int)
  case tooManyDimensions(limit: Int)
  case importedTooDeeply(limit: Int)
  case textTooLong(limit: Int)
  case outOfMemory(byteCount: Int)
  case interrupted
  case trapped(NonFinite)
  case trappedGradient(GradientPlace)
  case kinkRefused(KinkPlace)
  case guardTripped
  case warningsAreErrors(code: String)
  case unreadableFile(path: String, reason: String)
  case malformedTable(path: String, reason: String, help: String?)
  case importCycle(path: String)
  case unknownEnding(path: String, allowed: [String])
  case unwritableFile(path: String, reason: String)
  case noDrawingProgram(DrawingProgram, path: String)
  case drawingProgramFailed(DrawingProgram, path: String, reason: String)

  // MARK: Warnings
  case nonFinite(NonFinite)
  case otherWayNow
  case gradientNotFinite(GradientPlace)
  case staleRoot(String)

  // MARK: Notes
  case rebindingUsed(name: String, by: String)
  case rebindingUpdate(name: String)
  case longChain(name: String, nodes: Int)
  case gradientNeverComputed(name: String)
  case emptyCells(path: String, count: Int)
  case textColumns(path: String, names: [String], hasNumbersAsNames: Bool)
  case builtinShadowed(String, value: Double?)
  case kink(KinkPlace)
  case spread(names: [String])

  /// Both sides of a comparison that was asserted, with as many digits as tell them apart.
  package struct Comparison: Hashable, Sendable {
    /// The left side.
    package let left: String
    /// The comparison between them.
    package let symbol: String
    /// The right side.
    package let right: String
  }

  /// An operation that gave a gradient that is not finite, though all data are.
  package struct GradientPlace: Hashable, Sendable {
    /// The names that have such gradients.
    package let names: [String]
    /// The gradient at the operation: `inf`, `-inf` or `NaN`.
    package let gradient: String
    /// The edit that keeps clear of the place, where there is a usual one.
    package let remedy: String?
    /// The local derivative as a formula, and where it was taken.
    package let expression: String
  }

  /// A kink at which a gradient was taken.
  package struct KinkPlace: Hashable, Sendable {
    /// Where it is, the slopes there, and the one that is used.
    package let text: String

    init(_ text: String) { self.text = text }
  }

  /// What keeps most of a graph that has outgrown its limit.
  package enum GraphHolder: Hashable, Sendable {
    /// A name whose value was computed from so many nodes, or numbers, among them so many earlier
    /// values of its own.
    case name(String, count: Int, earlier: Int)
    /// What the statement is computing, which has no name yet.
    case statement
  }

  /// An operation that gave a result that is not finite from finite operands.
  package struct NonFinite: Hashable, Sendable {
    /// The operation with its operands' values, such as `sqrt(-0.0021)`.
    package let expression: String
    /// The result: `NaN`, `inf` or `-inf`.
    package let result: String
    /// The operands that have names, such as `v = 3.9979`.
    package let operands: [String]
  }
}

extension Problem {
  /// An interval that is empty or a single point.
  package struct Interval: Hashable, Sendable {
    /// What stands before it, such as `y in`.
    package let words: String
    /// Where it begins.
    package let first: Double
    /// Where it ends.
    package let last: Double
  }

  /// Why a plot has no tangent.
  package enum Tangent: Hashable, Sendable {
    /// Arrays are plotted, which have no derivative.
    case noFunction
    /// The point lies where nothing is plotted.
    case outside(at: Double, variable: String, first: Double, last: Double)
    /// The curve or its slope, as `what` says, is NaN or infinite there.
    case notFinite(_ what: String, at: Double, variable: String, value: String)
  }

  /// A program that draws into files.
  package enum DrawingProgram: String, Sendable {
    /// Graphviz, which draws graphs.
    case dot
    /// Gnuplot, which draws plots.
    case gnuplot
  }
}

/// A problem and where it is, inside one source.
struct LocatedProblem {
  let problem: Problem
  let range: SourceRange

  init(_ problem: Problem, _ range: SourceRange) {
    self.problem = problem
    self.range = range
  }

  /// Whether it is a bracket that the text does not close.
  var isUnclosedBracket: Bool {
    if case .unclosedBracket = problem { return true }
    return false
  }
}
