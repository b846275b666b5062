/// The loops over a result to which up to three operands are broadcast.
///
/// Neighbouring dimensions that are contiguous for all operands are joined, so that the innermost loop
/// is as long as it can be.
struct BroadcastLoops {
  /// One dimension of the loops: its length, and how far apart neighbours are in each operand.
  private struct Dimension {
    var length: Int
    let strides: (Int, Int, Int)

    /// Whether a dimension around it with these strides goes on where it ends, in all operands.
    func isContinued(by strides: (Int, Int, Int)) -> Bool {
      strides.0 == self.strides.0 * length && strides.1 == self.strides.1 * length
        && strides.2 == self.strides.2 * length
    }
  }

  /// A stretch of the innermost loop.
  struct Run {
    /// Where it begins in the result.
    let start: Int
    /// Where it begins in each operand.
    let offsets: (Int, Int, Int)
    /// How long it is.
    let count: Int
    /// How far apart neighbours are in each operand: 0 or 1 in all but odd cases.
    let strides: (Int, Int, Int)

    /// A part of it, counted from its beginning.
    func part(_ range: Range<Int>) -> Run {
      let first = range.lowerBound
      return Run(
        start: start + first,
        offsets: (
          offsets.0 + first * strides.0, offsets.1 + first * strides.1,
          offsets.2 + first * strides.2
        ),
        count: range.count, strides: strides)
    }
  }

  /// The innermost loop, and those around it, outermost last.
  private var inner = Dimension(length: 1, strides: (0, 0, 0))
  private var outer: [Dimension] = []
  private let count: Int

  /// The loops for a result and its operands; an operand that is left out is taken as a number.
  init(_ result: Shape, _ x: Shape, _ y: Shape = .number, _ z: Shape = .number) {
    count = result.count
    if x == result, y == result || y.count == 1, z == result || z.count == 1 {
      inner = Dimension(
        length: count,
        strides: (1, y == result && count != 1 ? 1 : 0, z == result && count != 1 ? 1 : 0))
      return
    }
    var isFirst = true
    // How far apart neighbours along a dimension are in each operand, from the last dimension outwards.
    var own = (1, 1, 1)
    for dimension in (0..<result.rank).reversed() {
      let lengths = (
        x.padded(dimension, to: result.rank), y.padded(dimension, to: result.rank),
        z.padded(dimension, to: result.rank)
      )
      let strides = (
        lengths.0 == 1 ? 0 : own.0, lengths.1 == 1 ? 0 : own.1, lengths.2 == 1 ? 0 : own.2
      )
      own = (own.0 * lengths.0, own.1 * lengths.1, own.2 * lengths.2)
      let next = Dimension(length: result[dimension], strides: strides)
      if next.length == 1 { continue }
      if isFirst {
        inner = next
        isFirst = false
      } else if outer.isEmpty, inner.isContinued(by: strides) {
        inner.length *= next.length
      } else if let last = outer.last, last.isContinued(by: strides) {
        outer[outer.count - 1].length *= next.length
      } else {
        outer.append(next)
      }
    }
  }

  /// How far apart neighbours of the innermost loop are in each operand.
  var strides: (Int, Int, Int) { inner.strides }

  /// Calls `body` with each stretch, in the order of the result. Of many numbers no stretch is longer than
  /// `LongWork.numbers`, and after so many it is asked whether to stop.
  @inline(__always)
  func forEachRun(_ body: (Run) -> Void) {
    guard count > 0 else { return }
    if count > 2 * LongWork.numbers {
      forEachPart(body)
    } else {
      forEachStretch(body)
    }
  }

  private func forEachPart(_ body: (Run) -> Void) {
    let shouldStop = LongWork.shouldStop ?? { false }
    var left = LongWork.numbers
    var isStopped = false
    forEachStretch { run in
      var first = 0
      while first < run.count, !isStopped {
        let end = min(first + LongWork.numbers, run.count)
        body(run.part(first..<end))
        left -= end - first
        first = end
        guard left <= 0 else { continue }
        left = LongWork.numbers
        isStopped = shouldStop()
      }
    }
  }

  @inline(__always)
  private func forEachStretch(_ body: (Run) -> Void) {
    if outer.isEmpty {
      body(Run(start: 0, offsets: (0, 0, 0), count: inner.length, strides: inner.strides))
      return
    }
    var position = [Int](repeating: 0, count: outer.count)
    var offsets = (0, 0, 0)
    var start = 0
    while start < count {
      body(Run(start: start, offsets: offsets, count: inner.length, strides: inner.strides))
      start += inner.length
      // The next position of the outer dimensions, like an odometer's.
      for (k, dimension) in outer.enumerated() {
        let strides = dimension.strides
        position[k] += 1
        offsets = (offsets.0 + strides.0, offsets.1 + strides.1, offsets.2 + strides.2)
        if position[k] < dimension.length { break }
        position[k] = 0
        offsets = (
          offsets.0 - strides.0 * dimension.length, offsets.1 - strides.1 * dimension.length,
          offsets.2 - strides.2 * dimension.length
        )
      }
    }
  }
}
