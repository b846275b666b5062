import Autograd

// Derivatives as values. A function that is differentiated is called once: its arguments become
// variables of the graph, and what it returns is swept, numerically where nothing else is tracked, by
// recording otherwise, so that the result can be differentiated again.

/// A derivative whose function is running.
struct PendingDerivative {
  enum Kind {
    case derived(DerivedFunction.Kind)
    /// `jvp`, `vjp`, `hvp` with their direction.
    case product(DerivativeFunction, Register)
    /// The coefficients up to this order.
    case taylor(order: Int)
  }

  var kind: Kind
  /// What stands for the arguments in the graph.
  var variables: [Register]
  /// Whether one array of numbers is returned for several arguments.
  let isRow: Bool
  /// Where the graph was before, and what had been done.
  let mark: Graph.Mark
  let effects: Int
  let address: Int

  /// What must stay while the function runs.
  var registers: [Register] {
    if case .product(_, let direction) = kind { return variables + [direction] }
    return variables
  }

  mutating func relocate(_ moved: (Register) -> Register) {
    variables = variables.map(moved)
    if case .product(let function, let direction) = kind {
      kind = .product(function, moved(direction))
    }
  }
}

extension Machine {
  /// The highest order of a derivative: 171! is beyond the largest number.
  static let orderLimit = 170
  /// How many derivatives may be under way within each other.
  static let derivativeLimit = 1000

  /// How many derivations of a derived function are shown.
  private static let shownDerivations = 4

  // MARK: Functions made of functions

  /// `f'`, `f''`: derivatives of derivatives are one of a higher order.
  func prime(of function: Register, order: Int) throws(MachineError) -> Register {
    var (base, total) = (function, order)
    if function.kind == .derived, case .prime(let inner) = heap.derived[function.handle].kind {
      (base, total) = (heap.derived[function.handle].function, order + inner)
    }
    guard total <= Machine.orderLimit else {
      throw MachineError(.orderTooHigh(total, limit: Machine.orderLimit))
    }
    if let count = parameterCount(of: base), count != 1 {
      throw MachineError(
        .wrongKind(
          expected: "a function of one number", found: "`\(signature(of: base))`", by: "`'`"))
    }
    return try derived(.prime(order: total), base, by: "`'`")
  }

  /// How many arguments a function of the program takes; nil for any other value.
  func parameterCount(of function: Register) -> Int? {
    functionIndex(of: function).map { program.functions[$0].parameters.count }
  }

  private func signature(of function: Register) -> String {
    if case .function(let signature) = shown(function) { return signature }
    return "f"
  }

  func derived(
    _ kind: DerivedFunction.Kind, _ function: Register, by name: String
  ) throws(MachineError) -> Register {
    guard isFunction(function) else {
      throw MachineError(.notDifferentiable(describe(function), by: name))
    }
    return heap.add(DerivedFunction(kind: kind, function: function))
  }

  func isFunction(_ value: Register) -> Bool {
    switch value.kind {
    case .function, .closure, .builtin, .derived: true
    case .unassigned, .nothing, .string, .array, .table, nil: false
    }
  }

  /// A derived function as it is called; what is derived many times over is `(…)`.
  func signature(of derived: DerivedFunction, within depth: Int = Machine.shownDerivations)
    -> String
  {
    var name = ""
    if derived.function.kind == .derived {
      if depth > 0 {
        name = signature(of: heap.derived[derived.function.handle], within: depth - 1)
      }
    } else if case .function(let signature) = shown(derived.function) {
      name = signature
    }
    let known = name.prefix { $0 != "(" }
    let parameters = name.dropFirst(known.count)
    let function = known.isEmpty ? "(…)" : String(known)
    switch derived.kind {
    case .prime(let order): name = function + String(repeating: "'", count: min(order, 9))
    case .gradient(let argument):
      name = "grad(\(function)\(argument.map { ", \($0)" } ?? ""))"
    case .jacobian: name = "jacobian(\(function))"
    case .hessian: name = "hessian(\(function))"
    }
    return name + parameters
  }

  // MARK: Calls

  /// What a call of a value begins, when that is a derivative.
  func derivative(called callee: Register) -> Register? {
    if callee.has(.derived) { return callee }
    return callee.has(.builtin) && Builtin.all[callee.handle].callsFunction ? callee : nil
  }

