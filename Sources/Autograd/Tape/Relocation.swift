/// Where slots are after a compaction.
package final class Relocation {
  /// A bit for each old slot: whether it lives.
  let bits: [UInt64]
  /// For each word of bits the new slot of the first that lives in it or after it.
  private let firsts: UnsafeMutablePointer<Int32>
  /// How many slots live.
  let liveCount: Int

  init(bits: [UInt64]) {
    self.bits = bits
    firsts = .allocate(capacity: bits.count)
    var next = 0
    for (word, bits) in bits.enumerated() {
      (firsts + word).initialize(to: Int32(truncatingIfNeeded: next))
      next &+= bits == .max ? 64 : bits.nonzeroBitCount
    }
    liveCount = next
  }

  deinit { firsts.deallocate() }

  /// Where slots are, reached through pointers while a loop runs.
  struct Map {
    let bits: UnsafePointer<UInt64>
    let wordCount: Int
    let firsts: UnsafePointer<Int32>

    /// Whether a slot lives.
    @inline(__always)
    func isLive(_ slot: Int32) -> Bool {
      bits[Int(slot &>> 6)] &>> UInt64(truncatingIfNeeded: slot & 63) & 1 == 1
    }

    /// Whether a slot lives with all of its word.
    @inline(__always)
    func isFull(_ slot: Int32) -> Bool { bits[Int(slot &>> 6)] == .max }

    /// The new slot of an old one that lives.
    ///
    /// Counted, not looked up in a table of all slots: most words are full, and memory costs more.
    @inline(__always)
    func moved(_ slot: Int32) -> Int32 {
      let word = Int(slot &>> 6)
      let first = firsts[word]
      if bits[word] == .max { return first &+ slot & 63 }
      let below = bits[word] & (1 &<< UInt64(truncatingIfNeeded: slot & 63) &- 1)
      return first &+ Int32(truncatingIfNeeded: below.nonzeroBitCount)
    }

    /// The slots of a word that is full, and of all full words that follow it.
    func block(from word: Int) -> Block {
      let end = wordsEnd(from: word) { $0 == .max }
      let first = Int32(truncatingIfNeeded: word &<< 6)
      return Block(
        slots: first..<Int32(truncatingIfNeeded: end &<< 6), distance: first &- firsts[word])
    }

    /// The first word after one for which a condition does not hold; at most so many further on.
    @inline(__always)
    func wordsEnd(from word: Int, atMost most: Int = .max, where holds: (UInt64) -> Bool) -> Int {
      let last = most < wordCount - word ? word + most : wordCount
      var end = word + 1
      while end < last, holds(bits[end]) { end += 1 }
      return end
    }
  }

  /// Slots all of which live: they stay side by side, and move down by one distance.
  struct Block {
    let slots: Range<Int32>
    let distance: Int32
  }

  /// Calls `body` with the map.
  @inline(__always)
  func withMap<Result>(_ body: (Map) -> Result) -> Result? {
    bits.withUnsafeBufferPointer { buffer in
      buffer.baseAddress.map { body(Map(bits: $0, wordCount: bits.count, firsts: firsts)) }
    }
  }

  /// Whether one of the old slots lives.
  func isLive(_ slot: Int) -> Bool { bits[slot >> 6] >> UInt64(slot & 63) & 1 == 1 }

  /// The new slot of an old one; nil when it was dropped.
  package func newSlot(_ slot: Int32) -> Int32? {
    guard Int(slot) >> 6 < bits.count else { return nil }
    return withMap { $0.isLive(slot) ? $0.moved(slot) : nil } ?? nil
  }

  /// How many slots below an old one live.
  package func liveCount(below slot: Int) -> Int {
    guard slot >> 6 < bits.count else { return liveCount }
    return withMap { Int($0.moved(Int32(slot))) } ?? 0
  }

  /// Moves the numbers of live slots below `end` down; returns how many there are. Calls `prepare` with
  /// each 64 slots of which some live, before they are read.
  @inline(__always)
  func compact<Number: BitwiseCopyable>(
    _ numbers: UnsafeMutablePointer<Number>, below end: Int, _ prepare: (Int) -> Void = { _ in }
  ) -> Int {
    withMap { map in
      var kept = 0
      var word = 0
      while word < map.wordCount, word << 6 < end {
        let bits = map.bits[word]
        guard bits == .max else {
          if bits != 0 {
            prepare(word)
            kept = Relocation.compact(numbers, kept, word, bits, below: end)
          }
          word += 1
          continue
        }
        // In pieces, so that what has been prepared is still in the cache.
        let next = map.wordsEnd(from: word, atMost: 64) { $0 == .max }
        for word in word..<next where word << 6 < end { prepare(word) }
        let count = min(next << 6, end) - word << 6
        if kept < word << 6 { (numbers + kept).update(from: numbers + word << 6, count: count) }
        kept += count
        word = next
      }
      return kept
    } ?? 0
  }

  /// Moves the numbers of live slots of one word behind those that are kept; returns how many these are.
  @inline(__always)
  private static func compact<Number: BitwiseCopyable>(
    _ numbers: UnsafeMutablePointer<Number>, _ place: Int, _ word: Int, _ bits: UInt64,
    below end: Int
  ) -> Int {
    var (kept, rest) = (place, bits)
    while rest != 0 {
      let slot = word << 6 + rest.trailingZeroBitCount
      if slot >= end { break }
      numbers[kept] = numbers[slot]
      kept += 1
      rest &= rest - 1
    }
    return kept
  }
}
