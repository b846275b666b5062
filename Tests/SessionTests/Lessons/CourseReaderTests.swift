import Testing

@testable import grad

/// The files of courses: what they mean, and what is said of one that is damaged.
@Suite("Courses' files")
struct CourseReaderTests {
  private static let whole = """
    # a remark
    course: Heights

    step: One
    needs: a = 1
    setup: f(x) = x^2
    setup: b = 2
    text:
    First
    line.

    Second: a paragraph.

        code  1
        code 2
     mistake: no word, but text
    ask: type it
    check: shown == 9
    check: typed f(
    mistake: nothing shown
    and: a.grad == 1
    Reply
    goes on.
    example: a = b
    example: 1 +
    mistake: error E001
    No such name.
    mistake: error
    Some error.
    hint: h
    answer: f(3)
    step: Two
    text: t
    ask: a
    check: a ≈ 1 # a remark of the language
    hint: h
    answer: a
    praise: P
    end:
    Bye.
    """

  private static func read(_ text: String) throws -> Course {
    try CourseReader.read(Array(text.utf8))
  }

  @Test("a whole course", arguments: ["\n", "\r\n"])
  func whole(end: String) throws {
    let text = CourseReaderTests.whole.replacing("\n", with: end)
    let course = try CourseReaderTests.read("\u{FEFF}" + text)
    #expect(course.title == "Heights")
    #expect(course.ending == [.prose("Bye.")])
    #expect(course.steps.map(\.title) == ["One", "Two"])
    let step = course.steps[0]
    #expect(step.needs == [Course.Code(text: "a = 1", line: 5)])
    #expect(step.setup.map(\.text) == ["f(x) = x^2", "b = 2"])
    #expect(
      step.text == [
        .prose("First line."), .prose("Second: a paragraph."), .code(["code  1", "code 2"]),
        .prose("mistake: no word, but text"),
      ])
    #expect(step.checks == [.holds("shown == 9"), .typed("f(")])
    #expect(
      step.mistakes == [
        Course.Mistake(
          conditions: [.nothingShown, .holds("a.grad == 1")], reply: [.prose("Reply goes on.")],
          examples: [Course.Code(text: "a = b", line: 24), Course.Code(text: "1 +", line: 25)]),
        Course.Mistake(
          conditions: [.failed(code: "E001")], reply: [.prose("No such name.")], examples: []),
        Course.Mistake(
          conditions: [.failed(code: nil)], reply: [.prose("Some error.")], examples: []),
      ])
    #expect(step.praise == [.prose("Right.")])
    #expect(course.steps[1].praise == [.prose("P")])
  }

  /// A course that is damaged at one place, the line that is named, a part of the complaint.
  struct Damage: CustomTestStringConvertible {
    let old: String
    let new: String
    let line: Int
    let complaint: String
    var testDescription: String { "\(old) → \(new)" }

    init(_ old: String, _ new: String, _ line: Int, _ complaint: String) {
      (self.old, self.new, self.line, self.complaint) = (old, new, line, complaint)
    }
  }

  private static let damages: [Damage] = [
    Damage(whole, "", 1, "no course"),
    Damage(whole, "# nothing but a remark", 1, "no course"),
    Damage(whole, "\ncourse: Heights\n", 2, "the course has no step"),
    Damage(whole, "\ncourse: Heights\nend: Bye.", 3, "outside a step"),
    Damage("check: typed f(", "check: typed", 19, "`typed` does not say what"),
    Damage("mistake: nothing shown", "mistake: nothing", 20, "`nothing` is no condition"),
    Damage("mistake: nothing shown", "mistake: nothing here", 20, "`nothing here` is no condition"),
    Damage("error E001", "error E999", 26, "there is no error `E999`"),
    Damage("error E001", "error W101", 26, "there is no error `W101`"),
    Damage("check: shown == 9", "check: shwn == 10", 18, "`shwn` is bound nowhere"),
    Damage("and: a.grad == 1", "and: sum([k*t for k in 1..3]) == 1", 21, "`t` is bound nowhere"),
    Damage("course: Heights", "", 4, "no title"),
    Damage("# a remark", "a line", 1, "before the first word"),
    Damage("course: Heights", "course:", 2, "nothing stands after `course:`"),
    Damage("step: One", "course: Again", 4, "once"),
    Damage("step: Two", "course: Again", 32, "first in the file"),
    Damage("step: One", "", 5, "outside a step"),
    Damage("end:\nBye.", "end:", 39, "nothing stands after `end:`"),
    Damage("hint: h\nanswer: f(3)", "answer: f(3)", 4, "`One` has no `hint:`"),
    Damage("answer: a\n", "", 32, "`Two` has no `answer:`"),
    Damage("hint: h\nanswer: f(3)", "hint: h\nhint: h\nanswer: f(3)", 31, "a second `hint:`"),
    Damage("check: shown == 9", "chek: shown == 9", 18, "`chek:` is no word"),
    Damage("ask: type it", "Ask: type it", 17, "`Ask:` is no word"),
    Damage("check: shown == 9", "check: shown = 9", 18, "no condition"),
    Damage("check: shown == 9", "check: print 9", 18, "no condition"),
    Damage("check: shown == 9", "check: 1; 2", 18, "no condition"),
    Damage("check: shown == 9", "check: shown ==", 18, "no condition"),
    Damage("check: shown == 9", "check:", 18, "nothing stands after"),
    Damage("check: shown == 9", "check: shown == 9\nmore", 19, "takes one line"),
    Damage("setup: b = 2", "setup: b = {", 7, "grad cannot read `b = {`"),
    Damage("answer: f(3)", "answer: f(3", 31, "grad cannot read `f(3`"),
    Damage("Some error.\n", "", 28, "no reply"),
    Damage("mistake: nothing shown\n", "", 20, "belongs to a `mistake:`"),
    Damage("check: typed f(", "example: 3", 19, "belongs to a `mistake:`"),
    Damage("First\n", "First\0\n", 9, "no text in UTF-8"),
  ]

  @Test("damaged", arguments: CourseReaderTests.damages)
  func damaged(damage: Damage) throws {
    let text = CourseReaderTests.whole.replacing(damage.old, with: damage.new)
    let error = #expect(throws: CourseError.self) { try CourseReaderTests.read(text) }
    #expect(error?.line == damage.line)
    #expect(error?.problem.contains(damage.complaint) == true, "\(error?.problem ?? "")")
    #expect(error?.help.isEmpty == false)
  }

  @Test("conditions about names of the course, and of their own")
  func names() throws {
    let condition = "check: abs(f(b)) + (z -> z*pi)(1) + [k for k in 1..3][1] == shown"
    let text = CourseReaderTests.whole.replacing("check: shown == 9", with: condition)
    #expect(try CourseReaderTests.read(text).steps.count == 2)
    let wrong = CourseReaderTests.whole.replacing("shown == 9", with: "shwn == 9")
    let error = #expect(throws: CourseError.self) { try CourseReaderTests.read(wrong) }
    #expect(error?.help.hasPrefix("did you mean `shown`?") == true)
  }

  @Test("bytes that are no text, and too many of them")
  func bytes() {
    let error = #expect(throws: CourseError.self) { try CourseReader.read([0x61, 0x0A, 0xFF]) }
    #expect(error?.line == 2)
    let blanks = [UInt8](repeating: 0x20, count: CourseReader.sizeLimit + 1)
    #expect(throws: CourseError.self) { try CourseReader.read(blanks) }
  }

  @Test("a long course takes time in its length only", .timeLimit(.minutes(1)))
  func long() throws {
    let lines = String(repeating: "a\n", count: 500_000)
    let course = try CourseReaderTests.read(
      CourseReaderTests.whole.replacing("First\n", with: lines))
    #expect(course.steps.count == 2)
  }

  @Test("what a file holds cannot write to the terminal but as text")
  func escapes() throws {
    let text = CourseReaderTests.whole.replacing("shown == 9", with: "\u{1B}[31m")
    let error = try #require(
      #expect(throws: CourseError.self) { try CourseReaderTests.read(text) })
    #expect(LessonFailure(error, in: "c").text.hasPrefix("error: c:18: `␛[31m` is no condition\n"))
  }

  @Test("a typing error is answered with the word that was meant")
  func suggestion() {
    let text = CourseReaderTests.whole.replacing("mistake: error\n", with: "mistke: error\n")
    let error = #expect(throws: CourseError.self) { try CourseReaderTests.read(text) }
    #expect(error?.help.contains("`mistake:`") == true)
  }
}
