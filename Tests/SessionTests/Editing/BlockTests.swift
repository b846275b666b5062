import LineEditing
import TestSupport
import Testing

@testable import grad

extension SessionTests {
  @Suite("Blocks that are edited as one")
  struct BlockTests {
    private typealias Key = TypedSession.Key

    @Test("Return begins a line and indents it, a closing brace goes back under its opening line")
    func indents() throws {
      let session = try TypedSession()
      try session.begin("f(x) = {")
      try session.begin("y = x^2")
      try session.begin("if y > 3 {")
      try session.begin("y = 2")
      try session.begin("}")
      try session.begin("y + 1")
      let answer = try session.ask("}")
      #expect(answer.hasSuffix("}\n"))
      #expect(try session.lastLine("f(3)") == "3")
      // It is brought back whole, as it was indented.
      session.terminal.type(Key.up + Key.up)
      let shown = session.terminal.settle().replacing("\r\n", with: "\n")
      #expect(
        shown.contains(") = {\n  y = x^2\n  if y > 3 {\n    y = 2\n  }\n  y + 1\n}"),
        "\(shown.debugDescription)")
      session.leaveInput()
      session.leave()
    }

    @Test("arrows go from line to line, and to the entries before and after from the ends")
    func arrows() throws {
      let session = try TypedSession()
      try session.ask("111")
      try session.begin("(1 +")
      try session.begin("20 +")
      // Up into the first line, a digit there, down again and to the end.
      let keys = "3\(Key.up)\(Key.up)\(Key.home)\(Key.right)5\(Key.down)\(Key.down)\(Key.end))"
      #expect(try session.lastLine(keys) == "74")
      // Up leaves the cursor on the first line: once more, and the entry before is there.
      #expect(try session.lastLine(Key.up + Key.up) == "111")
      // The block again, and inside it.
      #expect(try session.lastLine(Key.up + Key.up + Key.down + Key.home + "9") == "974")
      session.leave()
    }

    @Test("Alt-Return begins a line also where the input is complete; Return runs it from anywhere")
    func alternate() throws {
      let session = try TypedSession()
      session.terminal.type("a = 4\(Key.altReturn)")
      _ = session.terminal.settle(milliseconds: 50)
      #expect(try session.lastLine("a*2\(Key.up)\(Key.end)0") == "80")
      session.leave()
    }

    @Test("Ctrl-K deletes the rest of the line, then its end, and Ctrl-Y puts it back")
    func kills() throws {
      let session = try TypedSession()
      let (kill, yank) = (Key.control("k"), Key.control("y"))
      try session.begin("(1 +")
      try session.begin("20 +")
      try session.begin("300 +")
      // The second line becomes `2 +`, and the third is joined to it.
      let keys =
        "\(Key.up)\(Key.up)\(Key.right)\(kill) +\(kill)\(Key.down)\(Key.end)4000)"
      #expect(try session.lastLine(keys) == "4303")
      // On the last line to the end of all.
      #expect(try session.lastLine("7*8\(Key.home)\(Key.right)\(kill)+1") == "8")
      #expect(try session.lastLine("7*8\(Key.home)\(kill)1+\(yank)") == "57")
      session.leave()
    }

    @Test("Home and End go to the ends of the line, then of the input")
    func ends() throws {
      let session = try TypedSession()
      try session.begin("[10,")
      let keys = "20]\(Key.home)3\(Key.home)\(Key.home)0.5*\(Key.end)5,\(Key.end)\(Key.end)*2"
      #expect(try session.lastLine(keys) == "[10, 5, 320]")
      session.leave()
    }

    @Test("Ctrl-C drops the whole block, and what of it was below the cursor disappears")
    func dropped() throws {
      let session = try TypedSession()
      try session.begin("for i in 1..3 {")
      try session.begin("zzz")
      session.terminal.type(Key.up + Key.up)
      _ = session.terminal.settle(milliseconds: 50)
      let answer = try session.answer(to: Key.control("C"))
      #expect(!answer.contains("zzz"))
      #expect(try session.lastLine("1 + 1") == "2")
      session.leave()
    }

