#if canImport(Glibc)
  import Glibc
#elseif canImport(Musl)
  import Musl
#elseif canImport(Darwin)
  import Darwin
#endif

/// How much stack the system lets the program have.
package enum StackLimit {
  /// The bytes of the first thread's stack; `Int.max` where there is no limit.
  package static var bytes: Int {
    var limits = rlimit()
    #if canImport(Glibc)
      let stack = __rlimit_resource_t(RLIMIT_STACK.rawValue)
    #else
      let stack = Int32(RLIMIT_STACK)
    #endif
    return getrlimit(stack, &limits) == 0 ? Int(clamping: limits.rlim_cur) : .max
  }
}
