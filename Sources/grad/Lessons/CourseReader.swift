import GradLanguage

/// Reads a course's file; grammar.md describes its form, and so does the head of `neuron.course`.
///
/// First the lines become parts, each with the word that begins it; then the parts become steps.
struct CourseReader {
  /// A word of the file with what belongs to it.
  private struct Part {
    let keyword: CourseKeyword
    let line: Int
    /// The rest of the word's line.
    let first: String
    /// The lines below it.
    var below: [Substring] = []
  }

  /// More bytes than this are no course.
  static let sizeLimit = 1 << 20

  private var title: String?
  private var titleLine = 1
  private var steps: [Course.Step] = []
  private var ending: [Course.Paragraph] = []
  /// The step that is being read, its line and its words.
  private var step = CourseReader.emptyStep
  private var stepLine = 0
  private var seen: Set<CourseKeyword> = []
  private var mistakeLines: [Int] = []
  /// The conditions that are expressions, and the names that the course binds somewhere.
  private var expressions: [Course.Code] = []
  private var boundNames: Set<String> = ["shown"]

  private static let emptyStep = Course.Step(
    title: "", text: [], task: [], setup: [], needs: [], checks: [], mistakes: [], hint: [],
    answer: Course.Code(text: "", line: 0), praise: [.prose("Right.")])

  /// The course that a file's bytes are.
  static func read(_ bytes: [UInt8]) throws(CourseError) -> Course {
    let parts = try parts(of: text(bytes))
    var reader = CourseReader()
    for part in parts { try reader.add(part) }
    return try reader.finished()
  }

  // MARK: Lines

  private static func text(_ bytes: [UInt8]) throws(CourseError) -> String {
    guard bytes.count <= sizeLimit else {
      throw CourseError(
        line: 1, problem: "the file has more than \(sizeLimit) bytes",
        help: "a course is a short text; is this the right file?")
    }
    let lines = bytes.split(separator: UInt8(ascii: "\n"), omittingEmptySubsequences: false)
    for (index, line) in lines.enumerated() {
      guard !line.contains(0), String(validating: line, as: UTF8.self) != nil else {
        throw CourseError(
          line: index + 1, problem: "this line is no text in UTF-8",
          help: "save the file as plain text in UTF-8")
      }
    }
    let text = String(decoding: bytes, as: UTF8.self)
    return text.hasPrefix("\u{FEFF}") ? String(text.unicodeScalars.dropFirst()) : text
  }

  private static func parts(of text: String) throws(CourseError) -> [Part] {
    var parts: [Part] = []
    let lines = text.split(omittingEmptySubsequences: false) { $0 == "\n" || $0 == "\r\n" }
    for (index, line) in lines.enumerated() where !line.hasPrefix("#") {
      let place = index + 1
      if let (word, rest) = CourseKeyword.split(line) {
        let keyword = try keyword(word, place)
        parts.append(Part(keyword: keyword, line: place, first: rest))
      } else if parts.isEmpty || !parts[parts.count - 1].keyword.takesText {
        guard trimmed(line).isEmpty else { throw stray(after: parts.last, place) }
      } else {
        parts[parts.count - 1].below.append(line)
      }
    }
    return parts
  }

  /// The keyword that a word is, or was probably meant to be.
  private static func keyword(_ word: String, _ line: Int) throws(CourseError) -> CourseKeyword {
    if let keyword = CourseKeyword(rawValue: word) { return keyword }
    let similar = CourseKeyword.similar(to: word) ?? ""
    throw CourseError(
      line: line, problem: "`\(word):` is no word of a course",
      help:
        "did you mean `\(similar):`? A line of text that begins like this is indented by a blank")
  }

  private static func stray(after part: Part?, _ line: Int) -> CourseError {
    guard let part else {
      return CourseError(
        line: line, problem: "this line comes before the first word",
        help: "a course begins with `course:` and its title")
    }
    let word = part.keyword.rawValue
    return CourseError(
      line: line, problem: "`\(word):` above takes one line, and this is a second one",
      help:
        "begin it with a word of its own, such as `\(word):`; the words are \(CourseKeyword.list)")
  }

  static func trimmed(_ text: some StringProtocol) -> String {
    var text = text[...]
    while text.first?.isWhitespace == true { text.removeFirst() }
    while text.last?.isWhitespace == true { text.removeLast() }
    return String(text)
  }

  // MARK: Paragraphs

