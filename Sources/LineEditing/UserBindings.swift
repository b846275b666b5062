#if canImport(Glibc)
  import Glibc
#elseif canImport(Musl)
  import Musl
#elseif canImport(Darwin)
  import Darwin
#endif

/// The user's own file of keys: `$EDITRC`, else `~/.editrc`; its lines are editrc(5)'s.
enum UserBindings {
  /// Its lines that say something; none where there is no such file.
  static func lines() -> [String] {
    guard let path else { return [] }
    return RegularFile.contents(path, atMost: sizeLimit).split(separator: UInt8(ascii: "\n"))
      .map { String(decoding: $0, as: UTF8.self) }
      .filter { !($0.first { !$0.isWhitespace }.map { $0 == "#" } ?? true) }
  }

  /// A longer file is read up to here.
  private static let sizeLimit = 1 << 20

  private static var path: String? {
    if let path = getenv("EDITRC") { return String(cString: path) }
    return getenv("HOME").map { String(cString: $0) + "/.editrc" }
  }
}
