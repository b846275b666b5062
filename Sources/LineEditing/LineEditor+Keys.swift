internal import CEditLine

// What the editor's own functions do, and the keys that they are bound to.

extension LineEditor {
  /// Makes the functions known to libedit, which calls them without anything but itself.
  func addFunctions() {
    add(.enter) { editor, _ in LineEditor.of(editor)?.pressEnter() ?? UInt8(CC_ERROR) }
    add(.newLine) { editor, _ in LineEditor.of(editor)?.beginLine() ?? UInt8(CC_ERROR) }
    add(.up) { editor, _ in LineEditor.of(editor)?.goUp() ?? UInt8(CC_ERROR) }
    add(.down) { editor, _ in LineEditor.of(editor)?.goDown() ?? UInt8(CC_ERROR) }
    add(.lineStart) { editor, _ in LineEditor.of(editor)?.goToLineStart() ?? UInt8(CC_ERROR) }
    add(.lineEnd) { editor, _ in LineEditor.of(editor)?.goToLineEnd() ?? UInt8(CC_ERROR) }
    add(.killLine) { editor, _ in LineEditor.of(editor)?.killLine() ?? UInt8(CC_ERROR) }
    add(.killEnd) { editor, _ in LineEditor.of(editor)?.goToKillEnd() ?? UInt8(CC_ERROR) }
    add(.older) { editor, _ in LineEditor.of(editor)?.goOlder() ?? UInt8(CC_ERROR) }
    add(.newer) { editor, _ in LineEditor.of(editor)?.goNewer() ?? UInt8(CC_ERROR) }
    add(.closeBrace) { editor, _ in LineEditor.of(editor)?.closeBrace() ?? UInt8(CC_ERROR) }
    add(.complete) { editor, _ in LineEditor.of(editor)?.completeWord() ?? UInt8(CC_ERROR) }
    add(.paste) { editor, _ in LineEditor.of(editor)?.paste() ?? UInt8(CC_ERROR) }
    add(.escape) { editor, _ in LineEditor.of(editor)?.pressEscape() ?? UInt8(CC_ERROR) }
    add(.editElsewhere) { editor, _ in LineEditor.of(editor)?.edit() ?? UInt8(CC_ERROR) }
    add(.insertDraft) { editor, _ in LineEditor.of(editor)?.insertDraft() ?? UInt8(CC_ERROR) }
  }

  private func add(_ function: KeyFunction, _ body: @escaping editline_function) {
    editline_add_function(editor, function.rawValue, function.help, body)
  }

  /// Binds the keys for the present mode.
  func bindKeys() {
    if editline_is_vi(editor) == 1 { return bindViKeys() }
    for (keys, function) in KeyBindings.typing + KeyBindings.emacs {
      editline_bind(editor, keys, function)
    }
  }

  private func bindViKeys() {
    for (keys, function) in KeyBindings.typing + KeyBindings.viTyping {
      editline_bind(editor, KeyBindings.inVi(keys), function)
    }
    for (keys, function) in KeyBindings.viCommanding {
      editline_bind_command(editor, KeyBindings.inVi(keys), function)
    }
  }

  /// Obeys a line of the user's `~/.editrc`. A change of mode takes all keys with it: ours are bound
  /// again.
  func obey(_ line: String, _ program: String) {
    let words = line.split(whereSeparator: \.isWhitespace)
    guard editline_obey(editor, line) == 1 else { return }
    let command = words.first?.split(separator: ":").last
    if command == "bind", words.dropFirst().contains(where: { $0 == "-v" || $0 == "-e" }) {
      bindKeys()
    }
  }

  /// Tells Esc itself from the start of another key's sequence, which comes in one go.
  private func pressEscape() -> UInt8 {
    let own = KeyBindings.Own.self
    el_push(editor, editline_awaits_key(50) == 1 ? own.leadIn.key : own.command.key)
    return UInt8(CC_NORM)
  }

  // MARK: Lines

  private func pressEnter() -> UInt8 {
    switch enter(edited) {
    case .accept:
      el_push(editor, KeyBindings.Own.accept.key)
      return UInt8(CC_NORM)
    case .newLine(let indentation): return insert("\n" + indentation)
    }
  }

  private func beginLine() -> UInt8 {
    switch enter(edited) {
    case .accept: return insert("\n")
    case .newLine(let indentation): return insert("\n" + indentation)
    }
  }

  private func closeBrace() -> UInt8 {
    let before = edited.lineBeforeCursor
    if before.hasSuffix("  "), before.allSatisfy({ $0 == " " }) { el_deletestr(editor, 2) }
    return insert("}")
  }

  // MARK: Moving

  private func goUp() -> UInt8 {
    guard let above = edited.lineUp() else { return goOlder() }
    moveCursor(to: above.cursor)
    return UInt8(CC_CURSOR)
  }

  private func goDown() -> UInt8 {
    guard let below = edited.lineDown() else { return goNewer() }
    moveCursor(to: below.cursor)
    return UInt8(CC_CURSOR)
  }

  private func goToLineStart() -> UInt8 {
    let text = edited
    moveCursor(to: text.cursor == text.lineTextStart ? 0 : text.lineTextStart)
    return UInt8(CC_CURSOR)
  }

  private func goToLineEnd() -> UInt8 {
    let text = edited
    moveCursor(to: text.cursor == text.lineEnd ? text.scalars.count : text.lineEnd)
    return UInt8(CC_CURSOR)
  }

  private func goOlder() -> UInt8 {
    recall.older(than: edited).map(replace) ?? UInt8(CC_ERROR)
  }

  private func goNewer() -> UInt8 {
    recall.newer(than: edited).map(replace) ?? UInt8(CC_ERROR)
  }

  // MARK: Deleting

  /// Deletes to the end of the line as libedit does it, which keeps what it deletes for Ctrl-Y.
  private func killLine() -> UInt8 {
    let own = KeyBindings.Own.self
    guard edited.killEnd < edited.scalars.count else {
      el_push(editor, own.killRest.key)
      return UInt8(CC_NORM)
    }
    el_push(editor, own.setMark.key + own.goToKillEnd.key + own.killRegion.key)
    return UInt8(CC_NORM)
  }

  private func goToKillEnd() -> UInt8 {
    moveCursor(to: edited.killEnd)
    return UInt8(CC_CURSOR)
  }

  // MARK: Drafts

  private func insertDraft() -> UInt8 {
    defer { draft = "" }
    return draft.isEmpty ? UInt8(CC_NORM) : insert(draft)
  }

  private func edit() -> UInt8 {
    editline_hold(editor, 1)
    let text = editElsewhere(edited.text)
    editline_hold(editor, 0)
    guard let text else { return UInt8(CC_REDISPLAY) }
    _ = replace(with: EditedText(text))
    return UInt8(CC_REDISPLAY)
  }
}
