#if canImport(Glibc)
  import Glibc
#elseif canImport(Musl)
  import Musl
#elseif canImport(Darwin)
  import Darwin
#endif

/// A program that runs on a terminal of its own, with a test at the keyboard.
///
/// The program is the leader of a session whose controlling terminal this is: Ctrl-C and Ctrl-Z reach
/// it as signals. Whoever drives it waits for what it writes before typing on, as a person would.
public final class PseudoTerminal {
  /// How a program ended.
  public enum Ending: Equatable, Sendable {
    /// By itself, with this status.
    case exited(Int32)
    /// By this signal.
    case killed(Int32)
  }

  /// A system call that failed.
  public struct Failure: Error {
    /// What was tried.
    public let call: String
    /// Its error number.
    public let code: Int32
  }

  /// All that the program has written.
  public var output: String { String(decoding: bytes, as: UTF8.self) }

  private var terminal: Int32
  private var program: pid_t = 0
  private var ending: Ending?
  private var bytes: [UInt8] = []
  /// Up to here the output has been waited for.
  private var seen = 0

  // MARK: Starting

  /// Starts a program.
  ///
  /// - Parameters:
  ///   - path: the program's file.
  ///   - arguments: without its name.
  ///   - environment: all of it.
  public init(
    _ path: String, _ arguments: [String] = [], environment: [String: String], columns: Int = 80,
    rows: Int = 24
  ) throws {
    terminal = open("/dev/ptmx", O_RDWR | O_NOCTTY | O_CLOEXEC)
    guard terminal >= 0 else { throw Failure(call: "open", code: errno) }
    let slave = try PseudoTerminal.unlock(terminal)
    resize(columns: columns, rows: rows)
    try spawn(path, [path] + arguments, environment, slave: slave)
  }

  /// Makes the program's side of a terminal usable, and says where it is.
  private static func unlock(_ terminal: Int32) throws -> String {
    #if canImport(Darwin)
      guard grantpt(terminal) == 0, unlockpt(terminal) == 0, let path = ptsname(terminal) else {
        throw Failure(call: "unlockpt", code: errno)
      }
      return String(cString: path)
    #else
      // What unlockpt and ptsname do; Swift's Glibc does not show them.
      let (unlock, number) = (UInt(0x4004_5431), UInt(0x8004_5430))
      var value: Int32 = 0
      guard ioctl(terminal, unlock, &value) == 0, ioctl(terminal, number, &value) == 0 else {
        throw Failure(call: "ioctl", code: errno)
      }
      return "/dev/pts/\(value)"
    #endif
  }

  deinit {
    if end() == nil {
      kill(program, SIGKILL)
      waitpid(program, nil, 0)
    }
    if terminal >= 0 { close(terminal) }
  }

  private func spawn(
    _ path: String, _ arguments: [String], _ environment: [String: String], slave: String
  ) throws {
    #if canImport(Darwin)
      var actions: posix_spawn_file_actions_t?
      var attributes: posix_spawnattr_t?
    #else
      var actions = posix_spawn_file_actions_t()
      var attributes = posix_spawnattr_t()
    #endif
    posix_spawn_file_actions_init(&actions)
    defer { posix_spawn_file_actions_destroy(&actions) }
    // The first terminal that the leader of a session opens becomes its controlling terminal.
    posix_spawn_file_actions_addopen(&actions, 0, slave, O_RDWR, 0)
    posix_spawn_file_actions_adddup2(&actions, 0, 1)
    posix_spawn_file_actions_adddup2(&actions, 0, 2)
    posix_spawnattr_init(&attributes)
    defer { posix_spawnattr_destroy(&attributes) }
    // Tests run on threads that may block signals: the program starts with none blocked.
    var signals = sigset_t()
    sigemptyset(&signals)
    posix_spawnattr_setsigmask(&attributes, &signals)
    for signal in [SIGINT, SIGTERM, SIGHUP, SIGQUIT, SIGTSTP, SIGPIPE] {
      sigaddset(&signals, signal)
    }
    posix_spawnattr_setsigdefault(&attributes, &signals)
    let signalFlags = Int16(POSIX_SPAWN_SETSIGMASK) | Int16(POSIX_SPAWN_SETSIGDEF)
    posix_spawnattr_setflags(&attributes, signalFlags | PseudoTerminal.newSession)
    let status = withStrings(arguments) { arguments in
      withStrings(environment.map { "\($0.key)=\($0.value)" }) { environment in
        posix_spawn(&program, path, &actions, &attributes, arguments, environment)
      }
    }
    guard status == 0 else { throw Failure(call: "posix_spawn", code: status) }
  }

  /// POSIX_SPAWN_SETSID, which Swift's Glibc does not show.
  #if canImport(Darwin)
    private static let newSession: Int16 = 0x400
  #else
    private static let newSession: Int16 = 0x80
  #endif

  // MARK: Driving

  /// Types characters.
  public func type(_ text: String) { type(Array(text.utf8)) }

