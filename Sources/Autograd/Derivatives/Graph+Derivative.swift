// Derivatives as values: reverse sweeps whose adjoints are nodes, so that they can be differentiated
// again; and numeric sweeps over a part of the tape that depends on nothing else, where nobody can.

/// A number, an array or a part of one in a graph.
package struct Place: Hashable {
  package let slot: Int32
  package let shape: Shape

  package init(slot: Int32, shape: Shape) {
    self.slot = slot
    self.shape = shape
  }

  package var slots: Range<Int32> { slot..<slot + Int32(shape.count) }
}

extension Graph {
  /// The derivatives of a weighted sum of what stands at `root` for each target.
  ///
  /// - Parameters:
  ///   - root: a tracked number or array.
  ///   - seed: the weights, in the root's shape; the adjoint of the root.
  ///   - targets: values of the graph; what the root does not depend on gets zeros.
  ///   - recorder: where the derivatives are recorded.
  /// - Returns: for each target a value in its shape.
  package func derivatives(
    of root: Place, seed: Traced, for targets: [Place], _ recorder: Recorder
  ) throws(GraphError) -> [Traced] {
    guard let firstSlot = targets.map(\.slot).min(),
      let first = tape.pointee.node(at: firstSlot), let last = tape.pointee.node(at: root.slot)
    else { return targets.map { zeros($0.shape) } }
    var sweep = TracedSweep(
      self, recorder, reached: slotsReached(from: targets, to: root), base: Int(firstSlot))
    sweep.add(seed, to: root)
    let shouldStop = LongWork.shouldStop ?? { false }
    var index = last
    while index >= first {
      sweep.visit(index)
      if recorder.error != nil { break }
      if index & Graph.sweepInterval == 0, shouldStop() { throw .interrupted }
      index -= 1
    }
    try recorder.check()
    return targets.map { sweep.adjoint(of: $0) ?? zeros($0.shape) }
  }

  /// A mask: one of so many nodes asks whether to stop.
  private static let sweepInterval = 0xFF

  private func zeros(_ shape: Shape) -> Traced {
    shape.rank == 0 ? 0 : Traced(Numbers([Double](repeating: 0, count: shape.count), shape: shape))
  }

  /// For each slot from the first target's on whether its number was computed from a target's.
  private func slotsReached(from targets: [Place], to root: Place) -> [Bool] {
    let base = Int(targets.map(\.slot).min() ?? 0)
    let end = max(Int(root.slots.upperBound), targets.map { Int($0.slots.upperBound) }.max() ?? 0)
    var reached = [Bool](repeating: false, count: max(end - base, 0))
    for target in targets { for slot in target.slots { reached[Int(slot) - base] = true } }
    var index = tape.pointee.node(at: Int32(base)) ?? 0
    var slots = tape.pointee.slotCursor
    while index < nodeCount, slots.slot(of: index) < end {
      defer { index += 1 }
      guard tape.pointee.nodes[index].operation.hasValue else { continue }
      let start = slots.slot(of: index) - base
      let count = tape.pointee.count(of: index)
      if tape.pointee.nodes[index].operation == .stack {
        // Element by element: a stack is many copies.
        var k = 0
        tape.pointee.forEachOperand(of: index) { slot in
          if slot >= base, reached[slot - base], start + k >= 0, start + k < reached.count {
            reached[start + k] = true
          }
          k += 1
        }
        continue
      }
      var depends = false
      tape.pointee.forEachOperand(of: index) { slot in
        depends = depends || slot >= base && reached[slot - base]
      }
      guard depends else { continue }
      for k in max(start, 0)..<min(start + count, reached.count) { reached[k] = true }
    }
    return reached
  }

  /// Whether nothing recorded from a slot on uses a tracked value from before; constants have been
  /// forgotten at that point.
  package func isSelfContained(from slot: Int32) -> Bool {
    var index = tape.pointee.node(at: slot) ?? nodeCount
    while index < nodeCount {
      var isInside = true
      tape.pointee.forEachOperand(of: index) { isInside = isInside && $0 >= Int(slot) }
      if !isInside { return false }
      index += 1
    }
    return true
  }

  /// The derivatives of a weighted sum of what stands at `root`, as numbers, for a target in a part of
  /// the tape that is self-contained from the slot `start` on.
  package func numericDerivatives(
    of root: Place, seed: [Double], for targets: [Place], from start: Int32,
    shouldStop: () -> Bool
  ) throws(GraphError) -> [[Double]] {
    let slots = Int(start)..<tape.pointee.slotCount
    try Memory.require(Adjoints.byteCount(slots: slots.count) + tape.pointee.pullbackByteCount)
    var adjoints = Adjoints(slots: slots)
    defer { adjoints.deallocate() }
    for (k, weight) in seed.enumerated() { adjoints.set(weight, at: Int(root.slot) + k) }
    guard
      tape.pointee.sweep(
        from: root.slots.upperBound - 1, into: adjoints, shouldStop: shouldStop)
    else { throw .interrupted }
    return targets.map { target in target.slots.map { adjoints.number(at: Int($0)) } }
  }
}

