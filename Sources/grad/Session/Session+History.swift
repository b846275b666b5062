import GradLanguage

// What was typed, looked at and edited again.

extension Session {
  /// How many inputs `:history` shows unless it is told.
  private static let shownEntries = 20

  /// Shows inputs with their numbers.
  func showHistory(_ argument: String, _ lines: some LineSource) {
    guard let entries = lines.entries else { return complainOfNoHistory() }
    // The last is the request itself.
    let numbered = Array(entries.dropLast().enumerated())
    let chosen =
      if argument.isEmpty {
        numbered.suffix(Session.shownEntries)
      } else if let count = Int(argument), count >= 0 {
        numbered.suffix(count)
      } else {
        numbered.filter { $0.element.contains(argument) }[...]
      }
    let width = String(numbered.count).count
    for (index, entry) in chosen {
      let number = String(index + 1)
      let margin = String(repeating: " ", count: width - number.count) + number + "  "
      let gap = "\n" + String(repeating: " ", count: margin.count)
      presenter.result(
        margin
          + entry.split(omittingEmptySubsequences: false) { $0 == "\n" }
          .joined(separator: gap) + "\n")
    }
    if chosen.isEmpty {
      let what = argument.isEmpty || Int(argument) != nil ? "" : " with `\(argument)`"
      presenter.message("there is no earlier input\(what)")
    }
  }

  /// Lets an earlier input be edited by another program; what comes of it is put at the next prompt.
  func edit(_ argument: String, _ lines: inout some LineSource) {
    guard let entries = lines.entries?.dropLast() else { return complainOfNoHistory() }
    var text = entries.last { SessionRequest.statements(in: $0) != nil } ?? ""
    if !argument.isEmpty {
      guard let number = Int(argument), entries.indices.contains(number - 1) else {
        return presenter.message("there is no input `\(argument)`; `:history` has their numbers")
      }
      text = entries[number - 1]
    }
    switch ExternalEditor.edited(text) {
    case .success(let edited): if !edited.isEmpty { _ = lines.offer(edited) }
    case .failure(let failure): presenter.message(failure.text)
    }
  }

  private func complainOfNoHistory() {
    presenter.message("inputs are remembered only where they can be edited: at a terminal")
  }
}
