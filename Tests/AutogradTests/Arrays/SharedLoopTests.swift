import TestSupport
import Testing

@testable import Autograd

/// Long arrays, which threads share: every number and every adjoint is what it is in a short array.
@Suite struct SharedLoopTests {
  private static let count = LongWork.sharedNumbers + 12_345

  @Test(arguments: [UnaryOperation.sin, .tanh, .exp, .gamma, .sigmoid, .log, .relu, .negate])
  func sharesGiveTheSame(_ operation: UnaryOperation) throws {
    var generator = SplitMix64(seed: 7)
    let numbers = (0..<SharedLoopTests.count).map { _ in
      Double.random(in: 0.1...3, using: &generator)
    }
    let graph = Graph()
    _ = try graph.recordLeaf(1)  // so that the arrays' slots are not whole blocks
    let (value, gradient) = try swept(operation, numbers, on: graph)
    for start in stride(from: 0, to: numbers.count, by: 1000) {
      let part = start..<min(start + 1000, numbers.count)
      let (short, shortGradient) = try swept(operation, Array(numbers[part]), on: Graph())
      #expect(value[part].elementsEqual(short))
      #expect(gradient[part].elementsEqual(shortGradient))
    }
  }

  private func swept(
    _ operation: UnaryOperation, _ numbers: [Double], on graph: Graph
  ) throws -> (value: [Double], gradient: [Double]) {
    let shape = Shape([numbers.count])
    let leaf = try graph.recordLeaf(numbers)
    let result = try graph.tape.pointee.recordArray(
      .unary(operation), [ArrayRecord.Operand(slot: leaf, shape: shape, isConstant: false)],
      parameters: [], shape: shape, origin: .unknown)
    let sum = try graph.tape.pointee.recordArray(
      .whole(.sum), [ArrayRecord.Operand(slot: result, shape: shape, isConstant: false)],
      parameters: [1, Int32(numbers.count), 1], shape: .number, origin: .unknown)
    try graph.backward(from: sum)
    return (
      numbers.indices.map { graph.data(at: result + Int32($0)) },
      numbers.indices.map { graph.gradient(at: leaf + Int32($0)) ?? .nan }
    )
  }

  /// A sweep passes over arrays that its root does not depend on without writing to their adjoints.
  @Test func sweepsLeaveOtherArraysAlone() throws {
    let graph = Graph()
    let numbers = (0..<1000).map { Double($0) }
    for _ in 0..<5 { _ = try swept(.exp, numbers, on: graph) }
    let others = graph.tape.pointee.slotCount
    let (_, gradient) = try swept(.sin, numbers, on: graph)
    #expect(gradient == numbers.map { .cos($0) })
    #expect(graph.tape.pointee.adjoints.areNew(0, others - 64))
    #expect(!graph.tape.pointee.adjoints.areNew(0, others + 64))
  }
}
