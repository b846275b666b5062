import Testing

@testable import LineEditing

@Suite("The text that is edited")
struct EditedTextTests {
  @Test(
    "lines above and below, in the same column as far as they go",
    arguments: [
      ("abc\nd\nefg", 9, 5, nil), ("abc\nd\nefg", 6, 4, nil), ("abc\nd\nefg", 2, nil, 5),
      ("abc\nd\nefg", 5, 1, 7), ("abc", 1, nil, nil), ("", 0, nil, nil), ("\n", 1, 0, nil),
      ("\n\n", 0, nil, 1),
    ] as [(String, Int, Int?, Int?)])
  func lines(text: String, cursor: Int, up: Int?, down: Int?) {
    let edited = EditedText(text, cursor: cursor)
    #expect(edited.lineUp()?.cursor == up)
    #expect(edited.lineDown()?.cursor == down)
  }

  @Test("the parts of a line")
  func parts() {
    let edited = EditedText("a\n  bc\nd", cursor: 5)
    #expect(edited.lineStart == 2)
    #expect(edited.lineTextStart == 4)
    #expect(edited.lineEnd == 6)
    #expect(edited.lineBeforeCursor == "  b")
    #expect(edited.beforeCursor == "a\n  b")
    #expect(EditedText("e\u{301}").cursor == 2)
  }

  @Test(
    "what is deleted is the rest of the line, or its end",
    arguments: [
      ("ab\ncd", 0, 2), ("ab\ncd", 1, 2), ("ab\ncd", 2, 3), ("ab\ncd", 3, 5), ("ab\ncd", 5, 5),
      ("\n\n", 0, 1), ("", 0, 0),
    ] as [(String, Int, Int)])
  func killEnd(text: String, cursor: Int, end: Int) {
    #expect(EditedText(text, cursor: cursor).killEnd == end)
  }
}
