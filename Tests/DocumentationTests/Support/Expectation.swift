import Foundation

/// What a program says that it shows.
enum Expectation {
  /// The lines after `# →`, each without the blank that follows the mark.
  static func results(of program: String) -> [String] {
    program.components(separatedBy: "\n").compactMap { line in
      line.range(of: "# →").map { withoutBlank(line[$0.upperBound...]) }
    }
  }

  /// The lines after `# expect:`, which are the last of a program, and what precedes them.
  static func diagnostics(of program: [UInt8]) -> (lines: [String], program: [UInt8]) {
    var lines: [String] = []
    var code = program.split(separator: 0x0A, omittingEmptySubsequences: false)
    if code.last?.isEmpty ?? false { code.removeLast() }
    while let line = code.last, line.starts(with: mark.utf8) {
      let text = Substring(decoding: line.dropFirst(mark.utf8.count), as: UTF8.self)
      lines.append(withoutBlank(text))
      code.removeLast()
    }
    return (lines.reversed(), Array(code.joined(separator: [0x0A])) + [0x0A])
  }

  /// The lines that state diagnostics at the end of a program.
  static func statement(of lines: [String]) -> String {
    lines.map { line in line.isEmpty ? mark : "\(mark) \(line)" }.joined(separator: "\n") + "\n"
  }

  private static let mark = "# expect:"

  private static func withoutBlank(_ text: Substring) -> String {
    String(text.first == " " ? text.dropFirst() : text)
  }
}
