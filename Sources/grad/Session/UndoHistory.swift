import GradLanguage

/// The typed inputs that can be taken back, and those that can be done again.
///
/// Only inputs that changed something are kept, at most `inputLimit` of them, and no more than
/// `byteLimit` allows: the oldest go first.
final class UndoHistory {
  /// What came of a request.
  enum Answer: Equatable {
    /// So many inputs have been taken back, or done again: the texts, the first one that is meant first.
    case moved([String])
    /// There is none.
    case nothing
    /// The state to go to was not kept, because it takes so many bytes; the input beside it.
    case tooLarge(String, byteCount: Int)
  }

  /// A state that was to be kept.
  private typealias Kept = Result<Checkpoint, CheckpointTooLarge>

  /// An input with the state on its other side: before one that was done, after one that was undone.
  private struct Step {
    let text: String
    let state: Kept
  }

  private let interpreter: Interpreter
  private let byteLimit: Int
  /// Oldest first.
  private var done: [Step] = []
  /// The one to be done again first comes last.
  private var undone: [Step] = []
  private var begun: Step?

  /// So many inputs are kept at most.
  private static let inputLimit = 100

  /// - Parameter byteLimit: how many bytes all states may take, and any one of them.
  init(_ interpreter: Interpreter, byteLimit: Int = 256 << 20) {
    self.interpreter = interpreter
    self.byteLimit = byteLimit
  }

  /// How many inputs can be taken back.
  var count: Int { done.count }

  /// An input is about to run.
  func begin(_ text: String) { begun = Step(text: text, state: present()) }

  /// The input that began last, if one did, is over.
  func end() {
    guard let step = begun else { return }
    begun = nil
    if case .success(let state) = step.state, !interpreter.isChanged(since: state) { return }
    undone = []
    done.append(step)
    trim()
  }

  /// Takes inputs back, as many as there are.
  func undo(_ count: Int) -> Answer { move(count, from: \.done, to: \.undone) }

  /// Does inputs again, as many as were taken back.
  func redo(_ count: Int) -> Answer { move(count, from: \.undone, to: \.done) }

  private func move(
    _ count: Int, from source: ReferenceWritableKeyPath<UndoHistory, [Step]>,
    to target: ReferenceWritableKeyPath<UndoHistory, [Step]>
  ) -> Answer {
    let steps = Array(self[keyPath: source].suffix(count))
    guard let last = steps.first else { return .nothing }
    switch last.state {
    case .failure(let failure): return .tooLarge(last.text, byteCount: failure.byteCount)
    case .success(let state):
      // What lies on the other side of each step: of the nearest the present state.
      let sides = steps.dropFirst().map(\.state) + [present()]
      self[keyPath: source].removeLast(steps.count)
      for (step, side) in zip(steps, sides).reversed() {
        self[keyPath: target].append(Step(text: step.text, state: side))
      }
      interpreter.restore(state)
      trim()
      return .moved(steps.reversed().map(\.text))
    }
  }

  private func present() -> Kept {
    do throws(CheckpointTooLarge) {
      return .success(try interpreter.checkpoint(limit: byteLimit))
    } catch {
      return .failure(error)
    }
  }

  private func trim() {
    while done.count > UndoHistory.inputLimit
      || interpreter.checkpointByteCount > byteLimit && !done.isEmpty
    {
      done.removeFirst()
    }
  }
}
