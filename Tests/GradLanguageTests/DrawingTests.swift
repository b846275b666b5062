import Autograd
import Testing

@testable import GradLanguage

@Suite("graph and plot")
struct DrawingTests {
  // MARK: Words

  @Test("graph and plot are commands where the text says so, names elsewhere")
  func words() {
    let session = Session()
    #expect(session.lines("graph = 3; plot = 4; print graph + plot, graph - 1") == ["7 2"])
    #expect(Session().lines("graph(x) = x + 1; graph(2)") == ["3"])
    #expect(Session().lines("plot(x) = x + 1; print plot(2)") == ["3"])
    #expect(Session().lines("to = 2; a = 1; L = a*to; graph L") == ["graph: to a L"])
  }

  @Test(
    "the forms of graph",
    arguments: [
      "graph L", "graph (L)", "graph(L)", "L.graph()", ":graph L", "graph L;",
    ])
  func graphForms(form: String) {
    #expect(Session().lines("a = 2; L = a*a; " + form) == ["graph: a L"])
  }

  @Test(
    "a path follows `to`",
    arguments: ["graph L to \"x.dot\"", "graph (L) to \"x.dot\"", "graph(L) to \"x.{\"dot\"}\""])
  func paths(form: String) {
    #expect(Session().lines("a = 2; L = a*a; " + form) == ["graph: a L to x.dot"])
  }

  @Test(
    "the forms of plot",
    arguments: [
      ("plot x^2 for x in -5..5", "x^2 501"), ("plot(x^2 for x in -5..5)", "x^2 501"),
      ("plot (x^2) for x in 0..1", "x^2 501"), ("plot -x for x in 0..1", "-x 501"),
      ("plot x^2, x for x in 1..5 by 1", "x^2 5, x 5"), ("plot x for x in [1, 2, 4]", "x 3"),
      ("plot [1, 2, 3]", "[1, 2, 3] 3"),
      ("plot [1, 2], [3, 4], [5, 6]", "[3, 4] 2, [5, 6] 2"), ("plot([1, 2], [3, 4])", "[3, 4] 2"),
      ("plot x for x in 0..1 to \"a.svg\"", "x 501 to a.svg"),
      ("plot(x for x in 0..1) to \"a.svg\"", "x 501 to a.svg"),
    ])
  func plotForms(form: String, curves: String) {
    #expect(Session().lines(form) == ["plot: " + curves])
  }

