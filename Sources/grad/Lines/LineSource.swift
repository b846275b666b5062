/// Where lines come from: a pipe, a terminal.
protocol LineSource {
  /// The next line, with its end; `isContinuation` says whether it continues an input.
  mutating func next(isContinuation: Bool) -> Line

  /// An input has become complete: whoever keeps a history may remember it.
  func remember(_ input: String)
}

extension LineSource {
  /// Most sources remember nothing.
  func remember(_ input: String) {}
}

/// What a line source answers.
enum Line {
  /// A line with its `\n`; the last one may have none.
  case line([UInt8])
  /// Ctrl-C came instead.
  case interrupted
  /// There are no more.
  case end
  /// The source cannot be read.
  case unreadable(SystemError)
}
