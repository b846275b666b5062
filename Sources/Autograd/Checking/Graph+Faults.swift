/// The operation at which a gradient stopped being finite, though all data are.
package struct GradientFault: Sendable {
  /// The operation.
  package let node: NodeIndex
  /// Which of its operands got the gradient.
  package let operand: Int
  /// The number in whose slot it is, and its value.
  package let slot: Slot
  /// The gradient that it got: infinite or NaN.
  package let gradient: Double
}

extension Graph {
  /// The last operation whose own adjoint is finite and which gave an operand one that is not, with
  /// finite operands and a finite result; nil when there is none. O(nodes).
  ///
  /// - Parameter adjoints: those of a sweep from `root`; the present gradients when nil.
  package func gradientFault(before root: Int32, in adjoints: Adjoints? = nil) -> GradientFault? {
    let tape = tape.pointee
    let adjoints = adjoints ?? tape.adjoints
    guard let last = tape.node(at: root) else { return nil }
    var cursor = tape.slotCursor
    for index in stride(from: last, through: 0, by: -1) {
      let start = cursor.slot(of: index)
      let slots = start..<start + tape.count(of: index)
      switch tape.nodes[index].operation {
      case .leaf, .stack, .branchGuard, .indexGuard, .operand: continue
      case .unary, .binary, .ternary, .array: break
      }
      guard adjoints.isNonzero(start, slots.count),
        slots.allSatisfy({ adjoints.number(at: $0).isFinite && tape.values[$0].isFinite }),
        let (operand, slot, gradient) = firstFault(of: index, slots, adjoints)
      else { continue }
      return GradientFault(
        node: NodeIndex(index), operand: operand, slot: Slot(slot), gradient: gradient)
    }
    return nil
  }

  /// The first operand to whose adjoint an operation adds something that is not finite.
  private func firstFault(
    of index: Int, _ slots: Range<Int>, _ adjoints: Adjoints
  ) -> (operand: Int, slot: Int, gradient: Double)? {
    let tape = tape.pointee
    var isSuspect = false
    tape.forEachOperand(of: index) { isSuspect = isSuspect || !adjoints.number(at: $0).isFinite }
    guard isSuspect, tape.hasFiniteOperands(index) else { return nil }
    let starts = tape.operandStarts(of: index)
    let shares = shares(of: index, adjoint: slots.map { adjoints.number(at: $0) })
    for (k, share) in shares.enumerated() {
      guard let share, let element = share.firstIndex(where: { !$0.isFinite }) else { continue }
      return (k, starts[k] + element, share[element])
    }
    return nil
  }
}

extension Graph {
  /// What an operation adds to the adjoint of each of its operands; nil for constants.
  private func shares(of index: Int, adjoint: [Double]) -> [[Double]?] {
    let tape = tape.pointee
    let node = tape.nodes[index]
    let (x, y) = (tape.values[Int(node.left)], tape.values[Int(node.right)])
    let z = tape.values[tape.slot(of: index)]
    func share(_ local: Double) -> [Double] { [local == 0 ? 0 : adjoint[0] * local] }
    switch node.operation {
    case .unary(let operation): return [share(operation.derivative(at: x, result: z))]
    case .binary(let operation):
      return [
        node.leftIsConstant ? nil : share(operation.derivative(for: .left, x, y, result: z)),
        node.rightIsConstant ? nil : share(operation.derivative(for: .right, x, y, result: z)),
      ]
    case .ternary(let operation):
      let local = operation.derivatives(x, y, tape.values[Int(tape.thirdOperand(of: index))])
      return [share(local.x), share(local.y), share(local.z)]
    case .array: return pullbacks(of: index, adjoint: adjoint)
    case .leaf, .stack, .branchGuard, .indexGuard, .operand: return []
    }
  }
}

extension Tape {
  /// The first slot of each operand of an operation.
  fileprivate func operandStarts(of index: Int) -> [Int] {
    if nodes[index].operation == .array {
      return arrayRecord(of: index).operands.map { Int($0.slot) }
    }
    var starts: [Int] = []
    forEachOperand(of: index) { starts.append($0) }
    return starts
  }
}
