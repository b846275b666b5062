// Saving the tape and coming back: part of the audited unsafe code, with the invariants of `Tape`.

extension Tape {
  /// What was on a tape.
  struct Saved {
    let nodes: SavedMemory
    let slotRuns: SavedMemory
    let values: SavedMemory
    let lists: SavedMemory
    let productRuns: SavedMemory
    let constants: SavedMemory
    let adjoints: Adjoints.Saved
    let guards: SavedMemory
    let largestArray: Int
    let hasLongWork: Bool
    let lastGuard: Int32
  }

  func saved(sharing earlier: Saved?, _ ledger: MemoryLedger) -> Saved {
    Saved(
      nodes: SavedMemory(nodes, count: nodeCount, sharing: earlier?.nodes, ledger),
      slotRuns: SavedMemory(
        slotRuns, count: slotRunCount, sharing: earlier?.slotRuns, ledger),
      values: SavedMemory(values, count: slotCount, sharing: earlier?.values, ledger),
      lists: SavedMemory(lists, count: listCount, sharing: earlier?.lists, ledger),
      productRuns: SavedMemory(productRuns, sharing: earlier?.productRuns, ledger),
      constants: SavedMemory(
        constants, count: 1 << Int(Tape.constantCacheBits), sharing: earlier?.constants, ledger),
      adjoints: adjoints.saved(sharing: earlier?.adjoints, ledger),
      guards: SavedMemory(guards, sharing: earlier?.guards, ledger),
      largestArray: largestArray, hasLongWork: hasLongWork, lastGuard: lastGuard)
  }

  mutating func restore(_ saved: Saved) {
    nodeCount = saved.nodes.count(of: Node.self)
    slotCount = saved.values.count(of: Double.self)
    listCount = saved.lists.count(of: Int32.self)
    if nodeCount > nodeCapacity {
      nodeCapacity = nodeCount
      nodes = Tape.resized(nodes, toCapacity: nodeCapacity)
      slotRuns = Tape.resized(slotRuns, toCapacity: nodeCapacity + 1)
    }
    if listCount > listCapacity {
      listCapacity = listCount
      lists = Tape.resized(lists, toCapacity: listCapacity)
    }
    ensureRoom()
    precondition(slotCapacity >= slotCount, "there is room for what is brought back")
    saved.nodes.copy(to: nodes)
    slotRunCount = saved.slotRuns.count(of: SlotRun.self)
    saved.slotRuns.copy(to: slotRuns)
    truncateSlotRuns(nodes: nodeCount)
    saved.values.copy(to: values)
    saved.lists.copy(to: lists)
    productRuns = saved.productRuns.array(of: ProductRun.self)
    saved.constants.copy(to: constants)
    adjoints.restore(saved.adjoints)
    largestArray = saved.largestArray
    hasLongWork = saved.hasLongWork
    guards = saved.guards.array(of: Int32.self)
    lastGuard = saved.lastGuard
  }
}

extension Adjoints {
  /// What the adjoints were: whole blocks, with their marks.
  struct Saved {
    let numbers: SavedMemory
    let touched: SavedMemory
    let count: Int
    let isZeroed: Bool
  }
}
