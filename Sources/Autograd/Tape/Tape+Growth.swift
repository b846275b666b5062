// Room on the tape: part of its audited unsafe code, with the invariants of `Tape.swift`.

extension Tape {
  /// Makes room for one more operation, for `slots` numbers beside it, and for `listed` operands.
  ///
  /// - Throws: `GraphError.tooManyNodes` at the limit on nodes, `.tooManyNumbers` at that on slots,
  ///   `.outOfMemory` where the system has no more to give.
  @usableFromInline
  package mutating func grow(slots: Int = 0, listed: Int = 0) throws(GraphError) {
    if nodeCount + 2 > nodeLimit { throw .tooManyNodes(limit: nodeLimit) }
    if slotCount + slots + 8 > slotLimit || listCount + listed > Int(Int32.max) {
      throw .tooManyNumbers(limit: slotLimit)
    }
    if listCount + listed > listCapacity { try growLists(to: listCount + listed) }
    if nodeCount + 2 > nodeCapacity {
      try growNodes(slots: slots)
    } else {
      try growValues(to: slotsNeeded(slots, nodeCapacity))
    }
  }

  /// The slots for `hasRoom`'s promise: four for every node that there is room for, and `slots` more.
  private func slotsNeeded(_ slots: Int, _ nodeCapacity: Int) -> Int {
    slotCount + slots + 4 * (nodeCapacity - nodeCount + 1)
  }

  /// Makes room for twice as many nodes, with their slots; for fewer where memory is short.
  private mutating func growNodes(slots: Int) throws(GraphError) {
    var capacity = Swift.min(Swift.max(nodeCapacity * 2, 1 << 10), nodeLimit)
    while true {
      do throws(GraphError) {
        try growValues(to: slotsNeeded(slots, capacity))
        guard let new = Memory.resized(nodes, from: nodeCapacity, to: capacity) else {
          throw .outOfMemory(byteCount: (capacity - nodeCapacity) * MemoryLayout<Node>.stride)
        }
        nodes = new
        guard let new = Memory.resized(slotRuns, from: nodeCapacity + 1, to: capacity + 1) else {
          throw .outOfMemory(byteCount: (capacity - nodeCapacity) * MemoryLayout<SlotRun>.stride)
        }
        (slotRuns, nodeCapacity) = (new, capacity)
        // For labels, and for the marks of a collection.
        guard Memory.hasRoom(for: 8 * (capacity - nodeCount), within: .max) else {
          nodeCapacity = nodeCount
          throw .outOfMemory(byteCount: 8 * (capacity - nodeCount))
        }
        return
      } catch {
        let smaller = nodeCapacity + (capacity - nodeCapacity) / 2
        guard smaller >= nodeCount + Swift.min(1 << 10, nodeLimit - nodeCount), smaller < capacity
        else { throw error }
        capacity = smaller
      }
    }
  }

  /// Makes room for slots: twice as many as there was for, or just those needed where memory is short.
  /// Memory that is never used is never touched, so that it costs only addresses.
  private mutating func growValues(to needed: Int) throws(GraphError) {
    guard needed > slotCapacity else { return }
    for capacity in [Swift.max(slotCapacity * 2, needed), needed] {
      if let new = Memory.resized(values, from: slotCapacity, to: capacity) {
        (values, slotCapacity) = (new, capacity)
        return
      }
    }
    throw .outOfMemory(byteCount: (needed - slotCapacity) * MemoryLayout<Double>.stride)
  }

  private mutating func growLists(to needed: Int) throws(GraphError) {
    for capacity in [Swift.max(listCapacity * 2, needed), needed] {
      if let new = Memory.resized(lists, from: listCapacity, to: capacity) {
        (lists, listCapacity) = (new, capacity)
        return
      }
    }
    throw .outOfMemory(byteCount: (needed - listCapacity) * MemoryLayout<Int32>.stride)
  }

  /// Sees to `hasRoom`'s promise after nodes have gone: where there is no memory for their slots, there is
  /// room for fewer nodes.
  mutating func ensureRoom() {
    do throws(GraphError) { try growValues(to: slotsNeeded(0, nodeCapacity)) } catch {
      nodeCapacity = Swift.max(nodeCount, nodeCount + (slotCapacity - slotCount) / 4 - 1)
    }
  }

  /// The storage, resized; whoever asks for much has required the memory before.
  static func resized<T>(
    _ old: UnsafeMutablePointer<T>, toCapacity capacity: Int
  ) -> UnsafeMutablePointer<T> {
    guard let new = Memory.resized(old, from: capacity, to: capacity) else {
      fatalError("out of memory: no room for \(capacity) records")
    }
    return new
  }

  /// New storage, to be resized and given back; whoever asks for much has required the memory before.
  static func allocate<T>(_ type: T.Type, capacity: Int) -> UnsafeMutablePointer<T> {
    guard let new = Memory.allocated(type, capacity: capacity) else {
      fatalError("out of memory: no room for \(capacity) records")
    }
    return new
  }

  /// The same, which holds zeros.
  static func allocateZeros<T: BitwiseCopyable>(
    _ type: T.Type, capacity: Int
  ) -> UnsafeMutablePointer<T> {
    guard let new = Memory.allocatedZeros(type, capacity: capacity) else {
      fatalError("out of memory: no room for \(capacity) records")
    }
    return new
  }
}
