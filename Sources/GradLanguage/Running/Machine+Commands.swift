import Autograd

extension Machine {
  /// Runs the recorded program forward again.
  ///
  /// - Parameter top: the end of the registers in use.
  func forward(
    _ target: Register?, shows: Bool, top: Int
  ) throws(MachineError) {
    var slot: Int32?
    if let target {
      if target.isTracked {
        slot = target.slot
      } else if target.kind == .array, heap.arrays[target.handle].isTracked {
        slot = heap.arrays[target.handle].slot
      } else {
        throw MachineError(.notTracked(describe(target), by: "`forward`"))
      }
    }
    if shows { try requireTable() }
    let report: ForwardReport
    do throws(GraphError) {
      report = try graph.forward(
        to: slot, strict: settings.strict, trap: settings.trap, results: { self.heldSlots(top) },
        shouldStop: { self.shouldStop })
    } catch {
      throw machineError(error)
    }
    if let origin = report.trippedGuards.first {
      warn(.otherWayNow, at: Int(origin.rawValue))
    }
    if let node = report.firstNonFinite { warnNonFinite(node) }
    noteEffect()
    if shows { output(.table(table(of: slot, .forward))) }
  }

  /// The slots of what names and the registers of functions hold; outside functions registers hold nothing
  /// that lasts.
  private func heldSlots(_ top: Int) -> [Range<Int32>] {
    let own = hot.pointee.frames.count == 0 ? 0 : top
    let values = namedValues().map(\.value) + (0..<own).map { registers[$0] }
    let end = Int32(graph.tape.pointee.slotCount)
    return values.compactMap(slots(of:)).filter { $0.upperBound <= end }
  }

  /// `show` and `show L`.
  func show(_ value: Register?) throws(MachineError) {
    try requireTable()
    guard let value else {
      output(.names(table(of: nil, .show)))
      return
    }
    if value.isTracked {
      output(.names(table(of: value.slot, .show)))
    } else if value.kind == .array, heap.arrays[value.handle].isTracked {
      output(.names(table(of: heap.arrays[value.handle].slot, .show)))
    } else {
      throw MachineError(.notTracked(describe(value), by: "`show`"))
    }
  }

  /// Shows a value by the name that it was asked by.
  ///
  /// - Parameter isResult: whether it is an expression's value, which `ans` then means.
  func echo(_ value: Register, name: String?, isResult: Bool) {
    if value.isNothing { return }
    output(.value(shown(value), name: name))
    if isResult { setAnswer(value) }
  }

  /// `assert`
  func check(
    _ condition: Register, sides: UnsafeMutablePointer<Register>, compared: Int,
    reason: Register?
  ) throws(MachineError) {
    guard condition.isNumber else { throw MachineError(.badCondition(describe(condition))) }
    if condition.number != 0, !condition.number.isNaN { return }
    var comparison: Problem.Comparison?
    if let operation = BinaryOperation(rawValue: UInt8(truncatingIfNeeded: compared)), compared >= 0
    {
      let (left, right) = distinguished(sides[0].number, sides[1].number)
      comparison = Problem.Comparison(left: left, symbol: operation.name, right: right)
    }
    throw MachineError(
      .assertionFailed(comparison: comparison, reason: reason.map { text(of: $0) }))
  }

  /// Two numbers with as many digits as tell them apart.
  private func distinguished(_ x: Double, _ y: Double) -> (String, String) {
    let (left, right) = (NumberFormat.standard.text(x), NumberFormat.standard.text(y))
    if left != right || x == y { return (left, right) }
    return (NumberFormat.shortest.text(x), NumberFormat.shortest.text(y))
  }

  /// The pieces of a string, joined.
  func joined(
    _ pieces: UnsafeMutablePointer<Register>, _ count: Int
  ) throws(MachineError) -> Register {
    var text = ""
    for k in 0..<count {
      try requireText(of: pieces[k], beside: text.utf8.count)
      text += self.text(of: pieces[k])
      if interrupt.isRequested { throw MachineError(.interrupted) }
      guard text.utf8.count <= Machine.textLimit else {
        throw MachineError(.textTooLong(limit: Machine.textLimit))
      }
    }
    return heap.add(text)
  }

