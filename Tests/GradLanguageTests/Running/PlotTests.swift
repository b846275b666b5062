import Autograd
import Testing

@testable import GradLanguage

/// The words after the arguments of `plot`, and tangents.
@Suite struct PlotTests {
  private func plot(_ program: String) throws -> PlotData {
    let session = Session()
    let outcome = session.run(program)
    #expect(outcome.diagnostics.map(\.message) == [])
    guard case .plot(let plot, _)? = session.outputs.last else { throw NotPlotted() }
    return plot
  }

  private struct NotPlotted: Error {}

  // MARK: Words

  @Test("the words stand in any order, and with brackets around the arguments")
  func order() throws {
    for program in [
      "plot x^2 for x in 0..2 with slope at 1 with points title \"t\" labels \"a\", \"b\" y in 0..3",
      "plot x^2 y in 0..3 labels \"a\", \"b\" title \"t\" with points with slope at 1 for x in 0..2",
      "plot(x^2 for x in 0..2) with points y in 0..3 title \"t\" with slope at 1 labels \"a\", \"b\"",
      "plot (x^2) title \"t\" with points y in 0..3 for x in 0..2 with slope at 1 labels \"a\", \"b\"",
    ] {
      let plot = try plot(program)
      #expect(plot.title == "t" && plot.xLabel == "a" && plot.yLabel == "b", "\(program)")
      #expect(plot.kind == .points && plot.yRange == 0...3 && plot.xRange == nil, "\(program)")
      #expect(plot.tangents.map(\.slope) == [2], "\(program)")
    }
    let arrays = try plot("plot([1, 2], [3, 4]) with points x in 0..3")
    #expect(arrays.kind == .points && arrays.xRange == 0...3)
  }

  @Test("texts are any strings, computed when the plot is")
  func texts() throws {
    let plot = try plot("n = 3; unit = \"s\"; plot [1, 2] title \"heat {n + 1}\" labels unit")
    #expect(plot.title == "heat 4" && plot.xLabel == "s" && plot.yLabel == nil)
  }

  @Test("the words stay names")
  func names() {
    let program =
      "title = 1; labels = 2; with = 3; points = 4; slope = 5; at = 6; y = 7\n"
      + "print title + labels + with + points + slope + at + y\nplot [title, y] title \"{title}\"\n"
      + "y = [1, 2]; with = [3, 4]; plot y, with with points"
    #expect(Session().lines(program) == ["28", "plot: [title, y] 2", "plot: with 2"])
  }

  // MARK: Tangents

  /// The derivative of each expression at a point, known in closed form.
  @Test(
    "the slope is the exact derivative",
    arguments: [
      ("3*x^2 - 4*x + 5", -5.0...5.0, 3.0, 14.0), ("sin(x)", 0...6, 0, 1), ("exp(x)", -1...1, 0, 1),
      ("x^10", 0...2, 1, 10), ("1/x", 1...4, 2, -0.25), ("tanh(x)", -2...2, 0, 1),
      ("log(x)", 1...9, 4, 0.25), ("sqrt(x)", 0...9, 4, 0.25), ("7", 0...1, 0.5, 0),
      ("if x > 0 then x^2 else -x", -1...1, -0.5, -1), ("sum([x, x^2, x^3])", 0...2, 1, 6),
      ("(u -> u^3)'(x)", 0...2, 1, 6),
    ] as [(String, ClosedRange<Double>, Double, Double)])
  func slope(expression: String, range: ClosedRange<Double>, x: Double, slope: Double) throws {
    let interval = "\(range.lowerBound)..\(range.upperBound)"
    let plot = try plot("plot \(expression) for x in \(interval) with slope at \(x)")
    #expect(plot.tangents.map(\.slope) == [slope])
    #expect(plot.tangents[0].x == x)
  }

  @Test("it is what f' gives, to the last bit")
  func prime() throws {
    let session = Session()
    session.run("f(x) = exp(sin(3*x))/(1 + x^2)")
    session.run("plot f(x) for x in -2..2 with slope at 0.7, -1.3")
    guard case .plot(let plot, _)? = session.outputs.last else { throw NotPlotted() }
    #expect(plot.tangents.map(\.slope) == [session.number("f'(0.7)"), session.number("f'(-1.3)")])
    #expect(plot.tangents.map(\.y) == [session.number("f(0.7)"), session.number("f(-1.3)")])
  }

  @Test(
    "at a kink the slope is the convention's",
    arguments: [("abs(x)", 0.0), ("relu(x)", 0), ("max(x, -x)", 0), ("floor(x)", 0)])
  func kinks(expression: String, slope: Double) throws {
    let plot = try plot("plot \(expression) for x in -1..1 with slope at 0")
    #expect(plot.tangents.map(\.slope) == [slope])
  }

  @Test("a tangent of each curve at each place, with labels that say which")
  func several() throws {
    let plot = try plot("plot x^2, 3*x for x in 0..4 with slope at 1, 2 with slope at 3")
    #expect(plot.tangents.map(\.curve) == [0, 1, 0, 1, 0, 1])
    #expect(plot.tangents.map(\.slope) == [2, 3, 4, 3, 6, 3])
    #expect(plot.tangents[1].label == "slope 3 at 1 of 3*x")
    let digits = try self.plot("set digits 4\nplot x^3/3 for x in 0..2 with slope at 1/3")
    #expect(digits.tangents[0].label == "slope 0.1111 at 0.3333")
  }

