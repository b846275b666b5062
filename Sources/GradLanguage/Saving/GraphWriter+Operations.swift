import Autograd

// The expression that records a node.

/// The numbers of a plain array, to find the name of one that has the same.
struct ArrayContent: Hashable {
  let shape: Shape
  let bits: [UInt64]

  init(_ shape: Shape, _ numbers: some Sequence<Double>) {
    self.shape = shape
    bits = numbers.map(\.bitPattern)
  }
}

extension ArrayRecord.Operand {
  /// What tells plain operands apart.
  struct Key: Hashable {
    let slot: Int32
    let shape: Shape
  }
}

extension GraphWriter {
  /// Plain arrays with more numbers than this that are used again get a name.
  private static let shortArray = 8

  /// What stands in some slots, as it can be referred to now.
  func reference(_ slot: Int32, _ shape: Shape) -> ScriptExpression? {
    guard let node = tape.node(at: slot), let value = values[node] else { return nil }
    return value.view(slot, shape)
  }

  /// The number in a slot: a constant's, or that of a node.
  private func number(_ slot: Int32) -> ScriptExpression? {
    graph.isConstant(slot)
      ? ScriptExpression(number: graph.data(at: slot)) : reference(slot, .number)
  }

  /// The expression of a node and the shape that its value has; nil where there are no words for it.
  mutating func value(of index: Int) -> ScriptValue? {
    let slot = saved.slots(index).lowerBound
    if tape.nodes[index].operation == .stack { return stack(index) }
    if tape.nodes[index].operation == .array {
      return array(index).map { ScriptValue(expression: $0.0, slot: slot, shape: $0.1) }
    }
    let operands = graph.scalarOperands(of: index)
    let known = operands.compactMap { number($0) }
    guard known.count == operands.count else { return nil }
    let expression: ScriptExpression
    switch tape.nodes[index].operation {
    case .unary(let operation): expression = GraphWriter.apply(operation, known[0])
    case .binary(let operation): expression = GraphWriter.apply(operation, known[0], known[1])
    case .ternary(let operation): expression = .call(operation.name, known)
    case .leaf, .stack, .array, .branchGuard, .indexGuard, .operand: return nil
    }
    return ScriptValue(expression: expression, slot: slot, shape: .number)
  }

  private static func apply(
    _ operation: UnaryOperation, _ x: ScriptExpression
  ) -> ScriptExpression {
    operation == .negate ? .negative(x) : .call(operation.name, [x])
  }

  private static func apply(
    _ operation: BinaryOperation, _ x: ScriptExpression, _ y: ScriptExpression
  ) -> ScriptExpression {
    operation.isInfix ? .infix(operation.name, x, y) : .call(operation.name, [x, y])
  }

  // MARK: Arrays that were put together

  /// Numbers one by one, or where most stand in rows, these one after the other.
  private func stack(_ index: Int) -> ScriptValue? {
    let slots = graph.stacked(by: index)
    let runs = self.runs(slots)
    let isInRows = runs.count <= 50 && runs.count * 2 <= slots.count
    var parts: [ScriptExpression] = []
    for run in isInRows ? runs : slots.map({ $0..<$0 + 1 }) {
      let shape = run.count == 1 ? Shape.number : Shape(count: run.count)
      if graph.isConstant(run.lowerBound) {
        let numbers = run.map { graph.data(at: $0) }
        parts.append(
          ScriptExpression(
            shape.rank == 0 ? ScriptText.number(numbers[0]) : text.array(shape, numbers)))
      } else if let part = reference(run.lowerBound, shape) {
        parts.append(part)
      } else {
        return nil
      }
    }
    let expression: ScriptExpression
    if isInRows {
      expression = .call("concat", parts)
    } else {
      let elements = text.row(of: parts.map(\.text))
      expression = ScriptExpression(elements, depth: ScriptExpression.deepest(parts) + 1)
    }
    return ScriptValue(
      expression: expression, slot: saved.slots(index).lowerBound, shape: Shape(count: slots.count))
  }

