import Testing

@testable import grad

/// What a lesson makes of an answer, without a session.
@Suite("The guide of a lesson")
struct LessonGuideTests {
  private static let text = """
    course: C
    step: One
    setup: given = 1; good = 0; bad = 0
    text: t
    ask: ask one
    check: good
    check: typed f(3)
    mistake: nothing shown
    and: bad
    both
    mistake: typed f'
    prime
    mistake: error E001
    no name
    mistake: bad
    bad
    hint: hint one
    answer: f(3)
    praise: praise one
    step: Two
    text: t
    ask: ask two
    check: good
    hint: hint two
    answer: 1
    """

  private let guide: LessonGuide

  init() throws {
    guide = LessonGuide(try CourseReader.read(Array(LessonGuideTests.text.utf8)))
  }

  /// A line, the number shown, the error, what holds, and the verdict.
  typealias Case = (String, Double, String?, Set<String>, LessonGuide.Verdict)

  private static let cases: [Case] = [
    ("f(3)", 1, nil, ["good"], .right),
    (" f( 3 ) ", 1, nil, ["good"], .right),
    ("f(4)", 1, nil, ["good"], .miss),
    ("f(3)", 1, nil, [], .miss),
    ("f(3)", 1, nil, ["good", "bad"], .right),
    ("f(4)", .nan, nil, ["bad"], .mistake(0)),
    ("f(4)", 1, nil, ["bad"], .mistake(3)),
    ("f '", .nan, nil, [], .mistake(1)),
    ("f'", 1, "E020", ["bad"], .mistake(1)),
    ("zz", .nan, "E001", ["bad"], .mistake(2)),
    ("f(3)", .nan, "E020", ["good", "bad"], .failure),
    ("h = 0.001", 0.001, nil, ["bad"], .aside),
    ("graph L; explain L;", .nan, nil, ["bad"], .aside),
    ("f = x -> 3; f'", 1, nil, ["bad"], .mistake(1)),
    ("g(x) = f'(x)", .nan, nil, [], .mistake(1)),
    ("given = 2", 2, nil, [], .miss),
    ("graph L; f(4)", 1, nil, [], .miss),
    ("graph L", .nan, "E001", [], .mistake(2)),
  ]

  @Test("verdicts", arguments: LessonGuideTests.cases.indices)
  func verdict(index: Int) {
    let (text, shown, code, holding, expected) = LessonGuideTests.cases[index]
    let attempt = LessonGuide.Attempt(text: text, shown: shown, errorCode: code)
    #expect(guide.verdict(on: attempt) { holding.contains($0) } == expected)
  }

  @Test("misses: the task again, the hint, then where the answer is; a new step begins anew")
  func misses() {
    var guide = guide
    #expect(guide.reply(to: .miss) == [.reminder([.prose("ask one")])])
    #expect(guide.reply(to: .mistake(1)) == [.reply([.prose("prime")])])
    #expect(guide.reply(to: .miss) == [.hint([.prose("hint one")])])
    guard case .remark(let text) = guide.reply(to: .failure).first else {
      Issue.record("no remark")
      return
    }
    #expect(text.contains(":lesson answer"))
    #expect(text.contains("`:lesson` sets the step up again"))
    #expect(guide.reply(to: .aside) == [])
    #expect(guide.reply(to: .miss) == [.reminder([.prose("ask one")])])
    #expect(guide.reply(to: .right) == [.praise([.prose("praise one")])])
    #expect(guide.index == 1)
    #expect(guide.reply(to: .miss) == [.reminder([.prose("ask two")])])
    #expect(guide.reply(to: .right) == [.praise([.prose("Right.")])])
    #expect(guide.isFinished)
    #expect(guide.reply(to: .miss) == [])
    #expect(guide.passages() == [])
  }

