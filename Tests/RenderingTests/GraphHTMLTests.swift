import Foundation
import GradLanguage
import Rendering
import Testing

/// The page of a graph; what it does in a browser is checked by `Browser/check-page.py`.
@Suite struct GraphHTMLTests {
  private func page(_ program: String) throws -> String {
    var drawings: [GraphDrawing] = []
    _ = Interpreter().run("\(program); graph L to \"L.html\"") { output in
      if case .drawing(let drawing, _) = output { drawings.append(drawing) }
    }
    return GraphHTML().text(of: try #require(drawings.first))
  }

  /// The graph in a page's script.
  private func graph(_ page: String) throws -> [String: Any] {
    let start = try #require(page.range(of: "const GRAPH = ")).upperBound
    let end = try #require(page.range(of: ";\n", range: start..<page.endIndex)).lowerBound
    let json = try JSONSerialization.jsonObject(with: Data(page[start..<end].utf8))
    return try #require(json as? [String: Any])
  }

  @Test func graphIsInThePage() throws {
    let page = try page("a = 2; b = -3; L = a*b; backward L")
    #expect(!page.contains("/*GRAPH*/null"))
    let graph = try graph(page)
    let nodes = try #require(graph["nodes"] as? [[String: Any]])
    #expect(nodes.map { $0["name"] as? String } == ["a", "b", "L"])
    #expect(nodes.map { $0["data"] as? Double } == [2, -3, -6])
    #expect(nodes.map { $0["grad"] as? Double } == [-3, 2, 1])
    #expect(nodes[2]["operands"] as? [Int] == [0, 1])
    let sweep = try #require(graph["sweep"] as? [[String: Any]])
    let contributions = try #require(sweep[0]["contributions"] as? [[String: Any]])
    #expect(contributions.map { $0["rule"] as? String } == ["b", "a"])
    #expect(contributions.map { $0["local"] as? Double } == [-3, 2])
  }

  @Test func arraysAreNested() throws {
    let graph = try graph(page("A = [[1, 2], [3, 4]]; L = sum(A^2); backward L"))
    let nodes = try #require(graph["nodes"] as? [[String: Any]])
    #expect(nodes[0]["shape"] as? [Int] == [2, 2])
    #expect(nodes[0]["data"] as? [[Double]] == [[1, 2], [3, 4]])
    #expect(nodes[0]["grad"] as? [[Double]] == [[2, 4], [6, 8]])
  }

  @Test func notFiniteIsText() throws {
    let graph = try graph(page("a = inf; L = -a"))
    let nodes = try #require(graph["nodes"] as? [[String: Any]])
    #expect(nodes.map { $0["data"] as? String } == ["inf", "-inf"])
  }

  /// The page asks for nothing from elsewhere.
  @Test func standsAlone() throws {
    let page = try page("a = 2; L = a < 3")
    #expect(page.contains("a \\u003c 3"))
    for mark in ["src=\"http", "href=\"http", "@import", "fetch(", "XMLHttpRequest"] {
      #expect(!page.contains(mark), "\(mark)")
    }
  }
}
