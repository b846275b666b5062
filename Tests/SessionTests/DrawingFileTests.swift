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

  @Test("a link leads to the file, also to one that is not there yet; a pipe is no file")
  func links() throws {
    let folder = try TemporaryFolder()
    let link = folder.url.appendingPathComponent("link.dot").path
    let target = folder.url.appendingPathComponent("target.dot").path
    try FileManager.default.createSymbolicLink(atPath: link, withDestinationPath: "target.dot")
    for round in 1...2 {
      let result = try Grad.evaluate("a = \(round); graph a to \"\(link)\"")
      #expect(result.status == 0)
      #expect(try String(contentsOfFile: target, encoding: .utf8).contains("data \(round).0000"))
      #expect(try FileManager.default.destinationOfSymbolicLink(atPath: link) == "target.dot")
    }
    let pipe = folder.url.appendingPathComponent("pipe.dot").path
    #expect(mkfifo(pipe, 0o600) == 0)
    let result = try Grad.evaluate("a = 1; graph a to \"\(pipe)\"")
    #expect(result.status == 1 && result.errors.contains("error[E082]"))
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
    let result = try Grad.evaluate("plot x for x in 0..1 to \"x.jpg\"")
    #expect(result.errors.contains("error[E081]") && result.errors.contains(".svg, .png, .pdf"))
  }

  private static let hasGnuplot = FileManager.default.isExecutableFile(atPath: "/usr/bin/gnuplot")

  @Test(
    "plots as pictures are drawn by gnuplot", .enabled(if: hasGnuplot),
    arguments: ["png", "pdf"],
    [
      "plot x^2, 1/x for x in -2..2 with slope at 1 title \"it's @_\\{\\} `ls`\"",
      "plot [1, 2, 3], [3, nan, 4] with points labels \"'\", \"\\\"\"", "plot [nan]",
      "plot 1e-310*x for x in 0..1", "plot [1e15, 1e15 + 1] y in 0..1",
    ])
  func plotPictures(ending: String, plot: String) throws {
    let folder = try TemporaryFolder()
    let path = folder.url.appendingPathComponent("f.\(ending)").path
    let result = try Grad.evaluate("\(plot) to \"\(path)\"")
    #expect(result.status == 0 && result.errors == "")
    let bytes = try Data(contentsOf: URL(fileURLWithPath: path)).prefix(8)
    #expect(String(decoding: bytes, as: UTF8.self).contains(ending == "png" ? "PNG" : "%PDF"))
    #expect(try names(in: folder) == ["f.\(ending)"])
  }

  /// Programs called `gnuplot` that fail, and what is said of them.
  @Test(
    "where gnuplot is missing or fails there is an error, and the file is as it was",
    arguments: [
      (nil, "E083", "apt-get install gnuplot-nox"),
      ("#!/bin/sh\necho 'no room' >&2; exit 1\n", "E084", "no room"),
      ("#!/bin/sh\necho half; exit 0\n", "E084", "is the disk full?"),
      ("#!/bin/sh\nkill -9 $$\n", "E084", "signal 9 ended it"),
    ] as [(String?, String, String)])
  func noGnuplot(program: String?, code: String, words: String) throws {
    let folder = try TemporaryFolder()
    let path = try folder.file("f.png", "before")
    let programs = try TemporaryFolder()
    if let program {
      let file = try programs.file("gnuplot", program)
      try FileManager.default.setAttributes([.posixPermissions: 0o755], ofItemAtPath: file)
    }
    let result = try Grad.run(
      ["-e", "plot x for x in 0..1 to \"\(path)\""],
      environment: ["PATH": programs.url.path])
    #expect(result.status == 1 && result.output == "")
    #expect(result.errors.contains("error[\(code)]") && result.errors.contains(words))
    #expect(try String(contentsOfFile: path, encoding: .utf8) == "before")
    #expect(try names(in: folder) == ["f.png"])
  }

  @Test("numbers that gnuplot takes for infinite are refused, not drawn wrong")
  func largeNumbers() throws {
    let folder = try TemporaryFolder()
    let path = folder.url.appendingPathComponent("f.png").path
    let result = try Grad.evaluate("plot 1e308*x for x in -1.7..1.7 to \"\(path)\"")
    #expect(result.status == 1 && result.errors.contains("its numbers end at 8.9e307"))
    #expect(try names(in: folder) == [])
  }

  @Test("the tangent of the parabola, as it is asked for on a command line")
  func tangent() throws {
    let result = try Grad.evaluate(
      "f(x) = 3*x^2 - 4*x + 5; plot f(x) for x in -5..5 with slope at 3")
    #expect(result.status == 0 && result.errors == "")
    #expect(result.output.contains("slope 14 at 3"))
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
