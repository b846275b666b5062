import Testing

@testable import GradLanguage

@Suite struct SourceTextTests {
  private static func source(_ text: String, firstLine: Int = 1) -> SourceText {
    SourceText(name: "f", bytes: Array(text.utf8), firstLine: firstLine)
  }

  @Test func lines() {
    let source = SourceTextTests.source("ab\nc\r\n\nd", firstLine: 10)
    #expect(source.lineCount == 4)
    let lines = (0..<4).map { String(decoding: source.bytes[source.lineRange($0)], as: UTF8.self) }
    #expect(lines == ["ab", "c", "", "d"])
    #expect((0...8).map(source.lineIndex) == [0, 0, 0, 1, 1, 1, 2, 3, 3])
    #expect((0..<4).map(source.lineNumber) == [10, 11, 12, 13])
    #expect(SourceTextTests.source("").lineCount == 1)
    #expect(SourceTextTests.source("").lineRange(0) == 0..<0)
    #expect(SourceTextTests.source("a\n").lineCount == 2)
  }

  @Test(arguments: [
    ("ab", 0, 1, 1), ("ab", 1, 1, 2), ("ab", 2, 1, 3), ("a\nb", 2, 2, 1), ("é x", 3, 1, 3),
    ("日本x", 6, 1, 3), ("e\u{301}x", 3, 1, 2), ("\u{FEFF}ab", 4, 1, 2), ("\tx", 1, 1, 2),
    ("a\r\nb", 3, 2, 1),
  ])
  func positions(text: String, offset: Int, line: Int, column: Int) {
    let position = SourceTextTests.source(text).position(at: offset)
    #expect(position == SourcePosition(line: line, column: column))
  }

  @Test func textOfRanges() {
    let source = SourceTextTests.source("aéb")
    #expect(source.text(SourceRange(1, 3)) == "é")
    #expect(source.text(SourceRange(1, 2)) == "\u{FFFD}")
    #expect(source.text(SourceRange(3, 99)) == "b")
    #expect(source.text(SourceRange(4, 4)) == "")
  }

  @Test func ranges() {
    let range = SourceRange(3, 5)
    #expect(range.start == 3 && range.end == 5)
    #expect(range.union(SourceRange(4, 9)) == SourceRange(3, 9))
    #expect(range.union(SourceRange(0, 1)) == SourceRange(0, 5))
  }
}
