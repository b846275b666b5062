// The reverse sweep. Unsafe only in that it reads the tape's storage; see `Tape.swift`.

extension Tape {
  /// Adds to `adjoints` what the one at `root` implies for every node that it depends on.
  ///
  /// One pass down the tape: index order is a topological order. A zero adjoint contributes nothing,
  /// even where the local derivative is infinite. O(nodes below the root).
  ///
  /// - Parameters:
  ///   - root: the slot whose adjoint has been seeded.
  ///   - adjoints: zero, or seeded, for every slot up to the root.
  ///   - shouldStop: asked now and then; when true the sweep ends early and returns false.
  @inline(never)
  package func sweep(
    from root: Int32, into adjoints: UnsafeMutablePointer<Double>, shouldStop: () -> Bool
  ) -> Bool {
    guard let start = node(at: root) else { return true }
    var index = start
    while index >= 0 {
      let pause = Swift.max(index - 1 << 18, -1)
      sweep(from: index, downTo: pause, into: adjoints)
      index = pause
      if index >= 0, shouldStop() { return false }
    }
    return true
  }

  /// The sweep over the nodes `first`, `first - 1`, … , `end + 1`.
  @inline(never)
  private func sweep(
    from first: Int, downTo end: Int, into adjoints: UnsafeMutablePointer<Double>
  ) {
    let nodes = UnsafePointer(nodes)
    let values = UnsafePointer(values)
    var index = first
    while index > end {
      let node = nodes[index]
      let slot = Int(node.slotIndex)
      let left = Int(node.left)
      let right = Int(node.right)
      index &-= 1
      switch node.operation {
      case .binary(.add):
        let adjoint = adjoints[slot]
        adjoints[left] += adjoint
        adjoints[right] += adjoint
      case .binary(.subtract):
        let adjoint = adjoints[slot]
        adjoints[left] += adjoint
        adjoints[right] -= adjoint
      case .binary(.multiply):
        let adjoint = adjoints[slot]
        guard adjoint != 0 else { continue }
        adjoints[left] += adjoint * values[right]
        adjoints[right] += adjoint * values[left]
      case .binary(let operation):
        let adjoint = adjoints[slot]
        guard adjoint != 0 else { continue }
        let (x, y, z) = (values[left], values[right], values[slot])
        if !node.leftIsConstant {
          adjoints[left] += adjoint * operation.derivative(for: .left, x, y, result: z)
        }
        if !node.rightIsConstant {
          adjoints[right] += adjoint * operation.derivative(for: .right, x, y, result: z)
        }
      case .unary(.stop): continue
      case .unary(let operation):
        let adjoint = adjoints[slot]
        guard adjoint != 0 else { continue }
        adjoints[left] += adjoint * operation.derivative(at: values[left], result: values[slot])
      case .ternary(let operation):
        let adjoint = adjoints[slot]
        guard adjoint != 0 else { continue }
        let third = Int(nodes[index].left)
        let local = operation.derivatives(values[left], values[right], values[third])
        // A branch not taken contributes 0, also to an infinite adjoint.
        if local.x != 0 { adjoints[left] += adjoint * local.x }
        if local.y != 0 { adjoints[right] += adjoint * local.y }
        if local.z != 0 { adjoints[third] += adjoint * local.z }
      case .stack:
        for k in 0..<right { adjoints[Int(lists[left &+ k])] += adjoints[slot &+ k] }
      case .leaf, .branchGuard, .indexGuard, .operand: continue
      }
    }
  }
}
