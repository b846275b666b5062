import Testing

@testable import Rendering

@Suite("Columns of text")
struct DisplayWidthTests {
  @Test(
    "each character has its columns",
    arguments: [
      ("", 0), ("abc", 3), ("é", 1), ("e\u{301}", 1), ("\u{301}", 0), ("日本", 4), ("ｱ", 1), ("Ａ", 2),
      ("한국", 4), ("\u{1112}\u{1161}\u{11AB}", 2), ("👍", 2), ("👍🏽", 2), ("👩‍👩‍👧", 2), ("🇨🇭", 2),
      ("❤", 1), ("❤️", 2), ("∂", 1), ("…", 1), ("α₁", 2), ("¹", 1),
    ])
  func width(text: String, columns: Int) {
    #expect(DisplayWidth.of(text) == columns)
  }
}

@Suite("Styled text")
struct StyledTextTests {
  @Test("neighbours of one style are one piece")
  func pieces() {
    var text = StyledText("a")
    text.append("b")
    text.append("")
    text.append("c", .gradient)
    #expect(text.pieces.map(\.text) == ["ab", "c"])
    #expect(text.plain == "abc")
    #expect(text.ansi == "ab\u{1B}[36mc\u{1B}[0m")
    #expect(StyledText().isEmpty)
  }
}
