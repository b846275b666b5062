import Autograd
import TestSupport
import Testing

/// Reverse sweeps and the gradients that they leave.
@Suite struct BackwardTests {
  @Test func sameOperandTwice() {
    let graph = Graph()
    let a = graph.leaf(3)
    let sum = a + a
    sum.backward()
    #expect(a.gradient == 2)
    let square = a * a
    square.backward()
    #expect(a.gradient == 6)
    let quotient = a / a
    quotient.backward()
    expectClose(a.gradient ?? .nan, 0, relative: 0, absolute: 1e-16)
  }

  @Test func diamond() {
    let graph = Graph()
    let a = graph.leaf(1)
    let b = a + a
    let c = b + b
    c.backward()
    #expect([a, b, c].map(\.gradient) == [4, 2, 1])
  }

  @Test func twiceIsTheSame() {
    let graph = Graph()
    let a = graph.leaf(0.3)
    let L = (a * a).tanh() * a
    L.backward()
    let first = a.gradient
    L.backward()
    #expect(a.gradient == first)
    #expect(L.gradient == 1)
  }

  @Test func accumulateAdds() {
    let graph = Graph()
    let (a, b) = (graph.leaf(0.3), graph.leaf(2))
    let (K, L) = (a * b, (a / b).exp())
    L.backward(accumulate: true)
    let once = [a, b, L].map { $0.gradient ?? .nan }
    L.backward(accumulate: true)
    #expect([a, b, L].map(\.gradient) == once.map { 2 * $0 })
    K.backward(accumulate: true)
    #expect(a.gradient == 2 * once[0] + 2)
    #expect(K.gradient == 1)
    L.backward()
    #expect([a, b, L].map(\.gradient) == once)
  }

  @Test func accumulateOntoNodesMadeLater() {
    let graph = Graph()
    let a = graph.leaf(2)
    let b = a * 3
    b.backward()
    let c = b * a
    #expect(c.gradient == nil)
    c.backward(accumulate: true)
    #expect([a, b, c].map(\.gradient) == [15, 3, 1])
  }

  @Test func zeroSetsEveryGradient() {
    let graph = Graph()
    let a = graph.leaf(2)
    let b = a * 3
    graph.zeroAllGradients()
    #expect([a, b].map(\.gradient) == [0, 0])
    b.backward()
    let c = graph.leaf(1)
    graph.zeroAllGradients()
    #expect([a, b, c].map(\.gradient) == [0, 0, 0])
    b.backward(accumulate: true)
    #expect([a, b, c].map(\.gradient) == [3, 1, 0])
  }

  @Test func gradientSetByHand() {
    let graph = Graph()
    let a = graph.leaf(2)
    let b = a * 3
    b.gradient = 5
    #expect([a, b].map(\.gradient) == [nil, 5])
    b.gradient = nil
    #expect(b.gradient == nil)
    a.gradient = 7
    b.backward(accumulate: true)
    #expect([a, b].map(\.gradient) == [10, 1])
    a.gradient = .nan
    #expect(a.gradient?.isNaN == true)
    b.backward()
    #expect([a, b].map(\.gradient) == [3, 1])
  }

  @Test func noGradientsBeforeASweepAndZeroOutsideIt() {
    let graph = Graph()
    let (a, b) = (graph.leaf(2), graph.leaf(3))
    let (K, L) = (b * 5, a * 2)
    #expect([a, b, K, L].map(\.gradient) == [nil, nil, nil, nil])
    L.backward()
    let later = a + 1
    #expect([a, b, K, L].map(\.gradient) == [2, 0, 0, 1])
    #expect(later.gradient == nil)
    K.backward()
    #expect([a, b, K, L, later].map(\.gradient) == [0, 5, 1, 0, 0])
  }

  /// A zero arriving at an infinite derivative is 0, not NaN.
  @Test func zeroTimesInfinityIsZero() {
    let graph = Graph()
    let x = graph.leaf(0)
    let root = x.sqrt()
    (root * 0 + x * 4).backward()
    #expect(root.gradient == 0)
    #expect(x.gradient == 4)
    root.backward()
    #expect(x.gradient == .infinity)
  }

  @Test func whereIsNotPoisonedByTheOtherBranch() throws {
    for (data, expected) in [(0.0, 0.0), (-1.0, 0.0), (4.0, 0.25)] {
      let graph = Graph()
      let x = try graph.recordLeaf(data)
      let zero = try graph.recordConstant(0)
      let isPositive = try graph.record(.greater, x, zero)
      let root = try graph.record(.sqrt, x)
      let y = try graph.record(.select, isPositive, root, zero)
      try graph.backward(from: y)
      #expect(graph.data(at: y) == (data > 0 ? 2 : 0))
      #expect(graph.gradient(at: x) == expected)
      #expect(graph.gradient(at: isPositive) == 0)
    }
  }

