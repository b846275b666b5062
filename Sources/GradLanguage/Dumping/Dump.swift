/// What a stage makes of an input, as text, for people who work on grad.
///
/// What is wrong with the input follows at the end, a line each.
public enum Dump {
  /// The tokens, one a line: line, column, kind and text.
  public static func tokens(of source: SourceText) -> String {
    let (tokens, problems) = Lexer.tokenize(source)
    return TokenListing(source).text(of: tokens) + text(of: problems, in: source)
  }

  /// Whether every token of the input can be read, whatever it means.
  public static func areTokensSound(in source: SourceText) -> Bool {
    Lexer.tokenize(source).problems.isEmpty
  }

  /// The syntax tree as S-expressions, one statement after another.
  public static func tree(of source: SourceText) -> String {
    let (tree, problems, _) = Parser.parse(source)
    return TreeListing(tree, source).text + text(of: problems, in: source)
  }

  /// The program: each function's instructions, with the source text that they come from.
  public static func program(of source: SourceText) -> String {
    let (tree, problems, _) = Parser.parse(source)
    guard problems.isEmpty else { return text(of: problems, in: source) }
    var program = Program()
    program.sources = [source]
    let compiled = Compiler.compile(
      tree, source: 0, mode: .script, program: program, globals: .initial)
    let listing = Disassembly(compiled.program, names: compiled.globals.names)
    return listing.text + text(of: compiled.problems, in: source)
  }

  /// `1:5 error[E028]: …`, a line each.
  private static func text(of problems: [LocatedProblem], in source: SourceText) -> String {
    problems.map { located in
      let diagnostic = Diagnostic(located.problem, in: source, at: located.range)
      return "\(diagnostic.line):\(diagnostic.column) "
        + "\(diagnostic.severity.rawValue)[\(diagnostic.code)]: \(diagnostic.message)\n"
    }.joined()
  }
}
