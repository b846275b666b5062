import GradLanguage

/// The words that begin the parts of a course's file.
enum CourseKeyword: String, CaseIterable {
  case course, step, setup, needs, text, ask, check, mistake, and, example, hint, answer, praise,
    end

  /// Whether the lines that follow belong to the part; otherwise it is one line.
  var takesText: Bool {
    switch self {
    case .text, .ask, .mistake, .and, .hint, .praise, .end: true
    case .course, .step, .setup, .needs, .check, .example, .answer: false
    }
  }

  /// Whether a step has one of these at most.
  var isSingle: Bool {
    switch self {
    case .text, .ask, .hint, .answer, .praise: true
    case .course, .step, .setup, .needs, .check, .mistake, .and, .example, .end: false
    }
  }

  /// What a step cannot do without.
  static let required: [CourseKeyword] = [.text, .ask, .check, .hint, .answer]

  /// The same in words.
  static let requirement = "a step needs `text:`, `ask:`, `check:`, `hint:` and `answer:`"

  /// All words, for a message.
  static let list = allCases.map { "`\($0.rawValue):`" }.joined(separator: " ")

  /// The keyword that a word was probably meant to be.
  static func similar(to word: String) -> String? {
    let words = allCases.map(\.rawValue)
    let lower = word.lowercased()
    return words.contains(lower) ? lower : Interpreter.nearestWord(to: lower, among: words)
  }

  /// The word and the rest of a line that begins with a keyword and a colon, or with a word that
  /// was probably meant to be one; nil for any other line.
  static func split(_ line: Substring) -> (word: String, rest: String)? {
    guard let colon = line.firstIndex(of: ":") else { return nil }
    let word = line[..<colon]
    guard !word.isEmpty, word.allSatisfy({ $0.isLetter }) else { return nil }
    let rest = line[line.index(after: colon)...]
    guard rest.first != "=" else { return nil }  // `w := 1` without its blank
    guard similar(to: String(word)) != nil else { return nil }
    return (String(word), CourseReader.trimmed(rest))
  }
}