/// A reverse sweep whose adjoints are traced values.
private struct TracedSweep {
  /// What has been added to a part of a node's adjoint.
  private struct Piece {
    let offset: Int
    let count: Int
    let value: Traced
    /// Why it may be 0 here and there.
    let mask: AdjointMask
  }

  private let graph: Graph
  private let recorder: Recorder
  /// By slot, from `base` on: whether it depends on a target.
  private let reached: [Bool]
  private let base: Int
  private var pieces: [Int: [Piece]] = [:]
  private var adjoints: [Int: Traced] = [:]

  init(_ graph: Graph, _ recorder: Recorder, reached: [Bool], base: Int) {
    self.graph = graph
    self.recorder = recorder
    self.reached = reached
    self.base = base
  }

  private var tape: Tape { graph.tape.pointee }

  private func isReached(_ slots: Range<Int>) -> Bool {
    slots.clamped(to: base..<base + reached.count).contains { reached[$0 - base] }
  }

  /// Adds to the adjoint of a value that depends on a target.
  mutating func add(_ value: Traced, to place: Place) {
    let slots = Int(place.slot)..<Int(place.slot) + place.shape.count
    guard isReached(slots), let node = tape.node(at: place.slot) else { return }
    if case .number(0) = value.storage { return }
    let whole = Traced.broadcast(value, to: place.shape)
    pieces[node, default: []].append(
      Piece(
        offset: Int(place.slot) - tape.slot(of: node), count: place.shape.count,
        value: whole, mask: recorder.mask))
  }

  /// The adjoint of a target; nil when nothing was added to it.
  func adjoint(of target: Place) -> Traced? {
    guard let node = tape.node(at: target.slot), let whole = adjoints[node] else { return nil }
    return whole.part(Int(target.slot) - tape.slot(of: node), target.shape)
  }

  /// Passes a node's adjoint on to its operands.
  mutating func visit(_ index: Int) {
    guard let own = pieces.removeValue(forKey: index) else { return }
    let node = tape.nodes[index]
    let count = tape.count(of: index)
    let isScalar = node.operation.isOnNumbers
    let g = assembled(own, count).reshaped(isScalar ? .number : Shape(count: count))
    adjoints[index] = g
    let masks = own.map(\.mask) + [ownMask(of: index)]
    recorder.mask = masks.max { $0.rawValue < $1.rawValue } ?? .none
    defer { recorder.mask = .none }
    func number(_ slot: Int32) -> Traced { Traced(recorder, slot: slot, shape: .number) }
    func operand(_ slot: Int32, isConstant: Bool) -> Traced {
      isConstant ? Traced(constant: graph.data(at: slot)) : number(slot)
    }
    switch node.operation {
    case .unary(let operation):
      let y = number(Int32(tape.slot(of: index)))
      add(
        operation.pullback(g, number(node.left), result: y),
        to: Place(slot: node.left, shape: .number))
    case .binary(let operation):
      let x = operand(node.left, isConstant: node.leftIsConstant)
      let y = operand(node.right, isConstant: node.rightIsConstant)
      let z = number(Int32(tape.slot(of: index)))
      for (side, slot) in [(OperandSide.left, node.left), (.right, node.right)]
      where isReached(Int(slot)..<Int(slot) + 1) {
        add(
          operation.pullback(to: side, g, x, y, result: z),
          to: Place(slot: slot, shape: .number))
      }
    case .ternary(let operation):
      let slots = [node.left, node.right, tape.thirdOperand(of: index)]
      let x = slots.map { operand($0, isConstant: graph.isConstant($0)) }
      for (k, slot) in slots.enumerated() where isReached(Int(slot)..<Int(slot) + 1) {
        guard let contribution = operation.pullback(to: k, g, x) else { continue }
        add(contribution, to: Place(slot: slot, shape: .number))
      }
    case .stack: visitStack(node, g)
    case .array: visitArray(index, g)
    case .leaf, .branchGuard, .indexGuard, .operand: break
    }
  }

  /// Why the adjoints of a node's operands may be 0 here and there.
  private func ownMask(of index: Int) -> AdjointMask {
    switch tape.nodes[index].operation {
    case .unary(let operation): operation.isInPieces ? .flat : .none
    case .binary(let operation): operation.isInPieces ? .flat : .none
    case .ternary(let operation): operation == .select ? .choice : .flat
    case .array:
      switch tape.arrayRecord(of: index).operation {
      case .unary(let operation): operation.isInPieces ? .flat : .none
      case .binary(let operation): operation.isInPieces ? .flat : .none
      case .ternary(let operation): operation == .select ? .choice : .flat
      case .whole(let operation): [.maximum, .minimum].contains(operation) ? .flat : .none
      }
    case .leaf, .stack, .branchGuard, .indexGuard, .operand: .none
    }
  }

  /// Operands that stand in a row get their adjoints in one piece.
  private mutating func visitStack(_ node: Node, _ g: Traced) {
    let count = Int(node.right)
    let slots = (0..<count).map { tape.lists[Int(node.left) + $0] }
    var first = 0
    while first < count {
      var end = first + 1
      let owner = tape.node(at: slots[first])
      while end < count, slots[end] == slots[end - 1] + 1, tape.node(at: slots[end]) == owner {
        end += 1
      }
      let shape = end - first == 1 ? Shape.number : Shape([end - first])
      add(g.part(first, shape), to: Place(slot: slots[first], shape: shape))
      first = end
    }
  }

