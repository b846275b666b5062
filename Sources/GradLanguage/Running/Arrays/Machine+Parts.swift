import Autograd

// Indices, slices and gathers of arrays, and the assignment to parts.

/// Which elements of an array indices choose.
struct ArrayPart {
  /// The shape of the part; indices that are numbers leave no dimension.
  let shape: Shape
  /// The first element and how many, when they stand in a row.
  let run: (start: Int, count: Int)?
  /// The positions of the elements otherwise.
  let positions: [Int32]

  /// The positions of all elements.
  var allPositions: [Int32] {
    run.map { run in (0..<run.count).map { Int32(run.start + $0) } } ?? positions
  }
}

/// One index.
enum ArrayIndex {
  case value(Register)
  case all
  /// First, last and step.
  case range(Register, Register, Register)
}

extension Machine {
  /// The indices in the `dimension`s after an instruction.
  func dimensions(
    _ at: UnsafePointer<Instruction>, _ count: Int, _ r: UnsafeMutablePointer<Register>
  ) -> [ArrayIndex] {
    (0..<count).map { k in
      let register = Int(at[k].b)
      switch DimensionKind(rawValue: Int(at[k].a)) {
      case .all: return .all
      case .range: return .range(r[register], r[register + 1], r[register + 2])
      case .value, nil: return .value(r[register])
      }
    }
  }

  /// What one index chooses: whether it is a number, and the positions from 0.
  private enum Choice {
    case one(Int)
    case run(Int, Int)
    case list([Int])

    var count: Int {
      switch self {
      case .one: 1
      case .run(_, let count): count
      case .list(let positions): positions.count
      }
    }

    func position(_ k: Int) -> Int {
      switch self {
      case .one(let position): position
      case .run(let start, _): start + k
      case .list(let positions): positions[k]
      }
    }
  }

  /// The part of an array that indices choose; dimensions without an index are taken whole.
  private func resolve(
    _ indices: [ArrayIndex], in array: ArrayObject, _ origin: Origin
  ) throws(MachineError) -> ArrayPart {
    let lengths = array.shape.lengths
    guard indices.count <= lengths.count else {
      throw MachineError(
        .wrongIndexCount(expected: lengths.count, found: indices.count), operand: lengths.count)
    }
    var choices: [Choice] = []
    for (k, (index, length)) in zip(indices, lengths).enumerated() {
      choices.append(try choice(index, length, origin, operand: k))
    }
    for length in lengths.dropFirst(indices.count) { choices.append(.run(0, length)) }
    var shape: [Int] = []
    for choice in choices {
      if case .one = choice { continue }
      shape.append(choice.count)
    }
    if let run = run(choices, lengths) {
      return ArrayPart(shape: Shape(shape), run: run, positions: [])
    }
    try checkSize(Shape(shape))
    return ArrayPart(shape: Shape(shape), run: nil, positions: positions(choices, lengths))
  }

  /// Whether the chosen elements stand in a row: numbers, then at most one run, then whole dimensions.
  private func run(_ choices: [Choice], _ lengths: [Int]) -> (start: Int, count: Int)? {
    var start = 0
    var count = 1
    var isOpen = false  // a dimension has been chosen in part: what follows must be whole
    for (choice, length) in zip(choices, lengths) {
      switch choice {
      case .one(let position):
        if isOpen { return nil }
        start = start * length + position
      case .run(let first, let chosen):
        if isOpen, first != 0 || chosen != length { return nil }
        start = start * length + first
        count *= chosen
        isOpen = isOpen || chosen != 1
      case .list: return nil
      }
    }
    return (start, count)
  }

  private func positions(_ choices: [Choice], _ lengths: [Int]) -> [Int32] {
    var result: [Int32] = [0]
    for (choice, length) in zip(choices, lengths) {
      var next: [Int32] = []
      next.reserveCapacity(result.count * choice.count)
      for base in result {
        for k in 0..<choice.count { next.append(base * Int32(length) + Int32(choice.position(k))) }
      }
      result = next
    }
    return result
  }

