/// What `forward` did.
package struct ForwardReport {
  /// The number of nodes that were computed anew.
  package var recomputed = 0
  /// Where guards would now go another way.
  package var trippedGuards: [Origin] = []
  /// The first node that turned non-finite with finite operands, and has a part in what was asked for.
  package var firstNonFinite: NodeIndex?
}

/// A run of `forward` that can be repeated: which nodes, for which changed leaves.
struct ForwardPlan {
  let target: Int32?
  let nodeCount: Int
  let changes: [Range<Int>]
  /// Whether no node was recorded after the leaves changed; one that was is not in the plan, though
  /// another change would make it stale.
  let isComplete: Bool
  let runs: [Range<Int>]
}

extension Graph {
  /// Runs the recorded program forward again over what depends on leaves whose data changed.
  ///
  /// - Parameters:
  ///   - target: only what this number depends on; everything when nil.
  ///   - strict: whether a tripped guard is an error; the values are then as before.
  ///   - trap: whether a result that is not finite, from finite operands, is an error.
  ///   - results: where results stand that matter, when there is no target; everything when nil.
  ///   - shouldStop: asked every quarter of a million nodes.
  package func forward(
    to target: Int32?, strict: Bool = false, trap: Bool = false,
    results: (() -> [Range<Int32>])? = nil, shouldStop: () -> Bool = { false }
  ) throws(GraphError) -> ForwardReport {
    if staleness.isEmpty { return ForwardReport() }
    // By node and by slot, what is stale and what is wanted.
    try Memory.require(2 * (nodeCount + tape.pointee.slotCount))
    let isRepeat = plan.map { isRepeatable($0, for: target) } ?? false
    if !isRepeat { plan = makePlan(for: target) }
    guard let plan else { return ForwardReport() }

    let mayFail = strict || trap || !tape.pointee.isShort
    var report = ForwardReport()
    if mayFail {
      let slotCount = tape.pointee.slotCount
      try Memory.require(slotCount * MemoryLayout<Double>.stride)
      let saved = UnsafeMutablePointer<Double>.allocate(capacity: slotCount)
      defer { saved.deallocate() }
      saved.initialize(from: tape.pointee.values, count: slotCount)
      do throws(GraphError) {
        report = try run(plan, strict: strict, shouldStop: shouldStop)
        attend(to: &report, plan, results)
        if trap, let bad = report.firstNonFinite {
          throw .nonFinite(bad, value: nonFiniteData(of: bad))
        }
        // A loop over a long array may have ended early.
        if shouldStop() { throw .interrupted }
      } catch {
        tape.pointee.values.update(from: saved, count: slotCount)
        self.plan = nil
        throw error
      }
    } else {
      report = try LongWork.unstoppable { () throws(GraphError) in
        try run(plan, strict: false, shouldStop: { false })
      }
      attend(to: &report, plan, results)
    }
    settle(plan, isRepeat: isRepeat)
    if report.recomputed > 0 { noteRecomputation(by: plan) }
    return report
  }

  /// Whether the last plan fits: same target, same tape, the same leaves changed and nothing else
  /// stale.
  private func isRepeatable(_ plan: ForwardPlan, for target: Int32?) -> Bool {
    plan.isComplete && plan.target == target && plan.nodeCount == nodeCount
      && !staleness.hasStaleResults && staleness.changes == plan.changes
  }

  /// Finds the nodes to compute: stale ones that the target depends on, and guards before it.
  private func makePlan(for target: Int32?) -> ForwardPlan {
    let changes = staleness.changes
    let isComplete = staleness.areChanged(since: nodeCount)
    staleness.propagate(over: tape.pointee)
    let wanted = target.map { wantedNodes(for: $0) }
    let end = wanted?.count ?? nodeCount
    var runs: [Range<Int>] = []
    var slots = tape.pointee.slotCursor
    for index in 0..<end {
      let node = tape.pointee.nodes[index]
      guard node.operation != .leaf, wanted?[index] ?? true else { continue }
      // An operand has its node's slot.
      guard staleness.isStale(Int32(slots.slot(of: index))) else { continue }
      if let last = runs.last, last.upperBound == index {
        runs[runs.count - 1] = last.lowerBound..<(index + 1)
      } else {
        runs.append(index..<(index + 1))
      }
    }
    return ForwardPlan(
      target: target, nodeCount: nodeCount, changes: changes, isComplete: isComplete, runs: runs)
  }

  /// What `target` depends on, and the guards before it with what they depend on.
  func wantedNodes(for target: Int32) -> [Bool] {
    guard let last = tape.pointee.node(at: target) else { return [] }
    // Conditions that were decided after the value, and made it the one that it is, count too.
    let end = min(max(last + 1, extents[target]?.nodes.upperBound ?? 0), nodeCount)
    var wanted = [Bool](repeating: false, count: end)
    var reached = [Bool](repeating: false, count: tape.pointee.slotCount)
    wanted[last] = true
    reached[Int(target)] = true
    var slots = tape.pointee.slotCursor
    for index in stride(from: end - 1, through: 0, by: -1) {
      let node = tape.pointee.nodes[index]
      let slot = slots.slot(of: index)
      let isWanted: Bool
      switch node.operation {
      case .branchGuard, .indexGuard: isWanted = true
      case .operand: isWanted = index < end - 1 && wanted[index + 1]
      case .leaf, .unary, .binary, .ternary, .stack, .array:
        isWanted = (slot..<slot + tape.pointee.count(of: index)).contains { reached[$0] }
      }
      guard isWanted else { continue }
      wanted[index] = true
      tape.pointee.forEachOperand(of: index) { reached[$0] = true }
    }
    return wanted
  }

