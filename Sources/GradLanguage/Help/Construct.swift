/// What the language is made of besides functions and commands: statements, operators and signs, each
/// a topic of help.
enum Construct: CaseIterable {
  // Statements
  case assignment, change, update, definition, plain
  case `if`, `for`, `while`, `repeat`, jump, `return`, `import`
  // Operators; those of arithmetic and the comparisons are in `BinaryOperation`
  case matrixProduct, negation, range, and, or, not, lambda, prime, nabla
  // Signs
  case bracket, index, member, superscript, string, block, semicolon, comma, comment, number

  /// Whether it is a statement, and not an operator or a sign.
  var isStatement: Bool {
    switch self {
    case .assignment, .change, .update, .definition, .plain, .if, .for, .while, .repeat, .jump,
      .return, .import:
      true
    case .matrixProduct, .negation, .range, .and, .or, .not, .lambda, .prime, .nabla, .bracket,
      .index, .member, .superscript, .string, .block, .semicolon, .comma, .comment, .number:
      false
    }
  }

  /// What it is asked for by, the usual name first.
  var names: [String] {
    switch self {
    case .assignment: ["="]
    case .change: [":="]
    case .update: ["+=", "-=", "*=", "/=", "^="]
    case .definition: ["define", "definition", "function"]
    case .plain: ["plain"]
    case .if: ["if", "then", "else"]
    case .for: ["for", "in"]
    case .while: ["while"]
    case .repeat: ["repeat"]
    case .jump: ["break", "continue"]
    case .return: ["return"]
    case .import: ["import"]
    case .matrixProduct: ["@"]
    case .negation: ["unary -", "sign"]
    case .range: ["..", "by", "range"]
    case .and: ["and"]
    case .or: ["or"]
    case .not: ["not"]
    case .lambda: ["->", "→", "lambda"]
    case .prime: ["'", "prime"]
    case .nabla: ["∇", "nabla"]
    case .bracket: ["(", ")", "()", "call"]
    case .index: ["[", "]", "[]", ":", "end", "index"]
    case .member: [".", ".data", ".grad", "data", "member"]
    case .superscript: ["²", "superscript"]
    case .string: ["\"", "\"\"", "string", "format"]
    case .block: ["{", "}", "{}", "block"]
    case .semicolon: [";"]
    case .comma: [","]
    case .comment: ["#", "comment"]
    case .number: ["number", "numbers"]
    }
  }

  /// The topic of help.
  var topic: HelpTopic {
    let help = help
    let text =
      help.forms + "\n\n  example    "
      + help.example.split(separator: "\n").joined(separator: "\n             ")
      + help.shows.split(separator: "\n").map { "\n             → \($0)" }.joined()
    return HelpTopic(
      names[0], isStatement ? .statement : .operator, otherNames: Array(names.dropFirst()),
      summary: help.summary, text: text, searched: help.forms)
  }
}

/// What help says of a construct.
struct ConstructHelp {
  /// What it is, in a few words.
  let summary: String
  /// How it is written and what that means: a line each.
  let forms: String
  /// A program, and what it shows.
  let example: String
  let shows: String

  init(_ summary: String, _ forms: String, example: String, shows: String) {
    self.summary = summary
    self.forms = forms
    self.example = example
    self.shows = shows
  }
}
