import GradLanguage
import LineEditing

/// Completes names, and members after a dot.
enum WordCompletion {
  /// How the text before the cursor can go on.
  static func complete(_ text: String, names: [String]) -> Completion {
    let word = String(text.reversed().prefix(while: isPart).reversed())
    let before = text.dropLast(word.count)
    let isMember = before.last == "." && before.dropLast().last.map { isPart($0) || $0 == ")" } == true
    let pool =
      isMember ? Interpreter.memberNames : before.last == ":" ? SessionCommand.names : names
    let candidates = Set(pool).filter { $0.hasPrefix(word) }.sorted()
    return Completion(prefixLength: word.utf8.count, candidates: candidates)
  }

  private static func isPart(_ character: Character) -> Bool {
    character.isLetter || character.isNumber || character == "_"
  }
}
