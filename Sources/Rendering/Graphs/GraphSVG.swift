public import GradLanguage

/// A graph as an SVG file of its own, with our own layout: for where Graphviz is not installed.
public struct GraphSVG: Sendable {
  /// Makes SVG.
  public init() {}

  private static let margin = 16.0
  private static let boxHeight = 26.0
  private static let operationGap = 16.0
  /// A letter of the drawing's font takes about so much.
  private static let letterWidth = 7.2

  /// A value as it is drawn: its operation in a circle, then the fields of its box.
  private struct Box {
    let value: GraphDrawing.Value
    let fields: [String]
    let widths: [Double]
    let operationWidth: Double

    var width: Double {
      widths.reduce(0, +) + (operationWidth > 0 ? operationWidth + operationGap : 0)
    }
    /// Where the box begins, right of the operation.
    var inset: Double { operationWidth > 0 ? operationWidth + operationGap : 0 }
  }

  /// The text of an `.svg` file.
  public func text(of drawing: GraphDrawing) -> String {
    let boxes = drawing.values.map(GraphSVG.box)
    let edges = drawing.values.enumerated().flatMap { index, value in
      value.operands.map { GraphLayout.Edge(from: $0, to: index) }
    }
    let layout = GraphLayout(
      boxes.map { GraphLayout.Size(width: $0.width, height: GraphSVG.boxHeight) }, edges)
    let more = drawing.omitted > 0 ? 28.0 : 0
    let width = number(layout.size.width + 2 * GraphSVG.margin)
    let height = number(layout.size.height + 2 * GraphSVG.margin + more)
    var text = """
      <svg xmlns="http://www.w3.org/2000/svg" width="\(width)" height="\(height)" \
      viewBox="0 0 \(width) \(height)" font-family="Helvetica, Arial, sans-serif" font-size="12">
      <style>
      .box { fill: #ffffff; stroke: #333333 } .leaf { fill: #e8f1fb } .stale { stroke-dasharray: 4 3 }
      .constant { fill: #ffffff; stroke: #999999 } .wire { fill: none; stroke: #777777 }
      text { fill: #111111; text-anchor: middle } .faint { fill: #777777 } .page { fill: #ffffff }
      .tip { fill: #777777 }
      @media (prefers-color-scheme: dark) {
      .page, .box, .constant { fill: #16191d } .box { stroke: #b8c0c8 } .leaf { fill: #1d3147 }
      text { fill: #e6e9ec } .faint { fill: #9aa3ab } .wire { stroke: #8a939b } .tip { fill: #8a939b }
      }
      </style>
      <marker id="tip" viewBox="0 0 8 8" refX="8" refY="4" markerWidth="7" markerHeight="7" \
      orient="auto"><path class="tip" d="M0 0L8 4L0 8z"/></marker>
      <rect class="page" width="100%" height="100%"/>
      <g transform="translate(\(number(GraphSVG.margin)) \(number(GraphSVG.margin)))">

      """
    var uses: [Int: Int] = [:]
    for (edge, bends) in zip(edges, layout.bends) {
      // A value that is used twice by one operation reaches it on two wires.
      let pair = edge.from * boxes.count + edge.to
      uses[pair, default: -1] += 1
      text += wire(edge, bends, boxes, layout, bow: Double(uses[pair] ?? 0) * 9)
    }
    for (box, corner) in zip(boxes, layout.corners) { text += draw(box, at: corner) }
    if drawing.omitted > 0 {
      let y = number(layout.size.height + 24)
      text +=
        "<text class=\"faint\" x=\"0\" y=\"\(y)\" style=\"text-anchor: start\">"
        + "\(drawing.omitted) more values are not drawn</text>\n"
    }
    return text + "</g>\n</svg>\n"
  }

