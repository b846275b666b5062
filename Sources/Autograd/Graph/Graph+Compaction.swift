extension Graph {
  /// Drops every node that nothing kept depends on; returns the kept values, which replace the old
  /// ones.
  ///
  /// Nothing moves unless this is asked for. Every value from before traps when it is used, also those in
  /// `values`: the ones returned stand for them, in the same order. O(nodes).
  public func compact(keeping values: [Value]) -> [Value] {
    values.forEach(checkOwn)
    let relocation = compact(keeping: values.map { $0.slotIndex..<$0.slotIndex + 1 })
    return values.map { Value(self, relocation?.newSlot($0.slotIndex) ?? $0.slotIndex) }
  }

  /// Drops every node that no slot in `roots` depends on, and moves the others down.
  ///
  /// - Parameter worthwhile: the share of slots that must be dead for anything to be moved.
  /// - Returns: where slots are now; nil when nothing was moved.
  package func compact(
    keeping roots: [Range<Int32>], worthwhile: Double = 0
  ) -> Relocation? {
    let relocation = tape.pointee.findLive(roots, extents: extents)
    let live = Double(relocation.liveCount)
    let total = Double(tape.pointee.slotCount)
    if worthwhile > 0, total - live < worthwhile * total { return nil }
    settleStaleness(before: relocation)
    let moveRoots = rootsMoving(by: relocation)
    droppedCount += nodeCount
    func slots(_ nodes: Range<Int>) -> Range<Int> {
      slotEnd(ofNodes: nodes.lowerBound)..<slotEnd(ofNodes: nodes.upperBound)
    }
    let ends = extents.mapValues { (nodes: slots($0.nodes), earlier: $0.earlier.map(slots)) }
    tape.pointee.move(relocation)
    droppedCount -= nodeCount
    labels.relocate(relocation)
    relocateExtents(ends, relocation)
    staleness.relocate(nodeCount: tape.pointee.nodeCount, relocation)
    moveRoots()
    gradients.changedLeaves = Set(gradients.changedLeaves.compactMap(relocation.newSlot))
    gradients.reached = nil
    plan = nil
    countCompaction()
    return relocation
  }

  /// Moves the extents, given the slots of the nodes in each.
  private func relocateExtents(
    _ slots: [Int32: (nodes: Range<Int>, earlier: Range<Int>?)], _ relocation: Relocation
  ) {
    func moved(_ slots: Range<Int>) -> Range<Int> {
      nodeCount(
        below: relocation.liveCount(below: slots.lowerBound))..<nodeCount(
          below: relocation.liveCount(below: slots.upperBound))
    }
    let old = extents
    extents = [:]
    for (slot, extent) in old {
      guard let new = relocation.newSlot(slot), let slots = slots[slot] else { continue }
      let (nodes, earlier) = (moved(slots.nodes), slots.earlier.map(moved))
      if nodes.isEmpty, earlier?.isEmpty ?? true { continue }
      extents[new] = Extent(nodes: nodes, earlier: earlier, isAlias: extent.isAlias)
    }
  }

  /// The slots of a node's operands, in order.
  package func operands(of node: NodeIndex) -> [Slot] {
    var slots: [Slot] = []
    let index = node.rawValue
    tape.pointee.forEachOperand(of: index) { slots.append(Slot($0)) }
    return slots
  }

  /// Whether each of some slots was computed from the number in `slot`.
  package func depend(_ slots: [Int32], on slot: Int32) -> [Bool] {
    guard let first = tape.pointee.node(at: slot), let last = slots.max() else {
      return slots.map { _ in false }
    }
    guard last >= slot else { return slots.map { _ in false } }
    // From the slot on: nothing below depends on it.
    let base = Int(slot)
    var reached = [Bool](repeating: false, count: Int(last) - base + 1)
    reached[0] = true
    // Nothing from here on is.
    var end = base + 1
    let tape = tape.pointee
    var cursor = tape.slotCursor
    func isReached(_ slot: Int, _ count: Int) -> Bool {
      slot < end && slot + count > base
        && reached[max(slot - base, 0)..<min(slot + count, end) - base].contains(true)
    }
    for index in first + 1..<max(nodeCount, first + 1) {
      let slot = cursor.slot(of: index)
      if slot > last { break }
      guard tape.operandsContain(of: index, where: isReached) else { continue }
      end = min(slot + tape.count(of: index), base + reached.count)
      for k in slot..<end { reached[k - base] = true }
    }
    return slots.map { Int($0) >= base && reached[Int($0) - base] }
  }
}
