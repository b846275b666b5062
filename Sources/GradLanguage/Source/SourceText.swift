/// One input: its name, its bytes, and where its lines begin.
public struct SourceText: Sendable {
  /// What a diagnostic calls it: a path, `<stdin>`, `<-e>`, `<prompt:12>`.
  public let name: String
  /// The text in UTF-8, as it came: it may be invalid, which the lexer reports.
  public let bytes: [UInt8]
  /// The line number of the first line: a pipe's statements keep the numbers of the whole.
  public let firstLine: Int
  /// The byte offset at which each line begins.
  let lineStarts: [Int]

  /// The text with this name.
  public init(name: String, bytes: [UInt8], firstLine: Int = 1) {
    self.name = name
    self.bytes = bytes
    self.firstLine = firstLine
    var starts = [0]
    for (offset, byte) in bytes.enumerated() where byte == UInt8(ascii: "\n") {
      starts.append(offset + 1)
    }
    lineStarts = starts
  }

  /// The text of a range; invalid UTF-8 is replaced by U+FFFD.
  public func text(_ range: SourceRange) -> String {
    String(decoding: bytes[range.start..<min(range.end, bytes.count)], as: UTF8.self)
  }

  /// The index of the line that holds a byte offset, from 0.
  public func lineIndex(at offset: Int) -> Int {
    var low = 0
    var high = lineStarts.count
    while high - low > 1 {
      let middle = (low + high) / 2
      if lineStarts[middle] <= offset { low = middle } else { high = middle }
    }
    return low
  }

  /// The byte range of a line without its end: `\n` or `\r\n`.
  public func lineRange(_ index: Int) -> Range<Int> {
    let start = lineStarts[index]
    var end = index + 1 < lineStarts.count ? lineStarts[index + 1] - 1 : bytes.count
    if end > start, bytes[end - 1] == UInt8(ascii: "\r") { end -= 1 }
    return start..<end
  }

  /// The number of a line, as people count.
  public func lineNumber(_ index: Int) -> Int { firstLine + index }

  /// The number of lines.
  public var lineCount: Int { lineStarts.count }

  /// Where a byte offset is for people: a byte-order mark is not a character.
  public func position(at offset: Int) -> SourcePosition {
    let index = lineIndex(at: offset)
    var start = lineRange(index).lowerBound
    if index == 0, bytes.starts(with: [0xEF, 0xBB, 0xBF]) { start = 3 }
    let before = text(SourceRange(start, max(start, offset)))
    return SourcePosition(line: lineNumber(index), column: before.count + 1)
  }
}
