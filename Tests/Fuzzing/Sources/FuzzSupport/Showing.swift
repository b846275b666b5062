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
  private static let numberLimit = 5000

  let format: NumberFormat

  func show(_ output: Output) {
    guard Showing.size(of: output) <= Showing.numberLimit else { return }
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

  /// How many numbers it shows, about.
  private static func size(of output: Output) -> Int {
    switch output {
    case .value(let value, _): size(of: value)
    case .printed(let text, let values): text.utf8.count / 8 + values.map(size).reduce(0, +)
    case .table(let table), .names(let table): table.rows.map { size(of: $0.value) }.reduce(0, +)
    case .drawing(let drawing, _), .explanation(let drawing, _): drawing.values.count
    case .plot(let plot, _): plot.curves.map(\.ys.count).reduce(0, +)
    case .check, .diagnostic: 0
    }
  }

  private static func size(of value: ShownValue) -> Int {
    switch value {
    case .array(let array): array.numbers.count
    case .table(_, let columns): columns.map(\.count).reduce(0, +)
    case .string(let text), .function(let text): text.utf8.count / 8
    case .number, .nothing: 1
    }
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
