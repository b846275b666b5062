import ArgumentParser

extension GradCommand {
  /// Why the command line leads to no run: a mistake in it, or a question such as `--help`.
  struct Ending: Error {
    /// The answer or the complaint.
    let text: String
    /// How the program ends.
    let status: ExitStatus

    /// Writes the text to where it belongs.
    func shown() -> ExitStatus {
      let isAnswer = status == .success
      let output = isAnswer ? OutputFile.standardOutput() : OutputFile.standardError()
      output.write(text + "\n")
      output.flush()
      return status
    }
  }

  /// What the command line asks for.
  static func parsed(_ arguments: [String]) -> Result<RunOptions, Ending> {
    if let options = RunOptions(plain: arguments) { return .success(options) }
    return parsedInFull(arguments)
  }

  /// The same, whatever the command line is.
  static func parsedInFull(_ arguments: [String]) -> Result<RunOptions, Ending> {
    do {
      return .success(try parse(arguments).options)
    } catch {
      let status = exitCode(for: error).isSuccess ? ExitStatus.success : .wrongUsage
      return .failure(Ending(text: fullMessage(for: error), status: status))
    }
  }

  /// The options as plain data.
  private var options: RunOptions {
    RunOptions(
      files: files, texts: texts, bindings: bindings, isInteractive: interactive, isJSON: json,
      isStrict: strict, isQuiet: quiet, keepsGoing: keepGoing, seed: seed?.number,
      format: digits?.format, color: color,
      dump: dump, lesson: lesson, keepsHistory: !noHistory,
      runsStartFile: !noInit)
  }
}
