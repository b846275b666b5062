import Synchronization

/// A flag by which another thread or a signal handler stops a running computation, or asks it how far
/// it is.
///
/// Raising it is safe in a signal handler. The machine looks at it on every backward jump and call.
public final class Interrupt: Sendable {
  private let flags = Atomic<UInt8>(0)

  private static let stop: UInt8 = 1
  private static let question: UInt8 = 2

  /// A flag that is down.
  public init() {}

  /// Asks the computation to stop.
  public func request() { flags.bitwiseOr(Interrupt.stop, ordering: .relaxed) }

  /// Asks the computation how far it is: `Interpreter.onProgress` is called soon.
  public func askForProgress() { flags.bitwiseOr(Interrupt.question, ordering: .relaxed) }

  /// Takes everything that was asked back.
  public func clear() { flags.store(0, ordering: .relaxed) }

  /// Whether the computation has been asked to stop.
  public var isRequested: Bool { flags.load(ordering: .relaxed) & Interrupt.stop != 0 }

  /// Whether anything has been asked.
  @inline(__always)
  var isRaised: Bool { flags.load(ordering: .relaxed) != 0 }

  /// Whether it has been asked how far the computation is; it has no longer been afterwards.
  func takeQuestion() -> Bool {
    let (old, _) = flags.bitwiseAnd(~Interrupt.question, ordering: .relaxed)
    return old & Interrupt.question != 0
  }
}
