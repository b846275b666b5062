import Autograd
import TestSupport
import Testing

@Suite struct TapeTests {
  @Test func nodesArePlainDataOfTwelveBytes() {
    #expect(MemoryLayout<Node>.stride == 12)
    #expect(MemoryLayout<Operation>.size == 1)
    #expect(_isPOD(Node.self))
  }

  static let operations: [Operation] =
    [.leaf, .stack, .branchGuard, .indexGuard, .operand]
    + UnaryOperation.allCases.map(Operation.unary)
    + BinaryOperation.allCases.map(Operation.binary)
    + TernaryOperation.allCases.map(Operation.ternary)

  /// What is packed into a record comes out again.
  @Test func recordsKeepOperationAndOrigin() throws {
    let graph = Graph()
    let x = try graph.recordLeaf(1, origin: Origin(Origin.limit - 1))
    let constant = try graph.recordConstant(2)
    for (k, operation) in BinaryOperation.allCases.enumerated() {
      _ = try graph.record(operation, x, constant, origin: Origin(k))
      _ = try graph.record(operation, constant, x, origin: Origin(k))
    }
    for (k, operation) in UnaryOperation.allCases.enumerated() {
      _ = try graph.record(operation, x, origin: Origin(1 << 21 | k))
    }
    let nodes = (0..<graph.nodeCount).map { graph.tape.pointee.nodes[$0] }
    #expect(nodes[0].operation == .leaf)
    #expect(nodes[0].origin == Origin(Origin.limit - 1))
    for (k, operation) in BinaryOperation.allCases.enumerated() {
      let pair = nodes[(1 + 2 * k)...(2 + 2 * k)]
      #expect(pair.allSatisfy { $0.operation == .binary(operation) && $0.origin == Origin(k) })
      #expect(pair.map(\.leftIsConstant) == [false, true])
      #expect(pair.map(\.rightIsConstant) == [true, false])
    }
    for (node, operation) in zip(
      nodes.suffix(UnaryOperation.allCases.count), UnaryOperation.allCases)
    {
      #expect(node.operation == .unary(operation))
      #expect(!node.leftIsConstant)
    }
    #expect(Origin(Origin.limit) == .unknown)
  }

  @Test func namesOfOperations() {
    let names = TapeTests.operations.map(\.name)
    #expect(names.first == "")
    // The sign and subtraction share theirs.
    #expect(Set(names).count == names.count - 1)
    #expect(TapeTests.operations.filter { !$0.hasValue } == [.branchGuard, .indexGuard, .operand])
  }

  @Test(arguments: UInt64(1)...10)
  func invariantsHoldAfterRandomPrograms(_ seed: UInt64) throws {
    let graph = Graph()
    for round in 0..<20 {
      _ = try RandomProgram(leafCount: 3, stepCount: 100, seed: seed << 8 + UInt64(round))
        .record(in: graph)
      _ = try graph.recordLeaf([Double](repeating: 1, count: round * 37))
    }
    graph.tape.pointee.checkInvariants()
    #expect(graph.nodeCount > 1500)
  }

  @Test func nodesAreFoundByTheirSlots() throws {
    let graph = Graph()
    let a = try graph.recordLeaf(1)
    let constant = try graph.recordConstant(2)
    let empty = try graph.recordLeaf([])
    let v = try graph.recordLeaf([1, 2, 3])
    let w = try graph.record(.select, a, v, a)
    let tape = graph.tape.pointee
    #expect(tape.node(at: a) == 0)
    #expect(tape.node(at: constant) == nil)
    #expect(empty == v, "an empty array owns no slot")
    #expect((v..<v + 3).map(tape.node) == [2, 2, 2])
    #expect(tape.node(at: w) == 4)
    #expect(tape.node(at: w + 1) == nil)
    #expect((0..<5).map(tape.count) == [1, 0, 3, 0, 1])
  }

  /// The record of a product and a sum at once is that of the two.
  @Test func multiplyAdd() throws {
    let graph = Graph()
    let (x, y, z) = (try graph.recordLeaf(2), try graph.recordLeaf(3), try graph.recordLeaf(4))
    try graph.tape.pointee.grow()
    let sum = graph.tape.pointee.recordMultiplyAdd(
      x, y, z, product: 6, sum: 10, productOrigin: Origin(1), sumOrigin: Origin(2))
    graph.tape.pointee.checkInvariants()
    #expect(graph.nodeCount == 5)
    #expect([sum - 1, sum].map(graph.data) == [6, 10])
    try graph.backward(from: sum)
    #expect([x, y, z, sum - 1].map(graph.gradient) == [3, 2, 1, 1])
    graph.setData(5, at: x)
    try graph.forwardAll()
    #expect([sum - 1, sum].map(graph.data) == [15, 19])
  }

  /// Arrays, constants and scalars in turn never write past the room that there is.
  @Test func growth() throws {
    let graph = Graph()
    var total = 0.0
    var slots: [Int32] = []
    for round in 0..<400 {
      let v = try graph.recordLeaf((0..<round).map(Double.init))
      let constant = try graph.recordConstant(Double(round))
      let s = try graph.recordStack(
        (0..<Int32(round)).map { v + $0 } + [constant], origin: .unknown)
      slots.append(s + Int32(round))
      total += Double(round)
    }
    graph.tape.pointee.checkInvariants()
    #expect(slots.map(graph.data).reduce(0, +) == total)
  }
}
