import GradLanguage
import Testing

@testable import Rendering

@Suite("Plots for gnuplot")
struct GnuplotScriptTests {
  private func script(_ program: String, _ format: String = "png") throws -> [String] {
    GnuplotScript(format).text(of: try plot(program)).split(
      separator: "\n", omittingEmptySubsequences: false
    ).map(String.init)
  }

  @Test("the terminal is that of the file", arguments: ["png", "pdf"])
  func terminal(format: String) throws {
    let lines = try script("plot [1, 2]", format)
    #expect(lines.contains { $0.hasPrefix("set terminal \(format)cairo ") })
    #expect(lines.contains { $0.contains(" noenhanced ") })
  }

  @Test("what a user writes stays text, whatever gnuplot would read in it")
  func quoting() throws {
    let title = #"it's 2_a^b {x} @m `ls` \\n \" $v # "#
    let program = "plot [1, 2] title \"\(title.replacing("{", with: "\\{"))\""
    let line = try #require(try script(program).first { $0.hasPrefix("set title ") })
    #expect(line == #"set title 'it'."'".'s 2_a^b {x} @m `ls` \n " $v #'"#)
    let lines = try script("plot [1, 2] title \"a\\nb\" labels \"c\\nplot x\"")
    #expect(lines.filter { $0.hasPrefix("plot ") }.count == 1)
  }

  @Test("points, gaps, ranges and tangents")
  func data() throws {
    let lines = try script("plot [1, 2, nan, 4, 5], [1, 4, 9, 16, 25] y in 0..20")
    #expect(lines.contains("set yrange [0:20]") && lines.contains("set xrange [1:5]"))
    let start = try #require(lines.firstIndex(of: "$l0 << END"))
    #expect(lines[start...].prefix(7) == ["$l0 << END", "1 1", "2 4", "", "4 16", "5 25", "END"])
    let tangent = try script("plot x^2 for x in 0..2 with slope at 1 title \"t\"")
    #expect(tangent.contains { $0.contains("dashtype 2") && $0.contains("title 'slope 2 at 1'") })
    let points = try script("plot [1, 2] with points")
    #expect(points.contains { $0.hasPrefix("plot $l0 with points ") })
  }

  @Test("a plot without a point says so")
  func empty() throws {
    let lines = try script("plot nan*x for x in 0..1")
    #expect(lines.contains { $0.contains("'no point has finite coordinates'") })
  }
}
