import GradLanguage
import LineEditing

/// What Return does while statements are typed.
enum BlockTyping {
  /// Ends the input when it is complete or wrong, so that a mistake is reported; else begins another
  /// line, two columns further in for every bracket that the line before the cursor leaves open.
  static func enter(_ edited: EditedText) -> LineEditor.Enter {
    let text = edited.text
    let statements = SessionRequest.statements(in: text)
    guard let statements else { return .accept }
    let source = SourceText(name: "", bytes: Array(statements.utf8))
    switch Interpreter.completeness(of: source) {
    case .complete, .wrong: return .accept
    case .incomplete: return .newLine(indentation: indentation(after: edited.lineBeforeCursor))
    }
  }

  /// The blanks before the line that follows one.
  static func indentation(after line: String) -> String {
    let blanks = line.prefix { $0 == " " || $0 == "\t" }
    var brackets = OpenBrackets()
    brackets.scan(Array(line.utf8))
    return blanks + String(repeating: " ", count: 2 * brackets.depth)
  }
}