  /// Slots that stand in a row and belong to one node, or to none.
  private func runs(_ slots: [Int32]) -> [Range<Int32>] {
    var runs: [Range<Int32>] = []
    var owner: Int?
    for slot in slots {
      if let last = runs.last, last.upperBound == slot, tape.node(at: slot) == owner {
        runs[runs.count - 1] = last.lowerBound..<slot + 1
      } else {
        runs.append(slot..<slot + 1)
        owner = tape.node(at: slot)
      }
    }
    return runs
  }

  // MARK: Operations on arrays

  private mutating func array(_ index: Int) -> (ScriptExpression, Shape)? {
    let record = tape.arrayRecord(of: index)
    func operand(_ k: Int, _ writer: inout GraphWriter, as shape: Shape? = nil)
      -> ScriptExpression?
    {
      writer.operand(record.operands[k], as: shape)
    }
    switch record.operation {
    case .unary(let operation):
      return operand(0, &self).map { (GraphWriter.apply(operation, $0), record.shape) }
    case .binary(let operation):
      guard let x = operand(0, &self), let y = operand(1, &self) else { return nil }
      return (GraphWriter.apply(operation, x, y), record.shape)
    case .ternary(let operation):
      let known = (0..<3).compactMap { operand($0, &self) }
      guard known.count == 3 else { return nil }
      return (.call(operation.name, known), record.shape)
    case .whole(let operation):
      if let known = common(operation, record) { return known }
      return applied(operation, record)
    }
  }

  /// An operand in its shape, or another one of as many numbers.
  mutating func operand(_ operand: ArrayRecord.Operand, as other: Shape? = nil) -> ScriptExpression?
  {
    let shape = other ?? operand.shape
    guard operand.isConstant else { return reference(operand.slot, shape) }
    if shape.rank == 0 { return ScriptExpression(number: graph.data(at: operand.slot)) }
    return constant(operand.slot, shape)
  }

  /// A plain array: by the name of one that is the same, or by a name of its own if it is used again.
  private mutating func constant(_ slot: Int32, _ shape: Shape) -> ScriptExpression {
    let key = ArrayRecord.Operand.Key(slot: slot, shape: shape)
    if let name = constants[key] { return ScriptExpression(name) }
    let numbers = (slot..<slot + Int32(shape.count)).map { graph.data(at: $0) }
    if !plainNames.isEmpty, let name = plainNames[ArrayContent(shape, numbers)] {
      return ScriptExpression(name)
    }
    let literal = text.array(shape, numbers)
    guard numbers.count > GraphWriter.shortArray, saved.constantUses[slot, default: 0] > 1 else {
      return ScriptExpression(literal)
    }
    let name = text.newName()
    text.add("plain \(name) = \(literal)")
    constants[key] = name
    return ScriptExpression(name)
  }

  /// Any operation on arrays as wholes, by its record.
  private mutating func applied(
    _ operation: WholeOperation, _ record: ArrayRecord
  ) -> (ScriptExpression, Shape)? {
    let operands = record.operands.compactMap { operand($0) }
    guard operands.count == record.operands.count else { return nil }
    let parameters = text.row(operation.written(tape.parameters(of: record)))
    let shape = text.row(record.shape.lengths.map(Int32.init))
    let arguments = [ScriptText.string(operation.name), parameters, shape].map {
      ScriptExpression($0)
    }
    return (.call("$apply", arguments + operands), record.shape)
  }

