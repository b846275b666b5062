import GradLanguage
import Testing

@testable import Rendering

@Suite("A long line around its place")
struct LongLineTests {
  /// The line of source and the line of carets.
  private func frame(_ program: String, lineLimit: Int = 40) -> (line: String, carets: String) {
    let lines = Shown(program).problems(lineLimit: lineLimit).split(
      separator: "\n", omittingEmptySubsequences: false)
    return (String(lines[3].dropFirst(4)), String(lines[4].dropFirst(4)))
  }

  @Test("the place is shown with what is around it")
  func middle() {
    let sum = String(repeating: "1+", count: 1000)
    let (line, carets) = frame(sum + "zz+" + sum + "1")
    #expect(line.hasPrefix("…") && line.hasSuffix("…"))
    #expect(line.count <= 42)
    let start = carets.prefix { $0 == " " }.count
    #expect(line.dropFirst(start).hasPrefix("zz+1"))
    #expect(carets.dropFirst(start).hasPrefix("^^ no"))
  }

  @Test("at the start and the end only the other side is cut")
  func ends() {
    let sum = String(repeating: "1+", count: 1000)
    #expect(frame("zz+" + sum + "1").line.hasPrefix("zz+1+1"))
    #expect(frame("zz+" + sum + "1").line.hasSuffix("…"))
    let (line, carets) = frame(sum + "zz")
    #expect(line.hasPrefix("…") && line.hasSuffix("+zz"))
    #expect(carets.prefix { $0 == " " }.count == line.count - 2)
  }

  @Test("a place longer than the line is cut itself")
  func longPlace() {
    let (line, carets) = frame(String(repeating: "z", count: 5000))
    #expect(line.hasPrefix("zzz") && line.hasSuffix("…"))
    #expect(carets.hasPrefix("^^^^"))
    #expect(carets.prefix { $0 == "^" }.count == line.count - 1)
  }

  @Test("a line that just fits is whole")
  func fits() {
    let program = "zz + " + String(repeating: "1", count: 35)
    #expect(frame(program).line == program)
    #expect(frame(program + "1").line.hasSuffix("…"))
  }

  @Test("wide characters are cut between characters")
  func wide() {
    let text = "\"" + String(repeating: "日", count: 500) + "\""
    let (line, carets) = frame("print \(text), zz, \(text)")
    let start = carets.prefix { $0 == " " }.count
    let shown = line[..<(line.firstRange(of: "zz")?.lowerBound ?? line.startIndex)]
    #expect(DisplayWidth.of(String(shown)) == start)
    #expect(!line.contains("\u{FFFD}"))
  }

  @Test("10 MB on one line take no longer than their own reading")
  func tenMegabytes() throws {
    let program = String(repeating: " ", count: 10_000_000) + "= 2"
    let diagnostic = try #require(Shown(program).diagnostics.first)
    let time = ContinuousClock().measure {
      #expect(DiagnosticRenderer().render(diagnostic).plain.utf8.count < 1000)
    }
    #expect(time < .seconds(2))
  }

  @Test("a message about a name of a megabyte is shortened")
  func longName() {
    let problems = Shown(String(repeating: "z", count: 1_000_000)).problems()
    #expect(problems.utf8.count < 3000)
    #expect(problems.contains("…"))
  }
}
