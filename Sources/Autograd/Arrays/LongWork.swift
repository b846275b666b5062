#if canImport(Glibc)
  import Glibc
#elseif canImport(Musl)
  import Musl
#elseif canImport(Darwin)
  import Darwin
#endif

/// Work on arrays that may take long, and how it is stopped.
///
/// Kernels are called from deep inside the rules, which know nothing of interruptions: what may stop
/// them is in force for the extent of a call, on its thread.
package enum LongWork {
  /// A product of matrices with more multiplications than this asks whether to stop.
  static let multiplications = 1 << 24

  /// How many numbers are computed between two questions.
  static let numbers = 1 << 18

  /// Calls `body` for runs of 0 to `count` - 1, and no more when it is to stop.
  @inline(__always)
  package static func inParts(of count: Int, _ body: (Range<Int>) -> Void) {
    guard count > 2 * numbers, let shouldStop else { return body(0..<count) }
    var start = 0
    while start < count, !shouldStop() {
      body(start..<min(start + numbers, count))
      start += numbers
    }
  }

  private final class Question {
    let ask: () -> Bool
    init(_ ask: @escaping () -> Bool) { self.ask = ask }
  }

  private static let key: pthread_key_t = {
    var key = pthread_key_t()
    precondition(pthread_key_create(&key, nil) == 0, "there is no room for one more key of threads")
    return key
  }()

  /// Runs `body`; what takes long in it asks `shouldStop` now and then, and when that is true ends early,
  /// with a result that is not to be used: the caller looks at its own flag afterwards.
  package static func stoppable<Result>(
    by shouldStop: @escaping () -> Bool, _ body: () -> Result
  ) -> Result {
    let question = Question(shouldStop)
    let outer = pthread_getspecific(key)
    pthread_setspecific(key, Unmanaged.passUnretained(question).toOpaque())
    defer { pthread_setspecific(key, outer) }
    return withExtendedLifetime(question, body)
  }

  /// Runs `body` to its end, whatever is in force around it: for what works in place and cannot be taken
  /// back half-way.
  static func unstoppable<Result, Failure>(
    _ body: () throws(Failure) -> Result
  ) throws(Failure) -> Result {
    let outer = pthread_getspecific(key)
    pthread_setspecific(key, nil)
    defer { pthread_setspecific(key, outer) }
    return try body()
  }

  /// What is in force here, if anything is.
  package static var shouldStop: (() -> Bool)? {
    pthread_getspecific(key).map { Unmanaged<Question>.fromOpaque($0).takeUnretainedValue().ask }
  }
}
