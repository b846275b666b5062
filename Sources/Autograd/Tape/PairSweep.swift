internal import CKernels

/// The reverse sweep over an operation on two operands, element by element. Unsafe in that it reads and
/// writes the tape's storage, within the shapes of the record.
struct PairSweep {
  private let shape: Shape
  private let left, right: ArrayRecord.Operand
  private let loops: BroadcastLoops
  /// The operands' numbers and the result's.
  private let x, y, z: UnsafePointer<Double>
  /// The result's adjoint.
  private let g: UnsafePointer<Double>
  private let state: Adjoints

  init(_ tape: Tape, _ record: ArrayRecord, _ start: Int, _ state: Adjoints) {
    shape = record.shape
    (left, right) = (record.operands[0], record.operands[1])
    loops = BroadcastLoops(record.shape, left.shape, right.shape)
    x = UnsafePointer(tape.values + Int(left.slot))
    y = UnsafePointer(tape.values + Int(right.slot))
    z = UnsafePointer(tape.values + start)
    g = UnsafePointer(state.numbers + start)
    self.state = state
  }

  /// Adds to both operands' adjoints. The commonest operations have loops of their own.
  func run(_ operation: BinaryOperation) {
    if operation == .add {
      add(to: .left, 1)
      add(to: .right, 1)
    } else if operation == .subtract {
      add(to: .left, 1)
      add(to: .right, -1)
    } else if operation == .multiply {
      add(to: .left, 1, times: .right)
      add(to: .right, 1, times: .left)
    } else if operation == .divide {
      add(to: .left) { _, y, _ in 1 / y }
      add(to: .right) { _, y, z in -(z / y) }
    } else if operation == .power, right.isConstant, right.shape.count == 1, y[0] == 2 {
      add(to: .left, 2, times: .left)
    } else {
      let isInPieces = operation.isInPieces
      add(to: .left, isInPieces: isInPieces) {
        operation.derivative(for: .left, $0, $1, result: $2)
      }
      add(to: .right, isInPieces: isInPieces) {
        operation.derivative(for: .right, $0, $1, result: $2)
      }
    }
  }

  private func operand(_ side: OperandSide) -> ArrayRecord.Operand { side.pick(left, right) }

  // MARK: Local derivatives that are a multiple of an operand

  /// Adds what an operand gets whose local derivative is `scale`, or `scale` times one of the operands.
  private func add(to side: OperandSide, _ scale: Double, times factor: OperandSide? = nil) {
    if operand(side).isConstant { return }
    // Without a factor the other operand does not matter, and its shape cuts no loop short.
    let own = operand(side).shape
    let loops = factor == nil ? BroadcastLoops(shape, own, own) : loops
    guard side.pick(loops.strides.0, loops.strides.1) == 1,
      loops.strides.0 <= 1, loops.strides.1 <= 1
    else {
      return add(to: side) { x, y, _ in factor.map { scale * $0.pick(x, y) } ?? scale }
    }
    let slot = Int(operand(side).slot)
    // No more than what the loop over short rows needs.
    let (g, state, numbers) = (g, state, factor?.pick(x, y))
    withUnsafePointer(to: 1.0) { one in
      loops.forEachRun { run in
        let first = slot + side.pick(run.offsets.0, run.offsets.1)
        let offset = factor?.pick(run.offsets.0, run.offsets.1) ?? 0
        let stride = factor?.pick(run.strides.0, run.strides.1) ?? 0
        let factors = (numbers ?? one) + offset
        state.forEachPart(of: first, run.count) { part, isNew in
          let start = part.lowerBound
          celementwise_accumulate(
            state.numbers + first + start, isNew ? 1 : 0, g + run.start + start, scale,
            celementwise_operand(numbers: factors + start * stride, stride: stride), part.count)
        }
      }
    }
  }

  // MARK: Any others

  /// Adds what an operand gets whose local derivative is computed from x, y and z.
  @inline(__always)
  private func add(
    to side: OperandSide, isInPieces: Bool = false, _ local: (Double, Double, Double) -> Double
  ) {
    let operand = operand(side)
    if operand.isConstant { return }
    let slot = Int(operand.slot)
    loops.forEachRun { run in
      let first = slot + side.pick(run.offsets.0, run.offsets.1)
      let stride = side.pick(run.strides.0, run.strides.1)
      @inline(__always) func accumulate(_ run: BroadcastLoops.Run, _ isNew: Bool) {
        self.accumulate(run, side, slot, isNew: isNew) { g, x, y, z in
          let local = local(x, y, z)
          return g == 0 || isInPieces && local == 0 ? 0 : g * local
        }
      }
      if stride == 1 {
        state.forEachPart(of: first, run.count) { accumulate(run.part($0), $1) }
      } else {
        state.ready(first, (run.count - 1) * stride + 1)
        accumulate(run, false)
      }
    }
  }

  /// A stretch of contributions, computed from (g, x, y, z), added to one operand's adjoints; those
  /// that are new are not read.
  @inline(__always)
  private func accumulate(
    _ run: BroadcastLoops.Run, _ side: OperandSide, _ slot: Int, isNew: Bool,
    _ amount: (Double, Double, Double, Double) -> Double
  ) {
    let (x, y) = (x + run.offsets.0, y + run.offsets.1)
    let (g, z) = (g + run.start, z + run.start)
    let (sx, sy) =
      run.strides.0 <= 1 && run.strides.1 <= 1 ? (run.strides.0, run.strides.1) : (2, 2)
    let stride = side.pick(run.strides.0, run.strides.1)
    let target = state.numbers + slot + side.pick(run.offsets.0, run.offsets.1)
    @inline(__always) func add(_ amount: Double, _ k: Int) {
      target[k] = (isNew ? 0 : target[k]) + amount
    }
    if sx == 1, sy == 1 {
      for k in 0..<run.count { add(amount(g[k], x[k], y[k], z[k]), k) }
    } else if sx == 1, sy == 0, stride == 1 {
      let y = y[0]
      for k in 0..<run.count { add(amount(g[k], x[k], y, z[k]), k) }
    } else if sx == 0, sy == 1, stride == 1 {
      let x = x[0]
      for k in 0..<run.count { add(amount(g[k], x, y[k], z[k]), k) }
    } else if stride == 0 {
      var total = 0.0
      for k in 0..<run.count {
        total += amount(g[k], x[k * run.strides.0], y[k * run.strides.1], z[k])
      }
      target[0] += total
    } else {
      for k in 0..<run.count {
        target[k * stride] += amount(g[k], x[k * run.strides.0], y[k * run.strides.1], z[k])
      }
    }
  }
}