  /// The paragraphs of a text: an empty line ends one; lines indented by four blanks are code.
  private static func paragraphs(_ first: String, _ below: [Substring]) -> [Course.Paragraph] {
    var paragraphs: [Course.Paragraph] = []
    var lines: [String] = []
    var isCode = false
    func close() {
      if !lines.isEmpty {
        paragraphs.append(isCode ? .code(lines) : .prose(lines.joined(separator: " ")))
      }
      lines = []
    }
    for line in [first[...]] + below {
      let words = trimmed(line)
      let isIndented = line.hasPrefix("    ")
      if words.isEmpty || isIndented != isCode { close() }
      guard !words.isEmpty else { continue }
      isCode = isIndented
      lines.append(isCode ? trimmedEnd(line.dropFirst(4)) : words)
    }
    close()
    return paragraphs
  }

  private static func trimmedEnd(_ line: Substring) -> String {
    var line = line
    while line.last?.isWhitespace == true { line.removeLast() }
    return String(line)
  }

  // MARK: Steps

  private mutating func add(_ part: Part) throws(CourseError) {
    switch part.keyword {
    case .course: try begin(part)
    case .step: try beginStep(part)
    case .end:
      try endStep()
      guard !steps.isEmpty else { throw outside(part) }
      ending = try text(part)
    case .setup, .needs, .text, .ask, .check, .mistake, .and, .example, .hint, .answer, .praise:
      guard stepLine > 0 else { throw outside(part) }
      guard !part.keyword.isSingle || !seen.contains(part.keyword) else {
        throw CourseError(
          line: part.line, problem: "the step has a second `\(part.keyword.rawValue):`",
          help: "keep one; a new step begins with `step:` and its title")
      }
      seen.insert(part.keyword)
      try addToStep(part)
    }
  }

  private func outside(_ part: Part) -> CourseError {
    CourseError(
      line: part.line, problem: "`\(part.keyword.rawValue):` stands outside a step",
      help: "a step begins with `step:` and its title")
  }

  private mutating func begin(_ part: Part) throws(CourseError) {
    guard title == nil, steps.isEmpty, stepLine == 0 else {
      throw CourseError(
        line: part.line, problem: "`course:` stands first in the file, and once", help: "remove it")
    }
    title = try line(part)
    titleLine = part.line
  }

  private mutating func beginStep(_ part: Part) throws(CourseError) {
    guard title != nil else {
      throw CourseError(
        line: part.line, problem: "the course has no title",
        help: "put `course:` and its title above the first step")
    }
    try endStep()
    step = CourseReader.emptyStep
    step.title = try line(part)
    stepLine = part.line
  }

  private mutating func endStep() throws(CourseError) {
    guard stepLine > 0 else { return }
    let missing = CourseKeyword.required.first { !seen.contains($0) }
    if let missing {
      throw CourseError(
        line: stepLine, problem: "the step `\(step.title)` has no `\(missing.rawValue):`",
        help: CourseKeyword.requirement)
    }
    for (mistake, line) in zip(step.mistakes, mistakeLines) where mistake.reply.isEmpty {
      throw CourseError(
        line: line, problem: "the mistake has no reply", help: "write what is said to it below it")
    }
    steps.append(step)
    stepLine = 0
    mistakeLines = []
    seen = []
  }

  private mutating func addToStep(_ part: Part) throws(CourseError) {
    switch part.keyword {
    case .text: step.text = try text(part)
    case .ask: step.task = try text(part)
    case .hint: step.hint = try text(part)
    case .praise: step.praise = try text(part)
    case .setup: step.setup.append(try code(part))
    case .needs: step.needs.append(try code(part))
    case .answer: step.answer = try code(part)
    case .check: step.checks.append(try condition(part))
    case .mistake:
      step.mistakes.append(Course.Mistake(conditions: [], reply: [], examples: []))
      mistakeLines.append(part.line)
      try addCondition(part)
    case .and:
      guard !step.mistakes.isEmpty else { throw noMistake(part) }
      try addCondition(part)
    case .example:
      guard !step.mistakes.isEmpty else { throw noMistake(part) }
      let code = try content(part)
      boundNames.formUnion(Interpreter.boundNames(in: code.text))
      step.mistakes[step.mistakes.count - 1].examples.append(code)
    case .course, .step, .end: break
    }
  }

