import GradLanguage

/// Gradients beside the slopes that differences find, a line for each leaf.
///
///     name    grad    slope
///     a          6        6    ok
struct CheckText {
  private let format: NumberFormat

  init(_ format: NumberFormat) { self.format = format }

  /// The report as a table.
  func render(_ report: CheckReport) -> StyledText {
    guard !report.rows.isEmpty else {
      return StyledText("(\(report.root) depends on no leaf)")
    }
    let columns = [
      TableColumn("name", report.rows.map { TableCell(VisibleText.line($0.name)) }),
      TableColumn(
        "grad", report.rows.map { TableCell(number: format.text($0.gradient)) }, .gradient),
      TableColumn(
        "slope",
        report.rows.map { TableCell(number: $0.slope.map(CheckText.rounded(format, $0)) ?? "–") }),
      TableColumn("", report.rows.map { TableCell(VisibleText.line($0.detail)) }),
    ]
    var text = TableRenderer.line(columns) { $0.headerCell }
    for row in report.rows.indices {
      text.append("\n")
      text.append(TableRenderer.line(columns) { $0.cell(row) })
    }
    return text
  }

  /// Differences have about ten digits that mean something; where they agree with the gradient more
  /// would only distract.
  private static func rounded(
    _ format: NumberFormat, _ row: CheckReport.Row
  ) -> (Double) -> String {
    { slope in
      let size = max(slope.magnitude, row.gradient.magnitude)
      return slope.isFinite && (slope - row.gradient).magnitude <= 1e-8 * size
        ? format.text(row.gradient) : NumberFormat.significant(8).text(slope)
    }
  }
}
