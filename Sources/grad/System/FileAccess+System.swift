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
      read: { path in
        InputFile.read(path).mapError { FileAccess.Failure(reason: $0.reason) }
      },
      write: { path, bytes in
        do throws(DrawingFailure) {
          let file = try ReplacementFile(for: path)
          try file.write(bytes)
          try file.replace()
          return nil
        } catch {
          return FileAccess.Failure(reason: error.reason)
        }
      },
      canonical: { path in
        guard let real = realpath(path, nil) else { return nil }
        defer { free(real) }
        return String(cString: real)
      })
  }
}
