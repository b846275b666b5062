import Autograd

// `backward`, and what is said of gradients that are not finite or were taken at a kink.

extension Machine {
  /// The sweep of `backward`.
  func backward(
    _ root: Register, accumulate: Bool, shows: Bool, _ address: Int
  ) throws(MachineError) {
    guard root.isNumber else { throw MachineError(.backwardNeedsNumber(describe(root))) }
    guard root.isTracked else {
      throw MachineError(.notTracked(describe(root), by: "`backward`"))
    }
    if shows { try requireTable() }
    var refusal: MachineError?
    let judge: (Adjoints) throws(GraphError) -> Void = { (adjoints) throws(GraphError) in
      refusal = self.refusal(of: adjoints, root.slot, address)
      if refusal != nil { throw .interrupted }
    }
    do throws(GraphError) {
      try graph.backward(
        from: root.slot, accumulate: accumulate, shouldStop: { self.shouldStop },
        isAcceptable: !isRestoring && (settings.trap || settings.kinksAreErrors) ? judge : nil)
    } catch {
      throw refusal ?? machineError(error)
    }
    if !isRestoring { noteGradients(root.slot, address) }
    noteEffect()
    if shows { output(.table(table(of: root.slot, .backward))) }
  }

  /// With `set trap on` a gradient of finite data that is not finite is an error, with `set kinks error`
  /// one that was taken at a kink.
  private func refusal(
    of adjoints: Adjoints, _ root: Int32, _ address: Int
  ) -> MachineError? {
    if settings.trap {
      let names = namesWithoutFiniteGradient { adjoints.areFinite($0) }
      if !names.isEmpty, let fault = graph.gradientFault(before: root, in: adjoints) {
        return MachineError(
          .trappedGradient(describe(fault, names)), address: origin(of: fault.node))
      }
    }
    if settings.kinksAreErrors, let kink = graph.lastKink(before: root, in: adjoints) {
      return MachineError(.kinkRefused(describe(kink)), address: origin(of: kink.node))
    }
    return nil
  }

  /// Warns, once for each place, where a derivative is taken of what is out of date. That takes a pass over
  /// the graph.
  func warnIfStale(_ root: Int32, _ address: Int) {
    guard graph.isStale(root) else { return }
    let name = graph.labels[root].map { "`\(graph.labels.text($0))`" } ?? "the value"
    note(.staleRoot(name), key: "stale \(address)", at: address)
  }

  /// A loop that forgets `forward` is wrong from its second iteration on; the third is for one that
  /// begins with an old value.
  private static let watchedSweeps = 3

  /// Says once for each place what there is to say of new gradients. Old values are looked for the first
  /// few times that a `backward` runs, kinks the first time: each takes a pass over the graph.
  private func noteGradients(_ root: Int32, _ address: Int) {
    if !settings.trap, !faultyAddresses.contains(address) {
      let names = namesWithoutFiniteGradient { graph.hasFiniteGradients($0) }
      if !names.isEmpty, let fault = graph.gradientFault(before: root) {
        faultyAddresses.insert(address)
        note(
          .gradientNotFinite(describe(fault, names)), key: "gradient \(address)",
          at: origin(of: fault.node))
      }
    }
    let sweep = sweeps[address, default: 0] + 1
    guard sweep <= Machine.watchedSweeps else { return }
    sweeps[address] = sweep
    warnIfStale(root, address)
    if !settings.kinksAreErrors, sweep == 1,
      let kink = graph.lastKink(before: root)
    {
      let place = origin(of: kink.node)
      note(.kink(describe(kink)), key: "kink \(place)", at: place)
    }
  }

  /// The leaves whose gradients some test refuses.
  private func namesWithoutFiniteGradient(_ areFinite: (Range<Int>) -> Bool) -> [String] {
    var found: [String] = []
    for index in 0..<globalCount {
      let value = globals[index]
      var slots = 0..<0
      if value.isTracked {
        slots = Int(value.slot)..<Int(value.slot) + 1
      } else if value.kind == .array, heap.arrays[value.handle].isTracked {
        let array = heap.arrays[value.handle]
        slots = Int(array.slot)..<Int(array.slot) + array.count
      }
      if !slots.isEmpty, !areFinite(slots) { found.append(names.names[index]) }
    }
    return found
  }

