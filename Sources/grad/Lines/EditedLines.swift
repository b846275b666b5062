import GradLanguage
import LineEditing

/// The inputs that a person edits at the prompt, with completion and history.
struct EditedLines: LineSource {
  private let editor: LineEditor
  private let file: HistoryFile?
  private let isColoured: Bool
  private let beforeWaiting: () -> Void
  /// What the next prompt has for editing.
  private var draft = ""

  /// - Parameters:
  ///   - complete: how what is typed can go on.
  ///   - beforeWaiting: shows what is to be shown.
  init?(
    history file: HistoryFile?, isColoured: Bool,
    complete: @escaping (String) -> Completion, beforeWaiting: @escaping () -> Void
  ) {
    guard let editor = LineEditor(program: "grad") else { return nil }
    self.editor = editor
    self.file = file
    self.isColoured = isColoured
    self.beforeWaiting = beforeWaiting
    for entry in file?.load() ?? [] { editor.remember(entry) }
    editor.enter = BlockTyping.enter
    editor.isColoured = isColoured
    editor.complete = complete
    editor.clean = Transcript.statements(in:)
    editor.editElsewhere = { text in try? ExternalEditor.edited(text).get() }
  }

  mutating func next(isContinuation: Bool) -> Line {
    beforeWaiting()
    Interruption.forget()
    Interruption.enter(.prompting)
    defer {
      Interruption.enter(.computing)
      draft = ""
    }
    while true {
      let escape = isColoured ? (isContinuation ? "\u{1B}[2m" : "\u{1B}[1;32m") : ""
      let prompt = isContinuation ? Prompt.continuation : Prompt.first
      switch editor.read(prompt: prompt, escape: escape, draft: draft) {
      case .input(let lines):
        Interruption.forget()
        return .line(lines)
      case .end:
        editor.leaveInput()
        // libedit ends a search, and the input with it, when Ctrl-C comes.
        guard Interruption.request.isRequested else { return .end }
        Interruption.forget()
        return .interrupted
      case .interrupted:
        // Another signal, or Ctrl-Z and `fg`: the line is asked for again.
        guard Interruption.request.isRequested else { continue }
        Interruption.forget()
        editor.leaveInput()
        return .interrupted
      }
    }
  }

  func remember(_ input: String) {
    var entry = Substring(input)
    while entry.last?.isNewline == true { entry.removeLast() }
    guard !entry.isEmpty else { return }
    editor.remember(String(entry))
    file?.append(String(entry))
  }

  var entries: [String]? { editor.entries }

  mutating func offer(_ draft: String) -> Bool {
    self.draft = draft
    return true
  }
}
