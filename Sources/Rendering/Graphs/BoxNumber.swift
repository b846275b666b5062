import GradLanguage

/// Numbers in the boxes of drawings, as the field's notebooks have them: `4.0000`.
enum BoxNumber {
  /// Four decimals; in scientific form what they would not show.
  static func text(_ number: Double) -> String {
    if number == 0 { return "0.0000" }
    let isOrdinary = (5e-5..<1e15).contains(number.magnitude) || !number.isFinite
    return NumberFormat.fixed(width: 0, decimals: 4, style: isOrdinary ? .f : .e).text(number)
  }

  /// A value's data: of an array the first and last numbers, and the shape where not all are shown.
  static func data(of value: GraphDrawing.Value) -> String {
    text(value.numbers, value.shape)
  }

  /// A value's gradient.
  static func gradient(of value: GraphDrawing.Value, isUnicode: Bool = true) -> String {
    guard let gradients = value.gradients, !value.shape.isEmpty else {
      return text(gradient: value.gradient, isUnicode: isUnicode)
    }
    return text(gradients, value.shape)
  }

  /// A value's data where there is little room: of an array the first number and the shape.
  static func shortData(of value: GraphDrawing.Value) -> String {
    guard value.numbers.count > 1, let first = value.numbers.first else { return data(of: value) }
    return shortText(first) + " " + ArrayText.shapeText(value.shape)
  }

  /// A value's gradient where there is little room: of an array the first number.
  static func shortGradient(of value: GraphDrawing.Value, isUnicode: Bool) -> String {
    guard let gradients = value.gradients, gradients.count > 1 else {
      return gradient(of: value, isUnicode: isUnicode)
    }
    return shortText(gradients[0])
  }

  private static func shortText(_ first: Double) -> String {
    "[\(NumberFormat.significant(4).text(first)), …]"
  }

  private static func text(_ numbers: [Double], _ shape: [Int]) -> String {
    guard !shape.isEmpty else { return text(numbers.first ?? .nan) }
    let format = NumberFormat.significant(4)
    if numbers.count <= 4 { return ArrayText(format).short(shape: shape, numbers: numbers) }
    let ends = [format.text(numbers[0]), "…", format.text(numbers[numbers.count - 1])]
    return "[\(ends.joined(separator: ", "))] \(ArrayText.shapeText(shape))"
  }

  /// A gradient; `–` for one that was never computed.
  static func text(gradient: Double?, isUnicode: Bool = true) -> String {
    gradient.map(text) ?? (isUnicode ? "–" : "-")
  }
}
