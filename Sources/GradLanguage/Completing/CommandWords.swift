/// A word with what it does in a few others.
typealias DescribedWord = (word: String, summary: String)

extension Command {
  /// What it does in a few words.
  var summary: String {
    switch self {
    case .backward: "the gradients of a result"
    case .forward: "computes again from changed leaves"
    case .print: "values and strings on a line"
    case .show: "names with data and gradient"
    case .graph: "how a result was computed, as a drawing"
    case .explain: "the reverse sweep, step by step"
    case .check: "holds gradients against differences"
    case .plot: "curves and points"
    case .zero: "sets every gradient to 0"
    case .assert: "stops where a condition is false"
    case .seed: "begins the random numbers anew"
    case .set: "changes a setting"
    }
  }

  /// The words that can follow its arguments.
  var options: [DescribedWord] {
    switch self {
    case .backward: [("accumulate", "adds onto the present gradients")]
    case .explain: [("paths", "the ways that lead to the result")]
    case .graph: [("depth", "so many operations deep"), ("to", "into a file: to \"L.svg\"")]
    case .plot:
      [
        ("for", "the variable: for x in -5..5"), ("with", "points, or slope at a number"),
        ("title", "a line above: title \"heat\""),
        ("labels", "the axes: labels \"time\", \"height\""), ("to", "into a file: to \"f.svg\""),
        ("x", "what is shown: x in 0..5"), ("y", "what is shown: y in 0..10"),
      ]
    case .forward, .print, .show, .check, .zero, .assert, .set, .seed: []
    }
  }
}

extension Setting {
  /// Words that it can be set to.
  var words: [DescribedWord] {
    switch self {
    case .digits:
      [("12", "at first"), ("17", "the most"), ("full", "the shortest text that reads back")]
    case .trap: [("on", "NaN and infinity are errors"), ("off", "they are warned of")]
    case .kinks: [("error", "a gradient at a kink is an error"), ("note", "it is noted")]
    case .limit: [("full", "what the memory holds")]
    }
  }
}

extension TokenKind {
  /// The words that begin statements, and how these are written.
  static let statementWords: [DescribedWord] = [
    ("if", "if x > 0 { … } else { … }"), ("for", "for i in 1..10 { … }"),
    ("while", "while x > 0 { … }"), ("repeat", "repeat 10 { … }"), ("plain", "plain x = 2"),
    ("import", "import \"file.grad\""), ("return", "return x"), ("break", "leaves the loop"),
    ("continue", "goes on with the loop"),
  ]

  /// The words that stand in expressions.
  static let operandWords: [DescribedWord] = [
    ("not", "not x"), ("if", "if x > 0 then x else 0"),
  ]

  /// What is said of the words that follow operands.
  static let followingWords: [String: String] = [
    "and": "both", "or": "one of both", "by": "the step of a range: 1..9 by 2",
    "then": "where the condition holds", "else": "where it does not",
    "for": "for each: [x^2 for x in v]", "if": "only where: [x for x in v if x > 0]",
    "in": "the values", "points": "dots that are not joined", "slope": "the tangent",
    "at": "where the tangent touches",
  ]
}
