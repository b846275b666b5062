import Foundation
import GradLanguage
import Testing

@testable import Rendering

/// The drawings that a program hands out.
private func drawings(_ program: String) -> [GraphDrawing] {
  let shown = Shown(program)
  #expect(shown.diagnostics.map(\.message) == [])
  return shown.outputs.compactMap { if case .drawing(let drawing, _) = $0 { drawing } else { nil } }
}

/// The tree of a program's last drawing.
private func tree(_ program: String, _ page: Page = Page()) throws -> [String] {
  let drawing = try #require(drawings(program).last)
  return GraphTree(page).render(drawing).plain.split(separator: "\n").map(String.init)
}

private func dot(_ program: String) throws -> String {
  GraphDOT().text(of: try #require(drawings(program).last))
}

private let neuron = """
  x1 = 2; x2 = 0; w1 = -3; w2 = 1; b = 6.8813735870195432
  n = x1*w1 + x2*w2 + b
  o = tanh(n)
  backward o;
  graph o
  """

@Suite("Trees of graphs")
struct GraphTreeTests {
  @Test("a tree can be cut, and what is cut off is counted")
  func depth() throws {
    let program = "a = 2; b = a*a; c = b + a; L = c*3; backward L; graph L depth"
    #expect(
      try tree("\(program) 1") == [
        "L     data 18.0000  grad 1.0000  c*3", "├─ c  data  6.0000  grad 3.0000  b + a",
        "└─ 3  constant", "(2 more values are not drawn)",
      ])
    #expect(try tree("\(program) 0").count == 2)
    #expect(try tree("\(program) 9") == tree(program.replacing(" depth", with: "")))
  }

  @Test("a gradient's colour tells its sign")
  func signs() throws {
    let drawing = try #require(
      drawings("a = 2; b = -3; L = a*b + 0*a; backward L; graph L").last)
    let pieces = GraphTree(Page()).render(drawing).pieces
    func style(_ text: String) -> StyledText.Style? {
      pieces.first { $0.text.hasPrefix("grad") && $0.text.hasSuffix(text) }?.style
    }
    #expect(style(" -3.0000") == .falling && style(" 2.0000") == .rising)
  }

  @Test("a value stands above what it was computed from")
  func founding() throws {
    #expect(
      try tree("a = 2; b = -3; c = 10; f = -2; d = a*b; L = (d + c) * f; backward L; graph L") == [
        "L           data -8.0000  grad  1.0000  #1*f",
        "├─ #1       data  4.0000  grad -2.0000  d + c",
        "│  ├─ d     data -6.0000  grad -2.0000  a*b",
        "│  │  ├─ a  data  2.0000  grad  6.0000  leaf",
        "│  │  └─ b  data -3.0000  grad -4.0000  leaf",
        "│  └─ c     data 10.0000  grad -2.0000  leaf",
        "└─ f        data -2.0000  grad  4.0000  leaf",
      ])
  }

  @Test("a shared value is drawn once and referred to after")
  func shared() throws {
    let lines = try tree("a = 2; b = a + a; graph b")
    #expect(lines[1].hasPrefix("├─ a "))
    #expect(lines[2] == "└─ (a, above)")
  }

  @Test("gradients never computed, stale values and constants are told apart")
  func marks() throws {
    let lines = try tree("a = 2; L = 3*a; a := 4; graph L")
    #expect(lines[0] == "L     data 6.0000 stale  grad –  3*a")
    #expect(lines[1] == "├─ 3  constant")
    #expect(lines[2] == "└─ a  data 4.0000        grad –  leaf")
    #expect(
      try tree("a = 2; L = 3*a; backward L; a := 4; graph L")[2].contains("grad 3.0000 stale"))
  }

  @Test("guards are not drawn")
  func guards() throws {
    #expect(try tree("a = 2; if a > 1 { L = a*a }; graph L").count == 3)
  }

  @Test("elements of arrays have their indices")
  func elements() throws {
    let lines = try tree("v = [1, 2, 3]; L = v[2]*v[3]; graph L")
    #expect(lines[1].hasPrefix("├─ v[2] "))
    #expect(lines[2].hasPrefix("└─ v[3] "))
  }

  @Test("values that a name had before are numbered, also their elements")
  func formerValues() throws {
    let scalars = try tree("a = 2; y = a^2; a = 5; z = y + a; graph z")
    #expect(scalars[2].hasPrefix("│  ├─ a#1  data 2.0000"))
    #expect(scalars[4].hasPrefix("└─ a       data 5.0000"))
    #expect(scalars.last == "(a#1 is a value that a had before)")
    let vectors = try tree("x = [1, 2, 3]; y = x[2] + x[1]; x = x*2; z = sum(x) + y; graph z")
    #expect(vectors[5].hasSuffix("x#1[2] + x#1[1]"))
    #expect(vectors[6].hasPrefix("   ├─ x#1[2] "))
    #expect(vectors.last == "(x#1 is a value that x had before)")
    let matrix = try tree(
      "M = [[1, 2], [3, 4]]; M[1, 2] = 7; v = M[1, 2]*M[1, 1]; M = 1; graph v")
    #expect(matrix[0].hasSuffix("M#2[1, 2]*M#2[1, 1]"))
    #expect(matrix.last == "(M#1 and M#2 are values that M had before)")
  }

  @Test("a value is called as it is now, if a name stands for it")
  func aliases() throws {
    #expect(try tree("b = 2; c = b; b = 5; d = c*b; graph d")[0].hasSuffix("c*b"))
    #expect(try tree("v = [1, 2]; w = v; v = 5; d = sum(w)*v; graph d")[1].hasSuffix("sum(w)"))
  }

  @Test("an array of which only a part has a name keeps its own shape")
  func views() throws {
    let vector = try tree("v = [1, 2, 3]; r = v[1..2]; q = sum(v*v); v = 0; graph q")
    #expect(vector[2].contains("[1, 2, 3]"))
    let matrix = try tree(
      "W = [[1, 2], [3, 4]]; r = W[1]; W[1, 2] = 10; L = sum(r) + sum(W); graph L")
    #expect(matrix.contains { $0.hasSuffix("sum(W#1[1])") })
    #expect(matrix.contains { $0.contains("W#1 ") && $0.contains("[[1, 2], [3, 4]]") })
  }

  @Test("in a window that is too narrow, arrays are shortened and operations stay")
  func narrow() throws {
    let program = "A = ones(4, 6)/3; y = sum(tanh(A)^2); backward y; graph y"
    let lines = try tree(program, Page(columns: 72, isWindow: true, isUnicode: true))
    #expect(lines[1].hasPrefix("└─ #2       data [0.1034, …] 4×6"))
    #expect(lines[1].hasSuffix("#1^2"))
    #expect(try tree(program, Page(columns: 100))[1].contains("[0.1034, …, 0.1034] 4×6"))
  }

  @Test("no line is wider than the page", arguments: [20, 40, 72])
  func widths(columns: Int) throws {
    let program = neuron + "\nplain s = 0; for i in 1..50 { o = o*x1 + w1 }\ngraph o"
    for isUnicode in [true, false] {
      let lines = try tree(program, Page(columns: columns, isUnicode: isUnicode))
      #expect(lines.allSatisfy { DisplayWidth.of($0) <= columns })
      #expect(isUnicode || lines.allSatisfy { $0.utf8.allSatisfy { $0 < 0x80 } })
    }
  }

  @Test("a long chain is drawn in part, and says so")
  func longChain() throws {
    let lines = try tree("a = 2; x = a; for i in 1..100000 { x = sin(x) }; graph x")
    #expect(lines.count == 202)
    #expect(lines[200] == "(x#1 and others are values that x had before)")
    #expect(lines.last == "(99801 more values are not drawn)")
  }
}

