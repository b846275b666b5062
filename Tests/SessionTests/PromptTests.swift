import Foundation
import TestSupport
import Testing

extension SessionTests {
  @Suite("The prompt")
  struct PromptTests {
    private typealias Key = TypedSession.Key

    @Test("the founding lines, typed")
    func founding() throws {
      let session = try TypedSession()
      #expect(try session.lastLine("a = 2; b = -3; c = 10") == "c = 10")
      #expect(try session.lastLine("e = a*b; d = e + c; f = -2") == "f = -2")
      #expect(try session.lastLine("L = d*f") == "L = -8")
      #expect(try session.ask("backward L").contains("-2"))
      #expect(try session.lastLine("a.grad") == "6")
      #expect(try session.lastLine("print \"{b.grad} {L}\"") == "-4 -8")
      session.leave()
    }

    @Test("a binding shows its value, `;` at the end silences it")
    func bindings() throws {
      let session = try TypedSession()
      #expect(try session.lastLine("a = 2") == "a = 2")
      #expect(try session.lastLine("a = 3;").hasSuffix("a = 3;"))
      #expect(try session.lastLine("a") == "a = 3")
      session.leave()
    }

    @Test("an unfinished block goes on, a mistake in it does not end the session")
    func continuation() throws {
      let session = try TypedSession()
      try session.begin("for i in 1..2 {")
      try session.begin("  print i*10")
      #expect(try session.ask("}").contains("10\n20"))
      try session.begin("(1 +")
      #expect(try session.ask("zz)").contains("`zz` is not defined"))
      try session.begin("if 1 {")
      _ = try session.answer(to: Key.control("C"))
      #expect(try session.lastLine("1 + 1") == "2")
      // Ctrl-D ends nothing that has been begun.
      try session.begin("if 1 {")
      session.terminal.type(Key.control("D"))
      #expect(session.terminal.wait(for: Key.bell) != nil)
      #expect(try session.ask("print 7}").contains("\n7\n"))
      session.leave()
    }

    @Test("help")
    func help() throws {
      let session = try TypedSession()
      #expect(try session.ask(":help").contains("backward L"))
      #expect(try session.ask("help").contains("backward L"))
      #expect(try session.ask(":help tanh").contains("1 - tanh(x)^2"))
      #expect(try session.ask(":help backward").contains("accumulate"))
      #expect(try session.ask(":help e001").contains("E001: undefined name"))
      #expect(try session.ask(":help nonsense").contains("there is no help for `nonsense`"))
      #expect(try session.ask(":help sigmoit").contains("did you mean `:help sigmoid`?"))
      #expect(try session.ask(":nonsense").contains("there is no command `:nonsense`"))
      #expect(try session.lastLine("help = 3") == "help = 3")
      #expect(try session.lastLine("help") == "help = 3")
      session.leave()
    }

    @Test("help about names of one's own, a curve where there is room, and searching")
    func ownNames() throws {
      let session = try TypedSession()
      try session.ask("f(x) = x^2; a = 3; L = f(a)*2; backward L;")
      #expect(try session.ask(":help f").contains("    f(x) = x^2\n\n  from        <prompt:1>"))
      #expect(try session.ask("?L").contains("L = 18    grad 1    a result"))
      #expect(try session.ask("help(L)").contains("computed    a^2*2"))
      #expect(try session.ask("a?").contains("a = 3    grad 12    a leaf of the graph"))
      #expect(try session.ask(":help tanh").contains("└──"))
      #expect(try session.ask(":help ln").contains("`ln` is `log` here"))
      #expect(try session.ask(":apropos lograithm").contains("did you mean `:apropos logarithm`?"))
      #expect(try session.ask(":apropos random").contains("seed"))
      #expect(try session.ask(":hlep").contains("did you mean `:help`?"))
      #expect(try session.ask("edit").contains("begin with a colon: `:edit`"))
      try session.ask("max = 3")
      #expect(try session.ask(":help max").contains("Built in, before `max` was bound"))
      session.leave()
      let narrow = try TypedSession(columns: 40)
      let answer = try narrow.ask(":help tanh")
      #expect(answer.contains("1 - tanh(x)^2") && !answer.contains("└"))
      narrow.leave()
    }

    @Test("three lines for who comes for the first time, one later")
    func greeting() throws {
      let folder = try TemporaryFolder()
      let environment = ["GRAD_HISTORY": folder.url.appendingPathComponent("history").path]
      let first = try TypedSession(environment: environment)
      #expect(first.terminal.output.contains("`:lesson` is a short course"))
      try first.ask("1 + 1")
      first.leave()
      for arguments in [[], ["--quiet"], ["--no-history"]] {
        let session = try TypedSession(arguments, environment: environment)
        #expect(!session.terminal.output.contains("short course"))
        #expect(session.terminal.output.contains("differentiates") == (arguments != ["--quiet"]))
        session.leave()
      }
      let quiet = try TypedSession(
        ["--quiet"], environment: ["GRAD_HISTORY": folder.url.path + "/x"])
      #expect(!quiet.terminal.output.contains("short course"))
      quiet.leave()
    }

