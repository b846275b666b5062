import Foundation
import GradLanguage
import Rendering
import Testing

/// The files of examples/: each runs, and shows what it says that it shows.
@Suite struct ExampleTests {
  @Test(arguments: Repository.files(in: "examples", ending: ".grad"))
  func example(file: String) {
    let bytes = Repository.bytes("examples/\(file)")
    let transcript = Transcript(of: SourceText(name: file, bytes: bytes))
    #expect(transcript.lines == Expectation.results(of: String(decoding: bytes, as: UTF8.self)))
    #expect(transcript.codes == [])
  }

  /// The gradients that everything began with.
  @Test func foundingGradients() {
    let interpreter = Interpreter()
    let source = SourceText(name: "founding", bytes: Repository.bytes("examples/founding.grad"))
    guard case .completed = interpreter.run(source, output: { _ in }) else {
      Issue.record("examples/founding.grad fails")
      return
    }
    let gradients = ["a": 6.0, "b": -4, "c": -2, "f": 4, "d": -2, "L": 1]
    for (name, gradient) in gradients {
      #expect(interpreter.number(name)?.gradient == gradient, "\(name)")
    }
  }

  // MARK: Errors

  /// One file for each code: its program, and after `# expect:` the diagnostics as they are shown.
  @Test(arguments: Problem.codes)
  func error(code: String) throws {
    let explanation = try #require(Problem.explanation(of: code))
    let name = "\(code)-\(ExampleTests.slug(explanation.title)).grad"
    let path = "examples/errors/\(name)"
    if Repository.updates, !Repository.exists(path), let example = explanation.example {
      let manner = explanation.isStrict ? "# Run with --strict.\n" : ""
      let program = "# \(code): \(explanation.title)\n\(manner)\n\(example)\n\n"
      try Repository.write(Array(program.utf8), to: path)
    }
    let (expected, program) = Expectation.diagnostics(of: Repository.bytes(path))
    if let example = explanation.example {
      #expect(String(decoding: program, as: UTF8.self).contains("\n\(example)\n"))
    }
    let diagnostics = ExampleTests.diagnostics(
      of: SourceText(name: name, bytes: program), code, isStrict: explanation.isStrict)
    let shown = diagnostics.flatMap {
      DiagnosticRenderer().render($0).plain.components(separatedBy: "\n")
    }
    if Repository.updates, shown != expected {
      try Repository.write(program + Array(Expectation.statement(of: shown).utf8), to: path)
      return
    }
    #expect(shown == expected)
    #expect(diagnostics.last?.code == code)
  }

  /// Every file belongs to a code that exists.
  @Test func noSurplusErrors() {
    let codes = Repository.files(in: "examples/errors", ending: "").map { String($0.prefix(4)) }
    #expect(codes == Problem.codes.sorted())
  }

  /// `undefined-name` for `undefined name`.
  private static func slug(_ title: String) -> String {
    title.lowercased().split { !($0.isLetter || $0.isNumber) }.joined(separator: "-")
  }

  /// What a program shows besides its results; some mistakes need more than a program.
  private static func diagnostics(
    of source: SourceText, _ code: String, isStrict: Bool
  ) -> [Diagnostic] {
    switch code {
    case "E039":  // `…` stands for what would fill a hundred pages
      let text = source.text(SourceRange(0, source.bytes.count))
      let whole = text.replacingOccurrences(
        of: "…", with: String(repeating: ", 1", count: 70_000))
      return Transcript(of: SourceText(name: source.name, bytes: Array(whole.utf8))).diagnostics
    case "E073":
      return Transcript(of: source) { $0.interrupt.request() }.diagnostics
    case "E078":
      return Transcript(of: source) { $0.settings.memoryLimit = 1 << 20 }.diagnostics
    case "E080":
      return [.unreadableFile("model.grad", reason: "no such file or directory")]
    case "E081":
      return refused(
        source, .unknownEnding(path: "L.jpg", allowed: [".html", ".dot", ".svg", ".png", ".pdf"]))
    case "E082":
      return refused(
        source, .unwritableFile(path: "missing/L.dot", reason: "no such file or directory"))
    case "E083": return refused(source, .noDrawingProgram(.dot, path: "L.png"))
    case "E084":
      return refused(
        source,
        .drawingProgramFailed(.dot, path: "L.png", reason: "Format: \"png\" not recognized."))
    case _:
      return Transcript(of: source, isStrict ? .strict : .file).diagnostics
    }
  }

  /// What a program shows when its drawing cannot be written.
  private static func refused(_ source: SourceText, _ problem: Problem) -> [Diagnostic] {
    let interpreter = Interpreter()
    return interpreter.run(source) { output in
      if case .drawing = output { interpreter.refuse(problem) }
    }.diagnostics
  }
}