  private mutating func visitArray(_ index: Int, _ g: Traced) {
    let record = tape.arrayRecord(of: index)
    let parameters = tape.parameters(of: record)
    let operands = record.operands.map { operand -> Traced in
      guard operand.isConstant else {
        return Traced(recorder, slot: operand.slot, shape: operand.shape)
      }
      // A copy: the tape's buffer may move while the derivative is recorded.
      let numbers = Numbers(
        borrowing: tape.values + Int(operand.slot), shape: operand.shape)
      return Traced(Numbers(numbers.array, shape: operand.shape))
    }
    let result = Traced(recorder, slot: Int32(tape.slot(of: index)), shape: record.shape)
    for (k, operand) in record.operands.enumerated() where !operand.isConstant {
      guard isReached(Int(operand.slots.lowerBound)..<Int(operand.slots.upperBound)) else {
        continue
      }
      let contribution = record.operation.pullback(
        to: k, g.reshaped(record.shape), operands, result: result, parameters)
      guard let contribution else { continue }
      add(contribution, to: Place(slot: operand.slot, shape: operand.shape))
    }
  }

  // MARK: Putting pieces together

  /// The sum of what has been added, for all numbers of a node.
  private func assembled(_ pieces: [Piece], _ count: Int) -> Traced {
    let flat = Shape(count: count)
    let shape = count == 1 ? Shape.number : flat
    var total: Traced?
    func add(_ value: Traced) { total = total.map { $0 + value } ?? value }
    for piece in pieces where piece.count == count { add(piece.value.reshaped(shape)) }
    var parts: [Int: Piece] = [:]
    var overlapping: [Piece] = []
    for piece in pieces where piece.count != count {
      guard let known = parts[piece.offset] else {
        parts[piece.offset] = piece
        continue
      }
      guard known.count == piece.count else {
        overlapping.append(piece)
        continue
      }
      let row = Shape(count: piece.count)
      parts[piece.offset] = Piece(
        offset: piece.offset, count: piece.count,
        value: known.value.reshaped(row) + piece.value.reshaped(row),
        mask: known.mask.rawValue < piece.mask.rawValue ? piece.mask : known.mask)
    }
    // Layers of pieces that do not overlap: as many as lie above one number at most.
    var rest = (parts.values + overlapping).sorted { $0.offset < $1.offset }
    while !rest.isEmpty {
      var (layer, above): ([Piece], [Piece]) = ([], [])
      var end = 0
      for piece in rest {
        if piece.offset >= end {
          layer.append(piece)
          end = piece.offset + piece.count
        } else {
          above.append(piece)
        }
      }
      add(joined(layer, count))
      rest = above
    }
    return total ?? 0
  }

  /// Pieces that do not overlap, in order, with zeros between them.
  private func joined(_ pieces: [Piece], _ count: Int) -> Traced {
    guard pieces.contains(where: { $0.value.isTracked }) else {
      var numbers = [Double](repeating: 0, count: count)
      for piece in pieces {
        numbers.replaceSubrange(
          piece.offset..<piece.offset + piece.count, with: piece.value.numbers.array)
      }
      return Traced(Numbers(numbers, shape: Shape(count: count)))
    }
    let zero = recorder.operand(0).slot
    var slots = [Int32](repeating: zero, count: count)
    for piece in pieces {
      let first = recorder.operand(piece.value).slot
      for k in 0..<piece.count { slots[piece.offset + k] = first + Int32(k) }
    }
    let slot = recorder.record { () throws(GraphError) in
      try graph.recordStack(slots, origin: recorder.origin)
    }
    return Traced(recorder, slot: slot, shape: Shape(count: count))
  }
}

extension Operation {
  /// Whether operands and result are numbers, by the operation alone.
  fileprivate var isOnNumbers: Bool {
    switch self {
    case .unary, .binary, .ternary: true
    case .leaf, .stack, .array, .branchGuard, .indexGuard, .operand: false
    }
  }
}

extension Graph {
  /// What the adjoint of each operand of an array node receives from the result's; nil for constants
  /// and where no gradient flows.
  package func pullbacks(of node: Int, adjoint: [Double]) -> [[Double]?] {
    let record = tape.pointee.arrayRecord(of: node)
    func plain(_ slot: Int32, _ shape: Shape) -> PlainArray {
      PlainArray(
        Numbers(borrowing: UnsafePointer(tape.pointee.values + Int(slot)), shape: shape))
    }
    let operands = record.operands.map { plain($0.slot, $0.shape) }
    let result = plain(Int32(tape.pointee.slot(of: node)), record.shape)
    let g = PlainArray(Numbers(adjoint, shape: record.shape))
    return record.operands.enumerated().map { k, operand in
      if operand.isConstant { return nil }
      return record.operation.pullback(
        to: k, g, operands, result: result, tape.pointee.parameters(of: record)
      )?.numbers.array
    }
  }
}
