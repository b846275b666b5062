internal import CEditLine

#if canImport(Glibc)
  import Glibc
#elseif canImport(Musl)
  import Musl
#elseif canImport(Darwin)
  import Darwin
#endif

/// The owner of a line editor on the terminal: it edits, completes and remembers lines, and knows no
/// language.
///
/// While a line is read the terminal is in the editor's hands; whenever `read` has returned, and when
/// a signal ends the program, it is as it was. One editor per program, used by one thread.
public final class LineEditor {
  /// What came of asking for a line.
  public enum Reading: Sendable {
    /// A line with its end.
    case line([UInt8])
    /// A signal came instead; what had been typed is gone.
    case interrupted
    /// The input has ended, or the terminal is gone.
    case end
  }

  /// Whether text on this terminal is UTF-8.
  public let isUTF8: Bool
  /// Says how the text before the cursor can go on.
  public var complete: (_ beforeCursor: String) -> Completion = { _ in
    Completion(prefixLength: 0, candidates: [])
  }
  /// Says what is inserted for a text that is pasted; its lines end with `\n`.
  public var clean: (_ pasted: String) -> String = { $0 }

  private let editor: OpaquePointer
  private let history: OpaquePointer?
  /// The prompt for libedit, which reads it while a line is being read.
  private var prompt: UnsafeMutablePointer<CChar>

  /// How many lines are remembered.
  public static let historyLimit = 10_000

  /// An editor on standard input and output; nil when there is none to be had.
  ///
  /// The user's `~/.editrc` is read last, for `program`, so that it has the last word on keys.
  public init?(program: String) {
    isUTF8 = editline_set_locale() == 1
    guard let editor = editline_start(program) else { return nil }
    self.editor = editor
    history = history_init()
    prompt = strdup("")
    editline_set_client(editor, Unmanaged.passUnretained(self).toOpaque())
    configure()
  }

  deinit {
    el_end(editor)
    if let history { history_end(history) }
    free(prompt)
  }

  private func configure() {
    editline_set_prompt(
      editor, { editor in LineEditor.of(editor)?.prompt }, LineEditor.marker)
    editline_set_mode(editor, "emacs")
    editline_set_flag(editor, EL_SIGNAL, 1)
    if let history {
      editline_limit_history(history, Int32(LineEditor.historyLimit))
      editline_attach_history(editor, history)
    }
    editline_add_function(editor, "complete", "Complete the word before the cursor") { editor, _ in
      LineEditor.of(editor)?.completeWord() ?? UInt8(CC_ERROR)
    }
    editline_add_function(editor, "paste", "Insert what is pasted") { editor, _ in
      LineEditor.of(editor)?.paste() ?? UInt8(CC_ERROR)
    }
    for (keys, function) in LineEditor.bindings { editline_bind(editor, keys, function) }
    el_source(editor, nil)
  }

  /// The keys that people expect and libedit's emacs mode lacks.
  private static let bindings = [
    ("\t", "complete"), ("\\e[200~", "paste"),
    ("^R", "em-inc-search-prev"), ("^S", "em-inc-search-next"),
    ("\\e[1;5D", "ed-prev-word"), ("\\e[1;5C", "em-next-word"),
    ("\\e[1;3D", "ed-prev-word"), ("\\e[1;3C", "em-next-word"),
    ("\\e[3~", "ed-delete-next-char"), ("\\e[H", "ed-move-to-beg"), ("\\e[F", "ed-move-to-end"),
    ("\\e[1~", "ed-move-to-beg"), ("\\e[4~", "ed-move-to-end"),
  ]

  /// Stands around what takes no room on the line.
  private static let marker: CChar = 1

  private static func of(_ editor: OpaquePointer?) -> LineEditor? {
    guard let editor, let client = editline_client(editor) else { return nil }
    return Unmanaged<LineEditor>.fromOpaque(client).takeUnretainedValue()
  }

  // MARK: Reading