  private static func box(_ value: GraphDrawing.Value) -> Box {
    var fields: [String] = []
    if value.kind == .constant {
      fields = [BoxNumber.data(of: value)]
    } else {
      if value.label != nil { fields.append(VisibleText.line(value.name)) }
      fields.append("data " + BoxNumber.data(of: value) + (value.isStale ? " stale" : ""))
      fields.append(
        "grad " + BoxNumber.gradient(of: value) + (value.isGradientStale ? " stale" : ""))
    }
    let widths = fields.map { Double(DisplayWidth.of($0)) * letterWidth + 14 }
    let operation = value.kind == .result ? VisibleText.line(value.operation) : ""
    let operationWidth =
      operation.isEmpty ? 0 : max(Double(DisplayWidth.of(operation)) * letterWidth + 12, 26)
    return Box(value: value, fields: fields, widths: widths, operationWidth: operationWidth)
  }

  private func draw(_ box: Box, at corner: GraphLayout.Point) -> String {
    let height = GraphSVG.boxHeight
    let middle = corner.y + height / 2
    let baseline = number(middle + 4)
    var text = ""
    if box.operationWidth > 0 {
      let center = number(corner.x + box.operationWidth / 2)
      text += """
        <ellipse class="box" cx="\(center)" cy="\(number(middle))" \
        rx="\(number(box.operationWidth / 2))" ry="12"/>\
        <text x="\(center)" y="\(baseline)">\(SVGText.escaped(box.value.operation))</text>
        <path class="wire" marker-end="url(#tip)" \
        d="M\(number(corner.x + box.operationWidth)) \(number(middle))h\(number(GraphSVG.operationGap))"/>

        """
    }
    let isStale = box.value.isStale || box.value.isGradientStale
    let kind = ["leaf": " leaf", "constant": " constant"][box.value.kind.rawValue] ?? ""
    var x = corner.x + box.inset
    text += """
      <rect class="box\(kind)\(isStale ? " stale" : "")" x="\(number(x))" y="\(number(corner.y))" \
      width="\(number(box.widths.reduce(0, +)))" height="\(number(height))"/>

      """
    for (field, width) in zip(box.fields, box.widths) {
      if x > corner.x + box.inset {
        text += "<path class=\"wire\" d=\"M\(number(x)) \(number(corner.y))v\(number(height))\"/>"
      }
      text += "<text x=\"\(number(x + width / 2))\" y=\"\(baseline)\""
      text += (box.value.kind == .constant ? " class=\"faint\"" : "") + ">"
      text += SVGText.escaped(field) + "</text>\n"
      x += width
    }
    return text
  }

  /// A smooth line from the right of an operand's box to the left of a result's operation.
  private func wire(
    _ edge: GraphLayout.Edge, _ bends: [GraphLayout.Point], _ boxes: [Box], _ layout: GraphLayout,
    bow: Double
  ) -> String {
    let from = layout.corners[edge.from]
    let to = layout.corners[edge.to]
    let half = GraphSVG.boxHeight / 2
    var points = [GraphLayout.Point(x: from.x + boxes[edge.from].width, y: from.y + half)]
    points.append(GraphLayout.Point(x: layout.spans[edge.from].upperBound, y: from.y + half))
    points += bends
    points.append(GraphLayout.Point(x: layout.spans[edge.to].lowerBound, y: to.y + half))
    points.append(GraphLayout.Point(x: to.x, y: to.y + half))
    var path = "M\(number(points[0].x)) \(number(points[0].y))"
    for (a, b) in zip(points, points.dropFirst()) where a != b {
      let bend = number((a.x + b.x) / 2)
      path += "C\(bend) \(number(a.y + bow)) \(bend) \(number(b.y + bow)) "
      path += "\(number(b.x)) \(number(b.y))"
    }
    return "<path class=\"wire\" marker-end=\"url(#tip)\" d=\"\(path)\"/>\n"
  }

  private func number(_ value: Double) -> String {
    NumberFormat.significant(9).text((value * 10).rounded() / 10)
  }
}
