import Foundation
import GradLanguage
import Rendering

/// Shows outputs in all forms that there are.
struct Showing {
  private static let pages = [
    Page(), Page(columns: 20, rows: 5, breaksLines: true, isUnicode: false),
    Page(columns: 100, rows: 30, isWindow: false, isColored: true),
  ]
  /// Larger drawings take their time, and have nothing that smaller ones have not.
  private static let drawingLimit = 150

  let format: NumberFormat

  func show(_ output: Output) {
    for page in Showing.pages { _ = OutputRenderer(format: format, page: page).render(output) }
    Showing.expectJSON(JSONLines.line(output))
    switch output {
    case .drawing(let drawing, _): draw(drawing)
    case .plot(let plot, _):
      _ = PlotSVG().text(of: plot)
      _ = GnuplotScript("png").text(of: plot)
      Showing.show(.plot(plot, to: nil), format)
    case .value, .printed, .table, .names, .explanation, .check, .diagnostic: break
    }
  }

  static func show(_ diagnostic: Diagnostic) {
    _ = DiagnosticRenderer().render(diagnostic)
    _ = DiagnosticRenderer(lineLimit: 20, columns: 24).render(diagnostic)
    expectJSON(JSONLines.line(diagnostic))
    expect(diagnostic.primary.range.end <= diagnostic.source.bytes.count + 1, "\(diagnostic)")
    expect(!diagnostic.message.isEmpty, "a diagnostic without a message")
  }

  private static func show(_ output: Output, _ format: NumberFormat) {
    for page in pages { _ = OutputRenderer(format: format, page: page).render(output) }
  }

  private func draw(_ drawing: GraphDrawing) {
    guard drawing.values.count <= Showing.drawingLimit else { return }
    _ = GraphDOT().text(of: drawing)
    _ = GraphSVG().text(of: drawing)
    _ = GraphHTML().text(of: drawing)
    Showing.show(.drawing(drawing, to: nil), format)
  }

  private static func expectJSON(_ line: String) {
    expect(!line.contains("\n"), "more than one line: \(line)")
    let value = try? JSONSerialization.jsonObject(with: Data(line.utf8))
    expect(value is [String: Any], "not JSON: \(line)")
  }
}
