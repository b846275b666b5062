import Foundation
import Testing

@testable import LineEditing

@Suite("The file of the history")
struct HistoryFileTests {
  private let folder: TemporaryFolder
  private let file: HistoryFile
  private static let limits = HistoryFile.Limits(entries: 8, bytes: 1000, entryBytes: 400)

  init() throws {
    folder = try TemporaryFolder()
    let path = folder.url.appendingPathComponent("a/history").path
    file = HistoryFile(path: path, limits: HistoryFileTests.limits)
  }

  private var text: String { (try? String(contentsOfFile: file.path, encoding: .utf8)) ?? "" }

  @Test("keeps the newest entries when it has grown by a quarter")
  func entries() {
    for index in 1...10 { file.append("\(index)") }
    #expect(file.load() == (3...10).map(String.init))
    #expect(text.hasPrefix("1\n2\n"))
    file.append("11")
    #expect(file.load() == (4...11).map(String.init))
    #expect(text == (4...11).map { "\($0)\n" }.joined())
  }

  @Test("keeps the newest bytes")
  func bytes() throws {
    for index in 1...5 { file.append(String(repeating: "\(index)", count: 300)) }
    #expect(file.load().map { $0.first } == ["3", "4", "5"])
    #expect(text.utf8.count == 903)
    let mode = try FileManager.default.attributesOfItem(atPath: file.path)[.posixPermissions]
    #expect(mode as? Int == 0o600)
    #expect(try FileManager.default.contentsOfDirectory(atPath: folder.url.path + "/a").count == 1)
  }

  @Test("a file that another program has locked is not waited for")
  func locked() throws {
    file.append("1")
    let other = open(file.path, O_RDWR)
    defer { close(other) }
    try #require(flock(other, LOCK_EX) == 0)
    file.append("2")
    #expect(text == "1\n")
    flock(other, LOCK_UN)
    file.append("3")
    #expect(text == "1\n3\n")
  }

  @Test("an entry that is too long is not kept")
  func tooLong() {
    #expect(!file.append(String(repeating: "x", count: 400)))
    #expect(file.append(String(repeating: "x", count: 399)))
    #expect(file.load().count == 1)
  }

  @Test("a link stays one when the file is cut")
  func link() throws {
    let link = folder.url.appendingPathComponent("link").path
    file.append("1")
    try FileManager.default.createSymbolicLink(atPath: link, withDestinationPath: file.path)
    let linked = HistoryFile(path: link, limits: HistoryFileTests.limits)
    for index in 2...20 { linked.append("\(index)") }
    #expect(linked.load() == (13...20).map(String.init))
    #expect(try FileManager.default.destinationOfSymbolicLink(atPath: link) == file.path)
    #expect(text == (13...20).map { "\($0)\n" }.joined())
  }

  @Test("writers at the same time, some of whom cut it, lose nothing of what is kept")
  func concurrent() {
    let file = HistoryFile(
      path: folder.url.appendingPathComponent("b").path,
      limits: HistoryFile.Limits(entries: 400, bytes: 1 << 20, entryBytes: 1000))
    DispatchQueue.concurrentPerform(iterations: 4) { writer in
      for index in 0..<300 {
        file.append("\(writer) \(index)")
        if index % 50 == 0 { _ = file.load() }
      }
    }
    let entries = file.load()
    #expect(entries.count == 400)
    // What is there of each writer are its last entries, in order.
    for writer in 0..<4 {
      let own = entries.filter { $0.hasPrefix("\(writer) ") }
      #expect(own == (300 - own.count..<300).map { "\(writer) \($0)" })
    }
  }

  @Test(
    "lines and what stands for them", arguments: ["a", "a\nb", "\\n", "\\", "\n\n\\\n", "é\t\"x\""])
  func lines(entry: String) {
    #expect(HistoryFile.decode(Array(HistoryFile.encode(entry).utf8.dropLast())[...]) == entry)
  }
}
