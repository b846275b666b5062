import TestSupport
import Testing

@testable import GradLanguage
@testable import grad

extension SessionTests {
  @Suite("Taking back, timing and watching at the prompt")
  struct UndoTests {
    private typealias Key = TypedSession.Key

    @Test("inputs are taken back and done again, and it says which")
    func undo() throws {
      let session = try TypedSession()
      #expect(try session.lastLine(":undo") == "nothing to undo")
      try session.ask("a = 2; b = 3")
      try session.ask("L = a*b")
      try session.ask("backward L;")
      try session.ask("show")
      try session.ask("a := 9; zz")
      #expect(try session.lastLine(":undo") == "undone: a := 9; zz")
      #expect(try session.lastLine("L") == "L = 6    grad 1")
      #expect(
        try session.lastLine(":undo 2") == "undone: 2 inputs, back to before `L = a*b`")
      #expect(try session.ask("L").contains("`L` is not defined"))
      #expect(try session.lastLine(":redo 2") == "redone: 2 inputs, up to `backward L;`")
      #expect(try session.lastLine("a.grad") == "3")
      // Looking is no input to take back, and lets what was taken back be done again.
      #expect(try session.lastLine(":redo") == "redone: a := 9; zz")
      #expect(try session.lastLine(":redo") == "nothing to redo")
      #expect(
        try session.lastLine(":undo 99")
          == "undone: 4 inputs, back to before `a = 2; b = 3`; there are no more")
      #expect(try session.lastLine(":undo 0").contains("`:undo 3`"))
      #expect(try session.lastLine(":redo x").contains("`:redo 3`"))
      session.leave()
    }

    @Test("an input of several lines is one, shown by its first")
    func lines() throws {
      let session = try TypedSession()
      try session.begin("for i in 1..2 {")
      try session.begin("a = i")
      try session.ask("}")
      #expect(try session.lastLine(":undo") == "undone: for i in 1..2 { …")
      #expect(try session.lastLine("show") == "(no names)")
      session.leave()
    }

    @Test("everything from the start, and back")
    func reset() throws {
      let session = try TypedSession(["--let", "k=3", "--digits", "4", "--seed", "5"])
      let first = try session.lastLine("rand()")
      try session.ask("a = 2; sin = 1; k = 4")
      try session.ask("set digits 10")
      #expect(try session.ask(":reset").contains("`:undo`"))
      #expect(try session.lastLine("k") == "k = 3")
      #expect(try session.lastLine("pi") == "pi = 3.142")
      #expect(try session.ask("a").contains("is not defined"))
      #expect(try session.lastLine("sin(0)") == "0")
      #expect(try session.lastLine("rand()") == first)
      try session.ask(":undo 9")
      #expect(try session.ask("a").contains("is not defined"))
      try session.ask(":redo 3")
      #expect(try session.lastLine("k") == "k = 4")
      session.leave()
    }

    @Test("names are forgotten, all or none")
    func forget() throws {
      let session = try TypedSession()
      try session.ask("loss = 2; L = loss^2; sum = 3")
      #expect(
        try session.lastLine(":forget L lss")
          == "there is no name `lss` to forget; did you mean `:forget loss`?")
      #expect(try session.lastLine("L") == "L = 4")
      #expect(try session.lastLine(":forget loss, sum") == "forgotten: loss, sum")
      #expect(try session.lastLine("sum([1, 2])") == "3")
      #expect(try session.lastLine("L") == "L = 4")
      #expect(try session.lastLine(":undo 2") != "nothing to undo")
      #expect(try session.lastLine(":forget exp").contains("is built in"))
      #expect(try session.lastLine(":forget").contains("takes names"))
      session.leave()
    }

    @Test("what is timed runs as typed; its mistakes stand where they were typed")
    func time() throws {
      let session = try TypedSession()
      #expect(try session.lastLine(":time").contains("`:time backward L`"))
      let answer = try session.ask(":time a = 2; L = a^2; L*3")
      #expect(answer.contains("\n12\n"))
      let took = try #require(answer.split { $0.isNewline }.last)
      #expect(took.contains("    3 nodes    "))
      #expect(took.hasSuffix(" B"))
      let wrong = try session.ask(":time zz")
      #expect(wrong.contains("1 |       zz\n  |       ^^"))
      #expect(!(try session.ask(":time )")).contains("nodes"))
      try session.begin(":time repeat 2 {")
      try session.begin("print L")
      #expect(try session.ask("}").contains("4\n4\n"))
      #expect(try session.lastLine(":undo") == "undone: a = 2; L = a^2; L*3")
      session.leave()
    }

    @Test("long work says how far it is, and leaves no trace")
    func progress() throws {
      let session = try TypedSession()
      session.terminal.type("for k in 1..3 { while true { x = k } }\r")
      #expect(session.terminal.wait(for: "iteration 1 of 3   inner ") != nil)
      #expect(session.terminal.wait(for: " nodes") != nil)
      let answer = try session.answer(to: Key.control("C"))
      // The line is cleared, and the message begins where it stood.
      #expect(answer.contains("\r\u{1B}[Kerror[E073]: interrupted"))
      #expect(try session.lastLine("1 + 1") == "2")
      session.leave()
    }

    @Test("a program that wants quiet has it", arguments: ["--quiet", "--json"])
    func quiet(option: String) throws {
      let session = try TypedSession([option])
      session.terminal.type("while true { x = 1 }\r")
      _ = session.terminal.settle(milliseconds: 1700)
      #expect(!session.terminal.output.contains("iteration"))
      #expect(try session.answer(to: Key.control("C")).contains("interrupted"))
      session.leave()
    }

    @Test("the last result, in scripts and pipes too")
    func answer() throws {
      #expect(try Grad.evaluate("2 + 3; ans*2").output == "5\n10\n")
      #expect(try Grad.run(input: "2 + 3\nprint ans\nshow\n").output == "5\n5\n(no names)\n")
      #expect(try Grad.evaluate("print ans").errors.contains("there is no `ans` yet"))
    }

    @Test("of several values on a line the last is shown, of lines each")
    func severalValues() throws {
      let session = try TypedSession()
      #expect(try session.ask("1 + 1; 2 + 2").hasSuffix("2 + 2\n4\n"))
      session.leave()
    }
  }
}

@Suite("A line of progress")
struct ProgressTextTests {
  private func progress(_ loops: [(Int, Int?)]) throws -> Progress {
    let interpreter = Interpreter()
    _ = interpreter.run("a = 2; b = a*a")
    var progress = interpreter.progress
    progress.loops = loops.map { LoopProgress(iteration: $0.0, count: $0.1) }
    return progress
  }

  @Test("time, loops, nodes and memory, as far as there is room")
  func parts() throws {
    let text = ProgressText(try progress([(12, 100), (3, 5), (3400, nil)]), seconds: 1.54)
    #expect(text.line(columns: 79) == "1.5 s   iteration 12 of 100   inner 3 400   2 nodes   52 B")
    #expect(text.line(columns: 40) == "1.5 s   iteration 12 of 100")
    #expect(text.line(columns: 19) == "1.5 s")
    #expect(text.line(columns: 3) == "")
    #expect(
      ProgressText(try progress([]), seconds: 75.2).line(columns: 79) == "75 s   2 nodes   52 B")
  }
}
