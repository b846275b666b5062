public import GradLanguage

/// A plot as a script for gnuplot, which draws it to its standard output.
public struct GnuplotScript: Sendable {
  private let format: String

  /// A script that draws a format: `png` or `pdf`.
  public init(_ format: String) { self.format = format }

  /// The text of the script; the points stand in it.
  public func text(of plot: PlotData) -> String {
    var script = head(plot)
    guard let layout = PlotLayout(plot, tickCount: 6) else {
      let reason = GnuplotScript.quoted(PlotLayout.emptiness(of: plot))
      script += "unset tics\nunset key\nset label 1 \(reason) at graph 0.5, graph 0.5 center\n"
      return script + "plot [0:1] [0:1] NaN notitle\n"
    }
    script += "set xrange [\(range(layout.xs))]\nset yrange [\(range(layout.ys))]\n"
    var elements: [String] = []
    for (index, tangent) in layout.tangents.enumerated() {
      let (from, to) = tangent.ends ?? (tangent.contact, tangent.contact)
      script += block("t\(index)", [[from, to]]) + block("c\(index)", [[tangent.contact]])
      let color = color(plot.curves.count + index)
      let title = title(plot.tangents[index].label)
      elements.append("$t\(index) with lines dashtype 2 linewidth 1.5 \(color) title \(title)")
      elements.append("$c\(index) with points pointtype 7 pointsize 1.2 \(color) notitle")
    }
    var curves: [String] = []
    for (index, curve) in plot.curves.enumerated() {
      let (name, label, color) = ("l\(index)", title(curve.label), color(index))
      switch plot.kind {
      case .line:
        script += block(name, layout.runs[index])
        curves.append("$\(name) with lines linewidth 2 \(color) title \(label)")
        guard !layout.dots[index].isEmpty else { continue }
        script += block("d\(index)", [layout.dots[index]])
        curves.append("$d\(index) with points pointtype 7 pointsize 0.8 \(color) notitle")
      case .points:
        script += block(name, [layout.dots[index]])
        curves.append("$\(name) with points pointtype 7 pointsize 0.8 \(color) title \(label)")
      }
    }
    return script + "plot \((curves + elements).joined(separator: ", \\\n  "))\n"
  }

  private func head(_ plot: PlotData) -> String {
    let terminal =
      format == "pdf"
      ? "pdfcairo size 18cm,12cm noenhanced font 'Sans,10'"
      : "pngcairo size 900,600 noenhanced font 'Sans,11'"
    var lines = [
      "set encoding utf8", "set terminal \(terminal)",
      "set grid linecolor rgb '#dddddd' linetype 1", "set tics nomirror",
      "set xzeroaxis linetype 1 linecolor rgb '#888888'",
      "set yzeroaxis linetype 1 linecolor rgb '#888888'",
      "set key tmargin left Left reverse vertical", "set samples 2",
    ]
    if let title = plot.title { lines.append("set title \(self.title(title))") }
    let across = plot.xLabel ?? plot.variable
    if !across.isEmpty { lines.append("set xlabel \(title(across))") }
    if let label = plot.yLabel { lines.append("set ylabel \(title(label))") }
    return lines.joined(separator: "\n") + "\n"
  }

  /// Points as a named block of data, a blank line between runs; without any a point that is none.
  private func block(_ name: String, _ runs: [[PlotLayout.Point]]) -> String {
    var lines = "$\(name) << END\n"
    if !runs.contains(where: { !$0.isEmpty }) { lines += "NaN NaN\n" }
    for (index, run) in runs.enumerated() {
      if index > 0 { lines += "\n" }
      for point in run { lines += "\(number(point.x)) \(number(point.y))\n" }
    }
    return lines + "END\n"
  }

  private func range(_ range: ClosedRange<Double>) -> String {
    "\(number(range.lowerBound)):\(number(range.upperBound))"
  }

  private func number(_ value: Double) -> String { NumberFormat.shortest.text(value) }

  private func color(_ curve: Int) -> String {
    "linecolor rgb '\(PlotColors.light[PlotColors.index(curve)])'"
  }

  private func title(_ text: String) -> String {
    GnuplotScript.quoted(PlotLabel.line(text, columns: 90))
  }

  /// A text in single quotes, between which gnuplot takes every character as it is; a quote itself is
  /// joined to the rest, because a doubled one is misread where it is all there is.
  private static func quoted(_ text: String) -> String {
    VisibleText.line(text).split(separator: "'", omittingEmptySubsequences: false)
      .map { "'\($0)'" }.joined(separator: ".\"'\".")
  }
}
