import Synchronization

/// A flag by which another thread or a signal handler stops a running computation.
///
/// Setting it is safe in a signal handler. The machine looks at it on every backward jump and call.
public final class Interrupt: Sendable {
  private let flag = Atomic<Bool>(false)

  /// A flag that is down.
  public init() {}

  /// Asks the computation to stop.
  public func request() { flag.store(true, ordering: .relaxed) }

  /// Takes the request back.
  public func clear() { flag.store(false, ordering: .relaxed) }

  /// Whether the computation has been asked to stop.
  @inline(__always)
  public var isRequested: Bool { flag.load(ordering: .relaxed) }
}
