import Testing

@testable import Autograd

@Suite("Shapes")
struct ShapeTests {
  private static let shapes: [[Int]] = [
    [], [0], [1], [5], [2, 3], [1, 1], [0, 4], [4, 0], [2, 3, 4], [1, 2, 1, 3],
  ]

  @Test("a shape has its lengths, whatever it is made from", arguments: shapes)
  func lengths(lengths: [Int]) {
    let shape = Shape(lengths)
    #expect(shape.lengths == lengths)
    #expect(shape.rank == lengths.count)
    #expect(shape.count == lengths.reduce(1, *))
    #expect(lengths.indices.map { shape[$0] } == lengths)
    #expect(shape.reversed.lengths == lengths.reversed())
    #expect(Shape(count: 7, of: shape).lengths == [7] + lengths)
    for dimension in lengths.indices {
      #expect(
        [lengths[dimension]] + shape.removing(dimension).lengths
          == [lengths[dimension]] + lengths[..<dimension] + lengths[(dimension + 1)...])
      let split = shape.split(at: dimension)
      #expect(split.outer * split.length * split.inner == shape.count)
      #expect(split.length == lengths[dimension])
      #expect(split.inner == lengths[(dimension + 1)...].reduce(1, *))
    }
  }

  @Test("shapes of as many dimensions and the same lengths are equal, and no others")
  func equality() {
    #expect(Shape([3]) == Shape(count: 3))
    #expect(Shape([3, 2]) == Shape(rows: 3, columns: 2))
    #expect(Shape([]) == .number)
    let all = ShapeTests.shapes.map(Shape.init)
    for (k, x) in all.enumerated() {
      for (j, y) in all.enumerated() { #expect((x == y) == (k == j)) }
    }
    #expect(Set(all).count == all.count)
  }

  @Test(
    "shapes broadcast from the last dimension on",
    arguments: [
      ([], [], []), ([], [2, 3], [2, 3]), ([3], [2, 3], [2, 3]), ([2, 1], [3], [2, 3]),
      ([2, 1], [1, 3], [2, 3]), ([4, 1, 3], [2, 1], [4, 2, 3]), ([1], [0], [0]), ([2], [3], nil),
      ([2, 3], [2], nil), ([0], [2], nil),
    ] as [([Int], [Int], [Int]?)])
  func broadcasting(x: [Int], y: [Int], result: [Int]?) {
    #expect(Shape(x).broadcast(with: Shape(y))?.lengths == result)
    #expect(Shape(y).broadcast(with: Shape(x))?.lengths == result)
  }
}
