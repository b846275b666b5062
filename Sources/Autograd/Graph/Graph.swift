/// A graph of values: what was computed, in order, and from what.
///
///     let graph = Graph()
///     let a = graph.leaf(2, label: "a")
///     let b = graph.leaf(-3, label: "b")
///     let L = (a * b + 10) * -2
///     L.backward()
///     print(L.data, a.gradient!, b.gradient!)  // -8.0 6.0 -4.0
///
/// Nodes are plain data on a tape; index order is a topological order, so no sweep sorts, recurses or
/// keeps a visited set. A graph is not shared between threads.
public final class Graph {
  /// The storage; owned, and used directly by whoever records in a hot loop.
  package let tape: UnsafeMutablePointer<Tape>

  /// The labels of slots.
  package var labels = LabelTable()
  /// Which values were computed from data that has changed since.
  var staleness = Staleness()
  /// What is known of the last reverse sweeps.
  var gradients = GradientState()
  /// By slot: the guards that were recorded between computing a value and binding it.
  var extents: [Int32: Extent] = [:]
  /// How the last `forward` ran, in case the next one is the same.
  var plan: ForwardPlan?
  /// Counts the compactions: a `Value` made before the last one is not usable.
  package private(set) var generation = 0

  /// Creates an empty graph.
  ///
  /// - Parameter nodeLimit: the most nodes that it may hold. By default as many as three quarters of
  ///   the memory that the system lets the program have can hold, values and gradients included.
  public init(nodeLimit: Int? = nil) {
    tape = .allocate(capacity: 1)
    tape.initialize(to: Tape(nodeLimit: nodeLimit))
  }

  deinit {
    labels.deallocate()
    tape.pointee.deallocate()
    tape.deinitialize(count: 1)
    tape.deallocate()
  }

  /// Three quarters of the memory that the system lets the program have, at 40 bytes a node, at most 2³⁰.
  public static var defaultNodeLimit: Int { min(Memory.share / 40, 1 << 30) }

  /// The most nodes that the graph may hold.
  public var nodeLimit: Int {
    get { tape.pointee.nodeLimit }
    set { tape.pointee.limitNodes(to: newValue) }
  }

  /// Sets the most nodes that it may hold: `limit`, where nil is the default, but not fewer than
  /// `allowance`.
  package func limitNodes(to limit: Int?, allowance: Int = 0) {
    tape.pointee.limitNodes(to: limit, allowance: allowance)
  }

  /// The number of records on the tape, live or not.
  public var nodeCount: Int { tape.pointee.nodeCount }

  /// The bytes that the tape's records, values and adjoints take.
  public var byteCount: Int {
    tape.pointee.nodeCount * MemoryLayout<Node>.stride
      + tape.pointee.slotRunCount * MemoryLayout<SlotRun>.stride
      + (tape.pointee.slotCount + tape.pointee.adjoints.count) * MemoryLayout<Double>.stride
      + tape.pointee.listCount * MemoryLayout<Int32>.stride
  }

  func countCompaction() { generation += 1 }

  /// How many nodes have been recorded and dropped by compactions.
  var droppedCount = 0
  /// How many nodes have been recorded until now, those that are gone included.
  package var recordedCount: Int { droppedCount + nodeCount }

  // MARK: Marks, for undoing a failed statement

  /// A point in the recording to which `truncate(to:)` can go back.
  package struct Mark: Equatable {
    let nodes: Int
    let slots: Int
    let lists: Int
    let generation: Int

    /// How many slots there were.
    package var slotCount: Int { slots }
  }

  /// The present end of the recording.
  package var mark: Mark {
    Mark(
      nodes: tape.pointee.nodeCount, slots: tape.pointee.slotCount, lists: tape.pointee.listCount,
      generation: generation)
  }

  /// Whether nodes stand where they stood when `mark` was taken.
  package func isUncompacted(since mark: Mark) -> Bool { mark.generation == generation }

  /// Forgets what was recorded since `mark`, unless the graph has been compacted meanwhile.
  package func truncate(to mark: Mark) {
    guard mark.generation == generation else { return }
    tape.pointee.truncate(nodes: mark.nodes, slots: mark.slots, lists: mark.lists)
    labels.truncate(to: mark.slots)
    forgetExtents(from: Int32(mark.slots))
    staleness.truncate(nodes: mark.nodes, slots: mark.slots)
    truncateGradients(to: mark.slots)
    plan = nil
  }

  /// Forgets all nodes but the first `count`.
  package func truncate(toNodes count: Int) {
    guard count < nodeCount else { return }
    truncate(
      to: Mark(
        nodes: count, slots: slotEnd(ofNodes: count), lists: tape.pointee.listEnd(ofNodes: count),
        generation: generation))
  }

  /// Where the slots of the first `count` nodes end.
  package func slotEnd(ofNodes count: Int) -> Int {
    guard count > 0 else { return 0 }
    return tape.pointee.slot(of: count - 1) + tape.pointee.count(of: count - 1)
  }

