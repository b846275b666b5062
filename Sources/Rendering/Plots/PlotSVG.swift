public import GradLanguage

/// Curves as an SVG file of its own: no other file or program is needed to see it.
public struct PlotSVG: Sendable {
  /// Makes SVG.
  public init() {}

  private static let size = (width: 720.0, height: 440.0)
  private static let margin = (left: 76.0, right: 24.0, bottom: 52.0)
  private static let colors = ["#1f6fb4", "#d1493f", "#2f9155", "#8a55b5", "#0f8f9c", "#b9770e"]

  /// The text of an `.svg` file.
  public func text(of plot: PlotData) -> String {
    let (width, height) = PlotSVG.size
    let top = 20.0 + 20 * Double(plot.curves.count)
    let area = (
      width: width - PlotSVG.margin.left - PlotSVG.margin.right,
      height: height - top - PlotSVG.margin.bottom
    )
    var text = """
      <svg xmlns="http://www.w3.org/2000/svg" width="\(Int(width))" height="\(Int(height))" \
      viewBox="0 0 \(Int(width)) \(Int(height))" font-family="Helvetica, Arial, sans-serif" \
      font-size="13">
      <rect width="100%" height="100%" fill="white"/>
      <clipPath id="area"><rect width="\(number(area.width))" height="\(number(area.height))"/></clipPath>

      """
    for (index, curve) in plot.curves.enumerated() { text += legend(index, curve.label) }
    text += "<g transform=\"translate(\(number(PlotSVG.margin.left)) \(number(top)))\">\n"
    if let layout = PlotLayout(plot, tickCount: 6) {
      let scale = PlotScale(layout: layout, width: area.width, height: area.height)
      text += axes(layout, scale, plot.variable) + curves(layout, scale)
    } else {
      text += "<text>no point has finite coordinates</text>\n"
    }
    return text + "</g>\n</svg>\n"
  }

  private func legend(_ index: Int, _ label: String) -> String {
    let y = 20 + 20 * index
    let color = PlotSVG.colors[index % PlotSVG.colors.count]
    return """
      <line x1="76" y1="\(y)" x2="100" y2="\(y)" stroke="\(color)" stroke-width="2"/>\
      <text x="108" y="\(y + 4)">\(PlotSVG.escaped(label))</text>

      """
  }

  /// Thin lines at round numbers, the numbers, and darker lines at 0.
  private func axes(_ layout: PlotLayout, _ scale: PlotScale, _ variable: String) -> String {
    let (width, height) = (number(scale.width), number(scale.height))
    var text = "<g stroke=\"#dddddd\">\n"
    let across = AxisTicks(from: layout.xs.lowerBound, to: layout.xs.upperBound, about: 8)
    let up = AxisTicks(from: layout.ys.lowerBound, to: layout.ys.upperBound, about: 6)
    func stroke(_ value: Double) -> String { value == 0 ? " stroke=\"#888888\"" : "" }
    for value in across.values {
      let x = number(scale.column(value))
      text += "<line x1=\"\(x)\" y1=\"0\" x2=\"\(x)\" y2=\"\(height)\"\(stroke(value))/>\n"
    }
    for value in up.values {
      let y = number(scale.row(value))
      text += "<line x1=\"0\" y1=\"\(y)\" x2=\"\(width)\" y2=\"\(y)\"\(stroke(value))/>\n"
    }
    text += "</g>\n<g fill=\"#444444\" text-anchor=\"middle\">\n"
    for value in across.values {
      let x = number(scale.column(value))
      text += "<text x=\"\(x)\" y=\"\(number(scale.height + 20))\">\(across.text(value))</text>\n"
    }
    text +=
      "<text x=\"\(number(scale.width / 2))\" y=\"\(number(scale.height + 42))\">"
      + "\(PlotSVG.escaped(variable))</text>\n</g>\n<g fill=\"#444444\" text-anchor=\"end\">\n"
    for value in up.values {
      let y = number(scale.row(value) + 4)
      text += "<text x=\"-8\" y=\"\(y)\">\(up.text(value))</text>\n"
    }
    return text + "</g>\n"
  }

  private func curves(_ layout: PlotLayout, _ scale: PlotScale) -> String {
    var text = "<g clip-path=\"url(#area)\" fill=\"none\" stroke-width=\"2\" "
    text += "stroke-linejoin=\"round\" stroke-linecap=\"round\">\n"
    for (index, runs) in layout.runs.enumerated() {
      let color = PlotSVG.colors[index % PlotSVG.colors.count]
      for run in runs {
        let points = run.map { point in
          "\(number(scale.column(point.x))) \(number(scale.row(point.y)))"
        }
        if points.count == 1 {
          let parts = points[0].split(separator: " ")
          text += "<circle cx=\"\(parts[0])\" cy=\"\(parts[1])\" r=\"3\" fill=\"\(color)\"/>\n"
        } else {
          text += "<path stroke=\"\(color)\" d=\"M\(points.joined(separator: "L"))\"/>\n"
        }
      }
    }
    return text + "</g>\n"
  }

  /// A coordinate: two decimals, and none that viewers cannot read.
  private func number(_ value: Double) -> String {
    let bounded = min(max(value, -1e6), 1e6)
    return NumberFormat.significant(9).text((bounded * 100).rounded() / 100)
  }

  private static func escaped(_ text: String) -> String {
    var result = ""
    for character in VisibleText.line(text) {
      switch character {
      case "&": result += "&amp;"
      case "<": result += "&lt;"
      case ">": result += "&gt;"
      case "\"": result += "&quot;"
      case _: result.append(character)
      }
    }
    return result
  }
}
