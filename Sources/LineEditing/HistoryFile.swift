#if canImport(Glibc)
  import Glibc
#elseif canImport(Musl)
  import Musl
#elseif canImport(Darwin)
  import Darwin
#endif

/// The file that keeps the entries of a prompt from one session to the next.
///
/// An entry a line, in UTF-8, with `\n` for a line's end and `\\` for a backslash; only its owner can
/// read it. Several sessions can share it: each entry is appended under a lock, in one write. When it
/// has grown far beyond its limits its newest entries replace it as a whole. What cannot be read is
/// passed over, and a file that cannot be written is left alone: a prompt works without.
public struct HistoryFile: Sendable {
  /// Where it is.
  public let path: String
  /// How many entries it keeps, and how many bytes.
  let limits: Limits

  /// What bounds the file.
  struct Limits: Sendable {
    var entries = Recall.limit
    var bytes = 1 << 22
    /// A longer entry is not kept from one session to the next.
    var entryBytes = 1 << 18
  }

  /// The file at this path.
  public init(path: String) { self.init(path: path, limits: Limits()) }

  init(path: String, limits: Limits) {
    self.path = path
    self.limits = limits
  }

  /// Where the environment wants it: `$GRAD_HISTORY`, else `grad/history` in `$XDG_STATE_HOME` or
  /// `~/.local/state`; nil when that is empty or there is no home.
  public init?(environment: (String) -> String?) {
    if let path = environment("GRAD_HISTORY") {
      guard !path.isEmpty else { return nil }
      self.init(path: path)
    } else if let state = environment("XDG_STATE_HOME"), state.hasPrefix("/") {
      self.init(path: state + "/grad/history")
    } else if let home = environment("HOME"), !home.isEmpty {
      self.init(path: home + "/.local/state/grad/history")
    } else {
      return nil
    }
  }

  /// Whether there is one.
  public var exists: Bool { access(path, F_OK) == 0 }

  // MARK: Reading

  /// The entries, oldest first; none when there is no such file. A file that has grown far beyond its
  /// limits is cut.
  public func load() -> [String] {
    let lines = lines(in: RegularFile.contents(path, atMost: 2 * limits.bytes))
    if isTooLong(lines) { trim() }
    return kept(lines).compactMap(HistoryFile.decode)
  }

  private func lines(in bytes: [UInt8]) -> ArraySlice<ArraySlice<UInt8>> {
    let lines = bytes.split(separator: UInt8(ascii: "\n"))
    // The first line of what was read of a longer file may be a part of one.
    return bytes.count >= 2 * limits.bytes ? lines.dropFirst() : lines[...]
  }

  /// The newest lines, within the limits.
  private func kept(_ lines: ArraySlice<ArraySlice<UInt8>>) -> ArraySlice<ArraySlice<UInt8>> {
    var size = 0
    let newest = lines.suffix(limits.entries)
    let start = newest.indices.reversed().first { index in
      size += newest[index].count + 1
      return size > limits.bytes
    }
    return start.map { newest[($0 + 1)...] } ?? newest
  }

  private func isTooLong(_ lines: ArraySlice<ArraySlice<UInt8>>) -> Bool {
    lines.count > limits.entries + limits.entries / 4
      || lines.reduce(0) { $0 + $1.count + 1 } > limits.bytes + limits.bytes / 4
  }

  // MARK: Writing

  /// Adds an entry; false when the file cannot be written, or the entry is too long.
  @discardableResult
  public func append(_ entry: String) -> Bool {
    let line = Array(HistoryFile.encode(entry).utf8)
    guard line.count <= limits.entryBytes else { return false }
    makeFolder()
    return locked(orMade: true) { file in
      guard let size = RegularFile.size(of: file) else { return false }
      // A last line that was cut off stays a line of its own.
      var last = UInt8(ascii: "\n")
      if size > 0 { pread(file, &last, 1, off_t(size - 1)) }
      let whole = last == UInt8(ascii: "\n") ? line : [UInt8(ascii: "\n")] + line
      if write(file, whole, whole.count) == whole.count { return true }
      // A full disk may have taken a part.
      ftruncate(file, off_t(size))
      return false
    } ?? false
  }

