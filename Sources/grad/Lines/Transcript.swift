import GradLanguage

/// What stands before the lines that a person types; a space follows.
enum Prompt {
  /// Before the first line of an input.
  static let first = "grad>"
  /// Before the lines that continue it, where lines cannot be edited together.
  static let continuation = "  …"
}

/// What somebody copied from a session, prompts and answers included.
enum Transcript {
  /// The prompts that people paste: ours, and those of the tools that examples come from.
  private static let styles: [(first: String, continuations: [String])] = [
    (Prompt.first, [Prompt.continuation, "  ..."]), (">>>", ["..."]),
  ]

  /// The statements in a pasted text.
  ///
  /// When its first line begins with a prompt, the lines that do are kept, without their prompts, and
  /// those after them that an unfinished input goes on with; the others are answers. The end of the
  /// last line goes, so that Return is left to the person.
  static func statements(in text: String) -> String {
    var lines = text.filter { $0 != "\0" }.split(separator: "\n", omittingEmptySubsequences: false)
    if let first = lines.first(where: { !isBlank($0) }),
      let style = styles.first(where: { rest(of: first, after: $0.first) != nil })
    {
      lines = statements(lines, style.first, style.continuations)
    }
    while let last = lines.last, isBlank(last) { lines.removeLast() }
    return lines.joined(separator: "\n")
  }

  private static func statements(
    _ lines: [Substring], _ prompt: String, _ continuations: [String]
  ) -> [Substring] {
    var kept: [Substring] = []
    var brackets = OpenBrackets()
    for line in lines {
      let part: Substring
      if let typed = rest(of: line, after: prompt) {
        brackets = OpenBrackets()
        part = typed
      } else if let typed = continuations.lazy.compactMap({ rest(of: line, after: $0) }).first {
        part = typed
      } else if brackets.surelyGoesOn {
        part = line
      } else {
        continue
      }
      kept.append(part)
      brackets.scan(Array(part.utf8))
    }
    return kept
  }

  private static func isBlank(_ line: Substring) -> Bool { line.allSatisfy(\.isWhitespace) }

  /// A line without the prompt before it; nil where there is none.
  private static func rest(of line: Substring, after prompt: String) -> Substring? {
    guard line.hasPrefix(prompt) else { return nil }
    let rest = line.dropFirst(prompt.count)
    if rest.isEmpty { return rest }
    return rest.first == " " ? rest.dropFirst() : nil
  }
}
