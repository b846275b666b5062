import Autograd

/// Computes derivatives of a value of the graph for variables of it.
struct DerivativeComputation {
  private let machine: Machine
  let recorder: Recorder
  private let variables: [Place]
  /// The shape in which the derivatives for all variables together are returned.
  private let shape: Shape
  /// Whether nothing but the variables is tracked: nobody can differentiate the result, and numeric
  /// sweeps do.
  let isPlain: Bool

  private var graph: Graph { machine.graph }

  /// For the variables that stand for a function's arguments.
  init(_ machine: Machine, _ recorder: Recorder, variables: [Place], isRow: Bool) {
    self.machine = machine
    self.recorder = recorder
    self.variables = variables
    shape = isRow ? Shape(count: variables.count) : variables[0].shape
    isPlain = machine.graph.isSelfContained(from: variables[0].slot)
  }

  /// For values of the graph.
  init(_ machine: Machine, _ recorder: Recorder, targets: [Place], shape: Shape) {
    self.machine = machine
    self.recorder = recorder
    variables = targets
    self.shape = shape
    isPlain = false
  }

  /// Whether the direction of a product can be differentiated.
  func isDirectionTracked(_ kind: PendingDerivative.Kind) -> Bool {
    if case .product(_, let direction) = kind { return machine.firstSlot(of: direction) != nil }
    return false
  }

  // MARK: Results

  /// The derivative of what a function returned.
  func result(
    _ kind: PendingDerivative.Kind, of value: Register
  ) throws(MachineError) -> Traced {
    let result = try computed(kind, of: value)
    // What was stopped in the middle is not to be used.
    if machine.shouldStop { throw MachineError(.interrupted) }
    return result
  }

  private func computed(
    _ kind: PendingDerivative.Kind, of value: Register
  ) throws(MachineError) -> Traced {
    switch kind {
    case .derived(.prime(order: 1)): return try gradient(of: value, by: "`'`")
    case .derived(.prime(let order)):
      let coefficient = try coefficients(of: value, [1], order, by: "`'`")[order]
      return coefficient * Traced(constant: (1...order).reduce(1.0) { $0 * Double($1) })
    case .derived(.gradient): return try gradient(of: value, by: "`grad`")
    case .derived(.jacobian): return try jacobian(of: value)
    case .derived(.hessian): return try hessian(of: value, by: "`hessian`")
    case .taylor(let order):
      return recorder.row(try coefficients(of: value, [1], order, by: "`taylor`"))
    case .product(let function, let direction):
      guard let direction = machine.traced(direction, recorder) else { return 0 }
      return try product(function, of: value, direction)
    }
  }

  /// The derivative of a value for another.
  func result(
    _ function: DerivativeFunction, of value: Register, by name: String
  ) throws(MachineError) -> Traced {
    switch function {
    case .diff, .grad: try gradient(of: value, by: name)
    case .jacobian: try jacobian(of: value)
    case .hessian: try hessian(of: value, by: name)
    case .jvp, .vjp, .hvp, .taylor: 0
    }
  }

  private func product(
    _ function: DerivativeFunction, of value: Register, _ direction: Traced
  ) throws(MachineError) -> Traced {
    if function == .jvp {
      let result = try coefficients(of: value, [direction], 1, by: nil)[1]
      return .broadcast(result, to: try operand(value).shape)
    }
    if function == .vjp {
      let root = try operand(value)
      guard root.shape == direction.shape else {
        throw MachineError(
          .shapeMismatch(
            left: "the result, \(machine.sizeText(root.shape)),",
            right: "the weights, \(machine.sizeText(direction.shape))", by: "and", suggestion: nil))
      }
      return joined(try derivatives(of: root, seed: direction))
    }
    let slopes = try gradient(of: value, by: "`hvp`", isRecorded: true)
    return joined(try derivatives(of: slopes, seed: direction))
  }

  // MARK: Values

