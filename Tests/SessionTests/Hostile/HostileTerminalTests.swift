import Foundation
import TestSupport
import Testing

extension SessionTests {
  @Suite("Terminals that fail")
  struct HostileTerminalTests {
    @Test("a terminal that goes away ends it", arguments: ["", "a = 2 + ", "while true {}\r"])
    func vanishes(typed: String) throws {
      let session = try TypedSession()
      try session.ask("a = 2")
      session.terminal.type(typed)
      _ = session.terminal.settle(milliseconds: 100)
      session.terminal.hangUp()
      #expect(session.terminal.waitForEnd(seconds: 10) != nil)
    }

    @Test(
      "a terminal that goes away ends it, even where the signal for that is ignored",
      arguments: ["", "a = 2 + "])
    func vanishesSilently(typed: String) throws {
      let terminal = try PseudoTerminal(
        "/bin/sh", ["-c", #"trap '' HUP; exec "$0""#, Grad.path],
        environment: ["PATH": "/usr/bin:/bin", "TERM": "xterm", "GRAD_HISTORY": ""])
      #expect(terminal.wait(for: "grad>") != nil)
      terminal.type(typed)
      _ = terminal.settle(milliseconds: 100)
      terminal.hangUp()
      #expect(terminal.waitForEnd(seconds: 10) != nil)
    }

    @Test("what was typed before the terminal went away is in the history")
    func keepsHistory() throws {
      let folder = try TemporaryFolder()
      let history = folder.url.appendingPathComponent("history").path
      let session = try TypedSession(environment: ["GRAD_HISTORY": history])
      try session.ask("a = 2345")
      session.terminal.hangUp()
      #expect(session.terminal.waitForEnd(seconds: 10) != nil)
      #expect(try String(contentsOfFile: history, encoding: .utf8).contains("a = 2345"))
    }

    @Test("windows of any size", arguments: [(1, 1), (0, 0), (1000, 1), (2000, 500)])
    func sizes(columns: Int, rows: Int) throws {
      let session = try TypedSession()
      session.terminal.resize(columns: columns, rows: rows)
      session.terminal.type(
        "a = 2\rb = a*3; backward b\rgraph b\rplot sin(x) for x in 0..1\ry = 2x\r")
      _ = session.terminal.settle(milliseconds: 300)
      session.terminal.resize(columns: 80, rows: 24)
      _ = session.terminal.settle(milliseconds: 100)
      #expect(try session.lastLine("a + 1") == "3")
      session.leave()
    }

    @Test(
      "terminals that are nothing", arguments: ["", "dumb", "nonsense", "a\u{1B}[31mb", "unknown"])
    func types(type: String) throws {
      let session = try TypedSession(environment: ["TERM": type])
      #expect(try session.ask("print 40 + 2").contains("42"))
      session.leave()
    }
  }
}
