import Foundation
import Testing

extension SessionTests {
  @Suite("Files and texts")
  struct ScriptTests {
    @Test("results go to standard output, everything else to standard error")
    func streams() throws {
      let result = try Grad.evaluate("1 + 1\nlog(-1)\nzz")
      #expect(result.output == "2\nNaN\n")
      #expect(result.errors.hasPrefix("warning[W101]: NaN appeared\n"))
      #expect(result.errors.contains("error[E001]: `zz` is not defined\n --> <-e>:3:1\n"))
      #expect(result.status == 1)
      #expect(try Grad.evaluate("1").status == 0)
    }

    @Test("files run in order, then the texts, in one session")
    func order() throws {
      let folder = try TemporaryFolder()
      let first = try folder.file("a.grad", "a = 2\nprint \"first\"\n")
      let second = try folder.file("b.grad", "#!/usr/bin/env grad\na = a + 1\nprint \"second\"\n")
      let result = try Grad.run(["-e", "print a", first, "-e", "print a*2", second])
      #expect(result.output == "first\nsecond\n3\n6\n")
      #expect(result.status == 0)
    }

    @Test("a mistake anywhere in a file runs nothing of it, and nothing after it")
    func mistakeInFile() throws {
      let folder = try TemporaryFolder()
      let file = try folder.file("a.grad", "print 1\nprint (2\n")
      let result = try Grad.run([file, "-e", "print 3"])
      #expect(result.output.isEmpty)
      #expect(result.errors.contains("a.grad:2:7"))
      #expect(result.status == 1)
    }

    @Test("standard input among the files")
    func dash() throws {
      let result = try Grad.run(["-", "-e", "a"], input: "a = 7\n")
      #expect(result.output == "a = 7\n")
    }

    @Test("a file that cannot be read")
    func unreadable() throws {
      let missing = try Grad.run(["/no/x"])
      #expect(missing.errors == "error[E080]: cannot read `/no/x`: no such file or directory\n")
      #expect(missing.status == 1)
      let folder = try TemporaryFolder()
      let result = try Grad.run([folder.url.path])
      #expect(result.errors.hasPrefix("error[E080]: cannot read `"))
      #expect(result.errors.hasSuffix("`: is a directory\n"))
      #expect(result.status == 1)
    }

    @Test("names bound on the command line")
    func bindings() throws {
      let result = try Grad.evaluate("a*b", ["--let", "a=2", "--let", "b=-1.5e1"])
      #expect(result.output == "-30\n")
      let others = try Grad.evaluate(
        "print a, b, c", ["--let", "a = 1_000", "--let", "b=-inf", "--let", "c=+.5"])
      #expect(others.output == "1000 -inf 0.5\n")
      for binding in [
        "a", "=2", "a=x", "1a=2", "end=3", "a b=2", "a=", "print 1;a=2", "a=1e400", "a=0x10",
        "a=1e", "a=--1",
      ] {
        #expect(try Grad.evaluate("1", ["--let", binding]).status == 2, "\(binding)")
      }
    }

    @Test(
      "a seed is a whole number that `seed` takes",
      arguments: ["-1", "9007199254740992", "1.5", "x"])
    func seeds(seed: String) throws {
      #expect(try Grad.evaluate("rand()", ["--seed=\(seed)"]).status == 2)
      let largest = try Grad.evaluate("print rand()", ["--seed", "9007199254740991"])
      let stated = try Grad.evaluate("seed 9007199254740991; print rand()")
      #expect(largest.status == 0 && largest.output == stated.output)
    }

    @Test("digits")
    func digits() throws {
      #expect(try Grad.evaluate("0.1+0.2", ["--digits", "full"]).output == "0.30000000000000004\n")
      #expect(try Grad.evaluate("pi*1", ["--digits", "3"]).output == "3.14\n")
      #expect(try Grad.evaluate("pi", ["--digits", "0"]).status == 2)
    }

    @Test("strict: warnings are errors")
    func strict() throws {
      #expect(try Grad.evaluate("x = 0\nlog(x)").status == 0)
      let result = try Grad.evaluate("x = 0\nlog(x)\nprint 1", ["--strict"])
      #expect(result.status == 1)
      #expect(result.output.isEmpty)
      #expect(result.errors.contains("error["))
    }

