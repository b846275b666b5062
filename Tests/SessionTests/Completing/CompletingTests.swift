import Foundation
import TestSupport
import Testing

extension SessionTests {
  @Suite("Tab at the prompt")
  struct CompletingTests {
    private typealias Key = TypedSession.Key

    /// What is listed when keys are typed and the line is drawn again.
    private func list(
      _ keys: String, _ session: TypedSession, line: String? = nil,
      sourceLocation: SourceLocation = #_sourceLocation
    ) throws -> [String] {
      _ = session.terminal.settle(milliseconds: 30)
      session.terminal.type(keys)
      let typed = line ?? keys.replacing(Key.tab, with: "")
      let output = session.terminal.wait(for: "\r\u{1B}[Kgrad> \(typed)")
      let text = try #require(output, "\(session.terminal.output.debugDescription)")
      _ = session.terminal.settle(milliseconds: 30)
      return text.split(separator: "\r\n", omittingEmptySubsequences: false)
        .dropFirst().dropLast().map(String.init)
    }

    @Test("what is unique is completed, then what is common")
    func completes() throws {
      let session = try TypedSession()
      #expect(try session.lastLine("sigm\(Key.tab)(0)") == "0.5")
      try session.ask("weight_one = 1; weight_two = 2; längste = 9; 長い = 5; 長さ = 6")
      #expect(try session.lastLine("wei\(Key.tab)two") == "weight_two = 2")
      #expect(try session.lastLine("län\(Key.tab)") == "längste = 9")
      #expect(try session.lastLine("x = 長\(Key.tab)\(Key.tab)さ") == "x = 6")
      #expect(try session.lastLine("1 + SIGM\(Key.tab)(0)") == "1.5")
      try session.ask("L = weight_two^2; backward L")
      #expect(try session.lastLine("weight_two.g\(Key.tab)") == "4")
      #expect(try session.lastLine("weight_two.da\(Key.tab)") == "2")
      #expect(try session.ask(":he\(Key.tab) ta\(Key.tab)nh").contains("hyperbolic"))
      #expect(try session.lastLine("\(Key.tab)3") == "3")
      let text = "print \"sigm\(Key.tab){sigm\(Key.tab)(0)}\""
      #expect(try session.lastLine(text) == "sigm0.5")
      // What stands behind the cursor stays there.
      #expect(
        try session.lastLine(
          "sigm(0)\(Key.home)\(Key.right)\(Key.right)\(Key.right)\(Key.right)\(Key.tab)") == "0.5")
      session.leave()
    }

    @Test("characters by their names")
    func symbols() throws {
      let session = try TypedSession()
      #expect(try session.lastLine("\\alp\(Key.tab)\\_1\(Key.tab) = 3") == "α₁ = 3")
      #expect(try session.lastLine("α₁\\^2\(Key.tab) \\ge\(Key.tab) 9") == "1")
      let list = try list("\\p\(Key.tab)", session)
      #expect(list == ["\\pi     π", "\\phi    φ", "\\psi    ψ", "\\prime  ′"])
      session.terminal.type("\(Key.control("U"))\\zz\(Key.tab)")
      #expect(session.terminal.wait(for: Key.bell) != nil)
      _ = try session.answer(to: Key.control("C"))
      session.leave()
    }

    /// Drops what is typed, and leaves.
    private func leave(_ session: TypedSession) throws {
      _ = try session.answer(to: Key.control("C"))
      session.leave()
    }

