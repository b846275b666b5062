/// Where slots are after a compaction.
package struct Relocation {
  /// A bit for each old slot: whether it lives.
  let bits: [UInt64]
  /// For each word of bits, how many live slots come before it.
  let before: [Int32]

  /// The new slot of an old one; nil when it was dropped.
  package func newSlot(_ slot: Int32) -> Int32? {
    let (word, bit) = (Int(slot) >> 6, UInt64(slot) & 63)
    guard word < bits.count, bits[word] >> bit & 1 == 1 else { return nil }
    return before[word] + Int32((bits[word] & (1 << bit - 1)).nonzeroBitCount)
  }
}

extension Graph {
  /// Drops every node that nothing kept depends on; returns the kept values, which replace the old
  /// ones.
  ///
  /// Nothing moves unless this is asked for. Values from before that are not in `values` trap when
  /// they are used. O(nodes).
  public func compact(keeping values: [Value]) -> [Value] {
    for value in values { value.checkUsable() }
    let relocation = compact(keeping: values.map { $0.slotIndex..<$0.slotIndex + 1 })
    return values.map { Value(self, relocation.newSlot($0.slotIndex) ?? 0) }
  }

  /// Drops every node that no slot in `roots` depends on, and moves the others down.
  package func compact(keeping roots: [Range<Int32>]) -> Relocation {
    let relocation = markLive(roots)
    tape.pointee.move(relocation)
    labels.relocate(relocation.newSlot)
    staleness.relocate(slotCount: tape.pointee.slotCount, relocation.newSlot)
    gradients.roots = gradients.roots.compactMap(relocation.newSlot)
    gradients.changedLeaves = Set(gradients.changedLeaves.compactMap(relocation.newSlot))
    gradients.reached = nil
    plan = nil
    countCompaction()
    return relocation
  }

  /// Finds the live slots: one pass down the tape, in which whole words of dead slots are skipped.
  private func markLive(_ roots: [Range<Int32>]) -> Relocation {
    var bits = [UInt64](repeating: 0, count: tape.pointee.slotCount >> 6 + 1)
    bits.withUnsafeMutableBufferPointer { bits in
      func mark(_ slot: Int) { bits[slot >> 6] |= 1 << UInt64(slot & 63) }
      func isMarked(_ slot: Int) -> Bool { bits[slot >> 6] >> UInt64(slot & 63) & 1 == 1 }
      for root in roots { for slot in root { mark(Int(slot)) } }
      for root in gradients.roots { mark(Int(root)) }
      var index = tape.pointee.nodeCount - 1
      while index >= 0 {
        let node = tape.pointee.nodes[index]
        let slot = Int(node.slotIndex)
        let count = tape.pointee.count(of: index)
        if bits[slot >> 6] == 0, count <= 1 {
          // Nothing lives in this word of slots: go to the last node before it.
          guard let previous = lastNode(before: (slot >> 6) << 6, from: index) else { break }
          index = previous
          continue
        }
        switch node.operation {
        case .leaf, .unary, .binary, .ternary, .stack:
          if (slot..<slot + count).contains(where: isMarked) {
            for k in slot..<slot + count { mark(k) }
            tape.pointee.forEachOperand(of: index, mark)
          }
        case .branchGuard, .indexGuard, .operand: break
        }
        index -= 1
      }
      // A guard lives with the value that it watches.
      for index in 0..<tape.pointee.nodeCount {
        let node = tape.pointee.nodes[index]
        switch node.operation {
        case .branchGuard, .indexGuard:
          if isMarked(Int(node.left)) { mark(Int(node.slotIndex)) }
        case .leaf, .unary, .binary, .ternary, .stack, .operand: break
        }
      }
    }
    var before: [Int32] = []
    before.reserveCapacity(bits.count)
    var count: Int32 = 0
    for word in bits {
      before.append(count)
      count += Int32(word.nonzeroBitCount)
    }
    return Relocation(bits: bits, before: before)
  }

  /// The last node whose slot is below `slot`, looking back from a node by doubling steps.
  private func lastNode(before slot: Int, from index: Int) -> Int? {
    var step = 1
    var high = index
    while high - step >= 0, Int(tape.pointee.nodes[high - step].slotIndex) >= slot {
      high -= step
      step *= 2
    }
    var low = max(high - step, -1)
    while high - low > 1 {
      let middle = (low + high) / 2
      if Int(tape.pointee.nodes[middle].slotIndex) >= slot { high = middle } else { low = middle }
    }
    return low >= 0 && Int(tape.pointee.nodes[low].slotIndex) < slot ? low : nil
  }

  /// The slots of a node's operands, in order.
  package func operands(of node: NodeIndex) -> [Slot] {
    var slots: [Slot] = []
    let index = node.rawValue
    tape.pointee.forEachOperand(of: index) { slots.append(Slot($0)) }
    return slots
  }

  /// The slots of all nodes that were computed from a slot, itself included.
  package func dependents(of slot: Int32) -> Set<Int32> {
    var reached: Set<Int32> = [slot]
    guard let first = tape.pointee.node(at: slot) else { return reached }
    for index in first + 1..<max(nodeCount, first + 1) {
      var depends = false
      tape.pointee.forEachOperand(of: index) { depends = depends || reached.contains(Int32($0)) }
      guard depends, tape.pointee.nodes[index].operation.hasValue else { continue }
      let start = tape.pointee.nodes[index].slotIndex
      for k in 0..<Int32(tape.pointee.count(of: index)) { reached.insert(start + k) }
    }
    return reached
  }
}
