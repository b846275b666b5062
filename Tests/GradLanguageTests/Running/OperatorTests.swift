import TestSupport
import Testing

@testable import GradLanguage

/// Operators through the language: values, kinds of operands, gradients.
@Suite struct OperatorTests {
  @Test(
    arguments: [
      ("1 + 2", 3), ("1 - 2", -1), ("2 * 3", 6), ("1 / 4", 0.25), ("7 // 2", 3), ("-7 // 2", -4),
      ("7 % 3", 1), ("-7 % 3", 2), ("7 % -3", -2), ("2^10", 1024), ("2**0.5", 2.0.squareRoot()),
      ("-2^2", -4), ("(-2)^2", 4), ("2^-1", 0.5), ("2^3^2", 512), ("-3", -3), ("- -3", 3),
      ("+3", 3),
      ("2 - 3 - 4", -5), ("24 / 4 / 2", 3), ("2 + 3 * 4", 14), ("(2 + 3) * 4", 20),
      ("3²", 9), ("2⁻¹", 0.5), ("−3 · 2 ÷ 4", -1.5), ("0.1 + 0.2", 0.30000000000000004),
      ("7.5 // 1", 7), ("7.5 % 1", 0.5), ("2^0.5^2", 1.189207115002721),
      // Comparisons give 1 or 0
      ("1 < 2", 1), ("2 < 1", 0), ("1 <= 1", 1), ("1 >= 2", 0), ("2 > 1", 1), ("1 == 1", 1),
      ("1 != 1", 0), ("1 ≈ 1 + 1e-10", 1), ("1 ≈ 1 + 1e-8", 0), ("0 ~== 1e-13", 1),
      ("0 ≈ 1e-11", 0),
      ("0.1 + 0.2 ≈ 0.3", 1), ("inf ≈ inf", 1), ("nan == nan", 0), ("nan != nan", 1),
      ("nan < 1", 0),
      ("1 < 2 < 3", 1), ("1 < 3 < 2", 0), ("3 > 2 >= 2 == 2", 1), ("1 < 2 > 0", 1),
      ("1 ≤ 2", 1), ("1 ≥ 2", 0), ("1 ≠ 2", 1), ("true + true", 2), ("false", 0),
      // Logic gives 1 or 0
      ("2 and 3", 1), ("2 and 0", 0), ("0 or 5", 1), ("0 or 0", 0), ("not 0", 1), ("not 5", 0),
      ("not not 5", 1), ("1 and 2 and 0", 0), ("0 or 0 or 3", 1), ("1 or 0 and 0", 1),
      ("not 1 == 2", 1), ("inf and 1", 1), ("0 and nosuch", 0), ("1 or nosuch", 1),
      ("0 and 1/0", 0),
      // Conditionals
      ("if 1 then 2 else 3", 2), ("if 0 then 2 else 3", 3), ("if 0 then nosuch else 3", 3),
      ("if 0 then 1 else if 1 then 2 else 3", 2), ("if 2 > 1 and 1 then 4 else 5", 4),
      ("10 + if 1 then 2 else 3", 12), ("(if 0 then 1 else 2) * 3", 6),
      ("if -0.5 then 1 else 2", 1),
      // Constants
      ("pi", .pi), ("π", .pi), ("tau", 2 * .pi), ("inf", .infinity), ("-inf", -.infinity),
      ("1e308", 1e308), ("1e-310", 1e-300 * 1e-10), ("1_000.5", 1000.5), (".5", 0.5),
    ] as [(String, Double)])
  func value(expression: String, expected: Double) {
    let session = Session()
    let actual = session.number(expression)
    expectSame(actual, expected, expression)
    // The same with values from the graph, in a function, and as an argument.
    expectSame(session.number("f() = { \(expression) }; f()"), expected)
    expectSame(session.number("(x -> x)(\(expression))"), expected)
    session.run("y = \(expression)")
    expectSame(session.shown("y")?.data ?? .nan, expected)
  }

