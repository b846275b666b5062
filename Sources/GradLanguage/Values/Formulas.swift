import Autograd

/// How values were computed, one operation deep: `a*b`, `tanh(n)`.
struct Formulas {
  private let graph: Graph

  /// How many operations deep unnamed operands are written out.
  private let depth: Int

  /// What names stand for at present, where operands are to be told from those that had their names before.
  private let bindings: [String: BoundNames.Binding]

  init(_ graph: Graph, depth: Int = 1, bindings: [String: BoundNames.Binding] = [:]) {
    self.graph = graph
    self.depth = depth
    self.bindings = bindings
  }

  /// The operation and operands of the node in a slot; empty for a leaf.
  func text(of slot: Int32) -> String {
    guard let index = graph.tape.pointee.node(at: slot) else { return "" }
    let node = graph.tape.pointee.nodes[index]
    if node.operation == .stack {
      return "[\(graph.tape.pointee.count(of: index)) values]"
    }
    if node.operation == .array {
      let record = graph.tape.pointee.arrayRecord(of: index)
      return record.operation.formula(of: record.operands.map(operand))
    }
    return node.operation.formula(
      of: graph.operands(of: NodeIndex(index)).map { operand($0.rawValue) })
  }

  /// The same, with unnamed operands written out so many operations deep.
  func text(of slot: Int32, depth: Int) -> String {
    Formulas(graph, depth: depth).text(of: slot)
  }

  /// The operands of a node, as in its formula.
  func operands(of index: Int) -> [String] {
    if graph.tape.pointee.nodes[index].operation == .array {
      return graph.tape.pointee.arrayRecord(of: index).operands.map(operand)
    }
    return graph.operands(of: NodeIndex(index)).map { operand($0.rawValue) }
  }

  /// A value by its name, or how it was computed.
  func text(ofOperand slot: Int32) -> String {
    let name = operand(slot)
    if name != "(…)" { return name }
    let formula = text(of: slot)
    return formula.isEmpty ? "x" : formula
  }

  private func operand(_ operand: ArrayRecord.Operand) -> String {
    if graph.labels[operand.slot] != nil || operand.shape.rank == 0 {
      return self.operand(operand.slot)
    }
    let shape = operand.shape.lengths.map(String.init).joined(separator: "×")
    return operand.isConstant ? "[\(shape)]" : "(…)"
  }

  /// An operand by its label, or its number when it is a constant; `…` for an unnamed result.
  private func operand(_ slot: Int32) -> String {
    if let label = graph.labels[slot] {
      let name = graph.labels.text(label)
      return (bindings[name] ?? .slot(slot)) == .slot(slot) ? name : "(earlier \(name))"
    }
    if graph.isConstant(slot) { return NumberFormat.standard.text(graph.data(at: slot)) }
    guard depth > 1 else { return "(…)" }
    let text = Formulas(graph, depth: depth - 1).text(of: slot)
    return text.isEmpty ? "(…)" : text.contains(" ") ? "(\(text))" : text
  }
}

extension Operation {
  /// The operation with the names of its operands; empty for what computes nothing.
  func formula(of operands: [String]) -> String {
    switch self {
    case .leaf, .operand, .branchGuard, .indexGuard, .array: return ""
    case .unary(.negate): return "-\(operands[0])"
    case .binary(let operation) where operation.isInfix:
      let isTight = [.multiply, .divide, .power].contains(operation)
      let symbol = isTight ? operation.name : " \(operation.name) "
      return operands[0] + symbol + operands[1]
    case .stack: return "[\(operands.joined(separator: ", "))]"
    case .unary, .binary, .ternary: return Operation.call(name, operands)
    }
  }

  /// A call, in whose brackets an unnamed operand needs none of its own.
  fileprivate static func call(_ name: String, _ operands: [String]) -> String {
    let arguments = operands.map(Formula.unbracketed)
    return "\(name)(\(arguments.joined(separator: ", ")))"
  }
}

extension ArrayOperation {
  /// The operation with the names of its operands.
  func formula(of operands: [String]) -> String {
    switch self {
    case .unary(let operation): Operation.unary(operation).formula(of: operands)
    case .binary(let operation): Operation.binary(operation).formula(of: operands)
    case .ternary(let operation): Operation.ternary(operation).formula(of: operands)
    case .whole(.matrixProduct): operands.joined(separator: " @ ")
    case .whole(.gather): "\(operands[0])[…]"
    case .whole(let operation): Operation.call(operation.name, operands)
    }
  }
}
