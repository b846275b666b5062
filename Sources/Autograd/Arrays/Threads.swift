import Synchronization

#if canImport(Glibc)
  import Glibc
#elseif canImport(Musl)
  import Musl
#elseif canImport(Darwin)
  import Darwin
#endif

/// Work on long arrays that is shared by all processors.
enum Threads {
  /// As many threads are of use.
  private static let count = max(1, min(sysconf(Int32(_SC_NPROCESSORS_ONLN)), 16))

  /// A part of the work, for a thread of its own.
  private final class Part {
    let body: () -> Void
    init(_ body: @escaping () -> Void) { self.body = body }
  }

  /// Does work on numbers 0 to `total` - 1, each thread on a run of them whose length is a multiple of
  /// `block`; returns when all of it is done or has been stopped.
  ///
  /// - Parameters:
  ///   - shouldStop: asked on the thread of the caller only.
  ///   - body: does a run; what it gets beside it says whether to stop.
  static func run(
    over total: Int, in block: Int, shouldStop: () -> Bool,
    _ body: @escaping @Sendable (Range<Int>, () -> Bool) -> Void
  ) {
    let blocks = (total + block - 1) / block
    guard blocks > 0 else { return }
    let parts = min(count, blocks)
    func range(_ part: Int) -> Range<Int> {
      blocks * part / parts * block..<min(total, blocks * (part + 1) / parts * block)
    }
    let stop = StopFlag()
    var threads: [pthread_t] = []
    var own = [0]
    for part in 1..<parts {
      let numbers = range(part)
      let thread = start(Part { body(numbers) { stop.isSet } })
      if let thread { threads.append(thread) } else { own.append(part) }
    }
    for part in own {
      body(range(part)) {
        if !stop.isSet, shouldStop() { stop.set() }
        return stop.isSet
      }
    }
    for thread in threads { pthread_join(thread, nil) }
  }

  /// Starts a thread; nil when the system has none to give.
  private static func start(_ part: Part) -> pthread_t? {
    #if canImport(Darwin)
      var thread: pthread_t?
    #else
      var thread = pthread_t()
    #endif
    let box = Unmanaged.passRetained(part)
    let status = pthread_create(
      &thread, nil,
      { box in
        #if canImport(Darwin)
          let part = Unmanaged<Part>.fromOpaque(box).takeRetainedValue()
        #else
          guard let box else { return nil }
          let part = Unmanaged<Part>.fromOpaque(box).takeRetainedValue()
        #endif
        part.body()
        return nil
      }, box.toOpaque())
    if status == 0 { return thread }
    box.release()
    return nil
  }

  /// Tells all threads that the work is to stop.
  private final class StopFlag: Sendable {
    private let flag = Atomic<Bool>(false)
    var isSet: Bool { flag.load(ordering: .relaxed) }
    func set() { flag.store(true, ordering: .relaxed) }
  }
}
