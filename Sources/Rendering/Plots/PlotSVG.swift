public import GradLanguage

/// Curves as an SVG file of its own: no other file or program is needed to see it.
///
/// It is dark where the reader's windows are; whoever knows no style sheets shows the light one.
public struct PlotSVG: Sendable {
  /// Makes SVG.
  public init() {}

  private static let width = 720.0
  /// The height of the area inside the axes; words stand above and below it.
  private static let areaHeight = 348.0
  private static let right = 24.0
  private static let bottom = 52.0
  /// About how wide a character of the tick labels is, and how many of a long label fit in a line.
  private static let digitWidth = 7.4
  private static let labelColumns = 84

  /// The text of an `.svg` file.
  public func text(of plot: PlotData) -> String {
    let top = (plot.title == nil ? 20.0 : 48) + 20 * Double(plot.labels.count)
    let height = top + PlotSVG.areaHeight + PlotSVG.bottom
    let layout = PlotLayout(plot, tickCount: 6)
    let up = layout.map { AxisTicks(from: $0.ys.lowerBound, to: $0.ys.upperBound, about: 6) }
    let digits = Double(up?.values.map { up?.text($0).count ?? 0 }.max() ?? 0)
    let left = max(48, 20 + digits * PlotSVG.digitWidth) + (plot.yLabel == nil ? 0 : 22)
    let area = (width: PlotSVG.width - left - PlotSVG.right, height: PlotSVG.areaHeight)
    var text = head(height, area.width) + title(plot.title)
    for index in plot.labels.indices { text += legend(index, plot, left) }
    text += "<g transform=\"translate(\(number(left)) \(number(top)))\">\n"
    if let layout, let up {
      let scale = PlotScale(layout: layout, width: area.width, height: area.height)
      text += axes(scale, up, across: plot.xLabel ?? plot.variable)
      text += axisLabel(plot.yLabel, x: -left + 18)
      text += curves(scale) + dots(scale) + tangents(scale, plot) + contacts(scale, plot)
    } else {
      let reason = SVGText.escaped(PlotLayout.emptiness(of: plot))
      text += "<text class=\"word\" fill=\"#222222\">\(reason)</text>\n"
    }
    return text + "</g>\n</svg>\n"
  }

  // MARK: Around the plot

  private func head(_ height: Double, _ areaWidth: Double) -> String {
    let size = "\(Int(PlotSVG.width))\" height=\"\(Int(height))\""
    let colors = PlotColors.dark.enumerated().map { index, color in
      ".line\(index) { stroke: \(color) } .dot\(index) { fill: \(color) }"
    }
    return """
      <svg xmlns="http://www.w3.org/2000/svg" width="\(size) \
      viewBox="0 0 \(Int(PlotSVG.width)) \(Int(height))" \
      font-family="Helvetica, Arial, sans-serif" font-size="13">
      <style>
      @media (prefers-color-scheme: dark) {
      .page { fill: #15171a } .word { fill: #d6d9de } .number { fill: #b4b9c1 }
      .rule { stroke: #33373d } .zero { stroke: #7d838c }
      \(colors.joined(separator: "\n"))
      }
      </style>
      <rect class="page" width="100%" height="100%" fill="white"/>
      <clipPath id="area"><rect width="\(number(areaWidth))" \
      height="\(number(PlotSVG.areaHeight))"/></clipPath>

      """
  }

  private func title(_ title: String?) -> String {
    guard let title else { return "" }
    let line = PlotLabel.line(title, columns: PlotSVG.labelColumns * 4 / 5)
    return """
      <text class="word" x="\(number(PlotSVG.width / 2))" y="28" text-anchor="middle" \
      font-size="16" font-weight="bold" fill="#222222">\(SVGText.escaped(line))</text>

      """
  }

  private func legend(_ index: Int, _ plot: PlotData, _ left: Double) -> String {
    let y = (plot.title == nil ? 20 : 48) + 20 * Double(index)
    let label = PlotLabel.line(plot.labels[index], columns: PlotSVG.labelColumns)
    var mark = stroked(
      "line",
      "x1=\"\(number(left))\" y1=\"\(number(y))\" x2=\"\(number(left + 24))\" "
        + "y2=\"\(number(y))\" stroke-width=\"2\"", index, isDashed: index >= plot.curves.count)
    if plot.kind == .points, index < plot.curves.count {
      mark = circle(number(left + 12), number(y), 3, index)
    }
    return """
      \(mark)<text class="word" x="\(number(left + 32))" y="\(number(y + 4))" \
      fill="#222222">\(SVGText.escaped(label))</text>

      """
  }

  private func axisLabel(_ label: String?, x: Double) -> String {
    guard let label else { return "" }
    let line = SVGText.escaped(PlotLabel.line(label, columns: 50))
    return """
      <text class="number" text-anchor="middle" fill="#444444" transform="translate(\(number(x)) \
      \(number(PlotSVG.areaHeight / 2))) rotate(-90)">\(line)</text>

      """
  }

