/// A run of nodes whose slots stand at even distances: node `firstNode + k` has the slot
/// `firstSlot + k·stride`.
///
/// Nodes do not say where their values stand, which saves a quarter of a record: most nodes of a long
/// recording have one number each, in the order of the nodes, and a single run says it of all of them;
/// where every node is recorded with a constant of its own, the stride is 2. A run ends where the
/// distance changes, and between the two records of an operation on three operands, which share a slot.
@usableFromInline
struct SlotRun: BitwiseCopyable, Equatable {
  @usableFromInline var firstNode: Int32
  @usableFromInline var firstSlot: Int32
  /// Never 0; 1 while the run has one node.
  @usableFromInline var stride: Int32 = 1

  @inlinable @inline(__always)
  init(firstNode: Int, firstSlot: Int) {
    self.firstNode = Int32(truncatingIfNeeded: firstNode)
    self.firstSlot = Int32(truncatingIfNeeded: firstSlot)
  }

  /// What has to be added to `stride` times the index of one of its nodes to have the slot.
  @inlinable @inline(__always)
  var offset: Int { Int(firstSlot) &- Int(firstNode) &* Int(stride) }

  /// The last node whose slot is at most `slot`, if the run went on without end; `slot` is not before it.
  func lastNode(upTo slot: Int) -> Int { Int(firstNode) + (slot - Int(firstSlot)) / Int(stride) }
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
  /// The slot of a node is `stride` times its index and `offset`.
  private var stride = 1
  private var offset = 0

  /// A cursor over the first nodes of a tape.
  ///
  /// - Parameter runs: where those of the tape stand.
  init(_ runs: UnsafePointer<SlotRun>, count: Int, nodeCount: Int) {
    self.runs = runs
    runCount = count
    self.nodeCount = nodeCount
  }

  /// The slot of a node; of an array the first.
  @inline(__always)
  package mutating func slot(of node: Int) -> Int {
    if UInt(bitPattern: node &- firstNode) >= UInt(bitPattern: count) { move(to: node) }
    return node &* stride &+ offset
  }

  /// Nodes of one run from some node down, for a loop that asks for nothing else.
  struct Stretch {
    let firstNode: Int
    private let stride: Int
    private let offset: Int

    fileprivate init(firstNode: Int, stride: Int, offset: Int) {
      self.firstNode = firstNode
      self.stride = stride
      self.offset = offset
    }

    /// The slot of one of the nodes.
    @inline(__always)
    func slot(of node: Int) -> Int { node &* stride &+ offset }
  }

  /// The nodes of a run from `node` down whose slots are not below `end`, as that of `node` is not.
  @inline(__always)
  mutating func stretch(from node: Int, downTo end: Int) -> Stretch {
    let below = slot(of: node) - end
    let length = stride == 1 ? below : below / stride
    return Stretch(firstNode: max(firstNode, node - length), stride: stride, offset: offset)
  }

  /// The nodes of a run from `node` on whose slots are below `end`, as that of `node` is.
  @inline(__always)
  mutating func stretch(from node: Int, upTo end: Int) -> Range<Int> {
    let rest = end - 1 - slot(of: node)
    let length = stride == 1 ? rest : rest / stride
    return node..<min(firstNode + count, node + length + 1)
  }

