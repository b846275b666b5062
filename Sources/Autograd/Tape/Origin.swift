/// Where a node comes from: a number that whoever records may give it, 22 bits wide.
///
/// The language stores the address of the instruction; 0 means unknown.
public struct Origin: Hashable, Sendable {
  /// The number, below `limit`.
  public let rawValue: UInt32

  /// The first number that does not fit: 2²².
  public static let limit = 1 << 22

  /// Nothing is known of the origin.
  public static let unknown = Origin(0)

  /// The origin with this number; unknown when the number does not fit.
  @inlinable @inline(__always)
  public init(_ number: Int) {
    rawValue = number < Origin.limit ? UInt32(truncatingIfNeeded: number) : 0
  }
}
