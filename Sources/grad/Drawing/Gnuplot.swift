import GradLanguage
import Rendering

/// The program `gnuplot`, where it is installed.
enum Gnuplot {
  /// The endings of what it draws.
  static let formats = ["png", "pdf"]

  /// Lets it draw a plot into a file, whatever the user's own settings of it are.
  static func draw(
    _ plot: PlotData, as format: String, into file: borrowing ReplacementFile
  ) throws(WritingFailure) {
    let program = Problem.DrawingProgram.gnuplot
    guard plot.curves.allSatisfy({ isDrawable($0.xs) && isDrawable($0.ys) }) else {
      throw .program(program, reason: "its numbers end at 8.9e307; a `.svg` file shows larger ones")
    }
    let script = Array(GnuplotScript(format).text(of: plot).utf8)
    try program.draw(script, arguments: ["--default-settings"], ending: format, into: file)
  }

  /// Whether gnuplot can tell numbers from infinity: half the largest double is that to it.
  private static func isDrawable(_ numbers: [Double]) -> Bool {
    numbers.allSatisfy { !$0.isFinite || $0.magnitude <= 8.9e307 }
  }
}
