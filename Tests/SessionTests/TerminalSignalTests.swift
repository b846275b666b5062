import Foundation
import TestSupport
import Testing

extension SessionTests {
  @Suite("Signals at the prompt")
  struct TerminalSignalTests {
    private typealias Key = TypedSession.Key

    @Test("Ctrl-C while typing drops the line and nothing else")
    func dropsLine() throws {
      let session = try TypedSession()
      try session.ask("a = 2")
      for _ in 0..<3 {
        session.terminal.type("a = 3")
        _ = session.terminal.settle(milliseconds: 50)
        _ = try session.answer(to: Key.control("C"))
      }
      #expect(try session.lastLine("a") == "a = 2")
      session.leave()
    }

    @Test("Ctrl-C while history is searched drops what is typed and nothing else")
    func leavesSearch() throws {
      let session = try TypedSession()
      try session.ask("a = 42")
      for pattern in ["", "a", "nothing like it"] {
        session.terminal.type(Key.control("R") + pattern)
        _ = session.terminal.settle(milliseconds: 50)
        _ = try session.answer(to: Key.control("C"))
      }
      #expect(try session.lastLine("a") == "a = 42")
      session.leave()
    }

    @Test("Ctrl-S searches history forwards, and does not stop the terminal")
    func searchesForwards() throws {
      let session = try TypedSession()
      try session.ask("abc = 1")
      session.terminal.type(Key.control("S"))
      #expect(session.terminal.settle(milliseconds: 100).contains("fwd:"))
      _ = try session.answer(to: Key.control("C"))
      #expect(try session.lastLine("abc") == "abc = 1")
      session.leave()
    }

    @Test(
      "Ctrl-C stops waiting for a file and keeps the names",
      arguments: ["read(\"FIFO\")", "import \"FIFO\"", ":load FIFO", ":lesson FIFO"])
    func stopsReading(input: String) throws {
      let folder = try TemporaryFolder()
      let path = folder.url.appending(path: "fifo").path
      try #require(mkfifo(path, 0o600) == 0)
      let session = try TypedSession()
      try session.ask("a = 42")
      session.terminal.type(input.replacing("FIFO", with: path) + "\r")
      _ = session.terminal.settle(milliseconds: 300)
      #expect(try session.answer(to: Key.control("C")).contains("interrupted"))
      #expect(try session.lastLine("a") == "a = 42")
      session.leave()
    }

    @Test("Ctrl-C stops a computation within a second and keeps the names")
    func stopsComputation() throws {
      let session = try TypedSession()
      try session.ask("a = 2")
      session.terminal.type("while true {}\r")
      _ = session.terminal.settle(milliseconds: 300)
      let clock = ContinuousClock()
      let start = clock.now
      #expect(try session.answer(to: Key.control("C")).contains("interrupted"))
      #expect(clock.now - start < .seconds(10))
      #expect(try session.lastLine("a") == "a = 2")
      session.leave()
    }

    @Test("Ctrl-D ends only an empty line")
    func endOfInput() throws {
      let session = try TypedSession()
      #expect(try session.lastLine("23\(Key.home)\(Key.control("D"))") == "3")
      session.leave()
    }

    @Test(
      "a signal that ends it leaves the terminal as it was", arguments: [SIGTERM, SIGHUP, SIGQUIT])
    func ends(signal: Int32) throws {
      let session = try TypedSession()
      session.terminal.type("a = ")
      _ = session.terminal.settle(milliseconds: 50)
      #expect(!session.terminal.isCooked)
      session.terminal.signal(signal)
      session.expectEnd(.killed(signal))
      let computing = try TypedSession()
      computing.terminal.type("while true {}\r")
      _ = computing.terminal.settle(milliseconds: 100)
      #expect(computing.terminal.isCooked)
      computing.terminal.signal(signal)
      computing.expectEnd(.killed(signal))
    }

    @Test("suspended and continued")
    func suspends() throws {
      let session = try TypedSession()
      try session.ask("a = 2")
      session.terminal.signal(SIGSTOP)
      #expect(session.terminal.waitForStop())
      session.terminal.signal(SIGCONT)
      _ = session.terminal.settle(milliseconds: 300)
      #expect(try session.lastLine("a") == "a = 2")
      session.leave()
    }
  }
}
