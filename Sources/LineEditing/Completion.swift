/// What can stand at the cursor: a word that has been begun, and how it can go on.
public struct Completion: Sendable {
  /// How many bytes before the cursor the word has so far.
  public let prefixLength: Int
  /// The words that begin with it, in the order in which they are listed.
  public let candidates: [String]

  /// A word of `prefixLength` bytes and how it can go on.
  public init(prefixLength: Int, candidates: [String]) {
    self.prefixLength = prefixLength
    self.candidates = candidates
  }

  /// The longest text that all candidates begin with.
  var commonPrefix: String {
    guard var common = candidates.first else { return "" }
    for candidate in candidates.dropFirst() {
      while !candidate.hasPrefix(common) { common.removeLast() }
    }
    return common
  }

  /// The candidates in columns, as a list for a terminal of this width.
  func columns(width: Int) -> String {
    let cell = (candidates.map(\.count).max() ?? 0) + 2
    let perRow = max(1, width / cell)
    var text = ""
    for (index, candidate) in candidates.enumerated() {
      let endsRow = index % perRow == perRow - 1 || index == candidates.count - 1
      text += endsRow ? candidate + "\n" : candidate.padded(to: cell)
    }
    return text
  }
}

extension String {
  fileprivate func padded(to width: Int) -> String {
    self + String(repeating: " ", count: max(0, width - count))
  }
}
