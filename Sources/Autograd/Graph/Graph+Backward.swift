/// What is known of the gradients that the graph holds.
struct GradientState {
  /// The slots from which the present gradients were swept.
  var roots: [Int32] = []
  /// Whether a root was taken back with its statement: any changed leaf then counts as part of its graph.
  var hasLostRoots = false
  /// The nodes that live and that roots which were compacted away depended on.
  var reachedByDropped: [Bool] = []
  /// Whether data in the roots' graph has changed since.
  var areStale = false
  /// Leaves whose data changed since, not yet looked up in the roots' graph.
  var changedLeaves: Set<Int32> = []
  /// The nodes that the roots depend on, when they have been asked for.
  var reached: [Bool]?
}

extension Graph {
  /// Sets every node's gradient to the derivative of the number at `root` with respect to it.
  ///
  /// Gradients of nodes that the root does not depend on become 0; nodes recorded later have none.
  /// With `accumulate` the derivatives are added to the present gradients instead. A sweep that is
  /// stopped, or that `isAcceptable` refuses, leaves the gradients as they were.
  ///
  /// - Parameters:
  ///   - root: the slot of one tracked number.
  ///   - accumulate: whether to add to the present gradients.
  ///   - shouldStop: asked every quarter of a million nodes.
  ///   - isAcceptable: when given, judges the new adjoints before they replace the old ones.
  package func backward(
    from root: Int32, accumulate: Bool = false, shouldStop: () -> Bool = { false },
    isAcceptable: ((Adjoints) throws(GraphError) -> Void)? = nil
  ) throws(GraphError) {
    let slotCount = tape.pointee.slotCount
    try requireAdjoints()
    try Memory.require(tape.pointee.pullbackByteCount)
    // In place where the sweep cannot fail, and where there is no room to keep the old adjoints.
    let isShort = tape.pointee.isShort || !Memory.hasRoom(for: Adjoints.byteCount(slots: slotCount))
    if !accumulate, isAcceptable == nil, isShort {
      tape.pointee.adjoints.clear(slots: slotCount, zeroing: !tape.pointee.isMostlyArrays)
      tape.pointee.adjoints.set(1, at: Int(root))
      LongWork.unstoppable {
        _ = tape.pointee.sweep(from: root, into: tape.pointee.adjoints, shouldStop: { false })
      }
    } else {
      try Memory.require(Adjoints.byteCount(slots: slotCount))
      var fresh = Adjoints(slots: slotCount, isZeroed: !tape.pointee.isMostlyArrays)
      defer { fresh.deallocate() }
      fresh.set(1, at: Int(root))
      // A loop over a long array may have ended early.
      guard tape.pointee.sweep(from: root, into: fresh, shouldStop: shouldStop), !shouldStop()
      else { throw .interrupted }
      try isAcceptable?(fresh)
      if accumulate {
        tape.pointee.adjoints.add(fresh)
      } else {
        swap(&tape.pointee.adjoints, &fresh)
      }
    }
    noteSweep(from: root, accumulate: accumulate)
  }

  /// Sees to memory for an adjoint for every slot.
  private func requireAdjoints() throws(GraphError) {
    try tape.pointee.adjoints.require(slots: tape.pointee.slotCount)
  }

  private func noteSweep(from root: Int32, accumulate: Bool) {
    let wasStale = accumulate && gradientsMayBeStale
    if !accumulate {
      gradients.roots = []
      gradients.reachedByDropped = []
      gradients.hasLostRoots = false
    }
    if gradients.roots.last != root { gradients.roots.append(root) }
    gradients.areStale = wasStale
    gradients.changedLeaves = []
    gradients.reached = nil
  }

  /// Forgets what is known of slots from `end` on.
  func truncateGradients(to end: Int) {
    if gradients.reachedByDropped.count > nodeCount {
      gradients.reachedByDropped.removeLast(gradients.reachedByDropped.count - nodeCount)
      gradients.reached = nil
    }
    if gradients.changedLeaves.contains(where: { Int($0) >= end }) {
      gradients.changedLeaves = gradients.changedLeaves.filter { Int($0) < end }
    }
    if gradients.roots.contains(where: { Int($0) >= end }) {
      gradients.roots.removeAll { Int($0) >= end }
      gradients.hasLostRoots = true
      gradients.reached = nil
    }
  }

  /// The slot from which the present gradients were swept last; nil when there is none.
  package var lastRoot: Int32? { gradients.roots.last }

  /// Sets every gradient to 0.
  package func zeroGradients() throws(GraphError) {
    try requireAdjoints()
    tape.pointee.adjoints.clear(
      slots: tape.pointee.slotCount, zeroing: !tape.pointee.isMostlyArrays)
    gradients = GradientState()
  }

  /// The gradient in a slot, or nil when none was ever computed.
  package func gradient(at slot: Int32) -> Double? {
    guard Int(slot) < tape.pointee.adjoints.count else { return nil }
    let adjoint = tape.pointee.adjoints.number(at: Int(slot))
    return Tape.isAbsent(adjoint) ? nil : adjoint
  }

