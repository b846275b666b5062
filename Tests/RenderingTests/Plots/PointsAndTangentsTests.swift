import Foundation
import GradLanguage
import Testing

@testable import Rendering

@Suite("Points, tangents, words and ranges of a plot")
struct PointsAndTangentsTests {
  private static let parabola = "f(x) = 3*x^2 - 4*x + 5\nplot f(x) for x in -5..5 with slope at 3"

  private func layout(_ program: String) throws -> PlotLayout {
    try #require(PlotLayout(try plot(program), tickCount: 5))
  }

  // MARK: Layout

  @Test("points stand for themselves, without those that are not finite")
  func points() throws {
    let layout = try layout("plot [1, 2, 3, inf], [1, nan, 9, 4], [2, 2, 2, 2] with points")
    #expect(layout.runs.isEmpty)
    #expect(layout.dots.map { $0.map(\.y) } == [[1, 9], [2, 2, 2]])
  }

  @Test("a tangent takes no part in the ranges, and ends where they do")
  func tangent() throws {
    let layout = try layout(PointsAndTangentsTests.parabola)
    #expect(layout.xs == -5...5 && layout.ys == 0...100)
    let tangent = layout.tangents[0]
    #expect(tangent.contact.x == 3 && tangent.contact.y == 20)
    let ends = try #require(tangent.ends)
    // 20 + 14·(x - 3) is 0 at 3 - 20/14, and below 100 up to 5.
    #expect(abs(ends.0.x - (3 - 20.0 / 14)) < 1e-12 && abs(ends.0.y) < 1e-12)
    #expect(ends.1.x == 5 && ends.1.y == 48)
  }

  @Test(
    "tangents that are steep, flat, or outside what is shown",
    arguments: [
      ("plot 1e300*x for x in -1..1 with slope at 0", true),
      ("plot 0*x + 4 for x in -1..1 with slope at 0", true),
      ("plot x^2 for x in -1..1 with slope at 0 y in 2..3", false),
      ("plot x^2 for x in -1..1 with slope at 1 y in 0..1", true),
    ])
  func ends(program: String, isShown: Bool) throws {
    let layout = try layout(program)
    let ends = layout.tangents[0].ends
    #expect((ends != nil) == isShown)
    for point in [ends?.0, ends?.1].compactMap({ $0 }) {
      #expect(layout.xs.contains(point.x) && layout.ys.contains(point.y))
    }
  }

  @Test("ranges are what was asked for, and nothing is called cut")
  func ranges() throws {
    let zoomed = try layout("plot [1, 2, 3, 4], [10, 20, 30, 90] x in 1.5..3.5")
    #expect(zoomed.xs == 1.5...3.5 && zoomed.ys == 15...60)
    // Between two points the line that joins them is shown, and so is what of it enters.
    #expect(try layout("plot [0, 10], [0, 100] x in 4..6").ys == 40...60)
    let low = try layout("plot 1/x for x in -5..5 y in -3..3")
    #expect(low.ys == -3...3 && !low.isCut && low.runs[0].count == 2)
  }

  @Test("lines are cut at the edges of what is shown")
  func clipping() throws {
    let layout = try layout("plot [0, 10], [0, 10] x in 4..6 y in 4..6")
    let scale = PlotScale(layout: layout, width: 10, height: 10)
    let line = layout.runs[0][0].map(scale.place)
    let part = try #require(scale.clipped(line[0], line[1]))
    for number in [part.from.column, part.from.row, part.to.column, part.to.row] {
      #expect(number >= -0.5 && number <= 10.5)
    }
    // The middle stays on the diagonal.
    #expect(abs(part.from.column + part.from.row - 10) < 1e-9)
  }

  // MARK: Terminal

  @Test("points are dots that nothing joins")
  func dots() throws {
    let page = Page(columns: 24, rows: 8, isUnicode: false)
    let ascii = try lines("plot [0, 1, 2], [0, 4, 0] with points y in 0..4", page)
    #expect(ascii.joined().filter { $0 == "*" }.count == 3)
    let marks = try lines("plot [0, 1, 2], [0, 4, 0] with points").dropFirst().joined()
    #expect(marks.filter { $0 == "●" }.count == 3)
    // Many of them are cells of braille, U+2800 and a bit for each dot.
    let braille = try self.braille("plot linspace(0, 1, 400)^2 with points")
    #expect(braille.count > 50 && braille.allSatisfy { $0.value.nonzeroBitCount >= 3 })
  }

  private func braille(_ program: String) throws -> [UnicodeScalar] {
    try lines(program).joined().unicodeScalars.filter { $0.value > 0x2800 && $0.value < 0x2900 }
  }

