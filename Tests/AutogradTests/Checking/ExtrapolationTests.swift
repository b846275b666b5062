import Testing

@testable import Autograd

/// Limits of difference quotients.
@Suite struct ExtrapolationTests {
  @Test(arguments: [1, 2])
  func findsSlopes(power: Int) {
    var slope = Extrapolation(power: power)
    // (eʰ − 1)/h → 1, and sinh(h)/h → 1: errors of order h, and of order h².
    for k in 0..<12 {
      let h = 0.25 / Double(1 << k)
      slope.add(power == 1 ? (Double.exp(h) - 1) / h : .sinh(h) / h, noise: 0)
    }
    #expect(abs((slope.limit ?? 0) - 1) < 1e-11)
    #expect(slope.isPrecise)
  }

  @Test func knowsWhatDoesNotSettle() {
    var slope = Extrapolation(power: 1)
    for k in 0..<20 { slope.add(k % 2 == 0 ? 1 : -1, noise: 0) }
    #expect(slope.error > 0.5)
    var noisy = Extrapolation(power: 2)
    for _ in 0..<5 { noisy.add(1, noise: 0.5) }
    #expect(noisy.error >= 0.5, "what rounding may have made is not believed")
  }
}
