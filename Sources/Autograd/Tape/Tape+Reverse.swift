// The reverse sweep. Unsafe only in that it reads the tape's storage; see `Tape.swift`.

extension Tape {
  /// Adds to the adjoints what the one at `root` implies for every node that it depends on.
  ///
  /// One pass down the tape: index order is a topological order. A zero adjoint contributes nothing,
  /// even where the local derivative is infinite. Blocks of slots that nothing has been added to are
  /// skipped: the cost is that of the root's graph, not of the tape.
  ///
  /// - Parameters:
  ///   - root: the slot whose adjoint has been seeded.
  ///   - adjoints: zero, or seeded, for every slot up to the root.
  ///   - shouldStop: asked now and then; when true the sweep ends early and returns false.
  @inline(never)
  package func sweep(
    from root: Int32, into adjoints: Adjoints, shouldStop: () -> Bool
  ) -> Bool {
    guard let index = node(at: root) else { return true }
    return productRuns.withUnsafeBufferPointer { runs in
      sweep(from: index, adjoints, RunCursor(runs), shouldStop)
    }
  }

  /// The last run that has not been passed on the way down.
  private struct RunCursor {
    private let runs: UnsafeBufferPointer<ProductRun>
    private var next: Int
    /// Its last slot; -1 when there is none.
    private(set) var slot: Int

    init(_ runs: UnsafeBufferPointer<ProductRun>) {
      self.runs = runs
      next = runs.count - 1
      slot = runs.last.map { Int($0.lastSlot) } ?? -1
    }

    /// The number of its products.
    var count: Int { Int(runs[next].count) }

    /// Passes runs that end above a slot.
    @inline(never)
    mutating func move(to slot: Int) {
      while next >= 0, Int(runs[next].lastSlot) > slot { next -= 1 }
      self.slot = next >= 0 ? Int(runs[next].lastSlot) : -1
    }
  }

  @inline(__always)
  private func sweep(
    from last: Int, _ adjoints: Adjoints, _ cursor: RunCursor, _ shouldStop: () -> Bool
  ) -> Bool {
    var (index, runs, slots) = (last, cursor, slotCursor)
    let touched = adjoints.touched
    let interval = hasLongArrays ? 0 : isMostlyArrays ? 0xF : 0xFFF
    var blocks = 0
    while index >= 0 {
      let slot = slots.slot(of: index)
      let block = slot >> Adjoints.blockBits
      if block < adjoints.firstBlock { return true }
      if touched[block] == 0 {
        let count = count(of: index)
        if adjoints.areNew(slot, count) {
          // An array that reaches into a touched block is the last node before that block: it has been
          // seen. Nothing else between here and the next touched block has an adjoint.
          guard let last = adjoints.lastTouched(before: block) else { return true }
          let next = last + 1
          index = lastNode(before: next << Adjoints.blockBits) ?? -1
          continue
        }
        // An array without an adjoint is left so, or the one before it would reach into a touched block.
        if !adjoints.isNonzero(slot, count) {
          index -= 1
          continue
        }
      }
      let end = block << Adjoints.blockBits
      if adjoints.isZeroed {
        touched[block] = 1
        index = sweepBlock(from: index, downTo: end, adjoints, &slots, &runs, areZeroed: true)
      } else {
        adjoints.ready(end, 1)
        index = sweepBlock(from: index, downTo: end, adjoints, &slots, &runs, areZeroed: false)
      }
      blocks += 1
      if blocks & interval == 0, shouldStop() { return false }
    }
    return true
  }

  /// The sweep from a node down to the last one whose slot is not below `end`; returns the next.
  @inline(__always)
  private func sweepBlock(
    from first: Int, downTo end: Int, _ state: Adjoints, _ slots: inout SlotCursor,
    _ runs: inout RunCursor, areZeroed: Bool
  ) -> Int {
    var index = first
    while index >= 0, slots.slot(of: index) >= end {
      let stretch = slots.stretch(from: index, downTo: end)
      index = sweepStretch(stretch, from: index, state, &runs, areZeroed: areZeroed)
    }
    return index
  }

