import Autograd

/// A session of the language: feed it text, get outcomes.
///
///     let interpreter = Interpreter()
///     let outcome = interpreter.run("a = 2; L = a^2; backward L; print a.grad") { output in
///       if case .printed(let text, _) = output { print(text) }  // 4
///     }
///
/// Names, graph and gradients live from one input to the next. A session belongs to one thread at a
/// time; `interrupt` stops it from any other.
public final class Interpreter {
  /// Stops the computation under way.
  public let interrupt: Interrupt

  let machine: Machine

  /// What an input is, which decides what is shown.
  public enum Mode: Sendable {
    /// Expressions and sweeps show their results, bindings do not.
    case script
    /// The last statement's value is shown, also a binding's.
    case prompt
  }

  /// A session without names.
  ///
  /// - Parameters:
  ///   - settings: what `set` can change later.
  ///   - interrupt: a flag to share; each session has one of its own otherwise.
  ///   - files: how `import`, `read` and `write` reach files; not at all otherwise.
  public init(
    settings: Settings = Settings(), interrupt: Interrupt = Interrupt(), files: FileAccess = .none
  ) {
    self.interrupt = interrupt
    machine = Machine(interrupt: interrupt, settings: settings)
    machine.files = files
  }

  /// The files that have been imported, by their canonical paths.
  var imported: Set<String> = []
  /// The last state that was saved or restored: the next one shares with it what is the same.
  weak var lastState: MachineState?
  /// Counts the bytes of all saved states.
  let savedBytes = MemoryLedger()

  /// The present settings.
  public var settings: Settings {
    get { machine.settings }
    set { machine.settings = newValue }
  }

  /// Runs an input.
  ///
  /// The whole of it is parsed and compiled first; a mistake there runs nothing of it.
  ///
  /// - Parameters:
  ///   - source: the text.
  ///   - mode: what is shown.
  ///   - output: called with what there is to show, as it happens.
  /// - Returns: how it ended.
  public func run(
    _ source: SourceText, mode: Mode = .script, output: @escaping (Output) -> Void
  ) -> Outcome {
    stoppable {
      let (tree, problems, _) = Parser.parse(source)
      guard problems.isEmpty else { return rejected(problems, source, mode) }
      return run(tree, of: source, mode, output)
    }
  }

  /// Does what a raised interrupt stops, if it takes long.
  private func stoppable<Result>(_ body: () -> Result) -> Result {
    LongWork.stoppable(by: { [machine] in machine.shouldStop }, body)
  }

  /// Runs an input unless more lines can complete it: then nothing happens, and there is no outcome.
  ///
  /// - Parameter willRun: called before anything of a complete input happens.
  public func runIfComplete(
    _ source: SourceText, mode: Mode = .script, willRun: () -> Void = {},
    output: @escaping (Output) -> Void
  ) -> Outcome? {
    stoppable {
      let (tree, problems, isIncomplete) = Parser.parse(source)
      if isIncomplete { return nil }
      willRun()
      guard problems.isEmpty else { return rejected(problems, source, mode) }
      return run(tree, of: source, mode, output)
    }
  }

  /// Runs a text without a name.
  public func run(
    _ text: String, mode: Mode = .script, output: @escaping (Output) -> Void = { _ in }
  ) -> Outcome {
    run(SourceText(name: "<input>", bytes: Array(text.utf8)), mode: mode, output: output)
  }

  /// Whether a text is a complete input; its last line has ended, and what follows is another one.
  public static func completeness(of source: SourceText) -> Completeness {
    let lines = SourceText(
      name: source.name, bytes: source.bytes + [UInt8(ascii: "\n")], firstLine: source.firstLine)
    let (_, problems, isIncomplete) = Parser.parse(lines)
    if problems.isEmpty { return .complete }
    return isIncomplete ? .incomplete : .wrong
  }

  /// Binds a name to a number, as `name = number` would.
  public func bind(_ name: String, to number: Double) -> Outcome {
    let text = "\(name) = \(number.isNaN ? "nan" : NumberFormat.shortest.text(number))"
    let source = SourceText(name: "<--let>", bytes: Array(text.utf8))
    guard Interpreter.isName(name) else {
      let range = SourceRange(0, name.utf8.count)
      return rejected([LocatedProblem(.notAssignable(name), range)], source)
    }
    return run(source, output: { _ in })
  }

