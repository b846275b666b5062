import Autograd

@testable import GradLanguage

/// Everything there is to know of a session, a line each, in terms that do not depend on what has been
/// forgotten in it: two sessions with the same picture cannot be told apart.
struct SessionPicture {
  private let machine: Machine
  private let live: [Bool]
  /// The number of each node among those that live.
  private var numbers: [Int: Int] = [:]

  /// The lines.
  static func lines(_ interpreter: Interpreter) -> [String] {
    let picture = SessionPicture(interpreter.machine)
    return picture.names + picture.nodes + picture.rest
  }

  /// The lines, and what a saved session does not keep: `ans`, what has been said and is not said again,
  /// how names are understood, what has been imported.
  static func complete(_ interpreter: Interpreter) -> [String] {
    let machine = interpreter.machine
    let answer = machine.globals[GlobalNames.answer]
    let picture = SessionPicture(machine, besides: answer)
    return picture.names + picture.nodes + picture.rest + picture.unsaved(answer)
      + ["imported \(interpreter.imported.sorted())"]
  }

  private func unsaved(_ answer: Register) -> [String] {
    // Notes of a place or a value are told apart by its number, which depends on what ran before.
    let notes = machine.givenNotes.map { $0.replacing(#/[0-9]+/#, with: "#") }
    let names = (0..<machine.globalCount).map { machine.names.names[$0] }
    func those(_ isSuch: (Int) -> Bool) -> [String] {
      names.indices.filter(isSuch).map { names[$0] }.sorted()
    }
    return [
      "ans \(machine.isAnswerAutomatic) \(text(answer))", "notes \(notes.sorted())",
      "plain \(those { machine.plainGlobals.contains($0) })",
      "bound \(those { machine.names.isBound(names[$0]) })",
      "without a label \(those { machine.hot.pointee.globalLabels[$0] < 0 })",
      "swept at \(machine.sweeps.count), faulty at \(machine.faultyAddresses.count)",
      "strict \(machine.settings.strict)",
    ]
  }

  /// The data and the gradients of the names alone.
  static func values(_ interpreter: Interpreter) -> [String] {
    let picture = SessionPicture(interpreter.machine)
    return interpreter.machine.namedValues().compactMap { name, value in
      guard let slots = interpreter.machine.slots(of: value) else { return nil }
      let graph = interpreter.machine.graph
      return "\(name) \(slots.map { picture.bits(graph.data(at: $0)) }) "
        + "\(slots.map { graph.gradient(at: $0).map(picture.bits) ?? "–" })"
    }.sorted()
  }

  private init(_ machine: Machine, besides other: Register = .nothing) {
    self.machine = machine
    var roots = machine.namedValues().compactMap { machine.slots(of: $0.value) }
    if !machine.graph.hasLostSweptRoots {
      roots += machine.graph.sweptRoots.map { $0..<$0 + 1 }
    }
    if let slots = machine.slots(of: other) { roots.append(slots) }
    live = machine.graph.live(from: roots)
    for index in live.indices where live[index] { numbers[index] = numbers.count }
  }

  private var graph: Graph { machine.graph }
  private var tape: Tape { graph.tape.pointee }

  // MARK: Names

  private var names: [String] {
    let formulas = Formulas(graph)
    return machine.namedValues().map { name, value in
      let index = machine.names.existingIndex(of: name)
      let manner = index.map { machine.plainGlobals.contains($0) } == true ? "plain " : ""
      let formula = machine.firstSlot(of: value).map { formulas.text(of: $0) } ?? ""
      return "\(manner)\(name): \(text(value)) \(formula)"
    }.sorted()
  }

  private func text(_ value: Register) -> String {
    if value.isPlainNumber { return "number \(bits(value.number))" }
    if value.isTracked { return "number at \(place(value.slot))" }
    switch machine.shown(value) {
    case .array(let array):
      let slot = machine.firstSlot(of: value)
      let column = machine.heap.arrays[value.handle].isColumn ? "column" : "array"
      return "\(column) \(array.shape) "
        + (slot.map { "at \(place($0))" } ?? array.numbers.map(bits).joined(separator: " "))
    case .table(let names, let columns):
      return "table " + zip(names, columns).map { "\($0) \($1.map(bits))" }.joined(separator: " ")
    case .string(let text): return "string \(text.debugDescription)"
    case .function(let signature): return "function \(signature)"
    case .number, .nothing: return "?"
    }
  }

  /// The values that conditions were decided after, before they were bound; of those that no name
  /// reaches nobody asks.
  private var extents: Set<Int32> {
    let named = machine.namedValues().map(\.value).filter(\.isTracked).map(\.slot)
    return Set(named.filter { graph.extent(of: $0) != nil })
  }

  // MARK: Nodes

  private var nodes: [String] {
    live.indices.filter { live[$0] }.map { index in
      let node = tape.nodes[index]
      let first = Int32(tape.slot(of: index))
      switch node.operation {
      case .branchGuard, .indexGuard:
        let (slot, recorded) = graph.guarded(by: index)
        return "\(node.operation) \(place(slot)) \(recorded.map(bits))"
      case .leaf, .unary, .binary, .ternary, .stack, .array, .operand: break
      }
      let slots = first..<first + Int32(tape.count(of: index))
      let labels = slots.map { graph.labels[$0].map(graph.labels.text) ?? "·" }
      return [
        operation(index), "data \(slots.map { bits(graph.data(at: $0)) })",
        "grad \(slots.map { graph.gradient(at: $0).map(bits) ?? "–" })", "labels \(labels)",
        graph.isStale(first) ? "stale" : "",
        !graph.hasLostSweptRoots && graph.isGradientStale(at: first) ? "old gradient" : "",
        extents.contains(first) ? "extent" : "",
      ].joined(separator: " ")
    }
  }

  private func operation(_ index: Int) -> String {
    switch tape.nodes[index].operation {
    case .array:
      let record = tape.arrayRecord(of: index)
      let operands = record.operands.map { operand in
        operand.isConstant
          ? operand.slots.map { bits(graph.data(at: $0)) }.joined(separator: " ")
          : "\(place(operand.slot))+\(operand.shape.count)"
      }
      return "\(record.operation) \(operands) \(tape.parameters(of: record))"
    case let operation:
      return "\(operation) \(graph.operands(of: NodeIndex(index)).map { place($0.rawValue) })"
    }
  }

  /// A slot as its node's number and its place in it, or as a constant.
  private func place(_ slot: Int32) -> String {
    guard let node = tape.node(at: slot) else { return bits(graph.data(at: slot)) }
    return "#\(numbers[node] ?? -1).\(slot - Int32(tape.slot(of: node)))"
  }

  // MARK: The rest

  private var rest: [String] {
    let settings = Setting.allCases.map { "\($0) \(machine.settings.text(of: $0))" }
    let roots = graph.hasLostSweptRoots ? ["lost"] : graph.sweptRoots.map(place)
    // A session that is restored does not know what roots that are gone depended on.
    let areOld = graph.hasLostSweptRoots && graph.hasOldGradients
    return settings + [
      "random \(machine.random.stateText)", "roots \(roots)", areOld ? "old gradients" : "",
    ]
  }

  /// A number to the last bit; all NaNs of one sign are one.
  private func bits(_ number: Double) -> String {
    number.isNaN
      ? (number.sign == .minus ? "-nan" : "nan")
      : number == 0 ? (number.sign == .minus ? "-0" : "0") : NumberFormat.shortest.text(number)
  }
}
