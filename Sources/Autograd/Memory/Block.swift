import CKernels

#if canImport(Glibc)
  import Glibc
#elseif canImport(Musl)
  import Musl
#elseif canImport(Darwin)
  import Darwin
#endif

/// Memory that grows: in pages of 2 MB, when there is enough of it.
///
/// A fault for each page of 4 KB costs a long recording more than the recording itself, and large pages
/// stay large only where a block begins at a multiple of their size, and is moved to another one. So large
/// blocks are mapped here; small ones are the C library's.
///
/// A header of 64 bytes before the numbers says which, and how large it is.
enum Block {
  private struct Header: BitwiseCopyable {
    /// The bytes, with the header.
    var byteCount: Int
    var isMapped: Bool
  }

  private static let headerSize = 64
  /// The size of a large page, from which on a block is mapped.
  private static let largePage = 1 << 21

  /// New memory; nil when there is none.
  static func allocate(_ byteCount: Int) -> UnsafeMutableRawPointer? {
    let wanted = byteCount + headerSize
    return isLarge(wanted) ? mapped(wanted) : small(malloc(wanted), wanted)
  }

  /// New memory that holds zeros; nil when there is none. The system's is not touched for it.
  static func allocateZeros(_ byteCount: Int) -> UnsafeMutableRawPointer? {
    let block = allocate(byteCount)
    if !isLarge(byteCount + headerSize), let block { memset(block, 0, byteCount) }
    return block
  }

  /// The same memory with another size, perhaps elsewhere; nil, and all as before, when there is no room.
  static func resize(
    _ block: UnsafeMutableRawPointer, to byteCount: Int
  ) -> UnsafeMutableRawPointer? {
    let wanted = byteCount + headerSize
    let start = block - headerSize
    let header = start.load(as: Header.self)
    if header.isMapped { return remapped(start, from: header.byteCount, to: wanted) }
    guard isLarge(wanted) else { return small(realloc(start, wanted), wanted) }
    guard let new = mapped(wanted) else { return nil }
    new.copyMemory(from: block, byteCount: min(header.byteCount, wanted) - headerSize)
    free(start)
    return new
  }

  /// Gives memory back.
  static func deallocate(_ block: UnsafeMutableRawPointer) {
    let start = block - headerSize
    let header = start.load(as: Header.self)
    if header.isMapped { munmap(start, header.byteCount) } else { free(start) }
  }

  private static func isLarge(_ byteCount: Int) -> Bool {
    #if os(Linux)
      byteCount >= largePage
    #else
      false
    #endif
  }

  private static func small(
    _ start: UnsafeMutableRawPointer?, _ byteCount: Int
  ) -> UnsafeMutableRawPointer? {
    start.map { begun($0, Header(byteCount: byteCount, isMapped: false)) }
  }

  private static func begun(
    _ start: UnsafeMutableRawPointer, _ header: Header
  ) -> UnsafeMutableRawPointer {
    start.initializeMemory(as: Header.self, to: header)
    return start + headerSize
  }

  private static func mapped(_ byteCount: Int) -> UnsafeMutableRawPointer? {
    let size = wholePages(byteCount)
    let access = PROT_READ | PROT_WRITE
    guard let start = addresses(size, access) ?? map(size, access) else { return nil }
    #if os(Linux)
      _ = madvise(start, size, MADV_HUGEPAGE)
    #endif
    return begun(start, Header(byteCount: size, isMapped: true))
  }

  private static func remapped(
    _ start: UnsafeMutableRawPointer, from old: Int, to byteCount: Int
  ) -> UnsafeMutableRawPointer? {
    let size = wholePages(byteCount)
    if size == old { return start + headerSize }
    var new = cpages_remap(start, old, size, 0, nil)
    // Where it can begin at a large page, and else wherever there is room. A system that refuses may have
    // given the target to another thread by then: it is left alone.
    if new == nil, let target = addresses(size, PROT_NONE) {
      new = cpages_remap(start, old, size, 1, target)
    }
    guard let new = new ?? cpages_remap(start, old, size, 1, nil) else { return nil }
    return begun(new, Header(byteCount: size, isMapped: true))
  }

  /// So many bytes from the beginning of a large page on.
  private static func addresses(_ size: Int, _ access: Int32) -> UnsafeMutableRawPointer? {
    guard let all = map(size + largePage, access) else { return nil }
    let before = -Int(bitPattern: all) & (largePage - 1)
    if before > 0 { munmap(all, before) }
    munmap(all + before + size, largePage - before)
    return all + before
  }

  private static func map(_ size: Int, _ access: Int32) -> UnsafeMutableRawPointer? {
    let block = mmap(nil, size, access, MAP_PRIVATE | MAP_ANONYMOUS, -1, 0)
    return block == MAP_FAILED ? nil : block
  }

  /// Whole large pages: of one that a block had a part of, each small page would stay one.
  private static func wholePages(_ byteCount: Int) -> Int {
    (byteCount + largePage - 1) & ~(largePage - 1)
  }
}