  @Test(
    "a name that the step was given, and that has been bound anew, is named until it begins again")
  func rebound() {
    var guide = guide
    guide.note("other = 1")
    #expect(guide.reply(to: .miss).count == 1)
    guide.note("given = 2; graph given")
    guard case .remark(let text) = guide.reply(to: .miss).last else {
      Issue.record("no remark")
      return
    }
    #expect(text.hasPrefix("`given` has been bound anew"))
    guide.beginStep()
    #expect(guide.reply(to: .miss) == [.reminder([.prose("ask one")])])
  }

  @Test("a first error is comforted")
  func comfort() {
    var guide = guide
    guard case .remark(let text) = guide.reply(to: .failure).first else {
      Issue.record("no remark")
      return
    }
    #expect(text.hasPrefix("Nothing is lost"))
  }

  @Test("a place beyond the end is the end, one before the start the start", arguments: [-3, 99])
  func bounds(index: Int) {
    let other = LessonGuide(guide.course, at: index)
    #expect(other.index == (index < 0 ? 0 : 2))
  }

  @Test("the list marks what is done and where the learner is")
  func list() {
    func list(_ index: Int, _ done: Set<Int>) -> [LessonPassage] {
      LessonGuide(guide.course, at: index, done: done).list
    }
    #expect(list(1, [0]) == [.heading("C"), .line("x 1 One"), .line("> 2 Two")])
    #expect(list(1, []) == [.heading("C"), .line("- 1 One"), .line("> 2 Two")])
    #expect(list(0, [0]) == [.heading("C"), .line("> 1 One"), .line(". 2 Two")])
    #expect(list(0, [1]) == [.heading("C"), .line("> 1 One"), .line("x 2 Two")])
  }

  @Test(
    "words after `:lesson`",
    arguments: [
      ("", .go), ("4", .step(4)), ("-1", .step(-1)), ("list", .list), ("check", .check),
      ("my course.txt", .file("my course.txt")), ("./x", .file("./x")), ("hnt", .unknown("hnt")),
      ("1.5", .unknown("1.5")), ("1e3.course", .file("1e3.course")),
    ] as [(String, LessonCommand)])
  func words(text: String, command: LessonCommand) {
    #expect(LessonCommand(text) == command)
    let request = SessionRequest(":lesson  \(text) \n", isName: { _ in false })
    #expect(request?.command == .lesson)
    #expect(request.map { LessonCommand($0.argument) } == command)
  }

  @Test("`lesson` needs no colon unless it is a name")
  func bare() {
    func lesson(_ line: String) -> LessonCommand? {
      SessionRequest(line, isName: { _ in false }).map { LessonCommand($0.argument) }
    }
    #expect(lesson("lesson\n") == .go)
    #expect(SessionRequest("lesson", isName: { $0 == "lesson" }) == nil)
    #expect(SessionRequest("lesson = 2", isName: { _ in false }) == nil)
    #expect(lesson("lesson skip") == .skip)
    #expect(lesson("lesson 4") == .step(4))
    #expect(lesson("lesson skp\n") == .unknown("skp"))
    #expect(SessionRequest("lesson skip", isName: { $0 == "lesson" }) == nil)
    #expect(SessionRequest("lesson; 2", isName: { _ in false }) == nil)
    #expect(SessionRequest("lesson *2", isName: { _ in false }) == nil)
  }

  @Test(
    "the file of progress",
    arguments: [
      "", "x", "0 a\n", "3\n", "-1 a\n", "1 a\nzz\n", "3:x a\n", "3:0 a\n", "9999999999 a\n",
    ])
  func damagedProgress(text: String) {
    #expect((LessonProgress.entries(text) == nil) == !text.isEmpty)
  }

  @Test("what the file of progress says is done")
  func progress() throws {
    let entries = try #require(LessonProgress.entries("3 a\n8:1,2,4 b c\n2: d\n"))
    #expect(entries.map(\.step) == [3, 8, 2])
    #expect(entries.map(\.done) == [nil, [1, 2, 4], []])
    #expect(entries.map(\.course) == ["a", "b c", "d"])
  }
}