  private func operand(_ value: Register) throws(MachineError) -> Traced {
    guard let operand = machine.traced(value, recorder) else {
      throw MachineError(
        .wrongKind(
          expected: "numbers or arrays", found: machine.describe(value), by: "a derivative"))
    }
    return operand
  }

  private func number(_ value: Register, by name: String) throws(MachineError) -> Traced {
    guard value.isNumber else {
      throw MachineError(.derivativeNeedsNumber(machine.describe(value), by: name))
    }
    return try operand(value)
  }

  private func joined(_ parts: [Traced]) -> Traced {
    parts.count == 1 && parts[0].shape == shape
      ? parts[0] : recorder.joined(parts, shape: shape)
  }

  // MARK: Sweeps

  /// The derivatives of a weighted sum for each variable.
  private func derivatives(
    of root: Traced, seed: Traced, isRecorded: Bool = false
  ) throws(MachineError) -> [Traced] {
    let zeros = variables.map { Traced.broadcast(0, to: $0.shape) }
    guard case .node(_, let slot, let shape) = root.storage, let first = variables.first,
      slot >= first.slot || !isPlain
    else { return zeros }
    let place = Place(slot: slot, shape: shape)
    do throws(GraphError) {
      guard isPlain, !isRecorded, !seed.isTracked else {
        return try graph.derivatives(of: place, seed: seed, for: variables, recorder)
      }
      let weights = Traced.broadcast(seed, to: shape).numbers.array
      let results = try graph.numericDerivatives(
        of: place, seed: weights, for: variables, from: first.slot,
        shouldStop: { machine.shouldStop })
      return zip(results, variables).map { Traced(Numbers($0, shape: $1.shape)) }
    } catch {
      throw machine.machineError(error)
    }
  }

  private func gradient(
    of value: Register, by name: String, isRecorded: Bool = false
  ) throws(MachineError) -> Traced {
    joined(try derivatives(of: number(value, by: name), seed: 1, isRecorded: isRecorded))
  }

  /// A row of derivatives for each number of a value.
  private func rows(of value: Traced) throws(MachineError) -> Traced {
    let whole = Shape(value.shape.lengths + shape.lengths)
    try machine.checkSize(whole)
    try machine.requireRoom(whole.count, copies: 5)
    var rows: [Traced] = []
    for k in 0..<value.shape.count {
      if machine.shouldStop { throw MachineError(.interrupted) }
      rows.append(joined(try derivatives(of: value.part(k, .number), seed: 1)))
    }
    return recorder.joined(rows, shape: whole)
  }

  private func jacobian(of value: Register) throws(MachineError) -> Traced {
    try rows(of: operand(value))
  }

  /// One gradient that is recorded, and a sweep for each of its numbers.
  private func hessian(of value: Register, by name: String) throws(MachineError) -> Traced {
    try rows(of: gradient(of: value, by: name, isRecorded: true))
  }

  /// The coefficients of a power series, from order 0 on, in t where the variable is x + direction·t.
  private func coefficients(
    of value: Register, _ direction: [Traced], _ order: Int, by name: String?
  ) throws(MachineError) -> [Traced] {
    let root: Traced
    if let name { root = try number(value, by: name) } else { root = try operand(value) }
    guard case .node(_, let slot, let shape) = root.storage, let variable = variables.first,
      slot >= variable.slot || !isPlain
    else { return [root] + [Traced](repeating: 0, count: order) }
    var start = Traced(recorder, slot: variable.slot, shape: variable.shape)
    if isPlain { start = Traced(Numbers(start.numbers.array, shape: start.shape)) }
    let series: Series
    do throws(GraphError) {
      series = try graph.series(
        of: Place(slot: slot, shape: shape), in: variable,
        Series([start] + direction, order: order), recorder,
        shouldStop: { machine.shouldStop })
    } catch {
      throw machine.machineError(error)
    }
    let known = Array(series.coefficients.prefix(order + 1))
    return known + [Traced](repeating: 0, count: order + 1 - known.count)
  }
}
