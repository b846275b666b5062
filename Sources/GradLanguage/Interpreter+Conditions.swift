import Autograd

// Conditions about a session, looked at from outside: a lesson asks whether its learner is there.

extension Interpreter {
  /// Whether a condition holds in the session as it is; one that fails, is no number, or would
  /// change something does not hold.
  ///
  /// Names, graph, gradients, random numbers, settings and files are afterwards as before, and
  /// nothing is shown.
  ///
  /// - Parameters:
  ///   - condition: one expression.
  ///   - parameter: a name that means a number in it, whatever it means in the session.
  ///   - number: that number.
  public func holds(_ condition: String, parameter: String, number: Double) -> Bool {
    guard Interpreter.isExpression(condition) else { return false }
    let argument = number.isNaN ? "nan" : NumberFormat.shortest.text(number)
    // A comment in the condition ends with its line.
    let text = "(\(parameter) -> (\(condition)\n))(\(argument))"
    var holds = false
    let outcome = withoutChanges {
      run(text) { output in
        guard case .value(.number(let number), _) = output else { return }
        holds = number.data != 0 && !number.data.isNaN
      }
    }
    guard case .completed = outcome else { return false }
    return holds
  }

  /// Does something that may record and compute, and takes back what it recorded.
  private func withoutChanges(_ body: () -> Outcome) -> Outcome {
    let (mark, notes) = (machine.graph.mark, machine.givenNotes)
    let (random, settings, files) = (machine.random, machine.settings, machine.files)
    machine.isInspected = true
    machine.files = .none
    defer {
      machine.isInspected = false
      machine.graph.truncate(to: mark)
      machine.givenNotes = notes
      machine.random = random
      machine.settings = settings
      machine.files = files
    }
    return body()
  }
}
