import Autograd
import TestSupport
import Testing

@Suite struct GraphTests {
  /// The graph with which the project began.
  @Test func founding() {
    let graph = Graph()
    let a = graph.leaf(2, label: "a")
    let b = graph.leaf(-3, label: "b")
    let c = graph.leaf(10, label: "c")
    let f = graph.leaf(-2, label: "f")
    let e = (a * b).labelled("e")
    let d = (e + c).labelled("d")
    let L = (d * f).labelled("L")
    L.backward()
    #expect([e.data, d.data, L.data] == [-6, 4, -8])
    #expect([a, b, c, f, e, d, L].map(\.gradient) == [6, -4, -2, 4, -2, -2, 1])
    #expect([a, b, c, f, e, d, L].map(\.label) == ["a", "b", "c", "f", "e", "d", "L"])
    #expect(graph.nodeCount == 7)
  }

  @Test func operatorsAndMethodsCompute() {
    let graph = Graph()
    let (x, y) = (graph.leaf(0.75), graph.leaf(2))
    #expect([x + y, x - y, x * y, x / y].map(\.data) == [2.75, -1.25, 1.5, 0.375])
    #expect([x + 1, x - 1, x * 3, x / 2].map(\.data) == [1.75, -0.25, 2.25, 0.375])
    #expect([1 + x, 1 - x, 3 * x, 3 / x].map(\.data) == [1.75, 0.25, 2.25, 4])
    #expect((-x).data == -0.75)
    let unary: [(Value, UnaryOperation)] = [
      (x.exp(), .exp), (x.log(), .log), (x.sqrt(), .sqrt), (x.sin(), .sin), (x.cos(), .cos),
      (x.tanh(), .tanh), (x.sigmoid(), .sigmoid), (x.relu(), .relu), (x.applying(.erf), .erf),
    ]
    for (value, operation) in unary { #expect(value.data == operation.value(0.75)) }
    #expect(x.power(2).data == 0.5625)
    #expect(y.power(x).data == BinaryOperation.power.value(2, 0.75))
    #expect(x.applying(.max, y).data == 2)
    #expect(x.applying(.min, 0.5).data == 0.5)
  }

  @Test func constantsHaveSlotsButNoNodes() throws {
    let graph = Graph()
    let x = graph.leaf(3)
    let y = 2 * x + 2
    #expect(graph.nodeCount == 3)
    let operands = graph.operands(of: NodeIndex(1)).map { graph.isConstant($0.rawValue) }
    #expect(operands == [true, false])
    #expect(!graph.isConstant(y.slot.rawValue))
    #expect(graph.isLeaf(x.slot.rawValue))
    #expect(!graph.isLeaf(y.slot.rawValue))
    y.backward()
    #expect(x.gradient == 2)
  }

  /// The cache of constants tells all bits apart.
  @Test func constantsKeepTheirBits() throws {
    let graph = Graph()
    let numbers = [0, -0.0, 1, .nan, .infinity, -.infinity, 5, 1, 0, -0.0, .nan]
    for number in numbers {
      expectSame(graph.data(at: try graph.recordConstant(number)), number)
    }
    var random = SplitMix64(seed: 3)
    for _ in 0..<3000 {
      let number = Double(Int.random(in: -400...400, using: &random)) / 8
      expectSame(graph.data(at: try graph.recordConstant(number)), number)
    }
  }

  @Test func ancestorsAndDependents() throws {
    let graph = Graph()
    let a = try graph.recordLeaf(1)  // node 0
    let b = try graph.recordLeaf([2, 3])  // node 1
    let c = try graph.record(.multiply, a, b + 1)  // node 2
    let d = try graph.record(.sin, a)  // node 3
    let e = try graph.record(.add, c, c)  // node 4
    #expect(graph.ancestors(of: e) == [true, true, true, false, true])
    #expect(graph.ancestors(of: d) == [true, false, false, true])
    #expect(graph.depend([a, b, c, d, e], on: b + 1) == [false, false, true, false, true])
    #expect(
      graph.depend([a, b, b + 1, c, d, e], on: b) == [false, true, false, false, false, false])
  }

