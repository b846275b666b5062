import GradLanguage

/// One session of the language, fed from files, texts, pipes and a prompt in turn.
final class Session {
  /// How it goes on after an input.
  enum Continuation {
    case goOn
    /// An input failed, or Ctrl-C came: nothing more is run.
    case stop(ExitStatus)
  }

  let interpreter: Interpreter
  let presenter: Presenter
  private var keepsGoing: Bool
  /// The course that may be under way.
  let lesson: Lesson
  /// Whether a course has been tried out that has faults.
  var hasFaultyCourse = false
  /// What is seen of long work at the prompt.
  var progressLine: ProgressLine?
  /// What typed inputs can be taken back.
  let undoHistory: UndoHistory
  /// The session before its files and its prompt.
  private var start: Checkpoint?
  /// The worst that has happened.
  private(set) var status = ExitStatus.success

  init(
    settings: Settings, presenter: Presenter, keepsGoing: Bool, lessonProgress: LessonProgress
  ) {
    interpreter = Interpreter(
      settings: settings, interrupt: Interruption.request, files: .system)
    undoHistory = UndoHistory(interpreter)
    self.presenter = presenter
    self.keepsGoing = keepsGoing
    lesson = Lesson(interpreter, presenter, lessonProgress)
  }

  /// Begins the random numbers anew.
  func seed(_ number: Int) { _ = interpreter.run("seed \(number)") }

  /// Binds a name to a number.
  func bind(_ name: String, to number: Double) -> Continuation {
    judge(interpreter.bind(name, to: number))
  }

  /// What lives in the graph, for people who work on grad.
  var graphListing: String { interpreter.graphListing() }

  // MARK: Scripts

  /// Runs a text that is there as a whole.
  ///
  /// A whole text is one input: a mistake in its last line keeps its first from running. Where
  /// failed statements do not end the run, each line's statements are an input of their own.
  func run(_ source: SourceText) -> Continuation {
    guard keepsGoing, case .complete = Interpreter.completeness(of: source) else {
      return runInput(source)
    }
    var lines = TextLines(source)
    return run(source.name, &lines)
  }

  /// Runs the person's own statements before the first prompt: their failures are shown and forgotten,
  /// and statements after a failed one run. Ctrl-C leads to the prompt.
  func start(_ path: String, _ contents: Result<[UInt8], SystemError>) {
    let former = (status, keepsGoing)
    defer {
      (status, keepsGoing) = former
      Interruption.forget()
    }
    keepsGoing = true
    switch contents {
    case .success(let bytes):
      // Line by line also where one is not understood.
      var lines = TextLines(SourceText(name: path, bytes: bytes))
      _ = run(path, &lines)
    case .failure(let error): _ = fail(to: path, error)
    }
  }

  /// Runs statements as they come, each before the next is awaited.
  func run(_ name: String, _ lines: inout some LineSource) -> Continuation {
    var pending = PendingInput(name: name)
    while true {
      switch lines.next(isContinuation: !pending.isEmpty) {
      case .line(let line):
        if case .stop(let status) = run(line, &pending) { return .stop(status) }
        if pending.isTooLong { return fail(to: name, .tooLong(limit: FileAccess.programLimit)) }
      case .interrupted: return .stop(.interrupted)
      case .unreadable(let error): return fail(to: name, error)
      case .end: return pending.isEmpty ? .goOn : runInput(pending.text)
      }
    }
  }

  /// Runs the input that a line completes, and shows what it has to show.
  private func run(_ line: [UInt8], _ pending: inout PendingInput) -> Continuation {
    guard let text = pending.add(line),
      let outcome = interpreter.runIfComplete(text, output: show)
    else { return .goOn }
    pending.clear()
    presenter.flush()
    return judge(outcome)
  }

  /// Reports a file that cannot be read.
  func fail(to path: String, _ error: SystemError) -> Continuation {
    judge(.failed(.unreadableFile(path, reason: error.reason)))
  }

  /// Runs a file at the prompt: failures are shown and forgotten.
  func runFile(_ source: SourceText) {
    let outcome = interpreter.run(source, output: show)
    if Interruption.request.isRequested { presenter.message("") }
    for diagnostic in outcome.diagnostics { presenter.show(diagnostic) }
    presenter.flush()
  }

  private func runInput(_ source: SourceText) -> Continuation {
    judge(interpreter.run(source, output: show))
  }

  func show(_ output: Output) {
    lesson.note(output)
    let problem = presenter.show(output, format: interpreter.settings.format)
    if let problem { interpreter.refuse(problem) }
  }

  private func judge(_ outcome: Outcome) -> Continuation {
    for diagnostic in outcome.diagnostics { presenter.show(diagnostic) }
    if Interruption.request.isRequested {
      // It came when the computation was over.
      if outcome.diagnostics.isEmpty { presenter.message("interrupted") }
      return .stop(.interrupted)
    }
    if outcome.diagnostics.isEmpty { return .goOn }
    status = .failure
    return keepsGoing ? .goOn : .stop(.failure)
  }

  // MARK: The prompt

  /// Runs what is typed, until its end. Failures are shown and forgotten.
  func prompt(_ lines: inout some LineSource) {
    var count = 1
    var pending = PendingInput(name: "<prompt:1>")
    while !Interruption.isEnding {
      switch lines.next(isContinuation: !pending.isEmpty) {
      case .line(let line):
        var line = line
        if pending.isEmpty, let request = request(in: line) {
          if request.isTimed {
            line = pending.beginTimed(line)
          } else {
            lines.remember(String(decoding: line, as: UTF8.self))
            if obey(request, &lines) { continue } else { return }
          }
        }
        guard let text = pending.add(line) else {
          if !pending.isEmpty { continue }
          break  // A blank line is none of the next input's.
        }
        let typed = pending.typed
        guard let (outcome, timing) = runTyped(text, willRun: { lines.remember(typed) }) else {
          continue
        }
        answer(text, outcome, timing: pending.isTimed ? timing : nil)
        count += 1
      case .interrupted: break
      case .unreadable(let error):
        _ = fail(to: "<prompt>", error)
        return
      case .end:
        if !pending.isEmpty {
          answer(pending.text, interpreter.run(pending.text, mode: .prompt, output: show))
        }
        return
      }
      pending = PendingInput(name: "<prompt:\(count)>")
    }
  }

  /// Notes that everything is now as `:reset` is to make it again.
  func noteStart() { start = try? interpreter.checkpoint() }

  /// Makes everything what it was at the start.
  func reset() { if let start { interpreter.restore(start) } }

  /// Takes the course that a lesson is to follow; what is wrong with it otherwise.
  func chooseCourse(_ file: CourseFile) -> LessonFailure? { lesson.choose(file) }

  /// Begins the lesson, or goes on where it was left.
  func beginLesson() { lesson.resume() }

  /// Shows what went wrong with a typed input, what it took, and what the lesson says to it.
  private func answer(_ text: SourceText, _ outcome: Outcome, timing: String? = nil) {
    for diagnostic in outcome.diagnostics { presenter.show(diagnostic) }
    if let timing { presenter.remark(timing) }
    lesson.look(at: text, outcome)
  }
}
