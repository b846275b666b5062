import Autograd

extension Machine {
  // MARK: Globals

  /// Binds a global: plain data becomes a leaf, a node without a label gets this one.
  func storeGlobal(_ global: Int, _ value: Register, _ origin: Origin) throws(MachineError) {
    if value.isNothing { throw MachineError(.noValue("the right side")) }
    if global < GlobalNames.answer { noteShadowing(global, at: Int(origin.rawValue)) }
    if !plainGlobals.isEmpty, plainGlobals.contains(global) {
      hot.pointee.globals[global] = try data(of: value)
      noteEffect()
      return
    }
    let bound = try tracked(value, origin)
    if global == GlobalNames.answer { releaseAnswer() }
    let old = globals[global]
    if bound.isTracked {
      noteExtent(of: bound.slot)
      graph.labels.label(bound.slot, label(ofGlobal: global))
    } else if bound.kind == .array, heap.arrays[bound.handle].isTracked {
      noteExtent(of: heap.arrays[bound.handle].slot)
      graph.labels.label(heap.arrays[bound.handle].slot, label(ofGlobal: global))
    }
    hot.pointee.globals[global] = bound
    if old.isTracked, old.meta != bound.meta {
      noteRebinding(global, old, at: Int(origin.rawValue))
    } else if old.kind == .array, !updates.isEmpty, heap.arrays[old.handle].isTracked {
      noteUpdate(global, at: Int(origin.rawValue))
    }
    noteEffect()
  }

  /// So many conditions of a statement stay with what it binds, whatever stands between them.
  static let guardsOfStatement = 64

  /// A value that is bound for the first time is the one that it is because of the conditions that this
  /// statement decided, also after it was computed: a loop's last one, that of an early `return`.
  func noteExtent(of slot: Int32) {
    let last = graph.tape.pointee.lastGuard
    guard let mark = statementMark, last >= mark.slotCount, graph.isUncompacted(since: mark),
      graph.labels[slot] == nil || slot < mark.slotCount
    else { return }
    let isWhole = graph.guardCount - statementGuards <= Machine.guardsOfStatement
    if last > slot || isWhole { graph.noteExtent(of: slot, since: mark, isWhole: isWhole) }
  }

  /// The condition at an address kept a block from running, or ended a loop: a name that the block binds has
  /// the value that it has because of it, too, if it is tracked and has left a guard.
  func noteDecision(ofGlobal global: Int, _ address: Int) {
    guard let mark = statementMark, graph.tape.pointee.lastGuard >= mark.slotCount,
      graph.isUncompacted(since: mark), global < globalCount,
      let slot = firstSlot(of: globals[global])
    else { return }
    // `a > 1 and b > 2` has left two, in the order of the text; before them may stand an earlier round's.
    let here = program.locations[address]
    var (count, next) = (0, here.range.end)
    while let origin = graph.guardOrigin(beforeLast: count) {
      let guarded = program.locations[Int(origin.rawValue)]
      guard guarded.source == here.source, here.range.start <= guarded.range.start,
        guarded.range.end <= next
      else { break }
      next = guarded.range.start
      count += 1
    }
    if count > 0 { graph.noteDecision(of: slot, by: count, since: mark) }
  }

  /// The value as part of the graph: plain numbers and arrays become leaves.
  func tracked(_ value: Register, _ origin: Origin) throws(MachineError) -> Register {
    do throws(GraphError) {
      if value.isPlainNumber {
        return Register(value.number, slot: try graph.recordLeaf(value.number, origin: origin))
      }
      guard value.kind == .array else { return value }
      let array = heap.arrays[value.handle]
      guard !array.isTracked, array.count > 0, !array.isColumn else { return value }
      try Memory.require(array.count * MemoryLayout<Double>.stride, within: settings.memoryLimit)
      let slot = try graph.recordLeaf(plainNumbers(of: array), origin: origin)
      return heap.add(ArrayObject(shape: array.shape, slot: slot))
    } catch {
      throw machineError(error)
    }
  }

  /// Declares a global plain and stores the data of the value.
  func storePlainGlobal(
    _ global: Int, _ value: Register, _ origin: Origin
  ) throws(MachineError) {
    if value.isNothing { throw MachineError(.noValue("the right side")) }
    let data = try data(of: value)
    if global < GlobalNames.answer { noteShadowing(global, at: Int(origin.rawValue)) }
    if global == GlobalNames.answer { releaseAnswer() }
    plainGlobals.insert(global)
    hot.pointee.globalLabels[global] = -1
    hot.pointee.globals[global] = data
    noteEffect()
  }