  private func run(
    _ plan: ForwardPlan, strict: Bool, shouldStop: () -> Bool
  ) throws(GraphError) -> ForwardReport {
    var report = ForwardReport()
    for nodes in plan.runs {
      var start = nodes.lowerBound
      while start < nodes.upperBound {
        let end = start + tape.pointee.countBetweenQuestions(from: start, to: nodes.upperBound)
        tape.pointee.run(start..<end, report: &report)
        if strict, let origin = report.trippedGuards.first { throw .guardTripped(origin) }
        start = end
        if shouldStop() { throw .interrupted }
      }
    }
    return report
  }

  /// Drops the first number that is not finite from the report where it has no part in what was asked for.
  private func attend(
    to report: inout ForwardReport, _ plan: ForwardPlan, _ results: (() -> [Range<Int32>])?
  ) {
    guard report.firstNonFinite != nil else { return }
    var roots = results?()
    if let target = plan.target, let node = tape.pointee.node(at: target) {
      let first = Int32(tape.pointee.slot(of: node))
      roots = [first..<first + Int32(tape.pointee.count(of: node))]
    }
    guard let roots else { return }
    report.firstNonFinite = firstNonFinite(in: plan.runs, reaching: roots)
  }

  /// The plan's nodes are fresh now.
  private func settle(_ plan: ForwardPlan, isRepeat: Bool) {
    if isRepeat {
      staleness.settleChanges()
    } else if plan.target == nil {
      staleness.refreshAll()
    } else {
      var slots = tape.pointee.slotCursor
      for nodes in plan.runs {
        for index in nodes {
          let slot = slots.slot(of: index)
          staleness.refresh(slot..<slot + tape.pointee.count(of: index))
        }
      }
      staleness.settleResults()
    }
  }

  /// Whether the value in a slot was computed from data that has changed since.
  package func isStale(_ slot: Int32) -> Bool {
    if staleness.isEmpty { return false }
    staleness.propagate(over: tape.pointee)
    return staleness.isStale(slot)
  }
}

extension Tape {
  /// Computes the nodes of a range anew, in order.
  @inline(never)
  func run(_ range: Range<Int>, report: inout ForwardReport) {
    productRuns.withUnsafeBufferPointer { run(range, $0, &report) }
    report.recomputed += range.count
  }

  @inline(__always)
  private func run(
    _ range: Range<Int>, _ runs: UnsafeBufferPointer<ProductRun>, _ report: inout ForwardReport
  ) {
    let nodes = nodes
    let values = values
    let addition = Node.code(.binary(.add))
    let multiplication = Node.code(.binary(.multiply))
    var slots = slotCursor
    var nextRun = range.isEmpty ? 0 : firstRun(notBefore: slots.slot(of: range.lowerBound), runs)
    var runSlot = nextRun < runs.count ? Int(runs[nextRun].firstSlot) : .max
    var index = range.lowerBound
    while index < range.upperBound {
      let node = nodes[index]
      let slot = slots.slot(of: index)
      let left = Int(node.left)
      let right = Int(node.right)
      let value: Double
      if node.code == addition {
        value = values[left] + values[right]
      } else if node.code == multiplication {
        if slot == runSlot {
          let count = Int(runs[nextRun].count)
          nextRun &+= 1
          runSlot = nextRun < runs.count ? Int(runs[nextRun].firstSlot) : .max
          if index &+ 2 &* count <= range.upperBound,
            computeProducts(from: index, at: slot, count: count)
          {
            index &+= 2 &* count
            continue
          }
        }
        value = values[left] * values[right]
      } else if let computed = computed(index, node, slot, &report) {
        value = computed
      } else {
        index &+= 1
        continue
      }
      values[slot] = value
      if value - value != 0, report.firstNonFinite == nil, hasFiniteOperands(index) {
        report.firstNonFinite = NodeIndex(index)
      }
      index &+= 1
    }
  }

  /// The first run whose first slot is not below `slot`.
  private func firstRun(notBefore slot: Int, _ runs: UnsafeBufferPointer<ProductRun>) -> Int {
    (Tape.last(of: runs.count) { Int(runs[$0].firstSlot) < slot } ?? -1) + 1
  }

  /// The value of a node from its operands' values; nil for one that has no single value, which is
  /// attended to here.
  @inline(__always)
  private func computed(
    _ index: Int, _ node: Node, _ slot: Int, _ report: inout ForwardReport
  ) -> Double? {
    switch node.operation {
    case .binary(let operation):
      return operation.value(values[Int(node.left)], values[Int(node.right)])
    case .unary(let operation): return operation.value(values[Int(node.left)])
    case .ternary(let operation):
      return operation.value(
        values[Int(node.left)], values[Int(node.right)], values[Int(thirdOperand(of: index))])
    case .stack:
      for k in 0..<Int(node.right) {
        values[slot &+ k] = values[Int(lists[Int(node.left) &+ k])]
      }
      return nil
    case .array:
      computeArray(index, at: slot)
      if report.firstNonFinite == nil,
        !ArrayKernels.areFinite(values + slot, count(of: index)),
        hasFiniteOperands(index)
      {
        report.firstNonFinite = NodeIndex(index)
      }
      return nil
    case .branchGuard, .indexGuard:
      if isTripped(node, at: slot) { report.trippedGuards.append(node.origin) }
      return nil
    case .leaf, .operand: return nil
    }
  }

  /// Whether every operand of a node is finite.
  package func hasFiniteOperands(_ index: Int) -> Bool {
    var isFinite = true
    forEachOperand(of: index) { isFinite = isFinite && values[$0].isFinite }
    return isFinite
  }
}
