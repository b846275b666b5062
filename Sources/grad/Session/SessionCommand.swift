import GradLanguage

/// A command about the session itself: a word after a colon, at the prompt.
///
/// To add one: a case here, its help, and what `Session.obey` does.
enum SessionCommand: String, CaseIterable {
  case help
  case apropos
  case lesson
  case history
  case edit
  case undo, redo, reset, forget
  case time
  case load
  case quit
  case save

  /// The command of this name, or of another one that it goes by.
  init?(named word: String) {
    switch word {
    case "h": self = .help
    case "lessons": self = .lesson
    case "q", "exit": self = .quit
    case _: self.init(rawValue: word)
    }
  }

  /// How it is written and what it does: a line each, as `:help` shows them.
  var help: String {
    switch self {
    case .help:
      """
      :help          the first things to know
      :help tanh     a function, an operator, a command, a name of yours
      :help E001     what an error means
      """
    case .apropos: ":apropos matrix    lists the topics of help that have a word"
    case .lesson: Help.lesson
    case .history:
      """
      :history          the last inputs, numbered; multi-line ones whole
      :history 50       so many of them
      :history tanh     those that contain a text
      """
    case .edit:
      """
      :edit       the last input in the editor that $VISUAL or $EDITOR names; what is saved there
                  comes back to the prompt, where Return runs it
      :edit 12    the input of this number in `:history`
      """
    case .undo:
      """
      :undo      takes back the last input that changed something: names, values, gradients,
                 settings, random numbers; `ans` goes back with them
      :undo 3    takes back the last three

      What was shown stays, and so do files that were written and the steps of a lesson.
      """
    case .redo:
      """
      :redo      does again what `:undo` took back, until another input changes something
      :redo 3    does three inputs again
      """
    case .reset:
      """
      :reset    makes names, graph, random numbers and settings what they were at the start,
                before files and inputs; `:undo` takes that back
      """
    case .forget:
      """
      :forget a b    takes names away; values that were computed from theirs live on
      :forget sum    the name of a built-in function means that function again
      :forget ans    lets go of the last result, or gives `ans` its meaning again
      """
    case .time:
      """
      :time backward L    runs what follows, and shows how long it took, how many nodes it
                          recorded, and how much memory the graph takes afterwards
      """
    case .load:
      """
      :load "s.grad"    runs a file as if it were typed here, as often as it is loaded
      """
    case .save:
      """
      :save "s.grad"    writes the session to a file that `:load` brings back, to the last bit
      """
    case .quit: ":quit    leaves, as Ctrl-D does"
    }
  }

  /// The topic of help.
  var topic: HelpTopic {
    HelpTopic(
      ":\(rawValue)", .session, otherNames: [rawValue], summary: summary, text: help)
  }
}

/// What a line asks of the session.
struct SessionRequest: Equatable {
  /// The command; nil for a word after a colon that is none.
  let command: SessionCommand?
  /// The word that was typed for it, without the colon.
  let word: String
  /// What stands after it, without the blanks around it.
  let argument: String

  /// Whether an input follows that is to be timed.
  var isTimed: Bool { command == .time && !argument.isEmpty }

  /// The request that a line is; nil when it is for the language.
  ///
  /// `help`, `lesson`, `quit` and `exit` are understood without their colon unless they have been
  /// bound, and so is what asks for help elsewhere: `tanh?`, `help(tanh)`, `man tanh`. Any other
  /// command without its colon is a request without a command.
  init?(_ line: String, isName: (String) -> Bool) {
    let text = SessionRequest.trimmed(line[...])
    if let topic = SessionRequest.questioned(text, isName) {
      self.init(.help, "?", topic)
      return
    }
    let isMarked = text.hasPrefix(":")
    let whole = isMarked ? text.dropFirst() : SessionRequest.trimmed(text.prefix { $0 != ";" })
    let word = String(whole.prefix { !$0.isWhitespace })
    let rest = whole.dropFirst(word.count)
    if isMarked {
      let command = SessionCommand(named: word)
      if command == nil, Interpreter.commandNames.contains(word) { return nil }
      self.init(command, word, rest)
    } else {
      let argument = SessionRequest.trimmed(rest)
      let command = SessionRequest.bareCommand(word, argument, isName)
      guard command != nil || SessionRequest.lacksColon(word, argument, isName) else { return nil }
      // Statements after it are not passed over in silence.
      guard text.drop(while: { $0 != ";" }).allSatisfy({ $0 == ";" || $0 == " " }) else {
        return nil
      }
      self.init(command, word, rest)
    }
  }

  /// What `?tanh`, `tanh?` and `help(tanh)` ask about.
  private static func questioned(_ text: Substring, _ isName: (String) -> Bool) -> Substring? {
    if text.hasPrefix("?") { return text.dropFirst() }
    if text.hasSuffix("?") {
      let topic = text.dropLast()
      return topic.contains(where: { $0.isWhitespace || "\"#".contains($0) }) ? nil : topic
    }
    guard text.hasPrefix("help("), text.hasSuffix(")"), !isName("help") else { return nil }
    let topic = text.dropFirst("help(".count).dropLast()
    return topic.contains(where: { "()=".contains($0) }) ? nil : topic
  }

  /// Whether a line is a command about the session but for its colon.
  private static func lacksColon(
    _ word: String, _ argument: Substring, _ isName: (String) -> Bool
  ) -> Bool {
    guard SessionCommand(rawValue: word) != nil, !isName(word) else { return false }
    guard let first = argument.first else { return true }
    return (first.isLetter || first.isNumber || "\"/~.".contains(first)) && !argument.contains("=")
  }

  /// The statements that a typed text asks to run; nil when it is about the session alone.
  static func statements(in text: String) -> String? {
    // Whether a bare word such as `help` is a name decides nothing here: it is complete anyway.
    guard text.contains(":") || text.hasPrefix("?") else { return text }
    return SessionRequest(text, isName: { _ in true }) == nil ? text : nil
  }

  /// A request for a command.
  init(_ command: SessionCommand?, _ word: String, _ argument: Substring) {
    self.command = command
    self.word = word
    self.argument = String(SessionRequest.trimmed(argument))
  }

  /// The command that a word without a colon means, if it means one.
  private static func bareCommand(
    _ word: String, _ argument: Substring, _ isName: (String) -> Bool
  ) -> SessionCommand? {
    let name = word.hasSuffix("()") ? String(word.dropLast(2)) : word
    guard !isName(name) else { return nil }
    switch name {
    case "quit", "exit": return argument.isEmpty ? .quit : nil
    case "help": return argument.contains(where: \.isWhitespace) ? nil : .help
    case "man" where name == word:
      return argument.isEmpty || argument.contains(where: \.isWhitespace) ? nil : .help
    case "apropos" where name == word: return argument.first?.isLetter == true ? .apropos : nil
    case "lesson":
      let isWord = argument.allSatisfy { $0.isLetter || $0.isNumber }
      return isWord && name == word ? .lesson : nil
    case _: return nil
    }
  }

  private static func trimmed(_ text: Substring) -> Substring {
    var text = text.drop(while: \.isWhitespace)
    while text.last?.isWhitespace == true { text.removeLast() }
    return text
  }
}