  /// The sweep over nodes of one run of slots; returns the next.
  ///
  /// What is rare is out of line, so that the loop has the machine's registers for itself.
  @inline(__always)
  private func sweepStretch(
    _ stretch: SlotCursor.Stretch, from last: Int, _ state: Adjoints, _ runs: inout RunCursor,
    areZeroed: Bool
  ) -> Int {
    let nodes = UnsafePointer(nodes)
    let values = UnsafePointer(values)
    let adjoints = state.numbers
    let touched = state.touched
    let addition = Node.code(.binary(.add))
    let multiplication = Node.code(.binary(.multiply))
    @inline(__always) func add(_ amount: Double, to slot: Int) {
      let block = slot &>> Adjoints.blockBits
      if areZeroed {
        touched[block] = 1
      } else if touched[block] == 0 {
        Adjoints.fill(block, adjoints, touched)
      }
      adjoints[slot] += amount
    }
    var index = last
    while index >= stretch.firstNode {
      let node = nodes[index]
      let slot = stretch.slot(of: index)
      index &-= 1
      // The two commonest operations are told by one comparison each.
      if node.code == addition {
        if slot <= runs.slot {
          runs.move(to: slot)
          if slot == runs.slot {
            sweepProducts(
              upTo: index &+ 1, at: slot, count: runs.count, state, areZeroed: areZeroed)
            index &-= 2 &* runs.count &- 1
            continue
          }
        }
        let adjoint = adjoints[slot]
        guard adjoint != 0 else { continue }
        add(adjoint, to: Int(node.left))
        add(adjoint, to: Int(node.right))
      } else if node.code == multiplication {
        let adjoint = adjoints[slot]
        guard adjoint != 0 else { continue }
        let (left, right) = (Int(node.left), Int(node.right))
        if !node.leftIsConstant { add(adjoint * values[right], to: left) }
        if !node.rightIsConstant { add(adjoint * values[left], to: right) }
      } else if case .unary(let operation) = node.operation {
        let adjoint = adjoints[slot]
        guard adjoint != 0 else { continue }
        let local = operation.derivative(at: values[Int(node.left)], result: values[slot])
        if local != 0 || !operation.isInPieces { add(adjoint * local, to: Int(node.left)) }
      } else {
        sweepNode(index &+ 1, at: slot, state)
      }
    }
    return index
  }

  /// The sweep over one node, of any operation.
  @inline(never)
  private func sweepNode(_ index: Int, at slot: Int, _ state: Adjoints) {
    let node = nodes[index]
    let (left, right) = (Int(node.left), Int(node.right))
    func add(_ amount: Double, to slot: Int) {
      state.ready(slot, 1)
      state.numbers[slot] += amount
    }
    switch node.operation {
    case .binary(let operation):
      let adjoint = state.numbers[slot]
      guard adjoint != 0 else { return }
      let (x, y, z) = (values[left], values[right], values[slot])
      if !node.leftIsConstant {
        let local = operation.derivative(for: .left, x, y, result: z)
        if local != 0 || !operation.isInPieces { add(adjoint * local, to: left) }
      }
      if !node.rightIsConstant {
        let local = operation.derivative(for: .right, x, y, result: z)
        if local != 0 || !operation.isInPieces { add(adjoint * local, to: right) }
      }
    case .ternary(let operation):
      let adjoint = state.numbers[slot]
      guard adjoint != 0 else { return }
      let third = Int(thirdOperand(of: index))
      let local = operation.derivatives(values[left], values[right], values[third])
      // A branch not taken contributes 0, also to an infinite adjoint.
      if local.x != 0 { add(adjoint * local.x, to: left) }
      if local.y != 0 { add(adjoint * local.y, to: right) }
      if local.z != 0 { add(adjoint * local.z, to: third) }
    case .stack:
      state.ready(slot, right)
      for k in 0..<right {
        let adjoint = state.numbers[slot &+ k]
        if adjoint != 0 { add(adjoint, to: Int(lists[left &+ k])) }
      }
    case .array: sweepArray(index, at: slot, state)
    case .unary: preconditionFailure("the loop has these itself")
    case .leaf, .branchGuard, .indexGuard, .operand: break
    }
  }
}
