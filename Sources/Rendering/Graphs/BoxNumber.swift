import GradLanguage

/// Numbers in the boxes of drawings, as the field's notebooks have them: `4.0000`.
enum BoxNumber {
  /// Four decimals; in scientific form what they would not show.
  static func text(_ number: Double) -> String {
    if number == 0 { return "0.0000" }
    let isOrdinary = (5e-5..<1e15).contains(number.magnitude) || !number.isFinite
    return NumberFormat.fixed(width: 0, decimals: 4, style: isOrdinary ? .f : .e).text(number)
  }

  /// A gradient; `–` for one that was never computed.
  static func text(gradient: Double?, isUnicode: Bool = true) -> String {
    gradient.map(text) ?? (isUnicode ? "–" : "-")
  }
}
