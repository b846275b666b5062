import Foundation
import TestSupport
import Testing

@testable import grad

extension SessionTests {
  @Suite("Lessons")
  struct LessonTests {
    private typealias Key = TypedSession.Key

    private let folder: TemporaryFolder
    private let environment: [String: String]

    init() throws {
      folder = try TemporaryFolder()
      environment = ["XDG_STATE_HOME": folder.url.path]
    }

    private var progressPath: String { folder.url.path + "/grad/history.lessons" }

    /// Runs a lesson to the end of these lines.
    private func run(_ lines: [String], _ arguments: [String] = ["--lesson"]) throws -> Grad.Result
    {
      let input = lines.map { $0 + "\n" }.joined()
      return try Grad.run(arguments, input: Array(input.utf8), environment: environment)
    }

    private static let small = """
      course: Small
      step: One
      setup: a = 1
      text: t
      ask: ask one
      check: a == 2
      hint: h
      answer: a = 2
      step: Two
      needs: b = 5
      text: t
      ask: ask two
      check: shown == b
      hint: h
      answer: b
      """

    // MARK: Piped

    @Test("the course by its answers, in one session")
    func answers() throws {
      let course = try CourseFile.builtIn.course().get()
      let result = try run(course.steps.map(\.answer.text))
      for number in 1...course.steps.count { #expect(result.output.contains("Step \(number) of ")) }
      #expect(result.output.contains("You have come from a slope"))
      #expect(result.errors.isEmpty)
      #expect(result.status == 0)
      let again = try run([":lesson", ":lesson 8"])
      #expect(again.output.contains("through all steps"))
      #expect(again.output.contains("Step 8 of 8"))
    }

    @Test("it goes on in a new session, with the names of earlier steps")
    func resumed() throws {
      let first = try run(["(f(3 + 0.001) - f(3)) / 0.001"])
      #expect(first.output.contains("Step 2 of 8"))
      let second = try run(["f(3)", "f'(3)", ":lesson quit", ":lesson hint"])
      #expect(second.output.contains("You left at step 2 of 8"))
      #expect(second.output.contains("That is f itself"))
      #expect(second.output.contains("Step 3 of 8"))
      #expect(second.errors == "no lesson is under way; `:lesson` begins one\n")
      #expect(try String(contentsOfFile: progressPath, encoding: .utf8) == "3 <lesson>\n")
    }

    @Test("--no-history remembers nothing")
    func unremembered() throws {
      let file = try folder.file("small.course", LessonTests.small)
      let result = try run(["a = 2"], ["--no-history", "--lesson", file])
      #expect(result.output.contains("Step 2 of 2"))
      #expect(FileManager.default.fileExists(atPath: progressPath) == false)
    }

    @Test("a damaged file of progress: from step 1, with a line about it", arguments: 0..<4)
    func damagedProgress(kind: Int) throws {
      let grad = folder.url.appendingPathComponent("grad")
      try FileManager.default.createDirectory(at: grad, withIntermediateDirectories: true)
      switch kind {
      case 0: try Data([0xFF, 0x0A]).write(to: URL(fileURLWithPath: progressPath))
      case 1: try Data("hello\n".utf8).write(to: URL(fileURLWithPath: progressPath))
      case 2: #expect(mkfifo(progressPath, 0o600) == 0)
      case _:
        try FileManager.default.createDirectory(
          atPath: progressPath, withIntermediateDirectories: true)
      }
      let result = try run(["1"])
      #expect(result.output.contains("Step 1 of 8"))
      #expect(result.errors.contains("cannot be read"))
      #expect(result.status == 0)
    }

    @Test("a course of one's own is remembered by its path, beside the others")
    func ownCourse() throws {
      let file = try folder.file("small.course", LessonTests.small)
      let first = try run([":lesson \(file)", "a", "a = 2", "zz", ":lesson skip"])
      #expect(first.output.contains("Not yet: ask one"))
      #expect(first.output.contains("Nothing is lost"))
      #expect(first.output.contains("through all steps"))
      let second = try run([":lesson again", "hint", ":lesson 2", "answer"], ["--lesson", file])
      #expect(second.output.contains("through all steps"))
      #expect(second.output.contains("Hint: h"))
      #expect(second.output.contains("Typed for you:\n    b = 5\n"))
      #expect(second.output.contains("    b\n"))
      let text = try String(contentsOfFile: progressPath, encoding: .utf8)
      #expect(text.hasPrefix("1 <lesson>\n2: /"))
    }

    @Test(
      "`hint` and `answer` are the lesson's while one is under way, and names where they are bound")
    func bareWords() throws {
      let file = try folder.file("small.course", LessonTests.small)
      let result = try run(
        ["answer", ":lesson quit", "answer", ":lesson", "answer = 5", "answer"], ["--lesson", file])
      #expect(result.output.ranges(of: "One answer").count == 1)
      #expect(result.errors.contains("`answer` is not defined"))
      #expect(result.output.contains("answer = 5\n"))
    }

    @Test("names that are there are not bound again, unless the learner asks for the step")
    func names() throws {
      let file = try folder.file("small.course", LessonTests.small)
      let passing = try run(["b = 7", "a = 2", "b"], ["--lesson", file])
      #expect(!passing.output.contains("b = 5"))
      #expect(passing.output.contains("through all steps"))
      let asked = [
        "b = 7", ":lesson 2", "b = 8; 1", ":lesson", ":lesson again", ":lesson skip", "b",
      ]
      let result = try run(asked, ["--lesson", file])
      #expect(result.output.ranges(of: "Typed for you:\n    b = 5\n").count == 3)
      #expect(result.output.contains("through all steps"))
    }

    @Test("steps that were passed over are not done, in the next session either")
    func passedOver() throws {
      let answers = [":lesson 3", "backward L", "2", ":lesson 8", ":lesson list"]
      let first = try run(answers)
      let marks = ["- 1 ", "- 2 ", "x 3 ", "x 4 ", "- 5 ", "- 6 ", "- 7 ", "> 8 "]
      for mark in marks { #expect(first.output.contains("\n" + mark)) }
      #expect(try String(contentsOfFile: progressPath, encoding: .utf8) == "8:3,4 <lesson>\n")
      let second = try run([":lesson 2", "lesson list"])
      for mark in ["- 1 ", "> 2 ", "x 3 ", "x 4 ", ". 5 "] {
        #expect(second.output.contains("\n" + mark))
      }
    }

    @Test("where nothing can be kept, the lesson says so at once, and goes on")
    func unwritable() throws {
      let result = try Grad.run(
        ["--lesson"], input: Array("1\n2\n".utf8), environment: ["XDG_STATE_HOME": "/dev/null"])
      #expect(result.errors.ranges(of: "cannot remember").count == 1)
      #expect(!result.output.contains("any time"))
      #expect(result.output.contains("Step 1 of 8"))
      #expect(result.status == 0)
    }

    @Test("a course that is tried out through a pipe: the status tells", arguments: [true, false])
    func checked(isFaulty: Bool) throws {
      let answer = isFaulty ? "answer: a = 3" : "answer: a = 2"
      let file = try folder.file(
        "small.course", LessonTests.small.replacing("answer: a = 2", with: answer))
      let result = try run([":lesson check", "1"], ["--lesson", file])
      #expect(result.status == (isFaulty ? 1 : 0))
      #expect(result.errors.contains(":8: `a = 3` meets no mistake") == isFaulty)
      #expect(result.errors.contains("`check: a == 2` does not hold") == isFaulty)
    }

    @Test("an empty line is not counted")
    func emptyLine() throws {
      let result = try run(["", "  ", "zz"])
      #expect(result.errors.contains("<prompt:1>:1:1"))
    }

    /// A step of grad's own course, what is typed in it, and what the lesson says to that.
    private static let talks: [(step: Int, lines: [String], said: String)] = [
      (2, ["f = -2", "f'(3)"], "`:lesson` sets the step up again"),
      (2, ["f = -2", ":lesson", "f'(3)"], "Step 3 of 8"),
      (5, ["backward u"], "Go back from y"),
      (5, ["backward y; explain y"], "A peek is allowed"),
      (5, ["explain y", "graph y", "show", "h = 0.001", "7"], "Not yet: how many times"),
      (6, ["backward o", "1 - o^2"], "Step 7 of 8"),
      (7, ["w = w - 0.1*w.grad", "forward L"], "it hangs on the old w"),
      (7, ["w = w - 0.1*w.grad", "w := w - 0.1*w.grad"], "which `:=` cannot change"),
      (7, ["w := w - 0.1*w.grad", "forward L"], "Step 8 of 8"),
      (7, ["o = 3; backward o", "w := w - 0.1*w.grad; forward L"], "w.grad is 0"),
      (8, ["w = 3*w", "w := 2"], "`:lesson 8` sets the step up again"),
    ]

    @Test("the course answers what learners do", arguments: LessonTests.talks.indices)
    func talk(index: Int) throws {
      let (step, lines, said) = LessonTests.talks[index]
      let result = try run([":lesson \(step)"] + lines)
      let text = result.output.replacing("\n", with: " ")
      #expect(text.ranges(of: said).count == 1)
    }

    @Test("looking around is no answer, and nothing is said to it")
    func lookingAround() throws {
      let result = try run([":lesson 5", "explain y", "graph y", "show", "h = 0.001", "check y"])
      #expect(!result.output.contains("Not yet") && !result.output.contains("Hint:"))
    }

    @Test("a course that is damaged: its line, and nothing else", arguments: ["", "zz", "step: a"])
    func damagedCourse(text: String) throws {
      let file = try folder.file("bad.course", "# bad\n" + text)
      let result = try run(["print 1"], ["-e", "print 2", "--lesson", file])
      #expect(result.output.isEmpty)
      #expect(result.errors.hasPrefix("error: \(file):"))
      #expect(result.errors.contains("  = help: "))
      #expect(result.status == 1)
    }

    @Test("what cannot be read, and an endless file", arguments: ["/no/such", "/", "/dev/zero"])
    func unreadable(path: String) throws {
      let result = try run([], ["--lesson", path])
      #expect(result.errors.hasPrefix("error: "))
      #expect(result.status == 1)
    }

    @Test("a condition that does not end is no answer, and does not hang the lesson")
    func endless() throws {
      let course = LessonTests.small.replacing(
        "check: a == 2", with: "check: g(1) == 2\nsetup: g(x) = x")
      let file = try folder.file("small.course", course)
      let result = try run(
        ["g(x) = { while true { }; x }", "g(x) = 2"], ["--lesson", file])
      #expect(result.output.contains("Not yet: ask one"))
      #expect(result.output.contains("Step 2 of 2"))
    }

    @Test("words after :lesson that mean nothing", arguments: ["9", "0", "hnt"])
    func unknown(word: String) throws {
      let result = try run([":lesson \(word)"])
      #expect(result.errors.contains(":lesson"))
      #expect(result.status == 0)
    }

    @Test("with --json the lesson speaks on standard error")
    func json() throws {
      let result = try run(["1"], ["--lesson", "--json"])
      #expect(result.output.hasPrefix("{") && result.output.split(separator: "\n").count == 1)
      #expect(result.errors.contains("Step 1 of 8"))
    }

    // MARK: Typed

    @Test("started, a mistake, a hint, quit; gone on with in a new process")
    func typed() throws {
      let first = try TypedSession(["--lesson"], environment: environment)
      #expect(first.terminal.output.contains("Step 1 of 8"))
      #expect(try first.ask("f(3)").contains("how high f is"))
      #expect(try first.ask("(f(3 + h) - f(3)) / h").contains("Put a number in the place of h"))
      #expect(try first.ask(":lesson hint").contains("Hint:"))
      #expect(try first.ask("(f(3 + 0.001) - f(3)) / 0.001").contains("Step 2 of 8"))
      #expect(try first.ask(":lesson quit").contains("See you"))
      #expect(try first.lastLine("f(3)") == "20")
      first.leave()

      let second = try TypedSession(environment: environment)
      #expect(try second.ask(":lesson").contains("You left at step 2 of 8"))
      #expect(try second.ask("f'(3)").contains("Step 3 of 8"))
      try second.begin("for i in 1..2 {")
      #expect(try second.ask("print i }").contains("Not yet:"))
      second.leave()
    }

    @Test("20 columns hold the text")
    func narrow() throws {
      let session = try TypedSession(["--lesson"], environment: environment, columns: 20)
      let answer = try session.ask("f(3)")
      let lines = answer.split(separator: "\n").drop { !$0.hasPrefix("That is how") }
      #expect(lines.count > 4)
      #expect(lines.allSatisfy { $0.count < 20 }, "\(lines)")
      session.leave()
    }

    @Test("Tab completes `:lesson` and its words; `:help lesson` tells them")
    func completion() throws {
      let session = try TypedSession(environment: environment)
      #expect(try session.ask(":les\(Key.tab) li\(Key.tab)").contains("1 A slope by nudging"))
      #expect(try session.ask(":help lesson").contains(":lesson skip"))
      session.leave()
    }
  }
}