@Suite("Graphs in DOT")
struct GraphDOTTests {
  @Test("the neuron has the notebook's boxes")
  func neuronBoxes() throws {
    let text = try dot(neuron)
    #expect(text.contains("rankdir=LR"))
    for box in [
      "{ o | data 0.7071 | grad 1.0000 }", "{ n | data 0.8814 | grad 0.5000 }",
      "{ x1 | data 2.0000 | grad -1.5000 }", "{ w1 | data -3.0000 | grad 1.0000 }",
      "{ x2 | data 0.0000 | grad 0.5000 }", "{ w2 | data 1.0000 | grad 0.0000 }",
      "{ b | data 6.8814 | grad 0.5000 }",
    ] {
      #expect(text.count(of: "label=\"\(box)\"") == 1)
    }
    #expect(text.contains("label=\"tanh\""))
  }

  @Test("a + a has both edges and one box")
  func bothEdges() throws {
    let text = try dot("a = 2; b = a + a; graph b")
    #expect(text.count(of: "v0 -> o1;") == 2)
    #expect(text.count(of: "{ a | data 2.0000 | grad – }") == 1)
  }

  @Test("constants and stale values are marked")
  func marks() throws {
    let text = try dot("a = 2; L = 3*a; a := 4; graph L")
    #expect(text.contains("[label=\"{ 3.0000 }\", color=gray60"))
    #expect(text.contains("{ L | data 6.0000 stale | grad – }"))
  }

  @Test("labels are escaped")
  func escapes() {
    let value = GraphDrawing.Value(kind: .leaf, label: "a\"{b}|<c>\\d\n&", data: 1)
    let text = GraphDOT().text(of: GraphDrawing(values: [value], roots: [0]))
    #expect(text.contains(#"{ a\"\{b\}\|\<c\>\\d␊&amp; | data 1.0000 | grad – }"#))
  }

  @Test("numbers that four decimals do not show are scientific")
  func numbers() {
    #expect(BoxNumber.text(-0.0) == "0.0000")
    #expect(BoxNumber.text(1e-9) == "1.0000e-09")
    #expect(BoxNumber.text(1e300) == "1.0000e+300")
    #expect(BoxNumber.text(.nan) == "NaN")
    #expect(BoxNumber.text(gradient: nil) == "–")
  }
}

extension String {
  /// How often a text stands in it.
  fileprivate func count(of text: String) -> Int { components(separatedBy: text).count - 1 }
}
