// The audited unsafe file of the engine: the tape's storage and everything that writes to it.
//
// Invariants, checked by `Tape.checkInvariants()` in debug builds and tests:
// - nodes[0..<nodeCount], values[0..<slotCount], lists[0..<listCount] are initialised;
// - the slots of nodes increase with their index, and operands' slots are below the node's;
// - adjoints[0..<gradientEnd] are initialised; `Tape.absent` marks one that was never computed;
// - `recorded room`: when nodeCount ≤ nodeLimitReached and slotCount + 4 ≤ slotCapacity hold, one
//   more operation with three operands can be recorded without a check.

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

  /// The numbers: of leaves, constants and results, a slot each.
  @usableFromInline package var values: UnsafeMutablePointer<Double>
  /// The number of slots.
  @usableFromInline package var slotCount = 0
  @usableFromInline var slotCapacity: Int

  /// The adjoints, by slot; `absent` where none was ever computed.
  @usableFromInline package var adjoints: UnsafeMutablePointer<Double>
  @usableFromInline var adjointCapacity = 0
  /// Slots from here on have no adjoint yet.
  @usableFromInline package var gradientEnd = 0

  /// The operands of `stack` nodes, one list after another.
  @usableFromInline var lists: UnsafeMutablePointer<Int32>
  @usableFromInline package var listCount = 0
  @usableFromInline var listCapacity = 0

  /// The most nodes that may be recorded.
  @usableFromInline package var nodeLimit: Int

  /// The constants recorded last, by a hash of their bits: a loop's literals enter once.
  @usableFromInline var constants: UnsafeMutablePointer<CachedConstant>

  @usableFromInline
  struct CachedConstant {
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

  package init(nodeLimit: Int) {
    self.nodeLimit = nodeLimit
    nodeCapacity = 1 << 10
    slotCapacity = 1 << 11
    nodes = .allocate(capacity: nodeCapacity)
    values = .allocate(capacity: slotCapacity)
    adjoints = .allocate(capacity: 0)
    lists = .allocate(capacity: 0)
    constants = .allocate(capacity: 1 << Int(Tape.constantCacheBits))
    forgetConstants()
  }

  package func deallocate() {
    nodes.deallocate()
    values.deallocate()
    adjoints.deallocate()
    lists.deallocate()
    constants.deallocate()
  }

  // MARK: Recording

  /// The slot of a constant; the same number in a row of uses has one slot.
  @inlinable @inline(__always)
  package mutating func constant(_ value: Double) -> Int32 {
    let bits = value.bitPattern
    let hash = Int((bits &* 0x9E37_79B9_7F4A_7C15) &>> (64 &- Tape.constantCacheBits))
    if constants[hash].bits == bits, constants[hash].slot >= 0 { return constants[hash].slot }
    let slot = Int32(truncatingIfNeeded: slotCount)
    values[slotCount] = value
    slotCount &+= 1
    constants[hash] = CachedConstant(bits: bits, slot: slot)
    return slot
  }

  /// Whether one more operation fits without `grow`.
  @inlinable @inline(__always)
  package var hasRoom: Bool { nodeCount &+ 2 <= nodeCapacity && slotCount &+ 4 <= slotCapacity }

  /// Records an operation on one operand; the caller has seen to `hasRoom`.
  @inlinable @inline(__always)
  package mutating func record(
    _ operation: UnaryOperation, _ operand: Int32, value: Double, origin: Origin
  ) -> Int32 {
    let slot = Int32(truncatingIfNeeded: slotCount)
    (nodes + nodeCount).initialize(
      to: Node(.unary(operation), left: operand, right: operand, slot: slot, origin: origin))
    nodeCount &+= 1
    values[slotCount] = value
    slotCount &+= 1
    return slot
  }

  /// Records an operation on two operands; the caller has seen to `hasRoom`.
  @inlinable @inline(__always)
  package mutating func record(
    _ operation: BinaryOperation, _ left: Int32, _ right: Int32, value: Double, origin: Origin,
    leftIsConstant: Bool, rightIsConstant: Bool
  ) -> Int32 {
    let slot = Int32(truncatingIfNeeded: slotCount)
    (nodes + nodeCount).initialize(
      to: Node(
        .binary(operation), left: left, right: right, slot: slot, origin: origin,
        leftIsConstant: leftIsConstant, rightIsConstant: rightIsConstant))
    nodeCount &+= 1
    values[slotCount] = value
    slotCount &+= 1
    return slot
  }

  /// Records an operation on three operands; the caller has seen to `hasRoom`.
  package mutating func record(
    _ operation: TernaryOperation, _ x: Int32, _ y: Int32, _ z: Int32, value: Double,
    origin: Origin
  ) -> Int32 {
    let slot = Int32(truncatingIfNeeded: slotCount)
    (nodes + nodeCount).initialize(
      to: Node(.operand, left: z, right: z, slot: slot, origin: origin))
    (nodes + nodeCount + 1).initialize(
      to: Node(.ternary(operation), left: x, right: y, slot: slot, origin: origin))
    nodeCount += 2
    values[slotCount] = value
    slotCount += 1
    return slot
  }

  /// Records a leaf with room for `count` numbers, which the caller writes; room has been reserved.
  package mutating func recordLeaf(count: Int, origin: Origin) -> Int32 {
    let slot = Int32(truncatingIfNeeded: slotCount)
    (nodes + nodeCount).initialize(
      to: Node(.leaf, left: Int32(count), right: 0, slot: slot, origin: origin))
    nodeCount += 1
    slotCount += count
    return slot
  }

  /// Records that a guard saw `outcome` in the slot `watched`.
  package mutating func recordGuard(
    _ operation: Operation, _ watched: Int32, outcome: Double, origin: Origin
  ) {
    (nodes + nodeCount).initialize(
      to: Node(
        operation, left: watched, right: watched, slot: Int32(slotCount), origin: origin))
    nodeCount += 1
    values[slotCount] = outcome
    slotCount += 1
  }

  /// Records an array whose elements are the numbers in `operands`; room has been reserved.
  package mutating func recordStack(_ operands: [Int32], origin: Origin) -> Int32 {
    let slot = Int32(truncatingIfNeeded: slotCount)
    (nodes + nodeCount).initialize(
      to: Node(
        .stack, left: Int32(listCount), right: Int32(operands.count), slot: slot, origin: origin))
    nodeCount += 1
    for (k, operand) in operands.enumerated() {
      lists[listCount + k] = operand
      values[slotCount + k] = values[Int(operand)]
    }
    listCount += operands.count
    slotCount += operands.count
    return slot
  }

  /// The operand that a record before a node with three operands carries.
  @inlinable
  package func thirdOperand(of node: Int) -> Int32 { nodes[node - 1].left }

  // MARK: Growth

  /// Makes room for `slots` more numbers and as many operations as `hasRoom` asks for.
  ///
  /// - Throws: `GraphError.tooManyNodes` at the limit on nodes, `.tooManyNumbers` at 2³¹ slots.
  @usableFromInline
  package mutating func grow(slots: Int = 4, listed: Int = 0) throws(GraphError) {
    if nodeCount + 2 > nodeLimit { throw .tooManyNodes(limit: nodeLimit) }
    if slotCount + slots + 4 > Int(Int32.max) || listCount + listed > Int(Int32.max) {
      throw .tooManyNumbers
    }
    if nodeCount + 2 > nodeCapacity {
      nodes = Tape.moved(nodes, nodeCount, toCapacity: nodeCapacity * 2)
      nodeCapacity *= 2
    }
    if slotCount + slots + 4 > slotCapacity {
      let capacity = Swift.max(slotCapacity * 2, slotCount + slots + 4)
      values = Tape.moved(values, slotCount, toCapacity: capacity)
      slotCapacity = capacity
    }
    if listCount + listed > listCapacity {
      let capacity = Swift.max(listCapacity * 2, listCount + listed)
      lists = Tape.moved(lists, listCount, toCapacity: capacity)
      listCapacity = capacity
    }
  }

  /// The first `count` elements in new storage; the old storage is freed.
  static func moved<T>(
    _ old: UnsafeMutablePointer<T>, _ count: Int, toCapacity capacity: Int
  ) -> UnsafeMutablePointer<T> {
    let new = UnsafeMutablePointer<T>.allocate(capacity: capacity)
    new.moveInitialize(from: old, count: count)
    old.deallocate()
    return new
  }

  /// Makes the adjoints of all slots storable; new ones are `absent`.
  package mutating func extendAdjoints() {
    if slotCount > adjointCapacity {
      let capacity = Swift.max(slotCount, Swift.min(slotCapacity, adjointCapacity * 2))
      adjoints = Tape.moved(adjoints, gradientEnd, toCapacity: capacity)
      adjointCapacity = capacity
    }
    for slot in gradientEnd..<slotCount { adjoints[slot] = Tape.absent }
    gradientEnd = slotCount
  }

  /// Forgets what was recorded after the counts given: used when a statement fails.
  package mutating func truncate(nodes: Int, slots: Int, lists: Int) {
    nodeCount = nodes
    slotCount = slots
    listCount = lists
    gradientEnd = Swift.min(gradientEnd, slots)
    forgetConstants()
  }

  package func forgetConstants() {
    constants.initialize(
      repeating: CachedConstant(bits: 0, slot: -1), count: 1 << Int(Tape.constantCacheBits))
  }

  // MARK: Looking up

  /// The node whose run of slots holds `slot`, or nil for a constant.
  package func node(at slot: Int32) -> Int? {
    // The last node whose slot is not above; an `.operand` record shares its node's slot.
    var low = 0
    var high = nodeCount
    while low < high {
      let middle = (low + high) / 2
      if nodes[middle].slotIndex <= slot { low = middle + 1 } else { high = middle }
    }
    guard low > 0 else { return nil }
    let index = low - 1
    return Int(slot) < Int(nodes[index].slotIndex) + count(of: index) ? index : nil
  }

  /// The number of slots that a node owns.
  @inlinable
  package func count(of node: Int) -> Int {
    switch nodes[node].operation {
    case .leaf: Int(nodes[node].left)
    case .stack: Int(nodes[node].right)
    case .unary, .binary, .ternary, .branchGuard, .indexGuard: 1
    case .operand: 0
    }
  }

  /// Traps when the tape's order or sizes are broken.
  package func checkInvariants() {
    var end: Int32 = 0
    for index in 0..<nodeCount {
      let node = nodes[index]
      precondition(node.slotIndex >= end, "slots increase")
      precondition(Int(node.slotIndex) + count(of: index) <= slotCount, "slots are inside")
      end = node.slotIndex + Int32(count(of: index))
      switch node.operation {
      case .leaf: break
      case .stack:
        for k in 0..<Int(node.right) {
          precondition(lists[Int(node.left) + k] < node.slotIndex, "operands precede")
        }
      case .unary, .binary, .ternary, .branchGuard, .indexGuard, .operand:
        precondition(node.left < node.slotIndex || node.operation == .operand, "operands precede")
        precondition(node.right < node.slotIndex || node.operation == .operand, "operands precede")
      }
    }
    precondition(gradientEnd <= slotCount, "adjoints belong to slots")
  }
}