  @Test("mistakes")
  func mistakes() {
    let cases = [
      "graph": "E063", "plot": "E063", "graph zz": "E001", "graph 3": "E042",
      "graph x -> x": "E042",
      "a = 1; graph a foo": "E064", "a = 1; graph a to 3": "E014", "a = 1; graph a, a": "E022",
      "plot 3": "E044", "plot sin": "E044", "plot [1, 2], [1]": "E030",
      "plot x for x in 1..inf": "E043", "plot [x] for x in 0..1": "E014", "plot x for in": "E003",
      "plot q for x in 0..1": "E001", "a = 1; graph a to": "E022",
      "plot x for x in 0..1 by 0": "E043",
    ]
    for (program, code) in cases { #expect(Session().run(program).codes == [code], "\(program)") }
  }

  @Test("who takes a drawing can refuse it; the statement fails")
  func refusal() {
    let interpreter = Interpreter()
    var printed = 0
    let outcome = interpreter.run("a = 2; graph a to \"x\"; print a") { output in
      if case .drawing = output { interpreter.refuse(.noDrawingProgram(.dot, path: "x")) }
      if case .printed = output { printed += 1 }
    }
    #expect(outcome.codes == ["E083"])
    #expect(printed == 0)
    #expect(interpreter.run("graph a").isCompleted)
  }

  // MARK: What is drawn

  private func drawing(_ program: String) throws -> GraphDrawing {
    let session = Session()
    #expect(session.run(program).isCompleted)
    guard case .drawing(let drawing, _)? = session.outputs.last else { throw NothingDrawn() }
    return drawing
  }

  private struct NothingDrawn: Error {}

  @Test("each value once, operands first")
  func values() throws {
    let drawing = try drawing("a = 2; b = a + a; c = 3*b + 1; graph c")
    #expect(drawing.values.map(\.name) == ["a", "b", "3", "#1", "1", "c"])
    #expect(drawing.values.map(\.kind) == [.leaf, .result, .constant, .result, .constant, .result])
    #expect(drawing.values.map(\.operands) == [[], [0, 0], [], [2, 1], [], [3, 4]])
    #expect(drawing.values.map(\.formula) == ["", "a + a", "", "3*b", "", "#1 + 1"])
    #expect(drawing.roots == [5])
  }

  @Test("an array is one value, an element that is used alone another")
  func arrays() throws {
    let drawing = try drawing("v = [1, 2]; w = [v[1], v[2]*2]; graph w")
    #expect(drawing.roots.map { drawing.values[$0].name } == ["w"])
    #expect(drawing.values.filter { $0.kind == .leaf }.map(\.name) == ["v[1]", "v[2]"])
    let whole = try self.drawing("v = [1, 2]; L = sum(v^2) + v[2]; backward L; graph L")
    #expect(whole.values.map(\.name) == ["v", "v[2]", "2", "#1", "#2", "L"])
    #expect(whole.values.map(\.formula) == ["", "v[2]", "", "v^2", "sum(#1)", "#2 + v[2]"])
    #expect(whole.values[0].shape == [2] && whole.values[0].numbers == [1, 2])
    #expect(whole.values[0].gradients == [2, 5])
    #expect(whole.values[1].operands == [0])
  }

  @Test("a matrix product with a constant")
  func products() throws {
    let drawing = try drawing("A = [[1, 2], [3, 4]]; y = A @ [5, 6]; graph y")
    #expect(drawing.values.map(\.name) == ["A", "[5, 6]", "y"])
    #expect(drawing.values.map(\.kind) == [.leaf, .constant, .result])
    #expect(drawing.values[2].formula == "A @ [5, 6]")
  }

  @Test("of a very large graph the end is drawn")
  func large() throws {
    let drawing = try drawing("a = 2; x = a; for i in 1..50000 { x = sin(x) }; graph x")
    #expect(drawing.values.count == GraphSnapshot.limit)
    #expect(drawing.omitted == 50_001 - GraphSnapshot.limit)
    let shared = try self.drawing("a = 2; x = a; for i in 1..50000 { x = x*a }; graph x")
    #expect(
      shared.values.first?.name == "a" && shared.values.last?.formula.hasSuffix("*a") ?? false)
    #expect(
      drawing.values.allSatisfy { value in value.operands.allSatisfy { $0 < drawing.values.count } }
    )
  }

  // MARK: Sampling

  @Test("an interval is sampled with both ends")
  func interval() throws {
    let session = Session()
    #expect(session.run("plot x for x in -5..5").isCompleted)
    guard case .plot(let plot, nil)? = session.outputs.last else { throw NothingDrawn() }
    #expect(plot.isSampled && plot.variable == "x")
    #expect(
      plot.curves[0].xs.first == -5 && plot.curves[0].xs[250] == 0 && plot.curves[0].xs.last == 5)
    #expect(plot.curves[0].xs == plot.curves[0].ys)
  }

  @Test("nothing recorded for a plot stays, and gaps give no warnings")
  func nothingStays() {
    let session = Session()
    session.run("a = 2; b = a*a; backward b; set trap on")
    let count = session.nodeCount
    #expect(session.run("plot a*x, 1/x, sqrt(x)*b for x in -5..5").isCompleted)
    #expect(session.nodeCount == count)
    #expect(session.codes == [])
    #expect(session.run("plot x*b for x in [a, b]").isCompleted)
    #expect(session.state("a") == "2 grad 4")
    session.checkInvariants()
    #expect(session.lines("c = a*b; backward c; print a.grad").last == "12")
    // After the plot traps work again.
    #expect(session.run("1/(a - 2)").codes == ["E074"])
  }

  @Test("the variable is the command's own")
  func variable() {
    #expect(Session().lines("x = 7; plot x for x in 0..1; print x").last == "7")
    #expect(Session().lines("f(k) = { plot k*x for x in 0..1; k }; f(3)").last == "3")
    #expect(Session().lines("plot x for x in 0..1; x").last == "E001")
  }

  @Test("a plot inside a plot")
  func nested() {
    let session = Session()
    let lines = session.lines("f(k) = { plot k*x for x in [1, 2]; k }; plot f(x) for x in [1, 2]")
    #expect(lines == ["plot: k*x 2", "plot: k*x 2", "plot: f(x) 2"])
  }

  @Test("a plot in a loop whose graph is collected meanwhile")
  func loop() {
    let session = Session()
    #expect(
      session.run(
        "a = 2; f(x) = { s = x; for i in 1..2000 { s = s*a/2 }; s }\n"
          + "repeat 3 { plot f(x) for x in 0..1 }; L = a*a; backward L; assert a.grad == 4"
      ).isCompleted)
    session.checkInvariants()
  }
}
