/// A run of nodes whose slots stand side by side, one slot after another: node `firstNode + k` has the
/// slot `firstSlot + k`.
///
/// Nodes do not say where their values stand, which saves a quarter of a record: most nodes of a long
/// recording have one number each, in the order of the nodes, and a single run says it of all of them.
/// A run ends where a constant or a guard takes slots of its own, after a node that owns another number
/// of slots than one, and between the two records of an operation on three operands.
@usableFromInline
struct SlotRun: BitwiseCopyable, Equatable {
  @usableFromInline var firstNode: Int32
  @usableFromInline var firstSlot: Int32

  @inlinable @inline(__always)
  init(firstNode: Int, firstSlot: Int) {
    self.firstNode = Int32(truncatingIfNeeded: firstNode)
    self.firstSlot = Int32(truncatingIfNeeded: firstSlot)
  }

  /// What has to be added to the index of one of its nodes to have the slot.
  @inlinable @inline(__always)
  var offset: Int { Int(firstSlot) &- Int(firstNode) }
}

/// Where nodes stand that are asked for one after another, mostly up or down the tape.
package struct SlotCursor {
  private let runs: UnsafePointer<SlotRun>
  private let runCount: Int
  private let nodeCount: Int
  private var run = 0
  /// The nodes of the run: from this one on, so many.
  private var firstNode = 0
  private var count = 0
  /// What has to be added to a node's index to have its slot.
  private var offset = 0

  init(_ tape: Tape) {
    runs = UnsafePointer(tape.slotRuns)
    runCount = tape.slotRunCount
    nodeCount = tape.nodeCount
  }

  /// The slot of a node; of an array the first.
  @inline(__always)
  package mutating func slot(of node: Int) -> Int {
    if UInt(bitPattern: node &- firstNode) >= UInt(bitPattern: count) { move(to: node) }
    return node &+ offset
  }

  /// The first node from this run on whose slot is not below `slot`. Looks ahead only: a compaction
  /// writes over what it has passed.
  mutating func firstNode(notBefore slot: Int) -> Int {
    let ahead = Tape.last(of: runCount - run - 1) { Int(runs[run + 1 + $0].firstSlot) < slot }
    if let ahead { enter(run + 1 + ahead) }
    return min(max(slot - offset, firstNode), firstNode + count)
  }

  @inline(never)
  private mutating func move(to node: Int) {
    if count > 0, node == firstNode + count, run + 1 < runCount {
      enter(run + 1)
    } else if run > 0, node + 1 == firstNode {
      enter(run - 1)
    } else {
      enter(Tape.last(of: runCount) { runs[$0].firstNode <= node } ?? 0)
    }
  }

  @inline(__always)
  private mutating func enter(_ number: Int) {
    run = number
    firstNode = Int(runs[run].firstNode)
    count = (run + 1 < runCount ? Int(runs[run + 1].firstNode) : nodeCount) - firstNode
    offset = runs[run].offset
  }
}

extension Tape {
  /// The last of `count` for which a condition holds that holds up to some one only.
  @inline(__always)
  static func last(of count: Int, where holds: (Int) -> Bool) -> Int? {
    var (low, high) = (0, count)
    while low < high {
      let middle = (low &+ high) / 2
      if holds(middle) { low = middle &+ 1 } else { high = middle }
    }
    return low > 0 ? low &- 1 : nil
  }

  /// The slot of a node's value; of an array the first, of a guard that of the recorded outcome, of an
  /// `.operand` that of the node after it. O(log runs); `slotCursor` is for many nodes in order.
  package func slot(of node: Int) -> Int {
    var cursor = slotCursor
    return cursor.slot(of: node)
  }

  /// A cursor over all nodes of the tape; good until the tape changes.
  package var slotCursor: SlotCursor { SlotCursor(self) }

  /// The last node whose slot is below `slot`; nil when there is none. O(log runs).
  func lastNode(before slot: Int) -> Int? {
    guard let run = Tape.last(of: slotRunCount, where: { Int(slotRuns[$0].firstSlot) < slot })
    else { return nil }
    let end = run + 1 < slotRunCount ? Int(slotRuns[run + 1].firstNode) : nodeCount
    return min(slot - 1 - slotRuns[run].offset, end - 1)
  }

  /// The first node whose slot is not below `slot`; the number of nodes when there is none.
  func firstNode(notBefore slot: Int) -> Int { lastNode(before: slot).map { $0 + 1 } ?? 0 }

  /// The node whose run of slots holds `slot`, or nil for a constant.
  package func node(at slot: Int32) -> Int? {
    guard let index = lastNode(before: Int(slot) + 1) else { return nil }
    return Int(slot) < self.slot(of: index) + count(of: index) ? index : nil
  }

  /// Notes where the next node's slot is, when it does not stand beside that of the last.
  @inlinable @inline(__always)
  mutating func noteSlot() { noteSlot(slotCount, of: nodeCount) }

  /// Notes that a node that comes after all others has a slot.
  @inlinable @inline(__always)
  mutating func noteSlot(_ slot: Int, of node: Int) {
    let offset = slot &- node
    guard offset != slotOffset else { return }
    slotRuns[slotRunCount] = SlotRun(firstNode: node, firstSlot: slot)
    slotRunCount &+= 1
    slotOffset = offset
  }

  /// Forgets the runs of nodes that are forgotten.
  mutating func truncateSlotRuns(nodes: Int) {
    while slotRunCount > 0, Int(slotRuns[slotRunCount - 1].firstNode) >= nodes { slotRunCount -= 1 }
    slotOffset = slotRunCount > 0 ? slotRuns[slotRunCount - 1].offset : .min
  }

  /// Traps when the runs are not in order.
  func checkSlotRuns() {
    precondition(
      nodeCount == 0 || slotRunCount > 0 && slotRuns[0].firstNode == 0, "nodes have slots")
    for run in 1..<max(slotRunCount, 1) {
      precondition(slotRuns[run].firstNode > slotRuns[run - 1].firstNode, "runs are in order")
      precondition(
        slotRuns[run].offset != slotRuns[run - 1].offset, "runs are as long as they can be")
    }
    precondition(slotRunCount == 0 || Int(slotRuns[slotRunCount - 1].firstNode) < nodeCount)
    precondition(slotRunCount <= nodeCapacity + 1, "there is room for a run a node")
  }
}
