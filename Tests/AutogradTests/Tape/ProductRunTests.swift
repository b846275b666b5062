import TestSupport
import Testing

@testable import Autograd

/// Sums of products in one go: what both sweeps make of them must be what they make of their records
/// one by one, to the last bit.
@Suite struct ProductRunTests {
  /// A graph of arrays and of random sums of products of their elements, some of which build on others.
  private struct Sums {
    let graph = Graph()
    let arrays: [Int32]
    var results: [Int32] = []
    static let length = 40

    init(seed: UInt64, isExtreme: Bool = false) throws {
      var random = SplitMix64(seed: seed)
      func number() -> Double {
        let number = Double.random(in: -2...2, using: &random)
        let isOdd = isExtreme && Int.random(in: 0..<6, using: &random) == 0
        return isOdd ? [1e200, -1e200, 0, -0.0, 1e-300].randomElement(using: &random) ?? 0 : number
      }
      let graph = graph
      arrays = try (0..<3).map { _ in
        try graph.recordLeaf((0..<Sums.length).map { _ in number() })
      }
      results = [arrays[0]]
      for _ in 0..<12 {
        // Something between two runs, so that they are not side by side.
        let last = results.randomElement(using: &random) ?? arrays[0]
        results.append(try graph.record(.multiply, last, arrays[1]))
        results.append(try sum(onto: results.randomElement(using: &random) ?? last, &random))
      }
    }

    private func sum(onto start: Int32, _ random: inout SplitMix64) throws -> Int32 {
      let count = Int.random(in: 1...12, using: &random)
      func factor() -> Factor {
        let stride = [0, 1, 1, 1, 3, -1].randomElement(using: &random) ?? 1
        let room = Sums.length - 1 - abs(stride) * (count - 1)
        let offset = Int.random(in: 0...room, using: &random)
        let first = stride < 0 ? offset - stride * (count - 1) : offset
        let array = arrays.randomElement(using: &random) ?? arrays[0]
        return Factor(slot: array + Int32(first), stride: stride, on: UnsafePointer(graph.tape))
      }
      try graph.tape.pointee.grow(slots: 100)
      let (x, y) = (factor(), factor())
      var total = RunningSum(number: graph.data(at: start), slot: start)
      _ = graph.tape.pointee.recordSum(
        of: x, times: y, onto: &total, count: count, productOrigin: .unknown, sumOrigin: .unknown)
      return total.slot
    }

    /// The same without its runs.
    func withoutRuns(seed: UInt64, isExtreme: Bool) throws -> Sums {
      let other = try Sums(seed: seed, isExtreme: isExtreme)
      other.graph.tape.pointee.productRuns = []
      return other
    }

    var values: [UInt64] {
      (0..<graph.tape.pointee.slotCount).map { graph.data(at: Int32($0)).bitPattern }
    }

    var gradients: [UInt64?] {
      (0..<graph.tape.pointee.slotCount).map { graph.gradient(at: Int32($0))?.bitPattern }
    }

    /// New data for one of the arrays.
    func change(_ array: Int, seed: UInt64) {
      var random = SplitMix64(seed: seed)
      let first = Int(arrays[array])
      for slot in first..<first + Sums.length {
        graph.tape.pointee.values[slot] = Double.random(in: -2...2, using: &random)
      }
      graph.noteChange(of: first..<first + Sums.length)
    }
  }

  @Test("the reverse sweep", arguments: UInt64(1)...60, [false, true])
  func sweeps(seed: UInt64, isExtreme: Bool) throws {
    let fused = try Sums(seed: seed, isExtreme: isExtreme)
    #expect(!fused.graph.tape.pointee.productRuns.isEmpty)
    fused.graph.tape.pointee.checkInvariants()
    let plain = try fused.withoutRuns(seed: seed, isExtreme: isExtreme)
    for (k, result) in fused.results.enumerated().reversed() {
      let accumulate = k % 3 == 0
      try fused.graph.backward(from: result, accumulate: accumulate)
      try plain.graph.backward(from: result, accumulate: accumulate)
      #expect(fused.gradients == plain.gradients)
    }
  }

  @Test("the forward sweep, over all and over a part", arguments: UInt64(1)...60)
  func forward(seed: UInt64) throws {
    let fused = try Sums(seed: seed)
    let plain = try fused.withoutRuns(seed: seed, isExtreme: false)
    for round in 0..<6 {
      let target = round % 2 == 0 ? nil : fused.results[round + 2]
      for sums in [fused, plain] {
        sums.change(round % 3, seed: seed + UInt64(round))
        let report = try sums.graph.forward(to: target)
        #expect(report.firstNonFinite == nil)
      }
      #expect(fused.values == plain.values)
    }
  }

  @Test("a sum that overflows is looked at one by one", arguments: UInt64(1)...40)
  func overflow(seed: UInt64) throws {
    let fused = try Sums(seed: seed)
    let plain = try fused.withoutRuns(seed: seed, isExtreme: false)
    var reports: [NodeIndex?] = []
    for sums in [fused, plain] {
      let first = Int(sums.arrays[Int(seed % 3)])
      sums.graph.tape.pointee.values[first + 5] = seed % 2 == 0 ? 1e300 : .infinity
      sums.graph.tape.pointee.values[first + 6] = 1e300
      sums.graph.noteChange(of: first..<first + Sums.length)
      reports.append(try sums.graph.forward(to: nil).firstNonFinite)
    }
    #expect(reports[0] == reports[1])
    // NaN has many bit patterns.
    let pairs = zip(fused.values, plain.values).map { ($0, $1) }
    #expect(
      pairs.allSatisfy { a, b in
        a == b || Double(bitPattern: a).isNaN && Double(bitPattern: b).isNaN
      })
  }

  @Test(
    "runs move with what lives, and are forgotten with their records", arguments: UInt64(1)...40)
  func moved(seed: UInt64) throws {
    var random = SplitMix64(seed: seed)
    let fused = try Sums(seed: seed)
    let plain = try fused.withoutRuns(seed: seed, isExtreme: false)
    let kept = fused.results.filter { _ in Bool.random(using: &random) } + [fused.arrays[0]]
    let slots = kept.map { $0..<$0 + 1 }
    let moved = fused.graph.compact(keeping: slots, worthwhile: 0)
    let movedPlain = plain.graph.compact(keeping: slots, worthwhile: 0)
    fused.graph.tape.pointee.checkInvariants()
    for result in kept {
      let new = moved.map { $0.newSlot(result) } ?? result
      #expect(new == (movedPlain.map { $0.newSlot(result) } ?? result))
      try fused.graph.backward(from: try #require(new))
      try plain.graph.backward(from: try #require(new))
      #expect(fused.gradients == plain.gradients)
    }
    let tape = fused.graph.tape
    let half = tape.pointee.nodeCount / 2
    tape.pointee.truncate(
      nodes: half, slots: tape.pointee.slot(of: half), lists: tape.pointee.listCount)
    tape.pointee.checkInvariants()
  }
}
