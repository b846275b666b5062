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
/// read it. Entries are appended in one write, so that several sessions can share it. What cannot be
/// read is passed over, and a file that cannot be written is left alone: a prompt works without.
public struct HistoryFile: Sendable {
  /// Where it is.
  public let path: String

  /// More than this is not read: the end of the file is kept.
  private static let readLimit = 1 << 22

  /// The file at this path.
  public init(path: String) { self.path = path }

  /// Where the environment wants it: `$GRAD_HISTORY`, else `grad/history` in `$XDG_STATE_HOME` or
  /// `~/.local/state`; nil when that is empty or there is no home.
  public init?(environment: (String) -> String?) {
    if let path = environment("GRAD_HISTORY") {
      guard !path.isEmpty else { return nil }
      self.path = path
      return
    }
    if let state = environment("XDG_STATE_HOME"), state.hasPrefix("/") {
      path = state + "/grad/history"
    } else if let home = environment("HOME"), !home.isEmpty {
      path = home + "/.local/state/grad/history"
    } else {
      return nil
    }
  }

  /// The entries, oldest first; none when there is no such file.
  public func load() -> [String] {
    let file = open(path, O_RDONLY | O_CLOEXEC | O_NONBLOCK)
    guard file >= 0 else { return [] }
    defer { close(file) }
    var status = stat()
    guard fstat(file, &status) == 0, status.st_mode & S_IFMT == S_IFREG else { return [] }
    let start = max(0, Int(status.st_size) - HistoryFile.readLimit)
    lseek(file, off_t(start), SEEK_SET)
    var bytes = [UInt8](repeating: 0, count: min(Int(status.st_size), HistoryFile.readLimit))
    var count = 0
    while count < bytes.count {
      let more = bytes.withUnsafeMutableBytes { buffer in
        read(file, buffer.baseAddress?.advanced(by: count), buffer.count - count)
      }
      guard more > 0 else { break }
      count += more
    }
    let lines = bytes.prefix(count).split(separator: UInt8(ascii: "\n"))
    return (start > 0 ? lines.dropFirst() : lines[...]).suffix(LineEditor.historyLimit)
      .compactMap(HistoryFile.decode)
  }

  /// Adds an entry; false when the file cannot be written.
  @discardableResult
  public func append(_ entry: String) -> Bool {
    makeFolder()
    let file = open(path, O_RDWR | O_APPEND | O_CREAT | O_CLOEXEC | O_NONBLOCK, 0o600)
    guard file >= 0 else { return false }
    defer { close(file) }
    var status = stat()
    guard fstat(file, &status) == 0, status.st_mode & S_IFMT == S_IFREG else { return false }
    // A last line that was cut off stays a line of its own.
    var last = UInt8(ascii: "\n")
    if status.st_size > 0 { pread(file, &last, 1, status.st_size - 1) }
    let isCutOff = last != UInt8(ascii: "\n")
    let line = Array(((isCutOff ? "\n" : "") + HistoryFile.encode(entry)).utf8)
    return line.withUnsafeBytes { write(file, $0.baseAddress, $0.count) } == line.count
  }

  /// Makes the folders above the file, for the owner alone.
  public func makeFolder() {
    var end = path.startIndex
    while let slash = path[path.index(after: end)...].firstIndex(of: "/") {
      mkdir(String(path[..<slash]), 0o700)
      end = slash
    }
  }

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