  /// The address of the instruction that recorded a node.
  func origin(of node: NodeIndex) -> Int {
    Int(graph.tape.pointee.nodes[node.rawValue].origin.rawValue)
  }

  // MARK: In words

  private func describe(_ fault: GradientFault, _ names: [String]) -> Problem.GradientPlace {
    let formulas = Formulas(graph, depth: 2)
    let operands = formulas.operands(of: fault.node.rawValue).map(Formula.unbracketed)
    let number = NumberFormat.standard.text(graph.data(at: fault.slot.rawValue))
    let result = formulas.text(of: graph.slot(of: fault.node).rawValue)
    let operand = fault.operand < operands.count ? operands[fault.operand] : "…"
    let rule = textbookDerivative(of: fault.node.rawValue, for: fault.operand)
    let variable = Interpreter.isName(operand) ? operand : "(\(operand))"
    // Inside a function such as `std` operands have no names.
    let expression =
      result.contains("…") || operand.contains("…")
      ? "its derivative is not finite where an operand is \(number)"
      : "d(\(result))/d\(variable) = \(Formula.text(rule, operands, result: result)) "
        + "where \(operand) = \(number)"
    return Problem.GradientPlace(
      names: names, gradient: haveNaNGradients(names) ? "NaN" : "inf",
      remedy: remedy(for: fault.node.rawValue, operand), expression: expression)
  }

  /// How to keep a root or a logarithm away from 0.
  private func remedy(for index: Int, _ operand: String) -> String? {
    let operation = graph.tape.pointee.nodes[index].operation
    var elementwise: ArrayOperation?
    if operation == .array { elementwise = graph.tape.pointee.arrayRecord(of: index).operation }
    let isOfPositive =
      [.unary(.sqrt), .unary(.log), .unary(.log2), .unary(.log10), .binary(.power)].contains(
        operation)
      || [.unary(.sqrt), .unary(.log), .unary(.log2), .unary(.log10), .binary(.power)]
        .contains(elementwise)
    guard isOfPositive else { return nil }
    let name = operand.contains("…") ? "x" : operand
    return elementwise == nil
      ? "stay clear of it: `max(\(name), 1e-12)`, or `if \(name) > 0 then … else …`"
      : "stay clear of it: `max(\(name), 1e-12)`"
  }

  /// Whether the gradients of all of some names are NaN, and nowhere infinite.
  private func haveNaNGradients(_ names: [String]) -> Bool {
    let values = Dictionary(namedValues().map { ($0.name, $0.value) }) { first, _ in first }
    return names.allSatisfy { name in
      guard let value = values[name], let slots = slots(of: value) else { return false }
      let gradients = slots.compactMap { graph.gradient(at: $0) }.filter { !$0.isFinite }
      return !gradients.isEmpty && gradients.allSatisfy(\.isNaN)
    }
  }

  private func describe(_ kinked: KinkedNode) -> Problem.KinkPlace {
    let formulas = Formulas(graph)
    let formula = formulas.text(of: graph.slot(of: kinked.node).rawValue, depth: 2)
    let operand =
      elementNames()[kinked.operand.rawValue]
      ?? formulas.text(ofOperand: kinked.operand.rawValue)
    let number = NumberFormat.standard.text(graph.data(at: kinked.operand.rawValue))
    func text(_ number: Double) -> String { NumberFormat.standard.text(number) }
    switch kinked.kink {
    case .corner(let left, let right, let used):
      return Problem.KinkPlace(
        "\(operand) = \(number): slope \(text(left)) on the left, \(text(right)) on the right, "
          + "used \(text(used))")
    case .tie: return Problem.KinkPlace("\(formula): equal at \(number), half goes to each")
    case .tip: return Problem.KinkPlace("\(formula) at 0 has a slope in every direction, used 0")
    }
  }

  /// The derivative for an operand as textbooks write it.
  private func textbookDerivative(of index: Int, for operand: Int) -> String {
    switch graph.tape.pointee.nodes[index].operation {
    case .unary(let operation): ArrayOperation.unary(operation).textbook(operand)
    case .binary(let operation): ArrayOperation.binary(operation).textbook(operand)
    case .ternary(let operation): ArrayOperation.ternary(operation).textbook(operand)
    case .array: graph.tape.pointee.arrayRecord(of: index).operation.textbook(operand)
    case .leaf, .stack, .branchGuard, .indexGuard, .operand: ""
    }
  }
}
