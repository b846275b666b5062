/// What is said after `:lesson`.
enum LessonCommand: Equatable {
  /// Begins, or goes on where it was left.
  case go
  /// To a step, counted from 1.
  case step(Int)
  case list, hint, answer, skip, again, quit
  /// Tries the course out, for its teacher.
  case check
  /// A course of one's own.
  case file(String)
  /// A word that means nothing here.
  case unknown(String)

  /// The words that can follow `:lesson`.
  static let words = ["list", "hint", "answer", "skip", "again", "quit", "check"]

  /// The words that need no `:lesson` before them while one is under way.
  static let bareWords = ["hint", "answer", "skip"]

  /// The command with this text after `:lesson`: a path has a dot or a slash, and is no
  /// number.
  init(_ text: String) {
    switch text {
    case "": self = .go
    case "list": self = .list
    case "hint": self = .hint
    case "answer": self = .answer
    case "skip": self = .skip
    case "again": self = .again
    case "check": self = .check
    case "quit", "exit", "stop": self = .quit
    case _:
      if let number = Int(text) {
        self = .step(number)
      } else if Double(text) == nil, text.contains(where: { $0 == "." || $0 == "/" }) {
        self = .file(text)
      } else {
        self = .unknown(text)
      }
    }
  }
}