  @Test("the tangent has an entry, a mark of its own and a point of contact")
  func textTangent() throws {
    let unicode = try lines(PointsAndTangentsTests.parabola)
    #expect(unicode[0] == "● f(x)   ○ slope 14 at 3")
    #expect(unicode.joined().filter { $0 == "◆" }.count == 1)
    let ascii = try lines(PointsAndTangentsTests.parabola, Page(isUnicode: false))
    #expect(ascii[0] == "* f(x)   o slope 14 at 3")
    #expect(ascii.joined().filter { $0 == "X" }.count == 1)
    #expect(ascii.joined().filter { $0 == "o" }.count > 5)
  }

  @Test("title and labels stand around the plot, shortened where there is no room")
  func words() throws {
    let program = "plot [1, 2] title \"Two {1 + 1}\" labels \"time\", \"height\""
    let shown = try lines(program, Page(columns: 30, rows: 12))
    #expect(shown[0].trimmingCharacters(in: .whitespaces) == "Two 2")
    #expect(shown[2] == "height")
    #expect(shown.last?.trimmingCharacters(in: .whitespaces) == "time")
    let narrow = try lines(
      "plot [1, 2] title \"A title that is far too long\"", Page(columns: 20, rows: 10))
    #expect(narrow[0] == "A title that is far…")
  }

  @Test(
    "everything together fits a page",
    arguments: [(80, 24), (20, 12), (12, 5)], [true, false])
  func sizes(size: (columns: Int, rows: Int), isUnicode: Bool) throws {
    let page = Page(columns: size.columns, rows: size.rows, isUnicode: isUnicode)
    let program =
      "plot x^2 for x in -5..5 with slope at 3 title \"T\" labels \"a\", \"b\" y in 0..20"
    let lines = try lines(program, page)
    #expect(lines.allSatisfy { DisplayWidth.of($0) <= size.columns })
    #expect(isUnicode || lines.allSatisfy { $0.utf8.allSatisfy { $0 < 0x80 } })
  }

  // MARK: SVG

  private static func count(_ part: String, in text: String) -> Int {
    text.components(separatedBy: part).count - 1
  }

  @Test("points are circles, a tangent is a dashed line with a circle on it")
  func svg() throws {
    let points = PlotSVG().text(of: try plot("plot [1, 2, 3], [4, 5, 6] with points"))
    // Three points, and the mark in the legend.
    #expect(PointsAndTangentsTests.count("<circle", in: points) == 4)
    #expect(!points.contains("<path"))
    let tangent = PlotSVG().text(of: try plot(PointsAndTangentsTests.parabola))
    #expect(tangent.contains("slope 14 at 3</text>"))
    // In the legend and in the plot.
    #expect(PointsAndTangentsTests.count("stroke-dasharray", in: tangent) == 2)
    #expect(PointsAndTangentsTests.count("<circle", in: tangent) == 1)
  }

  @Test("an SVG has its words, and is dark where the reader's windows are")
  func svgWords() throws {
    let text = PlotSVG().text(
      of: try plot("plot [1, 2] title \"a < b\" labels \"time\", \"height & width\""))
    #expect(text.contains(">a &lt; b</text>"))
    #expect(text.contains(">time</text>") && text.contains(">height &amp; width</text>"))
    #expect(text.contains("@media (prefers-color-scheme: dark)"))
    for index in PlotColors.light.indices { #expect(text.contains(".line\(index) {")) }
  }

  @Test("many points that fall together are drawn once")
  func manyPoints() throws {
    let program = "xs = floor(linspace(0, 9.9, 20000)); plot xs, 0*xs with points"
    let text = PlotSVG().text(of: try plot(program))
    #expect(PointsAndTangentsTests.count("<circle", in: text) == 11)
  }

  @Test("many curves leave the plot its room")
  func manyCurves() throws {
    let curves = (1...40).map { "\($0)*x" }.joined(separator: ", ")
    let text = PlotSVG().text(of: try plot("plot \(curves) for x in 0..1"))
    #expect(!text.contains("height=\"-"))
    #expect(text.contains("height=\"348\""))
  }

  // MARK: JSON

  @Test("JSON has the kind, the words, the ranges and the tangents")
  func json() throws {
    let program =
      "plot x^2, x for x in 0..2 by 1 with points with slope at 1 title \"t\" labels \"a\" y in 0..4"
    let line = JSONLines.line(.plot(try plot(program), to: "f.svg"))
    let object = try #require(
      try JSONSerialization.jsonObject(with: Data(line.utf8)) as? [String: Any])
    #expect(object["kind"] as? String == "points" && object["title"] as? String == "t")
    #expect(object["xLabel"] as? String == "a" && object["yLabel"] is NSNull)
    #expect(object["xRange"] is NSNull && object["yRange"] as? [Double] == [0, 4])
    let tangents = try #require(object["tangents"] as? [[String: Any]])
    #expect(tangents.map { $0["slope"] as? Double } == [2, 1])
    #expect(tangents.map { $0["of"] as? String } == ["x^2", "x"])
    #expect(tangents[0]["label"] as? String == "slope 2 at 1 of x^2")
  }
}
