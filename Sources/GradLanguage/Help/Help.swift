import Autograd

/// What the tool can say about itself: for `:help` and `:apropos` at the prompt.
public enum Help {
  /// One screen for someone who has just arrived, without the commands about the session.
  public static let overview = """
    Type what you compute; bind names with `=`, then ask for gradients:

      a = 2; b = -3             two values that derivatives can be taken for
      L = a*b + sin(a)          a result; how it was computed is kept
      backward L                dL/da and dL/db, and of every value on the way
      a := 2.1; forward L       changes a value in place and computes L again
      f(x) = x^2 + 1; f'(3)     a function and its exact derivative
      for i in 1..3 { … }       also while, repeat, if … else
      print a, "L is {L:.4}"    values and strings
      show; graph L; explain L  all names; how L and its gradients came about
      plot f(x) for x in -2..2  a curve
    """

  /// How lessons at the prompt are asked for.
  public static let lesson = """
    :lesson           begins the course, or goes on where it was left; sets a step up again
    :lesson hint      helps with the present step; `hint` will do
    :lesson answer    tells a line that does it
    :lesson skip      goes on to the next step
    :lesson list      all steps
    :lesson 4         goes to a step
    :lesson again     from the start
    :lesson quit      leaves the course, not grad
    :lesson ./x.course    a course of your own, from a text file
    :lesson check         tries its answers and examples out
    """

  /// All topics.
  public static let topics: [HelpTopic] =
    subjects + functions + constants
    + Command.allCases.map(\.topic) + constructs + Setting.allCases.map(\.topic) + errors

  /// The names of all topics, for completion.
  public static var names: [String] { topics.flatMap { [$0.name] + $0.otherNames } }

  /// What is known about a topic: its name, or a form that it is written in, such as `tanh(x)`.
  public static func topic(_ words: String) -> HelpTopic? {
    if let topic = index[words] { return topic }
    let name = String(words.drop { "`\"".contains($0) }.prefix { !"(`'\"".contains($0) })
    let spellings = [name, words.uppercased(), words.lowercased(), name.lowercased()]
    return spellings.lazy.compactMap { index[$0] }.first
  }

  /// What a word from elsewhere is here, and the topic about that: `log` for `ln`.
  public static func foreign(_ word: String) -> (here: String, topic: HelpTopic)? {
    guard let here = Suggestion.aliases[word], let topic = topic(here) else { return nil }
    return (here, topic)
  }

  /// The topic nearest to one that is not known, among these names and all others.
  public static func nearest(to words: String, also names: [String] = []) -> String? {
    let known = topics.flatMap { [$0.name] + $0.otherNames } + names
    return Suggestion.nearest(to: words, among: known.sorted())
  }

  /// The topics by every name that they have; the first one keeps a name.
  private static let index: [String: HelpTopic] = {
    var index: [String: HelpTopic] = [:]
    for topic in topics where index[topic.name] == nil { index[topic.name] = topic }
    for topic in topics {
      for name in topic.otherNames where index[name] == nil { index[name] = topic }
    }
    return index
  }()

  // MARK: Topics

  /// The built-in functions, in the order of grammar.md.
  static let functions = Builtin.all.filter { $0 != .unary(.negate) }.map(\.topic)

  /// The constants; `π` is another name of `pi`.
  static let constants = Builtin.constants.filter { $0.name != "π" }.map { constant in
    HelpTopic(
      constant.name, .constant, otherNames: constant.name == "pi" ? ["π"] : [],
      summary: summary(ofConstant: constant.name),
      text: "\(constant.name) = \(NumberFormat.shortest.text(constant.value))    "
        + summary(ofConstant: constant.name))
  }

  private static func summary(ofConstant name: String) -> String {
    switch name {
    case "pi": "the circumference of a circle of diameter 1, also `π`"
    case "tau": "2*pi: the full angle in radians"
    case "inf": "infinity"
    case "nan": "not a number (NaN): what 0/0 gives"
    case "true": "the number 1"
    case _: "the number 0"
    }
  }

  /// The operators and statements.
  static let constructs =
    BinaryOperation.allCases.filter(\.isInfix).map(\.topic) + Construct.allCases.map(\.topic)

  /// The errors, warnings and notes.
  static let errors = Problem.codes.compactMap { Problem.explanation(of: $0) }.map { explanation in
    HelpTopic(
      explanation.code, .error, summary: explanation.title, text: text(explanation),
      searched: explanation.text)
  }

  private static func text(_ explanation: Problem.Explanation) -> String {
    var text = "\(explanation.code): \(explanation.title)\n\n\(explanation.text)"
    if let example = explanation.example { text += "\n\nWrong:\n\(indented(example))" }
    if let mended = explanation.mended { text += "\n\nRight:\n\(indented(mended))" }
    return text
  }

  private static func indented(_ text: String) -> String {
    text.split(separator: "\n", omittingEmptySubsequences: false).map { "    " + $0 }
      .joined(separator: "\n")
  }
}

extension BinaryOperation {
  /// What `:help` shows of an operator.
  fileprivate var topic: HelpTopic {
    HelpTopic(
      name, .operator, otherNames: otherSpellings, summary: help.summary,
      text: help.text("x \(name) y", operands: ["x", "y"]),
      searched: [help.formula, help.edges, help.derivative].joined(separator: " "))
  }

  /// How an operator is written besides.
  private var otherSpellings: [String] {
    switch self {
    case .multiply: ["·", "×", "⋅"]
    case .divide: ["÷"]
    case .subtract: ["−"]
    case .power: ["**"]
    case .lessOrEqual: ["≤"]
    case .greaterOrEqual: ["≥"]
    case .notEqual: ["≠"]
    case .approximatelyEqual: ["~=="]
    case .add, .floorDivide, .modulus, .atan2, .hypot, .min, .max, .logaddexp, .xlogy, .leakyRelu,
      .polygamma, .less, .greater, .equal:
      []
    }
  }
}
