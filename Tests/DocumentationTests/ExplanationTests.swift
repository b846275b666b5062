import GradLanguage
import Testing

/// What `:help E001` says: each example shows its code, and mended it shows nothing.
@Suite struct ExplanationTests {
  @Test(arguments: Problem.codes)
  func explanation(code: String) throws {
    let explanation = try #require(Problem.explanation(of: code))
    #expect(explanation.code == code)
    #expect(!explanation.title.isEmpty && !explanation.title.hasSuffix("."))
    let sentences = explanation.text.split(separator: " ").count { $0.hasSuffix(".") }
    #expect((1...6).contains(sentences), "\(sentences) sentences")
    #expect(explanation.text.hasSuffix("."))
    #expect(!explanation.text.contains("\n"))
    guard let example = explanation.example else {
      #expect(explanation.mended == nil)
      #expect(explanation.text.contains("no example"), "the text says why there is no example")
      return
    }
    let mended = try #require(explanation.mended)
    let manner = explanation.isStrict ? Transcript.Manner.strict : .file
    let codes = Transcript(of: example, manner).codes
    // What a warning under --strict is about stands above it.
    #expect(["E076", "N308"].contains(code) ? codes == ["W101", code] : codes == [code])
    #expect(Transcript(of: mended, manner).codes == [])
  }

  @Test func unknownCode() {
    #expect(Problem.explanation(of: "E999") == nil)
    #expect(Set(Problem.codes).count == Problem.codes.count)
  }
}
