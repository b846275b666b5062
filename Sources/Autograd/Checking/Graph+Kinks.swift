/// An operation whose gradient was taken at a kink.
package struct KinkedNode: Sendable {
  /// The operation.
  package let node: NodeIndex
  /// The kink.
  package let kink: Kink
  /// The first operand, and its value there.
  package let operand: Slot
}

extension Graph {
  /// The last operation at a kink that a reverse sweep has passed with an adjoint other than 0; nil when
  /// there is none. O(nodes).
  ///
  /// - Parameter adjoints: those of a sweep from `root`; the present gradients when nil.
  package func lastKink(before root: Int32, in adjoints: Adjoints? = nil) -> KinkedNode? {
    let tape = tape.pointee
    let adjoints = adjoints ?? tape.adjoints
    guard let last = tape.node(at: root) else { return nil }
    var next = last + 1
    while let index = tape.lastNodeThatMayHaveKinks(before: next) {
      next = index
      guard tape.mayHaveKinks(index),
        adjoints.isNonzero(tape.slot(of: index), tape.count(of: index)),
        let (kink, operand) = tape.kink(of: index, adjoints)
      else { continue }
      return KinkedNode(node: NodeIndex(index), kink: kink, operand: Slot(operand))
    }
    return nil
  }
}

extension Tape {
  /// For the byte of each operation, whether it may have kinks; of arrays the record says it.
  private static let mayHaveKinks: [Bool] = {
    let operations: [Operation] =
      UnaryOperation.allCases.filter(\.mayHaveKinks).map(Operation.unary)
      + BinaryOperation.allCases.filter(\.mayHaveKinks).map(Operation.binary)
      + TernaryOperation.allCases.map(Operation.ternary) + [.array]
    var table = [Bool](repeating: false, count: 256)
    for operation in operations { table[Int(Node.code(operation))] = true }
    return table
  }()

  /// The last node before one that may have kinks, as far as its byte says; nil when there is none.
  ///
  /// Long graphs are looked through after every `backward`: one look-up a node.
  fileprivate func lastNodeThatMayHaveKinks(before end: Int) -> Int? {
    Tape.mayHaveKinks.withUnsafeBufferPointer { mayHaveKinks in
      var index = end &- 1
      while index >= 0, !mayHaveKinks[Int(nodes[index].code)] { index &-= 1 }
      return index >= 0 ? index : nil
    }
  }

  /// Whether an operation has kinks, or lets no gradient through: where differences may disagree.
  func mayHaveKinks(_ index: Int) -> Bool {
    switch nodes[index].operation {
    case .unary(let operation): operation.mayHaveKinks
    case .binary(let operation): operation.mayHaveKinks
    case .ternary: true
    case .array:
      switch arrayRecord(of: index).operation {
      case .unary(let operation): operation.mayHaveKinks
      case .binary(let operation): operation.mayHaveKinks
      case .ternary: true
      case .whole(let operation):
        [.maximum, .minimum, .norm, .sort, .arrange, .disarrange, .argMaximum, .argMinimum]
          .contains(operation)
      }
    case .leaf, .stack, .branchGuard, .indexGuard, .operand: false
    }
  }

  /// The kink at which an operation stands, and the slot of the operand that is at it.
  fileprivate func kink(of index: Int, _ adjoints: Adjoints) -> (Kink, operand: Int)? {
    let node = nodes[index]
    let (left, right) = (Int(node.left), Int(node.right))
    switch node.operation {
    case .unary(let operation): return operation.kink(at: values[left]).map { ($0, left) }
    case .binary(let operation):
      // A value is no rival of itself: the slope of max(a, a) is 1 on both sides.
      if left == right || operation == .leakyRelu && node.leftIsConstant { return nil }
      return operation.kink(at: values[left], values[right]).map { ($0, left) }
    case .ternary(let operation):
      let third = Int(thirdOperand(of: index))
      return operation.kink(at: values[left], values[right], values[third]).map { ($0, left) }
    case .array: return arrayKink(of: index, adjoints)
    case .leaf, .stack, .branchGuard, .indexGuard, .operand: return nil
    }
  }

  private func arrayKink(of index: Int, _ adjoints: Adjoints) -> (Kink, operand: Int)? {
    let record = arrayRecord(of: index)
    let start = slot(of: index)
    let slots = record.operands.map { Int($0.slot) }
    let shapes = record.operands.map(\.shape)
    var found: (Kink, operand: Int)?
    /// Elementwise: the kink of the first element that has one.
    func look(_ kink: (Double, Double, Double) -> Kink?) {
      let (y, z) = (shapes.count > 1 ? shapes[1] : .number, shapes.count > 2 ? shapes[2] : .number)
      BroadcastLoops(record.shape, shapes[0], y, z).forEachRun { run in
        for k in 0..<run.count
        where found == nil && adjoints.number(at: start + run.start + k) != 0 {
          let first = slots[0] + run.offsets.0 + k * run.strides.0
          let y = slots.count > 1 ? values[slots[1] + run.offsets.1 + k * run.strides.1] : 0
          let z = slots.count > 2 ? values[slots[2] + run.offsets.2 + k * run.strides.2] : 0
          if let kink = kink(values[first], y, z) { found = (kink, first) }
        }
      }
    }
    switch record.operation {
    case .unary(let operation): look { x, _, _ in operation.kink(at: x) }
    case .binary(let operation): look { x, y, _ in operation.kink(at: x, y) }
    case .ternary(let operation): look { operation.kink(at: $0, $1, $2) }
    case .whole(let operation):
      guard operation == .maximum || operation == .minimum || operation == .norm else { return nil }
      let split = AxisSplit(parameters(of: record))
      for o in 0..<split.outer {
        for i in 0..<split.inner where found == nil {
          let first = slots[0] + o * split.length * split.inner + i
          let line = (0..<split.length).lazy.map { values[first + $0 * split.inner] }
          let result = start + o * split.inner + i
          guard adjoints.number(at: result) != 0,
            let kink = operation.kink(of: line, result: values[result])
          else { continue }
          let place = line.firstIndex { $0 == values[result] } ?? 0
          found = (kink, first + place * split.inner)
        }
      }
    }
    return found
  }
}
