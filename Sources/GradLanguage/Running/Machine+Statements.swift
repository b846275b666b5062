import Autograd

// Statements are transactions. What one does that is seen from outside, it does as its last step: it
// binds a name, changes data, sweeps, prints. Until then it has only recorded nodes and guards, drawn
// random numbers and given notes; a failure takes these back to where they were after the last such
// step. So loops, blocks and calls keep what their completed statements did.

/// What a statement does before its last step, beside recording: to be taken back when it fails.
///
/// Each part is of use only as long as no effect was noted after it was begun.
struct Passing {
  /// The random numbers as they were, and the count of effects then; −1 when none were drawn.
  fileprivate var random = RandomGenerator(seed: 0)
  fileprivate var randomEffects = -1
  /// The notes that were given, and the count of effects then.
  fileprivate var notes: [String] = []
  fileprivate var noteEffects = -1
}

extension Machine {
  /// A statement of the input begins: a failure goes back here at most.
  func beginStatement(_ address: Int) {
    statementAddress = address
    statementMark = graph.mark
    statementGuards = graph.guardCount
    forgetPassing()
    graph.limitNodes(
      to: settings.nodeLimit, allowance: graph.nodeCount + Machine.fullGraphAllowance)
    #if DEBUG
      if let nodes = injection.nodes { graph.nodeLimit = graph.nodeCount + nodes }
    #endif
  }

  /// Whatever has been done until now stays.
  func forgetPassing() {
    passing = Passing()
    hot.pointee.lastingNodes = graph.nodeCount
  }

  /// A statement has done what stays when something fails after it. Called when all of it is done.
  func noteEffect() {
    hot.pointee.effects += 1
    hot.pointee.lastingNodes = graph.nodeCount
  }

  /// The same, of what is over when it has been shown or written: `:undo` has nothing to take back.
  func notePassingEffect() {
    noteEffect()
    passingEffects += 1
  }

  /// Random numbers are about to be drawn.
  func noteDraw() {
    guard passing.randomEffects != hot.pointee.effects else { return }
    passing.randomEffects = hot.pointee.effects
    passing.random = random
  }

  /// Notes that a note is given; false when it has been given before.
  func noteGiven(_ key: String) -> Bool {
    guard givenNotes.insert(key).inserted else { return false }
    if passing.noteEffects != hot.pointee.effects {
      passing.noteEffects = hot.pointee.effects
      passing.notes = []
    }
    passing.notes.append(key)
    return true
  }

  /// Takes back what a failed statement has done since the last effect.
  func undoStatement() {
    clearStacks()
    graph.truncate(toNodes: hot.pointee.lastingNodes)
    if passing.randomEffects == hot.pointee.effects { random = passing.random }
    if passing.noteEffects == hot.pointee.effects { givenNotes.subtract(passing.notes) }
    unbindNames()
    forgetPassing()
    statementMark = nil
  }

  /// Names of the present input that have no value after all are as if it had not named them.
  func unbindNames() {
    for global in names.newlyBound
    where global >= globalCount || globals[global].isUnassigned || !isOwn(global) {
      names.unbind(global)
    }
    names.forgetNewlyBound()
  }
}
