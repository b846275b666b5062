import GradLanguage

/// Tries a course out: every answer must pass its checks, every example must meet its mistake.
///
/// Each of them has a session of its own, in which its step has just begun.
struct Rehearsal {
  private let course: Course
  private let sourceName: String
  /// What is wrong, with the line of the file.
  private(set) var complaints: [(line: Int, text: String)] = []
  /// How many answers and examples did what they should.
  private(set) var passed = 0

  /// Goes through a course; `sourceName` is what errors call its file.
  init(_ course: Course, sourceName: String, interrupt: Interrupt) {
    self.course = course
    self.sourceName = sourceName
    for index in course.steps.indices {
      tryAnswer(at: index, interrupt)
      for mistake in course.steps[index].mistakes.indices {
        for example in course.steps[index].mistakes[mistake].examples {
          guard !interrupt.isRequested else { return }
          tryLine(example, at: index, expecting: .mistake(mistake), interrupt)
        }
      }
    }
  }

  private mutating func tryAnswer(at index: Int, _ interrupt: Interrupt) {
    let step = course.steps[index]
    let nothing = Course.Code(text: "", line: step.answer.line)
    if let found = trial(of: nothing, at: index, interrupt), found.verdict == .right {
      complain(step.answer.line, "`\(step.title)` is done before anything is typed")
    }
    tryLine(step.answer, at: index, expecting: .right, interrupt)
  }

  private mutating func tryLine(
    _ code: Course.Code, at index: Int, expecting expected: LessonGuide.Verdict,
    _ interrupt: Interrupt
  ) {
    guard let found = trial(of: code, at: index, interrupt) else { return }
    guard found.verdict != expected else { return passed += 1 }
    var text = "`\(code.text)` \(describe(found.verdict)), instead of \(wanted(expected))"
    if expected == .right, let check = found.openCheck {
      text += ": `check: \(check.text)` does not hold"
    }
    complain(code.line, text)
  }

  /// What a line is in a step that has just begun, and the first check that it does not pass;
  /// nil when the step cannot be set up.
  private mutating func trial(
    of code: Course.Code, at index: Int, _ interrupt: Interrupt
  ) -> (verdict: LessonGuide.Verdict, openCheck: Course.Condition?)? {
    let session = StepSession(
      interpreter: Interpreter(interrupt: interrupt), sourceName: sourceName)
    if let problem = session.prepare(course.steps[index], isAsked: true).problems.first {
      complain(problem.line, problem.message)
      return nil
    }
    let (attempt, guide) = (session.attempt(code), LessonGuide(course, at: index))
    return (session.verdict(on: attempt, guide), session.openCheck(on: attempt, guide))
  }

  private mutating func complain(_ line: Int, _ text: String) {
    if complaints.contains(where: { $0 == (line, text) }) { return }
    complaints.append((line, text))
  }

  private func describe(_ verdict: LessonGuide.Verdict) -> String {
    switch verdict {
    case .right: "passes all checks"
    case .mistake(let number): "meets mistake \(number + 1) of its step"
    case .miss: "meets no mistake and not all checks"
    case .aside: "only shows or binds something else"
    case .failure: "fails with an error that no mistake expects"
    }
  }

  private func wanted(_ verdict: LessonGuide.Verdict) -> String {
    switch verdict {
    case .right: "passing all checks"
    case .mistake(let number): "meeting mistake \(number + 1)"
    case .miss: "missing"
    case .aside: "looking around"
    case .failure: "failing"
    }
  }
}
