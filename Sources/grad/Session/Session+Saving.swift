import GradLanguage

// `:save` and `:load`: a session goes into a file as a program, and a program comes out of one.

extension Session {
  /// Writes the session to a file.
  func save(to argument: String) {
    guard let path = path(argument, of: .save) else { return }
    let script: SessionScript
    do throws(SessionTooLarge) { script = try interpreter.script() } catch {
      let reason =
        switch error {
        case .numbers(let limit):
          "it holds more than \(limit) numbers; "
            + "`write(A, \"a.csv\")` writes an array to a file of its own"
        case .functions(let limit):
          "its functions hold more than \(limit) others; define them anew instead"
        }
      presenter.complain("the session is not saved: \(reason)")
      return
    }
    let isReplaced = SystemFiles.canonical(path) != nil
    if let failure = SystemFiles.write(path, Array(script.text.utf8)) {
      presenter.show(.unwritableFile(path, reason: failure.reason))
      return
    }
    let count = script.nameCount
    let old = isReplaced ? ", in the place of the file that was there" : ""
    presenter.message("saved \(count) name\(count == 1 ? "" : "s") to \(path)\(old)")
    for note in script.notes { presenter.complain("not saved as it was: \(note)") }
  }

  /// Runs a file as if it had been typed as one input.
  func load(_ argument: String) {
    guard let path = path(argument, of: .load) else { return }
    switch InputFile.read(path) {
    case .failure(let error): presenter.show(.unreadableFile(path, reason: error.reason))
    case .success(let bytes): runFile(SourceText(name: path, bytes: bytes))
    }
  }

  /// The path after a command; says what is missing where there is none.
  private func path(_ argument: String, of command: SessionCommand) -> String? {
    switch PathArgument(argument) {
    case .path(let path): return path
    case .missing:
      presenter.message("`:\(command.rawValue)` needs a file: `:\(command.rawValue) session.grad`")
    case .several:
      presenter.message(
        "a path with blanks stands in quotes: `:\(command.rawValue) \"\(argument)\"`")
    case .unclosed: presenter.message("the quotes around the path do not close")
    }
    return nil
  }
}

/// A path as it is typed after a command: in quotes, or without where it has no blanks.
enum PathArgument: Equatable {
  case path(String)
  case missing
  /// There are several words.
  case several
  /// A quote is missing.
  case unclosed

  /// The path in what stands after a command, without the blanks around it.
  init(_ text: String) {
    let quote = text.first.flatMap { $0 == "\"" || $0 == "'" ? $0 : nil }
    if let quote {
      let inner = text.dropFirst()
      guard inner.last == quote, !inner.dropLast().contains(quote) else {
        self = .unclosed
        return
      }
      self = inner.count > 1 ? .path(String(inner.dropLast())) : .missing
    } else if text.isEmpty {
      self = .missing
    } else {
      self = text.contains(where: \.isWhitespace) ? .several : .path(text)
    }
  }
}
