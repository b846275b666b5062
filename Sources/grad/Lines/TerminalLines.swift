/// The lines that a person types after a prompt.
struct TerminalLines: LineSource {
  private let reader: LineReader
  private let output: OutputFile

  init(_ file: consuming InputFile, output: OutputFile) {
    reader = LineReader(file)
    self.output = output
  }

  mutating func next(isContinuation: Bool) -> Line {
    Interruption.forget()
    output.write((isContinuation ? Prompt.continuation : Prompt.first) + " ")
    Interruption.enter(.prompting)
    defer { Interruption.enter(.computing) }
    let line = reader.next { output.flush() }
    Interruption.forget()
    switch line {
    case .line: break
    case .interrupted, .end, .unreadable: output.write("\n")
    }
    return line
  }
}
