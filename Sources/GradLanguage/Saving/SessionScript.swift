/// A session as a program that puts it together again.
public struct SessionScript: Sendable {
  /// The program.
  public let text: String
  /// How many names it binds.
  public let nameCount: Int
  /// What will not be as it was, a sentence each.
  public let notes: [String]
}

/// Why a session cannot be saved.
public enum SessionTooLarge: Error, Sendable {
  /// It holds more numbers than a text should: how many it may.
  case numbers(limit: Int)
  /// Its functions hold each other in a chain that is longer than a program can put together: how many values
  /// without a name it may need.
  case functions(limit: Int)
}

extension Interpreter {
  /// The session as a program: names, values and how they were computed, gradients, functions, settings
  /// and the state of the random numbers.
  ///
  /// Run in a new session the program shows nothing, and leaves everything as it is now, to the last
  /// bit; what it cannot is in its notes. The same session gives the same text. A graph of more than
  /// 10 000 values is not written down: computed names then become numbers. O(session).
  ///
  /// - Throws: `SessionTooLarge` where more than a million numbers would have to be written, or more than
  ///   50 000 functions that only functions hold.
  public func script() throws(SessionTooLarge) -> SessionScript {
    try SessionWriter(machine).script()
  }
}
