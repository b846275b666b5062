/// A half-open range of byte offsets in one source.
public struct SourceRange: Hashable, Sendable {
  /// The first byte, from 0.
  public var start: Int { Int(startOffset) }
  /// The byte after the last.
  public var end: Int { Int(endOffset) }

  private let startOffset: UInt32
  private let endOffset: UInt32

  /// The bytes from `start` up to and without `end`.
  public init(_ start: Int, _ end: Int) {
    startOffset = UInt32(truncatingIfNeeded: start)
    endOffset = UInt32(truncatingIfNeeded: end)
  }

  /// The smallest range that holds both.
  public func union(_ other: SourceRange) -> SourceRange {
    SourceRange(min(start, other.start), max(end, other.end))
  }
}

/// A range in one of a session's sources.
public struct SourceLocation: Hashable, Sendable {
  /// The index of the source in the session.
  public let source: Int
  /// The bytes in it.
  public let range: SourceRange

  /// The range in the source.
  public init(source: Int, range: SourceRange) {
    self.source = source
    self.range = range
  }
}

/// A place in a source as people count.
public struct SourcePosition: Hashable, Sendable {
  /// The line's number.
  public let line: Int
  /// The character in the line, from 1.
  public let column: Int
}
