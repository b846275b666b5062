import Foundation
import GradLanguage
import Synchronization

/// Stops a computation that takes too long, from a thread of its own, as Ctrl-C does. Time is the
/// process's: other work on the machine does not make programs end earlier.
final class Watchdog: Sendable {
  static let shared = Watchdog()

  private struct Watch {
    let interrupt: Interrupt
    /// In nanoseconds of the process.
    let end: UInt64
  }

  private let watch = Mutex<Watch?>(nil)

  private init() {
    Thread.detachNewThread { [self] in
      while true {
        Thread.sleep(forTimeInterval: 0.005)
        let now = Watchdog.now
        watch.withLock { if let watch = $0, watch.end < now { watch.interrupt.request() } }
      }
    }
  }

  private static var now: UInt64 { UInt64(clock()) * (1_000_000_000 / UInt64(CLOCKS_PER_SEC)) }

  /// Runs `body`, and makes the request when it has not ended after a time.
  func stop<T>(_ interrupt: Interrupt, afterMilliseconds time: UInt64, _ body: () -> T) -> T {
    watch.withLock { $0 = Watch(interrupt: interrupt, end: Watchdog.now + time * 1_000_000) }
    defer {
      watch.withLock { $0 = nil }
      interrupt.clear()
    }
    return body()
  }
}
