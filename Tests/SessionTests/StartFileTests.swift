import Foundation
import TestSupport
import Testing

extension SessionTests {
  @Suite("The statements that run before the first prompt")
  struct StartFileTests {
    private let folder: TemporaryFolder
    private var environment: [String: String] { ["XDG_CONFIG_HOME": folder.url.path] }

    init() throws { folder = try TemporaryFolder() }

    private func write(_ text: String) throws {
      let folder = folder.url.appendingPathComponent("grad")
      try FileManager.default.createDirectory(at: folder, withIntermediateDirectories: true)
      try Data(text.utf8).write(to: folder.appendingPathComponent("init.grad"))
    }

    @Test("names and settings are there, and nothing is shown that is not printed")
    func runs() throws {
      try write("set digits 3\ng = 9.80665\nfall(t) = {\n  g*t^2/2\n}\nprint \"ready\"\n")
      let session = try TypedSession(environment: environment)
      #expect(session.terminal.output.contains("ready"))
      #expect(!session.terminal.output.contains("9.8"))
      #expect(try session.lastLine("fall(2)") == "19.6")
      session.leave()
    }

    @Test("a mistake is reported with its place, what follows runs, and the exit status is 0")
    func survives() throws {
      try write("a = 2\nb = zz\nc = a + 1\n")
      let session = try TypedSession(environment: environment)
      #expect(session.terminal.output.contains("`zz` is not defined"))
      #expect(session.terminal.output.contains("grad/init.grad:2:5"))
      #expect(try session.lastLine("c") == "c = 3")
      session.leave()
    }

    @Test("a line that is not understood is reported, and the others run")
    func rejected() throws {
      try write("a = 2\nbad = 2x\nc = a + 1\nb = (\n")
      let session = try TypedSession(environment: environment)
      #expect(session.terminal.output.contains("grad/init.grad:2:7"))
      #expect(session.terminal.output.contains("expected a value"))
      #expect(try session.lastLine("c") == "c = 3")
      session.leave()
    }

    @Test("an endless loop is stopped by Ctrl-C, and the prompt comes")
    func endless() throws {
      try write("a = 2\nwhile 1 { }\n")
      let environment = environment.merging([
        "GRAD_HISTORY": "", "TERM": "xterm", "LANG": "C.UTF-8", "NO_COLOR": "1",
      ]) { $1 }
      let terminal = try PseudoTerminal(Grad.path, [], environment: environment)
      _ = terminal.settle(milliseconds: 500)
      terminal.type(TypedSession.Key.control("C"))
      #expect(terminal.wait(for: "grad>") != nil)
      _ = terminal.settle()
      terminal.type("a + 40\r")
      #expect(terminal.wait(for: "42") != nil)
    }

    @Test("a folder, a pipe in its place: said, and survived", arguments: [true, false])
    func unreadable(isFolder: Bool) throws {
      let path = folder.url.appendingPathComponent("grad/init.grad").path
      try FileManager.default.createDirectory(
        atPath: isFolder ? path : folder.url.path + "/grad", withIntermediateDirectories: true)
      if !isFolder { #expect(mkfifo(path, 0o600) == 0) }
      let session = try TypedSession(environment: environment)
      #expect(session.terminal.output.contains("cannot read"))
      #expect(try session.lastLine("1 + 1") == "2")
      session.leave()
    }

    @Test("--no-init, scripts and pipes do without")
    func without() throws {
      try write("print \"ready\"\n")
      let session = try TypedSession(["--no-init"], environment: environment)
      #expect(!session.terminal.output.contains("ready"))
      session.leave()
      let piped = try Grad.run([], input: Array("1".utf8), environment: environment)
      #expect(piped.output == "1\n")
      #expect(try Grad.run(["-e", "2"], environment: environment).output == "2\n")
    }
  }
}