  /// Recorded arithmetic has the same values, and exact gradients.
  @Test(
    arguments: [
      ("a + b", 5, 1, 1), ("a - b", -1, 1, -1), ("a * b", 6, 3, 2),
      ("a / b", 2.0 / 3, 1.0 / 3, -2.0 / 9),
      ("a^b", 8, 12, 8 * 0.6931471805599453), ("a // b", 0, 0, 0), ("a % b", 2, 1, 0),
      ("b % a", 1, -1, 1), ("-a + b", 1, -1, 1), ("+a + b", 5, 1, 1), ("a*2 + 3*b", 13, 2, 3),
      ("2 - a", 0, -1, 0), ("1/a", 0.5, -0.25, 0), ("2^a", 4, 4 * 0.6931471805599453, 0),
      ("a²", 4, 4, 0),
      ("a + a", 4, 2, 0), ("a * a * a", 8, 12, 0), ("a*b + a*b", 12, 6, 4), ("a + b*a", 8, 4, 2),
      ("a*b - b*a", 0, 0, 0), ("(a + b) * (a - b)", -5, 4, -6), ("a < b", 1, 0, 0),
      ("a and b", 1, 0, 0),
      ("not a", 0, 0, 0), ("(a < b) * a", 2, 1, 0), ("if a < b then a*3 else b*4", 6, 3, 0),
      ("where(a < b, a*3, b*4)", 6, 3, 0), ("max(a, b)", 3, 0, 1), ("min(a, b, a*b)", 2, 1, 0),
      ("max(a, a)", 2, 1, 0), ("stop(a)*a", 4, 2, 0), ("a*a.data", 4, 2, 0),
      ("a.tanh()*0 + b", 3, 0, 1),
      ("a^0", 1, 0, 0), ("a^1", 2, 1, 0), ("a - -b", 5, 1, 1), ("2 < a < b", 0, 0, 0),
    ] as [(String, Double, Double, Double)])
  func gradient(expression: String, value: Double, da: Double, db: Double) {
    let session = Session()
    session.run("a = 2; b = 3; L = \(expression); backward L")
    #expect(session.codes.isEmpty)
    expectClose(session.shown("L")?.data ?? .nan, value, ulps: 1)
    expectClose(session.shown("a")?.gradient ?? .nan, da, ulps: 2)
    expectClose(session.shown("b")?.gradient ?? .nan, db, ulps: 2)
    // A function is plain arithmetic into which tracked values go.
    session.run(
      "f(x, y) = \(expression.replacingNames(["a": "x", "b": "y"])); M = f(a, b); backward M")
    expectClose(session.shown("M")?.data ?? .nan, value, ulps: 1)
    expectClose(session.shown("a")?.gradient ?? .nan, da, ulps: 2)
    expectClose(session.shown("b")?.gradient ?? .nan, db, ulps: 2)
  }

  /// What is computed from plain values is plain, what a tracked one goes into is tracked.
  @Test(arguments: [
    ("1 + 2", false), ("p + 1", false), ("a + 1", true), ("p * a", true), ("a.data + 1", false),
    ("a.grad + 1", false), ("-a", true), ("-p", false), ("a < 1", true), ("p < 1", false),
    ("not a", true), ("sin(a)", true), ("sin(p)", false), ("max(p, 1)", false), ("max(p, a)", true),
    ("where(a, 1, 2)", true), ("where(1, p, 2)", false), ("stop(a)", true), ("a and p", false),
    ("p and a", true), ("if a then p else 1", false), ("if 1 then a else 1", true), ("i", false),
    ("f(1)", false), ("f(a)", true), ("v[1]", true), ("[1, 2][1]", false), ("[1, a][1]", true),
  ])
  func tracking(expression: String, isTracked: Bool) {
    let session = Session()
    session.run(
      "a = 2; plain p = 3; backward a; f(x) = x + 1; v = [1, 2]; for i in 1..2 { }")
    session.run(expression)
    guard case .value(.number(let number), _)? = session.outputs.last else {
      Issue.record("no number")
      return
    }
    #expect(number.isTracked == isTracked)
  }

  /// Each operand of `and` and `or` runs at most once, from left to right.
  @Test func logicRunsWhatDecides() {
    let session = Session()
    session.run("f(x) = { print x; x }")
    #expect(session.lines("f(1) and f(2) and f(0) and f(3)") == ["1", "2", "0", "0"])
    #expect(session.lines("f(0) or f(0) or f(2) or f(3)") == ["0", "0", "2", "1"])
    #expect(session.lines("f(1) < f(2) < f(0)") == ["1", "2", "0", "0"])
  }

  /// Only the branch taken is recorded: an untaken square root cannot poison a gradient.
  @Test func untakenBranches() {
    let session = Session()
    session.run("x = 0; y = if x > 0 then sqrt(x) else x*2; backward y")
    #expect(session.state("x") == "0 grad 2")
    session.run("z = where(x > 0, sqrt(x), x*3); backward z")
    #expect(session.state("x") == "0 grad 3")
  }

  // MARK: Ranges

  @Test(arguments: [
    ("1..3", "[1, 2, 3]"), ("3..1", "[]"), ("1..1", "[1]"),
    ("0..1 by 0.25", "[0, 0.25, 0.5, 0.75, 1]"),
    ("3..1 by -1", "[3, 2, 1]"), ("1..2 by 0.3", "[1, 1.3, 1.6, 1.9]"),
    ("1.5..4", "[1.5, 2.5, 3.5]"),
    ("-1..1", "[-1, 0, 1]"), ("1..3 by 5", "[1]"), ("0..0.3 by 0.1", "[0, 0.1, 0.2, 0.3]"),
  ])
  func range(expression: String, expected: String) {
    #expect(Session().lines("print \(expression)") == [expected])
    #expect(Session().lines("print [x for x in \(expression)]") == [expected])
    #expect(Session().lines("print length(\(expression))").count == 1)
  }

  @Test func floatSteps() {
    let session = Session()
    #expect(session.number("length(0..1 by 0.1)") == 11)
    session.run("n = 0; for x in 0..1 by 0.1 { n += 1 }")
    #expect(session.shown("n")?.data == 11)
    #expect(session.shown("x")?.data == 1)
    #expect(session.number("length(0..1e6 by 0.1)") == 10_000_001)
    #expect(session.number("length(0..0.99 by 0.1)") == 10)
  }
}

extension String {
  /// The text with whole names replaced.
  fileprivate func replacingNames(_ names: [String: String]) -> String {
    var result = ""
    var word = ""
    for character in self + " " {
      if character.isLetter {
        word.append(character)
      } else {
        result += (names[word] ?? word) + String(character)
        word = ""
      }
    }
    return String(result.dropLast())
  }
}
