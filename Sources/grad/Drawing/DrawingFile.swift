import GradLanguage
import Rendering

/// Drawings in files, by the endings of their names.
enum DrawingFile {
  /// Writes an output that has a path to its file.
  ///
  /// - Returns: why it could not be written; the file is then as it was.
  static func write(_ output: Output) -> Problem? {
    switch output {
    case .drawing(let drawing, let path?): write(drawing, to: path)
    case .plot(let plot, let path?): write(plot, to: path)
    case .drawing, .plot, .value, .printed, .table, .names, .explanation, .check, .diagnostic: nil
    }
  }

  private static func write(_ drawing: GraphDrawing, to path: String) -> Problem? {
    let formats = ["svg", "png", "pdf"]
    let ending = ending(of: path)
    guard ending == "dot" || ending == "html" || formats.contains(ending) else {
      return .unknownEnding(path: path, allowed: [".html", ".dot", ".svg", ".png", ".pdf"])
    }
    if ending == "html" {
      return written(to: path) { file throws(WritingFailure) in
        try file.write(Array(GraphHTML().text(of: drawing).utf8))
      }
    }
    let text = Array(GraphDOT().text(of: drawing).utf8)
    // Graphviz takes minutes for what its layout was not made for.
    if ending == "svg", drawing.values.count > graphvizLimit { return writeOwn(drawing, to: path) }
    let problem = written(to: path) { file throws(WritingFailure) in
      if ending == "dot" {
        try file.write(text)
      } else {
        try Graphviz.draw(text, as: ending, into: file)
      }
    }
    // Of the pictures this one can be drawn without Graphviz.
    guard ending == "svg", !Interruption.request.isRequested else { return problem }
    switch problem {
    case .noDrawingProgram?, .drawingProgramFailed?: return writeOwn(drawing, to: path)
    case _: return problem
    }
  }

  /// Larger graphs are laid out by ourselves.
  private static let graphvizLimit = 300

  private static func writeOwn(_ drawing: GraphDrawing, to path: String) -> Problem? {
    written(to: path) { file throws(WritingFailure) in
      try file.write(Array(GraphSVG().text(of: drawing).utf8))
    }
  }

  private static func write(_ plot: PlotData, to path: String) -> Problem? {
    let ending = ending(of: path)
    guard ending == "svg" || Gnuplot.formats.contains(ending) else {
      return .unknownEnding(path: path, allowed: [".svg", ".png", ".pdf"])
    }
    return written(to: path) { file throws(WritingFailure) in
      if ending == "svg" {
        try file.write(Array(PlotSVG().text(of: plot).utf8))
      } else {
        try Gnuplot.draw(plot, as: ending, into: file)
      }
    }
  }

  private static func ending(of path: String) -> String {
    let name = path.split(separator: "/").last ?? ""
    guard let dot = name.lastIndex(of: "."), dot != name.startIndex else { return "" }
    return name[name.index(after: dot)...].lowercased()
  }

  private static func written(
    to path: String, _ body: (borrowing ReplacementFile) throws(WritingFailure) -> Void
  ) -> Problem? {
    do throws(WritingFailure) {
      let file = try ReplacementFile(for: path)
      try body(file)
      try file.replace()
      return nil
    } catch {
      switch error {
      case .system(let error): return .unwritableFile(path: path, reason: error.reason)
      case .refused(let reason): return .unwritableFile(path: path, reason: reason)
      case .noProgram(let program): return .noDrawingProgram(program, path: path)
      case .program(let program, let reason):
        return .drawingProgramFailed(program, path: path, reason: reason)
      }
    }
  }
}

/// Why a drawing could not be written.
enum WritingFailure: Error {
  case system(SystemError)
  /// What the path names is not written to.
  case refused(String)
  /// The program that draws is not there.
  case noProgram(Problem.DrawingProgram)
  /// It was there, and failed.
  case program(Problem.DrawingProgram, reason: String)

  /// The reason in words.
  var reason: String {
    switch self {
    case .system(let error): error.reason
    case .refused(let reason): reason
    case .noProgram(let program): "there is no program `\(program.rawValue)`"
    case .program(_, let reason): reason
    }
  }
}
