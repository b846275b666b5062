import GradLanguage
import Rendering

/// What a program shows, and what is wrong with it.
struct Shown {
  var outputs: [Output] = []
  var diagnostics: [Diagnostic] = []

  /// Runs a program in a session of its own.
  init(_ program: String, name: String = "train.grad", firstLine: Int = 1) {
    self.init(Array(program.utf8), name: name, firstLine: firstLine)
  }

  init(_ program: [UInt8], name: String = "train.grad", firstLine: Int = 1) {
    var outputs: [Output] = []
    let source = SourceText(name: name, bytes: program, firstLine: firstLine)
    let outcome = Interpreter().run(source) { outputs.append($0) }
    self.outputs = outputs
    diagnostics = outcome.diagnostics
  }

  /// The outputs as text, a line each.
  func text(_ format: NumberFormat = .standard) -> String {
    outputs.map { OutputRenderer(format: format).render($0).plain }.joined(separator: "\n")
  }

  /// The diagnostics as text.
  func problems(lineLimit: Int = 96) -> String {
    diagnostics.map { DiagnosticRenderer(lineLimit: lineLimit).render($0).plain }
      .joined(separator: "\n")
  }
}
