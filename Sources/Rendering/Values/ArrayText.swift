import GradLanguage

/// The numbers of an array as text: all of a few, the first and last of many.
struct ArrayText {
  private let format: NumberFormat

  init(_ format: NumberFormat) { self.format = format }

  /// More elements than this are abbreviated.
  static let fullCount = 12
  /// So many are then shown at either end of a dimension.
  private static let shown = 3

  /// A matrix that would make a line longer than this has a line for each row.
  private static let lineLength = 72

  /// The array as it is echoed: a matrix of many elements, or of long ones, has a line for each row,
  /// indented so that it can follow `indentation` columns of text.
  func echoed(shape: [Int], numbers: [Double], indentation: Int) -> String {
    if numbers.count <= ArrayText.fullCount {
      let line = nested(shape: shape, numbers)
      let isLong = indentation + line.count > ArrayText.lineLength
      if !isLong || shape.count != 2 || shape[0] < 2 { return line }
    }
    if shape.count == 2 { return matrix(shape: shape, numbers, indentation) }
    return ends(numbers, shown: ArrayText.shown) + "  (\(ArrayText.shapeText(shape)))"
  }

  /// The array as it stands in a table.
  func short(shape: [Int], numbers: [Double]) -> String {
    if numbers.count <= 4 { return nested(shape: shape, numbers) }
    return ends(numbers, shown: 2) + "  (\(ArrayText.shapeText(shape)))"
  }

  /// `3` or `2×3`.
  static func shapeText(_ shape: [Int]) -> String {
    shape.map(String.init).joined(separator: "×")
  }

  /// `[1, 2, 3, …, 98, 99, 100]`
  private func ends(_ numbers: [Double], shown: Int) -> String {
    let texts =
      numbers.prefix(shown).map(format.text) + ["…"] + numbers.suffix(shown).map(format.text)
    return "[\(texts.joined(separator: ", "))]"
  }

  /// `[[1, 2], [3, 4]]`: a bracket opens and closes with each dimension's run of elements.
  private func nested(shape: [Int], _ numbers: [Double]) -> String {
    guard !numbers.isEmpty else {
      return shape.count == 1 ? "[]" : "[]  (\(ArrayText.shapeText(shape)))"
    }
    // The lengths of the runs that close together, innermost first.
    var runs: [Int] = []
    for size in shape.reversed() { runs.append((runs.last ?? 1) * size) }
    var result = ""
    for (index, number) in numbers.enumerated() {
      let opening = runs.count { index % $0 == 0 }
      let closing = runs.count { (index + 1) % $0 == 0 }
      if index > 0 { result += ", " }
      result += String(repeating: "[", count: opening) + format.text(number)
      result += String(repeating: "]", count: closing)
    }
    return result
  }

  // MARK: Matrices

  /// Rows on lines of their own, columns aligned on the right.
  private func matrix(shape: [Int], _ numbers: [Double], _ indentation: Int) -> String {
    let columns = ArrayText.indices(shape[1])
    let rows = ArrayText.indices(shape[0]).map { row -> [String] in
      guard let row else { return ["…"] }
      return columns.map { column in
        column.map { format.text(numbers[row * shape[1] + $0]) } ?? "…"
      }
    }
    let widths = columns.indices.map { column in
      rows.map { $0.count > column && $0.count > 1 ? $0[column].count : 0 }.max() ?? 0
    }
    let lines = rows.map { row -> String in
      guard row.count == widths.count else { return row[0] }
      let cells = zip(row, widths).map { String(repeating: " ", count: max(0, $1 - $0.count)) + $0 }
      return "[\(cells.joined(separator: ", "))]"
    }
    let separator = ",\n" + String(repeating: " ", count: indentation + 1)
    let isCut = rows.count < shape[0] || columns.count < shape[1]
    return "[\(lines.joined(separator: separator))]"
      + (isCut ? "  (\(ArrayText.shapeText(shape)))" : "")
  }

  /// The indices of a dimension that are shown; nil stands for those that are left out.
  private static func indices(_ size: Int) -> [Int?] {
    if size <= 2 * shown + 1 { return Array(0..<size) }
    return Array(0..<shown) + [nil] + Array((size - shown)..<size)
  }
}
