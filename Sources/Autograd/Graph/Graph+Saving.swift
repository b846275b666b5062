// What whoever writes a graph down has to know of it, and what puts a graph together again that was
// written down.

extension Graph {
  // MARK: Looking

  /// For each record of the tape whether some slots were computed from it, with the guards that a compaction
  /// would keep. O(what lives, and guards).
  package func live(from roots: [Range<Int32>]) -> [Bool] {
    let relocation = tape.pointee.findLive(roots, extents: extents)
    var slots = tape.pointee.slotCursor
    return (0..<nodeCount).map {
      let slot = Int32(slots.slot(of: $0))
      return tape.pointee.nodes[$0].operation != .operand && relocation.newSlot(slot) != nil
    }
  }

  /// The slots from which the present gradients were swept, in order.
  package var sweptRoots: [Int32] { gradients.roots }

  /// Whether the graph does not know any more all that the present gradients were swept from.
  package var hasLostSweptRoots: Bool {
    gradients.hasLostRoots || !gradients.reachedByDropped.isEmpty
  }

  /// Whether data has changed since that the present gradients were swept over.
  package var hasOldGradients: Bool { gradientsMayBeStale }

  /// The adjoints, by slot, that sweeps with the present data from these slots would give, one added to
  /// the other.
  package func adjoints(ofSweepsFrom roots: [Int32]) -> [Double] {
    let slotCount = tape.pointee.slotCount
    var total = Adjoints(capacity: slotCount)
    defer { total.deallocate() }
    for (number, root) in roots.enumerated() {
      var fresh = Adjoints(capacity: slotCount)
      fresh.clear(slots: slotCount, zeroing: true)
      fresh.set(1, at: Int(root))
      _ = tape.pointee.sweep(from: root, into: fresh, shouldStop: { false })
      if number == 0 { swap(&total, &fresh) } else { total.add(fresh) }
      fresh.deallocate()
    }
    return (0..<min(total.count, slotCount)).map { total.number(at: $0) }
  }

  /// How many nodes there were when the value in a slot was bound, where conditions were decided
  /// between its computation and that; nil also for a value that is older than its binding.
  package func extent(of slot: Int32) -> Int? {
    guard let extent = extents[slot], !extent.isAlias, let node = tape.pointee.node(at: slot)
    else { return nil }
    let hasLater = tape.pointee.guards.contains { $0 > node && Int($0) < extent.nodes.upperBound }
    return hasLater ? extent.nodes.upperBound : nil
  }

  /// What a guard watches: its first slot and how many, and what stood there when it was recorded.
  package func guarded(by index: Int) -> (slot: Int32, recorded: [Double]) {
    let node = tape.pointee.nodes[index]
    let slot = tape.pointee.slot(of: index)
    let recorded = (0..<Int(node.right)).map { tape.pointee.values[slot + $0] }
    return (node.left, recorded)
  }

  /// The slots that a `stack` node's numbers are copies of.
  package func stacked(by index: Int) -> [Int32] {
    let node = tape.pointee.nodes[index]
    return (0..<Int(node.right)).map { tape.pointee.lists[Int(node.left) + $0] }
  }

  /// The slots of a scalar operation's operands, and whether each is a constant.
  package func scalarOperands(of index: Int) -> [Int32] {
    let node = tape.pointee.nodes[index]
    switch node.operation {
    case .unary: return [node.left]
    case .binary: return [node.left, node.right]
    case .ternary: return [node.left, node.right, tape.pointee.thirdOperand(of: index)]
    case .leaf, .stack, .array, .branchGuard, .indexGuard, .operand: return []
    }
  }

  // MARK: Putting together

  /// Records a guard over a run of slots that saw other numbers than stand there now.
  package func recordGuard(
    _ operation: Operation, _ slot: Int32, recorded: [Double], origin: Origin
  ) throws(GraphError) {
    try tape.pointee.grow(slots: recorded.count)
    tape.pointee.recordGuard(operation, slot, count: recorded.count, origin: origin)
    let own = Int(tape.pointee.lastGuard)
    for (k, number) in recorded.enumerated() { tape.pointee.values[own + k] = number }
  }

  /// Gives a result data that it was not computed with now; it counts as out of date.
  package func setStale(_ data: [Double], at slot: Int32) {
    for (k, number) in data.enumerated() { tape.pointee.values[Int(slot) + k] = number }
    staleness.mark(Int(slot)..<Int(slot) + data.count)
    plan = nil
  }

  /// Lets the present gradients count as out of date.
  package func setOldGradients() {
    gradients.areStale = true
    if gradients.roots.isEmpty { gradients.hasLostRoots = true }
  }
}
