/// A number or an array that is plain, or tracked by a graph: operations on plain ones are computed at
/// once, any other records a node.
package struct Traced: ArrayArithmetic {
  package enum Storage {
    case number(Double)
    case plain(Numbers)
    case node(Recorder, slot: Int32, shape: Shape)
  }

  package let storage: Storage

  package init(_ storage: Storage) { self.storage = storage }
  package init(constant: Double) { storage = .number(constant) }
  package init(integerLiteral value: Int) { storage = .number(Double(value)) }
  package init(floatLiteral value: Double) { storage = .number(value) }
  package init(_ numbers: Numbers) {
    storage = numbers.shape.rank == 0 ? .number(numbers[0]) : .plain(numbers)
  }
  /// What stands in a graph's slots.
  package init(_ recorder: Recorder, slot: Int32, shape: Shape) {
    storage = .node(recorder, slot: slot, shape: shape)
  }

  package var shape: Shape {
    switch storage {
    case .number: .number
    case .plain(let numbers): numbers.shape
    case .node(_, _, let shape): shape
    }
  }

  /// Whether the value is part of a graph.
  package var isTracked: Bool { recorder != nil }
  package var isRecorded: Bool { isTracked }
  package var isExtreme: Bool {
    let numbers = numbers
    return (0..<numbers.shape.count).contains {
      let size = numbers[$0].magnitude
      return size != 0 && !(0x1p-500...0x1p500).contains(size)
    }
  }

  /// The numbers at present; those of a node are lent until its graph grows.
  package var numbers: Numbers {
    switch storage {
    case .number(let number): Numbers([number], shape: .number)
    case .plain(let numbers): numbers
    case .node(let recorder, let slot, let shape):
      Numbers(borrowing: recorder.graph.tape.pointee.values + Int(slot), shape: shape)
    }
  }

  /// The first number.
  package var first: Double {
    switch storage {
    case .number(let number): number
    case .plain(let numbers): numbers[0]
    case .node(let recorder, let slot, _): recorder.graph.data(at: slot)
    }
  }

  var recorder: Recorder? {
    if case .node(let recorder, _, _) = storage { return recorder }
    return nil
  }

  private func isNumber(_ number: Double) -> Bool {
    if case .number(number) = storage { return true }
    return false
  }

  // MARK: Operations

  package static func apply(_ operation: UnaryOperation, _ x: Traced) -> Traced {
    if case .number(let number) = x.storage { return Traced(constant: operation.value(number)) }
    return evaluate(.unary(operation), [x], parameters: [], x.shape)
  }

  package static func apply(_ operation: BinaryOperation, _ x: Traced, _ y: Traced) -> Traced {
    if case .number(let a) = x.storage, case .number(let b) = y.storage {
      return Traced(constant: operation.value(a, b))
    }
    if let folded = folded(operation, x, y) { return folded }
    return evaluate(.binary(operation), [x, y], parameters: [], broadcastShape(x.shape, y.shape))
  }

  package static func apply(
    _ operation: TernaryOperation, _ x: Traced, _ y: Traced, _ z: Traced
  ) -> Traced {
    let shape = broadcastShape(broadcastShape(x.shape, y.shape), z.shape)
    return evaluate(.ternary(operation), [x, y, z], parameters: [], shape)
  }

  package static func apply(
    _ operation: WholeOperation, _ operands: [Traced], parameters: [Int32], shape: Shape
  ) -> Traced {
    evaluate(.whole(operation), operands, parameters: parameters, shape)
  }

  /// 1·x, x + 0 and the like, in derivatives.
  private static func folded(
    _ operation: BinaryOperation, _ x: Traced, _ y: Traced
  ) -> Traced? {
    guard (x.recorder ?? y.recorder)?.foldsIdentities ?? false else { return nil }
    if operation == .multiply {
      if x.isNumber(1) { return y }
      if y.isNumber(1) { return x }
    } else if operation == .divide {
      if y.isNumber(1) { return x }
    } else if operation == .add {
      if x.isNumber(0) { return y }
      if y.isNumber(0) { return x }
    } else if operation == .subtract {
      if y.isNumber(0) { return x }
    }
    return nil
  }

  private static func evaluate(
    _ operation: ArrayOperation, _ operands: [Traced], parameters: [Int32], _ shape: Shape
  ) -> Traced {
    // An array without numbers has nothing to track.
    guard shape.count > 0, let recorder = operands.lazy.compactMap(\.recorder).first else {
      return Traced(
        Numbers(operation, operands.map(\.numbers), parameters: parameters, shape: shape))
    }
    let places = operands.map(recorder.operand)
    let slot = recorder.record { () throws(GraphError) in
      if shape.rank == 0,
        let slot = try recorder.graph.recordNumber(operation, places, recorder.origin)
      {
        return slot
      }
      return try recorder.graph.tape.pointee.recordArray(
        operation, places, parameters: parameters, shape: shape, origin: recorder.origin)
    }
    return Traced(recorder, slot: slot, shape: shape)
  }

  package static prefix func - (x: Traced) -> Traced { apply(.negate, x) }
  package static func + (x: Traced, y: Traced) -> Traced { apply(.add, x, y) }
  package static func - (x: Traced, y: Traced) -> Traced { apply(.subtract, x, y) }
  package static func * (x: Traced, y: Traced) -> Traced { apply(.multiply, x, y) }
  package static func / (x: Traced, y: Traced) -> Traced { apply(.divide, x, y) }

  /// Of a condition that is plain only the branch that is taken is computed; one that is tracked may
  /// go the other way when the formula is evaluated again.
  package static func select(
    _ condition: Traced, _ yes: @autoclosure () -> Traced, _ no: @autoclosure () -> Traced
  ) -> Traced {
    if case .number(let value) = condition.storage {
      return value.isNaN ? condition : value != 0 ? yes() : no()
    }
    return apply(TernaryOperation.select, condition, yes(), no())
  }

  package static func logisticSlope(_ x: Traced) -> Traced {
    x.isTracked ? sigmoid(x) * sigmoid(-x) : logisticSlopeBySmaller(x)
  }

  package static func contribution(
    _ adjoint: Traced, _ local: Traced, isInPieces: Bool, _ steepness: Steepness
  ) -> Traced {
    if adjoint.isNumber(0) || local.isNumber(0) { return 0 }
    let mayMeet =
      switch ((adjoint.recorder ?? local.recorder)?.mask ?? .none, steepness) {
      case (.choice, _), (.flat, .atPoles), (.flat, .atNumbers), (.none, .atNumbers): true
      case (.none, .atPoles): !adjoint.isTracked
      case (.none, .nowhere), (.flat, .nowhere): false
      }
    let mayBeZero = adjoint.isTracked || adjoint.hasZeros
    if mayMeet && mayBeZero && local.isTracked || !local.numbers.areFinite {
      return adjoint * local.harmless(to: adjoint)
    }
    let mayBeInfinite = adjoint.isTracked || !adjoint.numbers.areFinite
    if isInPieces, local.isTracked, mayBeInfinite { return adjoint.harmless(to: local) * local }
    return adjoint * local
  }

  /// Whether some of the numbers are 0 now.
  private var hasZeros: Bool {
    let numbers = numbers
    return (0..<numbers.shape.count).contains { numbers[$0] == 0 }
  }

  package var isCount: Bool {
    if case .number(let number) = storage { return number >= 1 && number == number.rounded() }
    return false
  }

  /// This as a factor: 0 where it is not finite and the other factor is 0.
  ///
  /// Where it is finite a factor of 0 is a number like any other: it may have a derivative.
  func harmless(to other: Traced) -> Traced {
    let isFinite: Traced = .equal(self - self, 0)
    return .select(isFinite + .apply(.notEqual, other, 0), self, 0)
  }

  package func reshaped(_ shape: Shape) -> Traced {
    switch storage {
    case .number: self.shape == shape ? self : Traced(.plain(numbers.reshaped(shape)))
    case .plain(let numbers): Traced(numbers.reshaped(shape))
    case .node(let recorder, let slot, _): Traced(recorder, slot: slot, shape: shape)
    }
  }

  package func part(_ offset: Int, _ shape: Shape) -> Traced {
    if shape.count == 0 { return Traced(Numbers([], shape: shape)) }
    switch storage {
    case .number: return reshaped(shape)
    case .plain(let numbers): return Traced(numbers.part(offset, shape))
    case .node(let recorder, let slot, _):
      return Traced(recorder, slot: slot + Int32(offset), shape: shape)
    }
  }
}

extension Graph {
  /// Records an operation whose operands are all numbers as a scalar node; nil where one is an array,
  /// or the operation is one on arrays.
  fileprivate func recordNumber(
    _ operation: ArrayOperation, _ operands: [ArrayRecord.Operand], _ origin: Origin
  ) throws(GraphError) -> Int32? {
    guard operands.allSatisfy({ $0.shape.rank == 0 }) else { return nil }
    switch operation {
    case .unary(let operation): return try record(operation, operands[0].slot, origin: origin)
    case .binary(let operation):
      return try record(
        operation, operands[0].slot, operands[1].slot, leftIsConstant: operands[0].isConstant,
        rightIsConstant: operands[1].isConstant, origin: origin)
    case .ternary(let operation):
      return try record(
        operation, operands[0].slot, operands[1].slot, operands[2].slot, origin: origin)
    case .whole: return nil
    }
  }
}
