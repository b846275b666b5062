/// What reads and writes files for a session: the language itself touches none.
public struct FileAccess {
  /// Why a file could not be read or written, such as `no such file or directory`.
  public struct Failure: Error, Sendable {
    /// The reason in words.
    public let reason: String

    /// A failure for this reason.
    public init(reason: String) { self.reason = reason }
  }

  /// Reads a file whole, unless it is longer.
  let read: (_ path: String, _ byteLimit: Int) -> Result<[UInt8], Failure>
  /// Writes a file whole, in the place of one that was there; the failure, if there was one.
  let write: (_ path: String, _ bytes: [UInt8]) -> Failure?
  /// The path without links and detours, by which a file is recognised; nil where there is no file.
  let canonical: (_ path: String) -> String?

  /// Access by these functions.
  public init(
    read: @escaping (_ path: String, _ byteLimit: Int) -> Result<[UInt8], Failure>,
    write: @escaping (_ path: String, _ bytes: [UInt8]) -> Failure?,
    canonical: @escaping (_ path: String) -> String?
  ) {
    self.read = read
    self.write = write
    self.canonical = canonical
  }

  /// How many bytes a program may have.
  public static let programLimit = 1 << 26
  /// How many bytes a file of numbers may have.
  public static let tableLimit = 1 << 30

  /// No access: every attempt fails.
  public static var none: FileAccess {
    FileAccess(
      read: { _, _ in .failure(Failure(reason: "this session has no files")) },
      write: { _, _ in Failure(reason: "this session has no files") }, canonical: { _ in nil })
  }

  /// Where a path leads that stands in a source: beside that file, where there is one, else as it is.
  func found(_ path: String, from source: SourceText) -> String {
    guard !path.hasPrefix("/"), !source.name.hasPrefix("<"),
      let slash = source.name.lastIndex(of: "/")
    else { return path }
    let beside = String(source.name[...slash]) + path
    return canonical(beside) == nil && canonical(path) != nil ? path : beside
  }
}
