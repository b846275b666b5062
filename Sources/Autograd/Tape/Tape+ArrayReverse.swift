// The reverse sweep over array nodes. Element by element the scalar rules are read in loops; whole
// arrays' pullbacks are computed as plain arrays and added.

extension Tape {
  /// Adds to the adjoints of an array node's operands what its own implies.
  func sweepArray(_ index: Int, at start: Int, _ state: Adjoints) {
    let count = arrayCount(of: nodes[index])
    let adjoint = UnsafePointer(state.numbers + start)
    guard state.isNonzero(start, count) else { return }
    state.ready(start, count)
    let record = arrayRecord(of: index)
    switch record.operation {
    case .unary(let operation): sweep(operation, record, start, state)
    case .binary(let operation): PairSweep(self, record, start, state).run(operation)
    case .ternary(let operation): sweep(operation, record, start, state)
    case .whole(.sum): sweepSum(record, adjoint, state)
    case .whole: sweepWhole(record, start, adjoint, state)
    }
  }

  private func sweep(
    _ operation: UnaryOperation, _ record: ArrayRecord, _ start: Int, _ state: Adjoints
  ) {
    let operand = Int(record.operands[0].slot)
    let (x, y) = (UnsafePointer(values + operand), UnsafePointer(values + start))
    let (g, target) = (UnsafePointer(state.numbers + start), state.numbers + operand)
    let count = record.shape.count
    @inline(__always) func each(_ local: (Double, Double) -> Double) {
      state.forEachPart(of: operand, count) { part, isNew in
        let first = part.lowerBound
        LongWork.shared(of: part.count, isCostly: operation.hasCostlyDerivative) { share in
          for k in first + share.lowerBound..<first + share.upperBound {
            let amount = g[k] == 0 ? 0 : g[k] * local(x[k], y[k])
            target[k] = (isNew ? 0 : target[k]) + amount
          }
        }
      }
    }
    if operation == .negate {
      each { _, _ in -1 }
    } else if operation == .exp {
      each { _, y in y }
    } else if operation.isInPieces {
      state.ready(operand, count)
      for k in 0..<count where g[k] != 0 {
        let local: Double = operation.derivative(at: x[k], result: y[k])
        if local != 0 { target[k] += g[k] * local }
      }
    } else {
      each { x, y in operation.derivative(at: x, result: y) }
    }
  }

  private func sweep(
    _ operation: TernaryOperation, _ record: ArrayRecord, _ start: Int, _ state: Adjoints
  ) {
    let slots = record.operands.map { Int($0.slot) }
    let shapes = record.operands.map(\.shape)
    for operand in record.operands { state.ready(Int(operand.slot), operand.shape.count) }
    BroadcastLoops(record.shape, shapes[0], shapes[1], shapes[2]).forEachRun { run in
      for k in 0..<run.count {
        let g = state.numbers[start + run.start + k]
        guard g != 0 else { continue }
        let x = slots[0] + run.offsets.0 + k * run.strides.0
        let y = slots[1] + run.offsets.1 + k * run.strides.1
        let z = slots[2] + run.offsets.2 + k * run.strides.2
        let local: (x: Double, y: Double, z: Double) = operation.derivatives(
          values[x], values[y], values[z])
        if local.x != 0 { state.numbers[x] += g * local.x }
        if local.y != 0 { state.numbers[y] += g * local.y }
        if local.z != 0 { state.numbers[z] += g * local.z }
      }
    }
  }

  /// The commonest of the whole operations: each adjoint goes to every number of its line.
  private func sweepSum(
    _ record: ArrayRecord, _ g: UnsafePointer<Double>, _ state: Adjoints
  ) {
    guard !record.operands[0].isConstant else { return }
    let slot = Int(record.operands[0].slot)
    let target = state.numbers + slot
    let split = AxisSplit(parameters(of: record))
    for o in 0..<split.outer {
      if split.inner == 1 {
        let (line, amount) = (target + o * split.length, g[o])
        state.forEachPart(of: slot + o * split.length, split.length) { part, isNew in
          for k in part { line[k] = (isNew ? 0 : line[k]) + amount }
        }
        continue
      }
      state.ready(slot + o * split.length * split.inner, split.length * split.inner)
      for k in 0..<split.length {
        let row = target + (o * split.length + k) * split.inner
        for i in 0..<split.inner { row[i] += g[o * split.inner + i] }
      }
    }
  }

  /// Any other: the table's pullback, read with plain arrays.
  private func sweepWhole(
    _ record: ArrayRecord, _ start: Int, _ g: UnsafePointer<Double>, _ state: Adjoints
  ) {
    func plain(_ start: UnsafePointer<Double>, _ shape: Shape) -> PlainArray {
      PlainArray(Numbers(borrowing: start, shape: shape))
    }
    let operands = record.operands.map { plain(values + Int($0.slot), $0.shape) }
    let parameters = parameters(of: record)
    for (k, operand) in record.operands.enumerated() where !operand.isConstant {
      let contribution = record.operation.pullback(
        to: k, plain(g, record.shape), operands, result: plain(values + start, record.shape),
        parameters)
      guard let contribution else { continue }
      state.ready(Int(operand.slot), operand.shape.count)
      contribution.numbers.add(to: state.numbers + Int(operand.slot))
    }
  }
}

extension Adjoints {
  /// Cuts a run of slots that is about to be added to into a part where nothing has been written yet,
  /// as long as it is of whole blocks, and the others; calls `body` with each part, counted from the
  /// run's start, and whether it is new.
  @inline(__always)
  func forEachPart(
    of slot: Int, _ count: Int, _ body: (_ part: Range<Int>, _ isNew: Bool) -> Void
  ) {
    let blocks =
      (slot + 63) >> Adjoints.blockBits..<max(slot + count, slot + 63) >> Adjoints.blockBits
    guard !blocks.isEmpty, areNew(blocks) else {
      ready(slot, count)
      body(0..<count, false)
      return
    }
    let first = blocks.lowerBound << Adjoints.blockBits - slot
    let end = blocks.upperBound << Adjoints.blockBits - slot
    ready(slot, first)
    ready(slot + end, count - end)
    mark(blocks)
    if first > 0 { body(0..<first, false) }
    body(first..<end, true)
    if end < count { body(end..<count, false) }
  }
}
