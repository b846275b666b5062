import Autograd

// Reclaiming what nothing reaches: nodes of the graph, arrays, strings and closures, by one marking.

extension Machine {
  /// Below this many nodes nothing is collected.
  static let smallestCollection = 1 << 14
  /// Below this many slots arrays of the graph do not make a collection due.
  static let smallestSlotCollection = 1 << 17
  /// After this many new strings, arrays and closures a collection is due.
  static let heapCollection = 1 << 12

  /// Frees what no global, register of the frames below `top`, array or closure reaches.
  ///
  /// The next collection is due when the graph has grown to a multiple of what lives now, so that the
  /// cost of collecting is a small, constant share of recording.
  func collect(top: Int) {
    var marks = HeapMarks(heap)
    var slots: [Range<Int32>] = []
    var pending: [Register] = []
    for index in 0..<globalCount { pending.append(globals[index]) }
    for index in 0..<top { pending.append(registers[index]) }
    for index in 0..<hot.pointee.built.count { pending.append(hot.pointee.built[index]) }
    for index in 0..<hot.pointee.frames.count { pending.append(hot.pointee.frames[index].callee) }
    for derivative in derivatives { pending.append(contentsOf: derivative.registers) }
    var live: [Register] = []
    while let value = pending.popLast() {
      if value.isTracked {
        // A register that is out of use may name a slot that has been forgotten.
        guard Int(value.slot) < graph.tape.pointee.slotCount else { continue }
        slots.append(value.slot..<value.slot + 1)
      } else if value.isNumber {
        continue
      } else if mark(value, &marks, &pending) {
        live.append(value)
      }
    }
    for value in live where value.kind == .array {
      let array = heap.arrays[value.handle]
      let end = array.slot + Int32(array.count)
      if array.isTracked, Int(end) <= graph.tape.pointee.slotCount {
        slots.append(array.slot..<end)
      }
    }
    let lasting = graph.slotEnd(ofNodes: hot.pointee.lastingNodes)
    // Bits for slots, and marks for nodes.
    let hasRoom = Memory.hasRoom(
      for: graph.tape.pointee.slotCount / 2 + 2 * graph.nodeCount, within: .max)
    if hasRoom, let relocation = graph.compact(keeping: slots, worthwhile: 0.25) {
      relocate(relocation, live: live, top: top)
      hot.pointee.lastingNodes = graph.nodeCount(below: relocation.liveCount(below: lasting))
    }
    heap.sweep(marks)
    recordedAtCollection = graph.recordedCount
    scheduleCollection()
  }

  /// Decides at how many nodes the next collection is due, with what the graph holds now.
  func scheduleCollection() {
    let kept = graph.nodeCount
    // Up to 2²⁴ nodes a sweep needs no memory of its own; beyond, graphs grow with more care.
    let factor = kept < 1 << 16 ? 16 : kept < 1 << 18 ? 8 : kept < 1 << 23 ? 3 : 2
    let wanted = max(
      Machine.smallestCollection,
      kept < 1 << 23 ? min(kept * factor, 1 << 24 - 1 << 16) : kept * factor)
    let slots = graph.tape.pointee.slotCount
    let wantedSlots = max(
      Machine.smallestSlotCollection, slots < 1 << 21 ? slots * 8 : slots * 2)
    (hot.pointee.heap.collectAt, hot.pointee.heap.collectAtSlot) = (wanted, wantedSlots)
    // There is room for the first nodes, and the system need not be asked.
    guard kept > 0 || settings.nodeLimit != nil else { return }
    // Nothing that could be freed may stand in the way at the limit.
    let nodeLimit = settings.nodeLimit ?? Graph.defaultNodeLimit
    hot.pointee.heap.collectAt = min(wanted, kept + max(nodeLimit - kept, 2) / 2)
    let most = slots + max(graph.tape.pointee.slotLimit - slots, 2) / 2
    hot.pointee.heap.collectAtSlot = min(wantedSlots, most)
  }

  /// Marks a value of the heap; false when it was marked already or is none.
  private func mark(
    _ value: Register, _ marks: inout HeapMarks, _ pending: inout [Register]
  ) -> Bool {
    switch value.kind {
    case .string:
      guard value.handle < marks.strings.count else { return false }
      let isNew = !marks.strings[value.handle]
      marks.strings[value.handle] = true
      return isNew
    case .array:
      let isNew = !marks.arrays[value.handle]
      marks.arrays[value.handle] = true
      return isNew
    case .closure:
      guard value.handle < marks.closures.count else { return false }
      let isNew = !marks.closures[value.handle]
      marks.closures[value.handle] = true
      if isNew { pending.append(contentsOf: heap.closures[value.handle].captures) }
      return isNew
    case .derived:
      guard value.handle < marks.derived.count else { return false }
      let isNew = !marks.derived[value.handle]
      marks.derived[value.handle] = true
      if isNew { pending.append(heap.derived[value.handle].function) }
      return isNew
    case .table:
      guard value.handle < marks.tables.count else { return false }
      let isNew = !marks.tables[value.handle]
      marks.tables[value.handle] = true
      if isNew { pending.append(contentsOf: heap.tables[value.handle].columns) }
      return isNew
    case .unassigned, .nothing, .function, .builtin, nil: return false
    }
  }

  /// Follows the graph's slots to where they are now.
  private func relocate(_ relocation: Relocation, live: [Register], top: Int) {
    func moved(_ value: Register) -> Register {
      guard value.isTracked, let slot = relocation.newSlot(value.slot) else { return value }
      return Register(value.number, slot: slot)
    }
    for index in 0..<globalCount { hot.pointee.globals[index] = moved(globals[index]) }
    for index in 0..<top { registers[index] = moved(registers[index]) }
    for index in 0..<hot.pointee.built.count {
      hot.pointee.built[index] = moved(hot.pointee.built[index])
    }
    for index in derivatives.indices { derivatives[index].relocate(moved) }
    for value in live {
      if value.kind == .derived {
        heap.relocate(derived: value.handle, moved)
      } else if value.kind == .array {
        let slot = heap.arrays[value.handle].slot
        if slot >= 0, let new = relocation.newSlot(slot) {
          heap.relocate(array: value.handle, to: new)
        }
      } else if value.kind == .closure {
        heap.relocate(closure: value.handle, moved)
      }
    }
  }
}
