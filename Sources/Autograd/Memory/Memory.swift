#if canImport(Glibc)
  import Glibc
#elseif canImport(Musl)
  import Musl
#elseif canImport(Darwin)
  import Darwin
#endif

/// Room in memory, asked for before it is taken: an allocation of the standard library that fails ends
/// the program, a question that is answered no is an error like any other.
///
/// What takes much asks. What takes little does not: each question leaves room for it.
package enum Memory {
  /// Less than this need not be asked for.
  package static let unasked = 1 << 20

  /// How many bytes must stay free, besides an eighth of the request.
  private static let reserve = 8 << 20

  /// Requests from this size on also count the memory that the program uses, which takes some microseconds.
  private static let counted = 1 << 24

  /// How many bytes the system lets the program have, as it was when this was first asked.
  package static let limit = MemoryLimit.bytes

  /// The share of the limit that a program may take by default: something else may run beside it.
  package static let share = limit / 4 * 3

  /// Whether there is room for so many bytes more, within `most` bytes in all; nil is `share`.
  package static func hasRoom(for bytes: Int, within most: Int? = nil) -> Bool {
    let (wanted, isTooMany) = bytes.addingReportingOverflow(bytes / 8 + reserve)
    guard bytes >= 0, !isTooMany, isWithin(most ?? share, bytes) else { return false }
    return haveAddresses(wanted)
  }

  private static func isWithin(_ most: Int, _ bytes: Int) -> Bool {
    guard bytes <= most else { return false }
    return most == .max || bytes < min(counted, most) || residentBytes <= most - bytes
  }

  /// Sees to room for so many bytes more, within `most` bytes in all; nil is `share`.
  ///
  /// - Throws: `GraphError.outOfMemory` when there is none.
  @inline(__always)
  package static func require(_ bytes: Int, within most: Int? = nil) throws(GraphError) {
    if bytes >= min(unasked, most ?? unasked), !hasRoom(for: bytes, within: most) {
      throw .outOfMemory(byteCount: bytes)
    }
  }

  /// Whether the system would map so many bytes: it answers for limits on addresses and data, and for
  /// what it has promised to others. Nothing is touched, so that it takes a microsecond or two.
  private static func haveAddresses(_ count: Int) -> Bool {
    let block = mmap(nil, count, PROT_READ | PROT_WRITE, MAP_PRIVATE | MAP_ANONYMOUS, -1, 0)
    guard let block, block != MAP_FAILED else { return false }
    munmap(block, count)
    return true
  }

  /// The bytes of memory that the program uses; 0 where the system does not tell.
  private static var residentBytes: Int {
    // Sizes in pages: all addresses, those in memory, …
    let text = SystemText.read("/proc/self/statm")
    let fields = text.split(separator: " ", maxSplits: 2)
    guard fields.count > 1, let pages = Int(fields[1]) else { return 0 }
    return pages * Int(getpagesize())
  }

  // MARK: Blocks

  /// A block, resized, or nil when there is no room: the system moves large blocks' pages instead of
  /// copying them.
  package static func resized<T>(
    _ old: UnsafeMutablePointer<T>, from count: Int, to capacity: Int
  ) -> UnsafeMutablePointer<T>? {
    let (more, bytes) = (
      (capacity - count) * MemoryLayout<T>.stride, capacity * MemoryLayout<T>.stride
    )
    guard more < unasked || hasRoom(for: more, within: .max) else { return nil }
    return Block.resize(old, to: bytes)?.assumingMemoryBound(to: T.self)
  }

  /// A new block for `resized` and `deallocate`, or nil when there is no room.
  package static func allocated<T>(
    _ type: T.Type, capacity: Int
  ) -> UnsafeMutablePointer<T>? {
    let bytes = capacity * MemoryLayout<T>.stride
    guard bytes < unasked || hasRoom(for: bytes, within: .max) else { return nil }
    return Block.allocate(bytes)?.bindMemory(to: T.self, capacity: capacity)
  }

  /// A new block that holds zeros, or nil when there is no room.
  static func allocatedZeros<T: BitwiseCopyable>(
    _ type: T.Type, capacity: Int
  ) -> UnsafeMutablePointer<T>? {
    let bytes = capacity * MemoryLayout<T>.stride
    guard bytes < unasked || hasRoom(for: bytes, within: .max) else { return nil }
    return Block.allocateZeros(bytes)?.bindMemory(to: T.self, capacity: capacity)
  }

  /// Gives a block back.
  package static func deallocate<T>(_ block: UnsafeMutablePointer<T>) { Block.deallocate(block) }
}
