@testable import GradLanguage

/// What is done with a text before it runs.
public enum TextStages {
  nonisolated(unsafe) private static let session: Interpreter = {
    let interpreter = Interpreter()
    _ = interpreter.run(ProgramWriter.prelude)
    return interpreter
  }()

  /// Puts a text through all stages but the last.
  public static func fuzz(_ bytes: [UInt8]) {
    let source = SourceText(name: "<fuzz>", bytes: bytes)
    checkTokens(source)
    checkProblems(source)
    _ = Dump.tokens(of: source)
    _ = Dump.tree(of: source)
    _ = Dump.program(of: source)
    checkCompleteness(source)
    askAbout(String(decoding: bytes, as: UTF8.self))
  }

  /// Tokens follow each other inside the text.
  private static func checkTokens(_ source: SourceText) {
    let (tokens, problems) = Lexer.tokenize(source)
    var end = 0
    for token in tokens {
      expect(token.range.start >= end, "tokens overlap at \(end)")
      expect(token.range.end >= token.range.start, "a token ends before it begins")
      end = token.range.end
    }
    expect(end <= source.bytes.count + 1, "a token ends behind the text")
    expect(tokens.last?.kind == .endOfFile, "the text has no end")
    expect(problems.allSatisfy { $0.range.end <= source.bytes.count + 1 }, "a problem outside")
  }

  private static func checkProblems(_ source: SourceText) {
    let problems = Parser.parse(source).problems
    for located in problems.prefix(Parser.problemLimit) {
      Showing.show(Diagnostic(located.problem, in: source, at: located.range))
    }
  }

  /// What is complete has no mistakes of syntax.
  private static func checkCompleteness(_ source: SourceText) {
    switch Interpreter.completeness(of: source) {
    case .complete: expect(Parser.parse(source).problems.isEmpty, "complete, and wrong")
    case .incomplete, .wrong: break
    }
  }

  private static func askAbout(_ text: String) {
    let completions = session.completions(before: text)
    expect(completions.replacedLength <= text.utf8.count, "more is replaced than there is")
    _ = session.ownNames(beginning: text)
    _ = session.definition(of: text)
    _ = Interpreter.isName(text)
    _ = Interpreter.isExpression(text)
    _ = Interpreter.boundNames(in: text)
    _ = Interpreter.freeNames(in: text)
    _ = Interpreter.aside(in: text)
    _ = Interpreter.commands(in: text)
  }
}
