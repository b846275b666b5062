import GradLanguage

/// What a command line asks for.
struct RunOptions: Equatable {
  /// Files to run, in order; `-` is standard input.
  var files: [String] = []
  /// Texts to run after them.
  var texts: [String] = []
  /// Names to bind before.
  var bindings: [Binding] = []
  /// Whether the prompt comes afterwards.
  var isInteractive = false
  var isJSON = false
  var isStrict = false
  var isQuiet = false
  /// Whether a failed statement does not end the run.
  var keepsGoing = false
  /// What random numbers begin from; nil for the language's own beginning.
  var seed: Int?
  /// How numbers are shown; nil for the language's own way.
  var format: NumberFormat?
  var color = ColorChoice.auto
  var dump: DumpStage?
  /// The course that the prompt begins with.
  var lesson: CourseFile?
  /// Whether the prompt's history is kept from one session to the next.
  var keepsHistory = true
  /// Whether the person's start file runs before the prompt.
  var runsStartFile = true

  /// A name that is bound before anything runs.
  struct Binding: Equatable {
    let name: String
    let number: Double
  }

  /// When colours are used.
  enum ColorChoice: String, CaseIterable {
    case auto, always, never

    /// Whether a stream gets colours; `noColor` is what the environment says.
    func isOn(for file: OutputFile, noColor: Bool) -> Bool {
      switch self {
      case .auto: file.isTerminal && !noColor
      case .always: true
      case .never: false
      }
    }
  }

  /// A layer whose work is shown.
  enum DumpStage: String, CaseIterable {
    case tokens, tree, program, graph
  }
}

extension RunOptions {
  /// The options of a command line of files and `-e` alone; nil for any other.
  ///
  /// `GradCommand` reads every command line, but looking through itself takes it longer than all the
  /// rest of `grad -e '1+1'`.
  init?(plain arguments: some Sequence<String>) {
    var rest = arguments.makeIterator()
    while let argument = rest.next() {
      if argument == "-e" {
        guard let text = rest.next() else { return nil }
        texts.append(text)
      } else if argument == "-" || !argument.hasPrefix("-") {
        files.append(argument)
      } else {
        return nil
      }
    }
  }
}
