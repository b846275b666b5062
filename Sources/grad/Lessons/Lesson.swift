import GradLanguage
import Rendering

/// A lesson in a session: it prepares steps, looks at what has been typed, and says what the guide
/// says.
final class Lesson {
  private let interpreter: Interpreter
  private let presenter: Presenter
  private let progress: LessonProgress
  private var source = CourseFile.builtIn
  /// Where the learner is; nil until a course has been read.
  private var guide: LessonGuide?
  /// Whether what is typed is looked at.
  private(set) var isUnderWay = false
  /// The number that the present input has shown last.
  private var shown = LastNumber()
  /// Why the present step could not be remembered.
  private var forgotten: String?

  /// So long the conditions about one input may take.
  private static let patience = 2

  init(_ interpreter: Interpreter, _ presenter: Presenter, _ progress: LessonProgress) {
    self.interpreter = interpreter
    self.presenter = presenter
    self.progress = progress
  }

  // MARK: What is typed

  /// Takes note of what an input shows.
  func note(_ output: Output) { shown.note(output) }

  /// Looks at an input that has been typed, and says what there is to say.
  func look(at text: SourceText, _ outcome: Outcome) {
    defer { shown = LastNumber() }
    guard isUnderWay, var guide, !Interruption.request.isRequested else { return }
    let attempt = LessonGuide.Attempt(
      text: String(decoding: text.bytes, as: UTF8.self), shown: shown.number,
      errorCode: outcome.diagnostics.first?.code)
    let verdict = Interruption.limited(seconds: Lesson.patience) {
      session.verdict(on: attempt, guide)
    }
    guide.note(attempt.text)
    let reply = guide.reply(to: verdict)
    self.guide = guide
    if !reply.isEmpty { say(reply) }
    if verdict == .right { arrive(isAsked: false) }
  }

  private var session: StepSession {
    StepSession(interpreter: interpreter, sourceName: source.name)
  }

  // MARK: Commands

  /// Does what was said after `:lesson`; false when a course has been tried out that has faults.
  func obey(_ command: LessonCommand) -> Bool {
    if command == .check { return rehearse() }
    follow(command)
    return true
  }

  private func follow(_ command: LessonCommand) {
    switch command {
    case .go: resume()
    case .step(let number): go(to: number)
    case .again:
      if let guide = known() { self.guide = LessonGuide(guide.course) }
      go(to: 1)
    case .list: if let guide = known() { say(guide.list + [.remark(Lesson.usage)]) }
    case .hint: if let step = underWay()?.step { say([.hint(step.hint)]) }
    case .answer:
      if let step = underWay()?.step {
        say([.text([.prose("One answer, for you to type:"), .code([step.answer.text])])])
      }
    case .skip:
      guard underWay() != nil else { return }
      guide?.advance()
      arrive(isAsked: true)
    case .quit: quit()
    case .file(let path):
      if let failure = choose(.file(path)) { return presenter.message(failure.text) }
      resume()
    case .check: break  // `obey` has done it
    case .unknown(let word):
      complain("there is no `:lesson \(word)`. \(Lesson.usage)")
    }
  }

  private static let usage = """
    `:lesson` goes on, `:lesson 4` goes to a step; also `:lesson` with \
    \(LessonCommand.words.map { "`\($0)`" }.joined(separator: ", ")), or a course's file such as \
    `./mine.course`.
    """

  /// Takes another course, which begins where it was left.
  ///
  /// - Returns: why it cannot be taken; then everything is as before.
  func choose(_ new: CourseFile) -> LessonFailure? {
    switch new.course() {
    case .failure(let failure): return failure
    case .success(let course):
      source = new
      isUnderWay = false
      let (step, done) = remembered()
      guide = LessonGuide(course, at: step, done: done)
      return nil
    }
  }

  /// The step that comes next in the present course, and those that are done.
  private func remembered() -> (step: Int, done: Set<Int>) {
    switch progress.reading(of: key) {
    case .nothing: return (0, [])
    case .step(let step, let done): return (step, done)
    case .damaged:
      presenter.message(
        "the progress in \(progress.path ?? "") cannot be read: the course begins at step 1")
      return (0, [])
    }
  }

