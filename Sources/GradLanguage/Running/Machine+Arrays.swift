import Autograd

extension Machine {
  /// The array of the values given: numbers, or arrays of one shape; tracked when one of them is.
  func finishArray(_ values: [Register], _ origin: Origin) throws(MachineError) -> Register {
    guard let first = values.first else { return heap.add(.empty) }
    if first.kind == .array { return try stackRows(values, origin) }
    for value in values where !value.isNumber {
      throw MachineError(
        .wrongKind(expected: "numbers or arrays", found: describe(value), by: "an array"))
    }
    return try makeArray(shape: [values.count], values, origin)
  }

  private func makeArray(
    shape: [Int], _ values: [Register], _ origin: Origin
  ) throws(MachineError) -> Register {
    guard values.contains(where: \.isTracked) else {
      return heap.add(ArrayObject(shape: shape, numbers: values.map(\.number)))
    }
    try reserve(slots: 2 * values.count)
    let tape = graph.tape
    let slots = values.map { $0.isTracked ? $0.slot : tape.pointee.constant($0.number) }
    do throws(GraphError) {
      return heap.add(
        ArrayObject(shape: shape, slot: try graph.recordStack(slots, origin: origin)))
    } catch {
      throw MachineError(problem(error))
    }
  }

  /// Rows of one shape, one below the other.
  private func stackRows(_ rows: [Register], _ origin: Origin) throws(MachineError) -> Register {
    var elements: [Register] = []
    var shape: [Int] = []
    for row in rows {
      guard row.kind == .array else {
        throw MachineError(
          .wrongKind(expected: "rows of one shape", found: describe(row), by: "an array"))
      }
      let array = heap.arrays[row.handle]
      if shape.isEmpty { shape = array.shape }
      guard array.shape == shape else {
        throw MachineError(
          .shapeMismatch(
            left: shapeText(shape), right: shapeText(array.shape), by: "beside a row of"))
      }
      for index in 0..<array.count { elements.append(element(of: array, index)) }
    }
    return try makeArray(shape: [rows.count] + shape, elements, origin)
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
    let (count, first, step) = (Int(loop[1].number), loop[2].number, loop[3].number)
    return heap.add(
      ArrayObject(shape: [count], numbers: (0..<count).map { first + Double($0) * step }))
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
    var shape: [Int] = []
    var total = 1.0
    for k in 0..<count {
      let size = sizes[k]
      guard size.isNumber else {
        throw MachineError(
          .wrongKind(expected: "a number", found: describe(size), by: "`\(name)`"))
      }
      guard size.number >= 0, size.number == size.number.rounded() else {
        throw MachineError(.badCount(size.number, by: "`\(name)`"))
      }
      try guardIndex(size, origin)
      total *= size.number
      try checkSize(max(total, size.number))
      shape.append(Int(size.number))
    }
    return heap.add(
      ArrayObject(shape: shape, numbers: [Double](repeating: number, count: Int(total))))
  }

  // MARK: Elements

  /// An element by its position from 0: a view, tracked when the array is. Of an array with rows it
  /// is the row.
  func element(of array: ArrayObject, _ index: Int) -> Register {
    if array.shape.count == 1 || array.count == 0 {
      return array.isTracked
        ? Register(graph.data(at: array.slot + Int32(index)), slot: array.slot + Int32(index))
        : Register(array.numbers[index])
    }
    return elementOfAll(array, index)
  }

  /// An element of all, rows one after another.
  private func elementOfAll(_ array: ArrayObject, _ index: Int) -> Register {
    array.isTracked
      ? Register(graph.data(at: array.slot + Int32(index)), slot: array.slot + Int32(index))
      : Register(array.numbers[index])
  }

  /// `v[index]`: an element, or a row.
  func element(
    of base: Register, _ index: Register, _ origin: Origin
  ) throws(MachineError) -> Register {
    guard base.kind == .array else { throw notIndexable(base) }
    let array = heap.arrays[base.handle]
    let position = try position(index, array.shape[0], origin)
    guard array.shape.count > 1 else { return elementOfAll(array, position) }
    let shape = Array(array.shape.dropFirst())
    let size = shape.reduce(1, *)
    if array.isTracked {
      return heap.add(ArrayObject(shape: shape, slot: array.slot + Int32(position * size)))
    }
    let row = array.numbers[position * size..<(position + 1) * size]
    return heap.add(ArrayObject(shape: shape, numbers: Array(row)))
  }

  /// `A[row, column]`.
  func element(
    of base: Register, _ row: Register, _ column: Register, _ origin: Origin
  ) throws(MachineError) -> Register {
    guard base.kind == .array else { throw notIndexable(base) }
    let array = heap.arrays[base.handle]
    guard array.shape.count == 2 else {
      throw MachineError(.wrongIndexCount(expected: array.shape.count, found: 2))
    }
    let i = try position(row, array.shape[0], origin)
    let j = try position(column, array.shape[1], origin)
    return elementOfAll(array, i * array.shape[1] + j)
  }

  private func notIndexable(_ base: Register) -> MachineError {
    MachineError(.wrongKind(expected: "an array", found: describe(base), by: "an index"))
  }

  /// The position from 0 that an index from 1 means; a tracked index leaves a guard.
  @inline(__always)
  private func position(
    _ index: Register, _ count: Int, _ origin: Origin
  ) throws(MachineError) -> Int {
    if index.isPlainNumber, index.number >= 1, index.number <= Double(count) {
      let whole = Int(index.number)
      if Double(whole) == index.number { return whole - 1 }
    }
    return try slowPosition(index, count, origin)
  }

  private func slowPosition(
    _ index: Register, _ count: Int, _ origin: Origin
  ) throws(MachineError) -> Int {
    guard index.isNumber else {
      throw MachineError(
        .wrongKind(expected: "a whole number", found: describe(index), by: "an index"))
    }
    guard index.number == index.number.rounded(), index.number.isFinite else {
      throw MachineError(.indexNotWhole(index.number))
    }
    if index.number == 0 { throw MachineError(.indexZero(count: count)) }
    guard index.number >= 1, index.number <= Double(count) else {
      throw MachineError(.indexOutOfRange(index.number, count: count))
    }
    try guardIndex(index, origin)
    return Int(index.number) - 1
  }

  /// The length of an array along a dimension.
  func length(of value: Register, _ dimension: Int) throws(MachineError) -> Register {
    guard value.kind == .array else {
      throw MachineError(.wrongKind(expected: "an array", found: describe(value), by: "`length`"))
    }
    let shape = heap.arrays[value.handle].shape
    guard dimension < shape.count else {
      throw MachineError(.wrongIndexCount(expected: shape.count, found: dimension + 1))
    }
    return Register(Double(shape[dimension]))
  }
}
