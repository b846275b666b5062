// Sums of products, recorded in one go. Unsafe in that it writes to the tape's storage, with the
// invariants of `Tape.swift`; the caller has seen to the room.

/// One factor of each product of a sum: numbers at even distances in memory, all of them plain or all
/// of them tracked.
package struct Factor {
  /// Where the first product's number is.
  @usableFromInline let numbers: UnsafePointer<Double>
  /// Its slot; -1 when the numbers are plain.
  @usableFromInline let slot: Int32
  /// The distance from one product's number to the next one's; 0 when it is the same number.
  @usableFromInline let stride: Int

  /// Plain numbers.
  @inlinable @inline(__always)
  package init(plain numbers: UnsafePointer<Double>, stride: Int) {
    self.init(numbers: numbers, slot: -1, stride: stride)
  }

  /// Numbers that have slots.
  @inlinable @inline(__always)
  package init(slot: Int32, stride: Int, on tape: UnsafePointer<Tape>) {
    self.init(
      numbers: UnsafePointer(tape.pointee.values) + Int(slot), slot: slot, stride: stride)
  }

  @inlinable @inline(__always)
  init(numbers: UnsafePointer<Double>, slot: Int32, stride: Int) {
    self.numbers = numbers
    self.slot = slot
    self.stride = stride
  }

  /// Whether the numbers are tracked.
  @inline(__always)
  var isTracked: Bool { slot >= 0 }
}

/// The sum so far; its slot is -1 while it is plain.
package struct RunningSum {
  package var number: Double
  package var slot: Int32

  @inlinable @inline(__always)
  package init(number: Double, slot: Int32) {
    self.number = number
    self.slot = slot
  }
}

extension Tape {
  /// How many products can be added to a sum without `grow` and without passing `nodes` by more than
  /// one product's records.
  @inlinable @inline(__always)
  package func roomForProducts(upTo nodes: Int) -> Int {
    let room = nodeCapacity &- 2 &- nodeCount
    return Swift.max(0, Swift.min(room, nodes &+ 1 &- nodeCount)) &>> 1
  }

  /// Adds x·y to a sum for `count` pairs of numbers, and records what `recordMultiplyAdd` and
  /// `record` would record for one pair after another. Stops before the first sum that is not finite,
  /// and where a plain sum would become a tracked one.
  ///
  /// - Returns: how many pairs have been added.
  package mutating func recordSum(
    of x: Factor, times y: Factor, onto sum: inout RunningSum, count: Int, productOrigin: Origin,
    sumOrigin: Origin
  ) -> Int {
    if sum.slot < 0 {
      return x.isTracked || y.isTracked ? 0 : Tape.addProducts(x, y, &sum, count)
    }
    if x.isTracked && y.isTracked {
      return recordProducts(x, y, &sum, count, productOrigin, sumOrigin)
    }
    return recordMixedProducts(x, y, &sum, count, productOrigin, sumOrigin)
  }

  /// Everything is plain: nothing is recorded.
  private static func addProducts(
    _ x: Factor, _ y: Factor, _ sum: inout RunningSum, _ count: Int
  ) -> Int {
    var (left, right) = (x.numbers, y.numbers)
    var total = sum.number
    var done = 0
    while done < count {
      let next = total + left.pointee * right.pointee
      if next - next != 0 { break }
      total = next
      left += x.stride
      right += y.stride
      done &+= 1
    }
    sum.number = total
    return done
  }

  /// Everything is tracked: two records a product.
  private mutating func recordProducts(
    _ x: Factor, _ y: Factor, _ sum: inout RunningSum, _ count: Int, _ productOrigin: Origin,
    _ sumOrigin: Origin
  ) -> Int {
    var (left, right) = (x.numbers, y.numbers)
    var (leftSlot, rightSlot) = (x.slot, y.slot)
    let leftStride = Int32(truncatingIfNeeded: x.stride)
    let rightStride = Int32(truncatingIfNeeded: y.stride)
    var node = nodes + nodeCount
    var value = values + slotCount
    var slot = Int32(truncatingIfNeeded: slotCount)
    var total = sum.number
    var totalSlot = sum.slot
    var done = 0
    while done < count {
      let product = left.pointee * right.pointee
      let next = total + product
      if next - next != 0 { break }
      node.initialize(
        to: Node(
          .binary(.multiply), left: leftSlot, right: rightSlot, origin: productOrigin))
      (node + 1).initialize(
        to: Node(.binary(.add), left: totalSlot, right: slot, origin: sumOrigin))
      value.initialize(to: product)
      (value + 1).initialize(to: next)
      total = next
      totalSlot = slot &+ 1
      left += x.stride
      right += y.stride
      leftSlot &+= leftStride
      rightSlot &+= rightStride
      node += 2
      value += 2
      slot &+= 2
      done &+= 1
    }
    if done > 0 { noteSlotsSideBySide() }
    nodeCount &+= 2 &* done
    slotCount &+= 2 &* done
    if done >= ProductRun.smallest {
      productRuns.append(ProductRun(lastSlot: totalSlot, count: Int32(truncatingIfNeeded: done)))
    }
    sum = RunningSum(number: total, slot: totalSlot)
    return done
  }

  /// The sum is tracked, and not both factors: what is plain enters as a constant.
  private mutating func recordMixedProducts(
    _ x: Factor, _ y: Factor, _ sum: inout RunningSum, _ count: Int, _ productOrigin: Origin,
    _ sumOrigin: Origin
  ) -> Int {
    var (left, right) = (x.numbers, y.numbers)
    var tracked = x.isTracked ? x.slot : y.slot
    let step = Int32(truncatingIfNeeded: x.isTracked ? x.stride : y.stride)
    for done in 0..<count {
      let product = left.pointee * right.pointee
      let next = sum.number + product
      if next - next != 0 { return done }
      if x.isTracked || y.isTracked {
        let other = constant(x.isTracked ? right.pointee : left.pointee)
        sum.slot = recordMultiplyAdd(
          x.isTracked ? tracked : other, x.isTracked ? other : tracked, sum.slot,
          product: product, sum: next, productOrigin: productOrigin, sumOrigin: sumOrigin,
          leftIsConstant: !x.isTracked, rightIsConstant: x.isTracked)
      } else {
        sum.slot = record(
          .add, sum.slot, constant(product), value: next, origin: sumOrigin,
          leftIsConstant: false, rightIsConstant: true)
      }
      sum.number = next
      tracked &+= step
      left += x.stride
      right += y.stride
    }
    return count
  }
}
