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
/// A course a line: the number of the step, a blank, the course's path. It is small, and replaced
/// as a whole, so that whoever reads it sees it complete.
struct LessonProgress {
  /// Where it is; nil when nothing is to be remembered.
  let path: String?

  /// What the file says about a course.
  enum Reading: Equatable {
    case nothing
    /// The step, counted from 0.
    case step(Int)
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
    return entries.last { $0.course == course }.map { .step($0.step - 1) } ?? .nothing
  }

  /// Remembers a step, counted from 0.
  ///
  /// - Returns: why it could not; nil also when nothing is to be remembered.
  func remember(_ step: Int, of course: String) -> String? {
    guard let path, !course.contains(where: \.isNewline) else { return nil }
    let old = LessonProgress.contents(path).flatMap(LessonProgress.entries) ?? []
    let entries = old.filter { $0.course != course } + [(step: step + 1, course: course)]
    let text = entries.suffix(100).map { "\($0.step) \($0.course)\n" }.joined()
    HistoryFile(path: path).makeFolder()
    return SystemFiles.write(path, Array(text.utf8))?.reason
  }

  /// The courses and their steps, counted from 1; nil when a line is something else.
  static func entries(_ text: String) -> [(step: Int, course: String)]? {
    var entries: [(step: Int, course: String)] = []
    for line in text.split(separator: "\n") {
      let words = line.split(separator: " ", maxSplits: 1)
      guard words.count == 2, let step = Int(words[0]), step > 0 else { return nil }
      entries.append((step, String(words[1])))
    }
    return entries
  }

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
