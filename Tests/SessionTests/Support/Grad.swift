import Foundation

/// The program itself, run as a user runs it.
struct Grad {
  /// What a finished run left.
  struct Result {
    let output: String
    let errors: String
    let status: Int32
    /// Whether a signal ended it.
    let wasKilled: Bool
  }

  /// The program's file: it stands beside the tests.
  static let path: String = {
    let tests = URL(fileURLWithPath: CommandLine.arguments[0])
    let bundles = [Bundle.main.bundleURL] + Bundle.allBundles.map(\.bundleURL)
    let places = [tests] + bundles + bundles.map { $0.appendingPathComponent("x") }
    for place in places {
      let path = place.deletingLastPathComponent().appendingPathComponent("grad").path
      if FileManager.default.isExecutableFile(atPath: path), !isFolder(path) { return path }
    }
    fatalError("the program `grad` has not been built")
  }()

  private static func isFolder(_ path: String) -> Bool {
    var isFolder: ObjCBool = false
    let exists = FileManager.default.fileExists(atPath: path, isDirectory: &isFolder)
    return exists && isFolder.boolValue
  }

  /// What is always in its environment: where programs are, and what a sanitizer that it was built with
  /// is told.
  static let environment = ["PATH": "/usr/bin:/bin"].merging(
    ProcessInfo.processInfo.environment.filter {
      ["ASAN_OPTIONS", "LSAN_OPTIONS", "TSAN_OPTIONS"].contains($0.key)
    }
  ) { $1 }

  /// Runs it to its end.
  static func run(
    _ arguments: [String], input: [UInt8] = [], environment: [String: String] = [:]
  ) throws -> Result {
    let process = try Conversation(arguments, environment: environment)
    process.send(input)
    process.close()
    return process.finish()
  }

  /// Runs it with a text as its standard input.
  static func run(_ arguments: [String] = [], input: String) throws -> Result {
    try run(arguments, input: Array(input.utf8))
  }

  /// Runs a text with `-e`.
  static func evaluate(_ text: String, _ arguments: [String] = []) throws -> Result {
    try run(arguments + ["-e", text])
  }
}

/// A run that is talked to.
final class Conversation {
  private let process = Process()
  private let input = Pipe()
  private let output = Pipe()
  private let errors = Pipe()

  init(_ arguments: [String], environment: [String: String] = [:]) throws {
    process.executableURL = URL(fileURLWithPath: Grad.path)
    process.arguments = arguments
    process.environment = Grad.environment.merging(environment) { $1 }
    process.standardInput = input
    process.standardOutput = output
    process.standardError = errors
    signal(SIGPIPE, SIG_IGN)
    try process.run()
  }

  /// Writes to its standard input.
  func send(_ bytes: [UInt8]) { try? input.fileHandleForWriting.write(contentsOf: Data(bytes)) }

  /// Writes to its standard input.
  func send(_ text: String) { send(Array(text.utf8)) }

  /// Ends its standard input.
  func close() { try? input.fileHandleForWriting.close() }

  /// Waits for what it writes next to standard output.
  func answer() -> String {
    String(decoding: output.fileHandleForReading.availableData, as: UTF8.self)
  }

  /// Stops reading what it writes.
  func stopReading() { try? output.fileHandleForReading.close() }

  /// Presses Ctrl-C.
  func interrupt() { kill(process.processIdentifier, SIGINT) }

  /// Waits for its end.
  func finish() -> Grad.Result {
    let output = (try? output.fileHandleForReading.readToEnd()) ?? Data()
    let errors = (try? errors.fileHandleForReading.readToEnd()) ?? Data()
    process.waitUntilExit()
    return Grad.Result(
      output: String(decoding: output, as: UTF8.self),
      errors: String(decoding: errors, as: UTF8.self), status: process.terminationStatus,
      wasKilled: process.terminationReason == .uncaughtSignal)
  }
}

/// A folder that is removed when the test is done.
final class TemporaryFolder {
  let url = FileManager.default.temporaryDirectory.appendingPathComponent(UUID().uuidString)

  init() throws {
    try FileManager.default.createDirectory(at: url, withIntermediateDirectories: true)
  }

  deinit { try? FileManager.default.removeItem(at: url) }

  /// Writes a file and returns its path.
  func file(_ name: String, _ text: String) throws -> String {
    let file = url.appendingPathComponent(name)
    try Data(text.utf8).write(to: file)
    return file.path
  }
}
