import Foundation
import GradLanguage
import Testing

@testable import grad
@testable import LineEditing

/// Files are written whole, or left as they were; nothing else is left beside them.
@Suite struct WrittenFileTests {
  private let folder: TemporaryFolder
  init() throws { folder = try TemporaryFolder() }

  private func path(_ name: String) -> String { folder.url.appendingPathComponent(name).path }
  private func names() throws -> [String] {
    try FileManager.default.contentsOfDirectory(atPath: folder.url.path).sorted()
  }
  private func text(_ name: String) throws -> String {
    try String(contentsOfFile: path(name), encoding: .utf8)
  }
  private func mode(_ name: String) throws -> Int? {
    try FileManager.default.attributesOfItem(atPath: path(name))[.posixPermissions] as? Int
  }
  private func write(_ name: String, _ text: String = "new") -> String? {
    SystemFiles.write(path(name), Array(text.utf8))?.reason
  }

  /// Somebody else may have the folder locked for good.
  @Test func progressDoesNotWaitForALock() throws {
    let progress = LessonProgress(beside: HistoryFile(path: path("history")))
    #expect(progress.remember(2, done: [0, 1], of: "c") == nil)
    let other = open(folder.url.path, O_RDONLY)
    #expect(flock(other, LOCK_EX) == 0)
    #expect(progress.remember(3, done: [0, 1, 2], of: "c") == "another program has it locked")
    close(other)
    #expect(progress.reading(of: "c") == .step(2, done: [0, 1]))
  }

  @Test func aFileKeepsItsPermissions() throws {
    _ = try folder.file("old", "before")
    for permissions in [0o640, 0o600, 0o755] {
      chmod(path("old"), mode_t(permissions))
      #expect(write("old") == nil)
      #expect(try mode("old") == permissions)
    }
    #expect(write("fresh") == nil)
    let mask = umask(0)
    umask(mask)
    #expect(try mode("fresh") == 0o666 & ~Int(mask))
    #expect(try names() == ["fresh", "old"])
  }

  @Test(.enabled(if: getuid() == 0)) func aFileKeepsItsOwner() throws {
    _ = try folder.file("old", "before")
    chown(path("old"), 1234, 4321)
    #expect(write("old") == nil)
    let attributes = try FileManager.default.attributesOfItem(atPath: path("old"))
    #expect(attributes[.ownerAccountID] as? Int == 1234)
    #expect(attributes[.groupOwnerAccountID] as? Int == 4321)
  }

  @Test func linksAreFollowed() throws {
    _ = try folder.file("target", "before")
    symlink("target", path("link"))
    symlink(path("link"), path("further"))
    symlink("none", path("dangling"))
    symlink("loop", path("loop"))
    #expect(write("further", "through links") == nil)
    #expect(try text("target") == "through links")
    #expect(write("dangling", "made") == nil)
    #expect(try text("none") == "made")
    #expect(write("loop")?.contains("symbolic links") == true)
    for (link, target) in [("link", "target"), ("dangling", "none"), ("loop", "loop")] {
      #expect(try FileManager.default.destinationOfSymbolicLink(atPath: path(link)) == target)
    }
    #expect(try names() == ["dangling", "further", "link", "loop", "none", "target"])
  }

  /// Another name of the file goes on having what it had.
  @Test func hardLinksPart() throws {
    _ = try folder.file("one", "before")
    link(path("one"), path("other"))
    #expect(write("one") == nil)
    #expect(try text("other") == "before")
  }

  @Test func whatIsNoFileIsNotReplaced() throws {
    mkfifo(path("pipe"), 0o600)
    mkdir(path("inner"), 0o700)
    _ = try folder.file("file", "before")
    #expect(write("pipe")?.hasPrefix("it is a pipe") == true)
    #expect(write("inner") == "is a directory")
    #expect(write("inner/") == "is a directory")
    #expect(write("file/x") == "not a directory")
    #expect(write("none/x") == "no such file or directory")
    #expect(write(String(repeating: "x", count: 300)) == "file name too long")
    #expect(SystemFiles.write("/dev/null", [65])?.reason.hasPrefix("it is a device") == true)
    #expect(SystemFiles.write("", [65]) != nil)
    #expect(try names() == ["file", "inner", "pipe"])
  }

  @Test(.enabled(if: getuid() != 0)) func whatMayNotBeWrittenIsNotReplaced() throws {
    _ = try folder.file("file", "before")
    chmod(path("file"), 0o444)
    #expect(write("file") == "permission denied")
    chmod(path("file"), 0o644)
    chmod(folder.url.path, 0o555)
    #expect(write("file")?.hasSuffix("permission denied") == true)
    chmod(folder.url.path, 0o755)
    #expect(try text("file") == "before")
  }

