import TestSupport

extension SplitMix64 {
  /// A number below `limit`.
  mutating func below(_ limit: Int) -> Int { Int(next() % UInt64(limit)) }

  /// One of some elements.
  mutating func pick<T>(_ elements: [T]) -> T { elements[below(elements.count)] }

  /// True once in so many times.
  mutating func once(in count: Int) -> Bool { below(count) == 0 }
}
