import Testing

@testable import GradLanguage

/// Warnings and notes: when they are given, and how often.
@Suite struct NoteTests {
  private static func codes(_ inputs: [String], mode: Interpreter.Mode = .script) -> [String] {
    let session = Session()
    for input in inputs { #expect(session.run(input, mode: mode).isCompleted, "\(input)") }
    return session.codes
  }

  // MARK: Rebinding

  /// At the prompt at every occurrence, elsewhere once.
  @Test func rebindingWhatIsUsed() {
    let inputs = ["a = 2; L = a*3", "a = 3", "M = a*2", "a = 4", "b = 1; N = b*2", "b = 3"]
    #expect(NoteTests.codes(inputs, mode: .prompt) == ["N301", "N301", "N301"])
    #expect(NoteTests.codes(inputs) == ["N301"])
  }

  @Test(arguments: [
    ["a = 2", "a = 3"],  // nobody uses it
    ["a = 2; L = a*3", "L = 5", "a = 3"],  // nobody who lives does
    ["a = 2; L = a*3", "L = a*4"],
    ["s = 0; a = 2", "s = s + a", "s = s + a"],  // it goes on from itself
    ["a = 2; L = a*3", "a := 3"], ["a = 2; L = a.data*3", "a = 3"],
    ["plain a = 2; L = a*3", "a = 3"],
    ["a = 2; f(x) = a*x", "a = 3"],  // functions read the name
    ["x = 1; for i in 1..3 { y = x*2; x = x + 1 }"],
  ])
  func rebindingWithoutANote(inputs: [String]) {
    #expect(NoteTests.codes(inputs) == [])
    #expect(NoteTests.codes(inputs, mode: .prompt) == [])
  }

  @Test func rebindingNamesTheUser() {
    let session = Session()
    session.run("a = 2; L = a*3")
    session.run("a = 3", mode: .prompt)
    guard case .diagnostic(let note)? = session.outputs.dropLast().last else {
      Issue.record("no note")
      return
    }
    #expect(note.message == "`L` was built from the earlier `a`")
    #expect(note.help == "to change the value that L sees write `a := …`, then `forward L`")
    #expect(note.severity == .note)
  }

  @Test func updatesInLoops() {
    let program = "w = 1; repeat 5 { L = w^2; backward L; w = w - 0.1*w.grad }"
    #expect(NoteTests.codes([program]) == ["N302"])
    #expect(NoteTests.codes([program], mode: .prompt) == ["N302"])
    for update in ["w -= 0.1*w.grad", "w += -0.1*w.grad", "w *= 1 - w.grad"] {
      #expect(NoteTests.codes(["w = 1; repeat 5 { L = w^2; backward L; \(update) }"]) == ["N302"])
      #expect(
        NoteTests.codes(["w = [1, 2]; repeat 5 { L = sum(w^2); backward L; \(update) }"]) == [
          "N302"
        ])
    }
    let inPlace = "w = 1; repeat 5 { L = w^2; backward L; w := w - 0.1*w.grad }"
    #expect(NoteTests.codes([inPlace]) == [])
    let plain = "w = 1; plain s = 0; repeat 5 { L = w^2; backward L; s = s - 0.1*w.grad }"
    #expect(NoteTests.codes([plain]) == [])
  }

