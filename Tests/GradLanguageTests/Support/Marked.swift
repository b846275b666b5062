@testable import GradLanguage

/// A text in which «guillemets» mark a range: `y = «2x» + 1`.
struct Marked {
  let source: SourceText
  /// The range marked; nil without marks.
  let range: SourceRange?

  init(_ marked: String) {
    let open = Array("«".utf8)
    let close = Array("»".utf8)
    var bytes: [UInt8] = []
    var start: Int?
    var end: Int?
    var rest = Array(marked.utf8)[...]
    while let byte = rest.first {
      if rest.starts(with: open) {
        start = bytes.count
        rest = rest.dropFirst(open.count)
      } else if rest.starts(with: close) {
        end = bytes.count
        rest = rest.dropFirst(close.count)
      } else {
        bytes.append(byte)
        rest = rest.dropFirst()
      }
    }
    source = SourceText(name: "<test>", bytes: bytes)
    range = if let start, let end { SourceRange(start, end) } else { nil }
  }

  /// A source with the range marked, to be compared with what was expected.
  static func text(_ source: SourceText, _ range: SourceRange) -> String {
    source.text(SourceRange(0, range.start)) + "«" + source.text(range) + "»"
      + source.text(SourceRange(range.end, source.bytes.count))
  }
}
