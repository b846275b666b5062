extension Problem {
  /// What a code means, at length.
  public struct Explanation: Sendable {
    /// The code.
    public let code: String
    /// The problem in a few words.
    public let title: String
    /// What it is, why it is an error, what to do.
    public let text: String
    /// A program with the mistake; nil when no short program has it.
    public let example: String?
    /// The program without it.
    public let mended: String?
  }

  /// The explanation of a code; nil for an unknown one.
  public static func explanation(of code: String) -> Explanation? { nil }
}
