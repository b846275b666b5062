import Autograd

// Operations with an array among their operands: each records one node where something is tracked.

extension Machine {
  // MARK: Registers and traced values

  /// Where an instruction's array operations record.
  func recorder(_ address: Int) -> Recorder { Recorder(graph, origin: Origin(address)) }

  /// A number or an array as a value to compute with; a plain array's numbers are lent.
  func traced(_ value: Register, _ recorder: Recorder) -> Traced? {
    if value.isPlainNumber { return Traced(constant: value.number) }
    if value.isTracked { return Traced(recorder, slot: value.slot, shape: .number) }
    guard value.kind == .array else { return nil }
    let array = heap.arrays[value.handle]
    let shape = array.shape
    if let storage = array.storage {
      return Traced(Numbers(borrowing: UnsafePointer(storage), shape: shape))
    }
    return Traced(recorder, slot: array.slot, shape: shape)
  }

  /// A computed value in a register, unless recording it went wrong.
  func register(_ value: Traced, _ recorder: Recorder) throws(MachineError) -> Register {
    do throws(GraphError) { try recorder.check() } catch { throw machineError(error) }
    // What was stopped on the way is not to be used.
    if interrupt.isRequested { throw MachineError(.interrupted) }
    switch value.storage {
    case .number(let number): return Register(number)
    case .node(_, let slot, let shape):
      if shape.rank == 0 { return Register(graph.data(at: slot), slot: slot) }
      return heap.add(ArrayObject(shape: shape, slot: slot))
    case .plain(let numbers):
      if let storage = numbers.storage, UnsafePointer(storage.start) == numbers.start {
        return heap.add(ArrayObject(shape: numbers.shape, taking: storage.release()))
      }
      return heap.add(ArrayObject(shape: numbers.shape, numbers: numbers.array))
    }
  }

  /// A number or an array, or an error that says who needs it.
  func operand(
    _ value: Register, _ recorder: Recorder, by name: String, operand: Int? = nil
  ) throws(MachineError) -> Traced {
    guard let traced = traced(value, recorder) else {
      throw MachineError(
        .wrongKind(expected: "numbers or arrays", found: describe(value), by: name),
        operand: operand)
    }
    try requireRoom(traced.shape.count)
    return traced
  }

  /// Refuses a shape with too many dimensions or numbers. A length of 0 counts as 1, so that the
  /// products of the other lengths are bounded as well.
  func checkSize(_ shape: Shape) throws(MachineError) {
    guard shape.rank <= Machine.rankLimit else {
      throw MachineError(.tooManyDimensions(limit: Machine.rankLimit))
    }
    let count = (0..<shape.rank).reduce(1.0) { $0 * Double(max(shape[$1], 1)) }
    guard count <= Double(Machine.arrayLimit) else {
      throw MachineError(.arrayTooLarge(count: count, limit: Machine.arrayLimit))
    }
    try requireRoom(shape.count)
  }

  // MARK: Element by element

  func arrayUnary(
    _ operation: UnaryOperation, _ x: Register, _ address: Int
  ) throws(MachineError) -> Register {
    let recorder = recorder(address)
    guard let value = traced(x, recorder) else {
      throw MachineError(
        .wrongKind(expected: "a number or an array", found: describe(x), by: "`\(operation.name)`"),
        operand: 0)
    }
    try requireRoom(value.shape.count)
    let result = try register(.apply(operation, value), recorder)
    if areFinite(result) { return result }
    try warnNonFinite(operation.name, isInfix: false, [x], result, address)
    return result
  }

  func arrayBinary(
    _ operation: BinaryOperation, _ x: Register, _ y: Register, _ address: Int
  ) throws(MachineError) -> Register {
    let recorder = recorder(address)
    let name = "`\(operation.name)`"
    guard let a = traced(x, recorder), let b = traced(y, recorder) else {
      let isFirst = traced(x, recorder) == nil
      throw MachineError(
        .wrongKind(expected: "numbers", found: describe(isFirst ? x : y), by: name),
        operand: isFirst ? 0 : 1)
    }
    if let shape = a.shape.broadcast(with: b.shape) {
      try checkSize(shape)
    } else {
      try checkBroadcast([x, y], [a.shape, b.shape], by: operation.name)
    }
    let result = try register(.apply(operation, a, b), recorder)
    if areFinite(result) { return result }
    try warnNonFinite(operation.name, isInfix: operation.isInfix, [x, y], result, address)
    return result
  }

