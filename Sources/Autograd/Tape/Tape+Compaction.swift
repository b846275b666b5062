extension Tape {
  /// Finds what lives: the roots and everything that they depend on.
  ///
  /// One pass down the tape, in which whole words of dead slots are skipped: O(what lives).
  func findLive(_ roots: [Range<Int32>]) -> Relocation {
    var bits = [UInt64](repeating: 0, count: slotCount >> 6 + 1)
    bits.withUnsafeMutableBufferPointer { buffer in
      guard let bits = buffer.baseAddress else { return }
      for root in roots { for slot in root { Tape.mark(Int(slot), bits) } }
      var index = nodeCount - 1
      while index >= 0 {
        let slot = Int(nodes[index].slotIndex)
        if bits[slot >> 6] == 0, count(of: index) <= 1 {
          // As in the sweep: an array that reaches into a live word has been seen.
          var word = slot >> 6
          while word > 0, bits[word - 1] == 0 { word -= 1 }
          index = lastNode(before: word << 6, from: index) ?? -1
          continue
        }
        index = markWord(slot >> 6, from: index, bits)
      }
      markGuards(bits)
    }
    return Relocation(bits: bits)
  }

  @inline(__always)
  private static func mark(_ slot: Int, _ bits: UnsafeMutablePointer<UInt64>) {
    bits[slot >> 6] |= 1 &<< UInt64(slot & 63)
  }

  @inline(__always)
  private static func isMarked(_ slot: Int, _ bits: UnsafeMutablePointer<UInt64>) -> Bool {
    bits[slot >> 6] &>> UInt64(slot & 63) & 1 == 1
  }

  /// Marks the operands of what lives in one word of slots, from a node down; returns the next node.
  ///
  /// Most operands stand in their node's word, which is kept in a register meanwhile.
  @inline(__always)
  private func markWord(
    _ word: Int, from first: Int, _ bits: UnsafeMutablePointer<UInt64>
  ) -> Int {
    var live = bits[word]
    @inline(__always) func mark(_ operand: Int32) {
      let bit: UInt64 = 1 &<< UInt64(truncatingIfNeeded: operand & 63)
      if Int(operand &>> 6) == word { live |= bit } else { bits[Int(operand &>> 6)] |= bit }
    }
    var index = first
    while index >= 0 {
      let node = nodes[index]
      if Int(node.slotIndex &>> 6) != word { break }
      let isLive = live &>> UInt64(truncatingIfNeeded: node.slotIndex & 63) & 1 == 1
      switch node.operation {
      case .binary:
        if isLive {
          mark(node.left)
          mark(node.right)
        }
      case .unary: if isLive { mark(node.left) }
      case .ternary, .leaf, .stack:
        bits[word] = live
        markOperands(ofLive: index, Int(node.slotIndex), bits)
        live = bits[word]
      case .branchGuard, .indexGuard, .operand: break
      }
      index &-= 1
    }
    bits[word] = live
    return index
  }

  private func markOperands(
    ofLive index: Int, _ slot: Int, _ bits: UnsafeMutablePointer<UInt64>
  ) {
    let node = nodes[index]
    switch node.operation {
    case .unary, .binary, .ternary:
      guard Tape.isMarked(slot, bits) else { return }
      forEachOperand(of: index) { Tape.mark($0, bits) }
    case .leaf, .stack:
      // An array lives whole when one of its elements does.
      let run = slot..<slot + count(of: index)
      guard run.contains(where: { Tape.isMarked($0, bits) }) else { return }
      for element in run { Tape.mark(element, bits) }
      forEachOperand(of: index) { Tape.mark($0, bits) }
    case .branchGuard, .indexGuard, .operand: break
    }
  }

  /// A guard lives with the value that it watches.
  private func markGuards(_ bits: UnsafeMutablePointer<UInt64>) {
    guard guardCount > 0 else { return }
    for index in 0..<nodeCount {
      switch nodes[index].operation {
      case .branchGuard, .indexGuard:
        if Tape.isMarked(Int(nodes[index].left), bits) {
          Tape.mark(Int(nodes[index].slotIndex), bits)
        }
      case .leaf, .unary, .binary, .ternary, .stack, .operand: break
      }
    }
  }

  /// Moves what lives down to the front; the rest is forgotten.
  mutating func move(_ relocation: Relocation) {
    var keptNodes = 0
    var keptLists = 0
    var keptGuards = 0
    var index = 0
    while index < nodeCount {
      var node = nodes[index]
      if relocation.bits[Int(node.slotIndex) >> 6] == 0 {
        index = firstNode(notBefore: (Int(node.slotIndex) >> 6 + 1) << 6, from: index)
        continue
      }
      index += 1
      guard relocation.isLive(node.slotIndex) else { continue }
      switch node.operation {
      case .leaf: break
      case .binary, .unary, .ternary, .operand:
        node.left = relocation.moved(node.left)
        node.right = relocation.moved(node.right)
      case .branchGuard, .indexGuard:
        node.left = relocation.moved(node.left)
        node.right = node.left
        keptGuards += 1
      case .stack:
        for k in 0..<Int(node.right) {
          lists[keptLists + k] = relocation.moved(lists[Int(node.left) + k])
        }
        node.left = Int32(keptLists)
        keptLists += Int(node.right)
      }
      node.slotIndex = relocation.moved(node.slotIndex)
      nodes[keptNodes] = node
      keptNodes += 1
    }
    nodeCount = keptNodes
    listCount = keptLists
    guardCount = keptGuards
    adjoints.move(relocation)
    slotCount = relocation.compact(values, below: slotCount)
    forgetConstants()
    ensureRoom()
  }
}
