#if canImport(Glibc)
  import Glibc
#elseif canImport(Musl)
  import Musl
#elseif canImport(Darwin)
  import Darwin
#endif

StandardStreams.hold()

let noColor = !(environment("NO_COLOR") ?? "").isEmpty || environment("TERM") == "dumb"

// The list of arguments is a file of the system, for which there may be no descriptor.
if CommandLine.arguments.isEmpty {
  let message: StaticString = "error: the command line cannot be read\n"
  _ = write(STDERR_FILENO, message.utf8Start, message.utf8CodeUnitCount)
  exit(ExitStatus.failure.rawValue)
}

switch GradCommand.parsed(Array(CommandLine.arguments.dropFirst())) {
case .success(let options): exit(Runner(options, noColor: noColor).run().rawValue)
case .failure(let ending): exit(ending.shown().rawValue)
}
