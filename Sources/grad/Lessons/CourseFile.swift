import Rendering

/// Where a course comes from.
enum CourseFile: Equatable {
  /// The course that the program brings along.
  case builtIn
  /// A teacher's own, by its path.
  case file(String)

  /// What its errors and the file of progress call it.
  var name: String {
    switch self {
    case .builtIn: "<lesson>"
    case .file(let path): path
    }
  }

  /// The course; what is wrong otherwise, with file and line, in words for a person.
  func course() -> Result<Course, LessonFailure> {
    let bytes: [UInt8]
    switch self {
    case .builtIn: bytes = PackageResources.neuron_course
    case .file(let path):
      switch CourseFile.read(path) {
      case .success(let found): bytes = found
      case .failure(let error):
        return .failure(
          LessonFailure(
            "cannot read the course \(path): \(error.reason)",
            help: "give the path of a course's file, or none for grad's own course"))
      }
    }
    return Result { () throws(CourseError) in try CourseReader.read(bytes) }
      .mapError { LessonFailure($0, in: name) }
  }

  /// The bytes of a file up to one more than a course may have.
  private static func read(_ path: String) -> Result<[UInt8], SystemError> {
    Result { () throws(SystemError) in
      let file = try InputFile(path: path)
      var bytes: [UInt8] = []
      while bytes.count <= CourseReader.sizeLimit {
        if try file.read(into: &bytes, atMost: InputFile.chunk) == 0 { break }
      }
      return bytes
    }
  }
}

/// Why there is no lesson, as it is shown.
struct LessonFailure: Error, Equatable {
  let text: String

  /// A complaint about a file as a whole.
  init(_ problem: String, help: String) {
    text = "error: \(WrappedText.message(problem))\n  = help: \(WrappedText.message(help))"
  }

  /// A complaint about a line of a course.
  init(_ error: CourseError, in name: String) {
    self.init("\(name):\(error.line): \(error.problem)", help: error.help)
  }
}
