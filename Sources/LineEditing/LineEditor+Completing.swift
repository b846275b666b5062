internal import CEditLine

#if canImport(Glibc)
  import Glibc
#elseif canImport(Musl)
  import Musl
#elseif canImport(Darwin)
  import Darwin
#endif

extension LineEditor {
  /// What Tab has chosen although something else fits too: another Tab lists all of it.
  struct Choice {
    let completion: Completion
    /// The text before the cursor when it was chosen, with what was chosen.
    let textAfterwards: String
  }

  /// Completes what is before the cursor, or lists how it can go on; indents at a line's start.
  func completeWord() -> UInt8 {
    let edited = self.edited
    if edited.lineBeforeCursor.allSatisfy({ $0 == " " || $0 == "\t" }) { return insert("  ") }
    let (before, after) = (edited.beforeCursor, edited.afterCursor)
    let former = choice
    choice = nil
    if let former, former.textAfterwards == before {
      return list(former.completion, before, after)
    }
    let completion = complete(before)
    let typed = String(decoding: before.utf8.suffix(completion.replacedLength), as: UTF8.self)
    switch completion.step(typed: typed, after: after) {
    case .beep: return UInt8(CC_ERROR)
    case .list: return list(completion, before, after)
    case .replace(let text, let isChoice):
      if isChoice {
        choice = Choice(
          completion: completion,
          textAfterwards: String(decoding: before.utf8.dropLast(typed.utf8.count), as: UTF8.self)
            + text)
      }
      return replace(typed, with: text)
    }
  }

  private func replace(_ typed: String, with text: String) -> UInt8 {
    if text.utf8.starts(with: typed.utf8) {
      return insert(String(decoding: text.utf8.dropFirst(typed.utf8.count), as: UTF8.self))
    }
    el_deletestr(editor, Int32(typed.unicodeScalars.count))
    return insert(text)
  }

  // MARK: Listing

  /// Writes the candidates below the line, which is drawn again below them.
  private func list(_ completion: Completion, _ before: String, _ after: String) -> UInt8 {
    let size = TerminalWindow.size
    let window = (columns: size.columns ?? 80, rows: size.rows ?? 24)
    let end = row(of: before + after, in: window)
    // Of a text that is taller than the window its end is there.
    let last = min(end, window.rows - 1)
    let cursor = max(0, row(of: before, in: window) - (end - last))
    let list = CompletionList(
      columns: window.columns, rows: max(LineEditor.fewestRows, window.rows - 2 - last),
      dimming: isColoured ? ("\u{1B}[2m", "\u{1B}[0m") : ("", ""), width: LineEditor.width)
    // libedit draws from the line on that it takes for the first one: as many above the cursor as there
    // were.
    put(
      String(repeating: "\n", count: last - cursor + 1) + visible(list.text(completion.candidates))
        + String(repeating: "\n", count: cursor))
    return UInt8(CC_REDISPLAY)
  }

  /// A list may have so many lines, even if what is edited then leaves no room for all of them.
  private static let fewestRows = 4

  /// On which row of the screen, counted from that of the prompt, a text ends, as libedit draws it.
  private func row(of text: String, in window: (columns: Int, rows: Int)) -> Int {
    var row = 0
    var column = 0
    func add(_ width: Int) {
      if column + width > window.columns { (row, column) = (row + 1, 0) }
      column += width
      if column >= window.columns { (row, column) = (row + 1, 0) }
    }
    for scalar in promptText.unicodeScalars { add(LineEditor.width(scalar) ?? 0) }
    for scalar in text.unicodeScalars {
      switch scalar {
      case "\n": (row, column) = (row + 1, 0)
      case "\t": add(8 - column % 8)
      case _: add(LineEditor.width(scalar) ?? 2)
      }
    }
    return row
  }

  /// How many columns a character takes; nil for one that cannot be shown.
  private static func width(_ scalar: Unicode.Scalar) -> Int? {
    let width = editline_width(Int32(scalar.value))
    return width < 0 ? nil : Int(width)
  }

  private func put(_ text: String) {
    var text = text
    text.withUTF8 { bytes in
      var rest = UnsafeRawBufferPointer(bytes)
      while !rest.isEmpty {
        let count = write(STDOUT_FILENO, rest.baseAddress, rest.count)
        guard count > 0 else { return }
        rest = UnsafeRawBufferPointer(rebasing: rest.dropFirst(count))
      }
    }
  }
}
