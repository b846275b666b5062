import GradLanguage
import Testing

@Suite struct RandomTests {
  private static func printed(_ text: String) -> [String] {
    var shown: [String] = []
    let outcome = Interpreter().run(text) { output in
      if case .printed(let text, _) = output { shown.append(text) }
    }
    return shown + outcome.diagnostics.map(\.code)
  }

  @Test(arguments: [
    ("seed 1; print rand(); seed 1; print rand()", ["0.811612158882", "0.811612158882"]),
    ("seed 42; print shuffle([10, 20, 30])", ["[20, 10, 30]"]),
    ("print shape(randn(2, 3)), length(rand(0))", ["[2, 3] 0"]),
    ("seed 1; a = rand(); b = rand(); print a == b", ["0"]),
    ("v = [1, 2, 3]; w = shuffle(v); L = sum(w^2); backward L; print v.grad", ["[2, 4, 6]"]),
    ("seed -1", ["E016"]), ("seed 1.5", ["E016"]), ("seed \"x\"", ["E014"]), ("seed", ["E063"]),
    ("rand(-1)", ["E016"]), ("rand(1e12)", ["E072"]), ("shuffle(3)", ["E014"]),
  ])
  func program(text: String, shown: [String]) {
    #expect(RandomTests.printed(text) == shown)
  }

  /// A statement that fails takes back what it drew.
  @Test func failureChangesNothing() {
    let interpreter = Interpreter()
    var shown: [String] = []
    func run(_ text: String) {
      _ = interpreter.run(text) { output in
        if case .printed(let text, _) = output { shown.append(text) }
      }
    }
    run("seed 3; print rand()")
    run("seed 3")
    run("x = rand() + \"a\"")
    run("print rand()")
    #expect(shown.count == 2 && shown[0] == shown[1])
  }
}
