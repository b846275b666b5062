import Testing

/// An input too long to be shown.
struct LargeInput: CustomTestStringConvertible, Sendable {
  let testDescription: String
  let text: String

  init(_ name: String, _ text: String) {
    testDescription = name
    self.text = text
  }
}

/// A text, so many times.
func times(_ count: Int, _ text: String) -> String { String(repeating: text, count: count) }
