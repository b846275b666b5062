import Foundation
import TestSupport
import Testing

extension SessionTests {
  @Suite("The history between sessions")
  struct HistoryTests {
    private typealias Key = TypedSession.Key

    private let folder: TemporaryFolder
    private var environment: [String: String]

    init() throws {
      folder = try TemporaryFolder()
      environment = ["GRAD_HISTORY": folder.url.appendingPathComponent("history").path]
    }

    private var path: String { environment["GRAD_HISTORY"] ?? "" }

    private func mode(_ path: String) throws -> Int? {
      try FileManager.default.attributesOfItem(atPath: path)[.posixPermissions] as? Int
    }

    /// Runs a session and says what Up brings back in it.
    private func recalled(_ arguments: [String] = []) throws -> String {
      let session = try TypedSession(arguments, environment: environment)
      defer { session.leave() }
      return try session.lastLine(Key.up)
    }

    @Test("kept from one session to the next, for nobody else")
    func kept() throws {
      let state = folder.url.appendingPathComponent("state").path
      let first = try TypedSession(environment: ["XDG_STATE_HOME": state])
      try first.ask("print \"a\\\\b\"")
      try first.begin("for i in 8..9 {")
      try first.ask("print i }")
      first.leave()

      let file = state + "/grad/history"
      #expect(try mode(file) == 0o600)
      #expect(try mode(state + "/grad") == 0o700)
      let text = try String(contentsOfFile: file, encoding: .utf8)
      #expect(text == "print \"a\\\\\\\\b\"\nfor i in 8..9 {\\n  print i }\n")

      let second = try TypedSession(environment: ["XDG_STATE_HOME": state])
      #expect(try second.ask(Key.up).contains("8\n9"))
      #expect(try second.lastLine(Key.up + Key.up) == "a\\b")
      second.leave()
    }

    @Test("GRAD_HISTORY names the file, folders are made; --no-history keeps out of it")
    mutating func named() throws {
      environment["GRAD_HISTORY"] = folder.url.appendingPathComponent("a/b/history").path
      let session = try TypedSession(environment: environment)
      try session.ask("40 + 2")
      try session.ask("zz")
      session.leave()
      #expect(try recalled(["--no-history"]).hasPrefix("42") == false)
      #expect(try String(contentsOfFile: path, encoding: .utf8) == "40 + 2\nzz\n")
    }

    @Test("empty: no history")
    mutating func disabled() throws {
      environment["XDG_STATE_HOME"] = folder.url.path
      environment["GRAD_HISTORY"] = ""
      let session = try TypedSession(environment: environment)
      try session.ask("1")
      session.leave()
      #expect(try FileManager.default.contentsOfDirectory(atPath: folder.url.path).isEmpty)
    }

    @Test("two sessions at a time keep each other's lines")
    func shared() throws {
      let sessions = try [1, 2].map { _ in try TypedSession(environment: environment) }
      for round in 0..<3 {
        for (index, session) in sessions.enumerated() { try session.ask("\(round)\(index)") }
      }
      for session in sessions { session.leave() }
      let lines = try String(contentsOfFile: path, encoding: .utf8).split(separator: "\n")
      #expect(lines == ["00", "01", "10", "11", "20", "21"])
    }

    @Test("kill -9 loses no line that was run, also one that runs still")
    func killed() throws {
      let session = try TypedSession(environment: environment)
      try session.ask("a = 41")
      session.terminal.type("while 1 { }\r")
      _ = session.terminal.settle()
      session.terminal.signal(SIGKILL)
      #expect(session.terminal.waitForEnd() == .killed(SIGKILL))
      let text = try String(contentsOfFile: path, encoding: .utf8)
      #expect(text == "a = 41\nwhile 1 { }\n")
    }

    @Test(":history shows inputs with their numbers, so many or those with a text")
    func shown() throws {
      let session = try TypedSession(environment: environment)
      #expect(try session.ask(":history").contains("there is no earlier input"))
      for index in 2...30 { try session.ask("\(index);") }
      try session.begin("for i in 1..2 {")
      try session.ask("}")
      let last = try session.ask(":history")
      #expect(last.hasSuffix("30  30;\n31  for i in 1..2 {\n    }\n"), "\(last)")
      #expect(!last.contains("11  11;") && last.contains("12  12;"))
      #expect(try session.ask(":history 1").hasSuffix("\n32  :history\n"))
      #expect(try session.ask(":history 29").hasSuffix("29  29;\n33  :history 1\n") == false)
      #expect(try session.ask(":history 29;").hasSuffix(":history 29;\n29  29;\n"))
      #expect(try session.ask(":history zz").contains("there is no earlier input with `zz`"))
      session.leave()
    }

    @Test("a damaged file: what can be read is used")
    func damaged() throws {
      var bytes: [UInt8] = Array("6*7\n".utf8) + [0xFF, 0xFE, 0x0A, 0x41, 0x00, 0x42, 0x0A, 0x0A]
      bytes += Array("\\\n\u{1B}[31m\n6*8".utf8)
      try Data(bytes).write(to: URL(fileURLWithPath: path))
      #expect(try recalled() == "48")
      let text = try Data(contentsOf: URL(fileURLWithPath: path))
      #expect(Array(text) == bytes + Array("\n6*8\n".utf8))
      let session = try TypedSession(environment: environment)
      #expect(try session.lastLine(String(repeating: Key.up, count: 20)) == "42")
      session.leave()
    }

    @Test("a file that is read only, a folder, a FIFO, in no folder", arguments: 0..<4)
    mutating func unusable(kind: Int) throws {
      switch kind {
      case 0:
        try Data("6*7\n".utf8).write(to: URL(fileURLWithPath: path))
        try FileManager.default.setAttributes([.posixPermissions: 0o400], ofItemAtPath: path)
      case 1:
        try FileManager.default.createDirectory(atPath: path, withIntermediateDirectories: true)
      case 2: #expect(mkfifo(path, 0o600) == 0)
      case _: environment["GRAD_HISTORY"] = "/dev/null/history"
      }
      let session = try TypedSession(environment: environment)
      if kind == 0 { #expect(try session.lastLine(Key.up) == "42") }
      #expect(try session.lastLine("1 + 1") == "2")
      #expect(try session.lastLine(Key.up) == "2")
      session.leave()
    }
  }
}