  @Test func longChains() {
    #expect(NoteTests.codes(["s = 0; a = 1; repeat 600000 { s = s + a*a }"]) == ["N303"])
    #expect(NoteTests.codes(["plain s = 0; a = 1; repeat 600000 { s = s + a*a }"]) == [])
    #expect(
      NoteTests.codes(["a = 1; f() = { s = 0; repeat 1000 { s = s + a*a }; s }; x = f()"]) == [])
  }

  // MARK: Others

  @Test func shadowing() {
    #expect(
      NoteTests.codes(["sin = 3", "sin = 4", "cos(x) = x", "plain tan = 1"]) == [
        "N305", "N305", "N305",
      ])
    #expect(NoteTests.codes(["f(sin) = sin; g() = { cos = 1; cos }; f(2)"]) == [])
    #expect(NoteTests.codes(["pi = 3; pi = 4; plain inf = 2"]) == ["N305", "N305"])
    let session = Session()
    session.run("tau = 3; sin(pi)")
    #expect(session.diagnostics.first?.message == "`tau` no longer means 6.28318530718")
  }

  @Test func missingGradients() {
    #expect(NoteTests.codes(["a = 2", "print a.grad", "print a.grad; b = 3; b.grad"]) == ["N304"])
    #expect(NoteTests.codes(["a = 2; backward a; print a.grad"]) == [])
    #expect(NoteTests.codes(["a = 2; a.grad = 3; print a.grad"]) == [])
    #expect(NoteTests.codes(["a = 2; zero; print a.grad"]) == [])
  }

  // MARK: Not finite

  @Test(arguments: [
    ("1/0", "1 / 0", "inf"), ("-1/0", "-1 / 0", "-inf"), ("0/0", "0 / 0", "NaN"),
    ("log(0)", "log(0)", "-inf"), ("sqrt(-1)", "sqrt(-1)", "NaN"),
    ("1e200*1e200", "1e200 * 1e200", "inf"),
    ("exp(1000)", "exp(1000)", "inf"), ("(-8)^(1/3)", "-8 ^ 0.333333333333", "NaN"),
    ("pow(0, -1)", "0 ^ -1", "inf"), ("5 % 0", "5 % 0", "NaN"), ("atanh(1)", "atanh(1)", "inf"),
    ("1e308 + 1e308", "1e308 + 1e308", "inf"), ("-1e308 - 1e308", "-1e308 - 1e308", "-inf"),
    ("0 + 1e200*1e200", "1e200 * 1e200", "inf"),
  ])
  func nonFinite(expression: String, shown: String, result: String) {
    let session = Session()
    session.run(expression)
    session.run("a = 1; f(x) = \(expression)*x; f(a);")
    #expect(session.codes == ["W101", "W101"])
    for case .diagnostic(let diagnostic) in session.outputs {
      #expect(diagnostic.message == "\(result) appeared")
      #expect(diagnostic.primary.text == shown)
      #expect(diagnostic.severity == .warning)
    }
  }

  @Test(arguments: [
    "inf", "-inf", "nan", "inf - inf", "inf*0", "nan + 1", "inf + 1", "sqrt(-inf)", "log(nan)",
    "1/inf",
    "max(nan, 1)", "where(nan, 1, 2)", "if 0 then 1/0 else 1", "0 and 1/0", "[inf]", "-inf + inf",
  ])
  func fromNonFinite(expression: String) {
    #expect(NoteTests.codes(["x = \(expression)", expression]) == [])
  }

  @Test func onceAPlace() {
    #expect(NoteTests.codes(["for i in 1..5 { x = 1/0 }"]) == ["W101"])
    #expect(NoteTests.codes(["f(x) = 1/x; for i in 1..3 { f(0) }", "f(0)"]) == ["W101"])
    #expect(NoteTests.codes(["x = 1/0; y = 1/0"]) == ["W101", "W101"])
  }

  @Test func operandsAreNamed() {
    let session = Session()
    session.run("v = 3.9979; m = 2; s = sqrt(v - m^2); t = 1/(v - v.data); u = log(m - 2)")
    let labels = session.outputs.map { output -> String in
      if case .diagnostic(let diagnostic) = output { diagnostic.primary.text } else { "" }
    }
    #expect(labels == ["sqrt(-0.0021)", "1 / 0", "log(0)"])
    session.run("k = 0; 1/k; m := 0; log(m)")
    guard
      case .diagnostic(let last)? = session.outputs.last(where: {
        if case .diagnostic = $0 { true } else { false }
      })
    else { return }
    #expect(last.primary.text == "log(0) where m = 0")
  }

  /// Conditions that were decided after the result was computed made it the result all the same.
  @Test(arguments: [
    (
      "newton(a) = { x = 1; while abs(x^2 - a) > 1e-9 { x = (x + a/x)/2 }; x }; a = 2; L = newton(a); "
        + "a := 1e6; forward L", true
    ),
    ("g(x) = { y = 3*x; if y < 0 { return 0.0 }; y }; x = 1; L = g(x); x := -1; forward L", true),
    ("x = [1, 3]; L = x[argmax(x)]; x[1] := 9; forward L", true),
    ("g(x) = { y = 3*x; if y < 0 { return 0.0 }; y }; x = 1; L = g(x); x := 2; forward L", false),
    // A later condition on the result is none of its own.
    ("a = 1; L = a^2; if L < 2 { b = L*2 }; a := 5; forward L", false),
  ])
  func conditionsBehindTheResult(program: String, warns: Bool) {
    let session = Session()
    session.run(program)
    #expect(session.codes.contains("W102") == warns)
  }

  /// NaN in one place of an array hides nothing that happens in another.
  @Test(arguments: [
    ("y = sqrt([-1, 4, nan])", "sqrt(-1)"), ("y = log([nan, 0])", "log(0)"),
    ("y = [1, inf, 2]*1e308*[1, 1, 10]", "2e+308 * 10"), ("y = 1/[nan, 0]", "1 / 0"),
  ])
  func besideNaN(program: String, expression: String) {
    let session = Session()
    session.run(program)
    #expect(session.codes.first == "W101")
    if !expression.contains("308") {
      #expect(session.diagnostics.first?.primary.text == expression)
    }
    #expect(Session().run("set trap on; " + program).codes == ["E074"])
    let silent = Session()
    silent.run("y = sqrt([nan, 4]) + [inf, 1]")
    #expect(silent.codes.isEmpty)
  }

  @Test func foundByForward() {
    let session = Session()
    session.run("x = 4; y = sqrt(x); z = y + 1; x := -1; forward")
    #expect(session.codes == ["W101", "N308"])
    #expect(session.state("z") == "NaN")
  }

  // MARK: Traps and strictness

  @Test(arguments: [
    "1/0", "x = 1/0", "a = 0; b = log(a)", "f(x) = sqrt(x); f(-1)", "a = 1; b = a*1e200*1e200",
    "a = 1e200; c = 1 + a*a",
  ])
  func trap(program: String) {
    let session = Session()
    session.run("set trap on")
    #expect(session.run(program).codes == ["E074"])
    #expect(session.codes == [])
    session.run("set trap off")
    #expect(session.run(program).isCompleted)
    #expect(session.codes == ["W101"])
  }

  @Test func trapNamesTheOperation() {
    let session = Session()
    session.run("set trap on; a = 0")
    let diagnostic = session.run("b = 1/a").diagnostics[0]
    #expect(diagnostic.message == "inf appeared")
    #expect(diagnostic.primary.text == "1 / 0 where a = 0")
  }

  @Test func strictMakesWarningsErrors() {
    var settings = Settings()
    settings.strict = true
    let session = Session(settings)
    #expect(session.run("1/0").codes.count == 1)
    #expect(session.run("x = 1").isCompleted)
    #expect(session.run("sin = 1").isCompleted, "a note is no warning")
  }
}
