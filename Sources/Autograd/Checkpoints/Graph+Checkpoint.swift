extension Graph {
  /// A graph at a moment: nodes, data, gradients, labels, and what is stale.
  package final class Saved {
    let tape: Tape.Saved
    let labels: LabelTable.Saved
    let staleness: Staleness
    let marks: SavedMemory
    let gradients: GradientState
    let extents: [Int32: Extent]
    private let share: MemoryShare

    fileprivate init(_ graph: Graph, sharing earlier: Saved?, _ ledger: MemoryLedger) {
      tape = graph.tape.pointee.saved(sharing: earlier?.tape, ledger)
      labels = graph.labels.saved(sharing: earlier?.labels, ledger)
      marks = SavedMemory(graph.staleness.marks, sharing: earlier?.marks, ledger)
      staleness = graph.staleness.withoutMarks
      var gradients = graph.gradients
      gradients.reached = nil  // it can be found again
      self.gradients = gradients
      extents = graph.extents
      share = ledger.count(bytes: (extents.count + gradients.changedLeaves.count) * 32)
    }
  }

  /// About how many bytes saving the graph takes.
  package var savedByteCount: Int {
    byteCount + labels.byteCount + staleness.marks.count * MemoryLayout<Int32>.stride
      + tape.pointee.productRuns.count * MemoryLayout<ProductRun>.stride
  }

  /// Saves the graph as it is.
  ///
  /// - Parameter earlier: saved before; what has not changed since is shared with it.
  package func saved(sharing earlier: Saved?, _ ledger: MemoryLedger) -> Saved {
    Saved(self, sharing: earlier, ledger)
  }

  /// Makes the graph what it was. `Value`s and marks from before are no longer usable.
  package func restore(_ saved: Saved) {
    tape.pointee.restore(saved.tape)
    labels.restore(saved.labels)
    staleness = saved.staleness
    staleness.setMarks(saved.marks.array(of: Int32.self))
    gradients = saved.gradients
    extents = saved.extents
    plan = nil
    countCompaction()
  }
}
