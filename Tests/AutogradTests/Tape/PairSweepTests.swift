import TestSupport
import Testing

@testable import Autograd

/// Elementwise operations on two arrays: values and adjoints must be those of the rules, element by
/// element, to the last bit; whichever loop computes them.
@Suite struct PairSweepTests {
  static let operations: [BinaryOperation] = [
    .add, .subtract, .multiply, .divide, .power, .max, .hypot, .atan2, .modulus,
  ]
  /// The shapes of two operands: alike, a number and an array, rows and columns that are repeated.
  static let shapes: [([Int], [Int])] = [
    ([1], [1]), ([7], [7]), ([63], []), ([], [65]), ([200], [200]), ([3, 50], [50]),
    ([4, 1], [1, 33]), ([30, 1], [30, 5]), ([130], [1]),
  ]

  private static let extremes = [
    0.0, -0.0, 1, -1, 2, .infinity, -.infinity, .nan, 1e308, -1e308, .leastNonzeroMagnitude, 1e-160,
  ]

  private static func numbers(_ count: Int, _ generator: inout SplitMix64) -> [Double] {
    (0..<count).map { _ in
      Int.random(in: 0..<4, using: &generator) == 0
        ? extremes.randomElement(using: &generator) ?? 0
        : Double.random(in: -3...3, using: &generator)
    }
  }

  /// Where an element's operand stands in an array that is broadcast.
  private static func place(_ element: Int, of operand: Shape, in result: Shape) -> Int {
    var (rest, place, stride) = (element, 0, 1)
    for dimension in 0..<result.rank {
      let length = result[result.rank - 1 - dimension]
      if dimension < operand.rank, operand[operand.rank - 1 - dimension] != 1 {
        place += rest % length * stride
        stride *= length
      }
      rest /= length
    }
    return place
  }

  @Test(arguments: operations, shapes.indices.map { $0 })
  func sweepsAsTheRulesSay(_ operation: BinaryOperation, _ index: Int) throws {
    var generator = SplitMix64(seed: UInt64(index))
    let (left, right) = (
      Shape(PairSweepTests.shapes[index].0), Shape(PairSweepTests.shapes[index].1)
    )
    let shape = try #require(left.broadcast(with: right))
    for constant in [nil, OperandSide.left, .right] {
      let graph = Graph()
      // Slots that are not aligned with blocks.
      for _ in 0..<Int.random(in: 0..<70, using: &generator) { _ = try graph.recordLeaf(0) }
      func operand(_ shape: Shape, isConstant: Bool) throws -> ArrayRecord.Operand {
        // A square has a loop of its own.
        let isSquare = operation == .power && isConstant && shape.count == 1
        let numbers = isSquare ? [2] : PairSweepTests.numbers(shape.count, &generator)
        let slot =
          isConstant
          ? try graph.tape.pointee.recordConstants(numbers, count: numbers.count)
          : try graph.recordLeaf(numbers)
        return ArrayRecord.Operand(slot: slot, shape: shape, isConstant: isConstant)
      }
      let operands = [
        try operand(left, isConstant: constant == .left),
        try operand(right, isConstant: constant == .right),
      ]
      let result = try graph.tape.pointee.recordArray(
        .binary(operation), operands, parameters: [], shape: shape, origin: .unknown)
      try check(graph, operation, operands, result, shape, &generator)
    }
  }

  private func check(
    _ graph: Graph, _ operation: BinaryOperation, _ operands: [ArrayRecord.Operand],
    _ result: Int32, _ shape: Shape, _ generator: inout SplitMix64
  ) throws {
    let tape = graph.tape.pointee
    let adjoint = PairSweepTests.numbers(shape.count, &generator)
    for zeroing in [false, true] {
      var adjoints = Adjoints()
      defer { adjoints.deallocate() }
      adjoints.clear(slots: tape.slotCount, zeroing: zeroing)
      // Some has been added before, by what was recorded later.
      var expected = [Double](repeating: 0, count: tape.slotCount)
      for operand in operands where !operand.isConstant {
        let slot = Int(operand.slot) + operand.shape.count / 2
        adjoints.set(0.25, at: slot)
        expected[slot] = 0.25
      }
      for (k, number) in adjoint.enumerated() { adjoints.set(number, at: Int(result) + k) }
      for (number, side) in [OperandSide.left, .right].enumerated() {
        add(to: side, operands, result, shape, adjoint, operation, tape, &expected, number)
      }
      let node = try #require(tape.node(at: result))
      tape.sweepArray(node, at: Int(result), adjoints)
      for operand in operands {
        for slot in operand.slots.map({ Int($0) }) {
          let found = adjoints.number(at: slot)
          #expect(
            found.bitPattern == expected[slot].bitPattern || found.isNaN && expected[slot].isNaN,
            "\(operation.name) \(found) \(expected[slot])")
        }
      }
    }
  }

  /// What the rule adds to one operand's adjoints; where all elements go to one number their sum is added.
  private func add(
    to side: OperandSide, _ operands: [ArrayRecord.Operand], _ result: Int32, _ shape: Shape,
    _ adjoint: [Double], _ operation: BinaryOperation, _ tape: Tape, _ expected: inout [Double],
    _ number: Int
  ) {
    let operand = operands[number]
    if operand.isConstant { return }
    let isOneNumber = operand.shape.count == 1 && shape.count > 1
    var total = 0.0
    for element in 0..<shape.count {
      let slots = operands.map {
        Int($0.slot) + PairSweepTests.place(element, of: $0.shape, in: shape)
      }
      let (x, y) = (tape.values[slots[0]], tape.values[slots[1]])
      let z: Double = operation.value(x, y)
      let value = tape.values[Int(result) + element]
      #expect(value.bitPattern == z.bitPattern || value.isNaN && z.isNaN)
      let local: Double = operation.derivative(for: side, x, y, result: z)
      let g = adjoint[element]
      let amount = g == 0 || operation.isInPieces && local == 0 ? 0 : g * local
      if isOneNumber { total += amount } else { expected[slots[number]] += amount }
    }
    if isOneNumber { expected[Int(operand.slot)] += total }
  }

  @Test(arguments: [0, 1, 15, 16, 17, 64, 1000], PairSweepTests.extremes)
  func whatIsNotFiniteIsFound(count: Int, extreme: Double) {
    var numbers = [Double](repeating: 1e300, count: count)
    #expect(ArrayKernels.areFinite(numbers, count))
    for place in Set([0, count / 2, count - 1]) where numbers.indices.contains(place) {
      numbers[place] = extreme
      #expect(ArrayKernels.areFinite(numbers, count) == extreme.isFinite)
      numbers[place] = -1e300
    }
  }
}
