#if canImport(Glibc)
  import Glibc
#elseif canImport(Musl)
  import Musl
#elseif canImport(Darwin)
  import Darwin
#endif

/// Reading files that may be anything: only regular ones are read, so that no device and no pipe
/// keeps the prompt waiting.
enum RegularFile {
  /// The last bytes of the file at a path; none where it cannot be read.
  static func contents(_ path: String, atMost limit: Int) -> [UInt8] {
    let file = open(path, O_RDONLY | O_CLOEXEC | O_NONBLOCK)
    guard file >= 0 else { return [] }
    defer { close(file) }
    return contents(of: file, atMost: limit)
  }

  /// The last bytes of an open file.
  static func contents(of file: Int32, atMost limit: Int) -> [UInt8] {
    guard let size = size(of: file) else { return [] }
    let start = max(0, size - limit)
    var bytes = [UInt8](repeating: 0, count: size - start)
    var count = 0
    while count < bytes.count {
      let more = bytes.withUnsafeMutableBytes { buffer in
        pread(
          file, buffer.baseAddress?.advanced(by: count), buffer.count - count, off_t(start + count))
      }
      guard more > 0 else { break }
      count += more
    }
    bytes.removeLast(bytes.count - count)
    return bytes
  }

  /// How long an open file is; nil when it is no regular one.
  static func size(of file: Int32) -> Int? {
    var status = stat()
    guard fstat(file, &status) == 0, status.st_mode & S_IFMT == S_IFREG else { return nil }
    return Int(status.st_size)
  }
}
