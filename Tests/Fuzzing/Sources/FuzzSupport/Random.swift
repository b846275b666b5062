/// A small generator whose numbers follow from the seed that libFuzzer gives.
///
/// Source: Steele, Lea and Flood, "Fast splittable pseudorandom number generators", 2014.
public struct Random: RandomNumberGenerator {
  private var state: UInt64

  /// The generator with a seed.
  public init(seed: UInt32) { state = UInt64(seed) }

  /// The next 64 bits.
  public mutating func next() -> UInt64 {
    state &+= 0x9E37_79B9_7F4A_7C15
    var bits = state
    bits = (bits ^ bits >> 30) &* 0xBF58_476D_1CE4_E5B9
    bits = (bits ^ bits >> 27) &* 0x94D0_49BB_1331_11EB
    return bits ^ bits >> 31
  }

  /// A number below `limit`.
  mutating func below(_ limit: Int) -> Int { Int(next() % UInt64(limit)) }

  /// One of some elements.
  mutating func pick<T>(_ elements: [T]) -> T { elements[below(elements.count)] }

  /// True once in so many times.
  mutating func once(in count: Int) -> Bool { below(count) == 0 }
}
