#if canImport(Glibc)
  import Glibc
#elseif canImport(Musl)
  import Musl
#elseif canImport(Darwin)
  import Darwin
#endif

/// Why a system call failed.
struct SystemError: Error, Equatable {
  /// The number that the system gave it.
  let code: Int32

  /// The words for it where the system has none of its own.
  private var words: String?

  /// An error that has a number.
  init(code: Int32) { self.code = code }

  /// A file that is longer than what is read of one.
  static func tooLong(limit: Int) -> SystemError {
    var error = SystemError(code: EFBIG)
    error.words = "it is longer than \(limit) bytes, the limit"
    return error
  }

  /// A file that does not fit into memory.
  static var outOfMemory: SystemError { SystemError(code: ENOMEM) }

  /// The error of the last call.
  static var last: SystemError { SystemError(code: errno) }

  /// What the system calls it, in lower case: `no such file or directory`.
  var reason: String {
    if let words { return words }
    if code == EINTR { return "interrupted" }
    guard let text = strerror(code) else { return "error \(code)" }
    let words = String(cString: text)
    return words.prefix(1).lowercased() + words.dropFirst()
  }
}
