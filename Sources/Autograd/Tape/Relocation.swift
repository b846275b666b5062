/// Where slots are after a compaction.
package final class Relocation {
  /// A bit for each old slot: whether it lives.
  let bits: [UInt64]
  /// For each old slot that lives, the new one; what does not live has no meaning here.
  private let table: UnsafeMutablePointer<Int32>
  /// How many slots live.
  let liveCount: Int

  init(bits: [UInt64]) {
    self.bits = bits
    table = .allocate(capacity: bits.count << 6)
    var next: Int32 = 0
    for (word, bits) in bits.enumerated() where bits != 0 {
      var rest = bits
      while rest != 0 {
        table[word << 6 + rest.trailingZeroBitCount] = next
        next += 1
        rest &= rest - 1
      }
    }
    liveCount = Int(next)
  }

  deinit { table.deallocate() }

  /// Whether a slot lives.
  @inline(__always)
  func isLive(_ slot: Int32) -> Bool { bits[Int(slot) >> 6] >> UInt64(slot & 63) & 1 == 1 }

  /// The new slot of an old one that lives.
  @inline(__always)
  func moved(_ slot: Int32) -> Int32 { table[Int(slot)] }

  /// The new slot of an old one; nil when it was dropped.
  package func newSlot(_ slot: Int32) -> Int32? {
    Int(slot) >> 6 < bits.count && isLive(slot) ? moved(slot) : nil
  }

  /// Moves the numbers of live slots below `end` down; returns how many there are.
  func compact(_ numbers: UnsafeMutablePointer<Double>, below end: Int) -> Int {
    var kept = 0
    for (word, bits) in bits.enumerated() where bits != 0 {
      if word << 6 >= end { break }
      if bits == .max, (word + 1) << 6 <= end {
        (numbers + kept).update(from: numbers + word << 6, count: 64)
        kept += 64
        continue
      }
      var rest = bits
      while rest != 0 {
        let slot = word << 6 + rest.trailingZeroBitCount
        if slot >= end { break }
        numbers[kept] = numbers[slot]
        kept += 1
        rest &= rest - 1
      }
    }
    return kept
  }
}
