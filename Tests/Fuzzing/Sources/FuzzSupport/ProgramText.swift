@testable import GradLanguage

/// A program as its statements: what stands outside all brackets between line ends and semicolons.
struct ProgramText {
  var statements: [[UInt8]]

  init(_ bytes: [UInt8]) {
    statements = []
    let source = SourceText(name: "", bytes: bytes)
    var start = 0
    var depth = 0
    for token in Lexer.tokenize(source).tokens {
      switch token.kind {
      case .leftParen, .leftBracket, .leftBrace: depth += 1
      case .rightParen, .rightBracket, .rightBrace: depth -= 1
      case .newline,
        .semicolon where depth <= 0:
        let end = min(token.range.end, bytes.count)
        if end > start { statements.append(Array(bytes[start..<end])) }
        start = end
      case _: break
      }
    }
    if start < bytes.count { statements.append(Array(bytes[start...])) }
  }

  var bytes: [UInt8] { Array(statements.joined()) }

  /// Inserts statements, each with an end of its own.
  mutating func insert(_ new: [[UInt8]], at index: Int) {
    let newline = UInt8(ascii: "\n")
    if index > 0, let last = statements[index - 1].last, last != newline {
      statements[index - 1].append(newline)
    }
    statements.insert(contentsOf: new.map { $0.last == newline ? $0 : $0 + [newline] }, at: index)
  }
}
