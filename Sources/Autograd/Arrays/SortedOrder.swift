// The order that sorts numbers: NaN last, equal numbers (−0 and 0 too) in the order in which they stand.

extension ArrayKernels {
  /// Writes the positions that sort x along a dimension behind the three parameters.
  static func findOrder(
    _ x: UnsafePointer<Double>, _ parameters: UnsafeMutableBufferPointer<Int32>
  ) {
    let (outer, length, inner) = (Int(parameters[0]), Int(parameters[1]), Int(parameters[2]))
    guard let positions = parameters.baseAddress.map({ $0 + 3 }) else { return }
    let sorter = RadixSorter(length)
    forEachLine(outer, length, inner) { o, i in
      let line = Line(x: x, positions: positions, start: o * length * inner + i, stride: inner)
      if let sorter { sorter.sort(line) } else { line.sortInPlace(length) }
    }
  }
}

/// Numbers of an array along a dimension, and where their positions are to stand.
private struct Line {
  let x: UnsafePointer<Double>
  let positions: UnsafeMutablePointer<Int32>
  let start: Int
  let stride: Int

  /// Unsigned numbers in the order of the doubles: the bits, with the sign's flipped for numbers from 0,
  /// and all flipped below.
  func key(at position: Int) -> UInt64 {
    let number = x[position]
    if number.isNaN { return .max }
    let bits = (number + 0).bitPattern
    return bits >> 63 == 0 ? bits | 1 << 63 : ~bits
  }

  /// The position in `x` of the line's number `k`.
  func position(_ k: Int) -> Int { start + k * stride }

  /// The position that stands at `k` in the order.
  subscript(_ k: Int) -> Int32 {
    get { positions[position(k)] }
    nonmutating set { positions[position(k)] = newValue }
  }

  /// Heapsort, which takes no memory (Knuth, The Art of Computer Programming 3, 5.2.3, algorithm H).
  func sortInPlace(_ length: Int) {
    for k in 0..<length { self[k] = Int32(position(k)) }
    LongWork.inParts(of: length / 2) { part in
      for k in part { sift(length / 2 - 1 - k, length) }
    }
    LongWork.inParts(of: length) { part in
      for k in part {
        let last = length - 1 - k
        (self[0], self[last]) = (self[last], self[0])
        sift(0, last)
      }
    }
  }

  /// Lets what stands at `root` of a heap of so many sink below all that comes after it.
  private func sift(_ root: Int, _ count: Int) {
    let sinking = self[root]
    var parent = root
    while 2 * parent + 1 < count {
      var child = 2 * parent + 1
      if child + 1 < count, isOrdered(self[child], self[child + 1]) { child += 1 }
      guard isOrdered(sinking, self[child]) else { break }
      self[parent] = self[child]
      parent = child
    }
    self[parent] = sinking
  }

  private func isOrdered(_ a: Int32, _ b: Int32) -> Bool {
    (key(at: Int(a)), a) < (key(at: Int(b)), b)
  }
}

/// Room to sort long lines of one length in.
///
/// They are sorted by their keys' digits of eight bits, from the last to the first (Knuth, The Art of
/// Computer Programming 3, 5.2.5, algorithm R, with arrays instead of queues); digits in which all agree are
/// passed over.
private final class RadixSorter {
  private struct Item {
    var key: UInt64
    var position: Int32
  }

  private static let digits = 8
  private static let digitBits = 8
  /// Fewer are sorted sooner by comparing than by counting.
  private static let few = 64

  private let length: Int
  private let items: UnsafeMutablePointer<Item>
  private let others: UnsafeMutablePointer<Item>

  /// Nil for short lines, and where there is no memory for it.
  init?(_ length: Int) {
    guard length >= Self.few, let items = Memory.allocated(Item.self, capacity: length) else {
      return nil
    }
    guard let others = Memory.allocated(Item.self, capacity: length) else {
      Memory.deallocate(items)
      return nil
    }
    (self.length, self.items, self.others) = (length, items, others)
  }

  deinit {
    Memory.deallocate(items)
    Memory.deallocate(others)
  }

  func sort(_ line: Line) {
    withUnsafeTemporaryAllocation(of: Int.self, capacity: Self.digits << Self.digitBits) { counts in
      counts.initialize(repeating: 0)
      takeItems(of: line, counting: counts)
      var (from, to) = (items, others)
      for digit in 0..<Self.digits {
        let counts = UnsafeMutableBufferPointer(
          rebasing: counts[digit << Self.digitBits..<(digit + 1) << Self.digitBits])
        if counts.contains(length) { continue }
        distribute(from, to, by: digit, counts)
        swap(&from, &to)
      }
      LongWork.inParts(of: length) { part in
        for k in part { line[k] = from[k].position }
      }
    }
  }

  /// Takes the numbers, and counts how often each digit occurs at each place.
  private func takeItems(of line: Line, counting counts: UnsafeMutableBufferPointer<Int>) {
    LongWork.inParts(of: length) { part in
      for k in part {
        let position = line.position(k)
        let key = line.key(at: position)
        (items + k).initialize(to: Item(key: key, position: Int32(position)))
        for digit in 0..<Self.digits {
          counts[digit << Self.digitBits | Self.digit(digit, of: key)] += 1
        }
      }
    }
  }

  /// Moves items to where those of their digit begin; `counts` become those places, and go on.
  private func distribute(
    _ from: UnsafeMutablePointer<Item>, _ to: UnsafeMutablePointer<Item>, by digit: Int,
    _ counts: UnsafeMutableBufferPointer<Int>
  ) {
    var next = 0
    for k in counts.indices { (counts[k], next) = (next, next + counts[k]) }
    LongWork.inParts(of: length) { part in
      for k in part {
        let item = from[k]
        let own = Self.digit(digit, of: item.key)
        (to + counts[own]).initialize(to: item)
        counts[own] += 1
      }
    }
  }

  @inline(__always)
  private static func digit(_ digit: Int, of key: UInt64) -> Int {
    Int(truncatingIfNeeded: key >> UInt64(digit * digitBits)) & (1 << digitBits - 1)
  }
}
