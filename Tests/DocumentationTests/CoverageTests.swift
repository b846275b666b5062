import Autograd
import Foundation
import Testing

@testable import GradLanguage

/// Whatever the language has is used in an example.
@Suite struct CoverageTests {
  /// The programs of grammar.md.
  private static let described = Markdown("grammar.md").blocks("grad").map(\.text)
  /// The programs of examples/.
  private static let examples = Repository.files(in: "examples", ending: ".grad")
    .map { Repository.text("examples/\($0)") }

  private static func tree(of program: String) -> SyntaxTree {
    Parser.parse(SourceText(name: "", bytes: Array(program.utf8))).tree
  }

  /// The names of the nodes' cases in the trees of programs.
  private static func forms(in programs: [String]) -> Set<String> {
    Set(programs.flatMap { tree(of: $0).nodes.map(label) })
  }

  private static func label(_ node: Syntax) -> String {
    Mirror(reflecting: node).children.first?.label ?? "\(node)"
  }

  /// The cases of `Syntax`, from `mark` on, as its source has them.
  private static func cases(from mark: String) -> Set<String> {
    let source = Repository.text("Sources/GradLanguage/Syntax/Syntax.swift")
    guard let start = source.range(of: mark), let end = source.range(of: "\n}\n") else { return [] }
    let cases = source[start.upperBound..<end.lowerBound].matches(of: /case `?(\w+)/)
    return Set(cases.map { String($0.1) }).subtracting(["invalid"])
  }

  @Test func forms() {
    let all = CoverageTests.cases(from: "enum Syntax")
    #expect(all.count > 30)
    #expect(all.subtracting(CoverageTests.forms(in: CoverageTests.described)) == [])
  }

  @Test func statements() {
    let all = CoverageTests.cases(from: "// MARK: Statements")
    #expect(all.count > 12)
    // An example that people run writes no file.
    let used = CoverageTests.forms(in: CoverageTests.examples).union(["destination"])
    #expect(all.subtracting(used) == [])
  }

  @Test func operators() {
    let nodes = CoverageTests.described.flatMap { CoverageTests.tree(of: $0).nodes }
    var used: Set<BinaryOperation> = []
    var assigned: Set<BinaryOperation> = []
    for node in nodes {
      switch node {
      case .binary(let operation, _, _), .comparison(let operation): used.insert(operation)
      case .assign(_, let operation?, _): assigned.insert(operation)
      case _: break
      }
    }
    #expect(BinaryOperation.allCases.filter { $0.isInfix && !used.contains($0) } == [])
    #expect(assigned == [.add, .subtract, .multiply, .divide, .power])
  }

  @Test func functions() {
    let text = (CoverageTests.described + CoverageTests.examples).joined(separator: "\n")
    let rows = Markdown("grammar.md").rows.map { $0.joined(separator: " ") }
    for builtin in Builtin.all where builtin != .unary(.negate) {
      // A row whose value or derivative is code is a program of the tests too.
      let isUsed = text.contains("\(builtin.name)(")
      let isChecked = rows.contains { row in
        row.hasPrefix("`\(builtin.signature)` ") && row.count { $0 == "`" } > 2
      }
      #expect(isUsed || isChecked, "\(builtin.name)")
    }
  }

  @Test(arguments: Command.allCases)
  func command(command: Command) {
    for programs in [CoverageTests.described, CoverageTests.examples] {
      let isUsed = programs.contains { program in
        CoverageTests.tree(of: program).nodes.contains {
          if case .command(command, _) = $0 { true } else { false }
        }
      }
      #expect(isUsed || command == .set, "\(command.rawValue)")
    }
  }

  @Test(arguments: Setting.allCases)
  func setting(setting: Setting) {
    #expect(CoverageTests.described.contains { $0.contains("\nset \(setting.rawValue) ") })
  }
}
