internal import CEditLine

#if canImport(Glibc)
  import Glibc
#elseif canImport(Musl)
  import Musl
#elseif canImport(Darwin)
  import Darwin
#endif

/// The owner of a line editor on the terminal: it edits, completes and remembers inputs of one line
/// or several, and knows no language.
///
/// While an input is read the terminal is in the editor's hands; whenever `read` has returned, and
/// when a signal ends the program, it is as it was. One editor per program, used by one thread.
public final class LineEditor {
  /// What came of asking for an input.
  public enum Reading: Sendable {
    /// Its lines, each with its end.
    case input([UInt8])
    /// A signal came instead; what had been typed is gone.
    case interrupted
    /// The input has ended, or the terminal is gone.
    case end
  }

  /// What Return does.
  public enum Enter: Equatable, Sendable {
    /// It ends the input.
    case accept
    /// It begins another line, with this before the cursor.
    case newLine(indentation: String)
  }

  /// Whether text on this terminal is UTF-8.
  public let isUTF8: Bool
  /// Says what Return does to a text.
  public var enter: (_ text: EditedText) -> Enter = { _ in .accept }
  /// Says how the text before the cursor can go on.
  public var complete: (_ beforeCursor: String) -> Completion = { _ in
    Completion(replacedLength: 0, candidates: [])
  }
  /// Says what is inserted for a text that is pasted; its lines end with `\n`.
  public var clean: (_ pasted: String) -> String = { $0 }
  /// Lets a text be edited by another program, while the terminal is that one's; nil when nothing
  /// came of it.
  public var editElsewhere: (_ text: String) -> String? = { _ in nil }

  /// Whether lists of completions may be in colour.
  public var isColoured = false

  let editor: OpaquePointer
  private let history: OpaquePointer?
  /// The prompt for libedit, which reads it while an input is being read.
  private var prompt: UnsafeMutablePointer<CChar>
  /// What of it is seen.
  private(set) var promptText = ""
  /// What Tab has chosen, until the next one.
  var choice: Choice?
  /// What Up and Down bring.
  var recall = Recall()
  /// What is inserted before the first key.
  var draft = ""

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
    configure(program)
  }

  deinit {
    el_end(editor)
    if let history { history_end(history) }
    free(prompt)
  }

  private func configure(_ program: String) {
    editline_set_prompt(
      editor, { editor in LineEditor.of(editor)?.prompt }, LineEditor.marker)
    editline_set_mode(editor, "emacs")
    editline_set_flag(editor, EL_SIGNAL, 1)
    editline_pass_flow_keys(editor)
    rewriteWhatFollows()
    if let history {
      editline_limit_history(history, Int32(Recall.limit))
      editline_attach_history(editor, history)
    }
    addFunctions()
    bindKeys()
    for line in UserBindings.lines() { obey(line, program) }
  }

  /// Lets libedit write the rest of a line again instead of telling the terminal to move it: there it takes
  /// characters of two columns for two, and the cursor is a column off.
  private func rewriteWhatFollows() {
    for capability in ["ic", "IC", "im", "dc", "DC"] {
      _ = editline_obey(editor, "settc \(capability) \"\"")
    }
  }

  /// Stands around what takes no room on the line.
  private static let marker: CChar = 1

  static func of(_ editor: OpaquePointer?) -> LineEditor? {
    guard let editor, let client = editline_client(editor) else { return nil }
    return Unmanaged<LineEditor>.fromOpaque(client).takeUnretainedValue()
  }

  // MARK: Reading

  /// Reads an input.
  ///
  /// - Parameters:
  ///   - prompt: the text before it, without the space that follows.
  ///   - escape: a terminal's escape sequence before the prompt, such as a colour; empty for none.
  ///   - draft: what is there to be edited.
  public func read(prompt text: String, escape: String = "", draft: String = "") -> Reading {
    setPrompt(text, escape: escape)
    recall.begin()
    choice = nil
    self.draft = draft
    if !draft.isEmpty { el_push(editor, KeyBindings.Own.insertDraft.key) }
    let marksPastes = editline_is_capable(editor) == 1
    if marksPastes { editline_mark_pastes(1) }
    defer { if marksPastes { editline_mark_pastes(0) } }
    errno = 0
    var count: Int32 = 0
    guard let line = el_gets(editor, &count) else {
      return count < 0 && errno == EINTR ? .interrupted : .end
    }
    return .input((0..<Int(max(count, 0))).map { UInt8(bitPattern: line[$0]) })
  }

  /// Puts the cursor below what was typed and not ended, whose lines after the cursor disappear.
  public func leaveInput() {
    var text = editline_is_capable(editor) == 1 ? "\n\u{1B}[J" : "\n"
    text.withUTF8 { bytes in _ = write(STDOUT_FILENO, bytes.baseAddress, bytes.count) }
  }

  private func setPrompt(_ text: String, escape: String) {
    let visible = visible(text)
    promptText = visible + " "
    // The space stands outside the markers: what closes a line's prompt is lost otherwise.
    let whole =
      escape.isEmpty ? visible + " " : "\u{1}\(escape)\u{1}\(visible)\u{1}\u{1B}[0m\u{1} "
    free(prompt)
    prompt = strdup(whole)
  }

  /// The text as the terminal can show it.
  func visible(_ text: String) -> String {
    isUTF8 ? text : String(text.map { $0.isASCII ? $0 : "." })
  }

  // MARK: History

  /// Adds an entry to the history of this session.
  public func remember(_ entry: String) {
    recall.add(entry)
    if let history { editline_remember(history, entry) }
  }

  /// The history of this session, oldest first.
  public var entries: [String] { recall.entries }

  // MARK: The text that is edited

  /// The text that is edited, and where the cursor stands.
  var edited: EditedText {
    guard let line = el_wline(editor) else { return EditedText("") }
    let info = line.pointee
    let count = info.lastchar - info.buffer
    let scalars = (0..<count).map { index in
      Unicode.Scalar(UInt32(bitPattern: Int32(info.buffer[index]))) ?? "\u{FFFD}"
    }
    return EditedText(scalars: scalars, cursor: info.cursor - info.buffer)
  }

  /// Replaces the text that is edited.
  func replace(with text: EditedText) -> UInt8 {
    guard el_replacestr(editor, text.text) == 0 else { return UInt8(CC_ERROR) }
    moveCursor(to: text.cursor)
    return UInt8(CC_REFRESH)
  }

  /// Moves the cursor behind so many scalars.
  func moveCursor(to position: Int) {
    let now = el_cursor(editor, 0)
    if Int32(position) != now { el_cursor(editor, Int32(position) - now) }
  }

  /// Inserts a text at the cursor.
  func insert(_ text: String) -> UInt8 {
    el_insertstr(editor, text) == 0 ? UInt8(CC_REFRESH) : UInt8(CC_ERROR)
  }
}
