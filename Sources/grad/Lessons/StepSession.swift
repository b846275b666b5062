import GradLanguage

/// A session in which a step is done: prepares the step, runs lines, asks whether conditions hold.
struct StepSession {
  let interpreter: Interpreter
  /// What errors in a course's own statements call their source.
  let sourceName: String

  /// Runs what a step needs and what it sets up.
  ///
  /// - Parameter isAsked: whether the learner asked for the step: then all that it needs runs, for
  ///   names may mean something else by now. Otherwise what binds names that are missing.
  /// - Returns: the statements that ran, and what was wrong with the one after them.
  func prepare(_ step: Course.Step, isAsked: Bool) -> (typed: [String], problems: [Diagnostic]) {
    let known = Set(interpreter.knownNames.map(\.name))
    let needed = step.needs.filter { code in
      isAsked || Interpreter.boundNames(in: code.text).contains { !known.contains($0) }
    }
    var typed: [String] = []
    for code in needed + step.setup {
      let problems = interpreter.run(source(code), output: { _ in }).diagnostics
      guard problems.isEmpty else { return (typed, problems) }
      typed.append(code.text)
    }
    return (typed, [])
  }

  /// Runs a line as if it were typed.
  func attempt(_ code: Course.Code) -> LessonGuide.Attempt {
    var shown = LastNumber()
    let outcome = interpreter.run(source(code), mode: .prompt) { shown.note($0) }
    return LessonGuide.Attempt(
      text: code.text, shown: shown.number, errorCode: outcome.diagnostics.first?.code)
  }

  /// What the guide thinks of an attempt.
  func verdict(on attempt: LessonGuide.Attempt, _ guide: LessonGuide) -> LessonGuide.Verdict {
    guide.verdict(on: attempt) { holds($0, attempt) }
  }

  /// The first check that an attempt does not pass.
  func openCheck(on attempt: LessonGuide.Attempt, _ guide: LessonGuide) -> Course.Condition? {
    guide.openCheck(on: attempt) { holds($0, attempt) }
  }

  private func holds(_ condition: String, _ attempt: LessonGuide.Attempt) -> Bool {
    interpreter.holds(condition, parameter: "shown", number: attempt.shown)
  }

  private func source(_ code: Course.Code) -> SourceText {
    SourceText(name: sourceName, bytes: Array(code.text.utf8), firstLine: code.line)
  }
}

/// The number that an input has shown last; NaN when none.
struct LastNumber {
  private(set) var number = Double.nan

  /// Takes note of what is shown.
  mutating func note(_ output: Output) {
    switch output {
    case .value(.number(let shown), _): number = shown.data
    case .printed(_, let values):
      if case .number(let shown) = values.last { number = shown.data }
    case .value, .table, .names, .drawing, .explanation, .check, .plot, .diagnostic: break
    }
  }
}