  /// An operation as people write it; nil where it is none that they can.
  private mutating func common(
    _ operation: WholeOperation, _ record: ArrayRecord
  ) -> (ScriptExpression, Shape)? {
    let x = record.operands[0]
    let parameters = tape.parameters(of: record)
    switch operation {
    case .matrixProduct: return product(record, parameters)
    case .sum, .norm, .logSumExp, .argMaximum, .argMinimum, .all, .any:
      return along(operation.name, x, parameters, reduces: true)
    case .maximum, .minimum:
      guard parameters[0] == 1, parameters[2] == 1 else { return nil }
      return operand(x).map { (.call(operation.name, [$0]), .number) }
    case .cumulativeSum:
      return parameters[3] == 0 ? along(operation.name, x, parameters, reduces: false) : nil
    case .softmax: return along(operation.name, x, parameters, reduces: false)
    case .sort:
      // Without a dimension it sorts along the last one.
      guard let dimension = dimension(parameters, x.shape) else { return nil }
      let name = ScriptExpression("\(dimension + 1)")
      return operand(x).map { (.call(operation.name, [$0, name]), x.shape) }
    case .transpose:
      guard x.shape.rank >= 2 else { return nil }
      return operand(x).map { (.call(operation.name, [$0]), record.shape) }
    case .broadcast:
      guard x.shape.rank == 0, (1...8).contains(record.shape.rank) else { return nil }
      let lengths = record.shape.lengths.map { ScriptExpression("\($0)") }
      return operand(x).map { (.call("full", lengths + [$0]), record.shape) }
    case .gather: return gather(x, record.shape, parameters)
    case .copy, .scatter, .replace, .arrange, .disarrange: return nil
    }
  }

  private mutating func product(
    _ record: ArrayRecord, _ p: [Int32]
  ) -> (ScriptExpression, Shape)? {
    guard p[3] == 0, p[4] == 0 else { return nil }
    let (m, k, n) = (Int(p[0]), Int(p[1]), Int(p[2]))
    let (x, y) = (record.operands[0], record.operands[1])
    let isRow = m == 1 && x.shape.rank != 2
    let isColumn = n == 1 && y.shape.rank != 2
    guard let left = operand(x, as: isRow ? Shape(count: k) : Shape(rows: m, columns: k)),
      let right = operand(y, as: isColumn ? Shape(count: k) : Shape(rows: k, columns: n))
    else { return nil }
    return (.infix("@", left, right), Shape((isRow ? [] : [m]) + (isColumn ? [] : [n])))
  }

  /// `sum(x)`, `sum(x, 2)`
  private mutating func along(
    _ name: String, _ x: ArrayRecord.Operand, _ p: [Int32], reduces: Bool
  ) -> (ScriptExpression, Shape)? {
    if p[0] == 1, p[2] == 1 {
      return operand(x).map { (.call(name, [$0]), reduces ? .number : x.shape) }
    }
    let shape: Shape
    let dimension: Int
    if let own = self.dimension(p, x.shape) {
      (shape, dimension) = (x.shape, own)
    } else {
      (shape, dimension) = (Shape(p.prefix(3).map(Int.init)), 1)
    }
    guard let argument = operand(x, as: shape) else { return nil }
    return (
      .call(name, [argument, ScriptExpression("\(dimension + 1)")]),
      reduces ? shape.removing(dimension) : shape
    )
  }

  /// The dimension of a shape that parameters split it at.
  private func dimension(_ p: [Int32], _ shape: Shape) -> Int? {
    shape.lengths.indices.first { shape.split(at: $0).parameters == Array(p.prefix(3)) }
  }

  /// `v[[3, 1]]`, `A[:, 2]`; of more dimensions by its record.
  private mutating func gather(
    _ x: ArrayRecord.Operand, _ shape: Shape, _ positions: [Int32]
  ) -> (ScriptExpression, Shape)? {
    if x.shape.rank == 1 {
      let list = text.row(positions.map { $0 + 1 })
      return operand(x).map { ($0.part(list).deeper, Shape(count: positions.count)) }
    }
    guard x.shape.rank == 2, shape.rank == 1, x.shape.lengths[0] > 1,
      positions.count == x.shape.lengths[0]
    else { return nil }
    let columns = Int32(x.shape.lengths[1])
    let isColumn = positions.enumerated().allSatisfy {
      $0.element == Int32($0.offset) * columns + positions[0] && positions[0] < columns
    }
    guard isColumn else { return nil }
    return operand(x).map { ($0.part(":, \(positions[0] + 1)").deeper, shape) }
  }
}

extension ScriptExpression {
  /// The expression as one operation more.
  fileprivate var deeper: ScriptExpression { ScriptExpression(text, strength, depth: depth + 1) }
}
