import Testing

@testable import Autograd

/// Sorting, beside the standard library's.
@Suite struct SortedOrderTests {
  /// Numbers of every kind, many of them more than once.
  private static func numbers(_ count: Int) -> [Double] {
    let special: [Double] = [
      .nan, -.nan, .infinity, -.infinity, 0, -0.0, .leastNonzeroMagnitude, -.leastNonzeroMagnitude,
      1, -1, 1e308, -1e308,
    ]
    var seed: UInt64 = 88_172_645_463_325_252
    return (0..<count).map { k in
      seed ^= seed << 13
      seed ^= seed >> 7
      seed ^= seed << 17
      switch seed % 5 {
      case 0: return special[Int(seed >> 8) % special.count]
      case 1: return Double(seed >> 60) - 8
      case _: return Double(bitPattern: seed)
      }
    }
  }

  /// NaN last, equal ones in the order in which they stand.
  private static func isOrdered(_ x: [Double], _ a: Int, _ b: Int) -> Bool {
    if x[a] < x[b] { return true }
    if x[a] > x[b] { return false }
    if x[a].isNaN != x[b].isNaN { return x[b].isNaN }
    return a < b
  }

  @Test(
    "sorted like the standard library's, by comparing and by digits, along any dimension",
    arguments: [
      (1, 0, 1), (1, 1, 1), (1, 2, 1), (1, 3, 1), (1, 63, 1), (1, 64, 1), (1, 1000, 1),
      (1, 70_000, 1), (3, 65, 4), (7, 30, 2), (2, 200, 5), (40, 1, 40),
    ] as [(Int, Int, Int)])
  func order(outer: Int, length: Int, inner: Int) {
    let x = Self.numbers(outer * length * inner)
    var parameters = [outer, length, inner].map(Int32.init)
    parameters += repeatElement(-1, count: x.count)
    x.withUnsafeBufferPointer { x in
      parameters.withUnsafeMutableBufferPointer { parameters in
        guard let start = x.baseAddress else { return }
        ArrayKernels.findOrder(start, parameters)
      }
    }
    for o in 0..<outer {
      for i in 0..<inner {
        let line = (0..<length).map { o * length * inner + $0 * inner + i }
        let sorted = line.sorted { Self.isOrdered(x, $0, $1) }
        #expect(line.map { Int(parameters[3 + $0]) } == sorted)
      }
    }
  }

  @Test("numbers that agree in all but one digit are sorted by that digit", arguments: 0..<8)
  func oneDigit(_ digit: Int) {
    let x = (0..<256).map { k in
      let bits = UInt64(k) << UInt64(8 * digit)
      return Double(bitPattern: 0x3ff1_2345_6789_abcd & ~(0xff << UInt64(8 * digit)) | bits)
    }.reversed().map { $0 }
    let sorted = Numbers(
      .whole(.sort), [Numbers(x, shape: Shape(count: 256))], parameters: [1, 256, 1],
      shape: Shape(count: 256)
    ).array
    let expected = x.sorted { a, b in a < b || (!a.isNaN && b.isNaN) }
    #expect(zip(sorted, expected).allSatisfy { $0 == $1 || ($0.isNaN && $1.isNaN) })
  }
}
