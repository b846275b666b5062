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
