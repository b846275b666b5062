#if canImport(Glibc)
  import Glibc
#elseif canImport(Musl)
  import Musl
#elseif canImport(Darwin)
  import Darwin
#endif

import Autograd
import GradLanguage

/// An open file that is read.
struct InputFile: ~Copyable {
  private let descriptor: Int32
  private let isOwned: Bool

  /// Standard input.
  static func standardInput() -> InputFile { InputFile(descriptor: STDIN_FILENO, isOwned: false) }

  private init(descriptor: Int32, isOwned: Bool) {
    self.descriptor = descriptor
    self.isOwned = isOwned
  }

  /// Opens the file at a path.
  ///
  /// - Throws: with `EINTR` when Ctrl-C comes while it waits, as for the other end of a pipe.
  init(path: String) throws(SystemError) {
    while true {
      let descriptor = open(path, O_RDONLY | O_CLOEXEC)
      if descriptor >= 0 {
        self.init(descriptor: descriptor, isOwned: true)
        return
      }
      let error = SystemError.last
      guard error.code == EINTR, !Interruption.isAsked else { throw error }
    }
  }

  deinit {
    if isOwned { close(descriptor) }
  }

  /// Whether a person types at the other end.
  var isTerminal: Bool { isatty(descriptor) == 1 }

  /// Reads what is there into the end of `bytes`, waiting until there is something.
  ///
  /// - Returns: the number of bytes, 0 at the end of the file.
  /// - Throws: with `EINTR` when a signal came instead.
  func read(into bytes: inout [UInt8], atMost limit: Int) throws(SystemError) -> Int {
    let (count, error) = withUnsafeTemporaryAllocation(byteCount: limit, alignment: 1) { buffer in
      let count = read_(descriptor, buffer.baseAddress, buffer.count)
      let error = SystemError.last
      bytes.append(contentsOf: UnsafeRawBufferPointer(rebasing: buffer[..<max(count, 0)]))
      return (count, error)
    }
    guard count >= 0 else { throw error }
    return count
  }

  /// Reads everything.
  ///
  /// - Throws: with `EINTR` when Ctrl-C comes; when there are more bytes than `limit`, as a device has that
  ///   never ends, or more than there is memory for.
  func readAll(limit: Int = FileAccess.programLimit) throws(SystemError) -> [UInt8] {
    var bytes: [UInt8] = []
    var size = InputFile.chunk
    while true {
      // The bytes twice as an array grows, and what is read next.
      guard bytes.count < 1 << 20 || Memory.hasRoom(for: 2 * bytes.count + size) else {
        throw .outOfMemory
      }
      do throws(SystemError) {
        if try read(into: &bytes, atMost: size) == 0 { return bytes }
        guard bytes.count <= limit else { throw .tooLong(limit: limit) }
      } catch {
        guard error.code == EINTR, !Interruption.isAsked else { throw error }
      }
      size = max(size, min(bytes.count, 1 << 24))
    }
  }

  /// Reads the file at a path; Ctrl-C stops it, with `EINTR`.
  static func read(_ path: String, limit: Int = FileAccess.programLimit) -> Result<
    [UInt8], SystemError
  > {
    Result { () throws(SystemError) in try InputFile(path: path).readAll(limit: limit) }
  }

  /// How many bytes are asked for at once.
  static let chunk = 1 << 16
}

/// The system's `read`, which a method of this name hides.
private func read_(_ descriptor: Int32, _ buffer: UnsafeMutableRawPointer?, _ count: Int) -> Int {
  read(descriptor, buffer, count)
}
