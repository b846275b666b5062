import Autograd

// Warnings and notes: once each, so that a loop does not repeat them; the first of the notes that
// save beginners at every occurrence at the prompt.

extension Machine {
  /// Shows a warning, or stops with an error when warnings are errors.
  func warn(_ problem: Problem, at address: Int) {
    if isRestoring { return }
    let location = program.locations[address < program.locations.count ? address : 0]
    output(
      .diagnostic(Diagnostic(problem, in: program.sources[location.source], at: location.range)))
  }

  /// Shows a note at the present statement, unless one of this kind about this name has been given.
  func note(_ problem: Problem, key: String, at address: Int? = nil) {
    guard !isRestoring, noteGiven(key) else { return }
    warn(problem, at: address ?? statementAddress)
  }

  func noteShadowing(_ global: Int, at address: Int) {
    let name = names.names[global]
    let constant = global - Builtin.all.count
    note(
      .builtinShadowed(name, value: constant >= 0 ? Builtin.constants[constant].value : nil),
      key: "shadow \(name)", at: address)
  }

  func noteMissingGradient(_ slot: Int32, _ address: Int) {
    let name = graph.labels[slot].map { "`\(graph.labels.text($0))`" } ?? "the value"
    note(.gradientNeverComputed(name: name), key: "gradient", at: address)
  }

  /// A name has been bound to something new while another name still uses its old value.
  func noteRebinding(_ global: Int, _ old: Register, at address: Int) {
    let name = names.names[global]
    if graph.nodeCount >= hot.pointee.chainNoteAt, isChain(global, old) {
      hot.pointee.chainNoteAt = .max
      note(.longChain(name: name, nodes: graph.nodeCount), key: "chain", at: address)
    }
    if noteUpdate(global, at: address) { return }
    let key = isPrompt ? "rebinding \(name) \(old.slot)" : "rebinding"
    guard hot.pointee.rebindingChecks > 0, !givenNotes.contains(key) else { return }
    hot.pointee.rebindingChecks -= 1
    guard graph.isLeaf(old.slot) else { return }  // only a leaf's data could be changed instead
    guard let user = nameUsing(old.slot, except: global) else { return }
    note(.rebindingUsed(name: name, by: user), key: key, at: address)
  }

  /// Whether a name is bound anew from its own gradient, in a loop: there is a note about it.
  @discardableResult
  func noteUpdate(_ global: Int, at address: Int) -> Bool {
    let name = names.names[global]
    guard updates.contains(name) else { return false }
    note(.rebindingUpdate(name: name), key: "update \(name)", at: address)
    return true
  }

  /// Whether a name's new value was computed from its old one; if not, it is a while before the next
  /// name is looked at.
  private func isChain(_ global: Int, _ old: Register) -> Bool {
    hot.pointee.chainNoteAt = graph.nodeCount + 1000
    // A step of a running total is short; to look through a long one would take its time again.
    guard let new = firstSlot(of: globals[global]), new - old.slot < 10_000 else { return false }
    return graph.depend([new], on: old.slot)[0]
  }

  /// The first name, other than the one given, whose value was computed from a slot.
  private func nameUsing(_ slot: Int32, except global: Int) -> String? {
    guard graph.nodeCount < 1_000_000 else { return nil }
    let others = namedValues(after: slot).filter { $0.global != global }
    guard !others.isEmpty else { return nil }
    // A name that is computed from its own old value goes on from it: nothing is left behind.
    let own = globals[global].isTracked ? [globals[global].slot] : []
    let depend = graph.depend(own + others.map(\.slot), on: slot)
    if !own.isEmpty, depend[0] { return nil }
    return zip(others, depend.dropFirst(own.count)).first { $0.1 }.map { names.names[$0.0.global] }
  }

  /// The user's names whose numbers were computed after a slot.
  private func namedValues(after slot: Int32) -> [(global: Int, slot: Int32)] {
    var found: [(global: Int, slot: Int32)] = []
    for index in 0..<globalCount {
      if globals[index].isTracked, globals[index].slot > slot, isOwn(index) {
        found.append((index, globals[index].slot))
      }
    }
    return found
  }

  // MARK: Not finite

  /// An operation on finite numbers gave a result that is not.
  func warnNonFinite(
    _ operation: String, isInfix: Bool, _ operands: [Register], _ value: Double, _ address: Int
  ) throws(MachineError) {
    // A curve has gaps where its expression has no value.
    if !plots.isEmpty || isRestoring { return }
    let texts = operands.map { NumberFormat.standard.text($0.number) }
    let expression =
      operands.count == 1 && operation == "-"
      ? "-\(texts[0])"
      : isInfix
        ? texts.joined(separator: " \(operation) ")
        : "\(operation)(\(texts.joined(separator: ", ")))"
    let named = operands.compactMap { operand -> String? in
      guard operand.isTracked, let label = graph.labels[operand.slot] else { return nil }
      return "\(graph.labels.text(label)) = \(NumberFormat.standard.text(operand.number))"
    }
    try warn(
      Problem.NonFinite(
        expression: expression, result: NumberFormat.standard.text(value), operands: named), address
    )
  }

  /// A warning, once for each place; an error where trapping is on.
  func warn(_ what: Problem.NonFinite, _ address: Int) throws(MachineError) {
    if !plots.isEmpty || isRestoring { return }
    if settings.trap { throw MachineError(.trapped(what)) }
    hasWarnedOfValues = true
    note(.nonFinite(what), key: "non-finite \(address)", at: address)
  }

  /// At the end of an input in which a value turned out not to be finite: the names that it spread to.
  func noteSpread() {
    guard hasWarnedOfValues else { return }
    hasWarnedOfValues = false
    let suspects = namedValues().compactMap { named -> (name: String, slot: Int32)? in
      guard let slots = slots(of: named.value),
        let slot = slots.first(where: { !graph.data(at: $0).isFinite })
      else { return nil }
      return (named.name, slot)
    }
    guard suspects.count > 1, let source = graph.firstNonFinite else { return }
    let first = graph.slot(of: source).rawValue
    let depend = graph.depend(suspects.map(\.slot), on: first)
    let names = zip(suspects, depend).filter { $0.1 || $0.0.slot == first }
      .map(\.0.name)
    guard names.count > 1 else { return }
    note(
      .spread(names: names), key: "spread \(names)", at: origin(of: source))
  }

  /// The same, found by `forward`.
  func warnNonFinite(_ index: NodeIndex) {
    let node = graph.tape.pointee.nodes[index.rawValue]
    if node.operation == .array {
      let what = Problem.NonFinite(
        expression: Formulas(graph).text(of: graph.slot(of: index).rawValue),
        result: NumberFormat.standard.text(graph.nonFiniteData(of: index)), operands: [])
      try? warn(what, Int(node.origin.rawValue))
      return
    }
    let operands = graph.operands(of: index).map {
      graph.isConstant($0.rawValue)
        ? Register(graph.data(at: $0.rawValue))
        : Register(graph.data(at: $0.rawValue), slot: $0.rawValue)
    }
    let isInfix: Bool
    if case .binary(let operation) = node.operation {
      isInfix = operation.isInfix
    } else {
      isInfix = false
    }
    do throws(MachineError) {
      try warnNonFinite(
        node.operation.name, isInfix: isInfix, operands,
        graph.nonFiniteData(of: index),
        Int(node.origin.rawValue))
    } catch {
      // `forward` has already refused it where trapping is on.
    }
  }
}
