import TestSupport
import Testing

@testable import GradLanguage

/// Known answers come from an independent implementation of the algorithms in Python.
@Suite struct RandomGeneratorTests {
  private static func draws<T>(
    _ count: Int, seed: UInt64, _ draw: (inout RandomGenerator) -> T
  ) -> [T] {
    var generator = RandomGenerator(seed: seed)
    return (0..<count).map { _ in draw(&generator) }
  }

  // MARK: Bits

  /// The vector that other implementations of xoshiro256++ are tested with.
  @Test func publishedVector() {
    var generator = RandomGenerator(state: (1, 2, 3, 4))
    #expect(
      (0..<10).map { _ in generator.next() } == [
        41_943_041, 58_720_359, 3_588_806_011_781_223, 3_591_011_842_654_386,
        9_228_616_714_210_784_205, 9_973_669_472_204_895_162, 14_011_001_112_246_962_877,
        12_406_186_145_184_390_807, 15_849_039_046_786_891_736, 10_450_023_813_501_588_000,
      ])
  }

  /// The vector that other implementations of SplitMix64 are tested with.
  @Test func seedIsMixed() {
    let state: (UInt64, UInt64, UInt64, UInt64) = (
      6_457_827_717_110_365_317, 3_203_168_211_198_807_973, 9_817_491_932_198_370_423,
      4_593_380_528_125_082_431
    )
    #expect(RandomGenerator(seed: 1_234_567) == RandomGenerator(state: state))
  }

  @Test(
    arguments: [
      (
        1,
        [
          14_971_601_782_005_023_387, 13_781_649_495_232_077_965, 1_847_458_086_238_483_744,
          13_765_271_635_752_736_470, 3_406_718_355_780_431_780,
        ]
      ),
      (
        42,
        [
          15_021_278_609_987_233_951, 5_881_210_131_331_364_753, 18_149_643_915_985_481_100,
          12_933_668_939_759_105_464, 14_637_574_242_682_825_331,
        ]
      ),
    ] as [(UInt64, [UInt64])])
  func bits(seed: UInt64, expected: [UInt64]) {
    #expect(RandomGeneratorTests.draws(5, seed: seed) { $0.next() } == expected)
  }

  @Test func seedsDiffer() {
    let first = (0..<1000).map { seed in RandomGeneratorTests.draws(1, seed: seed) { $0.next() }[0]
    }
    #expect(Set(first).count == 1000)
  }

  // MARK: Uniform

  @Test(
    arguments: [
      (1, [0.8116121588818848, 0.7471047161582187, 0.10015090353378375, 0.7462168706168104]),
      (42, [0.8143051451229099, 0.3188210400616611, 0.9838941681774888, 0.7011355981347556]),
    ] as [(UInt64, [Double])])
  func uniform(seed: UInt64, expected: [Double]) {
    #expect(RandomGeneratorTests.draws(4, seed: seed) { $0.uniform() } == expected)
  }

  /// With s₀ = 0 the output is s₃ rotated: all bits one, and all bits zero.
  @Test func uniformEnds() {
    var highest = RandomGenerator(state: (0, 0, 0, .max))
    #expect(highest.uniform() == 1 - 0x1p-53)
    var lowest = RandomGenerator(state: (0, 1, 0, 0))
    #expect(lowest.uniform() == 0)
  }

  @Test func uniformMoments() {
    let numbers = RandomGeneratorTests.draws(100_000, seed: 3) { $0.uniform() }
    let mean = numbers.reduce(0, +) / 1e5
    let variance = numbers.reduce(0) { $0 + ($1 - mean) * ($1 - mean) } / 1e5
    #expect((mean - 0.5).magnitude < 0.004)
    #expect((variance - 1.0 / 12).magnitude < 0.001)
  }

  // MARK: Normal

  @Test(
    arguments: [
      (
        1,
        [
          0.883852794976176, 0.6654064389170711, -1.280692181483677, 0.6626320181592915,
          -0.8976781825042455, 0.22877701741481363,
        ]
      ),
      (
        42,
        [
          0.8938732534857369, -0.4709981162414731, 2.1417741113345383, 0.5276694166748406,
          0.8186414327439828, 0.2226562332135113,
        ]
      ),
    ] as [(UInt64, [Double])])
  func normal(seed: UInt64, expected: [Double]) {
    #expect(RandomGeneratorTests.draws(6, seed: seed) { $0.normal() } == expected)
  }

  /// The quantile at (k + ½) / 2⁵³ by 300-bit arithmetic: the centre, both tails, and beside the places
  /// where one formula takes over from another.
  @Test(
    arguments: [
      (0, -8.292361075813595), (1, -8.160707840858583), (1000, -7.3347380140439435),
      (125_089, -6.657906967763488), (125_092, -6.657903441948299),
      (1_073_741_824, -5.166578119641677), (675_539_944_105_574, -1.439531470938456),
      (675_539_944_105_575, -1.439531470938455), (1_125_899_906_842_624, -1.1503493803760079),
      (4_503_599_627_370_495, -1.3914582123358836e-16),
      (4_503_599_627_370_496, 1.3914582123358836e-16), (6_755_399_441_055_744, 0.6744897501960819),
      (8_000_000_000_000_000, 1.2168976480552443), (9_007_199_254_740_991, 8.292361075813595),
    ] as [(UInt64, Double)])
  func quantile(k: UInt64, expected: Double) {
    expectClose(RandomGenerator.normal(at: k), expected, relative: 1e-15)
    #expect(RandomGenerator.normal(at: (1 << 53) - 1 - k) == -RandomGenerator.normal(at: k))
  }

  @Test func normalMoments() {
    let numbers = RandomGeneratorTests.draws(100_000, seed: 3) { $0.normal() }
    func moment(_ power: Int) -> Double {
      numbers.reduce(0) { sum, x in sum + (0..<power).reduce(1) { p, _ in p * x } } / 1e5
    }
    // Four standard deviations of each: √(1, 2, 15, 96 / 10⁵).
    #expect(moment(1).magnitude < 0.013)
    #expect((moment(2) - 1).magnitude < 0.018)
    #expect(moment(3).magnitude < 0.049)
    #expect((moment(4) - 3).magnitude < 0.124)
  }

  /// How many of 100 000 lie beyond some quantiles, within four standard deviations.
  @Test(
    arguments: [
      (0.1, 1.2815515655446004), (0.01, 2.3263478740408408), (0.001, 3.090232306167813),
      (0.0001, 3.719016485455709),
    ] as [(Double, Double)])
  func normalTails(share: Double, quantile: Double) {
    let numbers = RandomGeneratorTests.draws(100_000, seed: 3) { $0.normal() }
    let (expected, spread) = (share * 1e5, 4 * (share * 1e5).squareRoot())
    #expect((Double(numbers.count { $0 > quantile }) - expected).magnitude < spread)
    #expect((Double(numbers.count { $0 < -quantile }) - expected).magnitude < spread)
  }

  // MARK: Indices

  /// A quarter of the products for 3·2⁶¹ are drawn again.
  @Test(
    arguments: [
      (1, 10, [8, 7, 1, 7, 1, 5, 9, 5, 0, 1, 9, 3, 0, 3, 0, 1]),
      (42, 10, [8, 3, 9, 7, 7, 5, 1, 6, 2, 9, 5, 8, 6, 0, 4, 5]),
      (
        1, 3 << 61,
        [
          5_168_118_560_712_029_236, 5_161_976_863_407_276_176, 1_277_519_383_417_661_917,
          4_084_654_825_343_290_681, 6_826_730_085_628_479_458, 3_620_751_350_209_805_004,
          928_981_135_525_845_128, 6_366_759_041_830_352_475, 501_048_617_135_265_872,
        ]
      ),
      (
        42, 3 << 61,
        [
          5_632_979_478_745_212_731, 2_205_453_799_249_261_782, 6_806_116_468_494_555_412,
          4_068_188_212_900_549_486, 867_129_156_654_715_904, 4_185_952_103_863_241_786,
          1_436_889_564_243_832_010, 6_456_455_779_173_252_175, 3_870_630_544_417_320_312,
        ]
      ),
      (42, 1, [0, 0, 0]),
      (
        42, .max,
        [7_510_639_304_993_616_974, 2_940_605_065_665_682_376, 9_074_821_957_992_740_549]
      ),
    ] as [(UInt64, Int, [Int])])
  func index(seed: UInt64, count: Int, expected: [Int]) {
    #expect(
      RandomGeneratorTests.draws(expected.count, seed: seed) { $0.index(below: count) } == expected)
  }

  @Test(arguments: [2, 3, 6, 7, 100])
  func indicesAreEquallyLikely(count: Int) {
    var counts = [Int](repeating: 0, count: count)
    let draws = RandomGeneratorTests.draws(1000 * count, seed: 5) { $0.index(below: count) }
    for index in draws { counts[index] += 1 }
    for found in counts { #expect((found - 1000).magnitude < 4 * 32) }
  }

  // MARK: Orders

  @Test(
    arguments: [
      (1, [4, 7, 9, 3, 2, 1, 5, 0, 6, 8]), (42, [5, 3, 1, 0, 9, 6, 4, 7, 2, 8]),
    ] as [(UInt64, [Int])])
  func shuffle(seed: UInt64, expected: [Int]) {
    var generator = RandomGenerator(seed: seed)
    #expect(generator.shuffle(count: 10) == expected)
  }

  @Test(arguments: [0, 1, 2, 3, 1000])
  func shuffleIsAPermutation(count: Int) {
    var generator = RandomGenerator(seed: 9)
    #expect(generator.shuffle(count: count).sorted() == Array(0..<count))
  }

  @Test func ordersAreEquallyLikely() {
    var counts: [[Int]: Int] = [:]
    let orders = RandomGeneratorTests.draws(24_000, seed: 11) { $0.shuffle(count: 4) }
    for order in orders { counts[order, default: 0] += 1 }
    #expect(counts.count == 24)
    for found in counts.values { #expect((found - 1000).magnitude < 4 * 32) }
  }
}