  /// Whether a text is one name, and no reserved word.
  public static func isName(_ text: String) -> Bool {
    let (tokens, _) = Lexer.tokenize(SourceText(name: "", bytes: Array(text.utf8)))
    return tokens[0].kind == .name && tokens[0].range == SourceRange(0, text.utf8.count)
  }

  /// The number that a text is, with a sign or without, as programs write it, or `inf` or `nan`; nil when it
  /// is none.
  public static func number(_ text: String) -> Double? {
    let sign = text.hasPrefix("-") ? -1.0 : 1.0
    let digits = text.hasPrefix("-") || text.hasPrefix("+") ? String(text.dropFirst()) : text
    if digits == "inf" || digits == "nan" { return digits == "inf" ? sign * .infinity : .nan }
    let (tokens, _) = Lexer.tokenize(SourceText(name: "", bytes: Array(digits.utf8)))
    guard tokens[0].kind == .number, tokens[0].range == SourceRange(0, digits.utf8.count),
      let value = Parser.number(digits), value.isFinite
    else { return nil }
    return sign * value
  }

  /// Makes the statement fail whose output is being shown: it could not be, for this reason.
  package func refuse(_ problem: Problem) { machine.refusal = problem }

  /// What lives in the graph, a line a node, for people who work on grad.
  public func graphListing() -> String {
    let roots = machine.namedValues().compactMap { machine.slots(of: $0.value) }
    return GraphListing(machine.graph, roots: roots).text
  }

  /// The number that a name is bound to: its data, and its gradient if it has one.
  public func number(_ name: String) -> ShownNumber? {
    guard let index = machine.names.existingIndex(of: name), index < machine.globalCount,
      machine.globals[index].isNumber,
      case .number(let number) = machine.shown(machine.globals[index])
    else { return nil }
    return number
  }

  /// The names that the user has bound, in the order in which their values were computed.
  var definedNames: [(name: String, isFunction: Bool)] {
    machine.namedValues().map { ($0.name, machine.kind(of: $0.value) == .function) }
  }

  // MARK: Stages

  private func run(
    _ tree: SyntaxTree, of source: SourceText, _ mode: Mode,
    _ output: @escaping (Output) -> Void
  ) -> Outcome {
    machine.names.forgetNewlyBound()
    var steps: [Step] = []
    let own = source.name.hasPrefix("<") ? nil : machine.files.canonical(source.name)
    if let outcome = plan(tree, source, mode, importing: own.map { [$0] } ?? [], &steps) {
      machine.unbindNames()
      return outcome
    }
    for step in steps {
      let outcome = execute(step.compiled, step.mode, output)
      guard case .completed = outcome else { return outcome }
      if let file = step.finishes { imported.insert(file) }
    }
    return .completed
  }

  /// A part of an input, or of a file that it imports.
  private struct Step {
    let compiled: Compiled
    let mode: Mode
    /// The file that has been imported when this has run.
    var finishes: String?
  }

  /// Compiles an input and the files that it imports, in the order in which they run: nothing runs
  /// before all of it is known to be right.
  ///
  /// - Parameter importing: the files on the way to this input, outermost first.
  /// - Returns: what is wrong.
  private func plan(
    _ tree: SyntaxTree, _ source: SourceText, _ mode: Mode, importing: [String],
    _ steps: inout [Step]
  ) -> Outcome? {
    if let problem = machine.programShortage() {
      return rejected([LocatedProblem(problem, SourceRange(0, 0))], source)
    }
    machine.program.sources.append(source)
    let index = machine.program.sources.count - 1
    let statements = Array(tree[tree.program])
    var start = 0
    while true {
      let next =
        statements[start...].firstIndex { tree.importedPath($0) != nil } ?? statements.count
      let compiled = compile(tree, start..<next, source: index, mode)
      guard compiled.problems.isEmpty else { return rejected(compiled.problems, source) }
      steps.append(Step(compiled: compiled, mode: mode))
      guard next < statements.count else { return nil }
      let outcome = planImport(statements[next], tree, source, importing, &steps)
      if let outcome { return outcome }
      start = next + 1
    }
  }

  /// So many files may be under way that import each other.
  static let importLimit = 100

