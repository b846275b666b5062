import Autograd

// What a `restore` block does besides running statements. Everything given is checked: the text may
// have been changed by hand.

extension Machine {
  /// Binds one of a block's own names: plain data becomes a leaf; `label` is that of a text, or -1.
  func storeOwn(
    _ value: Register, label: Int, _ address: Int
  ) throws(MachineError) -> Register {
    if value.isNothing { throw MachineError(.noValue("the right side")) }
    let bound = try tracked(value, Origin(address))
    if label >= 0, let slot = firstSlot(of: bound) {
      noteExtent(of: slot)
      graph.labels.label(slot, graph.labels.intern(program.texts[label]))
      noteEffect()
    }
    return bound
  }

  func call(
    _ call: RestoringCall, _ base: UnsafeMutablePointer<Register>, _ address: Int
  ) throws(MachineError) -> Register {
    let arguments = (0..<call.argumentCount).map { base[$0 + 1] }
    let name = "`\(call.function.rawValue)`"
    try refuseWhileDifferentiating(name)
    switch call.function {
    case .apply: return try apply(arguments, address)
    case .branch: try recordGuard(.branchGuard, arguments[0], arguments[1], name, address)
    case .index: try recordGuard(.indexGuard, arguments[0], arguments[1], name, address)
    case .stale:
      let (slot, data) = try slot(of: arguments[0], with: arguments[1], name)
      guard !graph.isLeaf(slot) else {
        throw MachineError(
          .wrongKind(expected: "a computed value", found: "a leaf", by: name))
      }
      graph.setStale(data, at: slot)
      noteEffect()
    case .oldGradients:
      graph.setOldGradients()
      noteEffect()
    case .table: return try makeTable(arguments, name)
    }
    return .nothing
  }

  private func recordGuard(
    _ operation: Operation, _ watched: Register, _ recorded: Register, _ name: String,
    _ address: Int
  ) throws(MachineError) {
    let (slot, recorded) = try slot(of: watched, with: recorded, name)
    do throws(GraphError) {
      try graph.recordGuard(operation, slot, recorded: recorded, origin: Origin(address))
    } catch { throw machineError(error) }
  }

  /// Where a tracked value stands, and as many numbers as it has.
  private func slot(
    of value: Register, with numbers: Register, _ name: String
  ) throws(MachineError) -> (Int32, [Double]) {
    guard let slots = slots(of: value) else {
      throw MachineError(.notTracked(describe(value), by: name))
    }
    let numbers = try self.numbers(numbers, name)
    guard numbers.count == slots.count else {
      throw MachineError(
        .wrongKind(
          expected: "as many numbers as the value has, \(slots.count)",
          found: "\(numbers.count)", by: name))
    }
    return (slots.lowerBound, numbers)
  }

  private func numbers(_ value: Register, _ name: String) throws(MachineError) -> [Double] {
    if value.isNumber { return [value.number] }
    guard value.kind == .array else {
      throw MachineError(.wrongKind(expected: "numbers", found: describe(value), by: name))
    }
    return numbers(of: heap.arrays[value.handle])
  }

  // MARK: Operations

  /// An operation on arrays as wholes with the parameters that its record has, positions from 1.
  private func apply(_ arguments: [Register], _ address: Int) throws(MachineError) -> Register {
    let name = "`$apply`"
    guard arguments[0].kind == .string,
      let operation = WholeOperation.allCases.first(where: {
        $0.name == heap.strings[arguments[0].handle]
      })
    else {
      throw MachineError(
        .wrongKind(
          expected: "the name of an operation on arrays", found: describe(arguments[0]), by: name))
    }
    let recorder = recorder(address)
    var operands: [Traced] = []
    for argument in arguments.dropFirst(3) {
      operands.append(try operand(argument, recorder, by: name))
    }
    let parameters = try wholeNumbers(arguments[1], name)
    let shape = Shape(try wholeNumbers(arguments[2], name).map(Int.init))
    try checkSize(shape)
    guard
      let record = operation.record(
        written: parameters, operands.map(\.shape), shape)
    else {
      throw MachineError(
        .wrongKind(
          expected: "parameters that fit `\(operation.name)`", found: "these", by: name))
    }
    return try register(.apply(operation, operands, parameters: record, shape: shape), recorder)
  }

  private func wholeNumbers(_ value: Register, _ name: String) throws(MachineError) -> [Int32] {
    var whole: [Int32] = []
    for number in try numbers(value, name) {
      guard let number = Int32(exactly: number), number >= 0 else {
        throw MachineError(.badCount(number, by: name))
      }
      whole.append(number)
    }
    return whole
  }

  // MARK: Tables

  private func makeTable(_ arguments: [Register], _ name: String) throws(MachineError) -> Register {
    var names: [String] = []
    var columns: [Register] = []
    var rows: Int?
    for k in stride(from: 0, to: arguments.count - 1, by: 2) {
      let (title, column) = (arguments[k], arguments[k + 1])
      guard title.kind == .string, column.kind == .array else {
        throw MachineError(
          .wrongKind(
            expected: "names and columns in turn",
            found: describe(title.kind == .string ? column : title), by: name))
      }
      let numbers = try self.numbers(column, name)
      guard numbers.count == rows ?? numbers.count else {
        throw MachineError(
          .wrongKind(
            expected: "columns of one length", found: describe(column), by: name))
      }
      rows = numbers.count
      var array = ArrayObject(shape: Shape(count: numbers.count), numbers: numbers)
      array.isColumn = true
      names.append(heap.strings[title.handle])
      columns.append(heap.add(array))
    }
    return heap.add(Table(names: names, columns: columns))
  }
}