  /// What the file of progress calls the course.
  private var key: String {
    switch source {
    case .builtIn: source.name
    case .file(let path): SystemFiles.canonical(path) ?? path
    }
  }

  /// The guide to the chosen course, the built-in one if none has been chosen.
  private func known() -> LessonGuide? {
    if guide == nil, let failure = choose(.builtIn) { presenter.message(failure.text) }
    return guide
  }

  private func underWay() -> LessonGuide? {
    if !isUnderWay { complain("no lesson is under way; `:lesson` begins one") }
    return isUnderWay ? guide : nil
  }

  /// Begins, or goes on where the course was left.
  func resume() {
    guard let guide = known() else { return }
    if guide.isFinished { return say([.remark(Lesson.doneRemark)]) }
    if !isUnderWay {
      remember()
      say([.heading(guide.course.title), .remark(welcome(guide))])
    }
    arrive(isAsked: true)
  }

  private func welcome(_ guide: LessonGuide) -> String {
    let count = guide.course.steps.count
    let length = count == 1 ? "one step" : "\(count) steps"
    let place =
      guide.index == 0
      ? "The course has \(length)."
      : "You left at step \(guide.index + 1) of \(count): it goes on there."
    let isKept = progress.path != nil && forgotten == nil
    return place + " `:lesson hint` helps, `:lesson quit` leaves; "
      + (isKept ? "you can come back any time." : "`:lesson` comes back, in this session.")
  }

  private static let doneRemark = """
    You have been through all steps of the course. `:lesson again` begins anew, `:lesson 1` goes \
    to a step.
    """

  private func go(to number: Int) {
    guard let guide = known() else { return }
    let count = guide.course.steps.count
    guard (1...count).contains(number) else {
      complain("the course has steps 1 to \(count); `:lesson list` shows them")
      return
    }
    self.guide = LessonGuide(guide.course, at: number - 1, done: guide.done)
    arrive(isAsked: true)
  }

  private func quit() {
    guard underWay() != nil else { return }
    isUnderWay = false
    say([.remark("See you: `:lesson` goes on here.")])
  }

  /// Tries the course out, for its teacher; false when it has faults.
  private func rehearse() -> Bool {
    guard let guide = known() else { return false }
    let rehearsal = Rehearsal(
      guide.course, sourceName: source.name, interrupt: Interruption.request)
    if Interruption.request.isRequested {
      presenter.message("interrupted")
      return true
    }
    for (line, text) in rehearsal.complaints {
      presenter.message(WrappedText.message("\(source.name):\(line): \(text)"))
    }
    say([.remark("\(rehearsal.passed) answers and examples do what they should.")])
    return rehearsal.complaints.isEmpty
  }

  // MARK: Steps

  /// Prepares the present step and shows it.
  ///
  /// - Parameter isAsked: whether the learner asked for it, rather than came to it by an answer.
  private func arrive(isAsked: Bool) {
    guide?.beginStep()
    guard let guide else { return }
    isUnderWay = !guide.isFinished
    remember()
    guard let step = guide.step else {
      let ending = guide.course.ending
      return say([.gap, ending.isEmpty ? .remark(Lesson.doneRemark) : .text(ending)])
    }
    let (typed, problems) = session.prepare(step, isAsked: isAsked)
    for problem in problems { presenter.show(problem) }
    say([.gap] + guide.passages(typed: typed))
  }

  /// Keeps the present step for other sessions; says once if that is not possible.
  private func remember() {
    guard let guide else { return }
    let reason = progress.remember(guide.index, done: guide.done, of: key)
    if let reason, forgotten == nil {
      complain(
        "the lesson cannot remember your step for another session, in `\(progress.path ?? "")`: "
          + "\(reason)")
    }
    forgotten = reason
  }

  /// Says what keeps a command from being done.
  private func complain(_ text: String) { presenter.complain(text) }

  private func say(_ passages: [LessonPassage]) { presenter.teach(passages) }
}
