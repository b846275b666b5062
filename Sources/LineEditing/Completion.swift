/// What can stand at the cursor: a text that has been begun, and how it can go on.
public struct Completion: Sendable {
  /// A text that can stand there.
  public struct Candidate: Hashable, Sendable {
    /// What the list calls it, and what it begins with is compared with.
    public let label: String
    /// What takes the place of what has been typed when it is chosen.
    public let replacement: String
    /// What follows it then, unless it stands behind the cursor already: a closing quote.
    public let ending: String
    /// What it is, in a few words for the list; empty for none.
    public let detail: String
    /// Whether it is taken before others that fit too.
    public let isPreferred: Bool

    /// A candidate.
    public init(
      _ label: String, replacement: String? = nil, ending: String = "", detail: String = "",
      isPreferred: Bool = false
    ) {
      self.label = label
      self.replacement = replacement ?? label
      self.ending = ending
      self.detail = detail
      self.isPreferred = isPreferred
    }
  }

  /// How many bytes before the cursor are replaced.
  public let replacedLength: Int
  /// What can stand there, in the order in which it is listed.
  public let candidates: [Candidate]

  /// A text of `replacedLength` bytes and how it can go on.
  public init(replacedLength: Int, candidates: [Candidate]) {
    self.replacedLength = replacedLength
    self.candidates = candidates
  }

  /// What Tab does.
  enum Step: Equatable {
    /// There is nothing to do.
    case beep
    /// This takes the place of what has been typed; `isChoice` where other candidates fit too.
    case replace(String, isChoice: Bool)
    case list
  }

  /// What Tab does with what has been typed so far and the text after the cursor.
  ///
  /// One candidate is taken whole, and so is the one that is preferred. Of several what they have in
  /// common is taken; where that is nothing they are listed.
  func step(typed: String, after: String) -> Step {
    guard !candidates.isEmpty else { return .beep }
    let preferred = candidates.filter(\.isPreferred)
    if candidates.count == 1 || !typed.isEmpty && preferred.count == 1 {
      let chosen = candidates.count == 1 ? candidates[0] : preferred[0]
      let ending = after.hasPrefix(chosen.ending) ? "" : chosen.ending
      let text = chosen.replacement + ending
      if text != typed { return .replace(text, isChoice: candidates.count > 1) }
      return candidates.count == 1 ? .beep : .list
    }
    let common = commonStart
    let extends = common.lowercased().hasPrefix(typed.lowercased()) && common != typed
    return extends ? .replace(common, isChoice: false) : .list
  }

  /// The longest text that all labels begin with.
  private var commonStart: String {
    guard let first = candidates.first else { return "" }
    var common = first.label[...]
    for candidate in candidates.dropFirst() {
      let same = zip(common.indices, candidate.label).prefix { common[$0.0] == $0.1 }
      common = common[..<(same.last.map { common.index(after: $0.0) } ?? common.startIndex)]
    }
    return String(common)
  }
}
