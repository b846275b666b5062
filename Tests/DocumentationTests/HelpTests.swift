import Autograd
import Testing

@testable import GradLanguage

/// What `:help` says: every topic has every part, and what its example shows is so.
@Suite struct HelpTests {
  // MARK: Functions and operators

  private static let builtins = Builtin.all.filter { $0 != .unary(.negate) }

  /// Functions and operators by their names.
  private static let operations: [String: OperationHelp] = {
    let functions = builtins.map { ($0.name, $0.help) }
    let operators = BinaryOperation.allCases.filter(\.isInfix).map { ($0.name, $0.help) }
    return Dictionary(uniqueKeysWithValues: functions + operators)
  }()

  @Test(arguments: operations.keys.sorted())
  func example(name: String) throws {
    let help = try #require(HelpTests.operations[name])
    #expect(help.example.contains(name))
    let transcript = Transcript(of: help.example)
    #expect(transcript.lines.joined(separator: "\n") == help.shows, "\(help.example)")
    #expect(!help.shows.isEmpty || name == "write")
  }

  @Test(arguments: operations.keys.sorted())
  func parts(name: String) throws {
    let help = try #require(HelpTests.operations[name])
    let text = try #require(Help.topic(name)).text
    #expect(text.contains(help.summary) && text.contains(help.formula))
    #expect(text.contains("\n  example     \(help.example)"))
    #expect(
      text.contains("\n  edges       ") || text.contains("  domain  ") || !help.shapes.isEmpty)
    #expect(!help.summary.contains("`"), "a summary is no place for code")
    // Formulas need no capital letter, and no sentence ends in a list of cells.
    #expect(help.cells.allSatisfy { !$0.hasSuffix(".") && !$0.contains("  ") })
  }

  /// A function of numbers has a textbook derivative for each parameter.
  @Test(arguments: builtins)
  func derivatives(builtin: Builtin) throws {
    let text = try #require(Help.topic(builtin.name)).text
    switch builtin {
    case .unary: #expect(text.contains("\n  derivative  "))
    case .binary:
      #expect(text.ranges(of: "\n  ∂/∂").count == 2)
      #expect(!text.contains("\n  derivative"))
    case .ternary, .fold: #expect(text.contains("\n  derivative  "))
    case .array, .derivative, .random, .file: break
    }
    #expect(text.hasPrefix(builtin.signature + "    "))
  }

  /// Array functions tell the shapes of what they take and give.
  @Test func shapes() {
    for function in ArrayFunction.allCases { #expect(!function.help.shapes.isEmpty, "\(function)") }
    for function in DerivativeFunction.allCases {
      #expect(!function.help.shapes.isEmpty, "\(function)")
    }
  }

  /// Curves are drawn where the function has values.
  @Test(arguments: UnaryOperation.allCases.filter { $0 != .negate && $0 != .stop })
  func curve(operation: UnaryOperation) throws {
    let curve = try #require(Help.topic(operation.name)?.curve)
    let (low, high) = (curve.interval.lowerBound, curve.interval.upperBound)
    let program = "plot \(curve.expression) for x in \(low)..\(high)"
    var finite = 0
    let outcome = Interpreter().run(program) { output in
      guard case .plot(let plot, nil) = output else { return }
      finite = plot.curves[0].ys.count(where: \.isFinite)
    }
    #expect(outcome.diagnostics.isEmpty)
    #expect(finite > 450)
  }

  // MARK: The language

  @Test(arguments: Construct.allCases)
  func construct(construct: Construct) throws {
    let help = construct.help
    #expect(Transcript(of: help.example).lines.joined(separator: "\n") == help.shows)
    #expect(!help.summary.isEmpty && !help.forms.isEmpty)
    for name in construct.names { #expect(Help.topic(name) != nil, "\(name)") }
    #expect(Help.topic(construct.names[0])?.summary == help.summary)
  }

  /// Every word and every operator of the language is a topic.
  @Test func words() {
    for word in TokenKind.reservedWords.keys { #expect(Help.topic(word) != nil, "\(word)") }
    for kind in OperatorTable.infix.keys {
      #expect(Help.topic(kind.description.replacing("`", with: "")) != nil, "\(kind)")
    }
    let signs: [TokenKind] = [
      .assign, .setData, .plusAssign, .minusAssign, .timesAssign, .divideAssign, .powerAssign,
      .leftParen, .leftBracket, .leftBrace, .semicolon, .comma, .colon, .dot, .arrow, .prime,
      .nabla,
    ]
    for sign in signs {
      #expect(Help.topic(sign.description.replacing("`", with: "")) != nil, "\(sign)")
    }
  }

  /// What grammar.md lists as spellings, statements and commands is a topic.
  @Test func grammar() {
    let rows = Markdown("grammar.md").rows
    for command in Command.allCases { #expect(Help.topic(command.rawValue)?.kind == .command) }
    for setting in Setting.allCases {
      #expect(Help.topic(setting.rawValue)?.kind == .setting)
      #expect(Help.topic("set \(setting.rawValue)")?.kind == .setting)
    }
    for (name, _) in Builtin.constants { #expect(Help.topic(name)?.kind == .constant) }
    for code in Problem.codes {
      #expect(Help.topic(code)?.summary == Problem.explanation(of: code)?.title)
      #expect(Help.topic(code.lowercased())?.name == code)
    }
    for symbol in ["**", "·", "×", "÷", "−", "≤", "≥", "≠", "~==", "→", "∇", "π", "²"] {
      #expect(rows.contains { $0.joined(separator: " ").contains(symbol) }, "\(symbol)")
      #expect(Help.topic(symbol) != nil, "\(symbol)")
    }
  }

  // MARK: Topics

  @Test func topics() {
    #expect(Set(Help.topics.map(\.name)).count == Help.topics.count)
    for topic in Help.topics {
      #expect(!topic.summary.isEmpty && !topic.summary.hasSuffix("."), "\(topic.name)")
      #expect(!topic.summary.contains("\n"), "\(topic.name)")
      #expect(!topic.text.isEmpty && !topic.text.hasSuffix("\n"), "\(topic.name)")
      #expect(Help.topic(topic.name)?.name == topic.name)
    }
  }

  @Test(
    arguments: [
      ("tanh(x)", "tanh"), ("tanh()", "tanh"), ("`tanh`", "tanh"), ("f'", nil), ("sin'", "sin"),
      ("Backward", "backward"), ("e021", "E021"), ("matrix", "arrays"),
      ("derivative", "derivatives"),
      ("else", "if"), ("accumulate", "backward"), ("nonsense", nil), ("", nil), ("-", "-"),
    ] as [(String, String?)])
  func lookUp(words: String, name: String?) { #expect(Help.topic(words)?.name == name) }

  @Test func foreign() {
    #expect(Help.foreign("ln")?.topic.name == "log")
    #expect(Help.foreign("e")?.here == "exp(1)")
    #expect(Help.foreign("tanh") == nil)
    #expect(Help.nearest(to: "tahn") == "tanh")
    #expect(Help.nearest(to: "undoo", also: ["undo"]) == "undo")
  }

  /// Texts that are made by hand fit a window of 80 columns, so that their columns stay.
  @Test(arguments: ["topics", "derivatives", "arrays", "files", "terms", "training"])
  func widths(name: String) throws {
    let text = try #require(Help.topic(name)).text
    for line in text.split(separator: "\n") { #expect(line.count <= 80, "\(line)") }
  }

  @Test("the words of messages and tables are explained")
  func terms() {
    for word in ["leaf", "tracked", "stale", "broadcasting", "kink", "node"] {
      #expect(Help.topic(word)?.name == "terms")
    }
    #expect(Help.topic("weights")?.name == "training")
  }

  /// One screen.
  @Test func overview() {
    let lines = Help.overview.split(separator: "\n", omittingEmptySubsequences: false)
    #expect(lines.count <= 13)
    for line in lines { #expect(line.count < 80, "\(line)") }
    let forms: [String] = lines.filter { $0.hasPrefix("  ") }.map { line in
      String(line.prefix(28).filter { $0 != "…" })
    }
    let program = forms.joined(separator: "\n")
    #expect(Transcript(of: program).codes == [], "\(program)")
  }

  // MARK: Searching

  @Test(arguments: [
    ("derivative", ["derivatives", "diff", "backward", "'", "taylor", "E046"]),
    ("random", ["rand", "randn", "shuffle", "seed"]), ("matrix", ["arrays", "@", "eye", "outer"]),
    ("logarithm", ["log", "log2", "log10", "log1p", "lgamma"]), ("NaN", ["nan", "trap", "W101"]),
    ("ln", ["log"]), ("sigmoids", ["sigmoid"]), ("standard deviation", ["std", "randn"]),
    ("color", []), ("", []),
  ])
  func search(words: String, names: [String]) {
    let found = Help.search(words).map(\.name)
    #expect(Set(names).isSubset(of: found), "\(found)")
    #expect(names.isEmpty == found.isEmpty)
  }

  @Test func searchOrder() {
    #expect(Help.search("log").first?.name == "log")
    #expect(Help.search("nan").first?.name == "nan")
    #expect(Help.search("derivative").first?.name == "derivatives")
    let session = HelpTopic(":undo", .session, summary: "takes back", text: ":undo")
    #expect(Help.search("undo", also: [session]).map(\.name) == [":undo"])
    #expect(Help.nearestWord(to: "lograithm") == "logarithm")
    #expect(Help.nearestWord(to: "qqqqq") == nil)
  }
}