  private func choice(
    _ index: ArrayIndex, _ length: Int, _ origin: Origin, operand: Int
  ) throws(MachineError) -> Choice {
    switch index {
    case .all: return .run(0, length)
    case .range(let first, let last, let step):
      return try rangeChoice([first, last, step], length, origin, operand)
    case .value(let value):
      guard value.kind == .array else {
        return .one(try position(value, length, origin, operand: operand))
      }
      let array = heap.arrays[value.handle]
      guard array.rank == 1 else {
        throw MachineError(
          .wrongKind(
            expected: "a number or a list of them", found: describe(value), by: "an index"),
          operand: operand)
      }
      if array.isTracked, array.count > 0 {
        do throws(GraphError) {
          try graph.recordIndexGuard(array.slot, count: array.count, origin: origin)
        } catch { throw machineError(error) }
      }
      var positions: [Int] = []
      for number in numbers(of: array) {
        positions.append(try position(Register(number), length, origin, operand: operand))
      }
      return .list(positions)
    }
  }

  private func rangeChoice(
    _ parts: [Register], _ length: Int, _ origin: Origin, _ operand: Int
  ) throws(MachineError) -> Choice {
    var loop = parts + [Register(0)]
    try loop.withUnsafeMutableBufferPointer { buffer throws(MachineError) in
      guard let base = buffer.baseAddress else { return }
      do throws(MachineError) { try prepareLoop(.forPrepare, base, origin) } catch {
        // The range as a whole is the operand here.
        throw MachineError(error.problem, address: error.address, operand: operand)
      }
    }
    let (count, first, step) = (loop[1].number, loop[2].number, loop[3].number)
    guard count > 0 else { return .run(0, 0) }
    let start = try position(Register(first), length, origin, operand: operand)
    if count == 1 { return .run(start, 1) }
    // Beyond 2^53 the count is not exact, and the end that was written says more.
    let last = count < 0x1p53 ? Register(first + (count - 1) * step) : parts[1]
    _ = try position(last, length, origin, operand: operand)
    guard step == step.rounded() else {
      throw MachineError(.indexNotWhole(first + step), operand: operand)
    }
    // Both ends are in the array: neither the step nor the count is beyond its length.
    if step == 1 { return .run(start, Int(count)) }
    return .list((0..<Int(count)).map { start + $0 * Int(step) })
  }

  private func array(_ base: Register, by what: String = "an index") throws(MachineError)
    -> ArrayObject
  {
    guard base.kind == .array else {
      throw MachineError(.wrongKind(expected: "an array", found: describe(base), by: what))
    }
    return heap.arrays[base.handle]
  }

  /// `v[2..3]`, `A[:, 2]`, `v[[3, 1]]`: a view where the elements stand in a row.
  func part(
    of base: Register, _ indices: [ArrayIndex], _ origin: Origin
  ) throws(MachineError) -> Register {
    let array = try array(base)
    let part = try resolve(indices, in: array, origin)
    let recorder = recorder(Int(origin.rawValue))
    guard let whole = traced(base, recorder) else { return base }
    if let run = part.run {
      if part.shape.rank == 0 { return element(of: array, run.start) }
      return try register(whole.part(run.start, part.shape), recorder)
    }
    return try register(
      .apply(.gather, [whole], parameters: part.positions, shape: part.shape), recorder)
  }

  /// Whether an instruction binds a name to a leaf: it may fail, and the array that the name has now
  /// must then be as it was.
  func becomesLeaf(_ next: UnsafePointer<Instruction>) -> Bool {
    guard next.pointee.opcode == .storeGlobal else { return false }
    let global = next.pointee.wide
    // Among the user's names only those that are plain have no label.
    return global > GlobalNames.answer
      ? hot.pointee.globalLabels[global] >= 0 : !plainGlobals.contains(global)
  }

