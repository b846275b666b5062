import Foundation
import GradLanguage
import Synchronization

/// Stops a computation that takes too long, from a thread of its own, as Ctrl-C does.
final class Watchdog: Sendable {
  static let shared = Watchdog()

  private struct Watch {
    let interrupt: Interrupt
    let end: ContinuousClock.Instant
  }

  private let watch = Mutex<Watch?>(nil)

  private init() {
    Thread.detachNewThread { [self] in
      while true {
        Thread.sleep(forTimeInterval: 0.005)
        let now = ContinuousClock.now
        watch.withLock { if let watch = $0, watch.end < now { watch.interrupt.request() } }
      }
    }
  }

  /// Runs `body`, and makes the request when it has not ended after a time.
  func stop<T>(_ interrupt: Interrupt, after time: Duration, _ body: () -> T) -> T {
    watch.withLock { $0 = Watch(interrupt: interrupt, end: ContinuousClock.now + time) }
    defer {
      watch.withLock { $0 = nil }
      interrupt.clear()
    }
    return body()
  }
}
