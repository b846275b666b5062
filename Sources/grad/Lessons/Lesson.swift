import GradLanguage
import Rendering

/// A lesson in a session: it prepares steps, looks at what has been typed and says what the guide says.
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
  private var shown = Double.nan
  /// Why the last step could not be remembered.
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
  func note(_ output: Output) {
    switch output {
    case .value(.number(let number), _): shown = number.data
    case .printed(_, let values):
      if case .number(let number) = values.last { shown = number.data }
    case .value, .table, .names, .drawing, .explanation, .plot, .diagnostic: break
    }
  }

  /// Looks at an input that has been typed, and says what there is to say.
  func look(at text: SourceText, _ outcome: Outcome) {
    defer { shown = .nan }
    guard isUnderWay, var guide, !Interruption.request.isRequested else { return }
    let attempt = LessonGuide.Attempt(
      text: String(decoding: text.bytes, as: UTF8.self), shown: shown,
      errorCode: outcome.diagnostics.first?.code)
    let verdict = Interruption.limited(seconds: Lesson.patience) {
      guide.verdict(on: attempt) {
        interpreter.holds($0, parameter: "shown", number: attempt.shown)
      }
    }
    let reply = guide.reply(to: verdict)
    self.guide = guide
    say(reply)
    if verdict == .right { arrive(isFresh: true) }
  }

  // MARK: Commands

  /// Does what was said after `:lesson`.
  func obey(_ command: LessonCommand) {
    switch command {
    case .go: resume()
    case .step(let number): go(to: number)
    case .again: go(to: 1)
    case .list: if let guide = known() { say(guide.list + [.remark(Lesson.usage)]) }
    case .hint: if let step = underWay()?.step { say([.hint(step.hint)]) }
    case .answer:
      if let step = underWay()?.step {
        say([.text([.prose("One answer, for you to type:"), .code([step.answer.text])])])
      }
    case .skip:
      guard underWay() != nil else { return }
      guide?.advance()
      arrive(isFresh: true)
    case .quit: quit()
    case .file(let path):
      if let failure = choose(.file(path)) { return presenter.message(failure.text) }
      resume()
    case .unknown(let word):
      presenter.message("there is no `:lesson \(word)`. \(Lesson.usage)")
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
      guide = LessonGuide(course, at: remembered())
      return nil
    }
  }

  /// The step that comes next in the present course.
  private func remembered() -> Int {
    switch progress.reading(of: key) {
    case .nothing: return 0
    case .step(let step): return step
    case .damaged:
      presenter.message(
        "the progress in \(progress.path ?? "") cannot be read: the course begins at step 1")
      return 0
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
    if !isUnderWay { presenter.message("no lesson is under way; `:lesson` begins one") }
    return isUnderWay ? guide : nil
  }

  /// Begins, or goes on where the course was left.
  func resume() {
    guard let guide = known() else { return }
    if guide.isFinished {
      say([.remark(Lesson.doneRemark(guide.course))])
    } else if isUnderWay {
      arrive(isFresh: false)
    } else {
      say([.heading(guide.course.title), .remark(Lesson.welcome(guide))])
      arrive(isFresh: true)
    }
  }

  private static func welcome(_ guide: LessonGuide) -> String {
    let place =
      guide.index == 0
      ? "\(guide.course.steps.count) short steps."
      : "You left at step \(guide.index + 1) of \(guide.course.steps.count): it goes on there."
    return place + " `:lesson hint` helps, `:lesson quit` leaves; you can come back any time."
  }

  private static func doneRemark(_ course: Course) -> String {
    """
    You have been through all \(course.steps.count) steps of \(course.title). `:lesson again` begins \
    anew, `:lesson 3` goes to a step.
    """
  }

  private func go(to number: Int) {
    guard let guide = known() else { return }
    let count = guide.course.steps.count
    guard (1...count).contains(number) else {
      presenter.message("the course has steps 1 to \(count); `:lesson list` shows them")
      return
    }
    self.guide = LessonGuide(guide.course, at: number - 1)
    arrive(isFresh: true)
  }

  private func quit() {
    guard underWay() != nil else { return }
    isUnderWay = false
    if let forgotten {
      presenter.message("the step cannot be remembered in \(progress.path ?? ""): \(forgotten)")
    }
    say([.remark("See you: `:lesson` goes on here.")])
  }

  // MARK: Steps

  /// Prepares the present step and shows it; what it sets up is set up anew when it is fresh.
  private func arrive(isFresh: Bool) {
    guard let guide else { return }
    isUnderWay = !guide.isFinished
    forgotten = progress.remember(guide.index, of: key)
    let prepared = guide.step.map { prepare($0, isFresh: isFresh) } ?? []
    say([.gap] + guide.passages(typed: prepared))
  }

  /// Runs what a step needs.
  ///
  /// - Returns: the statements that ran.
  private func prepare(_ step: Course.Step, isFresh: Bool) -> [String] {
    let known = Set(interpreter.knownNames.map(\.name))
    let needed = step.needs.filter { code in
      Interpreter.boundNames(in: code.text).contains { !known.contains($0) }
    }
    var ran: [String] = []
    for code in needed + (isFresh ? step.setup : []) {
      let text = SourceText(name: source.name, bytes: Array(code.text.utf8), firstLine: code.line)
      let outcome = interpreter.run(text, output: { _ in })
      guard case .completed = outcome else {
        for diagnostic in outcome.diagnostics { presenter.show(diagnostic) }
        break
      }
      ran.append(code.text)
    }
    return ran
  }

  private func say(_ passages: [LessonPassage]) { presenter.teach(passages) }
}
