#if canImport(Glibc)
  import Glibc
#elseif canImport(Musl)
  import Musl
#elseif canImport(Darwin)
  import Darwin
#endif
import GradLanguage
import LineEditing

/// Does what the command line says.
struct Runner {
  private let options: RunOptions
  private let output = OutputFile.standardOutput()
  private let presenter: Presenter
  private let session: Session

  init(_ options: RunOptions, noColor: Bool) {
    self.options = options
    let messages = OutputFile.standardError()
    presenter = Presenter(
      Presenter.Manner(
        isJSON: options.isJSON, isQuiet: options.isQuiet,
        coloursResults: options.color.isOn(for: output, noColor: noColor),
        coloursMessages: options.color.isOn(for: messages, noColor: noColor)),
      results: output, messages: messages)
    session = Session(
      settings: Runner.settings(options), presenter: presenter, keepsGoing: options.keepsGoing,
      lessonProgress: LessonProgress(beside: Runner.history(options)))
  }

  /// Runs everything and returns how it ended.
  func run() -> ExitStatus {
    Interruption.install()
    let status = runAll()
    presenter.flush()
    Interruption.endIfAsked()
    return status
  }

  private static func settings(_ options: RunOptions) -> Settings {
    var settings = Settings()
    settings.strict = options.isStrict
    settings.trap = options.isStrict
    if let format = options.format { settings.format = format }
    return settings
  }

  // MARK: Inputs

  /// Something to run.
  private enum Input {
    case file(String)
    case text(String)
    case standardInput
  }

  private var inputs: [Input] {
    let files = options.files.map { $0 == "-" ? Input.standardInput : .file($0) }
    let inputs = files + options.texts.map(Input.text)
    let readsInput = inputs.isEmpty && !goesToPrompt
    return readsInput ? [.standardInput] : inputs
  }

  /// Whether a person types, and nothing else is to be run.
  private var isConversation: Bool {
    options.files.isEmpty && options.texts.isEmpty && options.dump == nil
      && InputFile.standardInput().isTerminal
  }

  /// Whether a prompt comes after all inputs.
  private var goesToPrompt: Bool {
    options.isInteractive || options.lesson != nil || isConversation
  }

  private func runAll() -> ExitStatus {
    if let lesson = options.lesson, let failure = session.chooseCourse(lesson) {
      presenter.message(failure.text)
      return .failure
    }
    var end = runInputs()
    if case .stop(.interrupted) = end { return .interrupted }
    if goesToPrompt {
      if case .stop(let status) = converse() { end = .stop(status) }
    }
    if options.dump == .graph { presenter.result(session.graphListing) }
    if case .stop(let status) = end { return status }
    return session.status
  }

  private func runInputs() -> Session.Continuation {
    if goesToPrompt, options.runsStartFile, InputFile.standardInput().isTerminal,
      let (path, contents) = StartFile.read()
    {
      session.start(path, contents)
    }
    if let seed = options.seed { session.seed(seed) }
    for binding in options.bindings {
      let progress = session.bind(binding.name, to: binding.number)
      if case .stop = progress { return progress }
    }
    if goesToPrompt { session.noteStart() }
    for input in inputs {
      let progress = isListing ? list(input) : run(input)
      if case .stop = progress { return progress }
    }
    return .goOn
  }

  private func run(_ input: Input) -> Session.Continuation {
    switch input {
    case .text(let text):
      return session.run(SourceText(name: "<-e>", bytes: Array(text.utf8)))
    case .standardInput:
      var lines = PipeLines(.standardInput(), beforeWaiting: presenter.flush)
      return session.run("<stdin>", &lines)
    case .file(let path):
      switch Runner.read(path) {
      case .success(let bytes): return session.run(SourceText(name: path, bytes: bytes))
      case .failure(let error): return session.fail(to: path, error)
      }
    }
  }

  /// Reads a program; while it waits, Ctrl-C ends this one.
  private static func read(_ path: String) -> Result<[UInt8], SystemError> {
    Interruption.enter(.awaitingInput)
    defer { Interruption.enter(.computing) }
    return InputFile.read(path)
  }

  // MARK: The prompt

  private func converse() -> Session.Continuation {
    guard InputFile.standardInput().isTerminal else { return conversePiped() }
    if !options.isQuiet {
      output.write(Greeting.text(isFirstVisit: isFirstVisit))
    }
    session.progressLine = presenter.progressLine()
    if options.lesson != nil { session.beginLesson() }
    if output.isTerminal, var lines = editedLines() {
      session.prompt(&lines)
    } else {
      var lines = TerminalLines(.standardInput(), output: output)
      session.prompt(&lines)
    }
    return .goOn
  }

  /// Whether nothing is remembered of an earlier session, though it would be.
  private var isFirstVisit: Bool {
    options.lesson == nil && output.isTerminal && Runner.history(options)?.exists == false
  }

  /// What is typed by a program: a lesson answers it as it does a person, all else runs as it comes.
  private func conversePiped() -> Session.Continuation {
    guard options.lesson != nil else { return run(.standardInput) }
    session.beginLesson()
    var lines = PipeLines(.standardInput(), beforeWaiting: presenter.flush)
    session.prompt(&lines)
    return session.hasFaultyCourse ? .stop(.failure) : .goOn
  }

  /// The file of the prompt's history, if it is to be kept.
  private static func history(_ options: RunOptions) -> HistoryFile? {
    options.keepsHistory ? HistoryFile(environment: environment) : nil
  }

  private func editedLines() -> EditedLines? {
    EditedLines(
      history: Runner.history(options), isColoured: presenter.coloursResults,
      complete: PromptCompletion(interpreter: session.interpreter).complete,
      beforeWaiting: presenter.flush)
  }

  // MARK: Dumps

  /// Whether inputs are listed instead of run.
  private var isListing: Bool { options.dump != nil && options.dump != .graph }

  private func list(_ input: Input) -> Session.Continuation {
    let source: SourceText
    switch input {
    case .text(let text): source = SourceText(name: "<-e>", bytes: Array(text.utf8))
    case .standardInput:
      do throws(SystemError) {
        source = SourceText(name: "<stdin>", bytes: try InputFile.standardInput().readAll())
      } catch {
        return session.fail(to: "<stdin>", error)
      }
    case .file(let path):
      switch Runner.read(path) {
      case .success(let bytes): source = SourceText(name: path, bytes: bytes)
      case .failure(let error): return session.fail(to: path, error)
      }
    }
    presenter.result(listing(source))
    if options.dump == .tokens {
      return Dump.areTokensSound(in: source) ? .goOn : .stop(.failure)
    }
    guard case .complete = Interpreter.completeness(of: source) else { return .stop(.failure) }
    return .goOn
  }

  private func listing(_ source: SourceText) -> String {
    switch options.dump {
    case .tokens: Dump.tokens(of: source)
    case .tree: Dump.tree(of: source)
    case .program: Dump.program(of: source)
    case .graph, nil: ""
    }
  }
}
