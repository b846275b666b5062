#if canImport(Glibc)
  import Glibc
#elseif canImport(Musl)
  import Musl
#elseif canImport(Darwin)
  import Darwin
#endif

/// A lock that nobody waits long for: what is remembered from one session to the next is not worth it.
public enum FileLock {
  /// Locks an open file or folder until it is closed, unless somebody else has it for a tenth of a second.
  public static func take(_ descriptor: Int32) -> Bool {
    for _ in 0..<tries {
      if flock(descriptor, LOCK_EX | LOCK_NB) == 0 { return true }
      guard errno == EWOULDBLOCK || errno == EINTR else { return false }
      usleep(5000)
    }
    return false
  }

  private static let tries = 20
}