  /// Turns the call of a derivative into the call of its function on variables.
  ///
  /// - Parameter call: the callee's register; the arguments follow.
  /// - Returns: the number of arguments of the function.
  func begin(
    _ callee: Register, _ call: UnsafeMutablePointer<Register>, _ count: Int, _ address: Int
  ) throws(MachineError) -> Int {
    guard derivatives.count < Machine.derivativeLimit else {
      throw MachineError(.recursionTooDeep(limit: Machine.derivativeLimit))
    }
    graph.tape.pointee.forgetConstants()
    let mark = graph.mark
    let effects = hot.pointee.effects
    var arguments = count
    let kind: PendingDerivative.Kind
    let function: Register
    var variables: [Register] = []
    if callee.has(.derived) {
      let derived = heap.derived[callee.handle]
      (kind, function) = (.derived(derived.kind), derived.function)
      variables = try makeVariables(derived, call + 1, count, address)
    } else {
      (kind, function) = try product(callee, call + 1, count, address)
      variables = [try makeVariable(call + 1, address)]
      arguments = 1
    }
    call[0] = function
    derivatives.append(
      PendingDerivative(
        kind: kind, variables: variables, isRow: variables.count > 1, mark: mark, effects: effects,
        address: address))
    return arguments
  }

  /// `jvp(f, x, v)` and the like: moves x to the first argument's place.
  private func product(
    _ callee: Register, _ arguments: UnsafeMutablePointer<Register>, _ count: Int, _ address: Int
  ) throws(MachineError) -> (PendingDerivative.Kind, Register) {
    let builtin = Builtin.all[callee.handle]
    guard case .derivative(let function) = builtin, count == 3 else {
      throw MachineError(
        .wrongArgumentCount(function: builtin.signature, expected: "3", found: count))
    }
    let (f, last) = (arguments[0], arguments[2])
    guard isFunction(f) else {
      throw MachineError(.notDifferentiable(describe(f), by: "`\(builtin.name)`"), operand: 0)
    }
    arguments[0] = arguments[1]
    if function == .taylor {
      guard last.isNumber, last.number >= 0, last.number == last.number.rounded() else {
        throw MachineError(
          last.isNumber
            ? .badCount(last.number, by: "`taylor`")
            : .wrongKind(expected: "an order", found: describe(last), by: "`taylor`"),
          operand: 2)
      }
      guard last.number <= Double(Machine.orderLimit) else {
        throw MachineError(
          .orderTooHigh(Int(min(last.number, 1e15)), limit: Machine.orderLimit), operand: 2)
      }
      try needNumber(arguments[0], by: "`taylor`", operand: 1)
      try guardIndex(last, Origin(address))
      return (.taylor(order: Int(last.number)), f)
    }
    guard last.isNumber || last.kind == .array else {
      throw MachineError(
        .wrongKind(expected: "a direction", found: describe(last), by: "`\(builtin.name)`"),
        operand: 2)
    }
    if function != .vjp {
      let (x, v) = (shape(of: arguments[0]), shape(of: last))
      guard x == v else {
        throw MachineError(
          .shapeMismatch(
            left: named(arguments[0], x), right: "the direction, \(sizeText(v))",
            by: "and", suggestion: nil),
          operand: 2)
      }
    }
    return (.product(function, last), f)
  }

  private func shape(of value: Register) -> Shape {
    value.kind == .array ? heap.arrays[value.handle].shape : .number
  }

  private func needNumber(
    _ value: Register, by name: String, operand: Int
  ) throws(MachineError) {
    guard value.isNumber else {
      throw MachineError(
        .wrongKind(expected: "a number", found: describe(value), by: name), operand: operand)
    }
  }

  private func makeVariables(
    _ derived: DerivedFunction, _ arguments: UnsafeMutablePointer<Register>, _ count: Int,
    _ address: Int
  ) throws(MachineError) -> [Register] {
    let name = "`\(signature(of: derived))`"
    switch derived.kind {
    case .prime:
      guard count == 1 else {
        throw MachineError(
          .wrongArgumentCount(
            function: signature(of: derived), expected: "1", found: count))
      }
      try needNumber(arguments[0], by: name, operand: 0)
      return [try makeVariable(arguments, address)]
    case .gradient(let argument?):
      guard argument <= count else {
        throw MachineError(
          .wrongArgumentCount(
            function: signature(of: derived), expected: "at least \(argument)", found: count))
      }
      return [try makeVariable(arguments + (argument - 1), address)]
    case .gradient(nil), .jacobian, .hessian:
      guard count > 0 else {
        throw MachineError(
          .wrongArgumentCount(
            function: signature(of: derived), expected: "at least 1", found: count))
      }
      var variables: [Register] = []
      for k in 0..<count {
        if count > 1, !arguments[k].isNumber {
          throw MachineError(
            .wrongKind(
              expected:
                "numbers, or a single array: `grad(f, \(k + 1))` is the gradient for this one",
              found: describe(arguments[k]), by: name),
            operand: k)
        }
        variables.append(try makeVariable(arguments + k, address))
      }
      return variables
    }
  }

