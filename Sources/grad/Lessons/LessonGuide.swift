/// Where a learner is in a course, and what is said to an answer.
///
/// It knows neither the session nor the terminal: it is told what was typed and what holds, and
/// answers with passages.
struct LessonGuide {
  /// A line that the learner typed, and what came of it.
  struct Attempt {
    var text: String
    /// The number that was shown last; NaN when none was.
    var shown: Double
    /// The code of the error that stopped it.
    var errorCode: String?
  }

  let course: Course
  /// The present step, from 0; their number when all are done.
  private(set) var index: Int
  /// How many answers to it fitted nothing.
  private(set) var misses = 0

  /// The guide to a step; past the last one the course is done.
  init(_ course: Course, at index: Int = 0) {
    self.course = course
    self.index = min(max(index, 0), course.steps.count)
  }

  var isFinished: Bool { index == course.steps.count }

  /// The present step; nil when all are done.
  var step: Course.Step? { isFinished ? nil : course.steps[index] }

  /// Goes on to the next step.
  mutating func advance() {
    index = min(index + 1, course.steps.count)
    misses = 0
  }

  // MARK: Answers

  /// What an attempt is.
  enum Verdict: Equatable {
    /// All checks hold: the step is done.
    case right
    /// A mistake that the course knows, by its number.
    case mistake(Int)
    /// Anything else that ran.
    case miss
    /// An error that the course does not know.
    case failure
  }

  /// Judges an attempt at the present step.
  ///
  /// What failed cannot be right, and of the mistakes only those about the text and the error are
  /// looked at: what holds in the session may have been so before.
  ///
  /// - Parameter holds: whether an expression is true in the session.
  func verdict(on attempt: Attempt, holds: (String) -> Bool) -> Verdict {
    guard let step else { return .miss }
    func fits(_ condition: Course.Condition) -> Bool {
      switch condition {
      case .holds(let expression): attempt.errorCode == nil && holds(expression)
      case .typed(let part): Self.unspaced(attempt.text).contains(Self.unspaced(part))
      case .nothingShown: attempt.errorCode == nil && attempt.shown.isNaN
      case .failed(nil): attempt.errorCode != nil
      case .failed(let code?): attempt.errorCode == code
      }
    }
    if attempt.errorCode == nil, step.checks.allSatisfy(fits) { return .right }
    if let known = step.mistakes.firstIndex(where: { $0.conditions.allSatisfy(fits) }) {
      return .mistake(known)
    }
    return attempt.errorCode == nil ? .miss : .failure
  }

  /// What is said to a verdict; the step is done when it is right.
  mutating func reply(to verdict: Verdict) -> [LessonPassage] {
    guard let step else { return [] }
    switch verdict {
    case .right:
      advance()
      return [.praise(step.praise)]
    case .mistake(let number): return [.reply(step.mistakes[number].reply)]
    case .miss:
      misses += 1
      return misses == 1 ? [.reminder(step.task)] : help
    case .failure:
      misses += 1
      return misses == 1 ? [.remark(LessonGuide.comfort)] : help
    }
  }

  private static let comfort = """
    Nothing is lost: the message says what to mend. Bring the line back with Up, and try again.
    """

  /// The general hint, and from the third miss on where the answer is.
  private var help: [LessonPassage] {
    guard let step else { return [] }
    if misses == 2 { return [.hint(step.hint)] }
    return [.remark("`:lesson answer` tells, `:lesson hint` helps, `:lesson skip` goes on.")]
  }

  private static func unspaced(_ text: String) -> String { text.filter { !$0.isWhitespace } }

  // MARK: Texts

  /// The present step from its title to its task; nothing after the last one.
  ///
  /// - Parameter typed: the statements that have been run for the learner.
  func passages(typed: [String] = []) -> [LessonPassage] {
    guard let step else { return [] }
    var passages: [LessonPassage] = [
      .heading("Step \(index + 1) of \(course.steps.count): \(step.title)"), .text(step.text),
    ]
    if !typed.isEmpty { passages += [.remark("Typed for you:"), .code(typed)] }
    return passages + [.task(step.task)]
  }

  /// A line a step, with a mark at those that are done and at the present one.
  var list: [LessonPassage] {
    [.heading(course.title)]
      + course.steps.enumerated().map { number, step in
        let mark = number < index ? "x" : number == index ? ">" : "."
        return .line("\(mark) \(number + 1) \(step.title)")
      }
  }
}
