/// The lengths of an array along its dimensions, outermost first; a number has none.
///
/// Those of up to two dimensions stand in the shape itself, since every operation on arrays makes some.
public struct Shape: Hashable, Sendable {
  /// How many dimensions there are.
  public let rank: Int
  /// The lengths along the first two dimensions; 1 where there are fewer.
  private let first, second: Int
  /// All lengths, where there are more than two; nil otherwise.
  private let all: [Int]?

  /// The shape of a number.
  public static let number = Shape(rank: 0, 1, 1)

  /// The shape with these lengths, each at least 0.
  public init(_ lengths: [Int]) {
    rank = lengths.count
    first = lengths.isEmpty ? 1 : lengths[0]
    second = lengths.count > 1 ? lengths[1] : 1
    all = lengths.count > 2 ? lengths : nil
  }

  /// The shape of a vector.
  public init(count: Int) { self.init(rank: 1, count, 1) }

  /// The shape of a matrix.
  public init(rows: Int, columns: Int) { self.init(rank: 2, rows, columns) }

  /// The shape of so many arrays of one shape in a row.
  public init(count: Int, of shape: Shape) {
    self =
      shape.rank == 1
      ? Shape(rows: count, columns: shape.first)
      : shape.rank == 0 ? Shape(count: count) : Shape([count] + shape.lengths)
  }

  private init(rank: Int, _ first: Int, _ second: Int) {
    self.rank = rank
    self.first = first
    self.second = second
    all = nil
  }

  /// The length along each dimension.
  public var lengths: [Int] { all ?? Array([first, second].prefix(rank)) }

  /// The length along a dimension, below `rank`.
  public subscript(dimension: Int) -> Int {
    if let all { return all[dimension] }
    precondition(dimension >= 0 && dimension < rank, "the shape has the dimension")
    return dimension == 0 ? first : second
  }

  /// How many numbers an array of the shape holds; 1 for a number.
  public var count: Int { all?.reduce(1, *) ?? first * second }

  /// The shape that two broadcast to, as NumPy has it: dimensions are matched from the last one, and
  /// a missing dimension or a length of 1 is repeated. Nil where two lengths differ otherwise.
  public func broadcast(with other: Shape) -> Shape? {
    if other.rank == 0 || self == other { return self }
    if rank == 0 { return other }
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
    return own < 0 ? 1 : self[own]
  }

  /// The shape split at a dimension: how many blocks lie outside it, its length, how many numbers
  /// lie inside. Without a dimension all of it is one.
  public func split(at dimension: Int?) -> AxisSplit {
    guard let dimension else { return AxisSplit(outer: 1, length: count, inner: 1) }
    return AxisSplit(
      outer: (0..<dimension).reduce(1) { $0 * self[$1] }, length: self[dimension],
      inner: (dimension + 1..<rank).reduce(1) { $0 * self[$1] })
  }

  /// The shape without a dimension; a number's when none is given.
  public func removing(_ dimension: Int?) -> Shape {
    guard let dimension else { return .number }
    var rest = lengths
    rest.remove(at: dimension)
    return Shape(rest)
  }

  /// The dimensions in reverse order.
  public var reversed: Shape {
    all.map { Shape($0.reversed()) } ?? (rank == 2 ? Shape(rows: second, columns: first) : self)
  }
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