    @Test("several are listed with what they are, and the line is kept")
    func lists() throws {
      let session = try TypedSession()
      #expect(
        try list("tan\(Key.tab)", session)
          == ["tan   (x)  the tangent of x radians", "tanh  (x)  the hyperbolic tangent"])
      #expect(try session.lastLine("h(0)") == "0")
      try session.ask("a1 = 2; a2 = [1, 2]; L = a1^2 + sum(a2); backward L")
      #expect(try list("1 + a\(Key.tab)", session)[0].hasPrefix("a1  "))
      _ = try session.answer(to: Key.control("C"))
      #expect(try list("L + a1.\(Key.tab)", session).first?.hasPrefix("data ") == true)
      _ = try session.answer(to: Key.control("C"))
      #expect(try list("graph L \(Key.tab)", session)[0].hasPrefix("depth  so many"))
      _ = try session.answer(to: Key.control("C"))
      session.terminal.type("qqq\(Key.tab)")
      #expect(session.terminal.wait(for: Key.bell) != nil)
      _ = try session.answer(to: Key.control("C"))
      session.leave()
    }

    @Test("after what is preferred another Tab lists the others")
    func preferred() throws {
      let session = try TypedSession()
      try session.ask("a = 2; L = a^2; backward L")
      #expect(
        try list("a.gr\(Key.tab)\(Key.tab)", session, line: "a.grad")
          == ["grad   4", "graph  how a result was computed, as a drawing"])
      #expect(try session.lastLine("") == "4")
      session.leave()
    }

    @Test("a narrow window", arguments: [20, 24, 40])
    func narrow(columns: Int) throws {
      let session = try TypedSession(columns: columns)
      let lines = try list("log\(Key.tab)", session)
      #expect(lines.count == 6)
      #expect(lines.allSatisfy { $0.count < columns }, "\(lines)")
      #expect(lines[0].hasPrefix("log ") && (columns == 20 || lines[0].contains("(x)")))
      try leave(session)
    }

    @Test("what does not fit on the screen is counted")
    func cut() throws {
      let session = try TypedSession()
      try session.ask((0..<300).map { "name\($0) = \($0)" }.joined(separator: ";") + ";")
      let lines = try list("x = name\(Key.tab)", session)
      #expect(lines.count == 22)
      #expect(lines.last?.wholeMatch(of: /… and \d+ more/) != nil)
      #expect(lines[0].hasPrefix("name0 "))
      try leave(session)
    }

    @Test("below several lines, from any of them")
    func severalLines() throws {
      let session = try TypedSession()
      session.paste("first = 1\rsecond = 2\rprint tan")
      _ = session.terminal.settle()
      session.terminal.type(Key.tab)
      let below = session.terminal.wait(for: "print tan")
      #expect(below?.contains("\r\ntanh  (x)  the hyperbolic tangent\r\n") == true)
      #expect(below?.contains("grad> first = 1\r\n") == true)
      #expect(try session.lastLine("h(second - 2), first") == "0 1")
      session.leave()
    }

    @Test("names of files", arguments: [80, 20])
    func files(columns: Int) throws {
      let folder = try TemporaryFolder()
      for name in ["heights.csv", "he\"y.csv", "help.grad", "notes.md", ".hidden.csv"] {
        _ = try folder.file(name, "x\n1\n2\n")
      }
      let inner = folder.url.appendingPathComponent("one two")
      try FileManager.default.createDirectory(at: inner, withIntermediateDirectories: true)
      _ = try folder.file("one two/lib.grad", "answer = 42\n")
      let session = try TypedSession(folder: folder.url.path, columns: columns)
      #expect(
        try session.lastLine("t = read(\"hei\(Key.tab))") == "t = table of 2 rows: x"
          || columns == 20)
      #expect(try session.lastLine("t.x") == "[1, 2]")
      #expect(try list("read(\"\(Key.tab)", session) == ["he\\\"y.csv", "heights.csv", "one two/"])
      #expect(try session.lastLine("he\\\"\(Key.tab)).x") == "[1, 2]")
      #expect(try session.lastLine("read(\".h\(Key.tab)).x") == "[1, 2]")
      #expect(
        try session.lastLine("read(\"hei\")\(Key.left)\(Key.left)\(Key.tab)\(Key.end).x")
          == "[1, 2]")
      try session.ask("import \"one\(Key.tab)\(Key.tab)")
      #expect(try session.lastLine("answer") == "answer = 42")
      #expect(try list("import \"\(Key.tab)", session) == ["help.grad", "one two/"])
      _ = try session.answer(to: Key.control("C"))
      session.terminal.type("import \"none/x\(Key.tab)")
      #expect(session.terminal.wait(for: Key.bell) != nil)
      try leave(session)
    }

    @Test("colours, where there are any, are for what is less important")
    func colours() throws {
      let session = try TypedSession(environment: ["NO_COLOR": ""])
      session.terminal.type("tan\(Key.tab)")
      let dim = "tan   \u{1B}[2m(x)  the tangent of x radians\u{1B}[0m\r\n"
      #expect(session.terminal.wait(for: dim) != nil)
    }

    @Test("in what is pasted Tab is a blank")
    func pasted() throws {
      let session = try TypedSession()
      session.paste("x =\tsin\t(0) + 1")
      #expect(try session.ask("").contains("error[E012]"))
      session.paste("if 1 {\r\tprint\t3\r}")
      #expect(try session.lastLine("") == "3")
      session.leave()
    }
  }
}