  /// Leaves the newest entries, in a file of their own that takes the place of the old one.
  private func trim() {
    _ = locked(orMade: false) { file in
      let lines = lines(in: RegularFile.contents(of: file, atMost: 2 * limits.bytes))
      guard isTooLong(lines), let real = realpath(path, nil) else { return }
      defer { free(real) }
      var status = stat()
      guard fstat(file, &status) == 0 else { return }
      replace(String(cString: real), with: kept(lines), mode: status.st_mode & 0o777)
    }
  }

  private func replace(
    _ path: String, with lines: ArraySlice<ArraySlice<UInt8>>, mode: mode_t
  ) {
    // No signal ends the program while there are two files.
    var signals = sigset_t()
    var former = sigset_t()
    sigfillset(&signals)
    pthread_sigmask(SIG_BLOCK, &signals, &former)
    defer { pthread_sigmask(SIG_SETMASK, &former, nil) }
    var template = Array("\(path)-XXXXXX".utf8CString)
    let file = template.withUnsafeMutableBufferPointer { buffer in
      buffer.baseAddress.map { mkstemp($0) } ?? -1
    }
    guard file >= 0 else { return }
    defer { close(file) }
    let bytes = Array(lines.joined(separator: [UInt8(ascii: "\n")])) + [UInt8(ascii: "\n")]
    let isWritten =
      write(file, bytes, bytes.count) == bytes.count && fchmod(file, mode) == 0 && fsync(file) == 0
    if !isWritten || rename(template, path) != 0 { unlink(template) }
  }

  /// Does something while no other session does: with the file open for appending, and locked.
  ///
  /// A file that another session has replaced meanwhile is opened again.
  private func locked<Result>(orMade isMade: Bool, _ body: (Int32) -> Result) -> Result? {
    let flags = O_RDWR | O_APPEND | O_CLOEXEC | O_NONBLOCK | (isMade ? O_CREAT : 0)
    for _ in 0..<10 {
      let file = open(path, flags, 0o600)
      guard file >= 0 else { return nil }
      defer { close(file) }
      guard RegularFile.size(of: file) != nil else { return nil }
      guard FileLock.take(file) else { return nil }
      var (mine, there) = (stat(), stat())
      guard fstat(file, &mine) == 0, stat(path, &there) == 0, mine.st_ino == there.st_ino,
        mine.st_dev == there.st_dev
      else {
        continue
      }
      return body(file)
    }
    return nil
  }

  /// Makes the folders above the file, for the owner alone.
  public func makeFolder() {
    var end = path.startIndex
    while let slash = path[path.index(after: end)...].firstIndex(of: "/") {
      mkdir(String(path[..<slash]), 0o700)
      end = slash
    }
  }

  // MARK: Lines

  static func encode(_ entry: String) -> String {
    var text = ""
    for character in entry.unicodeScalars {
      switch character {
      case "\n": text += "\\n"
      case "\\": text += "\\\\"
      default: text.unicodeScalars.append(character)
      }
    }
    return text + "\n"
  }

  /// The entry that a line holds; nil for one that is damaged.
  static func decode(_ line: ArraySlice<UInt8>) -> String? {
    guard let text = String(validating: line, as: UTF8.self), !text.isEmpty,
      !text.unicodeScalars.contains("\0")
    else { return nil }
    var entry = ""
    var rest = text.unicodeScalars[...]
    while let character = rest.popFirst() {
      guard character == "\\" else {
        entry.unicodeScalars.append(character)
        continue
      }
      entry += rest.popFirst() == "n" ? "\n" : "\\"
    }
    return entry
  }
}
