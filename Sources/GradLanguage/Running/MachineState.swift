import Autograd

/// What a machine is between two inputs, to come back to: names, values, graph, gradients, random
/// numbers, settings.
///
/// The program is not part of it. It only grows, and what was compiled after the state was saved is
/// reached from nothing in it.
final class MachineState {
  fileprivate let globals: SavedMemory
  fileprivate let globalLabels: SavedMemory
  fileprivate let names: GlobalNames
  fileprivate let plainGlobals: Set<Int>
  fileprivate let heap: Heap.Saved
  fileprivate let graph: Graph.Saved
  fileprivate let random: RandomGenerator
  fileprivate let settings: Settings
  fileprivate let notes: Notes
  fileprivate let isAnswerAutomatic: Bool
  fileprivate let effects: Int

  /// What has been said once, and is not said again.
  fileprivate struct Notes {
    let given: Set<String>
    let faultyAddresses: Set<Int>
    let sweeps: [Int: Int]
    let chainNoteAt: Int
  }

  fileprivate init(_ machine: Machine, sharing earlier: MachineState?, _ ledger: MemoryLedger) {
    let hot = machine.hot.pointee
    let count = machine.globalCount
    globals = SavedMemory(hot.globals, count: count, sharing: earlier?.globals, ledger)
    globalLabels = SavedMemory(
      hot.globalLabels.elements, count: count, sharing: earlier?.globalLabels, ledger)
    names = machine.names
    plainGlobals = machine.plainGlobals
    heap = machine.heap.saved(sharing: earlier?.heap, ledger)
    graph = machine.graph.saved(sharing: earlier?.graph, ledger)
    random = machine.random
    settings = machine.settings
    notes = Notes(
      given: machine.givenNotes, faultyAddresses: machine.faultyAddresses,
      sweeps: machine.sweeps, chainNoteAt: hot.chainNoteAt)
    isAnswerAutomatic = machine.isAnswerAutomatic
    effects = machine.lastingEffects
  }
}

extension Machine {
  /// About how many bytes saving takes, with nothing to share.
  var savedByteCount: Int {
    graph.savedByteCount + heap.savedByteCount + globalCount * MemoryLayout<Register>.stride
  }

  /// Saves what there is, between two inputs.
  ///
  /// - Parameter earlier: saved before; what has not changed since is shared with it.
  func saved(sharing earlier: MachineState?, _ ledger: MemoryLedger) -> MachineState {
    MachineState(self, sharing: earlier, ledger)
  }

  /// Frees what nothing reaches: when so much has been recorded since that was done last that saving
  /// it would cost more, or when all together takes more than `limit`.
  func collectBeforeSaving(limit: Int) {
    let hasGrown =
      graph.byteCount > Machine.smallestSaving
      && graph.recordedCount - recordedAtCollection > graph.nodeCount / 4
    guard hasGrown || savedByteCount > limit else { return }
    clearStacks()
    statementMark = nil
    collect(top: 0)
  }

  /// Below this many bytes everything is saved as it is.
  private static let smallestSaving = 1 << 22

  /// Makes everything what it was.
  func restore(_ state: MachineState) {
    clearStacks()
    statementMark = nil
    names = state.names
    setGlobalCount(state.globals.count(of: Register.self))
    state.globals.copy(to: globals)
    state.globalLabels.copy(to: hot.pointee.globalLabels.elements)
    plainGlobals = state.plainGlobals
    isAnswerAutomatic = state.isAnswerAutomatic
    graph.restore(state.graph)
    settings = state.settings
    heap.restore(state.heap)
    random = state.random
    givenNotes = state.notes.given
    faultyAddresses = state.notes.faultyAddresses
    sweeps = state.notes.sweeps
    hot.pointee.chainNoteAt = state.notes.chainNoteAt
    hot.pointee.effects = state.effects + passingEffects
  }

  /// Whether anything that a user can see is other than it was, but for the last result.
  func isChanged(since state: MachineState) -> Bool {
    lastingEffects != state.effects || random != state.random
      || isGlobalChanged(since: state)
  }

  /// Whether a global has another value; names without one that the compiler has met do not count.
  private func isGlobalChanged(since state: MachineState) -> Bool {
    let count = state.globals.count(of: Register.self)
    guard count <= globalCount else { return true }
    if (count..<globalCount).contains(where: { !globals[$0].isUnassigned }) { return true }
    return !state.globals.isSame(as: globals, count: count, except: GlobalNames.answer)
  }

  /// Counts what statements did that is not over when it has been shown or written.
  var lastingEffects: Int { hot.pointee.effects - passingEffects }
}
