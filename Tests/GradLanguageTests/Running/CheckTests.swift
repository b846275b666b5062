import Testing

@testable import GradLanguage

/// `check`, and what is said of gradients that are not finite or were taken at a kink.
@Suite struct CheckTests {
  struct Case: Sendable, CustomTestStringConvertible {
    let program: String
    let verdicts: [String: String]
    var detail = ""
    var testDescription: String { program }
  }

  static let cases = [
    Case(
      program: "a = 2; b = -3; c = 10; f = -2; L = (a*b + c)*f",
      verdicts: ["a": "ok", "b": "ok", "c": "ok", "f": "ok"]),
    Case(program: "x = 3; L = tanh(x)*exp(x) + sin(100*x) + log(x)", verdicts: ["x": "ok"]),
    Case(program: "x = 1e-3; L = log(x)", verdicts: ["x": "ok"]),
    Case(program: "x = 1e300; L = 2*x", verdicts: ["x": "ok"]),
    // Smooth, on a scale far below 1: its quotients jump about before they settle.
    Case(program: "x = 1e-3; L = x^2*1e6 + sin(1/x)", verdicts: ["x": "ok"]),
    // So much rounding that the steps are as long as the number.
    Case(program: "x = 0.1*(1..3000); L = sum(x^2)", verdicts: ["x[874]": "ok"]),
    // Every scale.
    Case(program: "x = 1e7; L = sin(x)", verdicts: ["x": "ok"]),
    Case(program: "x = 1e-20; L = sqrt(x)", verdicts: ["x": "ok"]),
    Case(program: "x = 1e-300; L = log(x)", verdicts: ["x": "ok"]),
    Case(program: "x = 1e-9; L = 1/x", verdicts: ["x": "ok"]),
    Case(program: "x = 1.5707963; L = tan(x)", verdicts: ["x": "ok"]),
    Case(program: "x = 1e-9; L = hypot(x, 1e-8)", verdicts: ["x": "ok"]),
    Case(program: "x = 1e-150; L = x^2", verdicts: ["x": "ok"]),
    Case(program: "x = -744; L = exp(x)", verdicts: ["x": "undecided"]),
    Case(program: "x = 0.3; L = x; for i in 1..30 { L = 4*L*(1 - L) }", verdicts: ["x": "ok"]),
    // Beside a kink or a jump, and not at it.
    Case(program: "x = 2.0000001; L = floor(x)", verdicts: ["x": "ok"]),
    Case(program: "x = 1.000000001; L = relu(x - 1)", verdicts: ["x": "ok"]),
    Case(program: "x = 1e-18; L = abs(x)", verdicts: ["x": "ok"]),
    // The condition stands behind the value that it made the result.
    Case(
      program: "f(x) = { s = 0; while s < 3 { s = s + x }; s }; x = 0.5; L = f(x)",
      verdicts: ["x": "undecided"]),
    // Kinks that hardly bend.
    Case(program: "x = 0; L = abs(x)*3e-4 + x", verdicts: ["x": "kink"]),
    Case(program: "x = 0; L = leaky_relu(x, 0.99999)", verdicts: ["x": "kink"]),
    Case(program: "x = 0; L = xlogy(x, x)", verdicts: ["x": "infinite"]),
    Case(
      program: "x = 0.5; L = where(x == 0.5, 0, x)", verdicts: ["x": "jump"],
      detail: "jump: 0 here, 0.5 on the left, 0.5 on the right, at x == 0.5 in line 1"),
    Case(program: "x = 0; L = 0*x", verdicts: ["x": "ok"]),
    Case(
      program: "v = [1, 2, 3]; L = norm(v)*v[2]", verdicts: ["v[2]": "ok"],
      detail: "ok (the worst of 3)"),
    Case(program: "x = 1; L = sqrt(1 - x)^3", verdicts: ["x": "ok"]),
    Case(program: "x = 0; L = sqrt(x)^3", verdicts: ["x": "ok"]),
    Case(program: "x = 0; L = sqrt(x)", verdicts: ["x": "infinite"]),
    Case(program: "x = 1; L = asin(x)", verdicts: ["x": "infinite"]),
    Case(program: "x = 0; L = cbrt(x)", verdicts: ["x": "infinite"]),
    Case(
      program: "a = 1; b = 1; L = 3*relu(a - b) + a", verdicts: ["a": "kink", "b": "kink"],
      detail: "kink: slope 1 on the left, 4 on the right, at relu(a - b) in line 1"),
    Case(
      program: "x = 0; L = exp(abs(x))", verdicts: ["x": "kink"],
      detail: "kink: slope -1 on the left, 1 on the right, at abs(x) in line 1"),
    Case(
      program: "v = [1, 5, 5]; L = max(v)", verdicts: ["v[2]": "kink"],
      detail: "kink: slope 0 on the left, 1 on the right, at max(v) in line 1 (the worst of 3)"),
    Case(program: "v = zeros(2); L = norm(v)", verdicts: ["v[1]": "kink"]),
    Case(
      program: "x = 2; L = floor(x) + x", verdicts: ["x": "jump"],
      detail: "jump: 4 here, 3 on the left, 4 on the right, at floor(x) in line 1"),
    Case(
      program: "x = 2; L = stop(x^2)*x", verdicts: ["x": "wrong"],
      detail: "wrong, at stop(x^2) in line 1, which lets no gradient through"),
    Case(
      program: "x = 1; L = (1e16 + x) - 1e16", verdicts: ["x": "undecided"],
      detail: "cannot tell: the slope is lost in the rounding of larger numbers"),
    Case(program: "x = -1; L = sqrt(x)", verdicts: ["x": "notFinite"], detail: "L is NaN"),
    Case(
      program: "f(x) = if x > 1 then x^2 else 2*x; a = 1; L = f(a)", verdicts: ["a": "undecided"],
      detail: "cannot tell: beside it the condition in line 1 goes another way"),
    Case(program: "f(x) = if x > 1 then x^2 else 2*x; a = 1.001; L = f(a)", verdicts: ["a": "ok"]),
    Case(program: "a = 2; L = a^2; a = 3; L = L + a", verdicts: ["earlier a": "ok", "a": "ok"]),
    // Stale: what is checked is the program with the data as they are now.
    Case(program: "a = 2; L = a^2; a := 5", verdicts: ["a": "ok"]),
    Case(
      program: "L = 0; a = 1; for i in 1..2000 { L = L + sin(a*i) }",
      verdicts: ["earlier L": "ok", "a": "ok"]),
  ]

