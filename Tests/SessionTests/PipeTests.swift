import Foundation
import Testing

/// All tests that start the program, one after another.
@Suite(.serialized, .timeLimit(.minutes(2)))
struct SessionTests {}

extension SessionTests {
  @Suite("Standard input")
  struct PipeTests {
    @Test("each complete statement is answered before the next is awaited")
    func answers() throws {
      let session = try Conversation([])
      session.send("1 + 1\n")
      #expect(session.answer() == "2\n")
      session.send("a = 3\na^2\n")
      #expect(session.answer() == "9\n")
      session.send("for i in 1..2 {\n  print i\n")
      session.send("}\n")
      #expect(session.answer().hasPrefix("1\n"))
      session.send("x = (1 +\n")
      session.send("2)\nx\n")
      session.close()
      let result = session.finish()
      #expect(result.output.hasSuffix("x = 3\n"))
      #expect(result.status == 0)
    }

    @Test("the first failed statement ends the run; lines count from the start of the input")
    func failure() throws {
      let result = try Grad.run(input: "print 1\n\n# remark\nif 1 {\n  zz\n}\nprint 2\n")
      #expect(result.output == "1\n")
      #expect(result.errors.contains(" --> <stdin>:5:3\n"))
      #expect(result.status == 1)
      let going = try Grad.run(["--keep-going"], input: "zz\nprint (\n1 1)\nprint 2\n")
      #expect(going.output.hasSuffix("2\n"))
      #expect(going.errors.contains("<stdin>:1:1"))
      #expect(going.status == 1)
    }

    @Test("an input that is not complete at the end is an error")
    func incomplete() throws {
      let result = try Grad.run(input: "1\nfor i in 1..2 {\nprint i\n")
      #expect(result.output == "1\n")
      #expect(result.errors.contains("`{` is never closed"))
      #expect(result.status == 1)
    }

    @Test("the last line needs no end, an empty input is well")
    func lastLine() throws {
      #expect(try Grad.run(input: "1\n2").output == "1\n2\n")
      #expect(try Grad.run(input: "").status == 0)
      #expect(try Grad.run(input: "\n\n").output.isEmpty)
    }

    @Test("Windows line ends, a byte-order mark, NUL and invalid UTF-8")
    func bytes() throws {
      let windows = try Grad.run([], input: [0xEF, 0xBB, 0xBF] + Array("a = 2\r\na*3\r\n".utf8))
      #expect(windows.output == "6\n")
      #expect(windows.status == 0)
      let zero = try Grad.run([], input: Array("1\na = \u{0} 2\n".utf8))
      #expect(zero.output == "1\n")
      #expect(zero.errors.contains("a = ␀ 2"))
      #expect(zero.status == 1)
      let bytes = Array("print \"".utf8) + [0xC3, 0x28] + Array("\"\n".utf8)
      let invalid = try Grad.run([], input: bytes)
      #expect(invalid.errors.hasPrefix("error[E029]"))
      #expect(invalid.status == 1)
    }

    @Test("output that nobody reads ends the program quietly")
    func brokenPipe() throws {
      let session = try Conversation(["-e", "for i in 1..10000000 { print i }"])
      _ = session.answer()
      session.stopReading()
      let result = session.finish()
      #expect(result.errors.isEmpty)
      #expect(result.wasKilled && result.status == SIGPIPE || result.status == 141)
    }

    @Test("output that cannot be written is an error")
    func fullDisk() throws {
      guard FileManager.default.fileExists(atPath: "/dev/full") else { return }
      let process = Process()
      process.executableURL = URL(fileURLWithPath: "/bin/sh")
      process.arguments = ["-c", "\"$0\" -e 1+1 2>&1 >/dev/full", Grad.path]
      let output = Pipe()
      process.standardOutput = output
      try process.run()
      let message = try output.fileHandleForReading.readToEnd() ?? Data()
      process.waitUntilExit()
      #expect(String(decoding: message, as: UTF8.self).hasPrefix("error: cannot write to standard"))
      #expect(process.terminationStatus == 1)
    }

    @Test("Ctrl-C ends an endless loop within a second", arguments: [true, false])
    func interrupt(piped: Bool) throws {
      let loop = "print 1\nwhile 1 { }\n"
      let session = try Conversation(piped ? [] : ["-e", loop])
      if piped { session.send(loop) }
      #expect(session.answer() == "1\n")
      let clock = ContinuousClock()
      let start = clock.now
      session.interrupt()
      let result = session.finish()
      #expect(clock.now - start < .seconds(10))
      #expect(result.errors.contains("interrupted"))
      #expect(result.status == 130)
    }

    @Test("Ctrl-C while waiting for input")
    func interruptWaiting() throws {
      let session = try Conversation([])
      session.send("1\n")
      #expect(session.answer() == "1\n")
      Thread.sleep(forTimeInterval: 0.05)
      session.interrupt()
      let result = session.finish()
      #expect(result.errors == "interrupted\n")
      #expect(result.status == 130)
    }

    /// How their time grows is measured by the benchmarks.
    @Test("many lines and long blocks", .timeLimit(.minutes(3)))
    func manyLines() throws {
      let lines = (0..<20_000).map { "x = \($0)\n" }.joined()
      #expect(try Grad.run(input: lines + "x\n").output == "x = 19999\n")
      #expect(try Grad.run(input: "if 1 {\n\(lines)}\nx\n").output == "x = 19999\n")
      let sum = "s = 0 +\n" + String(repeating: "1 +\n", count: 20_000) + "1\ns\n"
      #expect(try Grad.run(input: sum).output == "s = 20001\n")
    }
  }
}
