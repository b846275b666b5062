import Foundation
import TestSupport
import Testing

@testable import grad

extension SessionTests {
  @Suite(":save and :load")
  struct SavingCommandTests {
    @Test("a session comes back")
    func comesBack() throws {
      let folder = try TemporaryFolder()
      let path = folder.url.appendingPathComponent("my session.grad").path
      let session = try TypedSession()
      try session.ask("a = 2; f(x) = x^2*a; L = f(3) + tanh(a); backward L;")
      #expect(try session.lastLine(":save \"\(path)\"").contains("saved 3 names to"))
      session.leave()

      let other = try TypedSession()
      #expect(try other.ask(":load \"\(path)\"").split { $0.isNewline }.count == 1)
      #expect(try other.lastLine("a") == "a = 2    grad 9.07065082485")
      #expect(try other.lastLine("f(2)") == "8")
      #expect(try other.lastLine(":save \"\(path)\"").contains("file that was there"))
      other.leave()
      #expect(try Grad.run([path, "-e", "print L, a.grad"]).output.hasPrefix("18.9640275801 "))
      // Statement by statement, too.
      let text = try String(contentsOfFile: path, encoding: .utf8)
      #expect(try Grad.run([], input: text + "print L\n").output == "18.9640275801\n")
    }

    @Test("what goes wrong is said, and nothing is changed")
    func failures() throws {
      let folder = try TemporaryFolder()
      let place = folder.url.path
      let wrong = try folder.file("wrong.grad", "b = 1\nc = 2x\n")
      let failing = try folder.file("failing.grad", "b = 1\nc = b + zz\n")
      let session = try TypedSession(columns: 200)
      try session.ask("a = 2;")
      #expect(try session.ask(":save \(place)/no/such.grad").contains("no such file or directory"))
      #expect(try session.ask(":save \(place)").contains("is a directory"))
      #expect(try session.ask(":load \(place)/none.grad").contains("no such file or directory"))
      #expect(try session.ask(":load \(place)").contains("is a directory"))
      #expect(try session.ask(":load \(wrong)").contains("wrong.grad:2:5"))
      #expect(try session.ask("b").contains("`b` is not defined"))
      #expect(try session.ask(":load \(failing)").contains("failing.grad:2:9"))
      #expect(try session.lastLine("b") == "b = 1")
      #expect(try session.ask(":save").contains("needs a file"))
      #expect(try session.ask(":load \"x").contains("do not close"))
      #expect(try session.ask(":save a b").contains("quotes"))
      if getuid() != 0 {
        chmod(wrong, 0o444)
        #expect(try session.ask(":save \(wrong)").contains("permission denied"))
      }
      #expect(try session.lastLine("a") == "a = 2")
      session.leave()
      #expect(try String(contentsOfFile: wrong, encoding: .utf8) == "b = 1\nc = 2x\n")
    }

    @Test(
      "paths",
      arguments: [
        ("s.grad", PathArgument.path("s.grad")), ("\"a b\"", .path("a b")), ("'a b'", .path("a b")),
        ("", .missing), ("\"\"", .missing), ("a b", .several), ("\"a", .unclosed),
        ("\"", .unclosed),
        ("\"a\" b", .unclosed),
      ])
    func paths(text: String, path: PathArgument) { #expect(PathArgument(text) == path) }
  }
}
