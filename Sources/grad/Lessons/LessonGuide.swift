import GradLanguage

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
  /// The steps that have been done, from 0.
  private(set) var done: Set<Int>
  /// How many answers to the present step fitted nothing.
  private(set) var misses = 0
  /// Names that were bound for the learner, and have been bound anew since.
  private(set) var rebound: Set<String> = []

  /// The guide to a step; past the last one the course is over.
  init(_ course: Course, at index: Int = 0, done: Set<Int> = []) {
    self.course = course
    self.index = min(max(index, 0), course.steps.count)
    self.done = done
  }

  var isFinished: Bool { index == course.steps.count }

  /// The present step; nil when all are done.
  var step: Course.Step? { isFinished ? nil : course.steps[index] }

  /// Goes on to the next step.
  mutating func advance() {
    index = min(index + 1, course.steps.count)
    beginStep()
  }

  /// Begins the present step anew.
  mutating func beginStep() {
    misses = 0
    rebound = []
  }

  /// Takes note of what an input binds: a name that the step was given, and its answer does not
  /// bind, may be what keeps the answer from being right.
  mutating func note(_ text: String) {
    guard let step else { return }
    let given = step.givenNames.subtracting(step.answerNames)
    rebound.formUnion(given.intersection(Interpreter.boundNames(in: text)))
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
    /// The learner looks around: the input shows or binds something that the step does not ask for.
    case aside
    /// An error that the course does not know.
    case failure
  }

  /// Judges an attempt at the present step.
  ///
  /// What failed cannot be right, and of the mistakes only those about the text and the error are
  /// looked at: what holds in the session may have been so before. What only looks around is a
  /// mistake only where the mistake names what is typed.
  ///
  /// - Parameter holds: whether an expression is true in the session.
  func verdict(on attempt: Attempt, holds: (String) -> Bool) -> Verdict {
    guard let step else { return .miss }
    if attempt.errorCode == nil, openCheck(on: attempt, holds: holds) == nil { return .right }
    let isAside = isAside(attempt, step)
    let known = step.mistakes.firstIndex { mistake in
      if isAside, !mistake.conditions.contains(where: \.isAboutText) { return false }
      return mistake.conditions.allSatisfy { Self.fits($0, attempt, holds) }
    }
    if let known { return .mistake(known) }
    if isAside { return .aside }
    return attempt.errorCode == nil ? .miss : .failure
  }

  /// The first check of the present step that an attempt does not pass.
  func openCheck(on attempt: Attempt, holds: (String) -> Bool) -> Course.Condition? {
    step?.checks.first { !Self.fits($0, attempt, holds) }
  }

  private static func fits(
    _ condition: Course.Condition, _ attempt: Attempt, _ holds: (String) -> Bool
  ) -> Bool {
    switch condition {
    case .holds(let expression): attempt.errorCode == nil && holds(expression)
    case .typed(let part): unspaced(attempt.text).contains(unspaced(part))
    case .nothingShown: attempt.errorCode == nil && attempt.shown.isNaN
    case .failed(nil): attempt.errorCode != nil
    case .failed(let code?): attempt.errorCode == code
    }
  }

  private func isAside(_ attempt: Attempt, _ step: Course.Step) -> Bool {
    guard attempt.errorCode == nil, let aside = Interpreter.aside(in: attempt.text) else {
      return false
    }
    let names = step.givenNames.union(step.answerNames).union(step.checkedNames)
    return aside.names.isDisjoint(with: names)
      && aside.commands.isDisjoint(with: Interpreter.commands(in: step.answer.text))
  }

  /// What is said to a verdict; the step is done when it is right.
  mutating func reply(to verdict: Verdict) -> [LessonPassage] {
    guard let step else { return [] }
    switch verdict {
    case .right:
      done.insert(index)
      advance()
      return [.praise(step.praise)]
    case .mistake(let number): return [.reply(step.mistakes[number].reply)]
    case .aside: return []
    case .miss: return help(first: .reminder(step.task), step)
    case .failure: return help(first: .remark(LessonGuide.comfort), step)
    }
  }

  private static let comfort = """
    Nothing is lost: the message says what to mend. Bring the line back with Up, and try again.
    """

  /// What is said to misses, in turn: something first, the general hint, what else there is.
  private mutating func help(first: LessonPassage, _ step: Course.Step) -> [LessonPassage] {
    misses += 1
    let passage: LessonPassage
    switch misses % 3 {
    case 1: passage = first
    case 2: passage = .hint(step.hint)
    case _: passage = .remark(LessonGuide.commands)
    }
    guard !rebound.isEmpty else { return [passage] }
    let names = rebound.sorted().map { "`\($0)`" }.joined(separator: ", ")
    let verb = rebound.count == 1 ? "has" : "have"
    return [
      passage,
      .remark("\(names) \(verb) been bound anew: `:lesson` sets the step up as it began."),
    ]
  }

  private static let commands = """
    `:lesson answer` tells, `:lesson hint` helps, `:lesson` sets the step up again, `:lesson skip` \
    goes on.
    """

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

  /// A line a step, with a mark: `x` where it is done, `>` at the present one, `-` where it was
  /// passed over, `.` ahead.
  var list: [LessonPassage] {
    [.heading(course.title)]
      + course.steps.enumerated().map { number, step in
        let passed = number < index ? "-" : "."
        let mark = number == index ? ">" : done.contains(number) ? "x" : passed
        return .line("\(mark) \(number + 1) \(step.title)")
      }
  }
}
