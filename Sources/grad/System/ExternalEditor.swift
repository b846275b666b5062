#if canImport(Glibc)
  @preconcurrency import Glibc
#elseif canImport(Musl)
  @preconcurrency import Musl
#elseif canImport(Darwin)
  @preconcurrency import Darwin
#endif

/// The program with which a person edits texts: the one that `$VISUAL` names, else `$EDITOR`, else
/// `vi`.
enum ExternalEditor {
  /// Why nothing came of it.
  struct Failure: Error {
    let text: String
  }

  /// Lets a text be edited, in a file that is gone afterwards; the terminal is the program's
  /// meanwhile.
  ///
  /// - Returns: the text without the end of its last line, or why there is none: there is no such
  ///   program, or it ended with a status that is not 0, as after vi's `:cq`.
  static func edited(_ text: String) -> Result<String, Failure> {
    let folder = temporaryFolder
    var template = Array("\(folder)/grad-XXXXXX.grad".utf8CString)
    let file = template.withUnsafeMutableBufferPointer { buffer in
      buffer.baseAddress.map { mkstemps($0, 5) } ?? -1
    }
    guard file >= 0 else {
      return .failure(Failure(text: "cannot make a file in \(folder): \(SystemError.last.reason)"))
    }
    let path = String(decoding: template.dropLast().map(UInt8.init(bitPattern:)), as: UTF8.self)
    defer { unlink(path) }
    do throws(SystemError) {
      defer { close(file) }
      try Descriptor.writeAll(Array((text + "\n").utf8), to: file)
    } catch {
      return .failure(Failure(text: "cannot write \(path): \(error.reason)"))
    }
    if let failure = run(on: path) { return .failure(failure) }
    switch InputFile.read(path) {
    case .failure(let error):
      return .failure(Failure(text: "cannot read what was edited: \(error.reason)"))
    case .success(let bytes):
      var lines = Substring(String(decoding: bytes.filter { $0 != 0 }, as: UTF8.self))
      while lines.last?.isNewline == true { lines.removeLast() }
      return .success(String(lines).replacing("\r\n", with: "\n"))
    }
  }

  /// What is run: a program with its arguments, in a shell's words.
  private static var command: String {
    let named = ["VISUAL", "EDITOR"].compactMap(environment)
    return named.first { $0.contains { !$0.isWhitespace } } ?? "vi"
  }

  /// Runs the program to its end.
  private static func run(on path: String) -> Failure? {
    let words = ["/bin/sh", "-c", command + " \"$1\"", "sh", path]
    var arguments: [UnsafeMutablePointer<CChar>?] = words.map { strdup($0) } + [nil]
    defer { for argument in arguments { free(argument) } }
    var process = pid_t()
    // Put back as it was: `signal` would have system calls restarted after Ctrl-C.
    var former = sigaction()
    sigaction(SIGINT, nil, &former)
    signal(SIGINT, SIG_IGN)
    defer { sigaction(SIGINT, &former, nil) }
    let code = spawn(&process, &arguments)
    guard code == 0 else {
      return Failure(text: "cannot run a shell: \(SystemError(code: code).reason)")
    }
    var status: Int32 = 0
    while waitpid(process, &status, 0) < 0, errno == EINTR {}
    switch status {
    case 0: return nil
    case 127 << 8:
      return Failure(
        text: "there is no `\(command)`; name an editor, for example `EDITOR=nano grad`")
    case _: return Failure(text: "`\(command)` ended without success: the input is as it was")
    }
  }

  /// Starts a program that hears Ctrl-C.
  private static func spawn(
    _ process: inout pid_t, _ arguments: inout [UnsafeMutablePointer<CChar>?]
  ) -> Int32 {
    #if canImport(Darwin)
      var attributes: posix_spawnattr_t?
    #else
      var attributes = posix_spawnattr_t()
    #endif
    posix_spawnattr_init(&attributes)
    defer { posix_spawnattr_destroy(&attributes) }
    var signals = sigset_t()
    sigemptyset(&signals)
    sigaddset(&signals, SIGINT)
    posix_spawnattr_setsigdefault(&attributes, &signals)
    posix_spawnattr_setflags(&attributes, Int16(POSIX_SPAWN_SETSIGDEF))
    return posix_spawn(&process, "/bin/sh", nil, &attributes, &arguments, environ)
  }
}
