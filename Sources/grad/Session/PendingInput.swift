import GradLanguage

/// Lines that together become an input.
struct PendingInput {
  private let name: String
  private var bytes: [UInt8] = []
  private var firstLine = 1
  private var lineCount = 0
  private var brackets = OpenBrackets()
  /// What was typed before the text: `:time` and blanks.
  private var timing: [UInt8] = []
  /// How long the text was when the parser was asked last.
  private var askedAt = 0

  /// So many lines at first are judged by the parser one by one, so that a mistake in a block is
  /// reported at the line that makes it.
  private static let eagerLines = 64

  init(name: String) { self.name = name }

  /// Whether nothing waits for its continuation.
  var isEmpty: Bool { bytes.isEmpty }

  /// Whether it is longer than a program may be.
  var isTooLong: Bool { bytes.count > FileAccess.programLimit }

  /// Whether the input is to be timed.
  var isTimed: Bool { !timing.isEmpty }

  /// A line that begins with `:time`: the text behind it is the input's first line.
  ///
  /// - Returns: the line with blanks for the command, so that what follows stands where it was typed.
  mutating func beginTimed(_ line: [UInt8]) -> [UInt8] {
    let blanks = line.prefix { PendingInput.isBlank([$0]) }
    let word = line.dropFirst(blanks.count).prefix { !PendingInput.isBlank([$0]) }
    timing = Array(blanks + word)
    return timing.map { _ in UInt8(ascii: " ") } + line.dropFirst(timing.count)
  }

  /// The input as it was typed.
  var typed: String { String(decoding: timing + bytes.dropFirst(timing.count), as: UTF8.self) }

  /// Adds a line, or lines that were pasted; the text so far, when it is time to try whether it is
  /// complete.
  mutating func add(_ line: [UInt8]) -> SourceText? {
    lineCount += 1
    if bytes.isEmpty, PendingInput.isBlank(line) {
      firstLine += 1
      lineCount = 0
      return nil
    }
    bytes += line
    brackets.scan(line)
    guard isWorthAsking else { return nil }
    askedAt = bytes.count
    return text
  }

  /// What has come of an input.
  var text: SourceText { SourceText(name: name, bytes: bytes, firstLine: firstLine) }

  /// The text has been run: the next line begins another.
  mutating func clear() {
    firstLine += lineCount
    bytes = []
    lineCount = 0
    brackets = OpenBrackets()
    askedAt = 0
  }

  /// Whether the parser might find the input complete, or has not been asked for long.
  private var isWorthAsking: Bool {
    lineCount <= PendingInput.eagerLines || !brackets.surelyGoesOn || bytes.count >= 2 * askedAt
  }

  /// Whether there is nothing but blanks and comments.
  private static func isBlank(_ lines: [UInt8]) -> Bool {
    var isComment = false
    for byte in lines {
      if byte == UInt8(ascii: "#") { isComment = true }
      if byte == UInt8(ascii: "\n") { isComment = false }
      guard isComment || byte == 0x20 || (0x09...0x0D).contains(byte) else { return false }
    }
    return true
  }
}
