import GradLanguage
import Rendering

// Taking back, starting afresh, forgetting.

extension Session {
  /// Does something that `:undo` can take back.
  func undoable(_ text: String, _ body: () -> Void) {
    undoHistory.begin(text)
    body()
    undoHistory.end()
  }

  /// `:undo` and `:undo 3`
  func undo(_ argument: String) {
    guard let count = count(argument, of: "undo") else { return }
    report(undoHistory.undo(count), count, as: ("undone", "undo", "before"))
  }

  /// `:redo` and `:redo 3`
  func redo(_ argument: String) {
    guard let count = count(argument, of: "redo") else { return }
    report(undoHistory.redo(count), count, as: ("redone", "redo", "after"))
  }

  /// `:reset`
  func resetAll() {
    undoable(":reset") { reset() }
    presenter.complain("all is as at the start of the session; `:undo` takes this back")
  }

  /// `:forget a b`
  func forget(_ argument: String) {
    let names = argument.split { $0.isWhitespace || $0 == "," }.map(String.init)
    guard !names.isEmpty else {
      return presenter.complain("`:forget` takes names: `:forget a`, `:forget a b`")
    }
    var failure: ForgettingFailure?
    undoable(":forget \(names.joined(separator: " "))") {
      do throws(ForgettingFailure) { try interpreter.forget(names) } catch { failure = error }
    }
    presenter.complain(
      failure.map(Session.text) ?? "forgotten: \(names.joined(separator: ", "))")
  }

  private static func text(_ failure: ForgettingFailure) -> String {
    switch failure {
    case .unknown(let name, let similar):
      "there is no name `\(Session.shortened(name))` to forget"
        + (similar.map { "; did you mean `:forget \($0)`?" } ?? "")
    case .builtIn(let name): "`\(name)` is built in and means just that: there is nothing to forget"
    }
  }

  /// How many inputs an argument asks for; says what is wrong with it otherwise.
  private func count(_ argument: String, of command: String) -> Int? {
    if argument.isEmpty { return 1 }
    if let count = Int(argument), count > 0 { return count }
    presenter.complain("`:\(command)` takes how many inputs: `:\(command)`, `:\(command) 3`")
    return nil
  }

  private func report(
    _ answer: UndoHistory.Answer, _ wanted: Int,
    as words: (done: String, verb: String, side: String)
  ) {
    switch answer {
    case .nothing: presenter.complain("nothing to \(words.verb)")
    case .tooLarge(let text, let byteCount):
      presenter.complain(
        "`\(Session.shortened(text))` cannot be \(words.done): what there was \(words.side) it takes "
          + "\(SizeText.bytes(byteCount)), too much to keep")
    case .moved(let texts):
      let shown = Session.shortened(texts.last ?? "")
      let isAll = texts.count < wanted
      presenter.complain(
        texts.count == 1 && !isAll
          ? "\(words.done): \(shown)"
          : "\(words.done): \(texts.count) \(texts.count == 1 ? "input" : "inputs"), "
            + (words.verb == "undo" ? "back to before `\(shown)`" : "up to `\(shown)`")
            + (isAll ? "; there are no more" : ""))
    }
  }

  /// An input in a message: its first line, not too long.
  static func shortened(_ text: String) -> String {
    let lines = text.split(whereSeparator: \.isNewline)
    let first = WrappedText.message(String(lines.first ?? "").trimmed)
    let head = first.prefix(shownLength)
    return lines.count > 1 || head.count < first.count ? "\(head) …" : first
  }

  private static let shownLength = 60
}

extension String {
  /// Without the blanks around it.
  fileprivate var trimmed: String {
    var text = drop(while: \.isWhitespace)
    while text.last?.isWhitespace == true { text.removeLast() }
    return String(text)
  }
}
