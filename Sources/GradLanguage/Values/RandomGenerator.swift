/// Pseudorandom numbers from a seed: the same on every machine, to the last bit.
///
/// The bits are those of xoshiro256++, whose period is 2²⁵⁶ − 1, from a state that SplitMix64 makes of
/// the seed. All else is made of whole numbers and of `+ - * /` and square roots of doubles, which
/// IEEE 754 defines to the last bit. Not for secrets.
///
/// Source: Blackman and Vigna, "Scrambled linear pseudorandom number generators", 2021, and their page
/// <https://prng.di.unimi.it>, which puts both algorithms in the public domain.
struct RandomGenerator: Hashable, Sendable {
  private var s0: UInt64
  private var s1: UInt64
  private var s2: UInt64
  private var s3: UInt64

  /// The generator with a seed: its state is the first four outputs of SplitMix64, never all zero.
  init(seed: UInt64) {
    var mixer = seed
    s0 = RandomGenerator.splitMix(&mixer)
    s1 = RandomGenerator.splitMix(&mixer)
    s2 = RandomGenerator.splitMix(&mixer)
    s3 = RandomGenerator.splitMix(&mixer)
  }

  /// The generator in a state, which must not be all zero: from that every output would be zero.
  init(state: (UInt64, UInt64, UInt64, UInt64)) {
    precondition(state != (0, 0, 0, 0), "the state of xoshiro256++ is not all zero")
    (s0, s1, s2, s3) = state
  }

  /// The state, word by word.
  var words: [UInt64] { [s0, s1, s2, s3] }

  /// The next output of SplitMix64.
  private static func splitMix(_ state: inout UInt64) -> UInt64 {
    state &+= 0x9E37_79B9_7F4A_7C15
    var bits = state
    bits = (bits ^ bits >> 30) &* 0xBF58_476D_1CE4_E5B9
    bits = (bits ^ bits >> 27) &* 0x94D0_49BB_1331_11EB
    return bits ^ bits >> 31
  }

  /// The next 64 bits, all values equally likely.
  mutating func next() -> UInt64 {
    let result = RandomGenerator.rotated(s0 &+ s3, by: 23) &+ s0
    let shifted = s1 << 17
    s2 ^= s0
    s3 ^= s1
    s1 ^= s2
    s0 ^= s3
    s2 ^= shifted
    s3 = RandomGenerator.rotated(s3, by: 45)
    return result
  }

  private static func rotated(_ bits: UInt64, by count: UInt64) -> UInt64 {
    bits << count | bits >> (64 - count)
  }

  // MARK: Numbers

  /// A number from 0 up to but not including 1: k / 2⁵³, where k is the upper 53 bits of the next 64.
  mutating func uniform() -> Double { Double(next() >> 11) * 0x1p-53 }

  /// A number of the normal distribution with mean 0 and variance 1: its quantile at (k + ½) / 2⁵³, where
  /// k is the upper 53 bits of the next 64.
  ///
  /// One output of the generator makes one number; the farthest are ±8.292.
  mutating func normal() -> Double { RandomGenerator.normal(at: next() >> 11) }

  /// A whole number from 0 up to but not including `count`, all equally likely; `count` is positive.
  ///
  /// The upper half of `count` times the next 64 bits; of the 2⁶⁴ products those are drawn again that
  /// are too many for some numbers.
  ///
  /// Source: Lemire, "Fast random integer generation in an interval", 2019.
  mutating func index(below count: Int) -> Int {
    precondition(count > 0, "there is no index below \(count)")
    let limit = UInt64(count)
    var product = next().multipliedFullWidth(by: limit)
    if product.low < limit {
      let surplus = (0 &- limit) % limit  // 2⁶⁴ mod count
      while product.low < surplus { product = next().multipliedFullWidth(by: limit) }
    }
    return Int(product.high)
  }

  /// The numbers from 0 up to but not including `count` in an order at random, all orders equally
  /// likely as far as the state's 256 bits go; empty where `count` is 0.
  ///
  /// From the last place to the second, each is swapped with one at or before it.
  ///
  /// Source: Durstenfeld, "Algorithm 235: random permutation", 1964, after Fisher and Yates.
  mutating func shuffle(count: Int) -> [Int] {
    var order = Array(0..<count)
    for last in order.indices.dropFirst().reversed() {
      order.swapAt(last, index(below: last + 1))
    }
    return order
  }
}
