import Autograd

extension Machine {
  /// A statement of the input begins: notes where the graph is, so that a failure can go back there.
  func beginStatement(_ address: Int) {
    statementAddress = address
    statementMark = graph.mark
    statementEffects = hot.pointee.effects
    statementRandom = random
    graph.nodeLimit = max(nodeLimit, graph.nodeCount + Machine.fullGraphAllowance)
  }

  /// Forgets the nodes that a failed statement made, when nothing else of it remains.
  func undoStatement() {
    clearStacks()
    if let statementMark, hot.pointee.effects == statementEffects {
      graph.truncate(to: statementMark)
      random = statementRandom
    }
    statementMark = nil
  }
}
