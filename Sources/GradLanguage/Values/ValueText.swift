/// Values as text without names: what `print` and strings write.
public enum ValueText {
  /// The value in the number format given.
  public static func text(of value: ShownValue, format: NumberFormat) -> String {
    switch value {
    case .number(let number): format.text(number.data)
    case .array(let array): text(shape: array.shape, numbers: array.numbers, format)
    case .table(let names, let columns):
      "table of \(columns.first?.count ?? 0) rows: \(names.joined(separator: ", "))"
    case .string(let text): text
    case .function(let signature): signature
    case .nothing: ""
    }
  }

  /// `[1, 2, 3]`, `[[1, 2], [3, 4]]`.
  public static func text(shape: [Int], numbers: [Double], _ format: NumberFormat) -> String {
    guard shape.count > 1 else {
      return "[\(numbers.map(format.text).joined(separator: ", "))]"
    }
    let inner = Array(shape.dropFirst())
    let size = inner.reduce(1, *)
    let rows = (0..<shape[0]).map { row in
      text(shape: inner, numbers: Array(numbers[row * size..<(row + 1) * size]), format)
    }
    return "[\(rows.joined(separator: ", "))]"
  }
}