  /// A piece that is flat passes nothing, whatever comes down to it.
  @Test func flatPiecesStopInfiniteAdjoints() {
    let graph = Graph()
    let x = graph.leaf(-1)
    let flat = [
      x.relu(), x.applying(.max, 0), (x + 1).applying(.min, 0).applying(.floor),
      x.applying(.floor) + 1, x.applying(.less, -2), x.applying(.floorDivide, 2) + 1,
    ]
    for piece in flat {
      piece.sqrt().backward()
      #expect(piece.data == 0)
      #expect(piece.gradient == .infinity)
      #expect(x.gradient == 0)
    }
    (x * 0).sqrt().backward()
    #expect(x.gradient?.isNaN == true, "0·∞ of what is not in pieces is not hidden")
  }

  @Test func stopAndComparisonsPassNothing() {
    let graph = Graph()
    let x = graph.leaf(3)
    let stopped = x.applying(.stop)
    let y = stopped * x + x.applying(.less, 5) * 100 + x.applying(.floor)
    y.backward()
    #expect(y.data == 112)
    #expect(x.gradient == 3)
    #expect(stopped.gradient == 3)
  }

  @Test func clampSharesAtItsEnds() throws {
    let graph = Graph()
    let (x, low, high) = (
      try graph.recordLeaf(1), try graph.recordLeaf(1), try graph.recordLeaf(2)
    )
    let y = try graph.record(.clamp, x, low, high)
    try graph.backward(from: y)
    #expect([x, low, high].map(graph.gradient) == [0.5, 0.5, 0])
  }

  @Test func arraysAndStacks() throws {
    let graph = Graph()
    let v = try graph.recordLeaf([1, 2, 3])
    let s = try graph.record(.multiply, v, v + 2)  // v₁·v₃
    let t = try graph.recordStack([s, v + 1, s], origin: .unknown)
    let sum = try graph.record(.multiply, t, t + 2)  // s²
    let all = try graph.record(.add, sum, t + 1)
    #expect((t..<t + 3).map(graph.data) == [3, 2, 3])
    try graph.backward(from: all)
    #expect((v..<v + 3).map(graph.gradient) == [18, 1, 6])
    #expect((t..<t + 3).map(graph.gradient) == [3, 1, 3])
    try graph.backward(from: t + 1)  // an element is a root like any other
    #expect((v..<v + 3).map(graph.gradient) == [0, 1, 0])
    #expect((t..<t + 3).map(graph.gradient) == [0, 1, 0])
  }

  /// Long arrays reach over many blocks of slots that the sweep would skip.
  @Test func longArraysAmongUnrelatedNodes() throws {
    let graph = Graph()
    let v = try graph.recordLeaf((0..<1000).map(Double.init))
    var unrelated = try graph.recordLeaf(1)
    for _ in 0..<500 { unrelated = try graph.record(.sin, unrelated) }
    let w = try graph.recordStack((0..<1000).map { v + Int32($0) }, origin: .unknown)
    for _ in 0..<500 { unrelated = try graph.record(.sin, unrelated) }
    let picks: [Int32] = [0, 63, 64, 500, 999]
    for pick in picks {
      let y = try graph.record(.multiply, w + pick, w + pick)
      for _ in 0..<200 { unrelated = try graph.record(.sin, unrelated) }
      try graph.backward(from: y)
      for element in picks {
        #expect(graph.gradient(at: v + element) == (element == pick ? 2 * Double(pick) : 0))
      }
      #expect(graph.gradient(at: unrelated) == 0)
    }
  }

