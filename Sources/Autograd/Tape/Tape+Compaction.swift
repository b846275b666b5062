extension Tape {
  /// Finds what lives: the roots and everything that they depend on.
  ///
  /// A guard lives, with all that it watches, when a value lives that was recorded between it and the next
  /// guard: it may be there because of what the guard saw. So does one in the extent of a root, one after
  /// which nothing has been recorded yet, and one whose value lives anyhow.
  ///
  /// A guard that lives keeps those before it, back to the first whose origin has been met already: the
  /// rounds of a loop before its last one are over, and dropped.
  ///
  /// One pass down the tape, in which whole words of dead slots are skipped, and where there are guards
  /// another, in which all words are to which no guard adds anything: O(what lives, and guards).
  ///
  /// - Parameter extents: for slots which conditions made them what they are.
  func findLive(_ roots: [Range<Int32>], extents: [Int32: Extent] = [:]) -> Relocation {
    var bits = [UInt64](repeating: 0, count: slotCount >> 6 + 1)
    bits.withUnsafeMutableBufferPointer { buffer in
      guard let bits = buffer.baseAddress else { return }
      for root in roots { Tape.mark(Int(root.lowerBound), count: root.count, bits) }
      var slots = slotCursor
      var index = nodeCount - 1
      markNodes(&index, downTo: 0, &slots, bits, known: nil)
      guard !guards.isEmpty else { return }
      Array(buffer).withUnsafeBufferPointer { values in
        guard let values = values.baseAddress else { return }
        markGuards(inside: extents, of: roots, bits)
        markGuards(of: values, bits)
      }
      markGuardsWithTheirValues(bits)
    }
    return Relocation(bits: bits)
  }

  /// Marks the guards that live because of `values`, which live without any guard, and what they watch.
  private func markGuards(
    of values: UnsafePointer<UInt64>, _ bits: UnsafeMutablePointer<UInt64>
  ) {
    var slots = slotCursor
    var index = nodeCount - 1
    var later: (node: Int, slot: Int, lives: Bool) = (nodeCount, slotCount, true)
    // Where those were recorded that live since a value was met.
    var origins: Set<UInt32> = []
    for guardNode in guards.reversed().lazy.map({ Int($0) }) {
      markNodes(&index, downTo: guardNode + 1, &slots, bits, known: values)
      let (slot, count) = (slots.slot(of: guardNode), Int(nodes[guardNode].right))
      let (decided, origin) = (slot + count, nodes[guardNode].origin.rawValue)
      var lives = Tape.isMarked(slot, bits)
      if Tape.isMarked(decided, count: later.slot - decided, values) {
        origins = []
        lives = true
      } else if later.node == guardNode + 1
        ? later.lives : Tape.isMarked(decided, count: later.slot - decided, bits)
      {
        lives = lives || !origins.contains(origin)
      }
      index = lives ? guardNode - 1 : min(index, guardNode - 1)
      if lives {
        origins.insert(origin)
        markGuard(guardNode, slot, bits)
      }
      later = (guardNode, slot, lives)
    }
    markNodes(&index, downTo: 0, &slots, bits, known: values)
  }

  /// Marks the operands of what lives among the nodes from `index` down.
  ///
  /// - Parameter known: the marks of values whose operands have been marked; nil for none.
  @inline(__always)
  private func markNodes(
    _ index: inout Int, downTo end: Int, _ slots: inout SlotCursor,
    _ bits: UnsafeMutablePointer<UInt64>, known: UnsafePointer<UInt64>?
  ) {
    @inline(__always) func hasNews(_ word: Int) -> Bool {
      if let known { bits[word] != known[word] } else { bits[word] != 0 }
    }
    while index >= end {
      let slot = slots.slot(of: index)
      if !hasNews(slot >> 6), count(of: index) <= 1 {
        // As in the sweep: an array that reaches into a word with news has been seen.
        var word = slot >> 6
        while word > 0, !hasNews(word - 1) { word -= 1 }
        index = lastNode(before: word << 6) ?? -1
        continue
      }
      index = markWord(slot >> 6, from: index, downTo: end, &slots, bits)
    }
  }

  /// Marks a guard with what it watches.
  private func markGuard(_ index: Int, _ slot: Int, _ bits: UnsafeMutablePointer<UInt64>) {
    let node = nodes[index]
    Tape.mark(slot, count: Int(node.right), bits)
    Tape.mark(Int(node.left), count: Int(node.right), bits)
  }

  /// Marks the guards that made roots what they are after they had been computed.
  private func markGuards(
    inside extents: [Int32: Extent], of roots: [Range<Int32>],
    _ bits: UnsafeMutablePointer<UInt64>
  ) {
    guard !extents.isEmpty else { return }
    let bound = Set(roots.lazy.map(\.lowerBound))
    for (slot, extent) in extents where Int(slot) < slotCount && Tape.isMarked(Int(slot), bits) {
      if extent.isAlias, !bound.contains(slot) { continue }
      if let earlier = extent.earlier { markGuards(among: earlier, bits) }
      markGuards(among: extent.nodes, bits)
    }
  }

  private func markGuards(among nodes: Range<Int>, _ bits: UnsafeMutablePointer<UInt64>) {
    var next = (Tape.last(of: guards.count) { Int(guards[$0]) < nodes.lowerBound } ?? -1) + 1
    while next < guards.count, Int(guards[next]) < nodes.upperBound {
      markGuard(Int(guards[next]), self.slot(of: Int(guards[next])), bits)
      next += 1
    }
  }

  @inline(__always)
  private static func mark(_ slot: Int, _ bits: UnsafeMutablePointer<UInt64>) {
    bits[slot >> 6] |= 1 &<< UInt64(slot & 63)
  }

  /// Marks a run of slots.
  private static func mark(_ slot: Int, count: Int, _ bits: UnsafeMutablePointer<UInt64>) {
    _ = contains(slot, count: count) { word, run in
      bits[word] |= run
      return false
    }
  }

  /// Whether one of a run of slots is marked.
  private static func isMarked(
    _ slot: Int, count: Int, _ bits: UnsafePointer<UInt64>
  ) -> Bool {
    contains(slot, count: count) { word, run in bits[word] & run != 0 }
  }

  /// Whether a condition holds for one of the words that a run of slots has bits in, with those bits.
  @inline(__always)
  private static func contains(
    _ slot: Int, count: Int, where holds: (_ word: Int, _ run: UInt64) -> Bool
  ) -> Bool {
    var slot = slot
    let end = slot + count
    while slot < end {
      let next = min((slot | 63) + 1, end)
      let length = next - slot
      let run: UInt64 = length == 64 ? .max : (1 << UInt64(length)) - 1
      if holds(slot >> 6, run << UInt64(slot & 63)) { return true }
      slot = next
    }
    return false
  }

  @inline(__always)
  private static func isMarked(_ slot: Int, _ bits: UnsafeMutablePointer<UInt64>) -> Bool {
    bits[slot >> 6] &>> UInt64(slot & 63) & 1 == 1
  }

  /// Marks the operands of what lives in one word of slots, from a node down; returns the next node.
  @inline(__always)
  private func markWord(
    _ word: Int, from first: Int, downTo end: Int, _ slots: inout SlotCursor,
    _ bits: UnsafeMutablePointer<UInt64>
  ) -> Int {
    var index = first
    while index >= end, slots.slot(of: index) &>> 6 == word {
      let stretch = slots.stretch(from: index, downTo: word &<< 6)
      index = markStretch(stretch, from: index, downTo: max(stretch.firstNode, end), word, bits)
    }
    return index
  }

  /// The same for nodes of one run of slots.
  ///
  /// Most operands stand in their node's word, which is kept in a register meanwhile.
  @inline(__always)
  private func markStretch(
    _ stretch: SlotCursor.Stretch, from last: Int, downTo first: Int, _ word: Int,
    _ bits: UnsafeMutablePointer<UInt64>
  ) -> Int {
    var live = bits[word]
    let firstSlot = Int32(truncatingIfNeeded: word &<< 6)
    @inline(__always) func mark(_ operand: Int32) {
      let bit: UInt64 = 1 &<< UInt64(truncatingIfNeeded: operand)
      if operand >= firstSlot { live |= bit } else { bits[Int(operand &>> 6)] |= bit }
    }
    let nodes = UnsafePointer(nodes)
    var index = last
    while index >= first {
      let node = nodes[index]
      let slot = stretch.slot(of: index)
      index &-= 1
      if case .binary = node.operation {
        guard live &>> UInt64(truncatingIfNeeded: slot & 63) & 1 == 1 else { continue }
        mark(node.left)
        mark(node.right)
      } else if case .unary = node.operation {
        guard live &>> UInt64(truncatingIfNeeded: slot & 63) & 1 == 1 else { continue }
        mark(node.left)
      } else {
        bits[word] = live
        markOperands(ofLive: index &+ 1, slot, bits)
        live = bits[word]
      }
    }
    bits[word] = live
    return index
  }

  @inline(never)
  private func markOperands(
    ofLive index: Int, _ slot: Int, _ bits: UnsafeMutablePointer<UInt64>
  ) {
    let node = nodes[index]
    switch node.operation {
    case .unary, .binary, .ternary:
      guard Tape.isMarked(slot, bits) else { return }
      forEachOperand(of: index) { Tape.mark($0, bits) }
    case .leaf, .stack, .array:
      // An array lives whole when one of its elements does.
      let count = count(of: index)
      guard Tape.isMarked(slot, count: count, bits) else { return }
      Tape.mark(slot, count: count, bits)
      guard node.operation == .array else {
        forEachOperand(of: index) { Tape.mark($0, bits) }
        return
      }
      forEachArrayOperand(of: node) { place, count in
        Tape.mark(Int(lists[place]), count: count, bits)
      }
    case .branchGuard, .indexGuard, .operand: break
    }
  }

  /// A guard lives with the value that it watches.
  private func markGuardsWithTheirValues(_ bits: UnsafeMutablePointer<UInt64>) {
    var slots = slotCursor
    for index in guards.lazy.map({ Int($0) }) {
      let node = nodes[index]
      guard (0..<Int(node.right)).allSatisfy({ Tape.isMarked(Int(node.left) + $0, bits) })
      else { continue }
      Tape.mark(slots.slot(of: index), count: Int(node.right), bits)
    }
  }

  /// Moves what lives down to the front; the rest is forgotten.
  mutating func move(_ relocation: Relocation) {
    relocation.withMap { map in
      moveNodes(map)
      moveProductRuns(map)
    }
    adjoints.move(relocation)
    slotCount = relocation.compact(values, below: slotCount)
    if largestArray > 0 { measureArrays() }
    lastGuard = -1
    forgetConstants()
    ensureRoom()
  }

  /// Sees anew how large the arrays are that are left.
  private mutating func measureArrays() {
    (largestArray, hasLongWork) = (0, false)
    for index in 0..<nodeCount where nodes[index].operation == .array {
      noteSize(of: arrayRecord(of: index))
    }
  }

  private mutating func moveNodes(_ map: Relocation.Map) {
    var slots = setSlotRunsAside()
    var kept = Kept()
    var index = 0
    while index < nodeCount {
      let slot = slots.slot(of: index)
      let word = slot &>> 6
      if map.bits[word] == 0 {
        index = slots.firstNode(notBefore: map.wordsEnd(from: word) { $0 == 0 } << 6)
      } else if map.bits[word] == .max {
        let block = map.block(from: word)
        while index < nodeCount, slots.slot(of: index) < block.slots.upperBound {
          let stretch = slots.stretch(from: index, upTo: Int(block.slots.upperBound))
          moveNodes(stretch, of: block, &slots, &kept, map)
          index = stretch.upperBound
        }
      } else {
        if map.isLive(Int32(truncatingIfNeeded: slot)) { moveNode(index, slot, &kept, map) }
        index += 1
      }
    }
    nodeCount = kept.nodes
    listCount = kept.lists
    guards.removeLast(guards.count - kept.guards)
  }

  /// A run lives when its last sum does: then all of it lives, and stays together.
  private mutating func moveProductRuns(_ map: Relocation.Map) {
    var kept = 0
    for run in productRuns where map.isLive(run.lastSlot) {
      productRuns[kept] = ProductRun(lastSlot: map.moved(run.lastSlot), count: run.count)
      kept += 1
    }
    productRuns.removeLast(productRuns.count - kept)
  }

  /// How much has been moved.
  private struct Kept {
    var nodes = 0
    var lists = 0
    var guards = 0
  }

  /// Moves nodes of one run of slots in a block of slots that all live.
  private mutating func moveNodes(
    _ stretch: Range<Int>, of block: Relocation.Block, _ slots: inout SlotCursor,
    _ kept: inout Kept,
    _ map: Relocation.Map
  ) {
    var index = stretch.lowerBound
    while index < stretch.upperBound {
      // The first may still be in the run before, two more decide theirs, and the others are in it.
      if index >= stretch.lowerBound + 3 {
        let count = moveOperations(index..<stretch.upperBound, to: kept.nodes, of: block, map)
        kept.nodes += count
        index += count
        if index == stretch.upperBound { break }
      }
      moveNode(index, slots.slot(of: index), &kept, map)
      index += 1
    }
  }

  /// Moves nodes of a block of slots up to the first that is no operation on one operand or two; returns how
  /// many these are. What they refer to in that block moves by as much as they do.
  @inline(never)
  private func moveOperations(
    _ range: Range<Int>, to place: Int, of block: Relocation.Block, _ map: Relocation.Map
  ) -> Int {
    var (from, to) = (nodes + range.lowerBound, nodes + place)
    let end = nodes + range.upperBound
    let (first, distance) = (block.slots.lowerBound, block.distance)
    // Most others are constants, and most of these one of the last two again.
    var (last, other) = ((old: Int32(-1), new: Int32(-1)), (old: Int32(-1), new: Int32(-1)))
    @inline(__always) func moved(_ operand: Int32) -> Int32 {
      if operand >= first { return operand &- distance }
      if operand == last.old { return last.new }
      if operand == other.old { return other.new }
      other = last
      last = (operand, map.moved(operand))
      return last.new
    }
    while from < end {
      var node = from.pointee
      switch node.operation {
      case .binary, .unary: break
      case .leaf, .ternary, .stack, .array, .branchGuard, .indexGuard, .operand:
        return to - (nodes + place)
      }
      node.left = moved(node.left)
      node.right = moved(node.right)
      to.pointee = node
      from += 1
      to += 1
    }
    return to - (nodes + place)
  }

  /// Moves one node that lives.
  private mutating func moveNode(
    _ index: Int, _ slot: Int, _ kept: inout Kept, _ map: Relocation.Map
  ) {
    var node = nodes[index]
    switch node.operation {
    case .leaf: break
    case .binary, .unary, .ternary, .operand:
      node.left = map.moved(node.left)
      node.right = map.moved(node.right)
    case .branchGuard, .indexGuard:
      node.left = map.moved(node.left)
      guards[kept.guards] = Int32(kept.nodes)
      kept.guards += 1
    case .stack:
      for k in 0..<Int(node.right) {
        lists[kept.lists + k] = map.moved(lists[Int(node.left) + k])
      }
      node.left = Int32(kept.lists)
      kept.lists += Int(node.right)
    case .array:
      forEachArrayOperand(of: node) { place, count in
        lists[place] = count == 0 ? 0 : map.moved(lists[place])
      }
      for k in 0..<Int(node.right) { lists[kept.lists + k] = lists[Int(node.left) + k] }
      node.left = Int32(kept.lists)
      kept.lists += Int(node.right)
    }
    noteSlot(Int(map.moved(Int32(truncatingIfNeeded: slot))), of: kept.nodes)
    nodes[kept.nodes] = node
    kept.nodes += 1
  }
}
