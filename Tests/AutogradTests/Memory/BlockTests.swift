import Testing

@testable import Autograd

@Suite struct BlockTests {
  /// Across the size from which on blocks are mapped, in both directions.
  private static let sizes: [[Int]] = [
    [0, 8, 100, 4096], [1024, large / 2, large, large * 2, large * 16],
    [large, large + 1, large * 4, large - 8, 1024, large * 2], [large * 4, large * 4],
    [large, 0, 1],
  ]

  /// So many numbers fill the smallest large block.
  private static let large = 1 << 18

  /// Across the size from which on blocks are mapped, in both directions.
  @Test(arguments: sizes)
  func keepsItsNumbers(counts: [Int]) throws {
    var block = try #require(Memory.allocated(Int.self, capacity: counts[0]))
    var kept = 0
    for k in 0..<counts[0] { block[k] = k }
    kept = counts[0]
    for (old, count) in zip(counts, counts.dropFirst()) {
      block = try #require(Memory.resized(block, from: old, to: count))
      kept = min(kept, count)
      #expect((0..<kept).allSatisfy { block[$0] == $0 })
      for k in kept..<count { block[k] = k }
      kept = count
    }
    Memory.deallocate(block)
  }

  /// Blocks that grow in turns are in each other's way.
  @Test func moves() throws {
    var blocks = (0..<6).map { _ in Memory.allocated(Int.self, capacity: 1)! }
    var count = 1
    while count < 1 << 20 {
      for (index, block) in blocks.enumerated() {
        block[count - 1] = index + count
        blocks[index] = try #require(Memory.resized(block, from: count, to: count * 2))
      }
      count *= 2
    }
    for (index, block) in blocks.enumerated() {
      #expect(
        sequence(first: 1) { $0 * 2 < count ? $0 * 2 : nil }.allSatisfy {
          block[$0 - 1] == index + $0
        })
      Memory.deallocate(block)
    }
  }

  #if os(Linux)
    @Test func largeOnesBeginNearALargePage() throws {
      var block = try #require(Memory.allocated(Int.self, capacity: 10))
      defer { Memory.deallocate(block) }
      for capacity in [1 << 18, 1 << 19, 1 << 21] {
        block = try #require(Memory.resized(block, from: capacity / 2, to: capacity))
        #expect(Int(bitPattern: block) & (1 << 21 - 1) == 64)
      }
    }
  #endif
}
