/// The lines of a pipe or a file that is read while it runs.
struct PipeLines: LineSource {
  private let reader: LineReader
  private let beforeWaiting: () -> Void

  /// - Parameter beforeWaiting: called before each read, which may wait: shows what is to be shown.
  init(_ file: consuming InputFile, beforeWaiting: @escaping () -> Void) {
    reader = LineReader(file)
    self.beforeWaiting = beforeWaiting
  }

  mutating func next(isContinuation: Bool) -> Line {
    defer { Interruption.enter(.computing) }
    while true {
      let line = reader.next {
        beforeWaiting()
        Interruption.enter(.awaitingInput)
      }
      // Another signal than Ctrl-C, which has ended the program.
      if case .interrupted = line { continue }
      return line
    }
  }
}
