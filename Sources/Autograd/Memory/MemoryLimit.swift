#if canImport(Glibc)
  import Glibc
#elseif canImport(Musl)
  import Musl
#elseif canImport(Darwin)
  import Darwin
#endif

/// How much memory the system lets a program have.
enum MemoryLimit {
  /// The least of what the machine has, what the program's limits are, and what its control group has.
  static var bytes: Int {
    min(physicalBytes, addressBytes, dataBytes, groupBytes)
  }

  /// All memory of the machine; 5 GB where it does not tell.
  private static var physicalBytes: Int {
    let pages = sysconf(Int32(_SC_PHYS_PAGES))
    let pageSize = sysconf(Int32(_SC_PAGESIZE))
    return pages > 0 && pageSize > 0 ? pages * pageSize : 5 << 30
  }

  private static var addressBytes: Int {
    var limits = rlimit()
    return getrlimit(addresses, &limits) == 0 ? Int(clamping: limits.rlim_cur) : .max
  }

  private static var dataBytes: Int {
    var limits = rlimit()
    return getrlimit(data, &limits) == 0 ? Int(clamping: limits.rlim_cur) : .max
  }

  #if canImport(Glibc)
    private static let addresses = __rlimit_resource_t(RLIMIT_AS.rawValue)
    private static let data = __rlimit_resource_t(RLIMIT_DATA.rawValue)
  #else
    private static let addresses = Int32(RLIMIT_AS)
    private static let data = Int32(RLIMIT_DATA)
  #endif

  /// The limit of the control group that the program runs in, as containers and services have one.
  private static var groupBytes: Int {
    #if os(Linux)
      // Version 2: `0::/path`; inside a container the path is of the container's own tree.
      let groups = SystemText.read("/proc/self/cgroup").split(separator: "\n")
      let path = groups.first { $0.hasPrefix("0::") }.map { $0.dropFirst(3) } ?? "/"
      let files = [
        "/sys/fs/cgroup\(path == "/" ? "" : path)/memory.max", "/sys/fs/cgroup/memory.max",
        "/sys/fs/cgroup/memory/memory.limit_in_bytes",
      ]
      let limits = files.compactMap { Int(SystemText.read($0).prefix { $0 != "\n" }) }
      return limits.min() ?? .max
    #else
      return .max
    #endif
  }
}

/// Short files that the system writes.
enum SystemText {
  /// The beginning of one; empty when it cannot be read.
  static func read(_ path: String) -> String {
    let descriptor = open(path, O_RDONLY | O_CLOEXEC)
    guard descriptor >= 0 else { return "" }
    defer { close(descriptor) }
    return withUnsafeTemporaryAllocation(byteCount: 4096, alignment: 1) { buffer in
      let count = systemRead(descriptor, buffer.baseAddress, buffer.count)
      return String(decoding: buffer.prefix(max(count, 0)), as: UTF8.self)
    }
  }
}

/// The system's `read`, which a method of this name hides.
private func systemRead(
  _ descriptor: Int32, _ buffer: UnsafeMutableRawPointer?, _ count: Int
) -> Int {
  read(descriptor, buffer, count)
}