  @Test func writersAtTheSameTime() throws {
    let texts = (0..<4).map { String(repeating: "\($0)", count: 100_000) }
    let shared = path("shared")
    DispatchQueue.concurrentPerform(iterations: 40) { round in
      #expect(SystemFiles.write(shared, Array(texts[round % 4].utf8)) == nil)
      let text = try? String(contentsOfFile: shared, encoding: .utf8)
      #expect(text.map(texts.contains) == true)
    }
    #expect(try names() == ["shared"])
  }

  /// The results of a program that go into the same file are not lost with it.
  @Test func standardOutputIsNotReplaced() throws {
    for target in [path("out.csv"), "/dev/stdout"] {
      let program = "print 1; write([1, 2], \"\(target)\")"
      let errors = try shell("exec \"$0\" -e '\(program)' > \(path("out.csv"))")
      #expect(errors.contains("standard output goes there"), "\(target)")
      #expect(try text("out.csv") == "1\n")
    }
    #expect(try shell("\"$0\" -e 'write(1, \"/dev/stdout\")' | cat").contains("it is a pipe"))
  }

  /// What a command writes to standard error; `$0` in it is the program.
  private func shell(_ command: String) throws -> String {
    let process = Process()
    process.executableURL = URL(fileURLWithPath: "/bin/sh")
    process.arguments = ["-c", command, Grad.path]
    let errors = Pipe()
    process.standardError = errors
    try process.run()
    let text = errors.fileHandleForReading.readDataToEndOfFile()
    process.waitUntilExit()
    return String(decoding: text, as: UTF8.self)
  }

  /// A limit on the length of files, which may end the program.
  @Test(arguments: ["write(zeros(100000), P)", "plot x for x in 0..1 by 0.0001 to P"])
  func filesThatGetTooLong(statement: String) throws {
    _ = try folder.file("x.svg", "before")
    let program = statement.replacing("P", with: "\"\(path("x.svg"))\"")
    _ = try shell("ulimit -f 8; exec \"$0\" -e '\(program)'")
    #expect(try text("x.svg") == "before")
    #expect(try names() == ["x.svg"])
  }

  /// A program that is killed while a picture is drawn leaves no file without an end.
  @Test func killedPrograms() throws {
    guard let file = ReplacementFile.nameless(in: folder.url.path) else { return }
    close(file)
    let dot = try folder.file("dot", "#!/bin/sh\necho begun\nexec sleep 5\n")
    chmod(dot, 0o755)
    _ = try folder.file("g.png", "before")
    _ = try shell(
      "PATH=\(folder.url.path):$PATH; \"$0\" -e 'a = 1; graph a to \"\(path("g.png"))\"' & "
        + "sleep 0.3; kill -9 $!; wait")
    #expect(try text("g.png") == "before")
    #expect(try names() == ["dot", "g.png"])
  }

  // MARK: A full disk

  /// Whether a small disk can be made, for the tests: it takes the system's administrator.
  private static let canMount: Bool = {
    guard getuid() == 0, let folder = try? TemporaryFolder() else { return false }
    return withDisk(at: folder.url.path) {} != nil
  }()

  /// Does something while a folder is a disk of 64 KB.
  private static func withDisk<Result>(at path: String, _ body: () throws -> Result) rethrows
    -> Result?
  {
    func run(_ words: String...) -> Bool {
      let process = Process()
      process.executableURL = URL(fileURLWithPath: "/usr/bin/env")
      process.arguments = words
      process.standardError = FileHandle.nullDevice
      guard (try? process.run()) != nil else { return false }
      process.waitUntilExit()
      return process.terminationStatus == 0
    }
    guard run("mount", "-t", "tmpfs", "-o", "size=64k", "tmpfs", path) else { return nil }
    defer { _ = run("umount", path) }
    return try body()
  }

  @Test(.enabled(if: canMount)) func aFullDisk() throws {
    try WrittenFileTests.withDisk(at: folder.url.path) {
      _ = try folder.file("x.csv", "before")
      #expect(write("x.csv", String(repeating: "x", count: 100_000)) == "no space left on device")
      #expect(try text("x.csv") == "before")
      #expect(try names() == ["x.csv"])
      // The history: an entry that finds no room leaves no part of it.
      let history = HistoryFile(path: path("history"))
      #expect(history.append("first"))
      #expect(!history.append(String(repeating: "y", count: 100_000)))
      #expect(history.append("second"))
      #expect(history.load() == ["first", "second"])
      #expect(try text("history") == "first\nsecond\n")
    }
  }

  @Test func aCutHistoryKeepsItsPermissions() throws {
    let limits = HistoryFile.Limits(entries: 8, bytes: 1000, entryBytes: 400)
    let history = HistoryFile(path: path("history"), limits: limits)
    history.append("0")
    chmod(path("history"), 0o640)
    for index in 1...20 { history.append("\(index)") }
    #expect(history.load().count <= 10)
    #expect(try mode("history") == 0o640)
    #expect(try names() == ["history"])
  }
}
