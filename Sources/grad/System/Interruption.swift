#if canImport(Glibc)
  import Glibc
#elseif canImport(Musl)
  import Musl
#elseif canImport(Darwin)
  import Darwin
#endif
import GradLanguage
import Synchronization

/// Ctrl-C: what it does depends on what the program is doing.
enum Interruption {
  /// What the program is doing.
  enum Activity: Int {
    /// It computes: the first Ctrl-C asks the computation to stop, a second one ends the program.
    case computing
    /// A script waits for its input: Ctrl-C ends the program.
    case awaitingInput
    /// The prompt waits: Ctrl-C drops the line.
    case prompting
  }

  /// The flag that stops a computation.
  static let request = Interrupt()

  private static let activity = Atomic<Int>(Activity.computing.rawValue)

  /// Says what the program is doing from now on.
  static func enter(_ new: Activity) { activity.store(new.rawValue, ordering: .relaxed) }

  /// Takes a request back.
  static func forget() { request.clear() }

  /// Does a computation that is stopped after some seconds; Ctrl-C stops it too.
  static func limited<Result>(seconds: Int, _ body: () -> Result) -> Result {
    unblock([SIGALRM])
    var action = sigaction()
    setHandler(&action) { _ in Interruption.request.request() }
    var old = sigaction()
    sigaction(SIGALRM, &action, &old)
    alarm(UInt32(seconds))
    defer {
      alarm(0)
      sigaction(SIGALRM, &old, nil)
      forget()
    }
    return body()
  }

  /// Does a computation that is asked how far it is: after a second, and then twice a second.
  static func questioned<Result>(_ body: () -> Result) -> Result {
    unblock([SIGALRM])
    var action = sigaction()
    setHandler(&action) { _ in Interruption.request.askForProgress() }
    // Reading and writing go on as if nothing had been.
    action.sa_flags = numericCast(SA_RESTART)
    var old = sigaction()
    sigaction(SIGALRM, &action, &old)
    var timer = itimerval()
    timer.it_value.tv_sec = 1
    timer.it_interval.tv_usec = 500_000
    setTimer(&timer)
    defer {
      timer = itimerval()
      setTimer(&timer)
      sigaction(SIGALRM, &old, nil)
    }
    return body()
  }

  /// Handles Ctrl-C from now on, unless whoever started the program wants it ignored.
  ///
  /// System calls that wait are broken off, not restarted.
  static func install() {
    // The handlers' flags exist before a handler asks for one: what is made when it is first used may not be
    // made there.
    request.clear()
    enter(.computing)
    ending.store(0, ordering: .relaxed)
    quitPlainly()
    endOrderly()
    handle(SIGINT) { _ in Interruption.handle() }
    unblock([SIGINT] + endings)
  }

  /// Handles a signal from now on, unless whoever started the program wants it ignored.
  private static func handle(
    _ number: Int32, by handler: @escaping @convention(c) (Int32) -> Void
  ) {
    // Asked first: one that comes in between must not be handled, either.
    if isIgnored(number) { return }
    var action = sigaction()
    setHandler(&action, handler)
    sigaction(number, &action, nil)
  }

  private static func isIgnored(_ number: Int32) -> Bool {
    var present = sigaction()
    sigaction(number, nil, &present)
    return isIgnored(present)
  }

  /// The signal that the program is to end by; 0 when there is none.
  private static let ending = Atomic<Int32>(0)

  /// Whether a signal has come that stops what is being done, or ends the program.
  static var isAsked: Bool { request.isRequested || isEnding }

  /// Whether a signal has come that ends the program.
  static var isEnding: Bool { ending.load(ordering: .relaxed) != 0 }

  /// Lets a signal that ends the program stop a computation first, so that the results before it are
  /// written and the terminal is left as it was; a second one ends the program at once.
  ///
  /// A file that has become as long as it may be is an error like any other, not a signal.
  private static func endOrderly() {
    signal(SIGXFSZ, SIG_IGN)
    for number in endings { handle(number) { Interruption.end(by: $0) } }
  }

  /// The signals that end the program in order.
  private static let endings = [SIGTERM, SIGHUP, SIGXCPU]

  /// Runs in the signal handler, like `handle`.
  private static func end(by number: Int32) {
    signal(number, SIG_DFL)
    switch Activity(rawValue: activity.load(ordering: .relaxed)) {
    case .computing:
      ending.store(number, ordering: .relaxed)
      request.request()
    case .awaitingInput, .prompting, nil: raise(number)
    }
  }

  /// Ends the program by the signal that has come, if one has: whoever started it sees by which.
  static func endIfAsked() {
    let number = ending.load(ordering: .relaxed)
    if number != 0 { raise(number) }
  }

  /// Lets signals through: a thread that blocks them may have started the program, and the mask is
  /// inherited.
  private static func unblock(_ numbers: [Int32]) {
    var signals = sigset_t()
    sigemptyset(&signals)
    for number in numbers { sigaddset(&signals, number) }
    pthread_sigmask(SIG_UNBLOCK, &signals, nil)
  }

  /// Lets Ctrl-\ end the program at once: Swift's runtime takes it for a crash and asks questions.
  private static func quitPlainly() {
    if !isIgnored(SIGQUIT) { signal(SIGQUIT, SIG_DFL) }
  }

  /// Runs in the signal handler: touches atomics and makes system calls, nothing else.
  private static func handle() {
    let isSecond = request.isRequested
    request.request()
    switch Activity(rawValue: activity.load(ordering: .relaxed)) {
    case .computing: if isSecond { _exit(ExitStatus.interrupted.rawValue) }
    case .awaitingInput:
      let message: StaticString = "interrupted\n"
      _ = write(STDERR_FILENO, message.utf8Start, message.utf8CodeUnitCount)
      _exit(ExitStatus.interrupted.rawValue)
    case .prompting, nil: break
    }
  }

  private static func setTimer(_ timer: inout itimerval) {
    #if canImport(Glibc)
      setitimer(__itimer_which_t(ITIMER_REAL.rawValue), &timer, nil)
    #else
      setitimer(Int32(ITIMER_REAL), &timer, nil)
    #endif
  }

  #if canImport(Darwin)
    private static func isIgnored(_ action: sigaction) -> Bool {
      unsafeBitCast(action.__sigaction_u.__sa_handler, to: Int.self) == 1
    }

    private static func setHandler(
      _ action: inout sigaction, _ handler: @escaping @convention(c) (Int32) -> Void
    ) {
      action.__sigaction_u.__sa_handler = handler
    }
  #else
    private static func isIgnored(_ action: sigaction) -> Bool {
      unsafeBitCast(action.__sigaction_handler.sa_handler, to: Int.self) == 1
    }

    private static func setHandler(
      _ action: inout sigaction, _ handler: @escaping @convention(c) (Int32) -> Void
    ) {
      action.__sigaction_handler.sa_handler = handler
    }
  #endif
}