  private func planImport(
    _ statement: SyntaxID, _ tree: SyntaxTree, _ source: SourceText, _ importing: [String],
    _ steps: inout [Step]
  ) -> Outcome? {
    func failed(_ problem: Problem) -> Outcome {
      rejected([LocatedProblem(problem, tree.range(statement))], source)
    }
    guard let literal = tree.importedPath(statement) else { return nil }
    let name = source.text(literal)
    let path = machine.files.found(name, from: source)
    let file = machine.files.canonical(path) ?? path
    if importing.contains(file) { return failed(.importCycle(path: name)) }
    if importing.count >= Interpreter.importLimit {
      return failed(.importedTooDeeply(limit: Interpreter.importLimit))
    }
    if imported.contains(file) || steps.contains(where: { $0.finishes == file }) { return nil }
    switch machine.files.read(path, FileAccess.programLimit) {
    case .failure(let failure):
      if machine.interrupt.isRequested { return failed(.interrupted) }
      return failed(.unreadableFile(path: name, reason: failure.reason))
    case .success(let bytes):
      let text = SourceText(name: path, bytes: bytes)
      let (tree, problems, _) = Parser.parse(text)
      guard problems.isEmpty else { return rejected(problems, text) }
      if let outcome = plan(tree, text, .script, importing: importing + [file], &steps) {
        return outcome
      }
      steps[steps.count - 1].finishes = file
      return nil
    }
  }

  private func rejected(
    _ problems: [LocatedProblem], _ source: SourceText, _ mode: Mode = .script
  ) -> Outcome {
    if source.name.hasSuffix(".csv") || source.name.hasSuffix(".tsv") {
      return .rejected([
        .unreadableFile(
          source.name, reason: "it is a table and no program: `t = read(\"\(source.name)\")`")
      ])
    }
    // What is wrong in a block at the prompt ends it before its brace has been typed.
    let causes = problems.filter { mode != .prompt || !$0.isUnclosedBracket }
    return .rejected(
      (causes.isEmpty ? problems : causes).prefix(Parser.problemLimit).map {
        Diagnostic($0.problem, in: source, at: $0.range)
      })
  }

  /// Compiles into the session's program and names, which are moved in and out: they are not copied.
  private func compile(
    _ tree: SyntaxTree, _ statements: Range<Int>, source: Int, _ mode: Mode
  ) -> Compiled {
    let program = machine.program
    machine.program = Program()
    let names = machine.names
    machine.names = .initial
    let compiled = Compiler.compile(
      tree, statements, source: source, mode: mode, program: program, globals: names)
    machine.program = compiled.program
    machine.names = compiled.globals
    machine.growGlobals()
    return compiled
  }

  private func execute(
    _ compiled: Compiled, _ mode: Mode, _ output: @escaping (Output) -> Void
  ) -> Outcome {
    machine.isPrompt = mode == .prompt
    machine.hasWarnedOfValues = false
    machine.updates = compiled.updates
    machine.hot.pointee.rebindingChecks = Machine.rebindingCheckLimit
    var strictProblem: Diagnostic?
    let isStrict = machine.settings.strict
    machine.output = { item in
      if isStrict, case .diagnostic(let diagnostic) = item, diagnostic.severity == .warning {
        strictProblem = strictProblem ?? diagnostic
      }
      output(item)
    }
    defer { machine.output = { _ in } }
    do throws(RunFailure) {
      try machine.run(compiled.function)
    } catch {
      machine.undoStatement()
      return .failed(diagnostic(error))
    }
    machine.noteSpread()
    guard let warning = strictProblem else { return .completed }
    return .failed(
      Diagnostic(
        .warningsAreErrors(code: warning.code), in: warning.source, at: warning.primary.range))
  }

  /// The failure as a diagnostic: with the iterations and calls that led to it.
  private func diagnostic(_ failure: RunFailure) -> Diagnostic {
    let location = machine.program.locations[failure.address]
    let source = machine.program.sources[location.source]
    // A session keeps texts, not their trees.
    let operand = failure.operand.flatMap {
      Parser.parse(source).tree.range(ofOperand: $0, in: location.range)
    }
    return Diagnostic(
      failure.problem, in: source, at: operand ?? location.range,
      notes: CallTrace(machine.program, machine).notes(for: failure))
  }
}

/// Whether an input is complete, which a prompt asks to know whether to read on.
public enum Completeness: Sendable {
  /// It can run.
  case complete
  /// Something is open that further lines can close.
  case incomplete
  /// It is wrong, and no further line can mend it.
  case wrong
}
