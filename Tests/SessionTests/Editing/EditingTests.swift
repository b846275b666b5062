import LineEditing
import TestSupport
import Testing

@testable import grad

extension SessionTests {
  @Suite("Editing and pasting at the prompt")
  struct EditingTests {
    private typealias Key = TypedSession.Key

    @Test("keys that move and delete")
    func keys() throws {
      let session = try TypedSession()
      #expect(try session.lastLine("3\(Key.left)1") == "13")
      #expect(try session.lastLine("34\(Key.left)\(Key.left)\(Key.right)9") == "394")
      #expect(try session.lastLine("34\(Key.home)1\(Key.end)2") == "1342")
      #expect(try session.lastLine("34\(Key.control("A"))1\(Key.control("E"))2") == "1342")
      let back = String(repeating: Key.left, count: 5)
      #expect(try session.lastLine("12 + zz\(back)\(Key.control("K"))") == "12")
      #expect(try session.lastLine("12\(Key.backspace)5\(Key.home)\(Key.delete)7") == "75")
      #expect(try session.lastLine("zz\(Key.control("U"))8") == "8")
      #expect(try session.lastLine("1 + zz\(Key.control("W"))2") == "3")
    }

    /// A terminal that moves the rest of a line by itself leaves libedit a column off.
    @Test("before characters of two columns the rest of the line is written again")
    func wideCharacters() throws {
      let session = try TypedSession()
      session.terminal.type("print \"日本語\"\(Key.left)\(Key.left)\(Key.left)")
      _ = session.terminal.settle()
      session.terminal.type("7")
      #expect(session.terminal.settle().contains("7本語\""))
      session.terminal.type(Key.backspace)
      #expect(session.terminal.settle().contains("本語\""))
      #expect(try session.lastLine("8") == "日8本語")
      session.leave()
    }

    @Test("Ctrl-Left and Ctrl-Right go by words")
    func words() throws {
      let session = try TypedSession()
      let line = "10 + 20 + 30\(Key.controlLeft)\(Key.controlLeft)1\(Key.controlRight)5"
      #expect(try session.lastLine(line) == "1245")
      session.leave()
    }

    @Test("Up brings back lines, whole blocks too; Ctrl-R searches them")
    func history() throws {
      let session = try TypedSession()
      try session.ask("1 + 1")
      try session.ask("2*2")
      #expect(try session.lastLine("\(Key.up)\(Key.up) + 5") == "7")
      try session.begin("for i in 7..7 {")
      try session.begin("print i")
      try session.ask("}")
      #expect(try session.lastLine(Key.up) == "7")
      #expect(try session.lastLine("\(Key.control("R"))2*2\(Key.control("E")) + 1") == "5")
      session.leave()
    }

    @Test("what is pasted is one input, in which Tab does nothing")
    func pastes() throws {
      let session = try TypedSession()
      session.paste("# remark\r\ta = 2\rb = a*3\rif b > 1 {\r\tprint \"é\", b\r}\r")
      let answer = try session.ask("")
      #expect(answer.contains("\né 6\n"), "\(answer.debugDescription)")
      #expect(try session.lastLine("a") == "a = 2")
      #expect(try session.lastLine("\(Key.up)\(Key.up)") == "é 6")
      session.paste("20")
      #expect(try session.lastLine(" + 1") == "21")
      session.paste("x = (1 +")
      try session.begin("")
      #expect(try session.lastLine("2)") == "x = 3")
      session.paste("")
      #expect(try session.lastLine("5") == "5")
      session.leave()
    }

    @Test("a long paste")
    func longPaste() throws {
      let session = try TypedSession()
      session.paste((0..<300).map { "x\($0) = \($0)\r" }.joined())
      _ = session.terminal.settle(milliseconds: 300)
      #expect(try session.lastLine("") == "x299 = 299")
      #expect(try session.lastLine("x0 + x298") == "298")
      session.leave()
    }

    @Test("a session that is pasted with its prompts runs again")
    func pastedSession() throws {
      let session = try TypedSession()
      session.paste("grad> a = 2\ra = 2\rgrad> f(x) = {\r  x*a\r}\rgrad> f(5)\r10\r")
      #expect(try session.lastLine("") == "10")
      session.leave()
    }

    @Test("a pasted session is its statements")
    func transcript() {
      #expect(Transcript.statements(in: "a = 2\n\nb = 3\n\n") == "a = 2\n\nb = 3")
      #expect(Transcript.statements(in: "grad> a = 2\na = 2\ngrad> a") == "a = 2\na")
      let block = "\ngrad> for i in 1..2 {\n  …   print i\n  … }\n1\n2\ngrad>\n"
      #expect(Transcript.statements(in: block) == "for i in 1..2 {\n  print i\n}")
      #expect(Transcript.statements(in: "a\ngrad> b") == "a\ngrad> b")
      #expect(Transcript.statements(in: "\n") == "")
      let typed = "grad> f(x) = {\n  x^2\n}\ngrad> f(3)\n9\ngrad> [1,\n  2]\n[1, 2]"
      #expect(Transcript.statements(in: typed) == "f(x) = {\n  x^2\n}\nf(3)\n[1,\n  2]")
      let python = ">>> a = 2\n>>> for i in 1..2 {\n...   print i\n... }\n1\n2\n>>> a\n2"
      #expect(Transcript.statements(in: python) == "a = 2\nfor i in 1..2 {\n  print i\n}\na")
      #expect(Transcript.statements(in: ">>>x") == ">>>x")
    }
  }
}
