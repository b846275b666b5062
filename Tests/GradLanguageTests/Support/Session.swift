import Autograd

@testable import GradLanguage

/// A session of the language that keeps what it shows.
final class Session {
  let interpreter: Interpreter
  /// Everything shown since the session began.
  private(set) var outputs: [Output] = []

  init(_ settings: Settings = Settings(), files: FileAccess = .none) {
    interpreter = Interpreter(settings: settings, files: files)
  }

  /// Runs an input, and keeps what it shows.
  @discardableResult
  func run(_ text: String, mode: Interpreter.Mode = .script) -> Outcome {
    run(Array(text.utf8), mode: mode)
  }

  /// Runs bytes that need not be UTF-8.
  @discardableResult
  func run(_ bytes: [UInt8], mode: Interpreter.Mode = .script) -> Outcome {
    interpreter.run(SourceText(name: "<test>", bytes: bytes), mode: mode) {
      self.outputs.append($0)
    }
  }

  /// Runs an input, and stops it from another thread when it has not ended after a time.
  @discardableResult
  func run(_ bytes: [UInt8], interruptedAfter time: Duration) -> Outcome {
    Watchdog.shared.watch(interpreter.interrupt, for: time) { run(bytes) }
  }

  /// What an input shows: a line for everything printed or echoed, `W101` for a diagnostic, and the
  /// code of what stopped it at the end.
  func lines(_ text: String, mode: Interpreter.Mode = .script) -> [String] {
    let start = outputs.count
    let outcome = run(text, mode: mode)
    return outputs[start...].map(Session.line) + outcome.codes
  }

  /// The value of an expression that is a number.
  func number(_ expression: String) -> Double {
    let start = outputs.count
    run(expression)
    guard case .value(.number(let number), _)? = outputs[start...].last else { return .nan }
    return number.data
  }

  /// The number that a name is bound to.
  func shown(_ name: String) -> ShownNumber? { interpreter.number(name) }

  /// The data and gradient of a name: `2`, `2 grad 6`, `2 stale`, `2 grad 6 stale`.
  func state(_ name: String) -> String {
    guard let number = shown(name) else { return "–" }
    return Session.text(number)
  }

  /// The codes of the diagnostics shown since the session began.
  var codes: [String] {
    outputs.compactMap { if case .diagnostic(let diagnostic) = $0 { diagnostic.code } else { nil } }
  }

  /// The diagnostics shown since the session began.
  var diagnostics: [Diagnostic] {
    outputs.compactMap { if case .diagnostic(let diagnostic) = $0 { diagnostic } else { nil } }
  }

  /// The reports of `check` since the session began.
  var reports: [CheckReport] {
    outputs.compactMap { if case .check(let report) = $0 { report } else { nil } }
  }

  /// How many nodes the graph holds, live or not.
  var nodeCount: Int { interpreter.machine.graph.nodeCount }

  /// Traps when the graph is broken.
  func checkInvariants() { interpreter.machine.graph.tape.pointee.checkInvariants() }

  private static func line(_ output: Output) -> String {
    switch output {
    case .value(let value, let name): (name.map { "\($0) = " } ?? "") + text(value)
    case .printed(let text, _): text
    case .table(let table), .names(let table):
      "\(table.purpose): "
        + table.rows.map { "\($0.name) \(text($0.value))" }.joined(separator: ", ")
    case .drawing(let drawing, let path):
      "graph: \(drawing.values.map(\.name).joined(separator: " "))"
        + (path.map { " to \($0)" } ?? "")
    case .explanation(let drawing, _):
      "explain: " + drawing.sweep.map { drawing.values[$0.value].name }.joined(separator: " ")
    case .check(let report):
      "check: " + report.rows.map { "\($0.name) \($0.verdict)" }.joined(separator: ", ")
    case .plot(let plot, let path):
      "plot: " + plot.curves.map { "\($0.label) \($0.ys.count)" }.joined(separator: ", ")
        + (path.map { " to \($0)" } ?? "")
    case .diagnostic(let diagnostic): diagnostic.code
    }
  }

  private static func text(_ value: ShownValue) -> String {
    if case .number(let number) = value { return text(number) }
    return ValueText.text(of: value, format: .standard)
  }

  private static func text(_ number: ShownNumber) -> String {
    NumberFormat.standard.text(number.data) + (number.isStale ? " stale" : "")
      + (number.gradient.map { " grad " + NumberFormat.standard.text($0) } ?? "")
      + (number.isGradientStale ? " stale" : "")
  }
}

extension Outcome {
  /// The codes of what went wrong.
  var codes: [String] { diagnostics.map(\.code) }

  var isCompleted: Bool { if case .completed = self { true } else { false } }
  var isRejected: Bool { if case .rejected = self { true } else { false } }
}
