#if canImport(Glibc)
  import Glibc
#elseif canImport(Musl)
  import Musl
#elseif canImport(Darwin)
  import Darwin
#endif

// The audited unsafe file of the engine: the tape's storage and everything that writes to it.
//
// Invariants, checked by `Tape.checkInvariants()` in debug builds and tests:
// - nodes[0..<nodeCount], values[0..<slotCount], lists[0..<listCount] are initialised;
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

  /// The numbers: of leaves, constants and results, a slot each.
  @usableFromInline package var values: UnsafeMutablePointer<Double>
  /// The number of slots.
  @usableFromInline package var slotCount = 0
  @usableFromInline var slotCapacity: Int

  /// The adjoints, by slot; `absent` where none was ever computed.
  @usableFromInline package var adjoints = Adjoints()

  /// The operands of `stack` nodes, one list after another.
  @usableFromInline var lists: UnsafeMutablePointer<Int32>
  @usableFromInline package var listCount = 0
  @usableFromInline var listCapacity = 0

  /// Runs of sums of products, in their order.
  var productRuns: [ProductRun] = []

  /// How many numbers the largest array of an operation has: its pullback computes some more like it.
  var largestArray = 0

  /// The bytes that pullbacks of arrays take on the way.
  var pullbackByteCount: Int { 4 * largestArray * MemoryLayout<Double>.stride }

  /// Whether a product of matrices has been recorded that takes long enough to be stopped.
  package internal(set) var hasLongWork = false

  /// Notes that an operation was recorded that takes long.
  mutating func noteLongWork() { hasLongWork = true }

  /// How many records are guards.
  var guardCount = 0
  /// The slot of the guard recorded last; −1 when there is none, or nodes have been moved or forgotten
  /// since.
  package internal(set) var lastGuard: Int32 = -1

  /// The most nodes that may be recorded.
  @usableFromInline package var nodeLimit: Int {
    didSet { nodeCapacity = Swift.max(nodeCount, Swift.min(nodeCapacity, nodeLimit)) }
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

  package init(nodeLimit: Int) {
    self.nodeLimit = nodeLimit
    nodeCapacity = Swift.max(0, Swift.min(1 << 10, nodeLimit))
    slotCapacity = 1 << 13
    nodes = Tape.allocate(Node.self, capacity: nodeCapacity)
    values = Tape.allocate(Double.self, capacity: slotCapacity)
    lists = Tape.allocate(Int32.self, capacity: 0)
    constants = Tape.allocate(CachedConstant.self, capacity: 1 << Int(Tape.constantCacheBits))
    forgetConstants()
  }

  package func deallocate() {
    free(nodes)
    free(values)
    adjoints.deallocate()
    free(lists)
    free(constants)
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

  /// Records x·y and z + x·y, where z and a factor are tracked; the caller has seen to
  /// `hasRoomForTwo`.
  @inlinable @inline(__always)
  package mutating func recordMultiplyAdd(
    _ x: Int32, _ y: Int32, _ z: Int32, product: Double, sum: Double, productOrigin: Origin,
    sumOrigin: Origin, leftIsConstant: Bool = false, rightIsConstant: Bool = false
  ) -> Int32 {
    let slot = Int32(truncatingIfNeeded: slotCount)
    let node = nodes + nodeCount
    let value = values + slotCount
    node.initialize(
      to: Node(
        .binary(.multiply), left: x, right: y, slot: slot, origin: productOrigin,
        leftIsConstant: leftIsConstant, rightIsConstant: rightIsConstant))
    (node + 1).initialize(
      to: Node(.binary(.add), left: z, right: slot, slot: slot &+ 1, origin: sumOrigin))
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

  /// Records that a guard saw what now stands in `count` slots from `watched` on; of a branch, 1 or 0.
  /// Room has been reserved.
  package mutating func recordGuard(
    _ operation: Operation, _ watched: Int32, count: Int = 1, origin: Origin
  ) {
    (nodes + nodeCount).initialize(
      to: Node(
        operation, left: watched, right: Int32(count), slot: Int32(slotCount), origin: origin))
    nodeCount += 1
    guardCount += 1
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
    (nodes + nodeCount).initialize(
      to: Node(
        .stack, left: Int32(truncatingIfNeeded: listCount),
        right: Int32(truncatingIfNeeded: count), slot: slot, origin: origin))
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

  // MARK: Growth

  /// Makes room for one more operation, for `slots` numbers beside it, and for `listed` operands.
  ///
  /// - Throws: `GraphError.tooManyNodes` at the limit on nodes, `.tooManyNumbers` at that on slots,
  ///   `.outOfMemory` where the system has no more to give.
  @usableFromInline
  package mutating func grow(slots: Int = 0, listed: Int = 0) throws(GraphError) {
    if nodeCount + 2 > nodeLimit { throw .tooManyNodes(limit: nodeLimit) }
    if slotCount + slots + 8 > slotLimit || listCount + listed > Int(Int32.max) {
      throw .tooManyNumbers(limit: slotLimit)
    }
    if listCount + listed > listCapacity { try growLists(to: listCount + listed) }
    if nodeCount + 2 > nodeCapacity {
      try growNodes(slots: slots)
    } else {
      try growValues(to: slotsNeeded(slots, nodeCapacity))
    }
  }

  /// The slots for `hasRoom`'s promise: four for every node that there is room for, and `slots` more.
  private func slotsNeeded(_ slots: Int, _ nodeCapacity: Int) -> Int {
    slotCount + slots + 4 * (nodeCapacity - nodeCount + 1)
  }

  /// Makes room for twice as many nodes, with their slots; for fewer where memory is short.
  private mutating func growNodes(slots: Int) throws(GraphError) {
    var capacity = Swift.min(Swift.max(nodeCapacity * 2, 1 << 10), nodeLimit)
    while true {
      do throws(GraphError) {
        try growValues(to: slotsNeeded(slots, capacity))
        guard let new = Memory.resized(nodes, from: nodeCapacity, to: capacity) else {
          throw .outOfMemory(byteCount: (capacity - nodeCapacity) * MemoryLayout<Node>.stride)
        }
        (nodes, nodeCapacity) = (new, capacity)
        // For labels, and for the marks of a collection.
        guard Memory.hasRoom(for: 8 * (capacity - nodeCount), within: .max) else {
          nodeCapacity = nodeCount
          throw .outOfMemory(byteCount: 8 * (capacity - nodeCount))
        }
        return
      } catch {
        let smaller = nodeCapacity + (capacity - nodeCapacity) / 2
        guard smaller >= nodeCount + Swift.min(1 << 10, nodeLimit - nodeCount), smaller < capacity
        else { throw error }
        capacity = smaller
      }
    }
  }

  /// Makes room for slots: twice as many as there was for, or just those needed where memory is short.
  /// Memory that is never used is never touched, so that it costs only addresses.
  private mutating func growValues(to needed: Int) throws(GraphError) {
    guard needed > slotCapacity else { return }
    for capacity in [Swift.max(slotCapacity * 2, needed), needed] {
      if let new = Memory.resized(values, from: slotCapacity, to: capacity) {
        (values, slotCapacity) = (new, capacity)
        return
      }
    }
    throw .outOfMemory(byteCount: (needed - slotCapacity) * MemoryLayout<Double>.stride)
  }

  private mutating func growLists(to needed: Int) throws(GraphError) {
    for capacity in [Swift.max(listCapacity * 2, needed), needed] {
      if let new = Memory.resized(lists, from: listCapacity, to: capacity) {
        (lists, listCapacity) = (new, capacity)
        return
      }
    }
    throw .outOfMemory(byteCount: (needed - listCapacity) * MemoryLayout<Int32>.stride)
  }

  /// Sees to `hasRoom`'s promise after nodes have gone: where there is no memory for their slots, there is
  /// room for fewer nodes.
  mutating func ensureRoom() {
    do throws(GraphError) { try growValues(to: slotsNeeded(0, nodeCapacity)) } catch {
      nodeCapacity = Swift.max(nodeCount, nodeCount + (slotCapacity - slotCount) / 4 - 1)
    }
  }

  /// The storage, resized; whoever asks for much has required the memory before.
  static func resized<T>(
    _ old: UnsafeMutablePointer<T>, toCapacity capacity: Int
  ) -> UnsafeMutablePointer<T> {
    guard let new = Memory.resized(old, from: capacity, to: capacity) else {
      fatalError("out of memory: no room for \(capacity) records")
    }
    return new
  }

  /// New storage, to be resized and freed by `realloc` and `free`; whoever asks for much has required the
  /// memory before.
  static func allocate<T>(_ type: T.Type, capacity: Int) -> UnsafeMutablePointer<T> {
    guard let new = Memory.allocated(type, capacity: capacity) else {
      fatalError("out of memory: no room for \(capacity) records")
    }
    return new
  }

  /// Forgets what was recorded after the counts given: used when a statement fails.
  package mutating func truncate(nodes: Int, slots: Int, lists: Int) {
    for index in nodes..<nodeCount {
      switch self.nodes[index].operation {
      case .branchGuard, .indexGuard: guardCount -= 1
      case .leaf, .unary, .binary, .ternary, .stack, .array, .operand: break
      }
    }
    nodeCount = nodes
    slotCount = slots
    while let run = productRuns.last, run.lastSlot >= slots { productRuns.removeLast() }
    lastGuard = -1
    listCount = lists
    adjoints.truncate(slots: slots)
    forgetConstants()
    ensureRoom()
  }

  package func forgetConstants() {
    constants.initialize(
      repeating: CachedConstant(bits: 0, slot: -1), count: 1 << Int(Tape.constantCacheBits))
  }

  static func deallocate<T>(_ storage: UnsafeMutablePointer<T>) { free(storage) }

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
      case .array:
        forEachArrayOperand(of: node) { place, count in
          precondition(Int(lists[place]) + count <= Int(node.slotIndex), "operands precede")
        }
      case .branchGuard, .indexGuard:
        precondition(Int(node.left) + Int(node.right) <= Int(node.slotIndex), "operands precede")
      case .unary, .binary, .ternary, .operand:
        precondition(node.left < node.slotIndex || node.operation == .operand, "operands precede")
        precondition(node.right < node.slotIndex || node.operation == .operand, "operands precede")
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
        precondition(
          product.operation == .binary(.multiply) && sum.operation == .binary(.add)
            && Int(product.left) == operands.x + k * operands.xStride
            && Int(product.right) == operands.y + k * operands.yStride
            && product.slotIndex == run.firstSlot + 2 * Int32(k)
            && sum.slotIndex == product.slotIndex + 1 && sum.right == product.slotIndex
            && Int(sum.left) == (k == 0 ? operands.start : Int(product.slotIndex) - 1),
          "a run is a sum of products")
      }
    }
  }
}
