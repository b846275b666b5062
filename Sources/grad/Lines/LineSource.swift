/// Where lines come from: a pipe, a terminal.
protocol LineSource {
  /// The next line, with its end, or the lines of a whole input; `isContinuation` says whether they
  /// continue an input.
  mutating func next(isContinuation: Bool) -> Line

  /// An input is complete and will be run: whoever keeps a history may remember it.
  func remember(_ input: String)

  /// What is remembered, oldest first; nil where nothing is.
  var entries: [String]? { get }

  /// Has a text for editing at the next prompt; false where lines cannot be edited.
  mutating func offer(_ draft: String) -> Bool
}

extension LineSource {
  // Most sources remember nothing.
  func remember(_ input: String) {}
  var entries: [String]? { nil }
  mutating func offer(_ draft: String) -> Bool { false }
}

/// What a line source answers.
enum Line {
  /// A line with its `\n`, or several that were edited together; the last one may have none.
  case line([UInt8])
  /// Ctrl-C came instead.
  case interrupted
  /// There are no more.
  case end
  /// The source cannot be read.
  case unreadable(SystemError)
}