  @Test(arguments: cases)
  func verdict(of test: Case) throws {
    let session = Session()
    session.run(test.program)
    let before = ["L", "a", "x"].map(session.state)
    let outcome = session.run("check L")
    let report = try #require(session.reports.last)
    let found = Dictionary(uniqueKeysWithValues: report.rows.map { ($0.name, $0.verdict.rawValue) })
    #expect(found == test.verdicts)
    if !test.detail.isEmpty { #expect(report.rows.first?.detail == test.detail) }
    let fails = report.rows.contains(where: \.verdict.isFailure)
    #expect(outcome.codes == (fails ? ["E065"] : []))
    #expect(["L", "a", "x"].map(session.state) == before, "nothing else changes")
    session.checkInvariants()
  }

  /// The slope by differences is that of calculus, to ten digits.
  @Test(arguments: [
    ("exp(x)", 0.5, 1.6487212707001282), ("x^3", 2, 12), ("sin(1000*x)", 0, 1000),
    ("1/x", 1e-4, -1e8), ("atan(x)", 1e4, 9.9999999e-9), ("gamma(x)", 3, 1.845568670196934),
  ])
  func slopes(expression: String, x: Double, slope: Double) throws {
    let session = Session()
    session.run("x = \(x); L = \(expression); check L")
    let row = try #require(session.reports.last?.rows.first)
    #expect(abs((row.slope ?? .nan) - slope) <= 1e-9 * abs(slope))
  }

  @Test func aPartOfALongArray() throws {
    let session = Session()
    session.run("x = rand(20000); L = sum(x^2); check L")
    let row = try #require(session.reports.last?.rows.first)
    #expect(row.count == 20_000 && (8..<1000).contains(row.checked) && row.verdict == .ok)
  }

  @Test(arguments: [("check 3", "E042"), ("check [1, 2]", "E041"), ("check", "E063")])
  func refuses(program: String, code: String) {
    #expect(Session().run(program).codes == [code])
  }

  // MARK: Gradients that are not finite

  @Test(arguments: [
    ("x = 0; y = sqrt(x)", "d(sqrt(x))/dx = 1/(2*sqrt(x)) where x = 0", "infinite gradient at `x`"),
    (
      "v = [4, 0]; y = sum(sqrt(v))", "d(sqrt(v))/dv = 1/(2*sqrt(v)) where v = 0",
      "infinite gradient at `v`"
    ),
    (
      "x = 1; z = 2; y = asin(x*z/2)", "d(asin(…))/dx = 1/sqrt(1 - (…)^2) where (…) = 1",
      "infinite gradient at `x`, `z`"
    ),
  ])
  func infiniteGradients(program: String, label: String, message: String) throws {
    let session = Session()
    session.run(program)
    session.run("backward y")
    let diagnostic = try #require(session.diagnostics.last)
    #expect(diagnostic.code == "W103")
    #expect(diagnostic.message == message)
    if !label.contains("…") { #expect(diagnostic.primary.text == label) }
    // Once for each place.
    let count = session.diagnostics.count
    session.run("repeat 3 { backward y }")
    #expect(session.diagnostics.count <= count + 1)
  }

  @Test func trapsAnInfiniteGradient() {
    let session = Session()
    session.run("x = 4; y = sqrt(x); backward y; set trap on; x := 0; forward y")
    #expect(session.run("backward y").codes == ["E074"])
    #expect(session.state("x") == "0 grad 0.25 stale")
    #expect(session.run("x := 9; forward y; backward y").isCompleted)
  }

  /// A derivative that is a value of its own says so where it is taken.
  @Test(arguments: [
    "sqrt'(0)", "grad(v -> sum(sqrt(v)))([0, 1])", "diff(sqrt(a), a)", "hessian(x -> sqrt(x))(0)",
    "grad(sqrt(a), [a, a])", "taylor(log, 1, 2)[1]/0",
  ])
  func derivativesThatAreNotFinite(expression: String) {
    let session = Session()
    session.run("a = 0; print \(expression)")
    #expect(session.codes == ["W101"])
    #expect(Session().run("set trap on; a = 0; print \(expression)").codes == ["E074"])
  }

  // MARK: Kinks

  @Test(arguments: [
    ("x = 0; y = abs(x)", "x = 0: slope -1 on the left, 1 on the right, used 0"),
    ("a = 1; y = relu(a - 1)", "a - 1 = 0: slope 0 on the left, 1 on the right, used 0"),
    ("a = 2; b = 2; y = max(a, b)", "max(a, b): equal at 2, half goes to each"),
    ("v = [1, 5, 5]; y = max(v)", "max(v): equal at 5, half goes to each"),
    ("v = zeros(3); y = norm(v)", "norm(v) at 0 has a slope in every direction, used 0"),
    ("v = [1, 0, 2]; y = sum(relu(v))", "v[2] = 0: slope 0 on the left, 1 on the right, used 0"),
  ])
  func kinks(program: String, label: String) throws {
    let session = Session()
    session.run(program)
    session.run("backward y")
    let diagnostic = try #require(session.diagnostics.last)
    #expect(diagnostic.code == "N307" && diagnostic.primary.text == label)
    #expect(session.run("set kinks error; backward y").codes == ["E077"])
    #expect(session.run("set kinks note; backward y").isCompleted)
  }

  /// Nothing is said where no gradient passes, or of constants.
  @Test(arguments: [
    "x = 0; y = 0*abs(x)", "x = 1; y = x*max(2, 2)", "x = 0.5; y = abs(x)", "x = 3; y = floor(x)*x",
  ])
  func noKink(program: String) {
    let session = Session()
    session.run(program)
    session.run("backward y")
    #expect(session.diagnostics.isEmpty)
  }

  // MARK: What NaN spreads to

  @Test func namesWhatIsNotFinite() {
    let session = Session()
    session.run("v = -1; s = sqrt(v); z = [s, 1]; w = z[2]; q = sum(z)")
    #expect(session.diagnostics.map(\.code) == ["W101", "N308"])
    #expect(session.diagnostics.last?.message == "`s`, `z`, `q` are not finite because of this")
    session.run("a = log(0*v)*0")
    #expect(session.diagnostics.last?.code == "W101", "one name alone needs no list")
  }
}
