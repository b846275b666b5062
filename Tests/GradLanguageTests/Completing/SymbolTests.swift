import Testing

@testable import GradLanguage

@Suite("Characters by their names")
struct SymbolTests {
  private func completions(_ text: String) -> Completions {
    Interpreter().completions(before: text)
  }

  @Test(
    "a name is replaced by its character",
    arguments: [
      ("\\alpha", "α"), ("x = \\omega", "ω"), ("\\Gamma", "Γ"), ("2*\\pi", "π"), ("x\\_1", "₁"),
      ("x\\_12", "₁₂"),
      ("x\\_i", "ᵢ"), ("x\\^2", "²"), ("x\\^-1", "⁻¹"), ("a \\nabla", "∇"), ("print \"\\thet", "θ"),
      ("\\sqr", "sqrt"),
    ])
  func unique(text: String, expected: String) {
    let found = completions(text)
    #expect(found.candidates.map(\.replacement) == [expected])
    let start = text.lastIndex(of: "\\") ?? text.startIndex
    #expect(found.replacedLength == text[start...].utf8.count)
  }

  @Test(
    "several",
    arguments: [
      ("\\le", ["\\le", "\\leq"]), ("\\p", ["\\pi", "\\phi", "\\psi", "\\prime"]),
      ("\\al", ["\\alpha"]),
      ("\\AL", []), ("\\nothing", []), ("\\_z", []), ("# \\alpha", []), ("\\a b", []),
    ])
  func several(text: String, expected: [String]) {
    #expect(completions(text).candidates.map(\.text) == expected)
  }

  @Test("all of them mean something", arguments: Symbols.named.map(\.text))
  func accepted(text: String) {
    let (tokens, problems) = Lexer.tokenize(SourceText(name: "", bytes: Array("x\(text)".utf8)))
    #expect(problems.isEmpty)
    #expect(tokens.count <= 3)
  }

  @Test("subscripts are parts of names, superscripts are powers")
  func marks() {
    for mark in Symbols.subscripts.values {
      #expect(Interpreter.isName("x\(mark)"), "\(mark)")
    }
    for (typed, mark) in Symbols.superscripts {
      #expect(Superscript.digit(Unicode.Scalar(String(mark)) ?? "x") == typed)
    }
  }
}
