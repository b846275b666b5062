/// The adjoints of slots, with a mark for each block of 64 that says whether anything has been written
/// to it: a sweep visits, and pays for, only the blocks that a graph touches.
///
/// A block without a mark stands for zeros. Where most slots are of long arrays its memory may hold
/// anything: it is filled, or written, when the first number is added to it, while it is in the cache.
/// Where most are numbers that test would cost a sweep more than it saves: all is kept zero.
///
/// A value type without ownership: whoever makes one calls `deallocate`.
@usableFromInline
package struct Adjoints {
  /// The adjoints, by slot; to be read only in blocks that are marked.
  private(set) var numbers: UnsafeMutablePointer<Double>
  /// A byte for each block of 64 slots; 0 where all adjoints are 0 and the block has not been written.
  private(set) var touched: UnsafeMutablePointer<UInt8>
  /// Slots from here on have no adjoint.
  package private(set) var count = 0
  /// Whether blocks without a mark hold zeros in memory.
  private(set) var isZeroed = true
  private var capacity: Int
  /// Blocks below this are not there: a sweep over a part of the tape has adjoints for that part only.
  let firstBlock: Int

  /// 2^this slots make a block.
  static let blockBits = 6

  init(capacity: Int = 0) {
    self.capacity = (capacity | 63) + 1
    firstBlock = 0
    numbers = Tape.allocate(Double.self, capacity: self.capacity)
    touched = Tape.allocate(UInt8.self, capacity: self.capacity >> Adjoints.blockBits)
  }

  /// Zeros for so many slots; `isZeroed` says whether blocks without a mark are to hold zeros in memory, which
  /// new memory does without being touched.
  init(slots: Int, isZeroed: Bool) {
    capacity = (slots | 63) + 1
    firstBlock = 0
    count = slots
    self.isZeroed = isZeroed
    numbers =
      isZeroed
      ? Tape.allocateZeros(Double.self, capacity: capacity)
      : Tape.allocate(Double.self, capacity: capacity)
    touched = Tape.allocateZeros(UInt8.self, capacity: capacity >> Adjoints.blockBits)
  }

  /// Zeros for a run of slots that nothing below is added to; they cannot be resized.
  init(slots: Range<Int>) {
    firstBlock = slots.lowerBound >> Adjoints.blockBits
    let first = firstBlock << Adjoints.blockBits
    capacity = (slots.upperBound | 63) + 1
    count = slots.upperBound
    isZeroed = false
    let size = capacity - first
    numbers = Tape.allocate(Double.self, capacity: size) - first
    touched = Tape.allocate(UInt8.self, capacity: size >> Adjoints.blockBits) - firstBlock
    (touched + firstBlock).initialize(repeating: 0, count: size >> Adjoints.blockBits)
  }

  func deallocate() {
    Tape.deallocate(numbers + firstBlock << Adjoints.blockBits)
    Tape.deallocate(touched + firstBlock)
  }

  private mutating func reserve(_ slots: Int) {
    guard slots > capacity else { return }
    resize(to: Memory.hasRoom(for: Adjoints.byteCount(slots: capacity)) ? capacity * 2 : slots)
    if slots > capacity { resize(to: slots) }
  }

  private mutating func resize(to slots: Int) {
    capacity = (slots | 63) + 1
    numbers = Tape.resized(numbers, toCapacity: capacity)
    touched = Tape.resized(touched, toCapacity: capacity >> Adjoints.blockBits)
  }

  /// The bytes that adjoints of so many slots take.
  static func byteCount(slots: Int) -> Int {
    slots * MemoryLayout<Double>.stride + slots >> blockBits
  }

  /// Sees to memory for an adjoint for each of so many slots, which `clear` and `extend` then take.
  func require(slots: Int) throws(GraphError) {
    if slots > capacity { try Memory.require(Adjoints.byteCount(slots: slots - capacity)) }
  }

  private func blocks(_ slots: Int) -> Int { (slots + 63) >> Adjoints.blockBits }

  /// The adjoint of a slot below `count`.
  @inline(__always)
  package func number(at slot: Int) -> Double {
    touched[slot >> Adjoints.blockBits] == 0 ? 0 : numbers[slot]
  }

  /// Zero for every slot up to `slots`.
  ///
  /// - Parameter zeroing: whether the memory is to hold zeros, in O(what is not zero, and what is new);
  ///   or else only the marks are cleared.
  mutating func clear(slots: Int, zeroing: Bool) {
    reserve(slots)
    if zeroing {
      let old = isZeroed ? min(blocks(count), blocks(slots)) : 0
      zeroMarked(old)
      (numbers + old << Adjoints.blockBits)
        .update(repeating: 0, count: (blocks(slots) - old) << Adjoints.blockBits)
    }
    touched.update(repeating: 0, count: blocks(slots))
    isZeroed = zeroing
    count = slots
  }

  /// Fills the blocks below one that are marked with zeros.
  private func zeroMarked(_ end: Int) {
    var block = 0
    while block < end {
      let first = block
      while block < end, touched[block] != 0 { block += 1 }
      if block > first {
        (numbers + first << Adjoints.blockBits).update(repeating: 0, count: (block - first) << 6)
      }
      block += 1
    }
  }

  /// An adjoint for every slot up to `slots`; the new ones are marked as never computed.
  mutating func extend(slots: Int) {
    guard slots > count else { return }
    reserve(slots)
    let first = count
    if first & 63 != 0 { ready(first - 1, 1) }
    let (oldBlocks, newBlocks) = (blocks(first), blocks(slots))
    (numbers + first).update(repeating: Tape.absent, count: newBlocks << Adjoints.blockBits - first)
    (touched + oldBlocks).update(repeating: 1, count: newBlocks - oldBlocks)
    count = slots
  }

  /// Whether every adjoint of a run of slots is finite, or was never computed.
  package func areFinite(_ slots: Range<Int>) -> Bool {
    let slots = slots.clamped(to: 0..<count)
    var first = slots.lowerBound
    while first < slots.upperBound {
      // A run of blocks that have been written, or of one that has not.
      let isWritten = touched[first >> Adjoints.blockBits] != 0
      var end = (first | 63) + 1
      while end < slots.upperBound, (touched[end >> Adjoints.blockBits] != 0) == isWritten {
        end += 64
      }
      end = min(end, slots.upperBound)
      if isWritten, !ArrayKernels.areFinite(numbers + first, end - first),
        !(first..<end).allSatisfy({ numbers[$0].isFinite || Tape.isAbsent(numbers[$0]) })
      {
        return false
      }
      first = end
    }
    return true
  }

  /// Marks the blocks of a run of slots, so that numbers can be added to them.
  @inline(__always)
  func ready(_ slot: Int, _ count: Int) {
    guard count > 0 else { return }
    for block in slot >> Adjoints.blockBits...(slot + count - 1) >> Adjoints.blockBits
    where touched[block] == 0 {
      fill(block)
    }
  }

  /// The same, where blocks without a mark may hold zeros already.
  @inline(__always)
  func ready(_ slot: Int, _ count: Int, areZeroed: Bool) {
    guard areZeroed else { return ready(slot, count) }
    var block = slot &>> Adjoints.blockBits
    let last = (slot &+ count &- 1) &>> Adjoints.blockBits
    while block <= last {
      touched[block] = 1
      block &+= 1
    }
  }

  /// Marks a block, whose numbers become zeros.
  func fill(_ block: Int) { Adjoints.fill(block, numbers, touched) }

  /// Marks a block, whose numbers become zeros; with no more than what it needs, for the sake of the
  /// loop that calls it.
  @inline(never)
  static func fill(
    _ block: Int, _ numbers: UnsafeMutablePointer<Double>, _ touched: UnsafeMutablePointer<UInt8>
  ) {
    touched[block] = 1
    (numbers + block << blockBits).update(repeating: 0, count: 1 << blockBits)
  }

  /// Whether nothing has been written to the blocks of a run of slots.
  @inline(__always)
  func areNew(_ slot: Int, _ count: Int) -> Bool {
    count <= 1
      ? touched[slot >> Adjoints.blockBits] == 0
      : areNew(slot >> Adjoints.blockBits..<blocks(slot + count))
  }

  /// Whether nothing has been written to some blocks.
  func areNew(_ blocks: Range<Int>) -> Bool {
    var block = blocks.lowerBound
    while block + 8 <= blocks.upperBound {
      if UnsafeRawPointer(touched + block).loadUnaligned(as: UInt64.self) != 0 { return false }
      block += 8
    }
    return (block..<blocks.upperBound).allSatisfy { touched[$0] == 0 }
  }

  /// Marks blocks, all of whose numbers are about to be written.
  func mark(_ blocks: Range<Int>) {
    (touched + blocks.lowerBound).update(repeating: 1, count: blocks.count)
  }

  /// The last block before one that is marked; nil when there is none.
  @inline(__always)
  func lastTouched(before block: Int) -> Int? {
    // Eight at a time: a long graph that is swept again and again has many blocks to pass over.
    var next = block
    while next - 8 >= firstBlock,
      UnsafeRawPointer(touched + next - 8).loadUnaligned(as: UInt64.self) == 0
    {
      next -= 8
    }
    while next > firstBlock, touched[next - 1] == 0 { next -= 1 }
    return next > firstBlock ? next - 1 : nil
  }

  /// Whether an adjoint of a run of slots is other than 0.
  func isNonzero(_ slot: Int, _ count: Int) -> Bool {
    var slot = slot
    let end = slot + count
    // A tape may have many long arrays from before that nothing is added to.
    if areNew(slot, count) { return false }
    while slot < end {
      let next = min((slot | 63) + 1, end)
      if touched[slot >> Adjoints.blockBits] != 0,
        (slot..<next).contains(where: { numbers[$0] != 0 })
      {
        return true
      }
      slot = next
    }
    return false
  }

  /// Sets one adjoint, of a slot below `count`.
  mutating func set(_ number: Double, at slot: Int) {
    ready(slot, 1)
    numbers[slot] = number
  }

  /// Adds another set of adjoints of as many slots; those never computed count as 0.
  mutating func add(_ others: Adjoints) {
    extend(slots: others.count)
    ready(0, count)
    for slot in 0..<others.count {
      let present = Tape.isAbsent(numbers[slot]) ? 0 : numbers[slot]
      numbers[slot] = present + others.number(at: slot)
    }
  }

  /// Forgets the adjoints of slots from `slots` on.
  mutating func truncate(slots: Int) { count = min(count, slots) }

  // MARK: Saving

  func saved(sharing earlier: Saved?, _ ledger: MemoryLedger) -> Saved {
    let blocks = blocks(count)
    return Saved(
      numbers: SavedMemory(
        numbers, count: blocks << Adjoints.blockBits, sharing: earlier?.numbers, ledger),
      touched: SavedMemory(touched, count: blocks, sharing: earlier?.touched, ledger),
      count: count, isZeroed: isZeroed)
  }

  mutating func restore(_ saved: Saved) {
    reserve(saved.count)
    saved.numbers.copy(to: numbers)
    saved.touched.copy(to: touched)
    count = saved.count
    isZeroed = saved.isZeroed
  }

  /// Moves what lives down to the front.
  mutating func move(_ relocation: Relocation) {
    count = relocation.compact(numbers, below: count) { block in
      if touched[block] == 0 { fill(block) }
    }
    touched.update(repeating: 1, count: blocks(count))
  }
}
