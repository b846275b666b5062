/// The loops over a result to which up to three operands are broadcast.
///
/// Neighbouring dimensions that are contiguous for all operands are joined, so that the innermost loop
/// is as long as it can be.
struct BroadcastLoops {
  /// One dimension of the loops: its length, and how far apart neighbours are in each operand.
  private struct Dimension {
    var length: Int
    var strides: (Int, Int, Int)
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

  private var dimensions: [Dimension] = []
  private let count: Int

  /// The loops for a result and its operands; an operand that is left out is taken as a number.
  init(_ result: Shape, _ x: Shape, _ y: Shape = .number, _ z: Shape = .number) {
    count = result.count
    if x == result, y == result || y.count == 1, z == result || z.count == 1 {
      dimensions = [
        Dimension(
          length: count,
          strides: (1, y == result && count != 1 ? 1 : 0, z == result && count != 1 ? 1 : 0))
      ]
      return
    }
    let strides = (x.strides(in: result), y.strides(in: result), z.strides(in: result))
    for (index, length) in result.lengths.enumerated() where length != 1 {
      let next = (strides.0[index], strides.1[index], strides.2[index])
      if let last = dimensions.last, last.strides.0 == next.0 * length,
        last.strides.1 == next.1 * length, last.strides.2 == next.2 * length
      {
        dimensions[dimensions.count - 1] = Dimension(length: last.length * length, strides: next)
      } else {
        dimensions.append(Dimension(length: length, strides: next))
      }
    }
    if dimensions.isEmpty { dimensions = [Dimension(length: 1, strides: (0, 0, 0))] }
  }

  /// How far apart neighbours of the innermost loop are in each operand.
  var strides: (Int, Int, Int) { dimensions.last?.strides ?? (0, 0, 0) }

  /// Calls `body` with each stretch, in the order of the result.
  @inline(__always)
  func forEachRun(_ body: (Run) -> Void) {
    guard count > 0, let inner = dimensions.last else { return }
    if dimensions.count == 1 {
      body(Run(start: 0, offsets: (0, 0, 0), count: inner.length, strides: inner.strides))
      return
    }
    var position = [Int](repeating: 0, count: dimensions.count - 1)
    var offsets = (0, 0, 0)
    var start = 0
    while start < count {
      body(Run(start: start, offsets: offsets, count: inner.length, strides: inner.strides))
      start += inner.length
      // The next position of the outer dimensions, like an odometer's.
      var dimension = dimensions.count - 2
      while dimension >= 0 {
        let (length, strides) = (dimensions[dimension].length, dimensions[dimension].strides)
        position[dimension] += 1
        offsets = (offsets.0 + strides.0, offsets.1 + strides.1, offsets.2 + strides.2)
        if position[dimension] < length { break }
        position[dimension] = 0
        offsets = (
          offsets.0 - strides.0 * length, offsets.1 - strides.1 * length,
          offsets.2 - strides.2 * length
        )
        dimension -= 1
      }
    }
  }
}
