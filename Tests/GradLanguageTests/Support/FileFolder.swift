@testable import GradLanguage

/// Files that are kept in a dictionary; outside the folder none can be written.
final class FileFolder {
  var files: [String: String]
  /// Whether nothing can be written.
  var isFull = false

  init(_ files: [String: String]) { self.files = files }

  var access: FileAccess {
    FileAccess(
      read: { path, _ in
        self.files[path].map { .success(Array($0.utf8)) }
          ?? .failure(FileAccess.Failure(reason: "no such file or directory"))
      },
      write: { path, bytes in
        if path.hasPrefix("/") { return FileAccess.Failure(reason: "permission denied") }
        if self.isFull { return FileAccess.Failure(reason: "no space left on device") }
        self.files[path] = String(decoding: bytes, as: UTF8.self)
        return nil
      },
      canonical: { self.files[$0] == nil ? nil : $0 })
  }
}
