import Autograd

// Random numbers: xoshiro256++, the same on every machine; see `RandomGenerator`.

extension Machine {
  /// `seed n`, and `seed "…"` with the state of a saved session.
  func seed(_ value: Register) throws(MachineError) {
    if value.kind == .string { return try seed(state: heap.strings[value.handle]) }
    guard value.isNumber else {
      throw MachineError(.wrongKind(expected: "a number", found: describe(value), by: "`seed`"))
    }
    guard value.number == value.number.rounded(), value.number >= 0, value.number < 0x1p53 else {
      throw MachineError(.badCount(value.number, by: "`seed`"))
    }
    random = RandomGenerator(seed: UInt64(value.number))
    noteEffect()
  }

  private func seed(state text: String) throws(MachineError) {
    guard let generator = RandomGenerator(state: text) else {
      throw MachineError(
        .wrongKind(
          expected:
            "a whole number, or the state of a saved session, 64 hexadecimal digits that are "
            + "not all 0", found: "a string of \(text.count) characters", by: "`seed`"))
    }
    random = generator
    noteEffect()
  }

  func call(
    _ function: RandomFunction, _ arguments: UnsafeMutablePointer<Register>, _ count: Int,
    _ origin: Origin
  ) throws(MachineError) -> Register {
    noteDraw()
    if function == .shuffle { return try shuffled(arguments[0], origin) }
    let shape = try sizes(arguments, 0..<count, "`\(function.rawValue)`", origin)
    if shape.rank == 0 { return Register(number(function)) }
    var numbers: [Double] = []
    let count = shape.count
    numbers.reserveCapacity(count)
    for k in 0..<count {
      if k % Machine.interval == Machine.interval - 1, shouldStop {
        throw MachineError(.interrupted)
      }
      numbers.append(number(function))
    }
    return heap.add(ArrayObject(shape: shape, numbers: numbers))
  }

  private func number(_ function: RandomFunction) -> Double {
    function == .rand ? random.uniform() : random.normal()
  }

  private func shuffled(_ value: Register, _ origin: Origin) throws(MachineError) -> Register {
    guard value.kind == .array else {
      throw MachineError(
        .wrongKind(expected: "an array", found: describe(value), by: "`shuffle`"),
        operand: 0)
    }
    let order = random.shuffle(count: heap.arrays[value.handle].rows).map { Double($0 + 1) }
    let index = heap.add(ArrayObject(shape: Shape(count: order.count), numbers: order))
    return try part(of: value, [.value(index)], origin)
  }
}
