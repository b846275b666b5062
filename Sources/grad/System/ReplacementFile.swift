#if canImport(Glibc)
  import Glibc
#elseif canImport(Musl)
  import Musl
#elseif canImport(Darwin)
  import Darwin
#endif

/// A file that takes another one's place when it is complete: whoever reads that one sees it whole,
/// and a failure leaves it as it was.
struct ReplacementFile: ~Copyable {
  let descriptor: Int32
  private let path: String
  private let temporaryPath: String

  /// A new file beside the one at `path`, with its permissions.
  init(for path: String) throws(DrawingFailure) {
    self.path = ReplacementFile.followed(path)
    var status = stat()
    var mode = mode_t(0o666) & ~ReplacementFile.mask
    if stat(self.path, &status) == 0 {
      guard status.st_mode & S_IFMT != S_IFDIR else {
        throw .system(SystemError(code: EISDIR))
      }
      // A device, a pipe or a socket is not replaced by a file.
      guard status.st_mode & S_IFMT == S_IFREG else {
        throw .system(SystemError(code: ENOTSUP))
      }
      guard access(self.path, W_OK) == 0 else { throw .system(.last) }
      mode = status.st_mode & 0o777
    }
    (descriptor, temporaryPath) = try ReplacementFile.create(in: ReplacementFile.folder(self.path))
    _ = fchmod(descriptor, mode)
  }

  deinit {
    close(descriptor)
    if !temporaryPath.isEmpty { unlink(temporaryPath) }
  }

  /// Writes bytes at the present place.
  func write(_ bytes: [UInt8]) throws(DrawingFailure) {
    var done = 0
    while done < bytes.count {
      let count = bytes.withUnsafeBytes { buffer in
        systemWrite(descriptor, buffer.baseAddress.map { $0 + done }, bytes.count - done)
      }
      if count < 0, errno == EINTR { continue }
      guard count >= 0 else { throw .system(.last) }
      done += count
    }
  }

  /// Whether what was written ends as files of a format do.
  ///
  /// A program that runs out of room on the disk may not say so.
  func hasEnd(of format: String) -> Bool {
    let marks = ["svg": "</svg>", "png": "IEND", "pdf": "%%EOF"]
    guard let mark = marks[format] else { return true }
    let size = lseek(descriptor, 0, SEEK_END)
    var bytes = [UInt8](repeating: 0, count: 32)
    let count = pread(descriptor, &bytes, bytes.count, max(size - off_t(bytes.count), 0))
    return String(decoding: bytes.prefix(max(count, 0)), as: UTF8.self).contains(mark)
  }

  /// Takes the place of the file.
  func replace() throws(DrawingFailure) {
    guard rename(temporaryPath, path) == 0 else { throw .system(.last) }
  }

  // MARK: Making files

  /// A new file that nobody else sees.
  static func create(in folder: String) throws(DrawingFailure) -> (Int32, String) {
    var template = Array("\(folder)/.grad-XXXXXX".utf8CString)
    let descriptor = template.withUnsafeMutableBufferPointer { buffer in
      buffer.baseAddress.map { mkstemp($0) } ?? -1
    }
    guard descriptor >= 0 else { throw .system(.last) }
    _ = fcntl(descriptor, F_SETFD, FD_CLOEXEC)
    let path = template.dropLast().map { UInt8(bitPattern: $0) }
    return (descriptor, String(decoding: path, as: UTF8.self))
  }

  /// The folder that a file stands in.
  static func folder(_ path: String) -> String {
    guard let slash = path.lastIndex(of: "/") else { return "." }
    return slash == path.startIndex ? "/." : String(path[..<slash])
  }

  /// Where a symbolic link leads, also when nothing is there yet.
  private static func followed(_ path: String) -> String {
    var path = path
    for _ in 0..<linkLimit {
      var target = [CChar](repeating: 0, count: Int(PATH_MAX))
      let count = readlink(path, &target, target.count)
      guard count > 0 else { return path }
      let text = String(decoding: target.prefix(count).map(UInt8.init(bitPattern:)), as: UTF8.self)
      path = text.hasPrefix("/") ? text : "\(folder(path))/\(text)"
    }
    return path
  }

  /// As many links in a row as the system follows itself.
  private static let linkLimit = 40

  /// What new files are not allowed.
  private static var mask: mode_t {
    let mask = umask(0)
    _ = umask(mask)
    return mask
  }
}

/// The system's `write`, which a method of this name hides.
private func systemWrite(_ descriptor: Int32, _ bytes: UnsafeRawPointer?, _ count: Int) -> Int {
  write(descriptor, bytes, count)
}