  /// How many nodes have their slots below one.
  package func nodeCount(below slot: Int) -> Int { tape.pointee.firstNode(notBefore: slot) }

  // MARK: Recording

  /// Records a leaf with one number.
  package func recordLeaf(_ data: Double, origin: Origin = .unknown) throws(GraphError) -> Int32 {
    if !tape.pointee.hasRoom { try tape.pointee.grow() }
    let slot = tape.pointee.recordLeaf(count: 1, origin: origin)
    tape.pointee.values[Int(slot)] = data
    return slot
  }

  /// Records a leaf array.
  package func recordLeaf(_ data: [Double], origin: Origin = .unknown) throws(GraphError) -> Int32 {
    try recordLeaf(Numbers(data, shape: Shape(count: data.count)), origin: origin)
  }

  /// The same with the numbers of any array; throws where it is stopped on the way.
  package func recordLeaf(_ data: Numbers, origin: Origin) throws(GraphError) -> Int32 {
    let count = data.shape.count
    try tape.pointee.grow(slots: count)
    let slot = tape.pointee.recordLeaf(count: count, origin: origin)
    let target = tape.pointee.values + Int(slot)
    LongWork.inParts(of: count) {
      (target + $0.lowerBound).update(from: data.start + $0.lowerBound, count: $0.count)
    }
    if count > 2 * LongWork.numbers, let shouldStop = LongWork.shouldStop, shouldStop() {
      throw .interrupted
    }
    return slot
  }

  /// Records an array of numbers that have slots.
  package func recordStack(_ operands: [Int32], origin: Origin) throws(GraphError) -> Int32 {
    try tape.pointee.grow(slots: operands.count, listed: operands.count)
    return tape.pointee.recordStack(count: operands.count, origin: origin) { operands[$0] }
  }

  /// The slot of a constant.
  package func recordConstant(_ value: Double) throws(GraphError) -> Int32 {
    if !tape.pointee.hasRoom { try tape.pointee.grow() }
    return tape.pointee.constant(value)
  }

  /// Records an operation on one operand and computes its value.
  package func record(
    _ operation: UnaryOperation, _ operand: Int32, origin: Origin = .unknown
  ) throws(GraphError) -> Int32 {
    if !tape.pointee.hasRoom { try tape.pointee.grow() }
    let value = operation.value(tape.pointee.values[Int(operand)])
    return tape.pointee.record(operation, operand, value: value, origin: origin)
  }

  /// Records an operation on two operands, of which one may be a constant, and computes its value.
  package func record(
    _ operation: BinaryOperation, _ left: Int32, _ right: Int32, leftIsConstant: Bool,
    rightIsConstant: Bool, origin: Origin = .unknown
  ) throws(GraphError) -> Int32 {
    if !tape.pointee.hasRoom { try tape.pointee.grow() }
    let value = operation.value(
      tape.pointee.values[Int(left)], tape.pointee.values[Int(right)])
    return tape.pointee.record(
      operation, left, right, value: value, origin: origin, leftIsConstant: leftIsConstant,
      rightIsConstant: rightIsConstant)
  }

  /// The same, looking up whether the operands are constants: O(log n).
  package func record(
    _ operation: BinaryOperation, _ left: Int32, _ right: Int32, origin: Origin = .unknown
  ) throws(GraphError) -> Int32 {
    try record(
      operation, left, right, leftIsConstant: isConstant(left), rightIsConstant: isConstant(right),
      origin: origin)
  }

  /// Records an operation on three operands and computes its value.
  package func record(
    _ operation: TernaryOperation, _ x: Int32, _ y: Int32, _ z: Int32, origin: Origin = .unknown
  ) throws(GraphError) -> Int32 {
    if !tape.pointee.hasRoom { try tape.pointee.grow() }
    let values = tape.pointee.values
    let value = operation.value(values[Int(x)], values[Int(y)], values[Int(z)])
    return tape.pointee.record(operation, x, y, z, value: value, origin: origin)
  }

  /// Records which way a condition on the tracked number in `slot` went.
  package func recordBranchGuard(_ slot: Int32, origin: Origin) throws(GraphError) {
    if !tape.pointee.hasRoom { try tape.pointee.grow() }
    tape.pointee.recordGuard(.branchGuard, slot, origin: origin)
  }

  /// Records which value an index or a count had that was computed from tracked numbers.
  package func recordIndexGuard(
    _ slot: Int32, count: Int = 1, origin: Origin
  ) throws(GraphError) {
    try tape.pointee.grow(slots: count)
    tape.pointee.recordGuard(.indexGuard, slot, count: count, origin: origin)
  }

  /// How many conditions and indices have been recorded.
  package var guardCount: Int { tape.pointee.guards.count }

