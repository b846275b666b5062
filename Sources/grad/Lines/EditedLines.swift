import GradLanguage
import LineEditing

/// The lines that a person edits at the prompt, with completion and history.
struct EditedLines: LineSource {
  private let editor: LineEditor
  private let history: HistoryFile?
  private let isColoured: Bool
  private let beforeWaiting: () -> Void

  /// - Parameters:
  ///   - names: what can be completed.
  ///   - beforeWaiting: shows what is to be shown.
  init?(
    history: HistoryFile?, isColoured: Bool, names: @escaping () -> [String],
    beforeWaiting: @escaping () -> Void
  ) {
    guard let editor = LineEditor(program: "grad") else { return nil }
    self.editor = editor
    self.history = history
    self.isColoured = isColoured
    self.beforeWaiting = beforeWaiting
    for entry in history?.load() ?? [] { editor.remember(entry) }
    editor.complete = { WordCompletion.complete($0, names: names()) }
    editor.clean = Transcript.statements(in:)
  }

  mutating func next(isContinuation: Bool) -> Line {
    beforeWaiting()
    Interruption.forget()
    Interruption.enter(.prompting)
    defer { Interruption.enter(.computing) }
    while true {
      let escape = isColoured ? (isContinuation ? "\u{1B}[2m" : "\u{1B}[1;32m") : ""
      let prompt = isContinuation ? Prompt.continuation : Prompt.first
      switch editor.read(prompt: prompt, escape: escape) {
      case .line(let line):
        Interruption.forget()
        return .line(line)
      case .end:
        endLine()
        return .end
      case .interrupted:
        // Another signal, or Ctrl-Z and `fg`: the line is asked for again.
        guard Interruption.request.isRequested else { continue }
        Interruption.forget()
        endLine()
        return .interrupted
      }
    }
  }

  /// The cursor goes below what was typed.
  private func endLine() {
    let output = OutputFile.standardOutput()
    output.write("\n")
    output.flush()
  }

  func remember(_ input: String) {
    var entry = Substring(input)
    while entry.last?.isNewline == true { entry.removeLast() }
    guard !entry.isEmpty else { return }
    editor.remember(String(entry))
    history?.append(String(entry))
  }
}
