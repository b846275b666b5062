import Autograd

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

  /// `[1, 2, 3]`; no more of it when it is to stop.
  private static func row(_ numbers: [Double], _ format: NumberFormat) -> String {
    let shouldStop = LongWork.shouldStop ?? { false }
    var text = "["
    for (k, number) in numbers.enumerated() {
      if k % Machine.interval == Machine.interval - 1, shouldStop() { break }
      if k > 0 { text += ", " }
      text += format.text(number)
    }
    return text + "]"
  }

  /// `[1, 2, 3]`, `[[1, 2], [3, 4]]`.
  public static func text(shape: [Int], numbers: [Double], _ format: NumberFormat) -> String {
    guard shape.count > 1 else {
      return row(numbers, format)
    }
    let inner = Array(shape.dropFirst())
    let size = inner.reduce(1, *)
    let shouldStop = LongWork.shouldStop ?? { false }
    var result = "["
    for row in 0..<shape[0] {
      if row % Machine.interval == Machine.interval - 1, shouldStop() { break }
      if row > 0 { result += ", " }
      result += text(
        shape: inner, numbers: Array(numbers[row * size..<(row + 1) * size]), format)
    }
    return result + "]"
  }
}
