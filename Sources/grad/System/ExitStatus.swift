/// How the program ends.
enum ExitStatus: Int32 {
  /// All is well.
  case success = 0
  /// The program that was run has an error.
  case failure = 1
  /// The command line makes no sense.
  case wrongUsage = 2
  /// Ctrl-C.
  case interrupted = 130
  /// Nobody reads what is written.
  case brokenPipe = 141
}
