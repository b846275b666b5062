import GradLanguage

/// What is said at the prompt about the session itself.
enum SessionCommand: Equatable {
  case help(topic: String?)
  case lesson(LessonCommand)
  case quit
  /// A word after a colon that is no command.
  case unknown(String)

  /// What completes after a colon.
  static let names = ["help", "lesson", "quit"] + Interpreter.commandNames

  /// The command that a line is; nil when it is for the language.
  ///
  /// `help`, `lesson`, `quit` and `exit` are understood without their colon unless they have been bound.
  init?(_ line: String, isName: (String) -> Bool) {
    let words = line.split { $0 == " " || $0 == "\t" || $0.isNewline }.map(String.init)
    guard let first = words.first else { return nil }
    let topic = words.count > 1 ? words[1] : nil
    switch first {
    case ":help", ":h", "?": self = .help(topic: topic)
    case ":lesson", ":lessons":
      self = .lesson(LessonCommand(SessionCommand.rest(of: line, after: first)))
    case ":quit", ":q", ":exit": self = .quit
    case "lesson":
      guard words.count <= 2, !isName("lesson") else { return nil }
      guard let topic else {
        self = .lesson(.go)
        return
      }
      guard topic.allSatisfy({ $0.isLetter || $0.isNumber }) else { return nil }
      self = .lesson(LessonCommand(topic))
    case "quit", "exit", "quit()", "exit()":
      if words.count > 1 || isName(String(first.prefix(4))) { return nil }
      self = .quit
    case "help", "help()":
      if words.count > 2 || isName("help") { return nil }
      self = .help(topic: topic)
    case _ where first.hasPrefix("?"): self = .help(topic: String(first.dropFirst()))
    case _ where first.hasPrefix(":"):
      let word = String(first.dropFirst())
      if Interpreter.commandNames.contains(word) { return nil }
      self = .unknown(word)
    case _: return nil
    }
  }

  /// What stands on a line after its first word, without the blanks around it.
  private static func rest(of line: String, after word: String) -> String {
    var rest = line.drop { $0.isWhitespace }.dropFirst(word.count).drop { $0.isWhitespace }
    while rest.last?.isWhitespace == true { rest.removeLast() }
    return String(rest)
  }

  /// The text of help, or what to say when there is none.
  static func answer(about topic: String?) -> String {
    guard let topic else { return Help.overview }
    if let text = Help.text(about: topic) { return text }
    let similar = Help.nearest(to: topic).map { "; did you mean `:help \($0)`?" } ?? ""
    return "there is no help for `\(topic)`\(similar)"
  }
}
