import TestSupport
import Testing

/// The program at a terminal, with a person at the keyboard who waits for every prompt.
struct TypedSession {
  /// Keys that are more than a character.
  enum Key {
    static let up = "\u{1B}[A"
    static let right = "\u{1B}[C"
    static let down = "\u{1B}[B"
    static let left = "\u{1B}[D"
    static let home = "\u{1B}[H"
    static let end = "\u{1B}[F"
    static let delete = "\u{1B}[3~"
    static let controlLeft = "\u{1B}[1;5D"
    static let controlRight = "\u{1B}[1;5C"
    static let escape = "\u{1B}"
    static let altReturn = "\u{1B}\r"
    static let tab = "\t"
    static let backspace = "\u{7F}"
    static let bell = "\u{7}"

    /// The character that a letter is with Ctrl.
    static func control(_ letter: Unicode.Scalar) -> String {
      String(Unicode.Scalar(UInt8(letter.value & 0x1F)))
    }
  }

  let terminal: PseudoTerminal
  /// What stands between a line's end and the prompt: a request to mark pastes.
  private let mark: String

  /// Starts the program and waits for its first prompt.
  ///
  /// Without colours, and without the history of whoever runs the tests, unless the environment says
  /// otherwise.
  init(
    _ arguments: [String] = [], folder: String? = nil, environment: [String: String] = [:],
    columns: Int = 80, rows: Int = 24, sourceLocation: SourceLocation = #_sourceLocation
  ) throws {
    var usual = Grad.environment.merging([
      "TERM": "xterm-256color", "LANG": "C.UTF-8", "NO_COLOR": "1", "EDITRC": "/dev/null",
    ]) { $1 }
    if environment["XDG_STATE_HOME"] == nil { usual["GRAD_HISTORY"] = "" }
    // A shell goes to the folder.
    let going = folder.map { ["/bin/sh", "-c", "cd \"$0\" && exec \"$@\"", $0] } ?? []
    let command = going + [Grad.path] + arguments
    terminal = try PseudoTerminal(
      command[0], Array(command.dropFirst()),
      environment: usual.merging(environment) { $1 }, columns: columns, rows: rows)
    let start = terminal.wait(for: "grad>")
    try #require(start != nil, sourceLocation: sourceLocation)
    mark = start?.hasSuffix(TypedSession.marking + "grad>") == true ? TypedSession.marking : ""
    _ = terminal.settle(milliseconds: 30)
  }

  /// Types keys and Return.
  ///
  /// - Returns: what is on the terminal up to the next prompt: the line as it is typed, the answer.
  @discardableResult
  func ask(_ keys: String, sourceLocation: SourceLocation = #_sourceLocation) throws -> String {
    try answer(to: keys + "\r", sourceLocation: sourceLocation)
  }

  /// Types keys that end a line somehow, and waits for the prompt on the next one.
  @discardableResult
  func answer(
    to keys: String, until prompt: String = "grad>",
    sourceLocation: SourceLocation = #_sourceLocation
  ) throws -> String {
    // libedit overlooks a Ctrl-C that comes between two reads of a key: no person is that fast.
    if keys == Key.control("C") { _ = terminal.settle() }
    terminal.type(keys)
    // Without marks the end of a line tells a new prompt from one that is drawn again.
    let answer = terminal.wait(for: (mark.isEmpty ? "\n" : mark) + prompt)
    let note = terminal.output.debugDescription
    try #require(answer != nil, "\(note)", sourceLocation: sourceLocation)
    // The prompt is written when the terminal is the editor's: what is typed now is edited.
    _ = terminal.settle(milliseconds: 30)
    return (answer ?? "").replacing("\r\n", with: "\n").replacing(mark + prompt, with: "")
      .replacing(TypedSession.unmarking, with: "").replacing(TypedSession.clearing, with: "")
  }

  /// Types keys and Return where the input goes on: the next line is edited with those before.
  func begin(_ keys: String, sourceLocation: SourceLocation = #_sourceLocation) throws {
    terminal.type(keys + "\r")
    try #require(terminal.wait(for: "\n") != nil, sourceLocation: sourceLocation)
    _ = terminal.settle(milliseconds: 30)
  }

  /// Drops what has been typed.
  func leaveInput(sourceLocation: SourceLocation = #_sourceLocation) {
    _ = try? answer(to: Key.control("C"), sourceLocation: sourceLocation)
  }

  /// Puts a text as the terminal does that is pasted.
  func paste(_ text: String) { terminal.type("\u{1B}[200~\(text)\u{1B}[201~") }

  private static let marking = "\u{1B}[?2004h"
  /// What takes the lines away that were below the cursor.
  private static let clearing = "\u{1B}[J"
  private static let unmarking = "\u{1B}[?2004l"

  /// The last line of the answer to a line.
  func lastLine(_ keys: String, sourceLocation: SourceLocation = #_sourceLocation) throws -> String
  {
    let answer = try ask(keys, sourceLocation: sourceLocation)
    let lines = answer.split { $0.isNewline }
    return lines.last.map(String.init) ?? ""
  }

  /// Ends it with Ctrl-D, which must leave the terminal as it was.
  func leave(sourceLocation: SourceLocation = #_sourceLocation) {
    terminal.type(Key.control("D"))
    expectEnd(.exited(0), sourceLocation: sourceLocation)
  }

  /// Expects it to end so, and the terminal to be as it was.
  func expectEnd(
    _ ending: PseudoTerminal.Ending, sourceLocation: SourceLocation = #_sourceLocation
  ) {
    #expect(terminal.waitForEnd() == ending, sourceLocation: sourceLocation)
    #expect(terminal.isCooked, sourceLocation: sourceLocation)
    let marks = terminal.output.ranges(of: "\u{1B}[?2004").last
    let isOff = marks.map { terminal.output[$0.upperBound...].hasPrefix("l") } ?? true
    #expect(isOff, "pastes are still marked", sourceLocation: sourceLocation)
  }
}
