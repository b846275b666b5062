import GradLanguage
import Testing

/// `import`, `read`, `write`: files that are kept in a dictionary.
@Suite struct FileTests {
  /// What a program prints, then the codes of its diagnostics.
  private static func run(
    _ text: String, _ files: [String: String] = [:], name: String = "main.grad"
  ) -> [String] {
    run(text, in: FileFolder(files), name: name)
  }

  private static func run(_ text: String, in folder: FileFolder, name: String) -> [String] {
    let interpreter = Interpreter(files: folder.access)
    var shown: [String] = []
    let outcome = interpreter.run(SourceText(name: name, bytes: Array(text.utf8))) { output in
      switch output {
      case .printed(let text, _): shown.append(text)
      case .diagnostic(let diagnostic): shown.append(diagnostic.code)
      case .value, .table, .names, .drawing, .explanation, .check, .plot: break
      }
    }
    return shown + outcome.diagnostics.map { "\($0.code) \($0.source.name):\($0.line)" }
  }

  private static let library = ["lib.grad": "print \"lib\"; k = 3; square(x) = x^2"]

  // MARK: import

  @Test func runsInTheSameSession() {
    #expect(
      FileTests.run("import \"lib.grad\"\nprint square(k)", FileTests.library) == ["lib", "9"])
  }

  @Test func runsOnce() {
    let text = "import \"lib.grad\"\nimport \"lib.grad\"\nprint k"
    #expect(FileTests.run(text, FileTests.library) == ["lib", "3"])
  }

  @Test func runsInItsPlace() {
    #expect(
      FileTests.run("print 1\nimport \"lib.grad\"\nprint 2", FileTests.library) == [
        "1", "lib", "2",
      ])
  }

  @Test func isFoundBesideItsFile() {
    let files = [
      "a/b.grad": "import \"c.grad\"", "a/c.grad": "print \"c\"", "c.grad": "print \"no\"",
    ]
    #expect(FileTests.run("import \"a/b.grad\"", files) == ["c"])
  }

  /// Files that import each other have a limit, and are compiled by recursion up to it.
  @Test(arguments: [(100, ["100"]), (101, ["E086 100.grad:1"]), (3000, ["E086 100.grad:1"])])
  func aChainOfImports(count: Int, expected: [String]) {
    var files = ["\(count).grad": "print \(count)"]
    for k in 1..<count { files["\(k).grad"] = "import \"\(k + 1).grad\"" }
    #expect(FileTests.run("import \"1.grad\"", files) == expected)
  }

  @Test(arguments: [
    ("import \"missing.grad\"", "E080 main.grad:2"),
    ("import \"bad.grad\"", "E022 bad.grad:1"),
    ("import \"self.grad\"", "E086 self.grad:1"),
    ("import \"first.grad\"", "E086 second.grad:1"),
    ("if 1 { import \"lib.grad\" }", "E087 main.grad:2"),
    ("f() = { import \"lib.grad\" }", "E087 main.grad:2"),
    ("import \"{1}.grad\"", "E087 main.grad:2"),
    ("import lib", "E022 main.grad:2"),
  ])
  func mistakesRunNothing(statement: String, code: String) {
    let files = FileTests.library.merging([
      "bad.grad": "x = = 2", "self.grad": "import \"self.grad\"",
      "first.grad": "import \"second.grad\"", "second.grad": "import \"first.grad\"",
    ]) { first, _ in first }
    #expect(FileTests.run("print \"before\"\n\(statement)", files) == [code])
  }

  @Test func failureInImportedFileIsPlacedThere() {
    #expect(
      FileTests.run("import \"f.grad\"\nprint 2", ["f.grad": "print 1\nassert 0"])
        == ["1", "E060 f.grad:2"])
  }

  // MARK: Tables

  private static let table = ["t.csv": "x,big name\n1,2\n3,4\n"]

  @Test(arguments: [
    ("print t.x, t.big_name", ["[1, 3] [2, 4]"]),
    ("v = t.x; L = sum(v); print v", ["[1, 3]"]),
    ("v = t.x; backward sum(v)", ["E042 main.grad:2"]),  // a column stays plain when it is bound
    ("v = t.x*1; L = sum(v^2); backward L; print v.grad", ["[2, 6]"]),
    ("print t", ["table of 2 rows: x, big_name"]),
    ("print t.y", ["E008 main.grad:2"]),
    ("print t + 1", ["E014 main.grad:2"]),
    ("print t[1]", ["E014 main.grad:2"]),
    ("v = t.x; v[1] = 9; print v, t.x", ["[9, 3] [1, 3]"]),
  ])
  func columns(statement: String, shown: [String]) {
    #expect(FileTests.run("t = read(\"t.csv\")\n\(statement)", FileTests.table) == shown)
  }

  @Test(arguments: [
    ("", "E085"), ("x,y\n1,2\n3\n", "E085"), ("x\n1\ntwo\n", "E085"), ("\u{0}", "E085"),
    ("x,y\n1,\n", "N306"),
  ])
  func badTables(text: String, code: String) {
    let shown = FileTests.run("t = read(\"t.csv\")", ["t.csv": text])
    #expect(shown.map { String($0.prefix(4)) } == [code])
  }

  @Test(arguments: [
    ("[1, 2.5]", "1\n2.5\n"), ("[[1, 2], [3, 4]]", "1,2\n3,4\n"), ("1/3", "0.3333333333333333\n"),
    ("read(\"t.csv\")", "x,big_name\n1,2\n3,4\n"),
  ])
  func writes(value: String, text: String) {
    let folder = FileFolder(FileTests.table)
    #expect(FileTests.run("write(\(value), \"o.csv\")", in: folder, name: "main.grad") == [])
    #expect(folder.files["o.csv"] == text)
  }

  @Test(arguments: [
    ("write([1], \"/o.csv\")", "E082"), ("write(\"s\", \"o.csv\")", "E014"),
    ("write(ones(2, 2, 2), \"o.csv\")", "E014"), ("write([1], 2)", "E014"), ("read(3)", "E014"),
    ("x = write([1], \"o.csv\")", "E015"), ("read(\"none.csv\")", "E080"),
  ])
  func refuses(statement: String, code: String) {
    #expect(FileTests.run(statement).map { String($0.prefix(4)) } == [code])
  }

  @Test func noFilesByDefault() {
    let outcome = Interpreter().run("read(\"t.csv\")")
    #expect(outcome.diagnostics.map(\.code) == ["E080"])
  }
}
