// Where numbers that are not finite begin, and whether anything comes of them: what a `where` did not
// choose may be anything.

extension Graph {
  /// The first operation that made of finite operands a value that is not finite. O(nodes).
  package var firstNonFinite: NodeIndex? {
    var cursor = tape.pointee.slotCursor
    return (0..<nodeCount).first { index in
      let node = tape.pointee.nodes[index]
      guard node.operation.hasValue, node.operation != .leaf else { return false }
      let start = cursor.slot(of: index)
      let slots = start..<start + tape.pointee.count(of: index)
      return slots.contains { !tape.pointee.values[$0].isFinite }
        && tape.pointee.hasFiniteOperands(index)
    }.map(NodeIndex.init)
  }

  /// The first number of a node that is not finite; its first number when all are.
  package func nonFiniteData(of node: NodeIndex) -> Double {
    let start = tape.pointee.slot(of: node.rawValue)
    let slots = start..<start + tape.pointee.count(of: node.rawValue)
    return tape.pointee.values[slots.first { !tape.pointee.values[$0].isFinite } ?? start]
  }

  /// The first such operation among some nodes whose result has a part in what stands in `roots`, or in
  /// what guards watch. O(nodes).
  func firstNonFinite(in runs: [Range<Int>], reaching roots: [Range<Int32>]) -> NodeIndex? {
    let tape = tape.pointee
    let hasPart = tape.partsTaken(in: roots)
    for run in runs {
      for index in run
      where tape.nodes[index].operation.hasValue && !tape.asksWhetherFinite(index) {
        let start = tape.slot(of: index)
        let slots = start..<start + tape.count(of: index)
        guard slots.contains(where: { hasPart[$0] && !tape.values[$0].isFinite }) else { continue }
        var isFirst = true
        tape.forEachOperand(of: index) {
          isFirst = isFirst && (tape.values[$0].isFinite || !hasPart[$0])
        }
        if isFirst { return NodeIndex(index) }
      }
    }
    return nil
  }
}

extension Tape {
  /// By slot, whether the number there has a part in one of the roots, or in what a guard watches.
  fileprivate func partsTaken(in roots: [Range<Int32>]) -> [Bool] {
    var parts = [Bool](repeating: false, count: slotCount)
    for root in roots { for slot in root { parts[Int(slot)] = true } }
    parts.withUnsafeMutableBufferPointer { parts in
      var slots = slotCursor
      for index in stride(from: nodeCount - 1, through: 0, by: -1) {
        let node = nodes[index]
        let start = slots.slot(of: index)
        switch node.operation {
        case .leaf, .operand: continue
        case .binary where asksWhetherFinite(index), .array where asksWhetherFinite(index): continue
        case .branchGuard, .indexGuard: forEachOperand(of: index) { parts[$0] = true }
        case .unary, .binary:
          if parts[start] { forEachOperand(of: index) { parts[$0] = true } }
        case .ternary(let operation):
          guard parts[start] else { continue }
          let operands = [Int(node.left), Int(node.right), Int(thirdOperand(of: index))]
          for k in operation.operandsTaken(values[operands[0]]) { parts[operands[k]] = true }
        case .stack:
          for k in 0..<Int(node.right) where parts[start + k] {
            parts[Int(lists[Int(node.left) + k])] = true
          }
        case .array: markParts(takenBy: index, at: start, parts)
        }
      }
    }
    return parts
  }

  /// Whether a node is x − x, which asks of x whether it is finite; x has no part in the answer otherwise.
  fileprivate func asksWhetherFinite(_ index: Int) -> Bool {
    let node = nodes[index]
    switch node.operation {
    case .binary(let operation): return operation == .subtract && node.left == node.right
    case .array:
      let record = arrayRecord(of: index)
      guard record.operation == .binary(.subtract) else { return false }
      let (x, y) = (record.operands[0], record.operands[1])
      return x.slot == y.slot && x.shape == y.shape
    case .leaf, .unary, .ternary, .stack, .branchGuard, .indexGuard, .operand: return false
    }
  }

  private func markParts(
    takenBy index: Int, at start: Int, _ parts: UnsafeMutableBufferPointer<Bool>
  ) {
    let record = arrayRecord(of: index)
    let count = record.shape.count
    guard (start..<start + count).contains(where: { parts[$0] }) else { return }
    if case .whole = record.operation {
      for operand in record.operands { for slot in operand.slots { parts[Int(slot)] = true } }
      return
    }
    for k in 0..<count where parts[start + k] {
      // Broadcast rows and columns have a part as wholes; numbers in their own place do.
      func place(_ operand: ArrayRecord.Operand) -> Int? {
        let own = operand.shape.count
        return own == 1 ? Int(operand.slot) : own == count ? Int(operand.slot) + k : nil
      }
      var taken = Array(record.operands.indices)
      if case .ternary(let operation) = record.operation, let condition = place(record.operands[0])
      {
        taken = operation.operandsTaken(values[condition])
      }
      for operand in taken.map({ record.operands[$0] }) {
        if let slot = place(operand) {
          parts[slot] = true
        } else {
          for slot in operand.slots { parts[Int(slot)] = true }
        }
      }
    }
  }
}

extension TernaryOperation {
  /// The operands, counted from 0, that the value is made of when the first one is this.
  fileprivate func operandsTaken(_ first: Double) -> [Int] {
    switch self {
    case .select: first.isNaN ? [0] : first != 0 ? [0, 1] : [0, 2]
    case .clamp: [0, 1, 2]
    }
  }
}
