import Foundation
import GradLanguage
import Synchronization

/// Stops computations that take too long, from a thread of its own: tests occupy all others.
final class Watchdog: Sendable {
  static let shared = Watchdog()

  private struct Watch {
    let interrupt: Interrupt
    let end: ContinuousClock.Instant
  }

  private let watches = Mutex<[ObjectIdentifier: Watch]>([:])

  private init() {
    Thread.detachNewThread { [self] in
      while true {
        Thread.sleep(forTimeInterval: 0.005)
        let now = ContinuousClock.now
        watches.withLock { watches in
          for watch in watches.values where watch.end < now { watch.interrupt.request() }
        }
      }
    }
  }

  /// Runs `body`, and makes the request when it has not ended after a time.
  func watch<T>(_ interrupt: Interrupt, for time: Duration, _ body: () -> T) -> T {
    let key = ObjectIdentifier(interrupt)
    watches.withLock {
      $0[key] = Watch(interrupt: interrupt, end: ContinuousClock.now + time)
    }
    defer {
      watches.withLock { _ = $0.removeValue(forKey: key) }
      interrupt.clear()
    }
    return body()
  }
}
