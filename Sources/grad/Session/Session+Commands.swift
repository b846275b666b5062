import GradLanguage

// What is said at the prompt about the session itself.

extension Session {
  /// The request that a typed line is; nil when it is for the language.
  func request(in line: [UInt8]) -> SessionRequest? {
    let text = String(decoding: line, as: UTF8.self)
    let words = text.split(whereSeparator: \.isWhitespace).joined(separator: " ")
    if lesson.isUnderWay, LessonCommand.bareWords.contains(words), !interpreter.isDefined(words) {
      return SessionRequest(.lesson, words, words[...])
    }
    return SessionRequest(text, isName: interpreter.isDefined)
  }

  /// Does what is asked of the session; false when it is to end.
  func obey(_ request: SessionRequest, _ lines: inout some LineSource) -> Bool {
    switch request.command {
    case .quit: return false
    case .help: presenter.result(answer(about: request.argument) + "\n")
    case .history: showHistory(request.argument, lines)
    case .edit: edit(request.argument, &lines)
    case .lesson: obey(LessonCommand(request.argument))
    case nil:
      presenter.message("there is no command `:\(request.word)`; `:help` lists what there is")
    }
    return true
  }

  private func obey(_ command: LessonCommand) {
    if !lesson.obey(command) { hasFaultyCourse = true }
  }

  /// The text of help, or what to say when there is none.
  private func answer(about topic: String) -> String {
    if topic.isEmpty { return Help.overview }
    if let command = SessionCommand(named: topic.hasPrefix(":") ? String(topic.dropFirst()) : topic)
    {
      return command.help
    }
    if let text = Help.text(about: topic) { return text }
    let similar = Help.nearest(to: topic).map { "; did you mean `:help \($0)`?" } ?? ""
    return "there is no help for `\(topic)`\(similar)"
  }
}
