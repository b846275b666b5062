// Running the recorded program again.

extension Tape {
  /// How many nodes from one on are computed between two questions whether to stop: as many as make a
  /// quarter of a million numbers, and few where what they read may be long.
  func countBetweenQuestions(from start: Int, to end: Int) -> Int {
    var count = min(end - start, hasLongArrays ? 16 : LongWork.numbers)
    let first = slot(of: start)
    while count > 1, slot(of: start + count - 1) - first > LongWork.numbers { count /= 2 }
    return count
  }

  /// Whether a guard would now go another way than when it was recorded, which stands in `slot`.
  func isTripped(_ node: Node, at slot: Int) -> Bool {
    let now = values + Int(node.left)
    let then = values + slot
    switch node.operation {
    case .branchGuard: return (now[0] != 0) != (then[0] != 0)
    case .indexGuard: return (0..<Int(node.right)).contains { now[$0] != then[$0] }
    case .leaf, .unary, .binary, .ternary, .stack, .array, .operand: return false
    }
  }

  /// Calls `body` with each operand's slot of a node.
  @inline(__always)
  func forEachOperand(of index: Int, _ body: (Int) -> Void) {
    let node = nodes[index]
    switch node.operation {
    case .leaf, .operand: break
    case .unary: body(Int(node.left))
    case .branchGuard, .indexGuard:
      for k in 0..<Int(node.right) { body(Int(node.left) + k) }
    case .binary:
      body(Int(node.left))
      body(Int(node.right))
    case .ternary:
      body(Int(node.left))
      body(Int(node.right))
      body(Int(thirdOperand(of: index)))
    case .stack:
      for k in 0..<Int(node.right) { body(Int(lists[Int(node.left) + k])) }
    case .array:
      forEachArrayOperand(of: node) { place, count in
        let slot = Int(lists[place])
        for k in 0..<count { body(slot + k) }
      }
    }
  }

  /// Whether a condition holds for the slots of one of a node's operands: for where they begin, and how
  /// many there are.
  func operandsContain(of index: Int, where holds: (Int, Int) -> Bool) -> Bool {
    var contains = false
    let node = nodes[index]
    guard node.operation == .array else {
      forEachOperand(of: index) { contains = contains || holds($0, 1) }
      return contains
    }
    forEachArrayOperand(of: node) { place, count in
      contains = contains || holds(Int(lists[place]), count)
    }
    return contains
  }
}
