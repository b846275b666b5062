import Foundation
import Testing

/// The files of the package that the tests read.
enum Repository {
  /// The package's folder.
  static let root = URL(filePath: #filePath)
    .deletingLastPathComponent().deletingLastPathComponent().deletingLastPathComponent()
    .deletingLastPathComponent()

  /// Whether expectations that are not met are rewritten: `GRAD_UPDATE_EXAMPLES=1 swift test …`.
  static let updates = ProcessInfo.processInfo.environment["GRAD_UPDATE_EXAMPLES"] != nil

  /// The text of a file; empty, with an issue, where there is none.
  static func text(_ path: String) -> String { String(decoding: bytes(path), as: UTF8.self) }

  /// The bytes of a file, which need not be UTF-8.
  static func bytes(_ path: String) -> [UInt8] {
    guard let data = try? Data(contentsOf: root.appending(path: path)) else {
      Issue.record("cannot read \(path)")
      return []
    }
    return Array(data)
  }

  static func exists(_ path: String) -> Bool {
    FileManager.default.fileExists(atPath: root.appending(path: path).path(percentEncoded: false))
  }

  static func write(_ bytes: [UInt8], to path: String) throws {
    try Data(bytes).write(to: root.appending(path: path))
  }

  /// The names of a folder's files that end in `ending`, in order.
  static func files(in folder: String, ending: String) -> [String] {
    let path = root.appending(path: folder).path(percentEncoded: false)
    let names = (try? FileManager.default.contentsOfDirectory(atPath: path)) ?? []
    return names.filter { $0.hasSuffix(ending) }.sorted()
  }
}