  /// The array with a part replaced: of numbers one to each element, or one for all.
  ///
  /// - Parameter isBound: whether binding the result may fail.
  func replacing(
    _ indices: [ArrayIndex], of base: Register, with value: Register, isBound: Bool,
    _ origin: Origin
  ) throws(MachineError) -> Register {
    let array = try array(base, by: "the assignment to a part")
    let part = try resolve(indices, in: array, origin)
    let recorder = recorder(Int(origin.rawValue))
    guard let whole = traced(base, recorder) else { return base }
    let new = try replacement(value, part.shape, recorder)
    if !isBound, replaceInPlace(part, of: hot.pointee.heap.arrays.pointer(base.handle), with: new) {
      return base
    }
    let (positions, numbers) = lastAssigned(part, new)
    return try register(
      .apply(.replace, [whole, numbers], parameters: positions, shape: array.shape), recorder)
  }

  /// The positions of a part, each once, with what is assigned to each: of several numbers for one position
  /// the last, and the others have no gradient.
  private func lastAssigned(_ part: ArrayPart, _ new: Traced) -> ([Int32], Traced) {
    let positions = part.allPositions
    if part.run != nil { return (positions, new) }
    var last: [Int32: Int] = [:]
    for (k, position) in positions.enumerated() { last[position] = k }
    guard last.count < positions.count else { return (positions, new) }
    let kept = last.values.sorted()
    let numbers: Traced =
      new.shape.count == 1
      ? new
      : .apply(.gather, [new], parameters: kept.map(Int32.init), shape: Shape(count: kept.count))
    return (kept.map { positions[$0] }, numbers)
  }

  /// Notes that more than one name may hold an array.
  @inline(__always)
  func share(_ value: Register) {
    if value.has(.array) { hot.pointee.heap.arrays.pointer(value.handle).pointee.isShared = true }
  }

  /// A plain array that one name holds is changed in place; false where it must be copied.
  private func replaceInPlace(
    _ part: ArrayPart, of array: UnsafeMutablePointer<ArrayObject>, with new: Traced
  ) -> Bool {
    guard let storage = array.pointee.storage, !array.pointee.isShared, !array.pointee.isColumn,
      !new.isTracked
    else { return false }
    let numbers = new.numbers
    if let run = part.run {
      for k in 0..<run.count { storage[run.start + k] = numbers[numbers.shape.count == 1 ? 0 : k] }
    } else {
      for (k, position) in part.positions.enumerated() {
        storage[Int(position)] = numbers[numbers.shape.count == 1 ? 0 : k]
      }
    }
    return true
  }

  /// A value that is broadcast to a part.
  private func replacement(
    _ value: Register, _ shape: Shape, _ recorder: Recorder
  ) throws(MachineError) -> Traced {
    let new = try operand(value, recorder, by: "the part of an array")
    if new.shape.rank == 0 { return new }
    guard new.shape.broadcast(with: shape) == shape else {
      throw MachineError(
        .shapeMismatch(
          left: shape.rank == 0 ? "one element" : "a part of \(shapeText(shape))",
          right: named(value, new.shape), by: "=", suggestion: nil))
    }
    return .broadcast(new, to: shape)
  }

  /// `v[i] := value` changes the data of a leaf in place.
  func storePart(
    _ indices: [ArrayIndex], of base: Register, _ value: Register, _ origin: Origin
  ) throws(MachineError) {
    try refuseWhileDifferentiating("`:=`")
    let array = try array(base, by: "the assignment to a part")
    let (first, _) = try leafSlots(base)
    let part = try resolve(indices, in: array, origin)
    let new = try replacement(value, part.shape, recorder(Int(origin.rawValue))).numbers.array
    for (k, position) in part.allPositions.enumerated() {
      graph.tape.pointee.values[Int(first) + Int(position)] = new[new.count == 1 ? 0 : k]
    }
    if let run = part.run {
      let start = Int(first) + run.start
      if run.count > 0 { graph.noteChange(of: start..<start + run.count) }
    } else {
      for position in part.positions {
        graph.noteChange(of: Int(first + position)..<Int(first + position) + 1)
      }
    }
    noteEffect()
  }
}