  /// A condition of a mistake, with the reply below it.
  private mutating func addCondition(_ part: Part) throws(CourseError) {
    let last = step.mistakes.count - 1
    step.mistakes[last].conditions.append(try condition(part))
    step.mistakes[last].reply += CourseReader.paragraphs("", part.below)
  }

  private func noMistake(_ part: Part) -> CourseError {
    CourseError(
      line: part.line, problem: "`\(part.keyword.rawValue):` belongs to a `mistake:` above it",
      help: "put `mistake:` with its condition before it")
  }

  private mutating func finished() throws(CourseError) -> Course {
    try endStep()
    guard let title else {
      throw CourseError(
        line: 1, problem: "the file holds no course",
        help: "write `course:` and its title, then steps; " + CourseKeyword.requirement)
    }
    guard !steps.isEmpty else {
      throw CourseError(
        line: titleLine, problem: "the course has no step",
        help: "write `step:` and its title below; " + CourseKeyword.requirement)
    }
    for expression in expressions { try checkNames(in: expression) }
    return Course(title: title, steps: steps, ending: ending)
  }

  /// A condition about a name that nothing in the course binds could never hold.
  private func checkNames(in condition: Course.Code) throws(CourseError) {
    let unknown = Interpreter.freeNames(in: condition.text).subtracting(boundNames).min()
    guard let unknown else { return }
    let similar = Interpreter.nearestWord(to: unknown, among: boundNames.sorted())
    throw CourseError(
      line: condition.line, problem: "`\(unknown)` is bound nowhere in the course",
      help: (similar.map { "did you mean `\($0)`? " } ?? "")
        + "A `setup:`, `needs:`, `answer:` or `example:` must bind it")
  }

  // MARK: Contents

  /// The text of a part, which must be there.
  private func text(_ part: Part) throws(CourseError) -> [Course.Paragraph] {
    let paragraphs = CourseReader.paragraphs(part.first, part.below)
    guard !paragraphs.isEmpty else { throw empty(part) }
    return paragraphs
  }

  /// The rest of a part's line, which must not be blank.
  private func content(_ part: Part) throws(CourseError) -> Course.Code {
    guard !part.first.isEmpty else { throw empty(part) }
    return Course.Code(text: part.first, line: part.line)
  }

  private func line(_ part: Part) throws(CourseError) -> String { try content(part).text }

  private func empty(_ part: Part) -> CourseError {
    CourseError(
      line: part.line, problem: "nothing stands after `\(part.keyword.rawValue):`",
      help: "write it there, or remove the word")
  }

  /// Statements, which must be whole.
  private mutating func code(_ part: Part) throws(CourseError) -> Course.Code {
    let code = try content(part)
    let source = SourceText(name: "", bytes: Array(code.text.utf8))
    guard case .complete = Interpreter.completeness(of: source) else {
      throw CourseError(
        line: part.line, problem: "grad cannot read `\(code.text)`",
        help: "try the line at the prompt: its error says what is wrong")
    }
    boundNames.formUnion(Interpreter.boundNames(in: code.text))
    return code
  }

  private mutating func condition(_ part: Part) throws(CourseError) -> Course.Condition {
    let text = try line(part)
    func wrong(_ problem: String, _ help: String) -> CourseError {
      CourseError(line: part.line, problem: problem, help: help)
    }
    let words = text.split(maxSplits: 1, whereSeparator: \.isWhitespace)
    switch words[0] {
    case "typed" where words.count == 1:
      throw wrong("`typed` does not say what", "write what the line contains: `typed backward`")
    case "typed": return .typed(CourseReader.trimmed(words[1]))
    case "nothing" where words.count == 2 && words[1] == "shown": return .nothingShown
    case "nothing": throw wrong("`\(text)` is no condition", "write `nothing shown`")
    case "error" where words.count == 1: return .failed(code: nil)
    case "error":
      let code = String(words[1])
      guard code.hasPrefix("E"), Interpreter.errorCodes.contains(code) else {
        throw wrong(
          "there is no error `\(code)`",
          "write the code that an error shows, as in `error E001`, or `error` for any")
      }
      return .failed(code: code)
    case _: break
    }
    guard Interpreter.isExpression(text) else {
      throw wrong(
        "`\(text)` is no condition",
        "compare values, as in `a.grad == 6`, or write `typed backward` or `error E001`")
    }
    expressions.append(Course.Code(text: text, line: part.line))
    return .holds(text)
  }
}
