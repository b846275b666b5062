#if canImport(Glibc)
  import Glibc
#elseif canImport(Musl)
  import Musl
#elseif canImport(Darwin)
  import Darwin
#endif

/// A stream that text is written to, collected into large writes.
///
/// Text leaves when `flush` is called, when much has been collected, and when the last write was a
/// while ago, so that what trickles is seen while it trickles. Results that cannot be written end the
/// program: there is only standard error left to tell. Messages that cannot be written are dropped: they
/// keep no result away.
final class OutputFile {
  /// Standard output.
  static func standardOutput() -> OutputFile { OutputFile(STDOUT_FILENO, name: "standard output") }
  /// Standard error.
  static func standardError() -> OutputFile { OutputFile(STDERR_FILENO, name: "standard error") }

  /// Whether a person reads at the other end.
  let isTerminal: Bool

  private let descriptor: Int32
  private let name: String
  private var buffer: [UInt8] = []
  private var lastFlush = 0

  private static let capacity = 1 << 16
  /// So many milliseconds after a write the next text is written at once.
  private static let patience = 100

  private init(_ descriptor: Int32, name: String) {
    self.descriptor = descriptor
    self.name = name
    isTerminal = isatty(descriptor) == 1
  }

  /// Writes a text, sooner or later.
  func write(_ text: String) {
    var text = text
    text.withUTF8 { buffer.append(contentsOf: $0) }
    let isDue = isTerminal || buffer.count >= OutputFile.capacity
    if isDue || OutputFile.milliseconds() - lastFlush >= OutputFile.patience { flush() }
  }

  /// Writes what has been collected.
  func flush() {
    guard !buffer.isEmpty else { return }
    buffer.withUnsafeBytes(writeAll)
    buffer.removeAll(keepingCapacity: buffer.capacity <= 2 * OutputFile.capacity)
    lastFlush = OutputFile.milliseconds()
  }

  private func writeAll(_ bytes: UnsafeRawBufferPointer) {
    var rest = bytes
    while let start = rest.baseAddress, !rest.isEmpty {
      let count = systemWrite(descriptor, start, rest.count)
      if count >= 0 {
        rest = UnsafeRawBufferPointer(rebasing: rest.dropFirst(count))
      } else if errno == EAGAIN {
        awaitRoom()
      } else if errno != EINTR {
        if descriptor == STDERR_FILENO { return }
        fail(.last)
      }
    }
  }

  /// Waits until a stream that does not block takes more.
  private func awaitRoom() {
    var request = pollfd(fd: descriptor, events: Int16(POLLOUT), revents: 0)
    _ = poll(&request, 1, -1)
  }

  private func fail(_ error: SystemError) -> Never {
    if error.code == EPIPE { _exit(ExitStatus.brokenPipe.rawValue) }
    let message = Array("error: cannot write to \(name): \(error.reason)\n".utf8)
    _ = systemWrite(STDERR_FILENO, message, message.count)
    _exit(ExitStatus.failure.rawValue)
  }

  /// A clock that only goes forward.
  private static func milliseconds() -> Int {
    var time = timespec()
    clock_gettime(CLOCK_MONOTONIC, &time)
    return Int(time.tv_sec) * 1000 + Int(time.tv_nsec) / 1_000_000
  }
}

/// The system's `write`, which a method of this name hides.
private func systemWrite(_ descriptor: Int32, _ bytes: UnsafeRawPointer, _ count: Int) -> Int {
  write(descriptor, bytes, count)
}
