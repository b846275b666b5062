import Testing

@testable import GradLanguage

/// What a saved session leaves out, and what it refuses.
@Suite struct SavingLimitTests {
  private static func loaded(_ text: String) -> Session {
    let session = Session()
    #expect(session.run(text).codes == [] && session.outputs.isEmpty)
    return session
  }

  @Test func manyValuesBecomeNumbers() throws {
    let session = Session()
    session.run(
      """
      a = 2; v = [1, 2, 3]; r = v[2..3]; s = a
      for i in 1..6000 { s = s*0.5 + i*a }
      w = v*s; M = reshape(w, 3, 1); alias = s
      backward s
      """)
    let script = try session.interpreter.script()
    #expect(script.notes.count == 1)
    #expect(script.text.contains("# Not as it was: how values were computed"))
    let copy = SavingLimitTests.loaded(script.text)
    for name in ["a", "s", "alias"] { #expect(copy.state(name) == session.state(name)) }
    #expect(copy.number("a.grad").bitPattern == session.number("a.grad").bitPattern)
    #expect(copy.lines("print v, r, w, M") == session.lines("print v, r, w, M"))
    #expect(copy.lines("v[2] := 7; print r; alias := 1; print s") == ["[7, 3]", "1"])
    #expect(try copy.interpreter.script().text.contains("restore"))
  }

  @Test func tooManyNumbers() {
    let session = Session()
    session.run("v = zeros(1000001)")
    #expect(throws: SessionTooLarge.self) { try session.interpreter.script() }
  }

  @Test(
    "chains of functions are saved as long as a program can put them together",
    arguments: [
      "f = x -> x; wrap(f) = x -> f(x) + 1; for i in 1..COUNT { f = wrap(f) }",
      "f = x -> x^3; for i in 1..COUNT { f = grad(f) }",
    ])
  func chainsOfFunctions(program: String) throws {
    for (count, isSaved) in [(40_000, true), (60_000, false)] {
      let session = Session()
      session.run(program.replacing("COUNT", with: "\(count)"))
      guard isSaved else {
        #expect(throws: SessionTooLarge.self) { try session.interpreter.script() }
        continue
      }
      let script = try session.interpreter.script()
      #expect(Session().run(script.text).codes == [])
    }
  }

  @Test func deepChainsStayFlat() throws {
    let session = Session()
    session.run(
      "x = 2; f(t) = { repeat 3000 { t = t*x }; t }; L = f(x); g(t) = { repeat 3000 { t = -t }; t }; M = g(L)"
    )
    let script = try session.interpreter.script()
    #expect(script.notes.isEmpty)
    #expect(!script.text.contains("(((((((("))
    #expect(SavingLimitTests.loaded(script.text).state("M") == session.state("M"))
  }

  /// An array of as many dimensions as there can be.
  @Test func manyDimensions() throws {
    let session = Session()
    session.run(
      "v = [1, 2]; repeat 15 { v = [v] }; plain p = [1, 2]; repeat 15 { p = [p] }")
    let script = try session.interpreter.script()
    let loaded = SavingLimitTests.loaded(script.text)
    #expect(loaded.lines("print v, p, length(shape(v))") == session.lines("print v, p, 16"))
  }

  @Test(arguments: [
    ("restore { $x = 1; y = $x + 1 }\nprint y", ["2"]),
    ("restore { $x = 1 }\nprint $x", ["E028"]), ("$x = 1", ["E028"]),
    ("f(x) = { restore { } }", ["E022"]),
    ("restore = 3; print restore", ["3"]), ("restore { print $zz }", ["E001"]),
    ("restore { log(0); sum = 1; x = 1; y = x; x = 2 }; log(0)", ["W101", "-inf"]),
    ("restore { x = log(0); set trap on; y = log(x - x) }", []),
    ("restore { x = 1 + \"a\" }\nlog(0)", ["E014"]),
    ("restore { $apply(\"part\", [4], [1], [1, 2, 3]) }", ["E014"]),
    ("restore { $apply(\"part\", [0], [1], [1, 2, 3]) }", ["E014"]),
    ("restore { $apply(\"part\", [-1], [1], [1, 2, 3]) }", ["E016"]),
    ("restore { $apply(\"part\", [1.5], [1], [1, 2, 3]) }", ["E016"]),
    ("restore { $apply(\"@\", [2, 2, 2, 0, 0], [4], [1, 2, 3], [1, 2]) }", ["E014"]),
    ("restore { $apply(\"@\", [1, 2, 1, 0, 0], [], [1, 2]) }", ["E014"]),
    ("restore { $apply(\"sum\", [1, 1e9, 1e9], [], [1]) }", ["E014"]),
    ("restore { $apply(\"copy\", [], [1e9], [1]) }", ["E072"]),
    ("restore { $apply(\"nothing\", [], [], [1]) }", ["E014"]),
    ("restore { $apply(\"copy\", [], [], \"x\") }", ["E014"]),
    ("restore { $apply(\"copy\") }", ["E013"]),
    ("restore { x = $apply(\"place\", [3, 1], [3], [5, 6]) }\nprint x", ["[6, 0, 5]"]),
    ("restore { a = 1; $stale(a, 2) }", ["E014"]), ("restore { $stale(1, 2) }", ["E042"]),
    ("restore { a = 1; b = a*1; $stale(b, [1, 2]) }", ["E014"]),
    ("restore { $branch(1, 2) }", ["E042"]),
    ("restore { a = [1, 2]; $index(a, 1) }", ["E014"]), ("restore { $index(1, 1) }", ["E042"]),
    ("restore { t = $table(\"x\", [1], \"y\", [1, 2]) }", ["E014"]),
    ("restore { t = $table(1, 2) }", ["E014"]),
    ("restore { t = $table(\"x\", [1], \"y\", [2]) }\nprint t.y, t.x", ["[2] [1]"]),
    ("restore { a = 1; $old_gradients(1) }", ["E013"]),
    ("restore { a = 1; b = a*1; c = (x -> { $stale(b, 2); x })'(1) }", ["E048"]),
    ("restore { x = $stale }", ["E001"]),
    ("seed \"\(String(repeating: "0", count: 64))\"", ["E014"]), ("seed \"12\"", ["E014"]),
    ("seed \"\(String(repeating: "é", count: 32))\"", ["E014"]),
  ])
  func restoring(program: String, lines: [String]) {
    let session = Session()
    #expect(session.lines(program) == lines)
    session.checkInvariants()
    #expect(session.lines("print 1") == ["1"])
  }

  /// Tables and their columns.
  @Test func tables() throws {
    let files = FileAccess(
      read: { _, _ in .success(Array("a,b\n1,2\n3,4\n".utf8)) }, write: { _, _ in nil },
      canonical: { $0 })
    let interpreter = Interpreter(files: files)
    _ = interpreter.run("t = read(\"x.csv\"); c = t.a; plain d = t.b; e = 2*t.b; L = sum(c*2)")
    let script = try interpreter.script()
    let copy = Interpreter()
    #expect(copy.run(script.text).codes == [])
    #expect(SessionPicture.lines(copy) == SessionPicture.lines(interpreter))
    #expect(try copy.script().text == script.text)
  }
}
