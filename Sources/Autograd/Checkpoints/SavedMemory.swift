#if canImport(Glibc)
  import Glibc
#elseif canImport(Musl)
  import Musl
#elseif canImport(Darwin)
  import Darwin
#endif

/// Counts the bytes of all copies that were made for it and still exist.
package final class MemoryLedger {
  /// How many bytes there are now.
  package fileprivate(set) var byteCount = 0

  package init() {}

  /// Counts some bytes for as long as the result lives.
  package func count(bytes: Int) -> MemoryShare { MemoryShare(byteCount: bytes, self) }
}

/// Bytes that a ledger counts.
package final class MemoryShare {
  private let byteCount: Int
  private let ledger: MemoryLedger

  fileprivate init(byteCount: Int, _ ledger: MemoryLedger) {
    self.byteCount = byteCount
    self.ledger = ledger
    ledger.byteCount += byteCount
  }

  deinit { ledger.byteCount -= byteCount }
}

/// A copy of plain data in pieces. Where a piece is the same as in an earlier copy the two share it, so
/// that saving what has hardly changed takes a comparison, and hardly any memory.
package struct SavedMemory {
  /// The bytes of all pieces together.
  package let byteCount: Int
  private let pieces: [Piece]

  /// How many bytes a piece has; the last one may have fewer.
  private static let pieceSize = 1 << 16

  /// Copies `count` elements.
  ///
  /// - Parameters:
  ///   - earlier: an earlier copy of the same data.
  ///   - ledger: counts the bytes that the two do not share.
  package init<Element: BitwiseCopyable>(
    _ elements: UnsafePointer<Element>, count: Int, sharing earlier: SavedMemory?,
    _ ledger: MemoryLedger
  ) {
    byteCount = count * MemoryLayout<Element>.stride
    let start = UnsafeRawPointer(elements)
    let known = earlier?.pieces ?? []
    var pieces: [Piece] = []
    pieces.reserveCapacity(byteCount / SavedMemory.pieceSize + 1)
    for first in stride(from: 0, to: byteCount, by: SavedMemory.pieceSize) {
      let size = min(SavedMemory.pieceSize, byteCount - first)
      let number = pieces.count
      if number < known.count, known[number].isSame(as: start + first, byteCount: size) {
        pieces.append(known[number])
      } else {
        pieces.append(Piece(start + first, byteCount: size, ledger))
      }
    }
    self.pieces = pieces
  }

  /// Copies an array.
  package init<Element: BitwiseCopyable>(
    _ elements: [Element], sharing earlier: SavedMemory?, _ ledger: MemoryLedger
  ) {
    self = elements.withUnsafeBufferPointer { buffer in
      guard let start = buffer.baseAddress else { return SavedMemory() }
      return SavedMemory(start, count: buffer.count, sharing: earlier, ledger)
    }
  }

  /// Nothing.
  private init() {
    byteCount = 0
    pieces = []
  }

  /// How many elements of a type were copied.
  package func count<Element: BitwiseCopyable>(of type: Element.Type) -> Int {
    byteCount / MemoryLayout<Element>.stride
  }

  /// Writes everything to memory that has room for it.
  package func copy<Element: BitwiseCopyable>(to elements: UnsafeMutablePointer<Element>) {
    var place = UnsafeMutableRawPointer(elements)
    for piece in pieces {
      piece.copy(to: place)
      place += piece.byteCount
    }
  }

  /// The elements as an array.
  package func array<Element: BitwiseCopyable>(of type: Element.Type) -> [Element] {
    let count = count(of: type)
    // An array of room for none is the one empty array of all threads, and would be written to.
    guard count > 0 else { return [] }
    return [Element](unsafeUninitializedCapacity: count) { buffer, initialized in
      if let start = buffer.baseAddress { copy(to: start) }
      initialized = count
    }
  }

  /// Whether memory holds just what was copied, but for one element.
  package func isSame<Element: BitwiseCopyable>(
    as elements: UnsafePointer<Element>, count: Int, except ignored: Int
  ) -> Bool {
    let stride = MemoryLayout<Element>.stride
    guard byteCount == count * stride else { return false }
    let hole = ignored * stride..<(ignored + 1) * stride
    let start = UnsafeRawPointer(elements)
    var first = 0
    for piece in pieces {
      let all = first..<first + piece.byteCount
      let (before, after) = (
        all.clamped(to: 0..<hole.lowerBound),
        all.clamped(to: hole.upperBound..<max(byteCount, hole.upperBound))
      )
      for part in [before, after] where !part.isEmpty {
        guard piece.isSame(as: start + part.lowerBound, part.lowerBound - first, part.count) else {
          return false
        }
      }
      first = all.upperBound
    }
    return true
  }

  /// Bytes that several copies may share.
  private final class Piece {
    let byteCount: Int
    private let bytes: UnsafeMutableRawPointer
    private let share: MemoryShare

    init(_ source: UnsafeRawPointer, byteCount: Int, _ ledger: MemoryLedger) {
      self.byteCount = byteCount
      bytes = .allocate(byteCount: byteCount, alignment: MemoryLayout<UInt64>.alignment)
      bytes.copyMemory(from: source, byteCount: byteCount)
      share = ledger.count(bytes: byteCount)
    }

    deinit { bytes.deallocate() }

    func isSame(as memory: UnsafeRawPointer, byteCount: Int) -> Bool {
      byteCount == self.byteCount && isSame(as: memory, 0, byteCount)
    }

    /// Whether memory holds the bytes from an offset on.
    func isSame(as memory: UnsafeRawPointer, _ offset: Int, _ count: Int) -> Bool {
      memcmp(bytes + offset, memory, count) == 0
    }

    func copy(to place: UnsafeMutableRawPointer) {
      place.copyMemory(from: bytes, byteCount: byteCount)
    }
  }
}
