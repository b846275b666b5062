import Foundation
import GradLanguage
import Testing

@testable import Rendering

@Suite("Plots in a terminal")
struct TextPlotTests {
  @Test("a plot fills its page and no more", arguments: [(72, 20), (20, 10), (12, 5), (200, 60)])
  func sizes(columns: Int, rows: Int) throws {
    for isUnicode in [true, false] {
      for program in [
        "plot x^2 for x in -5..5", "plot 1e9*sin(x), cos(x) for x in 0..1e6", "plot [1, 4, 9]",
        "plot tan(x) for x in -5..5", "plot x for x in [3]", "plot 1e-300*x for x in 0..1e-300",
        "plot 1e308*x for x in -1.7..1.7", "plot [1e15, 1e15 + 1]",
      ] {
        let page = Page(columns: columns, rows: rows, isUnicode: isUnicode)
        let lines = try lines(program, page)
        #expect(lines.allSatisfy { DisplayWidth.of($0) <= columns })
        #expect(lines.count <= max(rows, 6) + 2)
        #expect(isUnicode || lines.allSatisfy { $0.utf8.allSatisfy { $0 < 0x80 } })
      }
    }
  }

  @Test("a parabola in ASCII")
  func parabola() throws {
    #expect(
      try lines("plot x^2 for x in -2..2", Page(columns: 24, rows: 10, isUnicode: false)) == [
        "x^2",
        "4+*          .         *",
        " |**         .        **",
        " | **        .       **",
        "2+   **      .     **",
        " |    **     .    **",
        " |     ***   .  ***",
        "0+.......********.......",
        " ++----------+---------+",
        " -2          0         2",
      ])
  }

  @Test("ticks are round")
  func ticks() {
    #expect(AxisTicks(from: -5, to: 5, about: 5).values == [-4, -2, 0, 2, 4])
    #expect(
      AxisTicks(from: 0, to: 0.3, about: 3).values.map { ($0 * 10).rounded() } == [0, 1, 2, 3])
    #expect(AxisTicks(from: 3, to: 3, about: 3).values == [3])
    let ticks = AxisTicks(from: 0, to: 0.3, about: 3)
    #expect(ticks.values.map(ticks.text) == ["0", "0.1", "0.2", "0.3"])
    let near = AxisTicks(from: 1e6, to: 1e6 + 0.002, about: 2)
    let large = AxisTicks(from: -2.5e7, to: 5e7, about: 5)
    #expect(large.values.map(large.text) == ["-2e7", "0", "2e7", "4e7"])
    #expect(near.values.map(near.text) == ["1000000", "1000000.001", "1000000.002"])
  }

  @Test("several curves have marks of their own, or colours")
  func several() throws {
    let program = "plot sin(x), cos(x) for x in 0..10"
    #expect(try lines(program, Page(isUnicode: false))[0] == "* sin(x)   o cos(x)")
    #expect(try lines(program)[0] == "● sin(x)   ○ cos(x)")
    let colored = TextPlot(Page(isColored: true)).render(try plot(program))
    #expect(colored.pieces.contains { $0.style == .curve(0) && $0.text != "─ " })
    #expect(colored.pieces.contains { $0.style == .curve(1) && $0.text != "─ " })
  }

  @Test("nothing finite to plot")
  func nothing() throws {
    #expect(
      try lines("plot nan*x for x in 0..1")
        == ["(nothing to plot: no point has finite coordinates)"])
    #expect(try lines("plot []") == ["(nothing to plot: there are no points)"])
    #expect(
      try lines("plot [1, 2], [3, 4] x in 5..6")
        == ["(nothing to plot: no point has an x in 5..6)"])
  }
}

@Suite("What of a plot is joined")
struct PlotLayoutTests {
  private func runs(_ program: String) throws -> [Int] {
    let layout = try #require(PlotLayout(try plot(program), tickCount: 5))
    return layout.runs.map(\.count)
  }

  @Test("gaps are not joined")
  func gaps() throws {
    #expect(try runs("plot sqrt(x) for x in -5..5") == [1])
    #expect(try runs("plot [1, 2, nan, 4, 5]") == [2])
  }

  @Test("poles are not joined, and do not flatten the rest")
  func poles() throws {
    #expect(try runs("plot 1/x for x in -5..5") == [2])
    #expect(try runs("plot 1/(x - 0.3) for x in -5..5") == [2])
    #expect(try runs("plot tan(x) for x in -5..5") == [5])
    let layout = try #require(PlotLayout(try plot("plot 1/x for x in -5..5"), tickCount: 5))
    #expect(layout.isCut && layout.ys.upperBound <= 10)
  }

  @Test("what only looks like a pole is joined")
  func noPoles() throws {
    #expect(try runs("plot sin(100*x), floor(x), abs(x), exp(x^2) for x in -5..5") == [1, 1, 1, 1])
    let layout = try #require(PlotLayout(try plot("plot exp(x) for x in 0..10"), tickCount: 5))
    #expect(!layout.isCut && layout.ys.upperBound >= 22026)
  }
}

@Suite("Plots in SVG")
struct PlotSVGTests {
  @Test("an SVG is well-formed, and its labels are escaped")
  func wellFormed() throws {
    for program in [
      "plot x < 1 and x > 0, tan(x) for x in -5..5", "plot x for x in [1]", "plot [nan]",
    ] {
      let text = PlotSVG().text(of: try plot(program))
      #expect(text.hasPrefix("<svg "))
      let tags = text.split(separator: "<").count
      #expect(text.split(separator: ">", omittingEmptySubsequences: false).count == tags + 1)
    }
    let text = PlotSVG().text(of: try plot("plot x < 1 for x in -5..5"))
    #expect(text.contains("x &lt; 1</text>"))
  }

  @Test("JSON has the points")
  func json() throws {
    let line = JSONLines.line(.plot(try plot("plot x^2, 1/x for x in 0..1 by 0.5"), to: nil))
    let object = try #require(
      try JSONSerialization.jsonObject(with: Data(line.utf8)) as? [String: Any])
    #expect(object["type"] as? String == "plot")
    #expect(object["variable"] as? String == "x")
    let curves = try #require(object["curves"] as? [[String: Any]])
    #expect(curves.map { $0["label"] as? String } == ["x^2", "1/x"])
    #expect(curves[0]["y"] as? [Double] == [0, 0.25, 1])
    #expect(line.contains("\"y\":[\"inf\",2,1]"))
  }
}
