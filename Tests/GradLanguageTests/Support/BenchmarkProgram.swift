import Foundation

/// The programs that the benchmarks run, so that tests can count what the benchmarks time.
enum BenchmarkProgram {
  private static let folder = URL(filePath: #filePath)
    .deletingLastPathComponent().deletingLastPathComponent().deletingLastPathComponent()
    .appending(path: "Benchmarks/Benchmarks/Workloads/Programs")

  /// The text of a program; empty when there is none of this name.
  static func text(_ name: String) -> String {
    let file = folder.appending(path: name + ".grad")
    return (try? String(contentsOf: file, encoding: .utf8)) ?? ""
  }

  /// All of them, by name.
  static var names: [String] {
    let files = try? FileManager.default.contentsOfDirectory(
      atPath: folder.path(percentEncoded: false))
    return (files ?? []).filter { $0.hasSuffix(".grad") }.map { String($0.dropLast(5)) }.sorted()
  }

  /// A session that has run some of them.
  static func session(_ names: String..., size: Int, rounds: Int = 1) -> Session {
    let session = Session()
    session.run("plain size = \(size); plain rounds = \(rounds)")
    for name in names { session.run(text(name)) }
    return session
  }
}
