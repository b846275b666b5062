/// A session as a program that puts it together again.
public struct SessionScript: Sendable {
  /// The program.
  public let text: String
  /// How many names it binds.
  public let nameCount: Int
  /// What will not be as it was, a sentence each.
  public let notes: [String]
}

/// Why a session cannot be saved: it holds more numbers than a text should.
public struct SessionTooLarge: Error, Sendable {
  /// How many numbers a saved session may have.
  public let limit: Int
}

extension Interpreter {
  /// The session as a program: names, values and how they were computed, gradients, functions, settings
  /// and the state of the random numbers.
  ///
  /// Run in a new session the program shows nothing, and leaves everything as it is now, to the last
  /// bit; what it cannot is in its notes. The same session gives the same text. A graph of more than
  /// 10 000 values is not written down: computed names then become numbers. O(session).
  ///
  /// - Throws: `SessionTooLarge` where more than a million numbers would have to be written.
  public func script() throws(SessionTooLarge) -> SessionScript {
    try SessionWriter(machine).script()
  }
}
