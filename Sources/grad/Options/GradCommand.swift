import ArgumentParser

/// The command line.
struct GradCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "grad",
    abstract: "A calculator with reverse-mode automatic differentiation.",
    usage: """
      grad [options] [FILE …]
      grad [options] -e 'a = 2; b = -3; L = a*b; backward L'
      … | grad [options]
      """,
    discussion: """
      Without a file or -e it reads statements from standard input: at a terminal it prompts for \
      them. Files run first, in order, then every -e, in one session. Results go to standard \
      output, everything else to standard error.

      EXIT STATUS: 0 all is well; 1 an error in the program, or a file that cannot be read; 2 wrong \
      usage; 130 interrupted; 141 nobody reads what is written.

      ENVIRONMENT: GRAD_HISTORY names the file of the prompt's history, empty for none; else it is \
      grad/history in XDG_STATE_HOME or ~/.local/state. NO_COLOR, if it is not empty, keeps colours \
      away. VISUAL or EDITOR is the editor of :edit. EDITRC names the file of key bindings, else \
      ~/.editrc. COLUMNS and LINES are the window's size where the terminal does not tell it.

      FILES: grad/init.grad in XDG_CONFIG_HOME or ~/.config runs before the first prompt.

      At the prompt :help tells about the language. `--generate-completion-script bash` (zsh, fish) \
      writes a script that completes options and files in the shell.
      """,
    version: "grad \(GradCommand.versionNumber)")

  static let versionNumber = "0.1.0"

  @Argument(
    help: ArgumentHelp("Files to run; - is standard input.", valueName: "FILE"), completion: .file()
  )
  var files: [String] = []

  @Option(
    name: .customShort("e"), parsing: .unconditionalSingleValue,
    help: ArgumentHelp("Text to run (repeatable).", valueName: "CODE"))
  var texts: [String] = []

  @Option(
    name: .customLong("let"), parsing: .unconditionalSingleValue,
    help: ArgumentHelp("Bind a name to a number first (repeatable).", valueName: "name=number"),
    transform: RunOptions.Binding.init(argument:))
  var bindings: [RunOptions.Binding] = []

  @Flag(name: .shortAndLong, help: "Go to the prompt afterwards.")
  var interactive = false

  @Option(
    defaultAsFlag: .builtIn,
    help: ArgumentHelp(
      "Begin a course of short steps at the prompt: grad's own, or the one in FILE.",
      valueName: "FILE"), completion: .file(extensions: ["course"]))
  var lesson: CourseFile?

  @Flag(help: "Write one JSON object a result, a line each.")
  var json = false

  @Option(
    help: ArgumentHelp("Show numbers with so many digits: 1 to 17, or full.", valueName: "N"),
    completion: .list(["full"] + (1...17).map(String.init)))
  var digits: Digits?

  @Flag(help: "Treat warnings, NaN and infinities as errors.")
  var strict = false

  @Flag(
    help: """
      Go on with the next statement after one that failed, unless the file cannot be read as a program \
      at all; the exit status is still 1.
      """)
  var keepGoing = false

  @Flag(help: "Show nothing but what print prints, and errors.")
  var quiet = false

  @Option(
    parsing: .unconditional,
    help: ArgumentHelp("Begin the random numbers from N, as `seed N` would.", valueName: "N"),
    transform: Seed.init(argument:))
  var seed: Seed?

  @Flag(help: "Neither read nor write the prompt's history and the lesson's step.")
  var noHistory = false

  @Flag(help: "Do not run ~/.config/grad/init.grad before the prompt.")
  var noInit = false

  @Option(help: "Use colours: auto, always or never; NO_COLOR is honoured.")
  var color = RunOptions.ColorChoice.auto

  @Option(
    help: ArgumentHelp(
      "Show what a layer makes of the input: tokens, tree, program or graph.", valueName: "stage"))
  var dump: RunOptions.DumpStage?
}