    @Test("Up brings only what begins like what is typed, Down brings the typed text back")
    func prefixes() throws {
      let session = try TypedSession()
      for line in ["aa = 1", "bb = 2", "ab = 3", "bb = 4"] { try session.ask(line) }
      #expect(try session.lastLine("a\(Key.up)") == "ab = 3")
      #expect(try session.lastLine("aa\(Key.up) + 1") == "aa = 2")
      #expect(try session.lastLine("b\(Key.up)\(Key.up)\(Key.end)0") == "bb = 20")
      #expect(
        try session.lastLine("2*3\(Key.left)\(Key.left)\(Key.up)\(Key.down)\(Key.end)0") == "60")
      session.terminal.type("nothing\(Key.up)")
      #expect(session.terminal.wait(for: Key.bell) != nil)
      session.leaveInput()
      session.leave()
    }

    @Test("vi's keys, as ~/.editrc asks for them")
    func vi() throws {
      let folder = try TemporaryFolder()
      let keys = "# keys\nbind -v\nother:bind -e\ngrad:bind ^G grad-line-start\n"
      let session = try TypedSession(environment: ["EDITRC": try folder.file("editrc", keys)])
      func command(_ keys: String) {
        session.terminal.type(Key.escape)
        _ = session.terminal.settle(milliseconds: 120)
        session.terminal.type(keys)
      }
      session.terminal.type("4 * 5")
      command("0xi9")
      #expect(try session.lastLine("") == "45")
      #expect(try session.lastLine("1\(Key.left)2\(Key.end)3\(Key.control("G"))4") == "4213")
      try session.begin("(1 +")
      #expect(try session.lastLine("2)") == "3")
      command("kki7")
      #expect(try session.lastLine("") == "42173")
      session.paste("20")
      #expect(try session.lastLine(" + 1") == "21")
      session.leave()
    }

    @Test("the last input, or one by its number, in the editor that EDITOR names")
    func elsewhere() throws {
      let folder = try TemporaryFolder()
      let script = try folder.file("edit", "sed -i s/1/5/ \"$1\"\n")
      let session = try TypedSession(environment: ["EDITOR": "sh \(script)"])
      try session.ask("1 + 1")
      try session.ask("10*2")
      func edited(_ request: String) throws -> String {
        // The prompt that follows has the edited text.
        _ = try session.ask(request)
        return try session.lastLine("")
      }
      #expect(try edited(":edit") == "100")
      #expect(try edited(":edit 1") == "6")
      #expect(try session.ask(":edit 99").contains("there is no input `99`"))
      session.terminal.type("21\(Key.control("X"))\(Key.control("E"))")
      _ = session.terminal.settle(milliseconds: 300)
      #expect(try session.lastLine(" + 1") == "26")
      // Ctrl-C means afterwards what it meant before.
      session.terminal.type("while 1 { }\r")
      _ = session.terminal.settle(milliseconds: 300)
      #expect(try session.answer(to: Key.control("C")).contains("interrupted"))
      session.terminal.type("zz")
      _ = try session.answer(to: Key.control("C"))
      #expect(try session.lastLine("7") == "7")
      session.leave()
    }

    @Test(
      "an editor that is not there, and one that fails",
      arguments: [("/nowhere/ed", "there is no `/nowhere/ed`"), ("false", "ended without success")])
    func noEditor(editor: String, message: String) throws {
      let session = try TypedSession(environment: ["VISUAL": editor, "EDITOR": "true"])
      try session.ask("1 + 1")
      #expect(try session.ask(":edit").contains(message))
      #expect(try session.lastLine("2") == "2")
      session.leave()
    }

    @Test("a block taller than the window")
    func tall() throws {
      let session = try TypedSession(columns: 40, rows: 8)
      session.paste("f(x) = {\r" + (1...30).map { "y\($0) = x*\($0)\r" }.joined() + "y30\r}")
      _ = session.terminal.settle(milliseconds: 100)
      try session.ask("")
      session.terminal.resize(columns: 20, rows: 5)
      _ = session.terminal.settle(milliseconds: 100)
      #expect(try session.lastLine("f(2)") == "60")
      try session.ask(Key.up + Key.up)
      #expect(try session.lastLine("f(3)") == "90")
      session.leave()
    }
  }

  @Suite("What Return does")
  struct BlockTypingTests {
    @Test(
      "where an input ends",
      arguments: [
        ("a = 2", .accept), ("f(x) = {", .newLine(indentation: "  ")),
        ("f(x) = {\n  if x {", .newLine(indentation: "    ")),
        ("f(x) = {\n  y = ([1,", .newLine(indentation: "      ")),
        ("1 +", .newLine(indentation: "")), ("x = )", .accept), ("for i in 1..3 { 2x", .accept),
        (":help (", .accept), ("?(", .accept), (":show", .accept), ("print \"{", .accept),
      ] as [(String, LineEditor.Enter)])
    func enter(text: String, expected: LineEditor.Enter) {
      #expect(BlockTyping.enter(EditedText(text)) == expected)
    }
  }
}