  /// Types bytes.
  public func type(_ typed: [UInt8]) {
    var rest = typed[...]
    while !rest.isEmpty {
      let count = rest.withUnsafeBytes { write(terminal, $0.baseAddress, $0.count) }
      guard count > 0 else { return }
      rest = rest.dropFirst(count)
    }
  }

  /// Sends a signal to the program.
  public func signal(_ number: Int32) { kill(program, number) }

  /// Changes the size of the window.
  public func resize(columns: Int, rows: Int) {
    var size = winsize(
      ws_row: UInt16(rows), ws_col: UInt16(columns), ws_xpixel: 0, ws_ypixel: 0)
    _ = ioctl(terminal, UInt(TIOCSWINSZ), &size)
  }

  // MARK: Looking

  /// Waits until the program writes a text, after what was waited for last.
  ///
  /// - Returns: what it wrote up to the end of that text; nil when it ends or is silent for too long.
  public func wait(for text: String, seconds: Int = 20) -> String? {
    let sought = Array(text.utf8)
    let deadline = ContinuousClock.now + .seconds(seconds)
    while true {
      if let end = position(after: sought) {
        defer { seen = end }
        return String(decoding: bytes[seen..<end], as: UTF8.self)
      }
      if ContinuousClock.now > deadline || !read() { return nil }
    }
  }

  /// Goes away, as a window does that is closed.
  public func hangUp() {
    close(terminal)
    terminal = -1
  }

  /// Waits until the program stops writing for so long.
  public func settle(milliseconds: Int32 = 200) -> String {
    while read(milliseconds: milliseconds, isSilenceAnEnd: true) {}
    defer { seen = bytes.count }
    return String(decoding: bytes[seen...], as: UTF8.self)
  }

  /// Waits for the end of the program; nil when it does not end.
  public func waitForEnd(seconds: Int = 30) -> Ending? {
    let deadline = ContinuousClock.now + .seconds(seconds)
    while ContinuousClock.now < deadline {
      if let ending = end() {
        while read(milliseconds: 10, isSilenceAnEnd: true) {}
        return ending
      }
      _ = read(milliseconds: 10)
    }
    return nil
  }

  /// Waits until the program is suspended; false when it is not.
  public func waitForStop(seconds: Int = 30) -> Bool {
    let deadline = ContinuousClock.now + .seconds(seconds)
    while ContinuousClock.now < deadline {
      var status: Int32 = 0
      if waitpid(program, &status, WNOHANG | WUNTRACED) == program {
        if status & 0xFF == 0x7F { return true }
        ending = PseudoTerminal.ending(status)
        return false
      }
      _ = read(milliseconds: 10)
    }
    return false
  }

  /// Whether the terminal collects and shows lines by itself, as a shell leaves it to programs.
  public var isCooked: Bool {
    var attributes = termios()
    guard tcgetattr(terminal, &attributes) == 0 else { return false }
    let local = tcflag_t(ICANON) | tcflag_t(ECHO) | tcflag_t(ISIG) | tcflag_t(IEXTEN)
    return attributes.c_lflag & local == local && attributes.c_iflag & tcflag_t(ICRNL) != 0
      && attributes.c_oflag & tcflag_t(OPOST) != 0
  }

  /// How the program ended, if it has.
  private func end() -> Ending? {
    if ending == nil {
      var status: Int32 = 0
      if waitpid(program, &status, WNOHANG) == program { ending = PseudoTerminal.ending(status) }
    }
    return ending
  }

  private static func ending(_ status: Int32) -> Ending {
    status & 0x7F == 0 ? .exited(status >> 8 & 0xFF) : .killed(status & 0x7F)
  }

  /// Reads what there is; false when nothing more can come.
  private func read(milliseconds: Int32 = 100, isSilenceAnEnd: Bool = false) -> Bool {
    var request = pollfd(fd: terminal, events: Int16(POLLIN), revents: 0)
    guard poll(&request, 1, milliseconds) > 0 else { return !isSilenceAnEnd }
    var buffer = [UInt8](repeating: 0, count: 1 << 16)
    let count = readBytes(terminal, &buffer, buffer.count)
    guard count > 0 else { return false }
    bytes += buffer[..<count]
    return true
  }

  /// Where the next occurrence of a text ends.
  private func position(after sought: [UInt8]) -> Int? {
    guard bytes.count - seen >= sought.count else { return nil }
    for start in seen...(bytes.count - sought.count)
    where bytes[start..<start + sought.count].elementsEqual(sought) {
      return start + sought.count
    }
    return nil
  }
}

/// The system's `read`, which a method of this name hides.
private func readBytes(_ file: Int32, _ buffer: UnsafeMutableRawPointer, _ count: Int) -> Int {
  read(file, buffer, count)
}

/// The strings as C wants a list of them.
private func withStrings<Result>(
  _ strings: [String], _ body: ([UnsafeMutablePointer<CChar>?]) -> Result
) -> Result {
  let pointers = strings.map { strdup($0) }
  defer { for pointer in pointers { free(pointer) } }
  return body(pointers + [nil])
}
