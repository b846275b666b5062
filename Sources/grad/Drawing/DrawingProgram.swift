import GradLanguage

#if canImport(Glibc)
  @preconcurrency import Glibc
#elseif canImport(Musl)
  @preconcurrency import Musl
#elseif canImport(Darwin)
  @preconcurrency import Darwin
#endif

extension Problem.DrawingProgram {
  /// Lets the program draw what a text describes into a file.
  ///
  /// It reads and writes files that nobody else sees: no pipe can fill up or break.
  ///
  /// - Parameter ending: what is drawn, `svg`, `png` or `pdf`: a file that lacks the end that these
  ///   have was not written to its end, whatever the program says.
  func draw(
    _ text: [UInt8], arguments: [String], ending: String, into file: borrowing ReplacementFile
  ) throws(WritingFailure) {
    let input = try Scratch()
    let errors = try Scratch()
    try input.write(text)
    let process = try spawn(
      [rawValue] + arguments, input: input.descriptor, output: file.descriptor,
      errors: errors.descriptor)
    let status = try wait(for: process)
    let reason = reason(in: errors.lines)
    guard status == 0 else {
      throw .program(self, reason: reason ?? "it ended with status \(status)")
    }
    guard file.hasEnd(of: ending) else {
      throw .program(self, reason: reason ?? "what it wrote breaks off; is the disk full?")
    }
  }

  /// What of its messages says why: gnuplot repeats the line that it could not read before.
  private func reason(in lines: [String]) -> String? {
    switch self {
    case .dot: lines.first
    case .gnuplot: lines.last
    }
  }

  private func spawn(
    _ arguments: [String], input: Int32, output: Int32, errors: Int32
  ) throws(WritingFailure) -> pid_t {
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
    case ENOENT, ENOTDIR: throw .noProgram(self)
    case _: throw .program(self, reason: SystemError(code: code).reason)
    }
  }

  /// Longer than this nobody waits for a picture.
  private static let secondLimit = 10

  /// The status with which a process ends; that of a killed one is not 0 either. Ctrl-C and the limit of
  /// time end it.
  private func wait(for process: pid_t) throws(WritingFailure) -> Int32 {
    let deadline = ContinuousClock.now + .seconds(Problem.DrawingProgram.secondLimit)
    var status: Int32 = 0
    while true {
      let ended = waitpid(process, &status, WNOHANG)
      if ended == process { return status & 0x7F == 0 ? status >> 8 & 0xFF : status & 0x7F }
      if ended < 0, errno != EINTR { return -1 }
      let isLate = ContinuousClock.now > deadline
      if isLate || Interruption.request.isRequested {
        kill(process, SIGKILL)
        waitpid(process, &status, 0)
        throw .program(
          self,
          reason: isLate
            ? "it was not done in \(Problem.DrawingProgram.secondLimit) seconds" : "interrupted")
      }
      usleep(2000)
    }
  }
}

/// A file without a name, to be read from its start by another program.
private struct Scratch: ~Copyable {
  let descriptor: Int32

  init() throws(WritingFailure) {
    let folder = environment("TMPDIR").flatMap { $0.isEmpty ? nil : $0 } ?? "/tmp"
    if let file = ReplacementFile.nameless(in: folder) {
      descriptor = file
    } else {
      let path: String
      (descriptor, path) = try ReplacementFile.create(in: folder)
      unlink(path)
    }
  }

  deinit { close(descriptor) }

  /// Fills the file, and goes back to its start.
  func write(_ bytes: [UInt8]) throws(WritingFailure) {
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

  /// The first lines of what was written into it, empty ones left out.
  var lines: [String] {
    var bytes = [UInt8](repeating: 0, count: 2000)
    let count = pread(descriptor, &bytes, bytes.count, 0)
    return bytes.prefix(max(count, 0)).split(separator: UInt8(ascii: "\n"))
      .map { String(decoding: $0, as: UTF8.self) }
  }
}