  /// Notes that the conditions recorded until now decided what the value in a slot is.
  ///
  /// - Parameters:
  ///   - start: the beginning of the statement that binds it; only conditions after it count.
  ///   - isWhole: whether those before the value count by themselves, not only by what they led to.
  package func noteExtent(of slot: Int32, since start: Mark, isWhole: Bool) {
    let isAlias = slot < start.slots
    let own = (tape.pointee.node(at: slot) ?? -1) + 1
    // A loop that binds older values would otherwise keep all its rounds.
    let recent = Int(tape.pointee.guards.suffix(Extent.aliasLimit).first ?? 0)
    let first = isAlias ? max(start.nodes, recent) : isWhole ? min(start.nodes, own) : own
    extents[slot] = Extent(
      nodes: min(first, nodeCount)..<nodeCount, earlier: earlierExtent(of: slot, before: start),
      isAlias: extents[slot]?.isAlias ?? isAlias)
  }

  /// Notes that the conditions recorded last, so many, decided what the value in a slot is, though it was
  /// not computed after them; with them those count that have been noted so in the statement that began at
  /// `start`.
  package func noteDecision(of slot: Int32, by count: Int, since start: Mark) {
    guard let earliest = tape.pointee.guards.suffix(count).first else { return }
    var first = Int(earliest)
    if let known = extents[slot], known.nodes.upperBound > start.nodes {
      let recent = Int(tape.pointee.guards.suffix(Extent.aliasLimit).first ?? 0)
      first = min(first, max(known.nodes.lowerBound, recent))
    }
    extents[slot] = Extent(
      nodes: first..<nodeCount, earlier: earlierExtent(of: slot, before: start),
      isAlias: extents[slot]?.isAlias ?? (slot < start.slots))
  }

  /// The conditions of statements before one that go on deciding what a value is.
  private func earlierExtent(of slot: Int32, before start: Mark) -> Range<Int>? {
    guard let known = extents[slot] else { return nil }
    guard known.nodes.upperBound <= start.nodes else { return known.earlier }
    return (known.earlier?.lowerBound ?? known.nodes.lowerBound)..<known.nodes.upperBound
  }

  /// Where the condition or index comes from that was recorded last, or so many before that.
  package func guardOrigin(beforeLast count: Int) -> Origin? {
    let place = guardCount - 1 - count
    guard place >= 0 else { return nil }
    return tape.pointee.nodes[Int(tape.pointee.guards[place])].origin
  }

  /// Forgets what nodes that have been moved or dropped were decided by.
  func forgetExtents(from slot: Int32 = 0) {
    if extents.isEmpty { return }
    extents = extents.compactMapValues { $0.truncated(to: nodeCount) }.filter { $0.key < slot }
  }

  /// Whether a slot holds a constant: a number that no node owns.
  package func isConstant(_ slot: Int32) -> Bool { tape.pointee.node(at: slot) == nil }

  /// Whether a slot holds a leaf's number.
  package func isLeaf(_ slot: Int32) -> Bool {
    guard let node = tape.pointee.node(at: slot) else { return false }
    return tape.pointee.nodes[node].operation == .leaf
  }

  /// Where a node's number stands; of an array the first. O(log n).
  public func slot(of node: NodeIndex) -> Slot { Slot(tape.pointee.slot(of: node.rawValue)) }

  /// The data in a slot.
  package func data(at slot: Int32) -> Double { tape.pointee.values[Int(slot)] }

  /// Changes the data of a leaf in place; what was computed from it becomes stale.
  package func setData(_ data: Double, at slot: Int32) {
    tape.pointee.values[Int(slot)] = data
    noteChange(of: Int(slot)..<Int(slot) + 1)
  }

  /// Notes that a leaf's data in these slots has been changed.
  package func noteChange(of slots: Range<Int>) {
    staleness.change(slots, nodeCount: nodeCount)
    if let first = slots.first { gradients.changedLeaves.insert(Int32(first)) }
  }

  // MARK: Structure

  /// For each node up to `root`'s, whether `root` was computed from it, itself included.
  package func ancestors(of root: Int32) -> [Bool] {
    guard let last = tape.pointee.node(at: root) else { return [] }
    var isAncestor = [Bool](repeating: false, count: last + 1)
    isAncestor[last] = true
    var reached = [Bool](repeating: false, count: Int(root) + 1)  // by slot
    reached[Int(root)] = true
    var slots = tape.pointee.slotCursor
    for index in stride(from: last, through: 0, by: -1) {
      let slot = slots.slot(of: index)
      let count = tape.pointee.count(of: index)
      guard tape.pointee.nodes[index].operation.hasValue,
        (slot..<min(slot + count, reached.count)).contains(where: { reached[$0] })
      else { continue }
      isAncestor[index] = true
      tape.pointee.forEachOperand(of: index) { reached[$0] = true }
    }
    return isAncestor
  }

  /// How many nodes with labels are among those marked, by node.
  package func labelledCount(among isMarked: [Bool]) -> Int {
    var (slots, labels) = (tape.pointee.slotCursor, labels.cursor)
    var count = 0
    for index in isMarked.indices where isMarked[index] {
      if labels.hasLabel(Int32(slots.slot(of: index))) { count += 1 }
    }
    return count
  }
}
