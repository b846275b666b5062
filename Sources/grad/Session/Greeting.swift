/// What is said before the first prompt.
enum Greeting {
  /// One line, or three for someone who has never been here: what this is, what to type first, where
  /// help and the lesson are.
  static func text(isFirstVisit: Bool) -> String {
    guard isFirstVisit else {
      return "grad \(GradCommand.versionNumber): the calculator that differentiates; :help helps\n"
    }
    return """
      grad \(GradCommand.versionNumber) computes what you type, and the derivatives of every result.
      Type  a = 2; b = -3; L = a*b; backward L  to see how L changes with a and b.
      `:help` tells more, `:lesson` is a short course; Ctrl-D leaves.

      """
  }
}