  /// Puts a variable with an argument's value in its place: a leaf, or a copy of what is tracked.
  private func makeVariable(
    _ argument: UnsafeMutablePointer<Register>, _ address: Int
  ) throws(MachineError) -> Register {
    let value = refreshed(argument.pointee)
    guard value.isNumber || value.kind == .array else {
      throw MachineError(
        .wrongKind(expected: "numbers or arrays", found: describe(value), by: "a derivative"))
    }
    if value.kind == .array, heap.arrays[value.handle].count == 0 {
      throw MachineError(.emptyArray(by: "a derivative"))
    }
    let slot: Int32
    do throws(GraphError) { slot = try recordVariable(value, address) } catch {
      throw machineError(error)
    }
    argument.pointee =
      value.isNumber
      ? Register(value.number, slot: slot)
      : heap.add(ArrayObject(shape: heap.arrays[value.handle].shape, slot: slot))
    return argument.pointee
  }

  /// A leaf with a value's data, or a copy of what is tracked.
  private func recordVariable(_ value: Register, _ address: Int) throws(GraphError) -> Int32 {
    let origin = Origin(address)
    if value.isPlainNumber { return try graph.recordLeaf(value.number, origin: origin) }
    if value.isTracked { return try graph.recordStack([value.slot], origin: origin) }
    let array = heap.arrays[value.handle]
    let recorder = recorder(address)
    guard array.isTracked, let whole = traced(value, recorder) else {
      return try graph.recordLeaf(plainNumbers(of: array), origin: origin)
    }
    let copy = Traced.apply(.copy, [whole], parameters: [], shape: whole.shape)
    try recorder.check()
    if case .node(_, let slot, _) = copy.storage { return slot }
    return array.slot
  }

  /// Nothing may change the graph under a function that is being differentiated, nor under a
  /// condition that is looked at.
  func refuseWhileDifferentiating(_ what: String) throws(MachineError) {
    if !derivatives.isEmpty || isInspected { throw MachineError(.changeWhileDifferentiating(what)) }
  }

  // MARK: Results

  /// Takes a function's result through the derivatives that its call began.
  func finishDerivatives(_ value: Register) throws(MachineError) -> Register {
    var value = value
    let frame = hot.pointee.frames[hot.pointee.frames.count - 1]
    for _ in 0..<frame.derivatives { value = try finishDerivative(value) }
    return value
  }

  /// The derivative that began last, of what its function returned.
  func finishDerivative(_ value: Register) throws(MachineError) -> Register {
    let pending = derivatives.removeLast()
    let computation = DerivativeComputation(
      self, Recorder(graph, origin: Origin(pending.address), foldsIdentities: true),
      variables: pending.variables.compactMap(place), isRow: pending.isRow)
    let result = try computation.result(pending.kind, of: refreshed(value))
    try warnNonFinite(derivative: result, of: value, pending.address)
    guard computation.isPlain, !result.isTracked || !computation.isDirectionTracked(pending.kind)
    else { return try register(result, computation.recorder) }
    let numbers = Numbers(result.numbers.array, shape: result.shape)
    // What was recorded for a plain result is forgotten, when nothing else was done.
    if hot.pointee.effects == pending.effects, graph.isUncompacted(since: pending.mark) {
      graph.truncate(to: pending.mark)
    }
    return try register(Traced(numbers), computation.recorder)
  }

  /// Warns where a derivative of a finite value is not finite.
  private func warnNonFinite(
    derivative: Traced, of value: Register, _ address: Int
  ) throws(MachineError) {
    guard !derivative.numbers.areFinite,
      let number = derivative.numbers.array.first(where: { !$0.isFinite }),
      traced(value, recorder(address))?.numbers.areFinite == true
    else { return }
    try warn(
      Problem.NonFinite(
        expression: "the derivative, though the value is finite",
        result: NumberFormat.standard.text(number), operands: []), address)
  }