  // MARK: Data and gradients

  /// The value as plain numbers: a snapshot.
  func data(of value: Register) throws(MachineError) -> Register {
    if value.isTracked { return Register(graph.data(at: value.slot)) }
    if value.kind == .table, heap.tables[value.handle].names.contains("data") {
      return try column("data", of: value)
    }
    guard value.kind == .array, heap.arrays[value.handle].isTracked else {
      share(value)
      return value
    }
    let array = heap.arrays[value.handle]
    try requireRoom(array.count)
    return heap.add(ArrayObject(shape: array.shape, numbers: numbers(of: array)))
  }

  /// The gradient of a tracked value, as plain numbers; 0 with a note where none was ever computed.
  func gradient(of value: Register, _ address: Int) throws(MachineError) -> Register {
    if value.isTracked {
      guard let gradient = graph.gradient(at: value.slot) else {
        noteMissingGradient(value.slot, address)
        return Register(0.0)
      }
      return Register(gradient)
    }
    if value.kind == .table { return try column("grad", of: value) }
    guard value.kind == .array, heap.arrays[value.handle].isTracked else {
      throw MachineError(.notTracked(describe(value), by: "`.grad`"))
    }
    let array = heap.arrays[value.handle]
    try requireRoom(array.count, copies: 3)
    var gradients: [Double] = []
    gradients.reserveCapacity(array.count)
    for index in 0..<array.count {
      let gradient = graph.gradient(at: array.slot + Int32(index))
      if gradient == nil { noteMissingGradient(array.slot, address) }
      gradients.append(gradient ?? 0)
    }
    return heap.add(ArrayObject(shape: array.shape, numbers: gradients))
  }

  /// Changes the data of a leaf in place.
  func storeData(_ target: Register, _ value: Register) throws(MachineError) {
    let (first, count) = try leafSlots(target)
    let numbers = try plainNumbers(value, count: count, like: target)
    for (offset, number) in numbers.enumerated() {
      graph.tape.pointee.values[Int(first) + offset] = number
    }
    graph.noteChange(of: Int(first)..<Int(first) + count)
    noteEffect()
  }

  func leafSlots(_ target: Register) throws(MachineError) -> (first: Int32, count: Int) {
    if target.isTracked {
      guard graph.isLeaf(target.slot) else {
        throw MachineError(.notALeaf(name(of: target.slot) ?? describe(target)))
      }
      return (target.slot, 1)
    }
    guard target.kind == .array, heap.arrays[target.handle].isTracked else {
      throw MachineError(.notTracked(describe(target), by: "`:=`"))
    }
    let array = heap.arrays[target.handle]
    guard graph.isLeaf(array.slot) else {
      throw MachineError(.notALeaf(name(of: array.slot) ?? describe(target)))
    }
    return (array.slot, array.count)
  }

  private func name(of slot: Int32) -> String? {
    graph.labels[slot].map { "`\(graph.labels.text($0))`" }
  }

  /// The numbers of a value that has the shape of `target`.
  private func plainNumbers(
    _ value: Register, count: Int, like target: Register
  ) throws(MachineError) -> [Double] {
    if value.isNumber, target.isNumber { return [refreshed(value).number] }
    guard value.kind == .array, target.kind == .array else {
      throw MachineError(
        .wrongKind(
          expected: target.isNumber ? "a number" : describe(target),
          found: describe(value), by: "a leaf"))
    }
    let (new, old) = (heap.arrays[value.handle], heap.arrays[target.handle])
    guard new.shape == old.shape else {
      throw MachineError(
        .shapeMismatch(left: shapeText(old.shape), right: shapeText(new.shape), by: "cannot become")
      )
    }
    return numbers(of: new)
  }

  /// Sets a gradient by hand.
  func storeGradient(_ target: Register, _ value: Register) throws(MachineError) {
    let first: Int32
    if target.isTracked {
      first = target.slot
    } else if target.kind == .array, heap.arrays[target.handle].isTracked {
      first = heap.arrays[target.handle].slot
    } else {
      throw MachineError(.notTracked(describe(target), by: "`.grad`"))
    }
    let numbers = try plainNumbers(value, count: 1, like: target)
    do throws(GraphError) {
      for (offset, number) in numbers.enumerated() {
        try graph.setGradient(number, at: first + Int32(offset))
      }
    } catch { throw machineError(error) }
    noteEffect()
  }
}
