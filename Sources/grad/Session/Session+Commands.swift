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
    case .quit:
      if request.argument.isEmpty { return false }
      presenter.message("`:\(request.word)` takes nothing after it: the session goes on")
    case .help: showHelp(about: request.argument)
    case .apropos: showTopics(about: request.argument)
    case .history: showHistory(request.argument, lines)
    case .edit: edit(request.argument, &lines)
    case .lesson: undoable(":lesson \(request.argument)") { obey(LessonCommand(request.argument)) }
    case .time: presenter.message("`:time` takes what is to be timed: `:time backward L`")
    case .undo: undo(request.argument)
    case .redo: redo(request.argument)
    case .reset:
      if request.argument.isEmpty {
        resetAll()
      } else {
        presenter.message(
          "`:reset` takes nothing after it, and resets all; a name goes by `:forget \(request.argument)`"
        )
      }
    case .forget: forget(request.argument)
    case .load: undoable(":load \(request.argument)") { load(request.argument) }
    case .save: save(to: request.argument)
    case nil: presenter.message(answer(toUnknown: request))
    }
    return true
  }

  private func obey(_ command: LessonCommand) {
    if !lesson.obey(command) { hasFaultyCourse = true }
  }
}