  /// Where a tracked value stands.
  func place(_ value: Register) -> Place? {
    guard let slot = firstSlot(of: value) else { return nil }
    return Place(slot: slot, shape: shape(of: value))
  }

  // MARK: Derivatives of values

  /// `diff(L, a)`, `grad(L, W)`, `jacobian(v, W)`, `hessian(L, W)`; `grad(f)` and the like make
  /// functions.
  func call(
    _ function: DerivativeFunction, _ arguments: UnsafeMutablePointer<Register>, _ count: Int,
    _ address: Int
  ) throws(MachineError) -> Register {
    let name = "`\(function.rawValue)`"
    if function != .diff, isFunction(arguments[0]) {
      return try derivedFunction(function, arguments, count, name, address)
    }
    if isFunction(arguments[0]) {
      throw MachineError(
        .wrongKind(expected: "a value of the graph", found: "a function", by: name), operand: 0)
    }
    guard count > 1 else {
      throw MachineError(.notDifferentiable(describe(arguments[0]), by: name), operand: 0)
    }
    var value = arguments[0]
    for k in 1..<count {
      value = try derivative(function, of: value, for: arguments[k], name, address)
    }
    return value
  }

  private func derivedFunction(
    _ function: DerivativeFunction, _ arguments: UnsafeMutablePointer<Register>, _ count: Int,
    _ name: String, _ address: Int
  ) throws(MachineError) -> Register {
    switch function {
    case .jacobian where count == 1: return try derived(.jacobian, arguments[0], by: name)
    case .hessian where count == 1: return try derived(.hessian, arguments[0], by: name)
    case .grad where count == 1:
      return try derived(.gradient(argument: nil), arguments[0], by: name)
    case .grad:
      let argument = arguments[1]
      guard argument.isNumber, argument.number >= 1, argument.number <= 255,
        argument.number == argument.number.rounded()
      else {
        throw MachineError(
          .wrongKind(
            expected: "the number of an argument", found: describe(argument), by: name),
          operand: 1)
      }
      if let count = parameterCount(of: arguments[0]), argument.number > Double(count) {
        throw MachineError(
          .wrongKind(
            expected: "the number of an argument of `\(signature(of: arguments[0]))`",
            found: describe(argument), by: name),
          operand: 1)
      }
      try guardIndex(argument, Origin(address))
      return try derived(.gradient(argument: Int(argument.number)), arguments[0], by: name)
    case .diff, .jacobian, .hessian, .jvp, .vjp, .hvp, .taylor:
      throw MachineError(
        .wrongKind(expected: "values", found: "a function", by: name))
    }
  }

  private func derivative(
    _ function: DerivativeFunction, of value: Register, for target: Register, _ name: String,
    _ address: Int
  ) throws(MachineError) -> Register {
    guard let targetPlace = place(target) else {
      throw MachineError(.notTracked(describe(target), by: name))
    }
    let recorder = Recorder(graph, origin: Origin(address), foldsIdentities: true)
    guard let root = place(value) else {
      guard value.isNumber || value.kind == .array else {
        throw MachineError(.notDifferentiable(describe(value), by: name))
      }
      // What does not depend on anything has the derivative 0.
      return try register(.broadcast(0, to: targetPlace.shape), recorder)
    }
    if !isRestoring, !givenNotes.contains("stale \(address)") { warnIfStale(root.slot, address) }
    let computation = DerivativeComputation(
      self, recorder, targets: targets(target, of: root), shape: targetPlace.shape)
    let result = try computation.result(function, of: value, by: name)
    try warnNonFinite(derivative: result, of: value, address)
    return try register(result, recorder)
  }

  /// What a derivative is taken for: a list that was made to name values, `[a, b]`, stands for them.
  private func targets(_ target: Register, of root: Place) -> [Place] {
    guard let place = place(target) else { return [] }
    guard let node = graph.tape.pointee.node(at: place.slot), target.kind == .array,
      graph.tape.pointee.nodes[node].operation == .stack
    else { return [place] }
    let ancestors = graph.ancestors(of: root.slots.upperBound - 1)
    if node < ancestors.count, ancestors[node] { return [place] }
    return graph.operands(of: NodeIndex(node)).map { Place(slot: $0.rawValue, shape: .number) }
  }
}
