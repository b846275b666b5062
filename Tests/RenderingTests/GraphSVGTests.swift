import Foundation
import GradLanguage
import Rendering
import Testing

#if canImport(FoundationXML)
  import FoundationXML
#endif

/// The SVG of a graph that is drawn without Graphviz.
@Suite struct GraphSVGTests {
  /// The texts of a well-formed file, and how many elements of each kind it has.
  private final class Reader: NSObject, XMLParserDelegate {
    var texts: [String] = []
    var elements: [String: Int] = [:]
    private var isText = false

    func parser(
      _ parser: XMLParser, didStartElement element: String, namespaceURI: String?,
      qualifiedName: String?, attributes: [String: String] = [:]
    ) {
      elements[element, default: 0] += 1
      isText = element == "text"
      if isText { texts.append("") }
    }

    func parser(_ parser: XMLParser, foundCharacters string: String) {
      if isText { texts[texts.count - 1] += string }
    }

    func parser(
      _ parser: XMLParser, didEndElement element: String, namespaceURI: String?,
      qualifiedName: String?
    ) { isText = false }
  }

  private func read(_ program: String) throws -> Reader {
    var drawings: [GraphDrawing] = []
    _ = Interpreter().run("\(program); graph L") { output in
      if case .drawing(let drawing, _) = output { drawings.append(drawing) }
    }
    let text = GraphSVG().text(of: try #require(drawings.first))
    let reader = Reader()
    let parser = XMLParser(data: Data(text.utf8))
    parser.delegate = reader
    #expect(parser.parse(), "\(parser.parserError.map(String.init(describing:)) ?? "")")
    return reader
  }

  @Test func boxesAndOperations() throws {
    let svg = try read("a = 2; b = -3; L = a*b + a; backward L;")
    #expect(
      svg.texts.sorted()
        == [
          "*", "+", "L", "a", "b", "data -3.0000", "data -4.0000", "data -6.0000", "data 2.0000",
          "grad -2.0000", "grad 1.0000", "grad 1.0000", "grad 2.0000",
        ])
    #expect(svg.elements["ellipse"] == 2 && svg.elements["rect"] == 1 + 4)
  }

  /// What means something in XML stands for itself.
  @Test func escapes() throws {
    let svg = try read("a = 2; L = a < 3")
    #expect(svg.texts.contains("<"))
  }

  @Test func staleAndNeverComputed() throws {
    let svg = try read("a = 2; L = a^2; a := 3")
    #expect(svg.texts.contains("data 4.0000 stale") && svg.texts.contains("grad –"))
  }
}
