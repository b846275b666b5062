@testable import Autograd

@testable import GradLanguage

/// A session that runs programs, shows what they show, and holds itself to what must be true of it.
public final class ProgramSession {
  /// The line between two inputs of a session.
  static let separator = "#---"

  private static let nodeLimit = 4000
  /// How many inputs, and how many outputs of each, are looked at.
  private static let inputLimit = 8
  private static let outputLimit = 12

  private let interpreter: Interpreter

  /// A session with little room, so that garbage is collected often.
  public init() {
    var settings = Settings()
    settings.nodeLimit = ProgramSession.nodeLimit
    interpreter = Interpreter(settings: settings, files: MemoryFiles.usual.access)
    expect(interpreter.run(ProgramWriter.prelude).diagnostics.isEmpty, "the prelude fails")
  }

  /// Runs the inputs of a program.
  public func fuzz(_ bytes: [UInt8]) {
    let inputs = ProgramSession.inputs(bytes)
    let checkpoint = inputs.count / 2
    for (index, input) in inputs.enumerated() where index < checkpoint { survive(input, index) }
    withCheckpoint {
      for (index, input) in inputs.enumerated() where index >= checkpoint { survive(input, index) }
      reload()
    }
  }

  private static func inputs(_ bytes: [UInt8]) -> [[UInt8]] {
    var inputs: [[UInt8]] = [[]]
    for line in bytes.split(separator: UInt8(ascii: "\n"), omittingEmptySubsequences: false) {
      if line.elementsEqual(separator.utf8), inputs.count < inputLimit {
        inputs.append([])
      } else {
        inputs[inputs.count - 1] += line + [UInt8(ascii: "\n")]
      }
    }
    return inputs
  }

  /// Runs an input; the session must be of use afterwards.
  private func survive(_ bytes: [UInt8], _ index: Int) {
    let source = SourceText(name: "<fuzz>", bytes: bytes)
    var shown = 0
    let outcome = Watchdog.shared.stop(interpreter.interrupt, afterMilliseconds: 40) {
      interpreter.run(source, mode: index.isMultiple(of: 2) ? .script : .prompt) { [self] output in
        shown += 1
        guard shown <= ProgramSession.outputLimit else { return }
        Showing(format: interpreter.settings.format).show(output)
      }
    }
    outcome.diagnostics.forEach(Showing.show)
    checkInvariants()
    collect()
    expect(answer("print 1 + 1") == "2", "1 + 1 is no longer 2")
  }

  private func checkInvariants() { interpreter.machine.graph.tape.pointee.checkInvariants() }

  /// Frees what nothing reaches: the session, as it is saved, stays what it was. Where gradients came from
  /// may be lost with it: then they are written otherwise.
  private func collect() {
    let machine = interpreter.machine
    let before = try? interpreter.script().text
    let hadRoots = !machine.graph.hasLostSweptRoots
    machine.clearStacks()
    machine.statementMark = nil
    machine.collect(top: 0)
    checkInvariants()
    if hadRoots, machine.graph.hasLostSweptRoots { return }
    let after = try? interpreter.script().text
    expect(before == after, "collected\n\(after ?? "")\nfrom\n\(before ?? "")")
  }

  /// What an input prints, in a session that goes on as before.
  private func answer(_ text: String) -> String {
    var answer = ""
    let outcome = interpreter.run(text) { output in
      if case .printed(let text, _) = output { answer += text }
    }
    return answer + outcome.diagnostics.map(\.code).joined()
  }

  // MARK: What is taken back and written down

  /// Does something; afterwards the session can be made what it was before.
  private func withCheckpoint(_ body: () -> Void) {
    guard let checkpoint = try? interpreter.checkpoint(limit: 1 << 24) else { return body() }
    let before = try? interpreter.script().text
    expect(!interpreter.isChanged(since: checkpoint), "a checkpoint changes the session")
    body()
    interpreter.restore(checkpoint)
    checkInvariants()
    expect(!interpreter.isChanged(since: checkpoint), "a restored session differs")
    let after = try? interpreter.script().text
    expect(before == after, "restored\n\(after ?? "")\nfrom\n\(before ?? "")")
    expect(answer("print 1 + 1") == "2", "1 + 1 is no longer 2 after a restoration")
  }

  /// Writes the session down, runs that, and writes it down again.
  private func reload() {
    guard let script = try? interpreter.script(), script.notes.isEmpty else { return }
    let copy = Interpreter()
    let outcome = copy.run(script.text) { output in
      expect(false, "a saved session shows \(output)\n\(script.text)")
    }
    expect(outcome.diagnostics.isEmpty, "\(outcome)\n\(script.text)")
    let again = try? copy.script().text
    expect(again == script.text, "saved\n\(script.text)\nand again\n\(again ?? "")")
    copy.machine.graph.tape.pointee.checkInvariants()
  }
}