    @Test("quiet: nothing but what is printed, and errors")
    func quiet() throws {
      let text = "a = 2\na\nlog(-1)\nL = a^2; backward L\nprint 3\nzz"
      let result = try Grad.evaluate(text, ["--quiet"])
      #expect(result.output == "3\n")
      #expect(result.errors.hasPrefix("error[E001]"))
    }

    @Test("keep going: the next line runs, the status still says that one failed")
    func keepGoing() throws {
      let folder = try TemporaryFolder()
      let file = try folder.file("a.grad", "print 1\nzz\nfor i in 1..2 {\n  print i + 1\n}\nyy\n")
      let result = try Grad.run(["--keep-going", file, "-e", "print 4"])
      #expect(result.output == "1\n2\n3\n4\n")
      #expect(result.errors.contains("a.grad:2:1") && result.errors.contains("a.grad:6:1"))
      #expect(result.status == 1)
    }

    @Test("colours only when asked")
    func colours() throws {
      let text = "a = 2; L = a^2; backward L\nzz"
      let plain = try Grad.evaluate(text)
      #expect(!plain.output.contains("\u{1B}") && !plain.errors.contains("\u{1B}"))
      let coloured = try Grad.evaluate(text, ["--color", "always"])
      #expect(coloured.output.contains("\u{1B}[36m") && coloured.errors.contains("\u{1B}[1;31m"))
      #expect(try Grad.evaluate("1", ["--color", "sometimes"]).status == 2)
    }

    @Test("every line of JSON is an object with a type")
    func json() throws {
      let text = "a = 2; L = a^2; backward L\na\nprint \"x\", a\nlog(-1)\nshow\nzz"
      let result = try Grad.evaluate(text, ["--json"])
      func types(_ text: String) throws -> [String?] {
        try text.split(separator: "\n").map { line in
          let object = try JSONSerialization.jsonObject(with: Data(line.utf8))
          return (object as? [String: Any])?["type"] as? String
        }
      }
      #expect(try types(result.output) == ["table", "value", "print", "value", "names"])
      #expect(try types(result.errors) == ["diagnostic", "diagnostic"])
      #expect(result.status == 1)
    }

    @Test("dumps show what a layer made of the input, and run nothing")
    func dumps() throws {
      #expect(try Grad.evaluate("print 1+2", ["--dump", "tokens"]).output.contains("number 1"))
      for (text, status) in [("a = (1", Int32(0)), ("a = $", 1)] {
        #expect(try Grad.evaluate(text, ["--dump", "tokens"]).status == status)
      }
      #expect(try Grad.evaluate("print 1+2", ["--dump", "tree"]).output == "(print (+ 1 2))\n")
      #expect(try Grad.evaluate("print 1+x", ["--dump", "program"]).output.contains("add"))
      #expect(try Grad.evaluate("print (1", ["--dump", "tree"]).status == 1)
      let graph = try Grad.evaluate("a = 2; L = a*3; backward L;", ["--dump", "graph"]).output
      let lines = graph.split(separator: "\n").map { $0.split(separator: " ").map(String.init) }
      #expect(lines[0] == ["node", "slot", "label", "operation", "operands", "data", "grad"])
      #expect(lines.count == 3)
      #expect(lines[1][2...] == ["a", "leaf", "2", "3"])
      #expect(lines[2][2...3] == ["L", "*"] && lines[2].suffix(2) == ["6", "1"])
    }

    @Test("wrong usage, help and version")
    func usage() throws {
      for arguments in [["--bogus"], ["-e"], ["--digits"], ["--dump", "soup", "-e", "1"]] {
        let result = try Grad.run(arguments)
        #expect(result.status == 2)
        #expect(result.output.isEmpty && result.errors.contains("Usage: grad"))
      }
      #expect(try Grad.run(["--version"]).output == "grad 0.1.0\n")
      let help = try Grad.run(["--help"])
      #expect(help.status == 0 && help.output.contains("--keep-going"))
    }

    @Test("a text may begin with a sign")
    func signs() throws {
      #expect(try Grad.evaluate("-2^2").output == "-4\n")
      #expect(try Grad.evaluate("-2^2", ["--json"]).output.contains("\"data\":-4"))
    }
  }
}
