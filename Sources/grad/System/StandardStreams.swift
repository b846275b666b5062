#if canImport(Glibc)
  import Glibc
#elseif canImport(Musl)
  import Musl
#elseif canImport(Darwin)
  import Darwin
#endif

/// Standard input, output and error, of which whoever started the program may have closed some.
enum StandardStreams {
  /// Takes the places of those that are closed: the next file that is opened would get one, and
  /// messages would be written into it.
  ///
  /// Each is opened the wrong way round, so that using it fails as it did.
  static func hold() {
    for descriptor in [STDIN_FILENO, STDOUT_FILENO, STDERR_FILENO]
    where fcntl(descriptor, F_GETFD) == -1 {
      _ = open("/dev/null", descriptor == STDIN_FILENO ? O_WRONLY : O_RDONLY)
    }
  }
}
