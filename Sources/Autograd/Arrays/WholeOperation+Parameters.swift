// The parameters of operations on arrays as people write them: positions count from 1.

extension WholeOperation {
  /// The parameters of a record as they are written down; those of `sort` without the positions, which
  /// are found anew.
  package func written(_ parameters: [Int32]) -> [Int32] {
    switch self {
    case .gather, .scatter, .replace: parameters.map { $0 + 1 }
    case .sort, .arrange, .disarrange: Array(parameters.prefix(3))
    case .copy, .matrixProduct, .sum, .maximum, .minimum, .norm, .logSumExp, .argMaximum,
      .argMinimum, .all, .any, .softmax, .cumulativeSum, .broadcast, .transpose:
      parameters
    }
  }

  /// The parameters of a record, of those that were written down; nil where they do not fit the
  /// operands or the result.
  package func record(
    written parameters: [Int32], _ operands: [Shape], _ shape: Shape
  ) -> [Int32]? {
    guard operands.count == operandCount, let x = operands.first else { return nil }
    let p = parameters.map(Int.init)
    func hasSplit(_ count: Int) -> Bool { p.count == count && covers(p, x.count) }
    func hasPositions(_ count: Int, below limit: Int) -> Bool {
      p.count == count && p.allSatisfy { $0 >= 1 && $0 <= limit }
    }
    let fits: Bool
    switch self {
    case .copy: fits = p.isEmpty && x == shape
    case .broadcast: fits = p.isEmpty && x.broadcast(with: shape) == shape
    case .transpose: fits = p.isEmpty && x.reversed == shape
    case .matrixProduct:
      fits =
        p.count == 5 && p[3] <= 1 && p[4] <= 1 && product(p[0], p[1]) == x.count
        && product(p[1], p[2]) == operands[1].count && product(p[0], p[2]) == shape.count
    case .sum, .norm, .logSumExp, .all, .any: fits = hasSplit(3) && p[0] * p[2] == shape.count
    case .maximum, .minimum, .argMaximum, .argMinimum:
      fits = hasSplit(3) && p[0] * p[2] == shape.count && p[1] > 0
    case .softmax: fits = hasSplit(3) && x == shape
    case .cumulativeSum: fits = hasSplit(4) && p[3] <= 1 && x.count == shape.count
    case .sort, .arrange, .disarrange:
      guard hasSplit(3), operands.allSatisfy({ $0.count == shape.count }) else { return nil }
      return parameters
    case .gather: fits = hasPositions(shape.count, below: x.count)
    case .scatter: fits = hasPositions(x.count, below: shape.count)
    case .replace:
      let part = operands[1].count
      fits =
        x.count == shape.count && hasPositions(part == 1 ? p.count : part, below: x.count)
    }
    guard fits else { return nil }
    switch self {
    case .gather, .scatter, .replace: return parameters.map { $0 - 1 }
    case .copy, .matrixProduct, .sum, .maximum, .minimum, .norm, .logSumExp, .argMaximum,
      .argMinimum, .all, .any, .softmax, .cumulativeSum, .broadcast, .transpose, .sort, .arrange,
      .disarrange:
      return parameters
    }
  }

  /// How many words a record has behind its parameters for what is found with the value: the positions,
  /// in what is sorted, of the numbers in order.
  func foundCount(_ shape: Shape) -> Int {
    switch self {
    case .sort, .arrange, .disarrange: shape.count
    case .copy, .matrixProduct, .sum, .maximum, .minimum, .norm, .logSumExp, .argMaximum,
      .argMinimum, .all, .any, .softmax, .cumulativeSum, .broadcast, .transpose, .gather, .scatter,
      .replace:
      0
    }
  }

  private var operandCount: Int {
    switch self {
    case .matrixProduct, .replace, .arrange, .disarrange: 2
    case .copy, .sum, .maximum, .minimum, .norm, .logSumExp, .argMaximum, .argMinimum, .all, .any,
      .softmax, .cumulativeSum, .broadcast, .transpose, .gather, .scatter, .sort:
      1
    }
  }

  /// Whether outer · length · inner, the first three numbers, are a count.
  private func covers(_ p: [Int], _ count: Int) -> Bool {
    product(product(p[0], p[1]) ?? -1, p[2]) == count
  }

  /// The product; nil where it is beyond any array.
  private func product(_ a: Int, _ b: Int) -> Int? {
    let (product, overflows) = a.multipliedReportingOverflow(by: b)
    return overflows ? nil : product
  }
}
