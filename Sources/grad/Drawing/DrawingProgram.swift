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
    let end = try wait(for: process)
    let reason = reason(in: errors.lines)
    if let failure = end.failure { throw .program(self, reason: reason ?? failure) }
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

  /// How a process has ended.
  private enum End {
    case status(Int32)
    case signal(Int32)
    case unknown

    /// What is wrong with it.
    var failure: String? {
      switch self {
      case .status(0): nil
      case .status(let status): "it ended with status \(status)"
      case .signal(let number): "signal \(number) ended it"
      case .unknown: "nobody knows how it ended"
      }
    }
  }

  /// Waits for a process to end. Ctrl-C and the limit of time end it.
  private func wait(for process: pid_t) throws(WritingFailure) -> End {
    let deadline = ContinuousClock.now + .seconds(Problem.DrawingProgram.secondLimit)
    var status: Int32 = 0
    while true {
      let ended = waitpid(process, &status, WNOHANG)
      if ended == process {
        return status & 0x7F == 0 ? .status(status >> 8 & 0xFF) : .signal(status & 0x7F)
      }
      if ended < 0, errno != EINTR { return .unknown }
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
    let folder = temporaryFolder
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
    do throws(SystemError) {
      try Descriptor.writeAll(bytes, to: descriptor)
    } catch {
      throw .system(error)
    }
    lseek(descriptor, 0, SEEK_SET)
  }

  /// The first lines of what was written into it, empty ones left out.
  var lines: [String] {
    var bytes = [UInt8](repeating: 0, count: 2000)
    let count = pread(descriptor, &bytes, bytes.count, 0)
    return bytes.prefix(max(count, 0)).split(separator: UInt8(ascii: "\n"))
      .map { String(decoding: $0, as: UTF8.self) }
  }
}
