import Autograd

extension Machine {
  /// The array of the values given: numbers, or arrays of one shape; tracked when one of them is.
  func finishArray(
    _ values: UnsafeMutablePointer<Register>, _ count: Int, _ origin: Origin
  ) throws(MachineError) -> Register {
    guard count > 0 else { return heap.add(ArrayObject(shape: Shape(count: 0), numbers: [])) }
    try requireRoom(count)
    var isTracked = false
    for k in 0..<count {
      guard values[k].isNumber else { return try finishRows(values, count, origin) }
      isTracked = isTracked || values[k].isTracked
    }
    guard isTracked else {
      return heap.add(
        ArrayObject(shape: Shape(count: count), numbers: (0..<count).map { values[$0].number }))
    }
    let slot = try stack(values, count, origin)
    return heap.add(ArrayObject(count: count, slot: slot))
  }

  /// Records an array of numbers of which some are tracked.
  private func stack(
    _ values: UnsafeMutablePointer<Register>, _ count: Int, _ origin: Origin
  ) throws(MachineError) -> Int32 {
    let tape = graph.tape
    do throws(GraphError) { try tape.pointee.grow(slots: 2 * count, listed: count) } catch {
      throw machineError(error)
    }
    // Constants get their slots first: an operand's slot is below its node's.
    for k in 0..<count where !values[k].isTracked {
      values[k] = Register(values[k].number, slot: tape.pointee.constant(values[k].number))
    }
    return tape.pointee.recordStack(count: count, origin: origin) { values[$0].slot }
  }

  /// Rows of one shape, one below the other.
  private func finishRows(
    _ rows: UnsafeMutablePointer<Register>, _ count: Int, _ origin: Origin
  ) throws(MachineError) -> Register {
    if rows[0].isNumber, let other = (0..<count).first(where: { !rows[$0].isNumber }) {
      throw MachineError(
        .wrongKind(
          expected: "numbers", found: describe(rows[other]), by: "an array that begins with one"),
        operand: other)
    }
    var elements: [Register] = []
    var shape: Shape?
    for k in 0..<count {
      guard rows[k].kind == .array else {
        throw MachineError(
          .wrongKind(
            expected: shape == nil ? "numbers or arrays" : "rows of one shape",
            found: describe(rows[k]), by: "an array"),
          operand: k)
      }
      let array = heap.arrays[rows[k].handle]
      let expected = shape ?? array.shape
      shape = expected
      guard array.shape == expected else {
        throw MachineError(
          .shapeMismatch(
            left: "a row of \(shapeText(expected))", right: "one of \(shapeText(array.shape))",
            by: "beside"),
          operand: k)
      }
      if k == 0 { try checkSize(Shape(count: count, of: array.shape)) }
      for index in 0..<array.count { elements.append(element(of: array, index)) }
    }
    let whole = Shape(count: count, of: shape ?? .number)
    guard elements.contains(where: \.isTracked) else {
      return heap.add(ArrayObject(shape: whole, numbers: elements.map(\.number)))
    }
    let total = elements.count
    let slot = try elements.withUnsafeMutableBufferPointer {
      (buffer) throws(MachineError) -> Int32 in
      guard let base = buffer.baseAddress else { return 0 }
      return try stack(base, total, origin)
    }
    return heap.add(ArrayObject(shape: whole, slot: slot))
  }

  /// The array of a range's numbers.
  func makeRange(
    _ parts: UnsafeMutablePointer<Register>, _ origin: Origin
  ) throws(MachineError) -> Register {
    var loop = [parts[0], parts[1], parts[2], Register(0)]
    try loop.withUnsafeMutableBufferPointer { buffer throws(MachineError) in
      guard let base = buffer.baseAddress else { return }
      try prepareLoop(.forPrepare, base, origin)
    }
    try checkSize(loop[1].number)
    try requireRoom(Int(loop[1].number))
    let (count, first, step) = (Int(loop[1].number), loop[2].number, loop[3].number)
    return heap.add(
      ArrayObject(
        shape: Shape(count: count), numbers: (0..<count).map { first + Double($0) * step }))
  }

  private func checkSize(_ count: Double) throws(MachineError) {
    guard count <= Double(Machine.arrayLimit) else {
      throw MachineError(.arrayTooLarge(count: count, limit: Machine.arrayLimit))
    }
  }

  /// `zeros(n)`, `ones(rows, columns)`.
  func filled(
    _ number: Double, _ sizes: UnsafeMutablePointer<Register>, _ count: Int, _ name: String,
    _ origin: Origin
  ) throws(MachineError) -> Register {
    let shape = try self.sizes(sizes, 0..<count, "`\(name)`", origin)
    let storage = try filledStorage(number, count: shape.count)
    return heap.add(ArrayObject(shape: shape, taking: storage))
  }

  /// The numbers of a plain array, lent.
  func plainNumbers(of array: ArrayObject) -> Numbers {
    array.storage.map { Numbers(borrowing: UnsafePointer($0), shape: array.shape) }
      ?? Numbers(array.numbers, shape: array.shape)
  }