  @Test(arguments: [2, 3, 10, 1000, 1023, 1024, 1025, 3000])
  func nodeLimitIsKept(_ limit: Int) throws {
    let graph = Graph(nodeLimit: limit)
    #expect(graph.nodeLimit == limit)
    let error = #expect(throws: GraphError.self) {
      var slot = try graph.recordLeaf(1)
      while true { slot = try graph.record(.negate, slot) }
    }
    #expect(error == .tooManyNodes(limit: limit))
    #expect(graph.nodeCount <= limit)
    #expect(graph.nodeCount >= limit - 1)
    // With a higher limit the work goes on.
    let last = graph.tape.pointee.slotCount - 1
    graph.nodeLimit = 2 * limit + 2
    #expect(graph.data(at: try graph.record(.abs, Int32(last))) == 1)
    graph.tape.pointee.checkInvariants()
  }

  @Test func nodeLimitHoldsForArrays() throws {
    let graph = Graph(nodeLimit: 4)
    let array = try graph.recordLeaf([1, 2, 3])
    _ = try graph.recordStack([array, array + 2], origin: .unknown)
    _ = try graph.recordStack([], origin: .unknown)
    #expect(throws: GraphError.tooManyNodes(limit: 4)) {
      while true { _ = try graph.recordLeaf([]) }
    }
    #expect(graph.nodeCount <= 4)
  }

  /// A failed statement's nodes go, with their labels.
  @Test func truncationForgets() throws {
    let graph = Graph()
    let a = try graph.recordLeaf(2)
    graph.labels.label(a, graph.labels.intern("a"))
    let b = try graph.record(.exp, a)
    try graph.backward(from: b)
    let mark = graph.mark
    let c = try graph.record(.multiply, a, try graph.recordConstant(7))
    graph.labels.label(c, graph.labels.intern("c"))
    _ = try graph.recordStack([a, c], origin: .unknown)
    try graph.recordBranchGuard(c, origin: Origin(5))
    graph.truncate(to: mark)
    #expect(graph.mark == mark)
    #expect(graph.nodeCount == 2)
    #expect(graph.gradient(at: a) != nil)
    // What is recorded next takes the place of what was forgotten: its constants, its labels.
    let d = try graph.record(.multiply, a, try graph.recordConstant(7))
    #expect(graph.data(at: d) == 14)
    #expect(graph.labels[d] == nil)
    #expect(graph.gradient(at: d) == nil)
    graph.tape.pointee.checkInvariants()
  }

  /// Failed statements leave no trace: the session without them shows the same numbers.
  @Test(arguments: UInt64(1)...20)
  func truncatedWorkIsInvisible(_ seed: UInt64) throws {
    var (plain, failing) = (RandomSession(), RandomSession())
    var random = SplitMix64(seed: seed)
    for _ in 0..<300 {
      let action = RandomSession.Action(&random)
      try plain.perform(action)
      try failing.perform(action)
      guard Int.random(in: 0..<6, using: &random) == 0 else { continue }
      let mark = failing.graph.mark
      let end = failing.graph.tape.pointee.slotCount
      let registers = failing.registers
      for _ in 0..<Int.random(in: 1...40, using: &random) {
        let action = RandomSession.Action(&random)
        if case .label(let register, _) = action, failing.registers[register] < end {
          continue  // the label of an older node would stay
        }
        if RandomSession.isRecording(action) { try failing.perform(action) }
      }
      failing.graph.truncate(to: mark)
      failing.registers = registers
      failing.graph.tape.pointee.checkInvariants()
    }
    // The same nodes in other slots, since a failed statement's constants are forgotten.
    let (plainSlots, failingSlots) = (slots(of: plain.graph), slots(of: failing.graph))
    try #require(plainSlots.count == failingSlots.count)
    for (x, y) in zip(plainSlots, failingSlots) {
      expectSame(plain.graph.data(at: x), failing.graph.data(at: y))
      expectSame(plain.graph.gradient(at: x) ?? -1e99, failing.graph.gradient(at: y) ?? -1e99)
      #expect(plain.graph.isStale(x) == failing.graph.isStale(y))
      #expect(plain.graph.isGradientStale(at: x) == failing.graph.isGradientStale(at: y))
      #expect(plain.label(of: x) == failing.label(of: y))
    }
  }

  /// The slots of all nodes' numbers.
  private func slots(of graph: Graph) -> [Int32] {
    (0..<graph.nodeCount).flatMap { index in
      let first = graph.slot(of: NodeIndex(index)).rawValue
      return first..<first + Int32(graph.tape.pointee.count(of: index))
    }
  }

  /// A mark from before a compaction is of no use: nothing is forgotten.
  @Test func truncationAfterCompactionDoesNothing() throws {
    let graph = Graph()
    let a = try graph.recordLeaf(2)
    let mark = graph.mark
    let b = try graph.record(.exp, a)
    _ = graph.compact(keeping: [b..<b + 1])
    graph.truncate(to: mark)
    #expect(graph.nodeCount == 2)
  }

  @Test func sizesAreReported() {
    let graph = Graph()
    let x = graph.leaf(1)
    let before = graph.byteCount
    (x + x).backward()
    #expect(graph.byteCount == before + 12 + 8 + 2 * 8)
    #expect(Graph.defaultNodeLimit > 1 << 20)
  }
}
