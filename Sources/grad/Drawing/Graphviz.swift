#if canImport(Glibc)
  @preconcurrency import Glibc
#elseif canImport(Musl)
  @preconcurrency import Musl
#elseif canImport(Darwin)
  @preconcurrency import Darwin
#endif

/// The program `dot`, where it is installed.
enum Graphviz {
  /// Lets it draw DOT into a file, in a format such as `svg`.
  ///
  /// It reads and writes files that nobody else sees: no pipe can fill up or break.
  static func draw(
    _ text: [UInt8], as format: String, into file: borrowing ReplacementFile
  ) throws(DrawingFailure) {
    let input = try Scratch()
    let errors = try Scratch()
    try input.write(text)
    let process = try spawn(
      ["dot", "-T\(format)"], input: input.descriptor, output: file.descriptor,
      errors: errors.descriptor)
    let status = wait(for: process)
    guard status == 0 else {
      let reason = errors.firstLine
      throw .graphviz(reason: reason.isEmpty ? "it ended with status \(status)" : reason)
    }
  }

  private static func spawn(
    _ arguments: [String], input: Int32, output: Int32, errors: Int32
  ) throws(DrawingFailure) -> pid_t {
    #if canImport(Darwin)
      var actions: posix_spawn_file_actions_t?
    #else
      var actions = posix_spawn_file_actions_t()
    #endif
    posix_spawn_file_actions_init(&actions)
    defer { posix_spawn_file_actions_destroy(&actions) }
    posix_spawn_file_actions_adddup2(&actions, input, STDIN_FILENO)
    posix_spawn_file_actions_adddup2(&actions, output, STDOUT_FILENO)
    posix_spawn_file_actions_adddup2(&actions, errors, STDERR_FILENO)
    var words: [UnsafeMutablePointer<CChar>?] = arguments.map { strdup($0) } + [nil]
    defer { for word in words { free(word) } }
    var process = pid_t()
    let code = posix_spawnp(&process, arguments[0], &actions, nil, &words, environ)
    switch code {
    case 0: return process
    case ENOENT, ENOTDIR: throw .noGraphviz
    case _: throw .graphviz(reason: SystemError(code: code).reason)
    }
  }

  /// The status with which a process ends; that of a killed one is not 0 either.
  private static func wait(for process: pid_t) -> Int32 {
    var status: Int32 = 0
    while waitpid(process, &status, 0) < 0 {
      guard errno == EINTR else { return -1 }
    }
    return status & 0x7F == 0 ? status >> 8 & 0xFF : status & 0x7F
  }
}

/// A file without a name, to be read from its start by another program.
private struct Scratch: ~Copyable {
  let descriptor: Int32

  init() throws(DrawingFailure) {
    let folder = environment("TMPDIR").flatMap { $0.isEmpty ? nil : $0 } ?? "/tmp"
    let path: String
    (descriptor, path) = try ReplacementFile.create(in: folder)
    unlink(path)
  }

  deinit { close(descriptor) }

  /// Fills the file, and goes back to its start.
  func write(_ bytes: [UInt8]) throws(DrawingFailure) {
    var done = 0
    while done < bytes.count {
      let count = bytes.withUnsafeBytes { buffer in
        pwrite(descriptor, buffer.baseAddress.map { $0 + done }, bytes.count - done, off_t(done))
      }
      if count < 0, errno == EINTR { continue }
      guard count > 0 else { throw .system(.last) }
      done += count
    }
  }

  /// The first line of what was written into it.
  var firstLine: String {
    var bytes = [UInt8](repeating: 0, count: 400)
    let count = pread(descriptor, &bytes, bytes.count, 0)
    let line = bytes.prefix(max(count, 0)).prefix { $0 != UInt8(ascii: "\n") }
    return String(decoding: line, as: UTF8.self)
  }
}
