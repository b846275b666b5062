import Testing

@testable import Rendering

@Suite struct WrappedTextTests {
  @Test func words() {
    let text = WrappedText(columns: 16).wrap("one two  three four\nfive   ")
    #expect(text == "one two three\nfour five")
  }

  @Test func code() {
    let text = WrappedText(columns: 16).wrap("type `f(3) + 1`, or `one that is too wide` so")
    #expect(text == "type\n`f(3) + 1`, or\n`one that is\ntoo wide` so")
  }

  @Test func cut() {
    #expect(WrappedText(columns: 11).wrap("a 12345678901234 b") == "a\n1234567890\n1234 b")
  }

  @Test(arguments: [-5, 0, 1, 10, 20, 79, 500])
  func fits(columns: Int) {
    let words = String(repeating: "日本語 word — θ²\u{1B}[31m ", count: 40)
    let lines = WrappedText(columns: columns).wrap(words).split(separator: "\n")
    let widest = lines.map { DisplayWidth.of(String($0)) }.max() ?? 0
    #expect(widest <= min(max(columns - 1, 10), 76))
    #expect(!lines.joined().contains("\u{1B}"))
  }

  @Test func line() { #expect(WrappedText.line("a  b\u{1B}c") == "a  b␛c") }

  @Test func nothing() { #expect(WrappedText(columns: 20).wrap("  ") == "") }
}
