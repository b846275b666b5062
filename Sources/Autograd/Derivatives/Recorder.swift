/// Why an adjoint may be 0 where what it is multiplied by is not finite: the product is 0 then.
enum AdjointMask: Int {
  /// It is not, as far as is known.
  case none
  /// A function is flat there, as relu and max are: only steep slopes are infinite where it comes to.
  case flat
  /// A `where` chose another branch: whatever belongs to this one may be infinite.
  case choice
}

/// Where traced values record their operations.
///
/// Operators cannot throw: the first error is kept, and whoever computes looks at it in the end.
package final class Recorder {
  package let graph: Graph
  /// The instruction that the nodes come from.
  package let origin: Origin
  /// Whether 1·x, x + 0 and the like are x itself: wanted in derivatives, not in what users write.
  let foldsIdentities: Bool
  /// Why the adjoint that is being passed on may be 0 here and there.
  var mask = AdjointMask.none
  /// What stopped the recording.
  package private(set) var error: GraphError?
  /// The slots of plain arrays that have entered the graph, with what keeps each in its place.
  private var constants: [UnsafePointer<Double>: (slot: Int32, numbers: Numbers)] = [:]

  package init(_ graph: Graph, origin: Origin, foldsIdentities: Bool = false) {
    self.graph = graph
    self.origin = origin
    self.foldsIdentities = foldsIdentities
  }

  /// The error, if there was one.
  package func check() throws(GraphError) {
    if let error { throw error }
  }

  /// Records unless something has gone wrong already; the slot is of no use then.
  func record(_ body: () throws(GraphError) -> Int32) -> Int32 {
    guard error == nil else { return 0 }
    do {
      return try body()
    } catch {
      self.error = error
      return 0
    }
  }

  /// The operand of an array node that stands for a value.
  func operand(_ value: Traced) -> ArrayRecord.Operand {
    switch value.storage {
    case .number(let number):
      let slot = record { () throws(GraphError) in try graph.recordConstant(number) }
      return ArrayRecord.Operand(slot: slot, shape: .number, isConstant: true)
    case .plain(let numbers):
      return ArrayRecord.Operand(slot: constant(numbers), shape: numbers.shape, isConstant: true)
    case .node(_, let slot, let shape):
      return ArrayRecord.Operand(slot: slot, shape: shape, isConstant: false)
    }
  }

  private func constant(_ numbers: Numbers) -> Int32 {
    if let known = constants[numbers.start], known.numbers.shape.count >= numbers.shape.count {
      return known.slot
    }
    let slot = record { () throws(GraphError) in
      try graph.tape.pointee.recordConstants(numbers.start, count: numbers.shape.count)
    }
    constants[numbers.start] = (slot, numbers)
    return slot
  }
}

extension Recorder {
  /// An array of numbers, plain when all of them are.
  package func row(_ numbers: [Traced]) -> Traced {
    joined(numbers, shape: Shape(count: numbers.count))
  }

  /// The numbers of some values one after another, plain when all of them are.
  package func joined(_ parts: [Traced], shape: Shape) -> Traced {
    guard parts.contains(where: \.isTracked) else {
      return Traced(
        Numbers(shape: shape) { start in
          var next = start
          for part in parts {
            let numbers = part.numbers
            numbers.copy(to: next)
            next += numbers.shape.count
          }
        })
    }
    // Constants get their slots first: an operand's slot is below its node's.
    var slots: [Int32] = []
    slots.reserveCapacity(shape.count)
    for part in parts { slots.append(contentsOf: operand(part).slots) }
    guard error == nil else { return 0 }
    let slot = record { () throws(GraphError) in try graph.recordStack(slots, origin: origin) }
    return Traced(self, slot: slot, shape: shape)
  }
}
