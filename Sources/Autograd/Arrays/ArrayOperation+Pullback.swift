// The vector-Jacobian products of array operations: one line an operation, over any
// `ArrayArithmetic`. Element by element the rules are those of `UnaryOperation`, `BinaryOperation`
// and `TernaryOperation`.

extension ArrayOperation {
  /// What an operand's adjoint receives from the result's.
  ///
  /// - Parameters:
  ///   - index: which operand.
  ///   - g: the adjoint of the result, in its shape.
  ///   - x: the operands.
  ///   - y: the result.
  ///   - p: the parameters.
  /// - Returns: a contribution in the operand's shape; nil where no gradient flows.
  func pullback<T: ArrayArithmetic>(
    to index: Int, _ g: T, _ x: [T], result y: T, _ p: [Int32]
  ) -> T? {
    switch self {
    case .unary(let operation): operation.pullback(g, x[0], result: y)
    case .binary(let operation):
      operation.pullback(to: index == 0 ? .left : .right, g, x[0], x[1], result: y)
        .summed(to: x[index].shape)
    case .ternary(let operation):
      operation.pullback(to: index, g, x)?.summed(to: x[index].shape)
    case .whole(let operation): operation.pullback(to: index, g, x, result: y, p)
    }
  }
}

extension UnaryOperation {
  func pullback<T: ArrayArithmetic>(_ g: T, _ x: T, result y: T) -> T {
    .contribution(g, derivative(at: x, result: y), isInPieces: isInPieces, steepness)
  }
}

extension BinaryOperation {
  func pullback<T: ArrayArithmetic>(
    to side: OperandSide, _ g: T, _ x: T, _ y: T, result z: T
  ) -> T {
    let isPolynomial = self == .power && side == .left && y.isCount
    return .contribution(
      g, derivative(for: side, x, y, result: z), isInPieces: isInPieces,
      isPolynomial ? .nowhere : steepness)
  }
}

extension TernaryOperation {
  func pullback<T: ArrayArithmetic>(to index: Int, _ g: T, _ x: [T]) -> T? {
    switch self {
    case .select: index == 0 ? nil : index == 1 ? .select(x[0], g, 0) : .select(x[0], 0, g)
    case .clamp:
      .contribution(
        g, derivative(for: index, x[0], x[1], x[2]), isInPieces: true, .nowhere)
    }
  }
}

extension WholeOperation {
  /// See `ArrayOperation.pullback`. Ties of `maximum` and `minimum` share the gradient evenly; all
  /// derivatives of `norm` at 0 are 0. What is sorted gets its gradient by the order that was found with the
  /// value; a recorded pullback finds it anew. Infinite numbers have equal shares of the gradient of
  /// `logSumExp`.
  func pullback<T: ArrayArithmetic>(
    to index: Int, _ g: T, _ x: [T], result y: T, _ p: [Int32]
  ) -> T? {
    let shape = x[index].shape
    func spread(_ value: T) -> T { .repeated(value, along: AxisSplit(p), to: shape) }
    switch self {
    case .copy: return g
    case .matrixProduct: return matrixPullback(to: index, g, x, p)
    case .sum: return spread(g)
    case .maximum, .minimum:
      let isTaken: T = .equal(x[0], spread(y))
      let ties: T = .reduce(.sum, isTaken, along: AxisSplit(p), to: y.shape)
      return isTaken * spread(g / ties)
    case .norm:
      return spread(g) * .select(spread(.equal(y, 0)), 0, x[0] / spread(y + .equal(y, 0)))
    case .logSumExp:
      return spread(g) * .apply(.softmax, [x[0]], parameters: Array(p[..<3]), shape: shape)
    case .softmax:
      let split = AxisSplit(p)
      let lines = Shape(rows: split.outer, columns: split.inner)
      func sum(_ value: T) -> T { .reduce(.sum, value, along: split, to: lines) }
      // Shares add up to 1, so that g may be measured from its value at the largest: that of 1 − 10⁻²⁰
      // has its derivative then, which y·(1 − y) rounds to 0.
      let largest: T = .equal(y, spread(.reduce(.maximum, y, along: split, to: lines)))
      let h = g - spread(sum(g * largest) / sum(largest))
      return y * (h - spread(sum(h * y)))
    case .argMaximum, .argMinimum, .all, .any: return nil
    case .cumulativeSum:
      return .apply(
        .cumulativeSum, [g], parameters: Array(p[..<3]) + [1 - p[3]], shape: shape)
    case .broadcast: return g.summed(to: shape)
    case .transpose: return .apply(.transpose, [g], parameters: [], shape: shape)
    case .gather: return .apply(.scatter, [g], parameters: p, shape: shape)
    case .scatter: return .apply(.gather, [g], parameters: p, shape: shape)
    case .replace:
      if index == 0 { return .apply(.replace, [g, 0], parameters: p, shape: shape) }
      let part: T = .apply(.gather, [g], parameters: p, shape: Shape(count: p.count))
      return shape.count == 1 ? .sum(part).reshaped(shape) : part.reshaped(shape)
    case .sort, .arrange:
      if index == 0, self == .arrange { return nil }
      if x[0].isRecorded {
        return .apply(.disarrange, [x[0], g], parameters: Array(p[..<3]), shape: shape)
      }
      return .apply(.scatter, [g], parameters: Array(p[3...]), shape: shape)
    case .disarrange:
      if index == 0 { return nil }
      if x[0].isRecorded {
        return .apply(.arrange, [x[0], g], parameters: Array(p[..<3]), shape: shape)
      }
      return .apply(.gather, [g], parameters: Array(p[3...]), shape: shape)
    }
  }

  /// dA = G·Bᵀ and dB = Aᵀ·G, with either of them stored transposed.
  private func matrixPullback<T: ArrayArithmetic>(
    to index: Int, _ g: T, _ x: [T], _ p: [Int32]
  ) -> T {
    let (m, k, n) = (p[0], p[1], p[2])
    let (isLeft, isRight) = (p[3] == 1, p[4] == 1)
    let (a, b) = (x[0], x[1])
    switch (index, isLeft, isRight) {
    case (0, false, _):
      return .matrixProduct(g, b, m, n, k, transposed: (false, !isRight), to: a.shape)
    case (0, true, _):
      return .matrixProduct(b, g, k, n, m, transposed: (isRight, true), to: a.shape)
    case (_, _, false):
      return .matrixProduct(a, g, k, m, n, transposed: (!isLeft, false), to: b.shape)
    case (_, _, true):
      return .matrixProduct(g, a, n, m, k, transposed: (true, isLeft), to: b.shape)
    }
  }
}
