import Autograd

/// The state of a session between two inputs: names, values, graph, gradients, random numbers,
/// settings.
///
/// Checkpoints of one session share what did not change from one to the next.
public final class Checkpoint {
  let state: MachineState
  let imported: Set<String>
  private let owner: ObjectIdentifier

  fileprivate init(_ interpreter: Interpreter, _ state: MachineState) {
    self.state = state
    imported = interpreter.imported
    owner = ObjectIdentifier(interpreter)
  }

  fileprivate func checkOwner(_ interpreter: Interpreter) {
    precondition(owner == ObjectIdentifier(interpreter), "the checkpoint is another session's")
  }
}

/// A state takes more memory than a checkpoint may.
public struct CheckpointTooLarge: Error {
  /// About how many bytes it would take.
  public let byteCount: Int
}

extension Interpreter {
  /// Saves the state, between two inputs. O(its size), with a small constant where it was saved
  /// before and has not changed.
  ///
  /// - Parameter limit: how many bytes the state may take.
  /// - Throws: when it takes more; nothing has been saved then.
  public func checkpoint(limit: Int = .max) throws(CheckpointTooLarge) -> Checkpoint {
    machine.collectBeforeSaving(limit: limit)
    let size = machine.savedByteCount
    guard size <= limit else { throw CheckpointTooLarge(byteCount: size) }
    let state = machine.saved(sharing: lastState, savedBytes)
    lastState = state
    return Checkpoint(self, state)
  }

  /// Makes the session what it was. Files that were written stay written.
  ///
  /// - Precondition: the checkpoint is one of this session.
  public func restore(_ checkpoint: Checkpoint) {
    checkpoint.checkOwner(self)
    machine.restore(checkpoint.state)
    imported = checkpoint.imported
    lastState = checkpoint.state
  }

  /// Whether anything that a later input can see has changed since the checkpoint.
  public func isChanged(since checkpoint: Checkpoint) -> Bool {
    imported != checkpoint.imported || machine.isChanged(since: checkpoint.state)
  }

  /// How many bytes all checkpoints of this session take that still exist.
  public var checkpointByteCount: Int { savedBytes.byteCount }
}
