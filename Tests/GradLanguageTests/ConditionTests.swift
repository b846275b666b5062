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

  @Test(
    "the names that an expression needs",
    arguments: [
      ("a.grad == 6", ["a"]), ("f'(b) + pi", ["b", "f"]), ("(z -> z*c)(1)", ["c"]),
      ("[k*t for k in 1..n]", ["n", "t"]), ("x.sin() + abs(1)", ["x"]), ("1 +", []),
    ] as [(String, Set<String>)])
  func freeNames(text: String, names: Set<String>) {
    #expect(Interpreter.freeNames(in: text) == names)
  }

  @Test(
    "what only shows or binds",
    arguments: [
      ("graph L", ["graph"], []), ("explain L; show;", ["explain", "show"], []),
      ("h = 1", [], ["h"]), ("h += 1; f(x) = x^2", [], ["f", "h"]), ("v[1] = 2", [], ["v"]),
      ("plain s = 0", [], ["s"]), ("plot x^2 for x in 0..1", ["plot"], []), ("", [], []),
    ] as [(String, Set<String>, Set<String>)])
  func aside(text: String, commands: Set<String>, names: Set<String>) {
    #expect(Interpreter.aside(in: text) == Interpreter.Aside(commands: commands, names: names))
    #expect(Interpreter.commands(in: text) == commands)
  }

  @Test(
    "what does more",
    arguments: [
      "1", "h", "print h", "backward L", "h = 1; h", "a := 2", "a.data = 2", "zero", "forward",
      "repeat 2 { h = 1 }", "h = ", "assert 1",
    ])
  func noAside(text: String) { #expect(Interpreter.aside(in: text) == nil) }

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
