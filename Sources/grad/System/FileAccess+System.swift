#if canImport(Glibc)
  import Glibc
#elseif canImport(Musl)
  import Musl
#elseif canImport(Darwin)
  import Darwin
#endif
import GradLanguage

extension FileAccess {
  /// The files of this machine.
  static var system: FileAccess {
    FileAccess(
      read: { path, byteLimit in
        InputFile.read(path, limit: byteLimit).mapError { FileAccess.Failure(reason: $0.reason) }
      },
      write: SystemFiles.write, canonical: SystemFiles.canonical)
  }
}

/// What is done with files by their paths.
enum SystemFiles {
  /// Writes a file whole, in the place of one that was there; the failure, if there was one.
  static func write(_ path: String, _ bytes: [UInt8]) -> FileAccess.Failure? {
    do throws(WritingFailure) {
      let file = try ReplacementFile(for: path)
      try file.write(bytes)
      try file.replace()
      return nil
    } catch {
      return FileAccess.Failure(reason: error.reason)
    }
  }

  /// The path without links and detours; nil where there is no file.
  static func canonical(_ path: String) -> String? {
    guard let real = realpath(path, nil) else { return nil }
    defer { free(real) }
    return String(cString: real)
  }
}
