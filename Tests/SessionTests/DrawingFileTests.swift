import Foundation
import Testing

/// `graph … to` and `plot … to`, as a user runs them.
@Suite struct DrawingFileTests {
  private static let hasGraphviz = FileManager.default.isExecutableFile(atPath: "/usr/bin/dot")

  private func names(in folder: TemporaryFolder) throws -> [String] {
    try FileManager.default.contentsOfDirectory(atPath: folder.url.path).sorted()
  }

  @Test("a .dot file needs nothing")
  func dot() throws {
    let folder = try TemporaryFolder()
    let path = folder.url.appendingPathComponent("o.dot").path
    let result = try Grad.run(
      ["-e", "a = 2; o = a*a; backward o;\ngraph o to \"\(path)\""], environment: ["PATH": "/none"])
    #expect(result.status == 0 && result.errors == "")
    #expect(result.output == "(written to \(path))\n")
    let text = try String(contentsOfFile: path, encoding: .utf8)
    #expect(text.contains("{ o | data 4.0000 | grad 1.0000 }"))
    #expect(try names(in: folder) == ["o.dot"])
  }

  @Test(
    "pictures are drawn by Graphviz", .enabled(if: hasGraphviz), arguments: ["svg", "png", "pdf"])
  func pictures(ending: String) throws {
    let folder = try TemporaryFolder()
    let path = folder.url.appendingPathComponent("o.\(ending)").path
    let result = try Grad.evaluate("a = 2; o = a*a; graph o to \"\(path)\"")
    #expect(result.status == 0 && result.errors == "")
    let start = ["svg": "<?xml", "png": "PNG", "pdf": "%PDF"]
    let bytes = try Data(contentsOf: URL(fileURLWithPath: path)).prefix(8)
    #expect(String(decoding: bytes, as: UTF8.self).contains(try #require(start[ending])))
    #expect(try names(in: folder) == ["o.\(ending)"])
  }

  @Test("without Graphviz there is an error that says what to do, and the file is as it was")
  func noGraphviz() throws {
    let folder = try TemporaryFolder()
    let path = try folder.file("o.png", "before")
    let result = try Grad.run(
      ["-e", "a = 2; graph a to \"\(path)\"; print 1"], environment: ["PATH": "/none"])
    #expect(result.status == 1 && result.output == "")
    #expect(result.errors.contains("error[E083]"))
    #expect(result.errors.contains("apt-get install graphviz"))
    #expect(try String(contentsOfFile: path, encoding: .utf8) == "before")
    #expect(try names(in: folder) == ["o.png"])
  }

  @Test("without Graphviz an .svg is drawn all the same")
  func ownLayout() throws {
    let folder = try TemporaryFolder()
    let path = folder.url.appendingPathComponent("o.svg").path
    let result = try Grad.run(
      ["-e", "a = 2; o = a*a; backward o;\ngraph o to \"\(path)\""],
      environment: ["PATH": "/none"])
    #expect(result.status == 0 && result.errors == "")
    let text = try String(contentsOfFile: path, encoding: .utf8)
    #expect(text.hasPrefix("<svg") && text.contains("grad 4.0000"))
    #expect(try names(in: folder) == ["o.svg"])
  }

  @Test("files that cannot be written, and endings that say nothing")
  func unwritable() throws {
    let folder = try TemporaryFolder()
    let inside = folder.url.appendingPathComponent("x.dot")
    try FileManager.default.createDirectory(at: inside, withIntermediateDirectories: false)
    for (path, code) in [
      ("\(folder.url.path)/none/x.dot", "E082"), (inside.path, "E082"), ("x.jpg", "E081"),
      ("svg", "E081"), ("", "E081"), (".dot", "E081"),
    ] {
      let result = try Grad.evaluate("a = 2; graph a to \"\(path)\"")
      #expect(result.status == 1 && result.output == "")
      #expect(result.errors.contains("error[\(code)]"), "\(path)")
    }
    #expect(try Grad.evaluate("plot x for x in 0..1 to \"x.png\"").errors.contains("error[E081]"))
  }

  @Test("a plot in SVG needs nothing; --json draws and tells")
  func plot() throws {
    let folder = try TemporaryFolder()
    let path = folder.url.appendingPathComponent("f.svg").path
    let result = try Grad.run(
      ["--json", "-e", "plot x^2 for x in 0..1 to \"\(path)\""], environment: ["PATH": "/none"])
    #expect(result.status == 0)
    #expect(result.output.hasPrefix("{\"type\":\"plot\""))
    #expect(try String(contentsOfFile: path, encoding: .utf8).hasPrefix("<svg "))
  }

  @Test("drawings are in ASCII where the locale is not UTF-8")
  func locale() throws {
    let program = "a = 2; b = a + a; graph b; plot x for x in 0..1"
    let plain = try Grad.run(["-e", program], environment: ["LC_ALL": "C"])
    #expect(plain.output.utf8.allSatisfy { $0 < 0x80 })
    let unicode = try Grad.run(["-e", program], environment: ["LC_ALL": "C.UTF-8"])
    #expect(unicode.output.contains("├─ a"))
    #expect(unicode.output.split(separator: "\n").allSatisfy { $0.count <= 72 })
  }
}
