/// What the editor itself does, as libedit's own functions are named; users may bind them in
/// `~/.editrc`.
enum KeyFunction: String, CaseIterable {
  case enter = "grad-enter"
  case newLine = "grad-new-line"
  case up = "grad-up"
  case down = "grad-down"
  case lineStart = "grad-line-start"
  case lineEnd = "grad-line-end"
  case killLine = "grad-kill-line"
  case killEnd = "grad-kill-end"
  case older = "grad-older"
  case newer = "grad-newer"
  case closeBrace = "grad-close-brace"
  case complete = "grad-complete"
  case paste = "grad-paste"
  case escape = "grad-escape"
  case editElsewhere = "grad-edit"
  case insertDraft = "grad-draft"

  /// What `bind -l` says.
  var help: String {
    switch self {
    case .enter: "Run a complete input, else begin its next line"
    case .newLine: "Begin another line of the input"
    case .up: "To the line above, or to the entry before"
    case .down: "To the line below, or to the entry after"
    case .lineStart: "To the start of the line's text, or of the input from there"
    case .lineEnd: "To the end of the line, or of the input from there"
    case .killLine: "Delete to the end of the line, or the end itself"
    case .killEnd: "To where the deletion ends"
    case .older: "To the entry before that begins like what is typed"
    case .newer: "To the entry after that begins like what is typed"
    case .closeBrace: "A closing brace, under the line that opened it"
    case .complete: "Complete the word before the cursor"
    case .paste: "Insert what is pasted"
    case .escape: "Leave typing, unless the key is the start of another one's sequence"
    case .editElsewhere: "Edit the input in $VISUAL or $EDITOR"
    case .insertDraft: "Insert what is to be edited"
    }
  }
}

/// Which key does what.
enum KeyBindings {
  /// Control characters that mean nothing else, as editrc(5) writes them: keys that the editor
  /// presses itself.
  enum Own {
    /// Ends the input: libedit's own function alone does all that takes.
    static let accept = (key: "\u{1C}", keys: "\\034")
    static let insertDraft = (key: "\u{1D}", keys: "\\035")
    /// What libedit deletes, and puts back, is from the mark to the cursor.
    static let setMark = (key: "\u{1E}m", keys: "\\036m")
    static let goToKillEnd = (key: "\u{1E}e", keys: "\\036e")
    static let killRegion = (key: "\u{1E}k", keys: "\\036k")
    static let killRest = (key: "\u{1E}r", keys: "\\036r")
    /// In vi mode: begins the sequence of a key, as Esc does in emacs mode.
    static let leadIn = (key: "\u{1E}", keys: "\\036")
    /// In vi mode: Esc by itself.
    static let command = (key: "\u{1F}", keys: "\\037")
  }

  /// The keys that people expect and libedit lacks, in both modes where text is typed.
  static let typing: [(keys: String, function: String)] = [
    (Own.accept.keys, "ed-newline"), (Own.insertDraft.keys, KeyFunction.insertDraft.rawValue),
    (Own.setMark.keys, "em-set-mark"), (Own.goToKillEnd.keys, KeyFunction.killEnd.rawValue),
    (Own.killRegion.keys, "em-kill-region"), (Own.killRest.keys, "ed-kill-line"),
    ("^K", KeyFunction.killLine.rawValue),
    ("^M", KeyFunction.enter.rawValue), ("^J", KeyFunction.enter.rawValue),
    ("\t", KeyFunction.complete.rawValue), ("}", KeyFunction.closeBrace.rawValue),
    ("\\e[200~", KeyFunction.paste.rawValue),
    ("\\e[A", KeyFunction.up.rawValue), ("\\e[B", KeyFunction.down.rawValue),
    ("\\eOA", KeyFunction.up.rawValue), ("\\eOB", KeyFunction.down.rawValue),
    ("^P", KeyFunction.older.rawValue), ("^N", KeyFunction.newer.rawValue),
    ("\\e[5~", KeyFunction.older.rawValue), ("\\e[6~", KeyFunction.newer.rawValue),
    ("^A", KeyFunction.lineStart.rawValue), ("^E", KeyFunction.lineEnd.rawValue),
    ("^R", "em-inc-search-prev"), ("^S", "em-inc-search-next"),
    ("^X^E", KeyFunction.editElsewhere.rawValue),
    ("\\e[1;5D", "ed-prev-word"), ("\\e[1;5C", "em-next-word"),
    ("\\e[1;3D", "ed-prev-word"), ("\\e[1;3C", "em-next-word"),
    ("\\e[3~", "ed-delete-next-char"), ("\\e[H", KeyFunction.lineStart.rawValue),
    ("\\e[F", KeyFunction.lineEnd.rawValue),
    ("\\eOH", KeyFunction.lineStart.rawValue), ("\\eOF", KeyFunction.lineEnd.rawValue),
    ("\\e[1~", KeyFunction.lineStart.rawValue), ("\\e[4~", KeyFunction.lineEnd.rawValue),
  ]

  /// Keys of emacs mode alone: Esc and another key.
  static let emacs: [(keys: String, function: String)] = [
    ("\\e^M", KeyFunction.newLine.rawValue), ("\\e^J", KeyFunction.newLine.rawValue),
    ("\\ee", KeyFunction.editElsewhere.rawValue),
  ]

  /// Keys of vi mode while text is typed.
  static let viTyping: [(keys: String, function: String)] = [
    ("\\e", KeyFunction.escape.rawValue), (Own.command.keys, "vi-command-mode"),
    ("\\e[C", "ed-next-char"), ("\\e[D", "ed-prev-char"),
    ("\\eOC", "ed-next-char"), ("\\eOD", "ed-prev-char"),
  ]

  /// Keys of vi's command mode.
  static let viCommanding: [(keys: String, function: String)] = [
    ("\\e", KeyFunction.escape.rawValue), (Own.command.keys, "ed-unassigned"),
    (Own.accept.keys, "ed-newline"),
    ("^M", KeyFunction.enter.rawValue), ("^J", KeyFunction.enter.rawValue),
    ("\\e[200~", KeyFunction.paste.rawValue),
    ("\\e[A", KeyFunction.up.rawValue), ("\\e[B", KeyFunction.down.rawValue),
    ("\\eOA", KeyFunction.up.rawValue), ("\\eOB", KeyFunction.down.rawValue),
    ("\\e[C", "ed-next-char"), ("\\e[D", "ed-prev-char"),
    ("\\e[H", KeyFunction.lineStart.rawValue), ("\\e[F", KeyFunction.lineEnd.rawValue),
    ("\\e[3~", "ed-delete-next-char"),
    ("k", KeyFunction.up.rawValue), ("j", KeyFunction.down.rawValue),
    ("v", KeyFunction.editElsewhere.rawValue),
  ]

  /// A sequence as vi mode has it, where Esc alone is a key of its own.
  static func inVi(_ keys: String) -> String {
    keys.hasPrefix("\\e") && keys != "\\e" ? Own.leadIn.keys + keys.dropFirst(2) : keys
  }
}
