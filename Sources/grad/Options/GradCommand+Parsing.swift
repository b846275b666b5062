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
  static func parsed() -> Result<GradCommand, Ending> {
    do {
      return .success(try parse())
    } catch {
      let status = exitCode(for: error).isSuccess ? ExitStatus.success : .wrongUsage
      return .failure(Ending(text: fullMessage(for: error), status: status))
    }
  }
}