    @Test("leaving", arguments: [":quit", ":q", "quit", "exit", "exit()"])
    func leaving(word: String) throws {
      let session = try TypedSession()
      try session.ask("zz")
      session.terminal.type(word + "\r")
      session.expectEnd(.exited(0))
    }

    @Test("a name that leaves when it is not bound")
    func boundExit() throws {
      let session = try TypedSession()
      try session.ask("exit = 3")
      #expect(try session.lastLine("exit") == "exit = 3")
      session.leave()
    }

    @Test("-i goes on after a file, failed or not")
    func interactive() throws {
      let folder = try TemporaryFolder()
      let file = try folder.file("a.grad", "a = 7\nb = a + zz\n")
      let session = try TypedSession(["-i", file])
      #expect(session.terminal.output.contains("`zz` is not defined"))
      session.terminal.type(Key.control("D"))
      session.expectEnd(.exited(1))
      let good = try TypedSession(["-i", try folder.file("b.grad", "a = 7\n")])
      #expect(try good.lastLine("a") == "a = 7")
      good.leave()
    }

    @Test("a pipe never shows a prompt")
    func pipe() throws {
      for arguments in [[], ["-i"]] {
        let result = try Grad.run(arguments, input: "a = 2\na\n:help\n")
        #expect(!result.output.contains("grad>") && !result.errors.contains("grad>"))
        #expect(result.output.contains("a = 2"))
      }
    }

    @Test("no colours when there are to be none", arguments: ["NO_COLOR", "--color", "dumb"])
    func colourless(way: String) throws {
      let never = way == "--color"
      let session = try TypedSession(
        never ? ["--color", "never"] : [],
        environment: [
          "NO_COLOR": way == "NO_COLOR" ? "1" : "",
          "TERM": way == "dumb" ? "dumb" : "xterm-256color",
        ])
      try session.ask("a = 2; L = a^2; backward L")
      try session.ask("zz")
      session.leave()
      let output = session.terminal.output
      #expect(output.firstMatch(of: /\u{1B}\[[0-9;]*m/) == nil)
      if way == "dumb" { #expect(!output.contains("\u{1B}")) }
    }

    @Test("colours of the prompt and the results")
    func colours() throws {
      let session = try TypedSession(environment: ["NO_COLOR": ""])
      session.terminal.type("zz\r")
      #expect(session.terminal.wait(for: "\u{1B}[1;31merror[E001]") != nil)
      #expect(session.terminal.wait(for: "\u{1B}[1;32mgrad>\u{1B}[0m ") != nil)
      // The prompt before the answer looks the same: this one is to be up before it is left.
      _ = session.terminal.settle()
      session.leave()
    }

    @Test("terminals that can do little", arguments: ["dumb", "no-such-terminal", "vt100"])
    func poorTerminals(name: String) throws {
      let session = try TypedSession(environment: ["TERM": name])
      #expect(try session.lastLine("1 + 1") == "2")
      #expect(try session.lastLine("π2 = 3") == "π2 = 3")
      session.leave()
      if name != "vt100" { #expect(!session.terminal.output.contains("\u{1B}")) }
    }

    @Test(
      "non-ASCII input in any locale",
      arguments: [
        ["LC_ALL": "C"], ["LC_ALL": "xx_YY.bogus"], ["LANG": ""], ["LC_ALL": "POSIX"],
        ["LC_ALL": "C.UTF-8"],
      ])
    func locales(environment: [String: String]) throws {
      let session = try TypedSession(environment: environment)
      #expect(try session.lastLine("θ = 1.5") == "θ = 1.5")
      #expect(try session.lastLine("print \"é日本\(Key.left)x\(Key.end)\"") == "é日x本")
      try session.begin("if θ > 1 {")
      #expect(try session.ask("print θ }").contains("1.5"))
      session.leave()
    }

    @Test("a window of 20 columns, and one that changes")
    func narrow() throws {
      let session = try TypedSession(columns: 20)
      let sum = (1...30).map(String.init).joined(separator: " + ")
      #expect(try session.lastLine(sum) == "465")
      #expect(try session.lastLine("\(sum)\(Key.home)1000 + \(Key.end) + 1") == "1466")
      session.terminal.type("2 + ")
      session.terminal.resize(columns: 60, rows: 10)
      _ = session.terminal.settle()
      #expect(try session.lastLine("3") == "5")
      #expect(try session.ask("backward").contains("error["))
      #expect(try session.ask(":help").contains(":quit"))
      session.leave()
    }
  }
}