  /// Reads a line.
  ///
  /// - Parameters:
  ///   - prompt: the text before it, without the space that follows.
  ///   - escape: a terminal's escape sequence before the prompt, such as a colour; empty for none.
  public func read(prompt text: String, escape: String = "") -> Reading {
    setPrompt(text, escape: escape)
    let marksPastes = editline_is_capable(editor) == 1
    if marksPastes { editline_mark_pastes(1) }
    defer { if marksPastes { editline_mark_pastes(0) } }
    errno = 0
    var count: Int32 = 0
    guard let line = el_gets(editor, &count) else {
      return count < 0 && errno == EINTR ? .interrupted : .end
    }
    return .line((0..<Int(max(count, 0))).map { UInt8(bitPattern: line[$0]) })
  }

  private func setPrompt(_ text: String, escape: String) {
    let visible = isUTF8 ? text : String(text.map { $0.isASCII ? $0 : "." })
    // The space stands outside the markers: what closes a line's prompt is lost otherwise.
    let whole =
      escape.isEmpty ? visible + " " : "\u{1}\(escape)\u{1}\(visible)\u{1}\u{1B}[0m\u{1} "
    free(prompt)
    prompt = strdup(whole)
  }

  /// Adds an entry to the history of this session.
  public func remember(_ entry: String) {
    if let history { editline_remember(history, entry) }
  }

  // MARK: Pasting

  /// Inserts what the terminal says has been pasted; its lines become one input.
  private func paste() -> UInt8 {
    var text = String.UnicodeScalarView()
    while !text.hasSuffix(LineEditor.endOfPaste) {
      guard let character = Unicode.Scalar(UInt32(bitPattern: editline_next(editor))) else {
        return UInt8(CC_ERROR)
      }
      text.append(character)
    }
    text.removeLast(LineEditor.endOfPaste.count)
    let cleaned = clean(LineEditor.withPlainLineEnds(text))
    return cleaned.isEmpty ? UInt8(CC_NORM) : insert(cleaned)
  }

  private static let endOfPaste = Array("\u{1B}[201~".unicodeScalars)

  /// The text with `\n` for every end of line: terminals send what Return would, `\r`.
  private static func withPlainLineEnds(_ text: String.UnicodeScalarView) -> String {
    var plain = String.UnicodeScalarView()
    var last: Unicode.Scalar?
    for character in text {
      if character == "\r" || (character == "\n" && last != "\r") {
        plain.append("\n")
      } else if character != "\n" {
        plain.append(character)
      }
      last = character
    }
    return String(plain)
  }

  // MARK: Completing

  /// Completes the word before the cursor, or lists how it can go on.
  private func completeWord() -> UInt8 {
    guard let line = el_line(editor) else { return UInt8(CC_ERROR) }
    let info = line.pointee
    let length = info.cursor - info.buffer
    let before = String(
      decoding: UnsafeRawBufferPointer(start: info.buffer, count: length), as: UTF8.self)
    if before.allSatisfy({ $0 == " " || $0 == "\t" }) { return insert("  ") }
    let completion = complete(before)
    guard !completion.candidates.isEmpty else { return UInt8(CC_ERROR) }
    let word = String(before.utf8.suffix(completion.prefixLength)) ?? ""
    let common = completion.commonPrefix
    if common.utf8.count > word.utf8.count {
      return insert(String(common.dropFirst(word.count)))
    }
    if completion.candidates.count == 1 { return UInt8(CC_ERROR) }
    fputs("\n" + completion.columns(width: LineEditor.terminalWidth))
    return UInt8(CC_REDISPLAY)
  }

  private func insert(_ text: String) -> UInt8 {
    el_insertstr(editor, text) == 0 ? UInt8(CC_REFRESH) : UInt8(CC_ERROR)
  }

  private func fputs(_ text: String) {
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

  /// The width of the terminal, 80 where it is not known.
  private static var terminalWidth: Int {
    var size = winsize()
    return ioctl(STDOUT_FILENO, UInt(TIOCGWINSZ), &size) == 0 && size.ws_col > 0
      ? Int(size.ws_col) : 80
  }
}

extension String.UnicodeScalarView {
  fileprivate func hasSuffix(_ suffix: [Unicode.Scalar]) -> Bool {
    last == suffix.last && self.suffix(suffix.count).elementsEqual(suffix)
  }
}
