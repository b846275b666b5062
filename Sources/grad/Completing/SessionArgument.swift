/// What can follow a command about the session.
enum SessionArgument: Equatable {
  case nothing
  /// What help can be asked about.
  case topic
  /// What a lesson can be told.
  case lesson
  /// A name that the user has bound.
  case name
  /// A statement of the language.
  case statement
  /// The path of a file with one of these endings.
  case path(endings: [String])
}

extension SessionCommand {
  /// What can follow it.
  var argument: SessionArgument {
    switch self {
    case .help: .topic
    case .lesson: .lesson
    case .forget: .name
    case .time: .statement
    case .load, .save: .path(endings: [".grad"])
    case .apropos, .history, .edit, .undo, .redo, .reset, .quit: .nothing
    }
  }

  /// What it does in a few words.
  var summary: String {
    switch self {
    case .help: "what a function, a command, an error or a name is"
    case .apropos: "the topics of help that have a word"
    case .lesson: "a short course"
    case .history: "the last inputs, or those that contain a text"
    case .edit: "an input in $VISUAL or $EDITOR"
    case .undo: "takes the last input back"
    case .redo: "does again what was taken back"
    case .reset: "all as at the start"
    case .forget: "takes names away"
    case .time: "how long something takes"
    case .load: "runs a file as if it were typed here"
    case .quit: "leaves"
    case .save: "writes the session to a file"
    }
  }

  /// Whether it is understood without its colon, unless that is a name.
  var needsNoColon: Bool { self == .help || self == .lesson }
}

extension LessonCommand {
  /// Whether a text after `:lesson` begins a path.
  static func isPath(_ text: String) -> Bool {
    text.contains { $0 == "/" || $0 == "." || $0 == "\"" }
  }

  /// What a word after `:lesson` does.
  static func summary(of word: String) -> String {
    switch word {
    case "list": "all steps"
    case "hint": "helps with the present step"
    case "answer": "tells a line that does it"
    case "skip": "goes on to the next step"
    case "again": "from the start"
    case "quit": "leaves the course"
    case "check": "tries its answers out"
    case _: ""
    }
  }
}
