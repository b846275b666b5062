import Autograd

/// Goes through the reverse sweep over the values of a drawing, step by step, with all numbers.
struct SweepDescription {
  private let snapshot: GraphSnapshot
  private let entries: [GraphSnapshot.Entry]
  private let values: [GraphDrawing.Value]
  private let indices: [GraphSnapshot.Key: Int]

  init(
    _ snapshot: GraphSnapshot, _ entries: [GraphSnapshot.Entry], _ values: [GraphDrawing.Value],
    _ indices: [GraphSnapshot.Key: Int]
  ) {
    self.snapshot = snapshot
    self.entries = entries
    self.values = values
    self.indices = indices
  }

  /// One operand's share before it is added.
  private struct Share {
    let operand: Int
    let rule: String
    let local: Double?
    let product: [Double]
  }

  /// The steps from the roots down; values that nothing reaches have none.
  func steps(from roots: [Int]) -> [GraphDrawing.Step] {
    var adjoints = values.map { [Double](repeating: 0, count: $0.numbers.count) }
    for root in roots { adjoints[root] = adjoints[root].map { _ in 1 } }
    var steps: [GraphDrawing.Step] = []
    for index in entries.indices.reversed() where values[index].kind == .result {
      let adjoint = adjoints[index]
      var contributions: [GraphDrawing.Step.Contribution] = []
      for share in shares(of: index, adjoint) where values[share.operand].kind != .constant {
        let before = adjoints[share.operand]
        guard share.product.count == before.count else { continue }
        let after = zip(before, share.product).map { $0 + $1 }
        adjoints[share.operand] = after
        let symbol = "∂(\(values[index].formula))/∂\(values[share.operand].name)"
        contributions.append(
          GraphDrawing.Step.Contribution(
            operand: share.operand, symbol: symbol, rule: share.rule, local: share.local,
            product: share.product, before: before, after: after))
      }
      steps.append(
        GraphDrawing.Step(value: index, adjoint: adjoint, contributions: contributions))
    }
    return steps
  }

  private func shares(of index: Int, _ g: [Double]) -> [Share] {
    let entry = entries[index]
    guard let node = entry.node else { return [] }
    let operands = entry.operands.map { indices[$0] }
    let names = snapshot.operandNames(of: entry, operands.map { $0.map { values[$0].name } ?? "…" })
    func share(_ k: Int, _ formula: String, _ local: Double) -> Share? {
      guard let operand = operands[k] else { return nil }
      return Share(
        operand: operand, rule: Formula.text(formula, names, result: values[index].name),
        local: local, product: [g[0] == 0 ? 0 : g[0] * local])
    }
    switch entry.computation {
    case .leaf, .constant: return []
    case .element: return elementShare(entry, operands[0], g[0])
    case .array(let operation): return arrayShares(entry, node, operation, operands, names, g)
    case .operation(let operation):
      let x = entry.operands.map { snapshot.graph.data(at: $0.slot) }
      let result = values[index].data
      switch operation {
      case .unary(let operation):
        let local: Double = operation.derivative(at: x[0], result: result)
        return [share(0, operation.textbookDerivative, local)].compactMap { $0 }
      case .binary(let operation):
        let isTie = operation.kink(at: x[0], x[1]) == .tie && entry.operands[0] != entry.operands[1]
        let texts: (x: String, y: String) =
          isTie ? ("1/2", "1/2") : operation.textbookDerivatives
        let left: Double = operation.derivative(for: .left, x[0], x[1], result: result)
        let right: Double = operation.derivative(for: .right, x[0], x[1], result: result)
        let isConstant = operands[1].map { values[$0].kind == .constant } ?? false
        let slope = isConstant && operation == .power ? power(of: x[1]) : texts.x
        return [share(0, slope, left), share(1, texts.y, right)].compactMap { $0 }
      case .ternary(let operation):
        let local: (x: Double, y: Double, z: Double) = operation.derivatives(x[0], x[1], x[2])
        return zip([local.x, local.y, local.z], operation.textbookDerivatives).enumerated()
          .compactMap { share($0, $1.1, $1.0) }
      case .stack:
        return operands.enumerated().compactMap { k, operand in
          operand.map {
            Share(operand: $0, rule: "1", local: 1, product: [g[g.count == 1 ? 0 : k]])
          }
        }
      case .leaf, .array, .branchGuard, .indexGuard, .operand: return []
      }
    }
  }

  /// `2*x`, `3*x^2`: the derivative of a power with a number as exponent.
  private func power(of exponent: Double) -> String {
    let (factor, rest) = (
      NumberFormat.standard.text(exponent), NumberFormat.standard.text(exponent - 1)
    )
    if exponent == 0 { return "0" }
    return exponent == 1 ? "1" : exponent == 2 ? "2*x" : "\(factor)*x^\(rest)"
  }

  /// An element adds to its own place in its array's adjoint.
  private func elementShare(
    _ entry: GraphSnapshot.Entry, _ operand: Int?, _ g: Double
  ) -> [Share] {
    guard let operand else { return [] }
    var product = [Double](repeating: 0, count: values[operand].numbers.count)
    product[Int(entry.key.slot - entry.operands[0].slot)] = g
    return [Share(operand: operand, rule: "1 for its own element", local: 1, product: product)]
  }

  private func arrayShares(
    _ entry: GraphSnapshot.Entry, _ node: Int, _ operation: ArrayOperation, _ operands: [Int?],
    _ names: [String], _ g: [Double]
  ) -> [Share] {
    let record = snapshot.tape.arrayRecord(of: node)
    let pullbacks = snapshot.graph.pullbacks(of: node, adjoint: g)
    let result = values[indices[entry.key] ?? 0].name
    return record.operands.indices.compactMap { k in
      guard let operand = operands[k], let pulled = pullbacks[k] else { return nil }
      // A part adds to its place in its array.
      var product = [Double](repeating: 0, count: values[operand].numbers.count)
      let offset = Int(record.operands[k].slot - entry.operands[k].slot)
      for (position, number) in pulled.enumerated() { product[offset + position] = number }
      let isPower = operation == .binary(.power) && record.operands.last?.isConstant == true
      let hasNumberAsExponent = isPower && k == 0 && record.operands[1].shape.count == 1
      let formula =
        hasNumberAsExponent
        ? power(of: snapshot.graph.data(at: record.operands[1].slot)) : operation.textbook(k)
      let rule = Formula.text(formula, names, result: result)
      return Share(operand: operand, rule: rule, local: nil, product: product)
    }
  }
}

extension ArrayOperation {
  /// The rule for one operand, element by element or of the whole.
  func textbook(_ operand: Int) -> String {
    switch self {
    case .unary(let operation): operation.textbookDerivative
    case .binary(let operation):
      operand == 0 ? operation.textbookDerivatives.x : operation.textbookDerivatives.y
    case .ternary(let operation): operation.textbookDerivatives[operand]
    case .whole(let operation): operation.textbookPullback(to: operand)
    }
  }
}