  /// Thin lines at round numbers, the numbers, and darker lines at 0.
  private func axes(_ scale: PlotScale, _ up: AxisTicks, across label: String) -> String {
    let (width, height) = (number(scale.width), number(scale.height))
    let xs = scale.layout.xs
    let across = AxisTicks(from: xs.lowerBound, to: xs.upperBound, about: 6)
    func style(_ value: Double) -> String {
      value == 0 ? "class=\"zero\" stroke=\"#888888\"" : "class=\"rule\" stroke=\"#dddddd\""
    }
    var text = ""
    for value in across.values {
      let x = number(scale.column(value))
      text += "<line \(style(value)) x1=\"\(x)\" y1=\"0\" x2=\"\(x)\" y2=\"\(height)\"/>\n"
    }
    for value in up.values {
      let y = number(scale.row(value))
      text += "<line \(style(value)) x1=\"0\" y1=\"\(y)\" x2=\"\(width)\" y2=\"\(y)\"/>\n"
    }
    text += "<g class=\"number\" fill=\"#444444\" text-anchor=\"middle\">\n"
    for value in across.values {
      let x = number(scale.column(value))
      text += "<text x=\"\(x)\" y=\"\(number(scale.height + 20))\">\(across.text(value))</text>\n"
    }
    let line = SVGText.escaped(PlotLabel.line(label, columns: PlotSVG.labelColumns))
    text +=
      "<text x=\"\(number(scale.width / 2))\" y=\"\(number(scale.height + 42))\">\(line)</text>\n"
    text += "</g>\n<g class=\"number\" fill=\"#444444\" text-anchor=\"end\">\n"
    for value in up.values {
      let y = number(scale.row(value) + 4)
      text += "<text x=\"-8\" y=\"\(y)\">\(up.text(value))</text>\n"
    }
    return text + "</g>\n"
  }

  // MARK: Curves

  private func curves(_ scale: PlotScale) -> String {
    var text = "<g clip-path=\"url(#area)\" fill=\"none\" stroke-width=\"2\" "
    text += "stroke-linejoin=\"round\" stroke-linecap=\"round\">\n"
    for (index, runs) in scale.layout.runs.enumerated() {
      for run in runs where run.count > 1 {
        var points: [String] = []
        for point in run {
          let place = place(scale.place(point))
          // Points that fall together are one: a million of them make no larger picture.
          if points.last != place { points.append(place) }
        }
        text += stroked("path", "d=\"M\(points.joined(separator: "L"))\"", index) + "\n"
      }
    }
    return text + "</g>\n"
  }

  /// Points that stand for themselves; of those within one hundredth of the area's dots, one.
  private func dots(_ scale: PlotScale) -> String {
    var text = ""
    for (index, points) in scale.layout.dots.enumerated() {
      var drawn: Set<Int> = []
      for point in points {
        let place = scale.place(point)
        guard scale.clipped(place, place) != nil else { continue }
        let pixel = Int(place.row.rounded()) * 1000 + Int(place.column.rounded())
        guard points.count < PlotSVG.exactDots || drawn.insert(pixel).inserted else { continue }
        text += circle(number(place.column), number(place.row), 3, index) + "\n"
      }
    }
    return text
  }

  /// From so many dots on those that fall into the same pixel are drawn once.
  private static let exactDots = 5000

  private func tangents(_ scale: PlotScale, _ plot: PlotData) -> String {
    var text = "<g clip-path=\"url(#area)\">\n"
    for (index, tangent) in scale.layout.tangents.enumerated() {
      guard let ends = tangent.ends else { continue }
      let path = "d=\"M\(place(scale.place(ends.0)))L\(place(scale.place(ends.1)))\""
      let element = stroked(
        "path", path + " stroke-width=\"1.6\"", plot.curves.count + index, isDashed: true)
      text += element + "\n"
    }
    return text + "</g>\n"
  }

  private func contacts(_ scale: PlotScale, _ plot: PlotData) -> String {
    var text = ""
    for (index, tangent) in scale.layout.tangents.enumerated() {
      let place = scale.place(tangent.contact)
      guard scale.clipped(place, place) != nil else { continue }
      text += circle(number(place.column), number(place.row), 4.5, plot.curves.count + index) + "\n"
    }
    return text
  }

  // MARK: Elements

  private func stroked(
    _ element: String, _ attributes: String, _ curve: Int, isDashed: Bool = false
  ) -> String {
    let index = PlotColors.index(curve)
    let dashes = isDashed ? " stroke-dasharray=\"7 5\"" : ""
    return "<\(element) class=\"line\(index)\" stroke=\"\(PlotColors.light[index])\"\(dashes) "
      + "\(attributes)/>"
  }

  private func circle(_ x: String, _ y: String, _ radius: Double, _ curve: Int) -> String {
    let index = PlotColors.index(curve)
    return "<circle class=\"dot\(index)\" cx=\"\(x)\" cy=\"\(y)\" r=\"\(number(radius))\" "
      + "fill=\"\(PlotColors.light[index])\"/>"
  }

  private func place(_ place: PlotScale.Place) -> String {
    "\(number(place.column)) \(number(place.row))"
  }

  /// A coordinate: two decimals, and none that viewers cannot read.
  private func number(_ value: Double) -> String {
    let bounded = min(max(value, -1e6), 1e6)
    return NumberFormat.significant(9).text((bounded * 100).rounded() / 100)
  }
}
