import GradLanguage

/// The lines of a text that is there as a whole.
struct TextLines: LineSource {
  private let source: SourceText
  private var index = 0

  init(_ source: SourceText) { self.source = source }

  mutating func next(isContinuation: Bool) -> Line {
    guard index < source.lineCount else { return .end }
    let start = source.lineRange(index).lowerBound
    index += 1
    let end = index < source.lineCount ? source.lineRange(index).lowerBound : source.bytes.count
    return .line(Array(source.bytes[start..<end]))
  }
}
