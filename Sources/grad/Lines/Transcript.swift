/// What stands before the lines that a person types; a space follows.
enum Prompt {
  /// Before the first line of an input.
  static let first = "grad>"
  /// Before the lines that continue it.
  static let continuation = "  …"
}

/// What somebody copied from a session, prompts and answers included.
enum Transcript {
  /// The statements in a pasted text.
  ///
  /// When its first line begins with a prompt, only lines that do are kept, without their prompts:
  /// the others are answers. The end of the last line goes, so that Return is left to the person.
  static func statements(in text: String) -> String {
    var lines = text.split(separator: "\n", omittingEmptySubsequences: false)
    if let first = lines.first(where: { !isBlank($0) }), first.hasPrefix(Prompt.first) {
      lines = lines.compactMap(withoutPrompt)
    }
    while let last = lines.last, isBlank(last) { lines.removeLast() }
    return lines.joined(separator: "\n")
  }

  private static func isBlank(_ line: Substring) -> Bool { line.allSatisfy(\.isWhitespace) }

  private static func withoutPrompt(_ line: Substring) -> Substring? {
    for prompt in [Prompt.first, Prompt.continuation] where line.hasPrefix(prompt) {
      let rest = line.dropFirst(prompt.count)
      return rest.first == " " ? rest.dropFirst() : rest
    }
    return nil
  }
}