  /// Whether every gradient of a run of slots is finite, or was never computed.
  package func hasFiniteGradients(_ slots: Range<Int>) -> Bool {
    tape.pointee.adjoints.areFinite(slots)
  }

  /// Sets one gradient by hand.
  package func setGradient(_ gradient: Double, at slot: Int32) throws(GraphError) {
    try requireAdjoints()
    if Int(slot) >= tape.pointee.adjoints.count {
      tape.pointee.adjoints.extend(slots: tape.pointee.slotCount)
    }
    tape.pointee.adjoints.set(gradient, at: Int(slot))
  }

  /// Whether the gradient in a slot was computed with data that has changed since.
  package func isGradientStale(at slot: Int32) -> Bool {
    guard gradientsMayBeStale, gradient(at: slot) != nil,
      let node = tape.pointee.node(at: slot)
    else { return false }
    return gradients.hasLostRoots || node < reachedByRoots.count && reachedByRoots[node]
  }

  /// Whether data in the graph of the last sweep has changed since.
  var gradientsMayBeStale: Bool {
    if gradients.areStale { return true }
    if gradients.changedLeaves.isEmpty { return false }
    if gradients.hasLostRoots {
      gradients.areStale = true
      return true
    }
    if gradients.roots.isEmpty, gradients.reachedByDropped.isEmpty { return false }
    let reached = reachedByRoots
    gradients.areStale = gradients.changedLeaves.contains { slot in
      guard let node = tape.pointee.node(at: slot) else { return false }
      return node < reached.count && reached[node]
    }
    gradients.changedLeaves = []
    return gradients.areStale
  }

  /// Sees, while it still can be seen, what is stale: a compaction is about to drop nodes.
  ///
  /// Of values those that live matter alone, and what they depend on lives. Of gradients, whether they are
  /// stale, when a root or a leaf whose data has changed is dropped.
  func settleStaleness(before relocation: Relocation) {
    let dropsSome =
      gradients.roots.contains { relocation.newSlot($0) == nil }
      || gradients.changedLeaves.contains { relocation.newSlot($0) == nil }
    guard dropsSome, !gradientsMayBeStale, !staleness.isEmpty else {
      staleness.propagate(over: tape.pointee, among: relocation)
      return
    }
    staleness.propagate(over: tape.pointee)
    // Swept over values that are stale themselves: they count as changed already.
    let reached = reachedByRoots
    var slots = tape.pointee.slotCursor
    gradients.areStale = reached.indices.contains {
      reached[$0] && staleness.isStale(Int32(slots.slot(of: $0)))
    }
  }

  /// The nodes that the roots of the present gradients depend on.
  private var reachedByRoots: [Bool] {
    if let reached = gradients.reached { return reached }
    let reached = nodesReached(by: gradients.roots)
    gradients.reached = reached
    return reached
  }

  /// The nodes that some roots, or any that have been dropped, depend on.
  private func nodesReached(by roots: [Int32]) -> [Bool] {
    var reached = gradients.reachedByDropped
    for root in roots {
      let more = ancestors(of: root)
      if more.count > reached.count {
        reached += repeatElement(false, count: more.count - reached.count)
      }
      for index in more.indices where more[index] { reached[index] = true }
    }
    return reached
  }

  /// Follows the roots of the present gradients through a compaction that is about to happen; what is left
  /// of the graphs of those that are dropped is kept in mind. Returns what to do when it has happened.
  func rootsMoving(by relocation: Relocation) -> () -> Void {
    let old = gradients
    let roots = old.roots.compactMap(relocation.newSlot)
    guard roots.count < old.roots.count || !old.reachedByDropped.isEmpty else {
      return { [self] in gradients.roots = roots }
    }
    var cursor = tape.pointee.slotCursor
    let reached = nodesReached(by: old.roots.filter { relocation.newSlot($0) == nil })
    let slots = reached.indices.compactMap { index in
      reached[index] ? relocation.newSlot(Int32(cursor.slot(of: index))) : nil
    }
    return { [self] in
      gradients.roots = roots
      var reached: [Bool] = []
      for slot in slots {
        guard let node = tape.pointee.node(at: slot) else { continue }
        if node >= reached.count {
          reached += repeatElement(false, count: node + 1 - reached.count)
        }
        reached[node] = true
      }
      gradients.reachedByDropped = reached
    }
  }

  /// Notes that `forward` computed the nodes of a plan anew.
  func noteRecomputation(by plan: ForwardPlan) {
    if gradients.areStale { return }
    if let target = plan.target, gradients.roots.contains(target) {
      gradients.areStale = true
    } else if gradients.hasLostRoots {
      gradients.areStale = true
    } else if !gradients.roots.isEmpty || !gradients.reachedByDropped.isEmpty {
      let reached = reachedByRoots
      gradients.areStale = plan.runs.contains { nodes in
        nodes.clamped(to: reached.indices).contains { reached[$0] }
      }
    }
  }
}