  @Test func interruptedSweepLeavesGradientsAlone() throws {
    let graph = Graph()
    let x = try graph.recordLeaf(1)
    var y = try graph.record(.negate, x)
    try graph.backward(from: y)
    for _ in 0..<600_000 { y = try graph.record(.negate, y) }
    #expect(throws: GraphError.interrupted) {
      try graph.backward(from: y, accumulate: true, shouldStop: { true })
    }
    #expect(graph.gradient(at: x) == -1)
    #expect(throws: GraphError.interrupted) {
      try graph.backward(
        from: y,
        isAcceptable: { (_) throws(GraphError) in
          throw .interrupted
        })
    }
    #expect(graph.gradient(at: x) == -1)
    #expect(graph.gradient(at: y) == nil)
  }

  @Test func aMillionNodesDeep() throws {
    let graph = Graph()
    let (x, h) = (try graph.recordLeaf(1), try graph.recordLeaf(0x1p-20))
    var y = x
    for _ in 0..<500_000 {
      y = try graph.record(.negate, try graph.record(.subtract, h, y))  // y − h
    }
    #expect(graph.nodeCount == 1_000_002)
    try graph.backward(from: y)
    #expect(graph.gradient(at: x) == 1)
    #expect(graph.gradient(at: h) == -500_000)
    let expected: Double = 1 - 500_000 * 0x1p-20
    #expect(graph.data(at: y) == expected)
  }

  @Test(arguments: UInt64(1)...40)
  func gradientsAgreeWithDifferences(_ seed: UInt64) throws {
    let program = RandomProgram(
      leafCount: 4, stepCount: 40, seed: seed, without: [.stop])
    let graph = Graph()
    let slots = try program.record(in: graph)
    graph.tape.pointee.checkInvariants()
    let values = program.run(program.leaves)
    for (slot, value) in zip(slots, values) { expectSame(graph.data(at: slot), value) }
    guard let root = slots.last(where: { !graph.isConstant($0) }),
      let position = slots.lastIndex(of: root)
    else { return }
    try graph.backward(from: root)
    var judged = 0
    for leaf in program.leaves.indices {
      let difference = CentralDifference(at: program.leaves[leaf], step: 0x1p-18) { nudged in
        var leaves = program.leaves
        leaves[leaf] = nudged
        return program.run(leaves)[position]
      }
      // Where the differences do not settle they are no judge.
      guard difference.error < 1e-7 * max(1, difference.derivative.magnitude) else { continue }
      judged += 1
      let gradient = try #require(graph.gradient(at: slots[leaf]))
      expectClose(
        gradient, difference.derivative, relative: 1e-6, absolute: 1e-6, "leaf \(leaf)")
    }
    #expect(judged >= 3)
  }

  /// The sweep, which skips what it can, against one that skips nothing.
  @Test(arguments: UInt64(1)...20)
  func skippingChangesNothing(_ seed: UInt64) throws {
    var session = RandomSession()
    var random = SplitMix64(seed: seed)
    for _ in 0..<300 { try session.perform(RandomSession.Action(&random)) }
    let graph = session.graph
    for root in session.registers {
      try graph.backward(from: root)
      let expected = plainSweep(graph, from: root)
      for slot in expected.indices where !graph.isConstant(Int32(slot)) {
        expectSame(graph.gradient(at: Int32(slot)) ?? -1e99, expected[slot], "slot \(slot)")
      }
    }
  }

  private func plainSweep(_ graph: Graph, from root: Int32) -> [Double] {
    let tape = graph.tape.pointee
    var adjoints = [Double](repeating: 0, count: tape.slotCount)
    adjoints[Int(root)] = 1
    for index in stride(from: graph.nodeCount - 1, through: 0, by: -1) {
      let node = tape.nodes[index]
      let slot = graph.slot(of: NodeIndex(index)).index
      let operands = graph.operands(of: NodeIndex(index)).map(\.index)
      let x = operands.map { graph.data(at: Int32($0)) }
      let y = tape.count(of: index) > 0 ? graph.data(at: Int32(slot)) : 0
      let local: [Double?]
      switch node.operation {
      case .leaf, .array, .branchGuard, .indexGuard, .operand: continue
      case .stack:
        for (k, operand) in operands.enumerated() { adjoints[operand] += adjoints[slot + k] }
        continue
      case .unary(let operation):
        let derivative = operation.derivative(at: x[0], result: y)
        local = [derivative == 0 && operation.isInPieces ? nil : derivative]
      case .binary(let operation):
        local = [
          operation.derivative(for: .left, x[0], x[1], result: y),
          operation.derivative(for: .right, x[0], x[1], result: y),
        ].map { $0 == 0 && operation.isInPieces ? nil : $0 }
      case .ternary(let operation):
        let all = operation.derivatives(x[0], x[1], x[2])
        local = [all.x, all.y, all.z].map { $0 == 0 ? nil : $0 }
      }
      guard adjoints[slot] != 0 else { continue }
      for (operand, derivative) in zip(operands, local) {
        if let derivative { adjoints[operand] += adjoints[slot] * derivative }
      }
    }
    return adjoints
  }
}