  @Test("tracked values, local names, functions that plot: nothing stays in the graph")
  func surroundings() {
    let session = Session()
    session.run("a = 3; b = 0.5; L = a*b; backward L;")
    let count = session.nodeCount
    #expect(session.run("plot a*x^2 for x in 0..1 with slope at b").isCompleted)
    guard case .plot(let plot, _)? = session.outputs.last else { return }
    #expect(plot.tangents.map(\.slope) == [3])
    #expect(session.nodeCount == count && session.state("a") == "3 grad 0.5")
    session.checkInvariants()
    let lines = Session().lines(
      "k(c) = { m = 2*c; plot m*x^2 for x in 0..2 with slope at c; m }; print k(1)")
    #expect(lines == ["plot: m*x^2 501", "2"])
    #expect(
      Session().lines("for i in 1..2 { plot i*x for x in 0..1 with slope at 0.5 }").count == 2)
  }

  // MARK: Mistakes

  /// Each with the part that the caret shows, the code and the edit that mends it.
  @Test(
    arguments: [
      ("plot x^2 for x in 0..9 with slope at «12»", "E049", "`for x in 0..12`"),
      ("plot x^2 for x in [1, 5] with slope at «0»", "E049", "`for x in 0..5`"),
      ("plot x^2 for x in 0..9 with slope at «nan»", "E049", "another point"),
      ("plot sqrt(x) for x in 0..9 with slope at «0»", "E049", "another point"),
      ("plot log(x) for x in -1..9 with slope at «-1»", "E049", "another point"),
      ("set trap on; plot sqrt(x) for x in 0..9 with slope at «0»", "E049", "another point"),
      ("plot [1, 2] «with slope at 1»", "E049", "`plot f(x) for x in 0..10 with slope at 3`"),
      ("plot x for x in 0..1 with slope at «[0, 1]»", "E014", "`with slope at -1, 2`"),
      ("plot x for x in 0..1 with slope at «0 and 1»", "E033", "write `,`"),
      ("plot x for x in «5..-5»", "E043", "`for x in -5..5`"),
      ("plot x for x in «2..2»", "E043", "`for x in 1..3`"),
      ("plot x for x in 0..1 y in «9..1»", "E043", "`y in 1..9`"),
      ("plot x for x in 0..1 y in «1..1»", "E043", "`y in 0..2`"),
      ("plot [1, 2] x in «3..1»", "E043", "`x in 1..3`"),
      ("plot [1, 2] y in «nan..1»", "E043", nil), ("plot [1, 2] y in «0..inf»", "E043", nil),
      ("plot [1, 2] y in «3»", "E022", nil), ("plot [1, 2] y in «0..9 by 1»", "E022", nil),
      ("plot x for x in 0..1 x in «0..2»", "E066", "`for x in 0..2`"),
      ("plot [1, 2] title \"a\" «title \"b\"»", "E066", "leave one `title` away"),
      ("plot [1, 2] with points «with points»", "E066", "leave one `with points` away"),
      ("plot [1, 2] to \"a.svg\" «to \"b.svg\"»", "E066", "leave one `to` away"),
      ("plot x for x in 0..1 «for x in 0..2»", "E066", "leave one `for` away"),
      ("plot [1, 2] title «3»", "E014", "quotes"),
      ("plot [1, 2] labels \"a\", «3»", "E014", "quotes"),
      ("plot x for x in 0..1«,» title \"a\"", "E022", "options follow without commas"),
      ("plot [1, 2], [3, 4]«,» with points", "E022", "options follow without commas"),
      ("plot [1, 2], [3, 4]«,» title \"a\"", "E022", "options follow without commas"),
      ("plot t for t in 0..1 «t» in 0..2", "E022", nil),
      ("plot [1, 2] with «lines»", "E022", nil), ("plot [1, 2] with«»", "E022", nil),
      ("plot x for x in 0..1 with slope «3»", "E022", nil),
      ("plot [1, 2] «points»", "E064", "write `with points`"),
      ("plot [1, 2] «titel» \"a\"", "E064", "did you mean `title`?"),
      ("plot [1, 2] «colour» \"red\"", "E064", "its options are"),
      ("ts = [1, 2, 3]; hs = [1]; plot «ts, hs»", "E030", "`ts[1..1]`"),
      ("plot «x»^2", "E001", "`plot x^2 for x in -5..5`"),
      ("plot sin(«t») title \"a\"", "E001", "`plot sin(t) for t in -5..5`"),
      ("width = 1; plot «widht»*x for x in 0..1", "E001", "did you mean `width`?"),
    ] as [(String, String, String?)])
  func mistake(marked: String, code: String, help: String?) throws {
    let program = marked.replacing("«", with: "").replacing("»", with: "")
    let session = Session()
    let diagnostic = try #require(session.run(program).diagnostics.first)
    #expect(diagnostic.code == code)
    let before = marked.prefix { $0 != "«" }
    #expect(diagnostic.column == before.count + 1)
    if let help { #expect(diagnostic.help?.contains(help) == true, "\(diagnostic.help ?? "–")") }
    #expect(!session.outputs.contains { if case .plot = $0 { true } else { false } })
  }

  @Test("what fails at a point says at which")
  func failure() throws {
    let outcome = Session().run("v = [1, 2, 3]; plot v[x] for x in 1..4 by 1")
    let diagnostic = try #require(outcome.diagnostics.first)
    #expect(diagnostic.code == "E051" && diagnostic.notes.contains { $0.contains("(x = 4)") })
  }

  @Test("what is wrong with a curve is said once, though its slope is asked for too")
  func once() {
    #expect(
      Session().run("plot x + \"{x:q}\" for x in 0..1 with slope at 0").codes == ["E035"])
  }
}
