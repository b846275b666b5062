#if canImport(Glibc)
  import Glibc
#elseif canImport(Musl)
  import Musl
#elseif canImport(Darwin)
  import Darwin
#endif

/// The person's own statements that run before the first prompt.
enum StartFile {
  /// Where it is: `grad/init.grad` in `$XDG_CONFIG_HOME` or `~/.config`; nil when there is no home.
  static var path: String? {
    if let folder = environment("XDG_CONFIG_HOME"), folder.hasPrefix("/") {
      return folder + "/grad/init.grad"
    }
    guard let home = environment("HOME"), !home.isEmpty else { return nil }
    return home + "/.config/grad/init.grad"
  }

  /// What it contains; nil where there is none. What is no regular file is not read: a pipe would
  /// keep the prompt waiting.
  static func read() -> (path: String, contents: Result<[UInt8], SystemError>)? {
    guard let path else { return nil }
    var status = stat()
    guard stat(path, &status) == 0 else {
      let error = SystemError.last
      return error.code == ENOENT || error.code == ENOTDIR ? nil : (path, .failure(error))
    }
    guard status.st_mode & S_IFMT == S_IFREG else {
      return (
        path, .failure(SystemError(code: status.st_mode & S_IFMT == S_IFDIR ? EISDIR : ESPIPE))
      )
    }
    return (path, InputFile.read(path))
  }
}
