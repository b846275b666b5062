import Testing

@testable import GradLanguage

/// Conditions that are looked at from outside: they see everything and change nothing.
@Suite struct ConditionTests {
  private let interpreter = Interpreter()

  init() {
    _ = interpreter.run(
      """
      a = 2; b = -3; L = a*b; backward L; f(x) = 3*x^2
      nudge() = { a := 9; 1 }
      sweep() = { L.backward(); 1 }
      clear() = { a.grad = 7; 1 }
      loud() = { print 5; 1 }
      """)
  }

  private func holds(_ text: String, shown: Double = .nan) -> Bool {
    interpreter.holds(text, parameter: "shown", number: shown)
  }

  @Test(arguments: [
    "a.grad == -3", "f'(3) ≈ 18", "L == a*b and b < 0", "1", "all([1, 1])", "a.grad == -3 # so",
    "(x -> x^2)'(3) == 6", "shown != shown", "if a > 1 then 1 else 0", "loud()", "rand() < 1",
  ])
  func holding(text: String) { #expect(holds(text)) }

  @Test(arguments: [
    "a.grad == 3", "0", "nan", "zz", "zz == 1", "[1, 1]", "f", "\"x\"", "1/0 == nan", "a = 2",
    "a := 3", "print 1", "1; 1", "backward L", "", "1 +", "1) + (1", "nudge()", "sweep()",
    "clear()",
    "read(\"x.csv\")", "shown == 0", "f(", "L.backward()", "a.zz",
  ])
  func notHolding(text: String) { #expect(!holds(text)) }

  @Test func parameter() {
    #expect(holds("shown == 2.5", shown: 2.5))
    #expect(holds("shown < -1e300", shown: -.infinity))
    _ = interpreter.run("shown = 1")
    #expect(holds("shown == 0.1", shown: 0.1))
  }

  /// Names, data, gradients, the graph and random numbers are as before, whatever was asked.
  @Test func unchanged() {
    let other = Interpreter()
    for session in [interpreter, other] { _ = session.run("seed 4; a = 2; L = a^2; backward L") }
    let listing = interpreter.graphListing()
    let questions = [
      "f'(a) + rand()", "nudge()", "sweep()", "clear()", "zz", "loud()", "[a*i for i in 1..99]",
      "grad(f)(2)", "(a -> a)(1)", "diff(L, a)",
    ]
    for question in questions { _ = holds(question) }
    #expect(interpreter.graphListing() == listing)
    #expect(interpreter.number("a")?.data == 2)
    #expect(interpreter.number("a")?.gradient == 4)
    for session in [interpreter, other] { _ = session.run("r = rand()") }
    #expect(interpreter.number("r")?.data == other.number("r")?.data)
    #expect(interpreter.number("zz") == nil)
  }

  /// What a condition may not do, the session may again afterwards.
  @Test func afterwards() {
    _ = holds("nudge()")
    let outcome = interpreter.run("nudge(); forward L; backward L; x = 5")
    #expect(outcome.diagnostics.map(\.message) == [])
    #expect(interpreter.number("L")?.data == -27)
  }

  @Test(arguments: [
    ("a = 1; b = 2", ["a", "b"]), ("f(x) = { y = x; y }", ["f"]), ("v[1] = 2", ["v"]),
    ("plain s = 0;", ["s"]), ("a := 1; a.grad = 2; print a", []), ("1 +", []),
  ])
  func bound(text: String, names: [String]) {
    #expect(Interpreter.boundNames(in: text).sorted() == names)
  }
}
