/// Which numbers of a graph move when some numbers of a variable do, and which stand still whatever their
/// slopes: an infinite slope of one that stands still has no part in a derivative.
struct MovingNumbers {
  /// By slot, from the variable's first on.
  private var moves: [Bool]
  private let base: Int

  /// - Parameters:
  ///   - variable: what stands for the variable.
  ///   - moving: for each of its numbers whether it moves.
  ///   - last: the last node to be looked at.
  init(_ tape: Tape, _ variable: Place, moving: [Bool], through last: Int) {
    base = Int(variable.slot)
    let end = max(tape.slot(of: last) + tape.count(of: last), base + moving.count)
    moves = moving + [Bool](repeating: false, count: end - base - moving.count)
    guard let first = tape.node(at: variable.slot), first < last else { return }
    for index in first + 1...last where tape.nodes[index].operation.hasValue {
      follow(index, tape)
    }
  }

  /// For each of some numbers whether it moves.
  func moving(_ slots: Range<Int>) -> [Bool] { slots.map(isMoving) }

  private func isMoving(_ slot: Int) -> Bool { slot >= base && moves[slot - base] }

  private mutating func follow(_ index: Int, _ tape: Tape) {
    let start = tape.slot(of: index)
    guard start >= base else { return }
    switch tape.nodes[index].operation {
    case .unary, .binary, .ternary:
      tape.forEachOperand(of: index) { if isMoving($0) { moves[start - base] = true } }
    case .stack:
      var k = start
      tape.forEachOperand(of: index) {
        if isMoving($0) { moves[k - base] = true }
        k += 1
      }
    case .array: follow(tape.arrayRecord(of: index), tape, at: start)
    case .leaf, .branchGuard, .indexGuard, .operand: break
    }
  }

  /// A sum moves where one of its terms does, and so on: the operation on ones, where numbers move, and
  /// zeros, for those that put numbers together; other reductions as wholes.
  private mutating func follow(_ record: ArrayRecord, _ tape: Tape, at start: Int) {
    func marks(_ operand: ArrayRecord.Operand) -> Numbers {
      Numbers(operand.slots.map { isMoving(Int($0)) ? 1 : 0 }, shape: operand.shape)
    }
    let marks = record.operands.map(marks)
    let result: Numbers
    switch record.operation {
    case .unary: result = marks[0]
    case .binary, .ternary:
      result = marks.dropFirst().reduce(marks[0]) { sum, mark in
        Numbers(
          .binary(.add), [sum, mark], parameters: [], shape: broadcastShape(sum.shape, mark.shape))
      }
    case .whole(let operation):
      switch operation {
      case .copy, .sum, .cumulativeSum, .broadcast, .transpose, .gather, .scatter, .replace:
        result = Numbers(
          record.operation, marks, parameters: tape.parameters(of: record), shape: record.shape)
      case .matrixProduct, .maximum, .minimum, .norm, .logSumExp, .argMaximum, .argMinimum, .all,
        .any, .softmax, .sort, .arrange, .disarrange:
        let isAny = marks.contains { $0.array.contains(1) }
        let mark: Double = isAny ? 1 : 0
        result = Numbers(
          [Double](repeating: mark, count: record.shape.count), shape: record.shape)
      }
    }
    for (k, mark) in result.array.enumerated() where mark != 0 { moves[start + k - base] = true }
  }
}
