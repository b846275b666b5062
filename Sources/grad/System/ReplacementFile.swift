#if canImport(Glibc)
  import Glibc
#elseif canImport(Musl)
  import Musl
#elseif canImport(Darwin)
  import Darwin
#endif

/// A file that takes another one's place when it is complete: whoever reads that one sees it whole,
/// and a failure leaves it as it was.
///
/// Until then it has no name where the system can do so: even a program that is killed leaves nothing
/// behind. It has a name that nobody can guess otherwise, and only its owner can read it.
struct ReplacementFile: ~Copyable {
  let descriptor: Int32
  /// Where it goes: where links lead.
  private let path: String
  /// The file that is there.
  private let former: stat?
  /// Its name meanwhile; nil when it has none.
  private let temporaryPath: String?

  /// A new file for the folder of the one at `path`.
  init(for path: String) throws(WritingFailure) {
    let former = try ReplacementFile.replaceable(path)
    let real =
      former == nil ? try ReplacementFile.followed(path) : SystemFiles.canonical(path) ?? path
    let folder = ReplacementFile.folder(real)
    let new: (file: Int32, name: String?)
    if let file = ReplacementFile.nameless(in: folder) {
      new = (file, nil)
    } else {
      let (file, name) = try ReplacementFile.create(in: folder)
      new = (file, name)
    }
    (descriptor, temporaryPath) = new
    self.path = real
    self.former = former
  }

  deinit {
    close(descriptor)
    if let temporaryPath { unlink(temporaryPath) }
  }

  /// The file at a path, nil where there is none; an error where it is none that can be replaced.
  private static func replaceable(_ path: String) throws(WritingFailure) -> stat? {
    var status = stat()
    guard stat(path, &status) == 0 else {
      let error = SystemError.last
      if error.code == ENOENT { return nil }
      throw .system(error)
    }
    switch status.st_mode & S_IFMT {
    case S_IFREG: break
    case S_IFDIR: throw .system(SystemError(code: EISDIR))
    case S_IFIFO: throw .refused("it is a pipe, and only a file can be written whole")
    case S_IFSOCK: throw .refused("it is a socket, and only a file can be written whole")
    case _: throw .refused("it is a device, and only a file can be written whole")
    }
    for (stream, name) in [(STDOUT_FILENO, "output"), (STDERR_FILENO, "error")] {
      var other = stat()
      if fstat(stream, &other) == 0, other.st_dev == status.st_dev, other.st_ino == status.st_ino {
        throw .refused("standard \(name) goes there")
      }
    }
    guard access(path, W_OK) == 0 else { throw .system(.last) }
    return status
  }

  /// Writes bytes at the present place.
  func write(_ bytes: [UInt8]) throws(WritingFailure) {
    do throws(SystemError) {
      try Descriptor.writeAll(bytes, to: descriptor)
    } catch {
      throw .system(error)
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

  /// Takes the place of the file, with its owner and its permissions.
  func replace() throws(WritingFailure) {
    adopt()
    while fsync(descriptor) != 0 {
      let error = SystemError.last
      // Some file systems have nothing to wait for.
      if error.code == EINVAL || error.code == ENOTSUP { break }
      guard error.code == EINTR else { throw .system(error) }
    }
    // For the moment that it has another name no signal ends the program.
    var signals = sigset_t()
    var former = sigset_t()
    sigfillset(&signals)
    pthread_sigmask(SIG_BLOCK, &signals, &former)
    defer { pthread_sigmask(SIG_SETMASK, &former, nil) }
    let name: String
    if let temporaryPath { name = temporaryPath } else { name = try link() }
    guard rename(name, path) == 0 else {
      let error = SystemError.last
      unlink(name)
      throw .system(error)
    }
  }

  /// Takes owner and permissions over from the file that is there; a new one's are as usual.
  private func adopt() {
    guard let former else {
      _ = fchmod(descriptor, 0o666 & ~ReplacementFile.mask)
      return
    }
    var mode = former.st_mode & 0o777
    if fchown(descriptor, former.st_uid, former.st_gid) != 0,
      fchown(descriptor, .max, former.st_gid) != 0
    {
      // It is another group's now, which may do what everybody may.
      mode = mode & 0o707 | (mode & 0o007) << 3
    }
    _ = fchmod(descriptor, mode)
  }

  /// Gives a file without a name one.
  private func link() throws(WritingFailure) -> String {
    while true {
      let name = String(UInt64.random(in: .min ... .max), radix: 36)
      let temporary = "\(ReplacementFile.folder(path))/.grad-\(name)"
      if linkat(AT_FDCWD, "/proc/self/fd/\(descriptor)", AT_FDCWD, temporary, AT_SYMLINK_FOLLOW)
        == 0
      {
        return temporary
      }
      guard errno == EEXIST else { throw .system(.last) }
    }
  }

  // MARK: Making files

  /// A new file without a name; nil where there is no such thing.
  static func nameless(in folder: String) -> Int32? {
    #if os(Linux)
      let file = open(folder, O_RDWR | O_CLOEXEC | O_DIRECTORY | 0o20000000, 0o600)  // O_TMPFILE
      guard file >= 0 else { return nil }
      if access("/proc/self/fd/\(file)", F_OK) == 0 { return file }
      close(file)
    #endif
    return nil
  }

  /// A new file that only its owner can read.
  static func create(in folder: String) throws(WritingFailure) -> (Int32, String) {
    var template = Array("\(folder)/.grad-XXXXXX".utf8CString)
    let descriptor = template.withUnsafeMutableBufferPointer { buffer in
      buffer.baseAddress.map { mkstemp($0) } ?? -1
    }
    guard descriptor >= 0 else {
      let error = SystemError.last
      if error.code == ENOENT || error.code == ENOTDIR { throw .system(error) }
      throw .refused("no file can be made in \(folder): \(error.reason)")
    }
    _ = fcntl(descriptor, F_SETFD, FD_CLOEXEC)
    let path = template.dropLast().map { UInt8(bitPattern: $0) }
    return (descriptor, String(decoding: path, as: UTF8.self))
  }

  /// The folder that a file stands in.
  static func folder(_ path: String) -> String {
    guard let slash = path.lastIndex(of: "/") else { return "." }
    return slash == path.startIndex ? "/." : String(path[..<slash])
  }

  /// Where symbolic links lead to a file that is not there yet.
  private static func followed(_ path: String) throws(WritingFailure) -> String {
    var path = path
    for _ in 0..<linkLimit {
      var target = [CChar](repeating: 0, count: Int(PATH_MAX))
      let count = readlink(path, &target, target.count)
      guard count > 0 else { return path }
      let text = String(decoding: target.prefix(count).map(UInt8.init(bitPattern:)), as: UTF8.self)
      path = text.hasPrefix("/") ? text : "\(folder(path))/\(text)"
    }
    throw .system(SystemError(code: ELOOP))
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
