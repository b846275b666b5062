import Testing

@testable import GradLanguage
@testable import Rendering

/// What is shown in windows that are narrower than it.
@Suite struct WrappingTests {
  @Test(
    arguments: [
      ("short", 20, "short"), ("two words here", 10, "two words\n  here"),
      ("  in a little", 10, "  in a\n    little"), ("a\nb c d e f g h", 10, "a\nb c d e f\n  g h"),
      ("abcdefghijklmnop", 10, "abcdefgh\n  ijklmnop"), ("", 10, ""), ("日本語 日本語", 10, "日本語\n  日本語"),
      ("[1, 2,   3, 4]", 10, "[1, 2,\n  3, 4]"),
    ])
  func lines(text: String, columns: Int, wrapped: String) {
    let result = StyledText(text).wrapped(columns: columns).plain
    #expect(result == wrapped)
    #expect(result.split(separator: "\n").allSatisfy { DisplayWidth.of(String($0)) <= columns })
  }

  @Test("styles stay with their characters")
  func styles() {
    var text = StyledText("a = 12345")
    text.append("    grad 6", .gradient)
    let wrapped = text.wrapped(columns: 12)
    #expect(wrapped.plain == "a = 12345\n  grad 6")
    #expect(wrapped.pieces.last == StyledText.Piece(style: .gradient, text: "grad 6"))
  }

  private static let program = """
    learning_rate = 0.001; weights = [0.1, -0.25, 3.14159265]; b = -1234567.891; name = "text"
    L = sum(weights*2) + b*learning_rate + 3*b + 4*learning_rate
    backward L;
    b := 2
    show
    explain L
    L
    weights
    [[1/3, 1/7, 1/9], [1, 2, 3]]*weights
    show L
    """

  @Test("nothing is wider than the window", arguments: [20, 30, 40, 60, 80])
  func fits(columns: Int) {
    let interpreter = Interpreter()
    var texts: [String] = []
    let page = Page(columns: columns, breaksLines: true)
    _ = interpreter.run(WrappingTests.program) { output in
      texts.append(OutputRenderer(format: .standard, page: page).render(output).plain)
    }
    #expect(texts.count == 6)
    for line in texts.flatMap({ $0.split(separator: "\n") }) {
      #expect(DisplayWidth.of(String(line)) <= columns, "\(line)")
    }
  }

  @Test("a table that does not fit cuts its formulas, then becomes a list")
  func tables() {
    func text(_ columns: Int) -> String {
      var text = ""
      _ = Interpreter().run("alpha = 2; beta = alpha*alpha + sin(alpha)*alpha; show") { output in
        let page = Page(columns: columns, breaksLines: true)
        text = OutputRenderer(format: .standard, page: page).render(output).plain
      }
      return text
    }
    #expect(text(80).contains("alpha*alpha + sin(alpha)*alpha") || text(80).contains("(…)"))
    #expect(text(20).contains("alpha\n  data 2\n  grad –\nbeta\n  data 5.81859485365"))
  }

  @Test("errors: sentences are broken, carets stay under their place", arguments: [20, 40, 80])
  func errors(columns: Int) throws {
    let source = "y = some_function(learning) * another_long_name + yet_another_name - 17"
    guard case .failed(let diagnostic) = Interpreter().run(source) else {
      Issue.record("it should fail")
      return
    }
    let lines = DiagnosticRenderer(columns: columns).render(diagnostic).plain
      .split(separator: "\n", omittingEmptySubsequences: false).map(String.init)
    for line in lines { #expect(DisplayWidth.of(line) <= columns, "\(line)") }
    let caret = try #require(lines.firstIndex { $0.contains("^") })
    let first = try #require(lines[caret].firstIndex(of: "^"))
    let column = lines[caret].distance(from: lines[caret].startIndex, to: first)
    #expect(Array(lines[caret - 1])[column] == "s")
    #expect(lines[caret - 1].dropFirst(column).hasPrefix("some_fu"))
  }
}
