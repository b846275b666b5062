import Foundation
import GradLanguage
import Rendering

/// What a program shows, line by line, as `grad` would write it.
struct Transcript {
  /// How a program is run.
  enum Manner: String {
    /// As a file.
    case file = ""
    /// Line by line, as it is typed.
    case prompt
    /// As a file, with `--strict`.
    case strict
    /// As a file, with `--json`.
    case json
  }

  /// What was shown: results in full, of diagnostics the first line.
  private(set) var lines: [String] = []
  /// The diagnostics in full.
  private(set) var diagnostics: [Diagnostic] = []
  private let manner: Manner

  /// Runs a program in a session of its own.
  ///
  /// - Parameters:
  ///   - settings: those of the session, before `manner` adds its own.
  ///   - prepare: is given the session before anything runs.
  init(
    of source: SourceText, _ manner: Manner = .file, settings: Settings = Settings(),
    prepare: (Interpreter) -> Void = { _ in }
  ) {
    self.manner = manner
    var settings = settings
    settings.strict = settings.strict || manner == .strict
    settings.trap = settings.trap || manner == .strict
    let interpreter = Interpreter(settings: settings, files: .examples)
    prepare(interpreter)
    var outputs: [(Output, NumberFormat)] = []
    func keep(_ output: Output) { outputs.append((output, interpreter.settings.format)) }
    var outcomes: [(Outcome, after: Int)] = []
    if manner == .prompt {
      for input in Transcript.inputs(of: source) {
        outcomes.append((interpreter.run(input, mode: .prompt, output: keep), outputs.count))
      }
    } else {
      outcomes.append((interpreter.run(source, output: keep), outputs.count))
    }
    var shown = 0
    for (outcome, count) in outcomes {
      for (output, format) in outputs[shown..<count] { add(output, format) }
      shown = count
      for diagnostic in outcome.diagnostics { add(diagnostic) }
    }
  }

  /// Runs a text in a session of its own.
  init(of text: String, _ manner: Manner = .file) {
    self.init(of: SourceText(name: "<example>", bytes: Array(text.utf8)), manner)
  }

  /// The codes of the diagnostics.
  var codes: [String] { diagnostics.map(\.code) }

  private mutating func add(_ output: Output, _ format: NumberFormat) {
    if case .diagnostic(let diagnostic) = output { return add(diagnostic) }
    let text =
      manner == .json ? JSONLines.line(output) : OutputRenderer(format: format).render(output).plain
    lines += text.components(separatedBy: "\n")
  }

  private mutating func add(_ diagnostic: Diagnostic) {
    diagnostics.append(diagnostic)
    lines.append(
      manner == .json
        ? JSONLines.line(diagnostic)
        : "\(diagnostic.severity.rawValue)[\(diagnostic.code)]: \(diagnostic.message)")
  }

  /// The inputs that make up a text when it is typed.
  private static func inputs(of source: SourceText) -> [SourceText] {
    var inputs: [SourceText] = []
    var pending: [UInt8] = []
    for line in source.bytes.split(separator: 0x0A, omittingEmptySubsequences: false) {
      pending += line + [0x0A]
      let input = SourceText(name: "<prompt:\(inputs.count + 1)>", bytes: pending)
      if case .incomplete = Interpreter.completeness(of: input) { continue }
      inputs.append(input)
      pending = []
    }
    return inputs
  }
}
