import Foundation
import Testing

@testable import Autograd
@testable import GradLanguage

/// A program with what JAX and mpmath compute for some expressions after it; see `make-programs.py`.
struct ReferenceProgram: Sendable, CustomTestStringConvertible {
  let name: String
  var text = ""
  var expectations: [(expression: String, numbers: [Double])] = []

  var testDescription: String { name }

  static let all = read("programs.txt") + random
  /// Drawn at random; see `make-random.py`.
  static let random = read("random-programs.txt")

  private static func read(_ name: String) -> [ReferenceProgram] {
    let file = URL(filePath: #filePath).deletingLastPathComponent().appending(path: name)
    guard let text = try? String(contentsOf: file, encoding: .utf8) else { return [] }
    var programs: [ReferenceProgram] = []
    for line in text.split(separator: "\n", omittingEmptySubsequences: false) {
      if line.hasPrefix("## ") {
        programs.append(ReferenceProgram(name: String(line.dropFirst(3))))
      } else if programs.isEmpty {
        continue
      } else if line.hasPrefix("=> "), let bar = line.range(of: " | ", options: .backwards) {
        let numbers = line[bar.upperBound...].split(separator: " ").map { Double($0) ?? .nan }
        programs[programs.count - 1].expectations.append(
          (String(line.dropFirst(3)[..<bar.lowerBound]), numbers))
      } else {
        programs[programs.count - 1].text += line + "\n"
      }
    }
    return programs
  }
}

@Suite struct ReferenceProgramTests {
  @Test func fileIsRead() {
    #expect(ReferenceProgram.all.count >= 100)
  }

  // MARK: Coverage

  /// The programs and what is asked of them.
  private static let texts = ReferenceProgram.all.map { program in
    program.text + program.expectations.map { "\($0.expression)\n" }.joined()
  }
  private static let nodes = texts.flatMap { text in
    Parser.parse(SourceText(name: "", bytes: Array(text.utf8))).tree.nodes
  }

  /// Every function that has a derivative stands in a program.
  @Test func functions() {
    let text = ReferenceProgramTests.texts.joined()
    let missing = Builtin.all.filter { builtin in
      switch builtin {
      case .random, .file, .unary(.negate): false
      case .unary, .binary, .ternary, .fold, .array, .derivative: !text.contains(builtin.name + "(")
      }
    }
    #expect(missing.map(\.name) == [])
  }

  @Test func operators() {
    var used: Set<BinaryOperation> = []
    var forms: Set<String> = []
    for node in ReferenceProgramTests.nodes {
      if case .binary(let operation, _, _) = node { used.insert(operation) }
      if case .comparison(let operation) = node { used.insert(operation) }
      forms.insert(Mirror(reflecting: node).children.first?.label ?? "\(node)")
    }
    #expect(BinaryOperation.allCases.filter { $0.isInfix && !used.contains($0) } == [])
    // What only shows, and what needs files, is not compared with numbers.
    let others: Set = [
      "destination", "depth", "samples", "title", "axisLabels", "axisRange", "slope", "import",
      "interpolation", "silenced", "restore", "invalid",
    ]
    let source = URL(filePath: #filePath).deletingLastPathComponent()
      .appending(path: "../../../Sources/GradLanguage/Syntax/Syntax.swift").standardizedFileURL
    let text = (try? String(contentsOf: source, encoding: .utf8)) ?? ""
    let cases = text.prefix(upTo: text.range(of: "\n}\n")?.lowerBound ?? text.endIndex)
      .matches(of: /\n  case `?(\w+)/).map { String($0.1) }
    #expect(cases.count > 30)
    #expect(Set(cases).subtracting(forms).subtracting(others) == [])
  }

  @Test func commands() {
    let used = Set(
      ReferenceProgramTests.nodes.compactMap { node -> Command? in
        if case .command(let command, _) = node { command } else { nil }
      })
    #expect(
      Set(Command.allCases).subtracting(used) == [
        .print, .show, .graph, .explain, .check, .plot, .seed,
      ])
  }

  // MARK: Agreement

  @Test(arguments: ReferenceProgram.all)
  func agrees(_ program: ReferenceProgram) {
    let interpreter = Interpreter()
    let outcome = interpreter.run(program.text)
    for diagnostic in outcome.diagnostics {
      Issue.record("\(diagnostic.line): \(diagnostic.message)")
      return
    }
    for (expression, expected) in program.expectations {
      let found = numbers(expression, interpreter)
      #expect(found.count == expected.count, "\(expression)")
      for (x, y) in zip(found, expected) where !areClose(x, y) {
        Issue.record("\(expression): \(x), not \(y); \(found)")
        break
      }
    }
  }

  private func numbers(_ expression: String, _ interpreter: Interpreter) -> [Double] {
    var result: [Double] = []
    let outcome = interpreter.run("print \(expression)") { output in
      guard case .printed(_, let values) = output else { return }
      for value in values {
        switch value {
        case .number(let number): result.append(number.data)
        case .array(let array): result += array.numbers
        case .table, .string, .function, .nothing: result.append(.nan)
        }
      }
    }
    for diagnostic in outcome.diagnostics {
      Issue.record("\(expression): \(diagnostic.message)")
    }
    return result
  }

  /// Within 10⁻¹² of the larger, or of 1 where both are smaller.
  private func areClose(_ x: Double, _ y: Double) -> Bool {
    if x == y || x.isNaN && y.isNaN { return true }
    return abs(x - y) <= 1e-12 * max(1, abs(x), abs(y))
  }
}
