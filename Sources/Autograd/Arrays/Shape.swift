/// The lengths of an array along its dimensions, outermost first; a number has none.
public struct Shape: Hashable, Sendable {
  /// The length along each dimension, at least 0.
  public let lengths: [Int]

  /// The shape with these lengths.
  public init(_ lengths: [Int]) { self.lengths = lengths }

  /// The shape of a number.
  public static let number = Shape([])

  /// How many dimensions there are.
  public var rank: Int { lengths.count }

  /// How many numbers an array of the shape holds; 1 for a number.
  public var count: Int { lengths.reduce(1, *) }

  /// The shape that two broadcast to, as NumPy has it: dimensions are matched from the last one, and
  /// a missing dimension or a length of 1 is repeated. Nil where two lengths differ otherwise.
  public func broadcast(with other: Shape) -> Shape? {
    if self == other { return self }
    let rank = max(rank, other.rank)
    var result: [Int] = []
    for dimension in 0..<rank {
      let x = padded(dimension, to: rank)
      let y = other.padded(dimension, to: rank)
      guard x == y || x == 1 || y == 1 else { return nil }
      result.append(x == 1 ? y : x)
    }
    return Shape(result)
  }

  /// The length along a dimension when dimensions of length 1 are put before the first.
  func padded(_ dimension: Int, to rank: Int) -> Int {
    let own = dimension - (rank - self.rank)
    return own < 0 ? 1 : lengths[own]
  }

  /// For each dimension of `result` how far apart neighbours of this shape's array are when it is
  /// broadcast to it: 0 where it is repeated.
  func strides(in result: Shape) -> [Int] {
    var strides = [Int](repeating: 0, count: result.rank)
    var stride = 1
    for own in (0..<rank).reversed() {
      let dimension = own + result.rank - rank
      strides[dimension] = lengths[own] == 1 ? 0 : stride
      stride *= lengths[own]
    }
    return strides
  }

  /// The shape split at a dimension: how many blocks lie outside it, its length, how many numbers
  /// lie inside. Without a dimension all of it is one.
  public func split(at dimension: Int?) -> AxisSplit {
    guard let dimension else { return AxisSplit(outer: 1, length: count, inner: 1) }
    return AxisSplit(
      outer: lengths[..<dimension].reduce(1, *), length: lengths[dimension],
      inner: lengths[(dimension + 1)...].reduce(1, *))
  }

  /// The shape without a dimension; a number's when none is given.
  public func removing(_ dimension: Int?) -> Shape {
    guard let dimension else { return .number }
    var rest = lengths
    rest.remove(at: dimension)
    return Shape(rest)
  }

  /// The dimensions in reverse order.
  public var reversed: Shape { Shape(lengths.reversed()) }
}

/// An array seen along one of its dimensions: number (o, k, i) is at (o·length + k)·inner + i.
public struct AxisSplit: Hashable, Sendable {
  /// The product of the lengths before the dimension.
  public let outer: Int
  /// The length along the dimension.
  public let length: Int
  /// The product of the lengths after it.
  public let inner: Int
}
