#if canImport(Glibc)
  import Glibc
#elseif canImport(Musl)
  import Musl
#elseif canImport(Darwin)
  import Darwin
#endif
import GradLanguage
import LineEditing

/// The file that remembers which step of a course comes next.
///
/// A course a line: the number of the step that comes next, a blank, the course's path. Unless just
/// the steps before it are done, a colon and the numbers of those that are follow the number:
/// `5:1,2 ./mine.course`. The file is small, and replaced as a whole, so that whoever reads it sees
/// it complete.
struct LessonProgress {
  /// Where it is; nil when nothing is to be remembered.
  let path: String?

  /// What the file says about a course.
  enum Reading: Equatable {
    case nothing
    /// The step that comes next, and those that are done, counted from 0.
    case step(Int, done: Set<Int>)
    /// There is a file that is none of ours.
    case damaged
  }

  /// A file with more bytes is none of ours.
  private static let sizeLimit = 1 << 16

  /// Beside the prompt's history; nowhere when that is not kept.
  init(beside history: HistoryFile?) { path = history.map { $0.path + ".lessons" } }

  /// What is remembered of a course.
  func reading(of course: String) -> Reading {
    guard let path else { return .nothing }
    guard let text = LessonProgress.contents(path) else {
      return access(path, F_OK) == 0 ? .damaged : .nothing
    }
    guard let entries = LessonProgress.entries(text) else { return .damaged }
    guard let entry = entries.last(where: { $0.course == course }) else { return .nothing }
    let done = entry.done.map { Set($0.map { $0 - 1 }) }
    return .step(entry.step - 1, done: done ?? Set(0..<entry.step - 1))
  }

  /// Remembers a step and those that are done, counted from 0.
  ///
  /// - Returns: why it could not; nil also when nothing is to be remembered.
  func remember(_ step: Int, done: Set<Int>, of course: String) -> String? {
    guard let path, !course.contains(where: \.isNewline) else { return nil }
    HistoryFile(path: path).makeFolder()
    // Another session may do the same at this moment.
    let folder = open(ReplacementFile.folder(path), O_RDONLY | O_CLOEXEC)
    guard folder >= 0 else { return SystemError.last.reason }
    defer { close(folder) }
    guard FileLock.take(folder) else { return "another program has it locked" }
    let old = LessonProgress.contents(path).flatMap(LessonProgress.entries) ?? []
    let numbers = done == Set(0..<step) ? nil : done.map { $0 + 1 }.sorted()
    let entries = old.filter { $0.course != course } + [(step + 1, numbers, course)]
    let text = entries.suffix(100).map(LessonProgress.line).joined()
    return SystemFiles.write(path, Array(text.utf8))?.reason
  }

  /// A course, the step that comes next, and those that are done, counted from 1; nil are
  /// just those before the step.
  typealias Entry = (step: Int, done: [Int]?, course: String)

  private static func line(_ entry: Entry) -> String {
    let done = entry.done.map { ":" + $0.map(String.init).joined(separator: ",") }
    return "\(entry.step)\(done ?? "") \(entry.course)\n"
  }

  /// The courses and their steps; nil when a line is something else.
  static func entries(_ text: String) -> [Entry]? {
    var entries: [Entry] = []
    for line in text.split(separator: "\n") {
      let words = line.split(separator: " ", maxSplits: 1)
      guard words.count == 2 else { return nil }
      let parts = words[0].split(separator: ":", maxSplits: 1, omittingEmptySubsequences: false)
      guard let step = Int(parts[0]), (1...stepLimit).contains(step) else { return nil }
      var done: [Int]?
      if parts.count == 2 {
        let numbers = parts[1].split(separator: ",").map { Int($0) ?? 0 }
        guard numbers.allSatisfy({ (1...stepLimit).contains($0) }) else { return nil }
        done = numbers
      }
      entries.append((step, done, String(words[1])))
    }
    return entries
  }

  /// More steps than this has no course whose file may be read.
  private static let stepLimit = CourseReader.sizeLimit

  /// The text of a file; nil when it is missing, not a file, too large, or no text.
  private static func contents(_ path: String) -> String? {
    let file = open(path, O_RDONLY | O_CLOEXEC | O_NONBLOCK)
    guard file >= 0 else { return nil }
    defer { close(file) }
    var status = stat()
    guard fstat(file, &status) == 0, status.st_mode & S_IFMT == S_IFREG,
      status.st_size <= sizeLimit
    else { return nil }
    var bytes = [UInt8](repeating: 0, count: Int(status.st_size))
    let count = bytes.withUnsafeMutableBytes { read(file, $0.baseAddress, $0.count) }
    guard count == bytes.count, !bytes.contains(0) else { return nil }
    return String(validating: bytes, as: UTF8.self)
  }
}
