// The audited unsafe code of the engine: the tape's storage and what is recorded in it. What grows it is in
// `Tape+Growth.swift`.
//
// Invariants, checked by `Tape.checkInvariants()` in tests:
// - nodes[0..<nodeCount], slotRuns[0..<slotRunCount], values[0..<slotCount] and lists[0..<listCount]
//   are initialised;
// - there is room for as many slot runs as for nodes;
// - the slots of nodes increase with their index, and operands' slots are below the node's;
// - slotCapacity ≥ slotCount + 4·(nodeCapacity − nodeCount + 1): an operation with three operands takes
//   two records and at most four slots, so that room for its records is room for all of it.

/// The graph as a program over a buffer: nodes in the order in which they were computed.
///
/// A value type without ownership of its own: `Graph` creates and destroys it.
@usableFromInline
package struct Tape {
  /// The records; index order is a topological order.
  @usableFromInline package var nodes: UnsafeMutablePointer<Node>
  /// The number of records.
  @usableFromInline package var nodeCount = 0
  @usableFromInline var nodeCapacity: Int

  /// Where nodes' slots are.
  @usableFromInline var slotRuns: UnsafeMutablePointer<SlotRun>
  @usableFromInline var slotRunCount = 0
  /// The offset and the stride of the last run; `Int.min` and 1 when there is none.
  @usableFromInline var slotOffset = Int.min
  @usableFromInline var slotStride = 1

  /// The numbers: of leaves, constants and results, a slot each.
  @usableFromInline package var values: UnsafeMutablePointer<Double>
  /// The number of slots.
  @usableFromInline package var slotCount = 0
  @usableFromInline var slotCapacity: Int

  /// The adjoints, by slot; `absent` where none was ever computed.
  @usableFromInline package var adjoints = Adjoints()

  /// The operands of `stack` nodes and the records of array nodes, one after another.
  @usableFromInline var lists: UnsafeMutablePointer<Int32>
  @usableFromInline package var listCount = 0
  @usableFromInline var listCapacity = 0

  /// Runs of sums of products, in their order.
  var productRuns: [ProductRun] = []

  /// The number of elements of the largest array that an operation reads or gives: its pullback makes
  /// temporaries of that size.
  var largestArray = 0

  /// The bytes that pullbacks of arrays take on the way.
  var pullbackByteCount: Int { 4 * largestArray * MemoryLayout<Double>.stride }

  /// Whether a product of matrices has been recorded that takes long enough to be stopped.
  package internal(set) var hasLongWork = false

  /// Whether one node may take so long that it is asked after each whether to stop.
  var hasLongArrays: Bool { hasLongWork || largestArray > LongWork.numbers }

  /// Whether most slots are of long arrays.
  var isMostlyArrays: Bool { slotCount > 8 * nodeCount }

  /// Whether a sweep over all of it takes so little time that it need not be stopped: some tenths of a
  /// second.
  var isShort: Bool {
    nodeCount < 1 << 24 && (slotCount < 1 << 23 || !isMostlyArrays) && !hasLongWork
  }

  /// The nodes that are guards, in order.
  var guards: [Int32] = []
  /// The slot of the guard recorded last; −1 when there is none, or nodes have been moved or forgotten
  /// since.
  package internal(set) var lastGuard: Int32 = -1

  /// The most nodes that may be recorded; nil for as many as there is memory for, which is asked of the
  /// system when they have become many.
  private var chosenLimit: Int?
  /// So many nodes may be recorded whatever the limit.
  private var allowance = 0

  /// The most nodes that may be recorded.
  package var nodeLimit: Int {
    Swift.max(chosenLimit ?? Graph.defaultNodeLimit, allowance)
  }

  /// Sets the most nodes that may be recorded: `limit`, where nil is for as many as there is memory for,
  /// but not fewer than `allowance`.
  package mutating func limitNodes(to limit: Int?, allowance: Int = 0) {
    let isAsBefore = limit == nil && chosenLimit == nil
    (chosenLimit, self.allowance) = (limit, allowance)
    if !isAsBefore { nodeCapacity = Swift.max(nodeCount, Swift.min(nodeCapacity, nodeLimit)) }
  }

  /// The most numbers that may be held: a node is reckoned at 40 bytes, a number with its adjoint at 16.
  package var slotLimit: Int { Swift.min(Swift.max(nodeLimit / 2 * 5, 1 << 22), Int(Int32.max)) }

  /// The constants recorded last, by a hash of their bits: a loop's literals enter once.
  @usableFromInline var constants: UnsafeMutablePointer<CachedConstant>

  @usableFromInline
  struct CachedConstant: BitwiseCopyable {
    @usableFromInline var bits: UInt64
    @usableFromInline var slot: Int32

    @inlinable @inline(__always)
    init(bits: UInt64, slot: Int32) {
      self.bits = bits
      self.slot = slot
    }
  }

  /// 2^this is the number of constants remembered.
  @usableFromInline static let constantCacheBits: UInt64 = 7

  /// The adjoint that means "never computed": a NaN that no arithmetic makes.
  package static let absent = Double(bitPattern: 0x7FF4_6772_6164_0000)

  /// Whether an adjoint was never computed.
  @inlinable
  package static func isAbsent(_ adjoint: Double) -> Bool {
    adjoint.bitPattern == 0x7FF4_6772_6164_0000
  }

  package init(nodeLimit: Int?) {
    chosenLimit = nodeLimit
    nodeCapacity = Swift.max(0, Swift.min(1 << 10, nodeLimit ?? .max))
    slotCapacity = 1 << 13
    nodes = Tape.allocate(Node.self, capacity: nodeCapacity)
    slotRuns = Tape.allocate(SlotRun.self, capacity: nodeCapacity + 1)
    values = Tape.allocate(Double.self, capacity: slotCapacity)
    lists = Tape.allocate(Int32.self, capacity: 0)
    constants = Tape.allocate(CachedConstant.self, capacity: 1 << Int(Tape.constantCacheBits))
    forgetConstants()
  }

  package func deallocate() {
    Tape.deallocate(nodes)
    Tape.deallocate(slotRuns)
    Tape.deallocate(values)
    adjoints.deallocate()
    Tape.deallocate(lists)
    Tape.deallocate(constants)
  }

  // MARK: Recording

  /// The slot of a constant; the same number in a row of uses has one slot.
  @inlinable @inline(__always)
  package mutating func constant(_ value: Double) -> Int32 {
    let bits = value.bitPattern
    let hash = Int((bits &* 0x9E37_79B9_7F4A_7C15) &>> (64 &- Tape.constantCacheBits))
    if constants[hash].bits == bits, constants[hash].slot >= 0 { return constants[hash].slot }
    let slot = slotCount
    (values + slot).initialize(to: value)
    slotCount = slot &+ 1
    constants[hash] = CachedConstant(bits: bits, slot: Int32(truncatingIfNeeded: slot))
    return Int32(truncatingIfNeeded: slot)
  }

  /// Whether one more operation fits without `grow`.
  ///
  /// One comparison: there is room for four more slots for every node that there is room for.
  @inlinable @inline(__always)
  package var hasRoom: Bool { nodeCount &+ 2 <= nodeCapacity }

  /// Whether two more operations fit without `grow`.
  @inlinable @inline(__always)
  package var hasRoomForTwo: Bool { nodeCount &+ 4 <= nodeCapacity }

  /// Records an operation on one operand; the caller has seen to `hasRoom`.
  @inlinable @inline(__always)
  package mutating func record(
    _ operation: UnaryOperation, _ operand: Int32, value: Double, origin: Origin
  ) -> Int32 {
    noteSlot()
    let (node, slot) = (nodeCount, slotCount)
    (nodes + node).initialize(
      to: Node(.unary(operation), left: operand, right: operand, origin: origin))
    (values + slot).initialize(to: value)
    nodeCount = node &+ 1
    slotCount = slot &+ 1
    return Int32(truncatingIfNeeded: slot)
  }

  /// Records an operation on two operands; the caller has seen to `hasRoom`.
  @inlinable @inline(__always)
  package mutating func record(
    _ operation: BinaryOperation, _ left: Int32, _ right: Int32, value: Double, origin: Origin,
    leftIsConstant: Bool, rightIsConstant: Bool
  ) -> Int32 {
    noteSlot()
    return append(
      operation, left, right, value: value, origin: origin, leftIsConstant: leftIsConstant,
      rightIsConstant: rightIsConstant)
  }

  /// The same where the caller has seen to the slot, too.
  @inlinable @inline(__always)
  package mutating func append(
    _ operation: BinaryOperation, _ left: Int32, _ right: Int32, value: Double, origin: Origin,
    leftIsConstant: Bool, rightIsConstant: Bool
  ) -> Int32 {
    let (node, slot) = (nodeCount, slotCount)
    (nodes + node).initialize(
      to: Node(
        .binary(operation), left: left, right: right, origin: origin,
        leftIsConstant: leftIsConstant, rightIsConstant: rightIsConstant))
    (values + slot).initialize(to: value)
    nodeCount = node &+ 1
    slotCount = slot &+ 1
    return Int32(truncatingIfNeeded: slot)
  }

  /// Records x·y and z + x·y, where z and a factor are tracked; the caller has seen to
  /// `hasRoomForTwo`.
  @inlinable @inline(__always)
  package mutating func recordMultiplyAdd(
    _ x: Int32, _ y: Int32, _ z: Int32, product: Double, sum: Double, productOrigin: Origin,
    sumOrigin: Origin, leftIsConstant: Bool = false, rightIsConstant: Bool = false
  ) -> Int32 {
    noteSlotsSideBySide()
    return appendMultiplyAdd(
      x, y, z, product: product, sum: sum, productOrigin: productOrigin, sumOrigin: sumOrigin,
      leftIsConstant: leftIsConstant, rightIsConstant: rightIsConstant)
  }

  /// The same where the caller has seen to the slots, too.
  @inlinable @inline(__always)
  package mutating func appendMultiplyAdd(
    _ x: Int32, _ y: Int32, _ z: Int32, product: Double, sum: Double, productOrigin: Origin,
    sumOrigin: Origin, leftIsConstant: Bool = false, rightIsConstant: Bool = false
  ) -> Int32 {
    let slot = Int32(truncatingIfNeeded: slotCount)
    let node = nodes + nodeCount
    let value = values + slotCount
    node.initialize(
      to: Node(
        .binary(.multiply), left: x, right: y, origin: productOrigin,
        leftIsConstant: leftIsConstant, rightIsConstant: rightIsConstant))
    (node + 1).initialize(
      to: Node(.binary(.add), left: z, right: slot, origin: sumOrigin))
    value.initialize(to: product)
    (value + 1).initialize(to: sum)
    nodeCount &+= 2
    slotCount &+= 2
    return slot &+ 1
  }

  /// Records an operation on three operands; the caller has seen to `hasRoom`.
  package mutating func record(
    _ operation: TernaryOperation, _ x: Int32, _ y: Int32, _ z: Int32, value: Double,
    origin: Origin
  ) -> Int32 {
    let slot = Int32(truncatingIfNeeded: slotCount)
    noteSlot()
    (nodes + nodeCount).initialize(
      to: Node(.operand, left: z, right: z, origin: origin))
    nodeCount += 1
    noteSlot()
    (nodes + nodeCount).initialize(
      to: Node(.ternary(operation), left: x, right: y, origin: origin))
    nodeCount += 1
    values[slotCount] = value
    slotCount += 1
    return slot
  }

  /// Records a leaf with room for `count` numbers, which the caller writes; room has been reserved.
  package mutating func recordLeaf(count: Int, origin: Origin) -> Int32 {
    let slot = Int32(truncatingIfNeeded: slotCount)
    noteSlot()
    (nodes + nodeCount).initialize(
      to: Node(.leaf, left: Int32(count), right: 0, origin: origin))
    nodeCount += 1
    slotCount += count
    return slot
  }

  /// Records that a guard saw what now stands in `count` slots from `watched` on; of a branch, 1 or 0.
  /// Room has been reserved.
  package mutating func recordGuard(
    _ operation: Operation, _ watched: Int32, count: Int = 1, origin: Origin
  ) {
    noteSlot()
    (nodes + nodeCount).initialize(
      to: Node(operation, left: watched, right: Int32(count), origin: origin))
    guards.append(Int32(nodeCount))
    nodeCount += 1
    lastGuard = Int32(slotCount)
    for k in 0..<count {
      let now = values[Int(watched) + k]
      values[slotCount + k] = operation == .branchGuard ? (now != 0 ? 1 : 0) : now
    }
    slotCount += count
  }

  /// Records an array of `count` numbers that have slots; room has been reserved.
  @inlinable @inline(__always)
  package mutating func recordStack(
    count: Int, origin: Origin, operand: (Int) -> Int32
  ) -> Int32 {
    let slot = Int32(truncatingIfNeeded: slotCount)
    noteSlot()
    (nodes + nodeCount).initialize(
      to: Node(
        .stack, left: Int32(truncatingIfNeeded: listCount),
        right: Int32(truncatingIfNeeded: count), origin: origin))
    nodeCount &+= 1
    for k in 0..<count {
      let source = operand(k)
      lists[listCount &+ k] = source
      values[slotCount &+ k] = values[Int(source)]
    }
    listCount &+= count
    slotCount &+= count
    return slot
  }

  /// The operand that a record before a node with three operands carries.
  @inlinable
  package func thirdOperand(of node: Int) -> Int32 { nodes[node - 1].left }

  // MARK: Forgetting

  /// Forgets what was recorded after the counts given: used when a statement fails.
  package mutating func truncate(nodes: Int, slots: Int, lists: Int) {
    while let node = guards.last, node >= nodes { guards.removeLast() }
    nodeCount = nodes
    slotCount = slots
    truncateSlotRuns(nodes: nodes)
    while let run = productRuns.last, run.lastSlot >= slots { productRuns.removeLast() }
    lastGuard = -1
    listCount = lists
    adjoints.truncate(slots: slots)
    forgetConstants()
    ensureRoom()
  }

  /// Where the lists of the first `count` nodes end. O(nodes without a list before).
  func listEnd(ofNodes count: Int) -> Int {
    guard listCount > 0 else { return 0 }
    for index in stride(from: count - 1, through: 0, by: -1) {
      switch nodes[index].operation {
      case .stack, .array: return Int(nodes[index].left) + Int(nodes[index].right)
      case .leaf, .unary, .binary, .ternary, .branchGuard, .indexGuard, .operand: continue
      }
    }
    return 0
  }

  package func forgetConstants() {
    constants.initialize(
      repeating: CachedConstant(bits: 0, slot: -1), count: 1 << Int(Tape.constantCacheBits))
  }

  static func deallocate<T>(_ storage: UnsafeMutablePointer<T>) { Memory.deallocate(storage) }

  // MARK: Looking up

  /// The number of slots that a node owns.
  package func count(of node: Int) -> Int {
    switch nodes[node].operation {
    case .leaf: Int(nodes[node].left)
    case .stack, .branchGuard, .indexGuard: Int(nodes[node].right)
    case .array: arrayCount(of: nodes[node])
    case .unary, .binary, .ternary: 1
    case .operand: 0
    }
  }

  /// Traps when the tape's order or sizes are broken.
  package func checkInvariants() {
    precondition(
      slotCapacity >= slotCount + 4 * (nodeCapacity - nodeCount + 1), "room for nodes is room")
    checkSlotRuns()
    precondition(
      guards == (0..<nodeCount).filter { nodes[$0].operation.isGuard }.map { Int32($0) },
      "guards are known")
    var end = 0
    for index in 0..<nodeCount {
      let node = nodes[index]
      let slot = slot(of: index)
      precondition(slot >= end, "slots increase")
      precondition(slot + count(of: index) <= slotCount, "slots are inside")
      end = slot + count(of: index)
      switch node.operation {
      case .leaf: break
      case .stack:
        for k in 0..<Int(node.right) {
          precondition(Int(lists[Int(node.left) + k]) < slot, "operands precede")
        }
      case .array:
        forEachArrayOperand(of: node) { place, count in
          precondition(Int(lists[place]) + count <= slot, "operands precede")
        }
      case .branchGuard, .indexGuard:
        precondition(Int(node.left) + Int(node.right) <= slot, "operands precede")
      case .unary, .binary, .ternary:
        precondition(Int(node.left) < slot && Int(node.right) < slot, "operands precede")
      case .operand: break
      }
    }
    precondition(adjoints.count <= slotCount, "adjoints belong to slots")
    checkProductRuns()
  }

  private func checkProductRuns() {
    var end: Int32 = -1
    for run in productRuns {
      precondition(run.firstSlot > end && run.lastSlot < slotCount, "runs are in order")
      end = run.lastSlot
      guard let last = node(at: run.lastSlot) else { preconditionFailure("a run has records") }
      let first = last - 2 * Int(run.count) + 1
      let operands = operands(ofRunAt: first)
      for k in 0..<Int(run.count) {
        let (product, sum) = (nodes[first + 2 * k], nodes[first + 2 * k + 1])
        let slot = Int(run.firstSlot) + 2 * k
        precondition(
          product.operation == .binary(.multiply) && sum.operation == .binary(.add)
            && Int(product.left) == operands.x + k * operands.xStride
            && Int(product.right) == operands.y + k * operands.yStride
            && self.slot(of: first + 2 * k) == slot && self.slot(of: first + 2 * k + 1) == slot + 1
            && Int(sum.right) == slot && Int(sum.left) == (k == 0 ? operands.start : slot - 1),
          "a run is a sum of products")
      }
    }
  }
}
