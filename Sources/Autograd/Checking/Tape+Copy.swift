extension Tape {
  /// A tape of its own with the nodes of another up to an index, to try out other data.
  init(copying other: Tape, nodes count: Int) {
    self.init(nodeLimit: other.nodeLimit)
    Tape.deallocate(nodes)
    Tape.deallocate(slotRuns)
    Tape.deallocate(values)
    Tape.deallocate(lists)
    nodeCount = count
    nodeCapacity = count
    slotCount = other.slotCount
    slotCapacity = slotCount + 8
    listCount = other.listCount
    listCapacity = listCount
    nodes = Tape.allocate(Node.self, capacity: nodeCapacity)
    nodes.initialize(from: other.nodes, count: count)
    slotRuns = Tape.allocate(SlotRun.self, capacity: nodeCapacity + 1)
    let lastRun = Tape.last(of: other.slotRunCount) { Int(other.slotRuns[$0].firstNode) < count }
    slotRunCount = lastRun.map { $0 + 1 } ?? 0
    slotRuns.initialize(from: other.slotRuns, count: slotRunCount)
    truncateSlotRuns(nodes: count)
    guards = Array(other.guards.prefix { $0 < count })
    values = Tape.allocate(Double.self, capacity: slotCapacity)
    values.initialize(from: other.values, count: slotCount)
    lists = Tape.allocate(Int32.self, capacity: listCapacity)
    lists.initialize(from: other.lists, count: listCount)
    let lastSlot = count > 0 ? slot(of: count - 1) : -1
    productRuns = Array(other.productRuns.prefix { Int($0.lastSlot) <= lastSlot })
  }

  /// Makes the way that conditions and indices go now the one that guards watch over.
  func settleGuards() {
    var slots = slotCursor
    for index in guards.lazy.map({ Int($0) }) {
      let node = nodes[index]
      let slot = slots.slot(of: index)
      for k in 0..<Int(node.right) { values[slot + k] = values[Int(node.left) + k] }
    }
  }
}