  /// The first node from this run on whose slot is not below `slot`. Looks ahead only: a compaction
  /// writes over what it has passed.
  mutating func firstNode(notBefore slot: Int) -> Int {
    let ahead = Tape.last(of: runCount - run - 1) { Int(runs[run + 1 + $0].firstSlot) < slot }
    if let ahead { enter(run + 1 + ahead) }
    let first = firstNode &* stride &+ offset
    return slot <= first ? firstNode : min((slot - 1 - first) / stride + 1, count) + firstNode
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
    stride = Int(runs[run].stride)
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
  package var slotCursor: SlotCursor {
    SlotCursor(slotRuns, count: slotRunCount, nodeCount: nodeCount)
  }

  /// The last node whose slot is below `slot`; nil when there is none. O(log runs).
  func lastNode(before slot: Int) -> Int? {
    guard let run = Tape.last(of: slotRunCount, where: { Int(slotRuns[$0].firstSlot) < slot })
    else { return nil }
    let end = run + 1 < slotRunCount ? Int(slotRuns[run + 1].firstNode) : nodeCount
    return min(slotRuns[run].lastNode(upTo: slot - 1), end - 1)
  }

  /// The first node whose slot is not below `slot`; the number of nodes when there is none.
  func firstNode(notBefore slot: Int) -> Int { lastNode(before: slot).map { $0 + 1 } ?? 0 }

  /// The node whose run of slots holds `slot`, or nil for a constant.
  package func node(at slot: Int32) -> Int? {
    guard let index = lastNode(before: Int(slot) + 1) else { return nil }
    return Int(slot) < self.slot(of: index) + count(of: index) ? index : nil
  }

  /// Notes where the next node's slot is, when it is not where the last run has it.
  @inlinable @inline(__always)
  mutating func noteSlot() { noteSlot(slotCount, of: nodeCount) }

  /// Whether the next node's slot is where the last run has it.
  @inlinable @inline(__always)
  package var isNextSlotNoted: Bool { slotCount &- nodeCount &* slotStride == slotOffset }

  /// Whether those of the next two nodes are, and of all that follow with one number each.
  @inlinable @inline(__always)
  package var areNextSlotsNotedSideBySide: Bool {
    slotCount &- nodeCount == slotOffset && slotStride == 1
  }

  /// Notes where the slots of the next two nodes are, and of all that follow with one number each.
  @inlinable @inline(__always)
  mutating func noteSlotsSideBySide() {
    guard !areNextSlotsNotedSideBySide else { return }
    noteSlot(slotCount, of: nodeCount)
    noteSlot(slotCount &+ 1, of: nodeCount &+ 1)
  }

  /// Notes that a node that comes after all others has a slot.
  @inlinable @inline(__always)
  mutating func noteSlot(_ slot: Int, of node: Int) {
    guard slot &- node &* slotStride != slotOffset else { return }
    beginSlotRun(slot, of: node)
  }

  /// A run begins with a node, unless it is the second one of a run: then it decides the stride.
  @usableFromInline @inline(never)
  mutating func beginSlotRun(_ slot: Int, of node: Int) {
    let last = slotRunCount &- 1
    if last >= 0, Int(slotRuns[last].firstNode) &+ 1 == node, slot > Int(slotRuns[last].firstSlot) {
      slotRuns[last].stride = Int32(truncatingIfNeeded: slot) &- slotRuns[last].firstSlot
    } else {
      slotRuns[slotRunCount] = SlotRun(firstNode: node, firstSlot: slot)
      slotRunCount &+= 1
    }
    readLastSlotRun()
  }

  private mutating func readLastSlotRun() {
    slotStride = slotRunCount > 0 ? Int(slotRuns[slotRunCount - 1].stride) : 1
    slotOffset = slotRunCount > 0 ? slotRuns[slotRunCount - 1].offset : .min
  }

  /// Forgets the runs of nodes that are forgotten.
  mutating func truncateSlotRuns(nodes: Int) {
    while slotRunCount > 0, Int(slotRuns[slotRunCount - 1].firstNode) >= nodes { slotRunCount -= 1 }
    if slotRunCount > 0, Int(slotRuns[slotRunCount - 1].firstNode) == nodes - 1 {
      slotRuns[slotRunCount - 1].stride = 1
    }
    readLastSlotRun()
  }

  /// Moves the runs to the end of their room, for others to be written before they have all been read:
  /// there are never more new ones than nodes that have been passed, nor more old ones than nodes to come.
  ///
  /// - Returns: a cursor over them.
  mutating func setSlotRunsAside() -> SlotCursor {
    let aside = slotRuns + nodeCapacity + 1 - slotRunCount
    aside.update(from: slotRuns, count: slotRunCount)
    defer { truncateSlotRuns(nodes: 0) }
    return SlotCursor(aside, count: slotRunCount, nodeCount: nodeCount)
  }

  /// Traps when the runs are not in order.
  func checkSlotRuns() {
    precondition(
      nodeCount == 0 || slotRunCount > 0 && slotRuns[0].firstNode == 0, "nodes have slots")
    for run in 0..<slotRunCount {
      let end = run + 1 < slotRunCount ? Int(slotRuns[run + 1].firstNode) : nodeCount
      let count = end - Int(slotRuns[run].firstNode)
      let stride = Int(slotRuns[run].stride)
      precondition(count > 0, "runs are in order")
      precondition(count > 1 ? stride > 0 : stride == 1, "runs have a stride")
      guard run + 1 < slotRunCount else { continue }
      precondition(
        Int(slotRuns[run + 1].firstSlot) != end * stride + slotRuns[run].offset,
        "runs are as long as they can be")
    }
    precondition(slotRunCount <= nodeCapacity + 1, "there is room for a run a node")
  }
}
