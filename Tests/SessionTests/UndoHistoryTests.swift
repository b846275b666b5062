import GradLanguage
import TestSupport
import Testing

@testable import grad

@Suite("What can be taken back")
struct UndoHistoryTests {
  private let interpreter = Interpreter()

  private func type(_ text: String, _ history: UndoHistory) {
    history.begin(text)
    _ = interpreter.run(text, mode: .prompt)
    history.end()
  }

  private var a: Double? { interpreter.number("a")?.data }

  @Test("one by one, several at once, and again")
  func moving() {
    let history = UndoHistory(interpreter)
    for k in 1...5 { type("a = \(k)", history) }
    #expect(history.undo(1) == .moved(["a = 5"]))
    #expect(a == 4)
    #expect(history.undo(2) == .moved(["a = 4", "a = 3"]))
    #expect(a == 2)
    #expect(history.redo(1) == .moved(["a = 3"]))
    #expect(a == 3)
    #expect(history.redo(9) == .moved(["a = 4", "a = 5"]))
    #expect(a == 5)
    #expect(history.redo(1) == .nothing)
    #expect(history.undo(9).count == 5)
    #expect(a == nil)
    #expect(history.undo(1) == .nothing)
    #expect(history.redo(5).count == 5)
    #expect(a == 5)
  }

  @Test("a new input ends what could be done again, one that changes nothing does not")
  func dropping() {
    let history = UndoHistory(interpreter)
    type("a = 1", history)
    type("a = 2", history)
    _ = history.undo(1)
    type("print a", history)
    type("zz", history)
    #expect(history.redo(1) == .moved(["a = 2"]))
    _ = history.undo(1)
    type("b = 1", history)
    #expect(history.redo(1) == .nothing)
    #expect(history.undo(2) == .moved(["b = 1", "a = 1"]))
  }

  @Test("a failed input is taken back whole")
  func failed() {
    let history = UndoHistory(interpreter)
    type("a = 1", history)
    type("a = 2; a := 3; zz; a = 4", history)
    #expect(a == 3)
    _ = history.undo(1)
    #expect(a == 1)
  }

  @Test("no more than a hundred")
  func bounded() {
    let history = UndoHistory(interpreter)
    for k in 1...130 { type("a = \(k)", history) }
    #expect(history.undo(1000).count == 100)
    #expect(a == 30)
  }

  @Test("memory: the oldest go first, and what is too large is not kept")
  func memory() {
    let history = UndoHistory(interpreter, byteLimit: 10_000_000)
    type("a = 1", history)
    for k in 1...9 { type("plain p = linspace(0, \(k), 200000)", history) }
    #expect(interpreter.checkpointByteCount <= 10_000_000)
    let count = history.undo(100).count
    #expect(count > 2 && count < 9)
    type("a = 2; p = linspace(0, 1, 2000000)", history)
    type("a = 3; p = 1", history)
    guard case .tooLarge(let text, let byteCount) = history.undo(1) else {
      Issue.record("it should not have been kept")
      return
    }
    #expect(text == "a = 3; p = 1")
    #expect(byteCount > 16_000_000)
    #expect(a == 3)
    // What there was before that is still there.
    #expect(history.undo(2).count == 2)
    #expect(a == 1)
    #expect(
      history.redo(1) == .tooLarge("a = 2; p = linspace(0, 1, 2000000)", byteCount: byteCount))
  }

  @Test("random walks end where they began", arguments: 0..<6)
  func walks(seed: Int) {
    var generator = SplitMix64(seed: UInt64(seed))
    let history = UndoHistory(interpreter)
    let inputs = [
      "a = 2", "b = rand()", "v = [1, 2, 3]", "v[2] = 7", "L = sum(v)*a", "backward L;", "a := 5",
      "forward L;", "a + 1", "set digits 4", "f(x) = x*a", "print f(2)", "zz", "L = zz", "sin = 1",
    ]
    /// What `show` shows, and what the next random number would be.
    func state() -> String {
      var text = ""
      _ = interpreter.run("show") { output in text += "\(output)" }
      return text + "\(interpreter.settings.format)"
    }
    var states = [state()]
    for _ in 0..<30 {
      let count = history.count
      type(inputs[Int(generator.next() % UInt64(inputs.count))], history)
      if history.count > count {
        states.append(state())
      } else {
        #expect(state() == states[count])
      }
    }
    let steps = states.count - 1
    for k in stride(from: steps - 1, through: 0, by: -1) {
      #expect(history.undo(1).count == 1)
      #expect(state() == states[k])
    }
    for k in 1..<states.count {
      #expect(history.redo(1).count == 1)
      #expect(state() == states[k])
    }
  }
}

extension UndoHistory.Answer {
  /// How many inputs have been moved over.
  var count: Int { if case .moved(let texts) = self { texts.count } else { 0 } }
}
