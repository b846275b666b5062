#if canImport(Glibc)
  import Glibc
#elseif canImport(Musl)
  import Musl
#elseif canImport(Darwin)
  import Darwin
#endif

import Autograd
import GradLanguage

/// Cuts what is read from a file into lines. A line costs time in its own length only.
final class LineReader {
  private let file: InputFile
  /// What has been read; lines before `start` are done.
  private var bytes: [UInt8] = []
  private var start = 0
  /// Up to here no end of line has been found.
  private var searched = 0
  private var isAtEnd = false

  init(_ file: consuming InputFile) { self.file = file }

  /// The next line.
  ///
  /// - Parameter beforeWaiting: called before each read, which may wait.
  func next(beforeWaiting: () -> Void) -> Line {
    while true {
      if let end = bytes[searched...].firstIndex(of: UInt8(ascii: "\n")) {
        return .line(take(upTo: end + 1))
      }
      searched = bytes.count
      if isAtEnd { return start < bytes.count ? .line(take(upTo: bytes.count)) : .end }
      discardDone()
      guard bytes.count <= FileAccess.programLimit else {
        return .unreadable(.tooLong(limit: FileAccess.programLimit))
      }
      // What is read next, and what is there as it grows, as a line, and as an input.
      guard bytes.count < 1 << 20 || Memory.hasRoom(for: 6 * bytes.count) else {
        return .unreadable(.outOfMemory)
      }
      beforeWaiting()
      do throws(SystemError) {
        isAtEnd = try file.read(into: &bytes, atMost: max(InputFile.chunk, bytes.count)) == 0
      } catch {
        if error.code == EINTR { return .interrupted }
        return .unreadable(error)
      }
    }
  }

  private func take(upTo end: Int) -> [UInt8] {
    let line = Array(bytes[start..<end])
    start = end
    searched = end
    return line
  }

  private func discardDone() {
    bytes.removeFirst(start)
    searched -= start
    start = 0
  }
}
