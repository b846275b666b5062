import Synchronization
import TestSupport
import Testing

@testable import Autograd

@Suite struct MatrixProductTests {
  /// A product by the engine.
  private func product(
    _ x: [Double], _ y: [Double], _ m: Int, _ k: Int, _ n: Int, transposed: (Bool, Bool)
  ) -> [Double] {
    var parameters = [Int32(m), Int32(k), Int32(n), transposed.0 ? 1 : 0, transposed.1 ? 1 : 0]
    var result = [Double](repeating: .nan, count: m * n)
    parameters.withUnsafeMutableBufferPointer { parameters in
      let sizes = ArrayKernels.MatrixSizes(parameters)
      result.withUnsafeMutableBufferPointer { result in
        guard let z = result.baseAddress else { return }
        ArrayKernels.matrixProduct(x, y, sizes, z)
      }
    }
    return result
  }

  private func numbers(_ count: Int, _ random: inout SplitMix64) -> [Double] {
    (0..<count).map { _ in Double(Int.random(in: -9...9, using: &random)) }
  }

  private func transposed(_ x: [Double], rows: Int, columns: Int) -> [Double] {
    (0..<rows * columns).map { x[$0 % rows * columns + $0 / rows] }
  }

  /// Whole numbers are summed exactly, in any order.
  @Test(
    "any sizes, with and without transposed operands",
    arguments: [
      (1, 1, 1), (1, 7, 9), (2, 3, 1), (5, 1, 8), (6, 8, 8), (7, 9, 17), (13, 300, 23), (97, 5, 31),
      (12, 257, 16), (100, 2, 16), (200, 520, 9), (3, 0, 4), (260, 257, 256),
    ])
  func exact(m: Int, k: Int, n: Int) {
    var random = SplitMix64(seed: UInt64(m * 1000 + k * 10 + n))
    let (x, y) = (numbers(m * k, &random), numbers(k * n, &random))
    var expected = [Double](repeating: 0, count: m * n)
    for i in 0..<m {
      for p in 0..<k { for j in 0..<n { expected[i * n + j] += x[i * k + p] * y[p * n + j] } }
    }
    let (xT, yT) = (transposed(x, rows: m, columns: k), transposed(y, rows: k, columns: n))
    #expect(product(x, y, m, k, n, transposed: (false, false)) == expected)
    #expect(product(xT, y, m, k, n, transposed: (true, false)) == expected)
    #expect(product(x, yT, m, k, n, transposed: (false, true)) == expected)
    #expect(product(xT, yT, m, k, n, transposed: (true, true)) == expected)
  }

  @Test("a row of a product that several threads share is what it is alone")
  func threads() {
    var random = SplitMix64(seed: 3)
    let (m, k, n) = (300, 260, 230)
    let x = (0..<m * k).map { _ in Double.random(in: -1...1, using: &random) }
    let y = (0..<k * n).map { _ in Double.random(in: -1...1, using: &random) }
    let whole = product(x, y, m, k, n, transposed: (false, false))
    for i in [0, 1, 95, 96, 150, 191, 192, 298, 299] {
      let row = product(
        Array(x[i * k..<(i + 1) * k]), y, 1, k, n, transposed: (false, false))
      #expect(Array(whole[i * n..<(i + 1) * n]) == row)
    }
  }

  @Test("NaN and infinities stay in their row and column")
  func special() {
    let x = [1, .infinity, 0, 2] as [Double]
    let y = (1...9).map(Double.init) + [Double](repeating: 0, count: 9)
    let result = product(x, y, 2, 2, 9, transposed: (false, false))
    #expect(result[..<9].allSatisfy { $0.isNaN })
    #expect(result[9...].allSatisfy { $0 == 0 })
  }

  @Test(
    "work that is shared is all done, and stops when it is asked to", arguments: [0, 1, 95, 1000])
  func shared(total: Int) {
    let done = Counter()
    Threads.run(over: total, in: 10, shouldStop: { false }) { numbers, _ in
      done.add(numbers.count)
    }
    #expect(done.total == total)
    Threads.run(over: total, in: 10, shouldStop: { true }) { _, shouldStop in
      while !shouldStop() {}
    }
  }

  private final class Counter: Sendable {
    private let count = Atomic<Int>(0)
    var total: Int { count.load(ordering: .relaxed) }
    func add(_ number: Int) { count.wrappingAdd(number, ordering: .relaxed) }
  }
}
