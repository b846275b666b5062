// What the tape's list of numbers says of an array node: its operation, shapes, operands, parameters.
//
//     operation's code · number of operands · rank and lengths of the result
//     for each operand: slot · 1 for a constant · rank and lengths
//     parameters, and what is found with the value, to the end of the record

/// An array node, read from the tape.
package struct ArrayRecord {
  /// An operand: where its numbers begin, its shape, and whether it is a constant.
  package struct Operand {
    package let slot: Int32
    package let shape: Shape
    package let isConstant: Bool

    package init(slot: Int32, shape: Shape, isConstant: Bool) {
      self.slot = slot
      self.shape = shape
      self.isConstant = isConstant
    }

    /// The operand's slots.
    package var slots: Range<Int32> { slot..<slot + Int32(shape.count) }
  }

  package let operation: ArrayOperation
  package let shape: Shape
  package let operands: [Operand]
  /// Where the parameters stand in the tape's lists.
  let parameters: Range<Int>

  /// How many words a record has.
  static func wordCount(
    _ operation: ArrayOperation, _ operands: [Operand], parameters: [Int32], shape: Shape
  ) -> Int {
    let own = 3 + shape.rank + parameters.count + operation.foundCount(shape)
    return operands.reduce(own) { $0 + 3 + $1.shape.rank }
  }
}

/// A place in the tape's lists where the words of a record are written one after another.
private struct RecordWriter {
  var next: UnsafeMutablePointer<Int32>

  mutating func write(_ word: Int) {
    next.initialize(to: Int32(word))
    next += 1
  }

  mutating func write(_ shape: Shape) {
    write(shape.rank)
    for dimension in 0..<shape.rank { write(shape[dimension]) }
  }
}

/// A place in the tape's lists where the words of a record are read one after another.
private struct RecordReader {
  let lists: UnsafeMutablePointer<Int32>
  var place: Int

  mutating func next() -> Int32 {
    place += 1
    return lists[place - 1]
  }

  mutating func nextShape() -> Shape {
    switch next() {
    case 0: return .number
    case 1: return Shape(count: Int(next()))
    case 2:
      let rows = Int(next())
      return Shape(rows: rows, columns: Int(next()))
    case let rank:
      var lengths: [Int] = []
      for _ in 0..<rank { lengths.append(Int(next())) }
      return Shape(lengths)
    }
  }
}

extension Tape {
  /// The record of an array node.
  package func arrayRecord(of index: Int) -> ArrayRecord {
    let node = nodes[index]
    var reader = RecordReader(lists: lists, place: Int(node.left))
    let operation = ArrayOperation(code: reader.next())
    let count = Int(reader.next())
    let shape = reader.nextShape()
    var operands: [ArrayRecord.Operand] = []
    operands.reserveCapacity(count)
    for _ in 0..<count {
      let slot = reader.next()
      let isConstant = reader.next() == 1
      operands.append(
        ArrayRecord.Operand(slot: slot, shape: reader.nextShape(), isConstant: isConstant))
    }
    return ArrayRecord(
      operation: operation, shape: shape, operands: operands,
      parameters: reader.place..<Int(node.left) + Int(node.right))
  }

  /// The parameters of an array node.
  package func parameters(of record: ArrayRecord) -> [Int32] {
    record.parameters.map { lists[$0] }
  }

  /// How many slots an array node owns.
  func arrayCount(of node: Node) -> Int {
    let first = Int(node.left) + 2
    var count = 1
    for k in 0..<Int(lists[first]) { count *= Int(lists[first + 1 + k]) }
    return count
  }

  /// Calls `body` with the place in the lists of each operand's slot, and how many slots it has.
  @inline(__always)
  func forEachArrayOperand(of node: Node, _ body: (Int, Int) -> Void) {
    var at = Int(node.left) + 1
    let count = Int(lists[at])
    at += 2 + Int(lists[at + 1])
    for _ in 0..<count {
      let place = at
      let rank = Int(lists[at + 2])
      var slots = 1
      for k in 0..<rank { slots *= Int(lists[at + 3 + k]) }
      body(place, slots)
      at += 3 + rank
    }
  }

  /// Records an operation on arrays and computes its result; the operands' slots stand before.
  ///
  /// - Throws: `GraphError` where there is no room.
  package mutating func recordArray(
    _ operation: ArrayOperation, _ operands: [ArrayRecord.Operand], parameters: [Int32],
    shape: Shape, origin: Origin
  ) throws(GraphError) -> Int32 {
    let wordCount = ArrayRecord.wordCount(operation, operands, parameters: parameters, shape: shape)
    try grow(slots: shape.count, listed: wordCount)
    let slot = Int32(truncatingIfNeeded: slotCount)
    noteSlot()
    (nodes + nodeCount).initialize(
      to: Node(.array, left: Int32(listCount), right: Int32(wordCount), origin: origin))
    write(operation, operands, parameters: parameters, shape: shape)
    listCount += wordCount
    nodeCount += 1
    slotCount += shape.count
    noteSize(of: arrayRecord(of: nodeCount - 1))
    computeArray(nodeCount - 1, at: Int(slot))
    return slot
  }

  /// Notes how large an operation's arrays are, and whether it takes long enough to be stopped.
  mutating func noteSize(of record: ArrayRecord) {
    for operand in record.operands { largestArray = Swift.max(largestArray, operand.shape.count) }
    largestArray = Swift.max(largestArray, record.shape.count)
    guard record.operation == .whole(.matrixProduct) else { return }
    let sizes = parameters(of: record).prefix(3)
    if sizes.reduce(1.0, { $0 * Double($1) }) > Double(LongWork.multiplications) {
      hasLongWork = true
    }
  }

  /// Writes a record behind the lists.
  private func write(
    _ operation: ArrayOperation, _ operands: [ArrayRecord.Operand], parameters: [Int32],
    shape: Shape
  ) {
    var writer = RecordWriter(next: lists + listCount)
    writer.write(Int(operation.code))
    writer.write(operands.count)
    writer.write(shape)
    for operand in operands {
      writer.write(Int(operand.slot))
      writer.write(operand.isConstant ? 1 : 0)
      writer.write(operand.shape)
    }
    for parameter in parameters { writer.write(Int(parameter)) }
  }

  /// Records constants in a row; they have slots and no node.
  package mutating func recordConstants(
    _ numbers: UnsafePointer<Double>, count: Int
  ) throws(GraphError) -> Int32 {
    try grow(slots: count)
    let slot = Int32(truncatingIfNeeded: slotCount)
    (values + slotCount).initialize(from: numbers, count: count)
    slotCount += count
    return slot
  }

  /// Computes an array node's numbers, which stand from `slot` on, from its operands'.
  func computeArray(_ index: Int, at slot: Int) {
    let record = arrayRecord(of: index)
    let operands = record.operands.map {
      Numbers(borrowing: UnsafePointer(values + Int($0.slot)), shape: $0.shape)
    }
    let parameters = UnsafeMutableBufferPointer(
      start: lists + record.parameters.lowerBound, count: record.parameters.count)
    ArrayKernels.run(
      record.operation, operands, parameters, into: values + slot, record.shape)
  }
}
