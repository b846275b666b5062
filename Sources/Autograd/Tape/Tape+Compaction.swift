extension Tape {
  /// Moves what lives down to the front; the rest is forgotten.
  package mutating func move(_ relocation: Relocation) {
    func new(_ slot: Int32) -> Int32 { relocation.newSlot(slot) ?? 0 }
    var keptNodes = 0
    var keptLists = 0
    for index in 0..<nodeCount {
      var node = nodes[index]
      guard relocation.newSlot(node.slotIndex) != nil else { continue }
      switch node.operation {
      case .leaf: break
      case .unary, .binary, .ternary, .branchGuard, .indexGuard, .operand:
        node.left = new(node.left)
        node.right = new(node.right)
      case .stack:
        for k in 0..<Int(node.right) {
          lists[keptLists + k] = new(lists[Int(node.left) + k])
        }
        node.left = Int32(keptLists)
        keptLists += Int(node.right)
      }
      node.slotIndex = new(node.slotIndex)
      nodes[keptNodes] = node
      keptNodes += 1
    }
    nodeCount = keptNodes
    listCount = keptLists
    moveNumbers(relocation)
    forgetConstants()
  }

  private mutating func moveNumbers(_ relocation: Relocation) {
    var kept = 0
    var keptAdjoints = 0
    for (word, bits) in relocation.bits.enumerated() {
      var rest = bits
      while rest != 0 {
        let slot = word << 6 + rest.trailingZeroBitCount
        values[kept] = values[slot]
        if slot < gradientEnd {
          adjoints[kept] = adjoints[slot]
          keptAdjoints = kept + 1
        }
        kept += 1
        rest &= rest - 1
      }
    }
    slotCount = kept
    gradientEnd = keptAdjoints
  }
}
