import GradLanguage
import LineEditing

/// Completes names, and members after a dot; in strings, only what stands in braces.
enum WordCompletion {
  /// How the text before the cursor can go on.
  static func complete(_ text: String, names: [String]) -> Completion {
    var brackets = OpenBrackets()
    brackets.scan(Array(text.utf8))
    if brackets.endsInString { return Completion(prefixLength: 0, candidates: []) }
    let word = String(text.reversed().prefix(while: isPart).reversed())
    let before = text.dropLast(word.count)
    let candidates = Set(pool(after: before, names)).filter { $0.hasPrefix(word) }.sorted()
    return Completion(prefixLength: word.utf8.count, candidates: candidates)
  }

  /// The words that can follow a text.
  private static func pool(after before: Substring, _ names: [String]) -> [String] {
    switch before.drop(while: \.isWhitespace) {
    case ":": return SessionCommand.words
    case ":help ", "help ", "?": return Help.topics + SessionCommand.allCases.map(\.rawValue)
    case ":lesson ": return LessonCommand.words
    case _: break
    }
    guard before.last == ".", let owner = before.dropLast().last else { return names }
    return isPart(owner) || owner == ")" ? Interpreter.memberNames : names
  }

  private static func isPart(_ character: Character) -> Bool {
    character.isLetter || character.isNumber || character == "_"
  }
}
