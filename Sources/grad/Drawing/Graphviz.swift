import GradLanguage

/// The program `dot`, where it is installed.
enum Graphviz {
  /// Lets it draw DOT into a file, in a format such as `svg`.
  static func draw(
    _ text: [UInt8], as format: String, into file: borrowing ReplacementFile
  ) throws(WritingFailure) {
    let program = Problem.DrawingProgram.dot
    try program.draw(text, arguments: ["-T\(format)"], ending: format, into: file)
  }
}
