import Testing

@testable import GradLanguage

/// The embedding API.
@Suite struct InterpreterTests {
  @Test func theExampleOfTheDocumentation() {
    var printed: [String] = []
    let interpreter = Interpreter()
    let outcome = interpreter.run("a = 2; L = a^2; backward L; print a.grad") { output in
      if case .printed(let text, _) = output { printed.append(text) }
    }
    #expect(printed == ["4"])
    #expect(outcome.isCompleted)
  }

  @Test func outputComesInOrderAsItHappens() {
    let session = Session()
    let outcome = session.run("print 1; x = 2; x; backward x; print \"a\", [1, x]; nosuch; print 3")
    #expect(outcome.codes == ["E001"])
    #expect(session.outputs.count == 4)
    guard case .printed("1", let numbers) = session.outputs[0],
      case .value(.number(let x), name: "x") = session.outputs[1],
      case .table(let table) = session.outputs[2],
      case .printed("a [1, 2]", let values) = session.outputs[3]
    else {
      Issue.record("\(session.outputs)")
      return
    }
    #expect(numbers.count == 1 && values.count == 2)
    #expect(x.data == 2 && x.isTracked && x.gradient == nil)
    #expect(table.rows.map(\.name) == ["x"])
    guard case .array(let array) = values[1], array.numbers == [1, 2], array.isTracked else {
      Issue.record("\(values)")
      return
    }
  }

  @Test func numbers() {
    let interpreter = Interpreter()
    #expect(interpreter.number("a") == nil)
    _ = interpreter.run("a = 2; L = a^3; backward L; v = [1]; s = \"s\"; plain p = 5; f(x) = x")
    let a = interpreter.number("a")
    #expect(a?.data == 2 && a?.gradient == 12 && a?.isTracked == true && a?.isStale == false)
    #expect(interpreter.number("p")?.isTracked == false)
    for name in ["v", "s", "f", "nosuch", "sin"] { #expect(interpreter.number(name) == nil) }
    #expect(interpreter.number("pi")?.data == .pi)
  }

  @Test func binding() {
    let interpreter = Interpreter()
    #expect(interpreter.bind("rate", to: 0.1).isCompleted)
    #expect(interpreter.bind("n", to: -3).isCompleted)
    #expect(interpreter.bind("tiny", to: .leastNonzeroMagnitude).isCompleted)
    #expect(interpreter.bind("big", to: .infinity).isCompleted)
    #expect(interpreter.bind("bad", to: .nan).isCompleted)
    #expect(interpreter.number("rate")?.data == 0.1)
    #expect(interpreter.number("n")?.data == -3)
    #expect(interpreter.number("tiny")?.data == .leastNonzeroMagnitude)
    #expect(interpreter.number("big")?.data == .infinity)
    #expect(interpreter.number("bad")?.data.isNaN == true)
    for name in ["if", "1", "a b", "a;b", "", "print", "x = 1; y", "a.b"] {
      #expect(interpreter.bind(name, to: 1).isRejected, "\(name)")
    }
  }

  @Test func settings() {
    var settings = Settings()
    settings.format = .significant(3)
    settings.trap = true
    let session = Session(settings)
    #expect(session.lines("print pi") == ["3.14"])
    #expect(session.run("1/0").codes == ["E074"])
    session.interpreter.settings.trap = false
    #expect(session.run("1/0").isCompleted)
    session.run("set digits 5; set trap on")
    #expect(session.interpreter.settings.format == .significant(5))
    #expect(session.interpreter.settings.trap)
  }

  @Test func sessionsAreIndependent() {
    let (first, second) = (Session(), Session())
    first.run("a = 1; sin = 2; set digits 3")
    #expect(second.lines("a") == ["E001"])
    #expect(second.lines("print sin(0), pi") == ["0 3.14159265359"])
  }

  @Test func sharedInterrupt() {
    let interrupt = Interrupt()
    let interpreter = Interpreter(interrupt: interrupt)
    #expect(!interrupt.isRequested)
    interrupt.request()
    #expect(interpreter.run("x = 1").codes == ["E073"])
    #expect(interpreter.interrupt.isRequested)
    interrupt.clear()
    #expect(interpreter.run("x = 1").isCompleted)
  }

  @Test func placesAreThoseOfTheirSource() {
    let interpreter = Interpreter()
    func run(_ name: String, _ text: String, line: Int) -> Outcome {
      interpreter.run(SourceText(name: name, bytes: Array(text.utf8), firstLine: line)) { _ in }
    }
    _ = run("one.grad", "# one\nf(x) = x + nosuch", line: 1)
    let outcome = run("two.grad", "f(1)", line: 7)
    let diagnostic = outcome.diagnostics[0]
    #expect(diagnostic.source.name == "one.grad" && diagnostic.line == 2)
    #expect(diagnostic.notes == ["in `f`, called at two.grad:7"])
  }

  @Test func manyInputs() {
    let session = Session()
    session.run("s = 0")
    for i in 1...3000 { session.run("s = s + \(i); f\(i % 7)(x) = x + s") }
    #expect(session.shown("s")?.data == 4_501_500)
    #expect(session.number("f3(1)") == 4_501_501)
  }
}
