import Autograd
import Foundation
import Testing

@testable import GradLanguage

/// grammar.md: its programs show what it says, its tables are those of the program.
@Suite struct GrammarTests {
  private static let grammar = Markdown("grammar.md")

  // MARK: Programs

  @Test(arguments: GrammarTests.grammar.blocks("grad"))
  func program(block: Markdown.Block) throws {
    let word = block.info.split(separator: " ").dropFirst().first.map(String.init) ?? ""
    let manner = try #require(Transcript.Manner(rawValue: word), "`\(block.info)`")
    #expect(
      Transcript(of: block.text, manner).lines == Expectation.results(of: block.text),
      "grammar.md:\(block.line)")
  }

  /// The README's programs run; where they state what they show, they show it.
  @Test(arguments: Markdown("README.md").blocks("grad"))
  func readme(block: Markdown.Block) {
    let transcript = Transcript(of: block.text)
    #expect(transcript.codes == [], "README.md:\(block.line)")
    let expected = Expectation.results(of: block.text)
    #expect(expected.isEmpty || transcript.lines == expected, "README.md:\(block.line)")
  }

  // MARK: Grammar

  /// The productions are what the parser's functions read.
  @Test func productions() {
    let functions = GrammarTests.parserFiles.flatMap { file in
      Repository.text(file).matches(of: /func parse([A-Z]\w*)/).map { String($0.1) }
    }
    #expect(GrammarTests.defined(in: 0) == Set(functions))
  }

  private static let parserFiles = Repository.files(
    in: "Sources/GradLanguage/Parsing", ending: ".swift"
  ).map { "Sources/GradLanguage/Parsing/\($0)" }

  /// The grammar stands above the parser, and each production above its function.
  @Test func comments() {
    let grammar = GrammarTests.grammar.blocks("ebnf")[0].text.components(separatedBy: "\n")
    let source = Repository.text("Sources/GradLanguage/Parsing/Parser.swift")
    let comment = source.components(separatedBy: "\n").prefix { $0.hasPrefix("//") }.dropFirst(2)
    #expect(comment.map { String($0.dropFirst(5)) } == grammar)
    let productions = Set(grammar.map { $0.replacing(#/ += /#, with: " = ") })
    for file in GrammarTests.parserFiles {
      for match in Repository.text(file).matches(of: #/\/\/\/ ([A-Z]\w* = .*)/#) {
        #expect(productions.contains(String(match.1)), "\(file)")
      }
    }
  }

  /// Whatever a production is made of is defined, in the first block or in the second one.
  @Test func words() {
    let blocks = GrammarTests.grammar.blocks("ebnf")
    let syntax = blocks[0].text.replacing(/"[^"]*"/, with: "")
    let used = Set(syntax.matches(of: /\w+/).map { String($0.0) })
    #expect(used.subtracting(GrammarTests.defined(in: 0)) == GrammarTests.used)
    #expect(GrammarTests.used.subtracting(GrammarTests.defined(in: 1)) == [])
  }

  /// The words of the first block that the second one defines.
  private static let used: Set<String> = [
    "newline", "name", "word", "command", "assignment", "operator", "comparison", "superscript",
    "number", "quote", "text", "format",
  ]

  private static func defined(in block: Int) -> Set<String> {
    let text = grammar.blocks("ebnf")[block].text
    return Set(text.matches(of: #/(\w+) += /#).map { String($0.1) })
  }

  /// The words of the lexer, the operators and the commands stand in the grammar.
  @Test func tokens() {
    let lexical = GrammarTests.grammar.blocks("ebnf")[1].text
    let prose = GrammarTests.grammar.prose.joined(separator: "\n")
    for word in TokenKind.reservedWords.keys { #expect(prose.contains("`\(word)`")) }
    for kind in OperatorTable.infix.keys where kind != .dotDot {
      let symbol = kind.description.replacing("`", with: "")
      #expect(lexical.contains("\"\(symbol)\""), "\(symbol)")
      #expect(prose.contains("`\(symbol)`"), "\(symbol)")
    }
    for command in Command.allCases { #expect(lexical.contains("\"\(command.rawValue)\"")) }
  }

  // MARK: Tables

  @Test(arguments: Problem.codes)
  func code(code: String) throws {
    let row = try #require(GrammarTests.grammar.row("`\(code)`"), "no row for \(code)")
    #expect(row[1] == Problem.explanation(of: code)?.title)
    #expect(!row[2].isEmpty)
  }

  @Test func commands() {
    for command in Command.allCases {
      let row = GrammarTests.grammar.rows.first { $0[0].hasPrefix("`\(command.rawValue)") }
      #expect(row != nil, "no row for \(command.rawValue)")
    }
  }

  @Test func settings() throws {
    for setting in Setting.allCases {
      let row = try #require(
        GrammarTests.grammar.row("`set \(setting.rawValue)`"), "no row for \(setting.rawValue)")
      #expect(row[1] == setting.allowedValues)
    }
  }

  @Test func constants() throws {
    for (name, value) in Builtin.constants {
      let row = try #require(
        GrammarTests.grammar.rows.first { Markdown.code(in: $0[0]).contains(name) },
        "no row for \(name)")
      guard let code = Markdown.code(in: row[1]).first else { continue }
      #expect(GrammarTests.numbers(["y = \(code)"], ["y"]) == [value])
    }
  }

  @Test func options() {
    let source = Repository.text("Sources/grad/Options/GradCommand.swift")
    let long = source.matches(of: /customLong\("(.*?)"\)/).map { "--\($0.1)" }
    let short = source.matches(of: /customShort\("(.*?)"\)/).map { "-\($0.1)" }
    let own = source.matches(of: /(@Flag|@Option)\((?s:.*?)\n  var (\w+)/)
      .filter { !$0.0.contains(".custom") }
      .map { "--" + $0.2.replacing(/[A-Z]/) { "-" + $0.0.lowercased() } }
    #expect(own.count > 5)
    let cells = GrammarTests.grammar.rows.map { $0[0] }.joined(separator: " ")
    for option in long + short + own {
      #expect(
        cells.contains("`\(option)") || cells.contains("\(option) "), "\(option) is not described")
    }
  }

  /// Every character that has a name stands beside it, and the marks that can be lowered are listed.
  @Test func symbols() throws {
    let rows = GrammarTests.grammar.rows.filter { $0.count == 2 && $0[0].hasPrefix("`\\") }
    var described: [String: String] = [:]
    for row in rows where !row[0].contains("…") {
      let texts = row[1].components(separatedBy: ", ")
      for (names, text) in zip(row[0].components(separatedBy: ", "), texts) {
        for name in Markdown.code(in: names) { described[name] = text }
      }
    }
    let isGreek = { (text: String) in ("Α"..."ω").contains(text) }
    for symbol in Symbols.named where !isGreek(symbol.text) {
      #expect(described["\\" + symbol.name] == symbol.text, "\(symbol.name)")
    }
    let lowered = try #require(rows.first { $0[0].hasPrefix("`\\_") })[1]
    let letters = Symbols.subscripts.keys.filter(\.isLetter).sorted().map(String.init)
    #expect(lowered.hasSuffix("the letters " + letters.joined(separator: " ")))
    #expect(Symbols.named.count(where: { isGreek($0.text) }) == 48)
  }

  // MARK: Functions

  /// The rows of functions and operators are those of help, in its words.
  @Test func functions() throws {
    var expected: [String: [String]] = [:]
    for operation in BinaryOperation.allCases where operation.isInfix && !operation.isComparison {
      expected["`x \(operation.name) y`"] = operation.help.cells
    }
    expected["`-x`"] = UnaryOperation.negate.help.cells
    for builtin in Builtin.all where builtin != .unary(.negate) {
      if case .derivative = builtin { continue }
      let cell = builtin.signature.replacing("), ", with: ")`, `")
      expected["`\(cell)`"] = builtin.help.cells
    }
    for (first, cells) in expected {
      let row = GrammarTests.grammar.row(first)
      if Repository.updates, let row, Array(row.dropFirst()) != cells {
        try GrammarTests.rewrite(first, cells)
        continue
      }
      #expect(row?.dropFirst() == cells[...], "\(first)")
    }
  }

  /// Puts other cells behind the first one of a row.
  private static func rewrite(_ first: String, _ cells: [String]) throws {
    let lines = Repository.text("grammar.md").components(separatedBy: "\n").map { line in
      guard line.hasPrefix("| \(first) |") else { return line }
      return "|" + ([first] + cells).map { $0.isEmpty ? " |" : " \($0) |" }.joined()
    }
    try Repository.write(Array(lines.joined(separator: "\n").utf8), to: "grammar.md")
  }

  /// Derivatives as values have a row each in a table of their own.
  @Test func derivativeFunctions() {
    for function in DerivativeFunction.allCases {
      let call = function.signature.prefix { $0 != "," && $0 != ")" }
      #expect(GrammarTests.grammar.rows.contains { $0[0].contains("`\(call)") }, "\(function)")
    }
  }

  /// What the tables say in code about values and derivatives is so, at points of every kind.
  @Test(
    arguments: GrammarTests.grammar.rows.filter {
      $0.count == 4 && !Markdown.code(in: $0[1] + $0[2]).isEmpty
    })
  func derivatives(row: [String]) {
    let call = Markdown.code(in: row[0])[0]
    let variables =
      call.contains("(")
      ? call.matches(of: #/[(,] *(\w+)/#).map { String($0.1) }
      : ["x", "y"].filter { call.contains($0) }
    let expression = call.replacing(#/ = [0-9.]+/#, with: "")
    let value = Markdown.code(in: row[1]).first
    let slopes = Markdown.code(in: row[2])
    var checked = 0
    for point in GrammarTests.points(of: variables) {
      let bindings = zip(variables, point).map { "\($0) = \($1)" }
      let results = GrammarTests.numbers(
        bindings + ["result = \(expression)", "value = \(value ?? "result")", "backward result;"]
          + slopes.enumerated().map { "slope\($0) = \($1)" }
          + slopes.indices.map { "gradient\($0) = \(variables[$0]).grad" },
        ["result", "value"] + slopes.indices.flatMap { ["slope\($0)", "gradient\($0)"] })
      guard let result = results.first, result.isFinite else { continue }
      checked += 1
      for pair in stride(from: 0, to: results.count, by: 2) {
        let (left, right) = (results[pair], results[pair + 1])
        let scale = max(abs(left), abs(right), 1)
        #expect(
          abs(left - right) <= 1e-9 * scale,
          "\(call) at \(bindings): \(left) and \(right) of \(row[1]), \(row[2])")
      }
    }
    #expect(checked > 2, "\(call) has a value at too few points")
  }

  /// Points inside and outside the domains, none of them at a kink.
  private static func points(of variables: [String]) -> [[Double]] {
    let numbers = [0.3, 0.8, 1.7, 2.6, 3.9, -0.4, -1.3, -2.2]
    if variables.count == 1 { return numbers.map { [$0] } }
    let first = variables[0] == "n" ? [0, 1, 2, 3] : numbers
    return first.flatMap { x in
      numbers.indices.map { y in
        [x] + (1..<variables.count).map { numbers[(y + 3 * ($0 - 1)) % numbers.count] }
      }
    }
  }

  /// The data that names have after a program.
  private static func numbers(_ program: [String], _ names: [String]) -> [Double] {
    let interpreter = Interpreter()
    let outcome = interpreter.run(program.joined(separator: "\n")) { _ in }
    #expect(outcome.diagnostics.map(\.message) == [], "\(program)")
    return names.map { interpreter.number($0)?.data ?? .nan }
  }
}