  func arrayTernary(
    _ operation: TernaryOperation, _ x: UnsafeMutablePointer<Register>, _ address: Int
  ) throws(MachineError) -> Register {
    let recorder = recorder(address)
    var values: [Traced] = []
    for k in 0..<3 {
      values.append(try operand(x[k], recorder, by: "`\(operation.name)`", operand: k))
    }
    try checkBroadcast([x[0], x[1], x[2]], values.map(\.shape), by: operation.name)
    return try register(.apply(operation, values[0], values[1], values[2]), recorder)
  }

  /// Refuses shapes that do not broadcast, naming the first two operands that do not.
  private func checkBroadcast(
    _ operands: [Register], _ shapes: [Shape], by name: String
  ) throws(MachineError) {
    var result = shapes[0]
    for k in shapes.indices.dropFirst() {
      guard let next = result.broadcast(with: shapes[k]) else {
        throw MachineError(
          .shapeMismatch(
            left: named(operands[k - 1], result), right: named(operands[k], shapes[k]), by: name,
            suggestion: broadcastSuggestion(operands[k - 1], result, operands[k], shapes[k], name)))
      }
      result = next
    }
    try checkSize(result)
  }

  /// `A` (2×3) for a value with a name, "an array of 2×3" for one without.
  func named(_ value: Register, _ shape: Shape) -> String {
    guard let name = label(of: value) else { return sizeText(shape) }
    return "`\(name)` (\(shape.rank == 0 ? "a number" : shapeText(shape)))"
  }

  /// "a number" or "an array of 2×3".
  func sizeText(_ shape: Shape) -> String {
    shape.rank == 0 ? "a number" : "an array of \(shapeText(shape))"
  }

  func label(of value: Register) -> String? {
    guard let slot = firstSlot(of: value), let name = graph.labels[slot] else { return nil }
    return graph.labels.text(name)
  }

  /// An edit after which the shapes go together, when there is a simple one.
  private func broadcastSuggestion(
    _ x: Register, _ a: Shape, _ y: Register, _ b: Shape, _ name: String
  ) -> String? {
    let (left, right) = (label(of: x) ?? "A", label(of: y) ?? "B")
    if name == "*", a.rank == 2, b.rank <= 2, b.rank > 0, a[1] == b[0] {
      return "for the matrix product write `\(left) @ \(right)`"
    }
    if a.rank == 2, b.rank == 1, a[0] == b[0] {
      return "`reshape(\(right), \(b[0]), 1)` makes a column of `\(right)`"
    }
    if a.rank == 1, b.rank == 2, b[0] == a[0] {
      return "`reshape(\(left), \(a[0]), 1)` makes a column of `\(left)`"
    }
    if a.rank == 2, b.rank == 2, a.reversed.broadcast(with: b) != nil {
      return "`transpose(\(left))` is \(shapeText(a.reversed))"
    }
    return nil
  }

  /// Whether a number, or every number of an array, is finite.
  private func areFinite(_ value: Register) -> Bool {
    guard value.kind == .array else { return value.number.isFinite }
    let array = heap.arrays[value.handle]
    let start = array.storage ?? graph.tape.pointee.values + Int(array.slot)
    return Numbers(borrowing: start, shape: array.shape).areFinite
  }

  /// Warns where finite operands gave a result that is not, naming the first such element.
  private func warnNonFinite(
    _ operation: String, isInfix: Bool, _ operands: [Register], _ result: Register, _ address: Int
  ) throws(MachineError) {
    let recorder = recorder(address)
    guard let numbers = traced(result, recorder)?.numbers, !numbers.areFinite,
      settings.trap || !givenNotes.contains("non-finite \(address)")
    else { return }
    let results = numbers.array
    let elements = operands.map { operand -> [Double] in
      guard let x = traced(operand, recorder) else { return [] }
      return Numbers(.whole(.broadcast), [x.numbers], parameters: [], shape: numbers.shape).array
    }
    // What was not finite before says nothing of this operation.
    let first = results.indices.first { index in
      !results[index].isFinite && elements.allSatisfy { $0.isEmpty || $0[index].isFinite }
    }
    guard let first else { return }
    let values = zip(operands, elements).map { $1.isEmpty ? $0 : Register($1[first]) }
    try warnNonFinite(operation, isInfix: isInfix, values, results[first], address)
  }

