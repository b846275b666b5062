import GradLanguage
import Testing

@testable import Rendering

@Suite("A diagnostic as a picture")
struct DiagnosticRendererTests {
  @Test("head, place, line, carets, notes and help")
  func everything() {
    let shown = Shown(
      """
      learnrate = 0.1; w = 3; L = w^2; backward L
      for k in 1..3 {
        if k == 3 {
          w := w - lernrate * w.grad
        }
      }
      """)
    #expect(
      shown.problems() == """
        error[E001]: `lernrate` is not defined
         --> train.grad:4:14
          |
        4 |     w := w - lernrate * w.grad
          |              ^^^^^^^^ no variable or function has this name
          = note: in iteration 3 of the loop at train.grad:2 (k = 3)
          = help: did you mean `learnrate`?
        """)
  }

  @Test("the margin is as wide as the line's number")
  func margin() {
    #expect(
      Shown("zz", name: "<stdin>", firstLine: 1234).problems() == """
        error[E001]: `zz` is not defined
            --> <stdin>:1234:1
             |
        1234 | zz
             | ^^ no variable or function has this name
        """)
  }

  @Test("columns count characters, carets stand by display width")
  func wideCharacters() {
    #expect(
      Shown("print \"日本👩‍👩‍👧é\u{301}\", zz").problems() == """
        error[E001]: `zz` is not defined
         --> train.grad:1:15
          |
        1 | print "日本👩‍👩‍👧é\u{301}", zz
          |                  ^^ no variable or function has this name
        """)
    #expect(Shown("1 + 日本").problems().contains("\n  |     ^^^^ no variable"))
  }

  @Test("tabs are expanded to stops of four columns")
  func tabs() {
    #expect(Shown("1 +\t\tzz").problems().contains("\n1 | 1 +     zz\n  |         ^^ no"))
    #expect(Shown("\tzz").problems().contains(":1:2\n  |\n1 |     zz\n  |     ^^ no"))
  }

  @Test("a range over several lines is underlined on its first")
  func severalLines() {
    let problems = Shown("x = 1\nx(2,  \n  3)").problems()
    #expect(problems.contains("\n2 | x(2,  \n  | ^^^^ `x` is the value 1"))
    #expect(!problems.contains("3 |"))
  }

  @Test("the end of the input is after its last character", arguments: ["", "\n", "\n\n", "\r\n"])
  func endOfInput(ending: String) {
    #expect(
      Shown("a = 1\nx = (1 +" + ending).problems() == """
        error[E022]: expected a value, found the end of the input
         --> train.grad:2:9
          |
        2 | x = (1 +
          |         ^
          = help: write a value after `+`
        """)
  }

  @Test("a byte-order mark and a carriage return are not shown")
  func invisible() {
    #expect(
      Shown([0xEF, 0xBB, 0xBF] + Array("zz\r\n".utf8)).problems() == """
        error[E001]: `zz` is not defined
         --> train.grad:1:1
          |
        1 | zz
          | ^^ no variable or function has this name
        """)
  }

  @Test("control characters of the source cannot reach the terminal")
  func controlCharacters() {
    let shown = Shown("a\u{1B}[31m = \u{202E}2 # \u{7}\u{9B}", name: "x\u{1B}[2J\ny")
    let problems = shown.problems()
    #expect(problems.contains("a␛[31m = \\u{202E}2 # ␇\\u{9B}"))
    #expect(problems.contains("--> x␛[2J␊y:1:2"))
    #expect(
      !problems.unicodeScalars.contains { $0 != "\n" && $0.properties.generalCategory == .control })
  }

  @Test("invalid UTF-8 is shown as the replacement character")
  func invalidUTF8() {
    #expect(Shown(Array("a = ".utf8) + [0xFF]).problems().contains("1 | a = \u{FFFD}\n  |     ^"))
  }

  @Test("a message with line ends stays on its line")
  func messageOnOneLine() {
    let problems = Shown("assert 0, \"a\\nb\"").problems()
    #expect(problems.hasPrefix("error[E060]: assertion failed: a␊b\n"))
  }

  @Test("what is not in a text has no place")
  func noPlace() {
    let diagnostic = Diagnostic.unreadableFile("x.grad", reason: "no such file or directory")
    #expect(
      DiagnosticRenderer().render(diagnostic).plain
        == "error[E080]: cannot read `x.grad`: no such file or directory")
  }

  @Test("severities have their colours, text for people without colours has none")
  func colours() throws {
    let error = try #require(Shown("zz").diagnostics.first)
    let styled = DiagnosticRenderer().render(error)
    #expect(styled.ansi.hasPrefix("\u{1B}[1;31merror[E001]\u{1B}[0m: "))
    #expect(!styled.plain.contains("\u{1B}"))
    let warning = Shown("log(-1)").outputs.first
    guard case .diagnostic(let diagnostic) = warning else {
      Issue.record("no warning")
      return
    }
    #expect(DiagnosticRenderer().render(diagnostic).ansi.hasPrefix("\u{1B}[1;33mwarning[W101]"))
  }
}
