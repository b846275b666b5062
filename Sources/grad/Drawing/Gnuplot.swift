import GradLanguage
import Rendering

/// The program `gnuplot`, where it is installed.
enum Gnuplot {
  /// The endings of what it draws.
  static let formats = ["png", "pdf"]

  /// Lets it draw a plot into a file, whatever the user's own settings of it are.
  static func draw(
    _ plot: PlotData, as format: String, into file: borrowing ReplacementFile
  ) throws(DrawingFailure) {
    let program = Problem.DrawingProgram.gnuplot
    let script = Array(GnuplotScript(format).text(of: plot).utf8)
    try program.draw(script, arguments: ["--default-settings"], ending: format, into: file)
  }
}
