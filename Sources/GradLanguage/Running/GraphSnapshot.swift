import Autograd

/// Takes the snapshot of a graph that is drawn.
struct GraphSnapshot {
  private let graph: Graph
  /// The names of elements of arrays, by slot.
  private let elementNames: (Int32) -> String?

  /// More values than this are not drawn: the ones computed last are, and the leaves they use.
  static let limit = 10_000

  init(_ graph: Graph, elementNames: @escaping (Int32) -> String?) {
    self.graph = graph
    self.elementNames = elementNames
  }

  /// A value to be drawn: its slot, what computed it, from which slots.
  private struct Entry {
    let slot: Int32
    let operation: Operation?
    let operands: [Int32]
  }

  /// What the numbers in `roots` were computed from. O(nodes before them).
  func drawing(of roots: Range<Int32>) -> GraphDrawing {
    let (entries, omitted) = entries(roots)
    var indices: [Int32: Int] = [:]
    for (index, entry) in entries.enumerated() { indices[entry.slot] = index }
    let names = names(of: entries)
    let values = entries.enumerated().map { index, entry in
      value(entry, name: names[index]) { slot in
        indices[slot].map { ($0, names[$0]) }
      }
    }
    return GraphDrawing(
      values: values, roots: roots.compactMap { indices[$0] }, omitted: omitted)
  }

  /// The values reached from the roots in order, and how many there are besides.
  private func entries(_ roots: Range<Int32>) -> ([Entry], omitted: Int) {
    guard let end = roots.last, let last = graph.tape.pointee.node(at: end) else { return ([], 0) }
    var reached = [Bool](repeating: false, count: Int(end) + 1)
    for slot in roots { reached[Int(slot)] = true }
    var entries: [Entry] = []
    var omitted = 0
    var used: Set<Int32> = []  // operands of what is drawn
    for index in stride(from: last, through: 0, by: -1) {
      let node = graph.tape.pointee.nodes[index]
      guard node.operation.hasValue else { continue }
      let first = Int(node.slot.rawValue)
      let slots = (first..<min(first + graph.tape.pointee.count(of: index), reached.count))
        .filter { reached[$0] }
      if slots.isEmpty { continue }
      let operands = graph.operands(of: NodeIndex(index)).map(\.rawValue)
      for slot in slots.reversed() {
        // An element of an array that was put together stands for one operand.
        let own = node.operation == .stack ? [operands[slot - first]] : operands
        for operand in own { reached[Int(operand)] = true }
        let isUsed = node.operation == .leaf && used.contains(Int32(slot))
        guard entries.count < GraphSnapshot.limit || isUsed else {
          omitted += 1
          continue
        }
        used.formUnion(own)
        entries.append(Entry(slot: Int32(slot), operation: node.operation, operands: own))
      }
    }
    let constants = Set(entries.flatMap(\.operands)).filter(graph.isConstant)
    entries += constants.map { Entry(slot: $0, operation: nil, operands: []) }
    return (entries.sorted { $0.slot < $1.slot }, omitted)
  }

  // MARK: Names

  private func label(_ slot: Int32) -> String? {
    elementNames(slot) ?? graph.labels[slot].map(graph.labels.text)
  }

  /// Labels, the numbers of constants, and `#1`, `#2` for results without a name.
  private func names(of entries: [Entry]) -> [String] {
    var unnamed = 0
    return entries.map { entry in
      if entry.operation == nil {
        return NumberFormat.standard.text(graph.data(at: entry.slot))
      }
      if let label = label(entry.slot) { return label }
      unnamed += 1
      return "#\(unnamed)"
    }
  }

  private func operationName(_ operation: Operation, at slot: Int32) -> String {
    if operation == .stack { return "[ ]" }
    guard operation == .array, let index = graph.tape.pointee.node(at: slot) else {
      return operation.name
    }
    return graph.tape.pointee.arrayRecord(of: index).operation.name
  }

  private func value(
    _ entry: Entry, name: String, operand: (Int32) -> (index: Int, name: String)?
  ) -> GraphDrawing.Value {
    let slot = entry.slot
    guard let operation = entry.operation else {
      return GraphDrawing.Value(
        kind: .constant, label: nil, name: name, data: graph.data(at: slot))
    }
    return GraphDrawing.Value(
      kind: operation == .leaf ? .leaf : .result, label: label(slot), name: name,
      data: graph.data(at: slot), gradient: graph.gradient(at: slot),
      isStale: graph.isStale(slot), isGradientStale: graph.isGradientStale(at: slot),
      operation: operationName(operation, at: slot),
      formula: operation == .array
        ? Formulas(graph).text(of: slot)
        : operation.formula(of: entry.operands.map { operand($0)?.name ?? "…" }),
      operands: entry.operands.compactMap { operand($0)?.index })
  }
}
