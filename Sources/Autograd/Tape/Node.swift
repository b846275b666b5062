/// One record of the tape: plain data, 12 bytes.
///
///     operation   8 bits
///     constants   2 bits: whether the first, the second operand is a constant
///     origin     22 bits
///     left       slot of the first operand; leaf: the number of slots; stack, array: start of its list;
///                guards: the first slot that is watched
///     right      slot of the second operand; stack, array: the length of its list; guards: how many
///                slots are watched
///
/// Where a node's value stands follows from its place on the tape: see `SlotRun`.
@frozen
public struct Node: Sendable {
  @usableFromInline let header: UInt32
  @usableFromInline var left: Int32
  @usableFromInline var right: Int32

  @inlinable @inline(__always)
  init(
    _ operation: Operation, left: Int32, right: Int32, origin: Origin,
    leftIsConstant: Bool = false, rightIsConstant: Bool = false
  ) {
    header =
      UInt32(unsafeBitCast(operation, to: UInt8.self)) | (leftIsConstant ? 0x100 : 0)
      | (rightIsConstant ? 0x200 : 0) | origin.rawValue << 10
    self.left = left
    self.right = right
  }

  /// What computed the node.
  @inlinable @inline(__always)
  public var operation: Operation {
    unsafeBitCast(UInt8(truncatingIfNeeded: header), to: Operation.self)
  }

  /// The byte that stands for an operation, to compare without taking it apart.
  @inlinable @inline(__always)
  static func code(_ operation: Operation) -> UInt8 { unsafeBitCast(operation, to: UInt8.self) }

  /// The operation's byte.
  @inlinable @inline(__always)
  var code: UInt8 { UInt8(truncatingIfNeeded: header) }

  /// Where the node comes from.
  public var origin: Origin { Origin(Int(header >> 10)) }

  /// Whether the first operand is a constant.
  @inlinable
  public var leftIsConstant: Bool { header & 0x100 != 0 }

  /// Whether the second operand is a constant.
  @inlinable
  public var rightIsConstant: Bool { header & 0x200 != 0 }
}

/// The index of a node on its tape: the order in which it was computed.
public struct NodeIndex: Hashable, Comparable, Sendable {
  /// The index, from 0.
  public let rawValue: Int

  /// The node with this index.
  @inlinable
  public init(_ index: Int) { rawValue = index }

  /// Nodes are ordered as they were recorded, which is a topological order.
  @inlinable
  public static func < (a: NodeIndex, b: NodeIndex) -> Bool { a.rawValue < b.rawValue }
}
