extension SyntaxTree {
  /// Where an operand stands of the innermost expression that has a range: of `f(x, y)` and `x.f(y)`
  /// the arguments, of `v[i, j]` the indices, of `[x, y]` the elements, from 0.
  func range(ofOperand operand: Int, in range: SourceRange) -> SourceRange? {
    // Children are added before what they are part of.
    for index in nodes.indices where ranges[index] == range {
      let operands = operands(of: SyntaxID(index))
      if operands.indices.contains(operand) { return self.range(operands[operand]) }
    }
    return nil
  }

  private func operands(of id: SyntaxID) -> [SyntaxID] {
    switch self[id] {
    case .call, .index: Array(children(of: id).dropFirst())
    case .comparisons: children(of: id).filter { !isComparison($0) }
    case .unary, .positive, .binary, .matrixProduct, .range, .method, .array, .assign:
      children(of: id)
    case .number, .string, .text, .interpolation, .name, .comparison, .and, .or, .not, .conditional,
      .end, .all, .prime, .nabla, .member, .lambda, .comprehension, .setData, .plain, .define,
      .block,
      .if, .for, .while, .repeat, .restore, .break, .continue, .return, .option, .destination,
      .samples, .command, .title, .axisLabels, .depth, .axisRange, .slope, .import, .evaluate,
      .silenced,
      .invalid:
      []
    }
  }

  private func isComparison(_ id: SyntaxID) -> Bool {
    if case .comparison = self[id] { return true }
    return false
  }
}
