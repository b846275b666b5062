import GradLanguage
import Testing

@testable import grad

@Suite("Whether an input goes on")
struct InputTests {
  private func surelyGoesOn(_ lines: String...) -> Bool {
    var brackets = OpenBrackets()
    for line in lines { brackets.scan(Array((line + "\n").utf8)) }
    return brackets.surelyGoesOn
  }

  @Test("open brackets and operators at the end go on")
  func goesOn() {
    #expect(surelyGoesOn("if 1 {"))
    #expect(surelyGoesOn("x = [1,", "2,"))
    #expect(surelyGoesOn("x = (1", "+ 2"))
    #expect(surelyGoesOn("x = 1 +   # remark }"))
    #expect(surelyGoesOn("print \"}\" + ("))
    for word in ["and", "or", "then", "else"] {
      #expect(surelyGoesOn("x = if 1 \(word)") && surelyGoesOn("x = 1", "y = (2)\(word)  # so"))
    }
  }

  @Test("what may be complete is left to the parser")
  func maybeComplete() {
    #expect(!surelyGoesOn("x = 1"))
    #expect(!surelyGoesOn("if 1 {", "x = 2 }"))
    #expect(!surelyGoesOn("print \"(\""))
    #expect(!surelyGoesOn("print \"{f(\"}\")} \\\" {\"(\"}\"  # {"))
    #expect(!surelyGoesOn("x = 1 # {"))
    #expect(!surelyGoesOn("print \"never closed ("))
    #expect(!surelyGoesOn("x = 1)"))
    for name in ["x_or", "xor", "x.or", "or1", "éor", "Or", "oror", "thenthen", "els", "or\nx"] {
      #expect(!surelyGoesOn("x = \(name)"))
    }
  }

  @Test("lines are collected with the number of the first")
  func pending() {
    var pending = PendingInput(name: "<stdin>")
    for blank in ["\n", "  # remark\r\n", "\t\n"] { #expect(pending.add(Array(blank.utf8)) == nil) }
    #expect(pending.isEmpty)
    let text = pending.add(Array("a = 1\n".utf8))
    #expect(text?.firstLine == 4)
    pending.clear()
    let next = pending.add(Array("b = 1".utf8))
    #expect(next?.firstLine == 5)
    #expect(next?.bytes == Array("b = 1".utf8))
  }

  @Test("a long open block is tried rarely")
  func geometric() {
    var pending = PendingInput(name: "<stdin>")
    _ = pending.add(Array("if 1 {\n".utf8))
    let tries = (0..<10_000).count { _ in pending.add(Array("x = 1\n".utf8)) != nil }
    #expect(tries < 64 + 16)
    #expect(pending.add(Array("}\n".utf8)) != nil)
  }

  @Test("plain command lines are read as ArgumentParser reads them")
  func plainCommandLines() throws {
    let mixed = ["a", "-", "-e", "x", "b", "-e", "--json"]
    for arguments in [[], ["a"], ["-e", "-1"], mixed, ["-e", ""]] {
      let plain = try #require(RunOptions(plain: arguments))
      #expect(try GradCommand.parsedInFull(arguments).get() == plain)
    }
    for arguments in [["-e"], ["--json"], ["-i"], ["--", "a"], ["-ex"], ["--let", "a=1"]] {
      #expect(RunOptions(plain: arguments) == nil)
    }
  }
}