  /// Memory with one number in every place.
  func filledStorage(
    _ number: Double, count: Int
  ) throws(MachineError) -> UnsafeMutablePointer<Double> {
    let storage = UnsafeMutablePointer<Double>.allocate(capacity: max(count, 1))
    LongWork.inParts(of: count) {
      (storage + $0.lowerBound).initialize(repeating: number, count: $0.count)
    }
    if interrupt.isRequested {
      storage.deallocate()
      throw MachineError(.interrupted)
    }
    return storage
  }

  // MARK: Elements

  /// What a loop over an array gives: an element, or a row where there are rows.
  func elementOrRow(of array: ArrayObject, _ index: Int) -> Register {
    array.rank == 1 ? element(of: array, index) : row(of: array, index)
  }

  /// A row, or a block of a lower rank: a view where the array is tracked.
  private func row(of array: ArrayObject, _ index: Int) -> Register {
    let shape = array.shape.removing(0)
    let size = shape.count
    if array.isTracked {
      return heap.add(ArrayObject(shape: shape, slot: array.slot + Int32(index * size)))
    }
    let storage = UnsafeMutablePointer<Double>.allocate(capacity: max(size, 1))
    if let numbers = array.storage {
      storage.initialize(from: numbers + index * size, count: size)
    }
    return heap.add(ArrayObject(shape: shape, taking: storage))
  }

  /// `v[index]`: an element, or a row.
  func element(
    of base: Register, _ index: Register, _ origin: Origin
  ) throws(MachineError) -> Register {
    guard base.kind == .array else { throw notIndexable(base) }
    if index.kind == .array { return try part(of: base, [.value(index)], origin) }
    let array = heap.arrays[base.handle]
    let position = try position(index, array.rows, origin, operand: 0)
    return elementOrRow(of: array, position)
  }

  /// `A[row, column]`.
  func element(
    of base: Register, _ row: Register, _ column: Register, _ origin: Origin
  ) throws(MachineError) -> Register {
    guard base.kind == .array else { throw notIndexable(base) }
    let array = heap.arrays[base.handle]
    guard array.rank == 2, row.isNumber, column.isNumber else {
      return try part(of: base, [.value(row), .value(column)], origin)
    }
    let i = try position(row, array.rows, origin, operand: 0)
    let j = try position(column, array.columns, origin, operand: 1)
    return element(of: array, i * array.columns + j)
  }

  private func notIndexable(_ base: Register) -> MachineError {
    MachineError(.wrongKind(expected: "an array", found: describe(base), by: "an index"))
  }

  /// The position from 0 that an index from 1 means; a tracked index leaves a guard. `operand` says
  /// which of the indices it is.
  @inline(__always)
  func position(
    _ index: Register, _ count: Int, _ origin: Origin, operand: Int
  ) throws(MachineError) -> Int {
    if index.isPlainNumber, index.number >= 1, index.number <= Double(count) {
      let whole = Int(index.number)
      if Double(whole) == index.number { return whole - 1 }
    }
    return try slowPosition(index, count, origin, operand)
  }

  private func slowPosition(
    _ index: Register, _ count: Int, _ origin: Origin, _ operand: Int
  ) throws(MachineError) -> Int {
    if let problem = problem(ofIndex: index, count, origin) {
      throw MachineError(problem, operand: operand)
    }
    try guardIndex(index, origin)
    return Int(index.number) - 1
  }

  private func problem(ofIndex index: Register, _ count: Int, _ origin: Origin) -> Problem? {
    guard index.isNumber else {
      return .wrongKind(expected: "a whole number", found: describe(index), by: "an index")
    }
    let number = index.number
    guard number == number.rounded(), number.isFinite else { return .indexNotWhole(number) }
    if number == 0 { return .indexZero(of: vectorName(at: origin), count: count) }
    guard number < 1 || number > Double(count) else { return nil }
    return .indexOutOfRange(number, of: vectorName(at: origin), count: count)
  }

  /// The array's name where an element is written as `name[index]`, with one index.
  private func vectorName(at origin: Origin) -> String? {
    let location = program.locations[Int(origin.rawValue)]
    let text = program.sources[location.source].text(location.range)
    guard let bracket = text.firstIndex(of: "["), Interpreter.isName(String(text[..<bracket])),
      text.last == "]"
    else { return nil }
    // One pair of brackets, with one index in it.
    var nesting = 0
    let hasSeveral = text[bracket...].dropLast().contains { character in
      if "[(".contains(character) { nesting += 1 }
      if "])".contains(character) { nesting -= 1 }
      return nesting == 0 || character == "," && nesting == 1
    }
    return hasSeveral ? nil : String(text[..<bracket])
  }

  /// The length of an array along a dimension.
  func length(of value: Register, _ dimension: Int) throws(MachineError) -> Register {
    guard value.kind == .array else {
      throw MachineError(
        .wrongKind(expected: "an array", found: describe(value), by: "`length`"),
        operand: 0)
    }
    let shape = heap.arrays[value.handle].shape
    guard dimension < shape.rank else {
      throw MachineError(.wrongIndexCount(expected: shape.rank, found: dimension + 1))
    }
    return Register(Double(shape[dimension]))
  }
}
