#if canImport(Glibc)
  import Glibc
#elseif canImport(Musl)
  import Musl
#elseif canImport(Darwin)
  import Darwin
#endif

/// The adjoints of slots, with a mark for each block of 64 that says whether it may hold anything but
/// zeros: a sweep visits, and the next one clears, only the blocks that a graph touches.
///
/// A value type without ownership: whoever makes one calls `deallocate`.
@usableFromInline
package struct Adjoints {
  /// The adjoints, by slot.
  package private(set) var numbers: UnsafeMutablePointer<Double>
  /// A byte for each block of 64 slots; not 0 where an adjoint in it may be other than 0.
  private(set) var touched: UnsafeMutablePointer<UInt8>
  /// Slots from here on have no adjoint.
  package private(set) var count = 0
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

  /// Zeros for a run of slots that nothing below is added to; they cannot be resized.
  init(slots: Range<Int>) {
    firstBlock = slots.lowerBound >> Adjoints.blockBits
    let first = firstBlock << Adjoints.blockBits
    capacity = (slots.upperBound | 63) + 1
    count = slots.upperBound
    let size = capacity - first
    numbers = Tape.allocate(Double.self, capacity: size) - first
    touched = Tape.allocate(UInt8.self, capacity: size >> Adjoints.blockBits) - firstBlock
    (numbers + first).initialize(repeating: 0, count: size)
    (touched + firstBlock).initialize(repeating: 0, count: size >> Adjoints.blockBits)
  }

  func deallocate() {
    free(numbers + firstBlock << Adjoints.blockBits)
    free(touched + firstBlock)
  }

  private mutating func reserve(_ slots: Int) {
    guard slots > capacity else { return }
    capacity = (max(slots, capacity * 2) | 63) + 1
    numbers = Tape.resized(numbers, toCapacity: capacity)
    touched = Tape.resized(touched, toCapacity: capacity >> Adjoints.blockBits)
  }

  private func blocks(_ slots: Int) -> Int { (slots + 63) >> Adjoints.blockBits }

  /// Zero for every slot up to `slots`; O(what is not zero, and what is new).
  mutating func clear(slots: Int) {
    reserve(slots)
    let old = min(blocks(count), blocks(slots))
    var block = 0
    while block < old {
      let first = block
      while block < old, touched[block] != 0 { block += 1 }
      if block > first {
        (numbers + first << Adjoints.blockBits).update(repeating: 0, count: (block - first) << 6)
        (touched + first).update(repeating: 0, count: block - first)
      }
      block += 1
    }
    let first = old << Adjoints.blockBits
    let size = blocks(slots) << Adjoints.blockBits - first
    if size > 0 {
      (numbers + first).initialize(repeating: 0, count: size)
      (touched + old).initialize(repeating: 0, count: blocks(slots) - old)
    }
    count = slots
  }

  /// An adjoint for every slot up to `slots`; the new ones are marked as never computed.
  mutating func extend(slots: Int) {
    guard slots > count else { return }
    reserve(slots)
    let first = count
    let end = blocks(slots) << Adjoints.blockBits
    let oldBlocks = blocks(count)
    (numbers + first).initialize(repeating: Tape.absent, count: end - first)
    if first & 63 != 0 { touched[first >> Adjoints.blockBits] = 1 }
    if blocks(slots) > oldBlocks {
      (touched + oldBlocks).initialize(repeating: 1, count: blocks(slots) - oldBlocks)
    }
    count = slots
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

  /// Marks the blocks of a run of slots: something has been added to them.
  func touch(_ slot: Int, _ count: Int) {
    guard count > 0 else { return }
    for block in slot >> Adjoints.blockBits...(slot + count - 1) >> Adjoints.blockBits {
      touched[block] = 1
    }
  }

  /// Sets one adjoint, of a slot below `count`.
  mutating func set(_ number: Double, at slot: Int) {
    numbers[slot] = number
    touched[slot >> Adjoints.blockBits] = 1
  }

  /// Adds another set of adjoints of as many slots; those never computed count as 0.
  mutating func add(_ others: Adjoints) {
    extend(slots: others.count)
    for slot in 0..<others.count {
      let present = Tape.isAbsent(numbers[slot]) ? 0 : numbers[slot]
      numbers[slot] = present + others.numbers[slot]
    }
    touchAll()
  }

  /// Marks every block: the adjoints have been moved.
  private func touchAll() {
    touched.update(repeating: 1, count: blocks(count))
  }

  /// Forgets the adjoints of slots from `slots` on.
  mutating func truncate(slots: Int) {
    guard slots < count else { return }
    count = slots
    // The rest of the last block belongs to no slot: the next to come finds it cleared or set.
    if slots & 63 != 0 { touched[slots >> Adjoints.blockBits] = 1 }
  }

  /// Moves what lives down to the front.
  mutating func move(_ relocation: Relocation) {
    let end = relocation.compact(numbers, below: count)
    count = end
    touchAll()
  }
}
