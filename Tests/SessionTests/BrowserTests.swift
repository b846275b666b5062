import Foundation
import Testing

/// The page of a graph in a real browser: it opens, steps to its end, and shows the program's numbers.
@Suite struct BrowserTests {
  private static let checker = URL(fileURLWithPath: #filePath).deletingLastPathComponent()
    .deletingLastPathComponent().appendingPathComponent("RenderingTests/Browser/check-page.py").path

  /// Chromium and Python, where they are installed: `apt-get install chromium python3`.
  private static let canRun =
    ["/usr/bin/chromium", "/usr/bin/chromium-browser", "/usr/bin/google-chrome"].contains {
      FileManager.default.isExecutableFile(atPath: $0)
    } && FileManager.default.isExecutableFile(atPath: "/usr/bin/python3")

  private struct Page: Decodable {
    struct Node: Decodable {
      struct Shown: Decodable {
        let data: String
        let grad: String?
      }
      let name: String
      let shown: Shown
    }
    let nodes: [Node]
    let text: String
  }

  static let programs: [(program: String, shown: [String: [String]])] = [
    (
      "a = 2; b = -3; c = 10; f = -2\nd = a*b; L = (d + c) * f; backward L;",
      [
        "a": ["2.0000", "6.0000"], "b": ["-3.0000", "-4.0000"], "c": ["10.0000", "-2.0000"],
        "f": ["-2.0000", "4.0000"], "d": ["-6.0000", "-2.0000"], "L": ["-8.0000", "1.0000"],
      ]
    ),
    // An element and its array, a value that is used several times, an infinite number.
    (
      "v = [1, 2, 3]; L = sum(v^2)*v[1]; backward L;",
      ["v": ["[3] 1 2 3", "[3] 16 4 6"], "L": ["14.0000", "1.0000"]]
    ),
    ("x = 0; L = log(x) + x; backward L;", ["L": ["-inf", "1.0000"]]),
  ]

  @Test(.enabled(if: canRun), arguments: programs.indices)
  func stepsToItsEnd(index: Int) throws {
    let (program, expected) = BrowserTests.programs[index]
    let folder = try TemporaryFolder()
    let path = folder.url.appendingPathComponent("L.html").path
    let result = try Grad.evaluate("\(program)\ngraph L to \"\(path)\"")
    #expect(result.status == 0)
    let process = Process()
    process.executableURL = URL(fileURLWithPath: "/usr/bin/python3")
    process.arguments = [BrowserTests.checker, path]
    let output = Pipe()
    process.standardOutput = output
    try process.run()
    let bytes = output.fileHandleForReading.readDataToEndOfFile()
    process.waitUntilExit()
    #expect(process.terminationStatus == 0, "the page opens and steps without an error")
    let page = try JSONDecoder().decode(Page.self, from: bytes)
    for (name, numbers) in expected {
      let node = try #require(page.nodes.first { $0.name == name })
      #expect([node.shown.data, node.shown.grad ?? "–"] == numbers, "\(name)")
    }
    #expect(page.text.contains("All values and all gradients"))
    #expect(!page.text.contains("not those of this sweep"))
  }
}