  /// The same for an operation on arrays as wholes: `sum([2])`.
  func warnNonFinite(
    whole operation: String, _ operands: [Register], _ result: Register, _ address: Int
  ) throws(MachineError) {
    if areFinite(result) { return }
    let recorder = recorder(address)
    guard let numbers = traced(result, recorder)?.numbers, !numbers.areFinite,
      operands.allSatisfy({ operand in
        // Of no numbers the result is what it is by definition.
        traced(operand, recorder).map { $0.shape.count > 0 && $0.numbers.areFinite } ?? true
      }),
      let first = numbers.array.first(where: { !$0.isFinite })
    else { return }
    let names = operands.map { operand -> String in
      if let name = label(of: operand) { return name }
      return operand.isNumber ? NumberFormat.standard.text(operand.number) : "…"
    }
    try warn(
      Problem.NonFinite(
        expression: operation == "@"
          ? names.joined(separator: " @ ") : "\(operation)(\(names.joined(separator: ", ")))",
        result: NumberFormat.standard.text(first), operands: []), address)
  }

  // MARK: Products

  /// `x @ y`: of vectors, matrices, or one of each.
  func matrixProduct(
    _ x: Register, _ y: Register, _ address: Int
  ) throws(MachineError) -> Register {
    let recorder = recorder(address)
    guard let a = traced(x, recorder), let b = traced(y, recorder) else {
      let isFirst = traced(x, recorder) == nil
      throw MachineError(
        .wrongKind(expected: "arrays", found: describe(isFirst ? x : y), by: "`@`"),
        operand: isFirst ? 0 : 1)
    }
    for (k, (value, shape)) in [(x, a.shape), (y, b.shape)].enumerated()
    where !(1...2).contains(shape.rank) {
      throw MachineError(
        .wrongKind(
          expected: "vectors or matrices",
          found: shape.rank == 0 ? "a number" : describe(value), by: "`@`"),
        operand: k)
    }
    let inner = a.shape[a.shape.rank - 1]
    guard inner == b.shape[0] else {
      throw MachineError(
        .shapeMismatch(
          left: named(x, a.shape), right: named(y, b.shape), by: "@",
          suggestion: productSuggestion(x, a.shape, y, b.shape)))
    }
    let rows = a.shape.rank == 2 ? a.shape[0] : 1
    let columns = b.shape.rank == 2 ? b.shape[1] : 1
    let shape = productShape(a.shape, b.shape)
    try checkSize(shape)
    let parameters = [Int32(rows), Int32(inner), Int32(columns), 0, 0]
    let result = try register(
      .apply(.matrixProduct, [a, b], parameters: parameters, shape: shape), recorder)
    if interrupt.isRequested { throw MachineError(.interrupted) }
    try warnNonFinite(whole: "@", [x, y], result, address)
    return result
  }

  private func productShape(_ a: Shape, _ b: Shape) -> Shape {
    switch (a.rank, b.rank) {
    case (2, 2): Shape(rows: a[0], columns: b[1])
    case (2, _): Shape(count: a[0])
    case (_, 2): Shape(count: b[1])
    case _: .number
    }
  }

  private func productSuggestion(
    _ x: Register, _ a: Shape, _ y: Register, _ b: Shape
  ) -> String? {
    let (left, right) = (label(of: x) ?? "A", label(of: y) ?? "B")
    if a.rank == 2, a[0] == b[0] {
      let result = Shape(count: a[1], of: b.removing(0))
      return "`transpose(\(left)) @ \(right)` is \(shapeText(result))"
    }
    if b.rank == 2, a[a.rank - 1] == b[1] {
      let result = a.rank == 1 ? Shape(count: b[0]) : Shape(rows: a[0], columns: b[0])
      return "`\(left) @ transpose(\(right))` is \(shapeText(result))"
    }
    return nil
  }
}
