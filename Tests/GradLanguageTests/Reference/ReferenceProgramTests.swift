import Foundation
import GradLanguage
import Testing

/// A program with what JAX and mpmath compute for some expressions after it; see `make-programs.py`.
struct ReferenceProgram: Sendable, CustomTestStringConvertible {
  let name: String
  var text = ""
  var expectations: [(expression: String, numbers: [Double])] = []

  var testDescription: String { name }

  static let all: [ReferenceProgram] = {
    let file = URL(filePath: #filePath).deletingLastPathComponent().appending(path: "programs.txt")
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
  }()
}

@Suite struct ReferenceProgramTests {
  @Test func fileIsRead() {
    #expect(ReferenceProgram.all.count >= 100)
  }

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
        case .array(_, let numbers, _, _, _): result += numbers
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