  /// A number in an interpolation's format.
  func formatted(_ value: Register, _ format: Register) throws(MachineError) -> Register {
    try requireText(of: value)
    let text = heap.strings[format.handle]
    guard let format = NumberFormat(text) else { throw MachineError(.badFormat(text)) }
    switch shown(value) {
    case .number(let number): return heap.add(format.text(number.data))
    case .array: return heap.add(ValueText.text(of: shown(value), format: format))
    case .string, .table, .function, .nothing:
      throw MachineError(
        .wrongKind(expected: "a number", found: describe(value), by: "`:\(text)`"))
    }
  }

  // MARK: Tables

  /// The user's names with their values, in the order in which the values were computed.
  func namedValues() -> [(name: String, value: Register)] {
    ownGlobals.map { (names.names[$0], globals[$0]) }
      .sorted { order($0.value) < order($1.value) }
  }

  /// The numbers of the names that the user has given a value.
  var ownGlobals: [Int] {
    (0..<globalCount).filter { !globals[$0].isUnassigned && isOwn($0) }
  }

  /// Whether a global that has a value has it from the user.
  func isOwn(_ index: Int) -> Bool {
    if index == GlobalNames.answer { return !isAnswerAutomatic }
    return index > GlobalNames.answer || isShadowed(index)
  }

  private func isShadowed(_ index: Int) -> Bool {
    index < Builtin.all.count
      ? globals[index].meta != Register(.builtin, index).meta
      : globals[index].isTracked
        || globals[index].number.bitPattern
          != Builtin.constants[index - Builtin.all.count].value.bitPattern
  }

  /// Functions and plain values come before the graph's.
  private func order(_ value: Register) -> Int32 {
    firstSlot(of: value) ?? -1
  }

  /// The slot of a tracked number, the first one of a tracked array.
  func firstSlot(of value: Register) -> Int32? {
    if value.isTracked { return value.slot }
    guard value.kind == .array, heap.arrays[value.handle].isTracked else { return nil }
    return heap.arrays[value.handle].slot
  }

  /// What names stand for in the graph.
  func bindings(of names: [(name: String, value: Register)]) -> [String: BoundNames.Binding] {
    var bindings: [String: BoundNames.Binding] = [:]
    for (name, value) in names {
      bindings[name] = firstSlot(of: value).map { .slot($0) } ?? .plain
    }
    return bindings
  }

  /// The slots of a tracked number or array.
  func slots(of value: Register) -> Range<Int32>? {
    guard let first = firstSlot(of: value) else { return nil }
    let count = value.isTracked ? 1 : heap.arrays[value.handle].count
    return first..<first + Int32(count)
  }

  /// The names in the graph of a node, or all names.
  func table(of root: Int32?, _ purpose: NameTable.Purpose) -> NameTable {
    let names = namedValues()
    let formulas = Formulas(graph, bindings: bindings(of: names))
    var rows: [NameTable.Row] = []
    let reached = root.map { graph.ancestors(of: $0) }
    var bound: Set<Int32> = []
    for (name, value) in names {
      let slot = firstSlot(of: value)
      if let reached {
        guard let slot, let node = graph.tape.pointee.node(at: slot), node < reached.count,
          reached[node]
        else { continue }
        bound.insert(slot)
      } else if purpose != .show, slot == nil {
        continue
      }
      rows.append(
        NameTable.Row(
          name: name, value: shown(value), formula: slot.map { formulas.text(of: $0) } ?? ""))
    }
    return NameTable(
      purpose: purpose, rows: rows,
      earlierValues: reached.map { earlierValues($0, bound) } ?? 0)
  }

  /// How many labelled values among the nodes reached no name is bound to any more.
  private func earlierValues(_ reached: [Bool], _ bound: Set<Int32>) -> Int {
    let tape = graph.tape.pointee
    let named = bound.count { slot in
      guard graph.labels[slot] != nil, let node = tape.node(at: slot) else { return false }
      return node < reached.count && reached[node] && tape.slot(of: node) == Int(slot)
    }
    return graph.labelledCount(among: reached) - named
  }
}
