/// The place of a number in the tape's buffers of values and adjoints.
///
/// A scalar node owns one slot, an array node a run of them; an element of an array is just a slot
/// of its run. A constant has a slot and no node.
public struct Slot: Hashable, Comparable, Sendable {
  /// The index into the buffers, from 0.
  public let rawValue: Int32

  /// The slot with this index.
  @inlinable
  public init(_ index: Int) { rawValue = Int32(truncatingIfNeeded: index) }

  /// The index as an `Int`.
  @inlinable
  public var index: Int { Int(rawValue) }

  /// Slots are ordered as they were recorded.
  @inlinable
  public static func < (a: Slot, b: Slot) -> Bool { a.rawValue < b.rawValue }
}
