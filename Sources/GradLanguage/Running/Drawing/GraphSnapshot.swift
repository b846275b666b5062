import Autograd

/// Takes the snapshot of a graph that is drawn.
///
/// An array that an operation uses as a whole is one value; an element that is used alone is one too,
/// computed from its array.
struct GraphSnapshot {
  let graph: Graph
  /// What the user's names stand for.
  let names: BoundNames
  /// The texts and lines that nodes come from.
  private let places: (Origin) -> (source: SourceText, line: Int)?
  /// The shapes in which leaves without a name are used first, by node: a leaf's node knows only how many
  /// numbers it has.
  private let usedShapes: [Int: Shape]

  /// More values than this are not drawn: the ones computed last are, and the leaves they use.
  static let limit = 10_000

  init(
    _ graph: Graph, names: BoundNames,
    places: @escaping (Origin) -> (source: SourceText, line: Int)?
  ) {
    self.graph = graph
    self.names = names
    self.places = places
    usedShapes = GraphSnapshot.usedShapes(graph.tape.pointee)
  }

  private static func usedShapes(_ tape: Tape) -> [Int: Shape] {
    var shapes: [Int: Shape] = [:]
    for index in 0..<tape.nodeCount where tape.nodes[index].operation == .array {
      for operand in tape.arrayRecord(of: index).operands where operand.shape.rank > 0 {
        guard let node = tape.node(at: operand.slot), shapes[node] == nil,
          tape.slot(of: node) == Int(operand.slot), tape.count(of: node) == operand.shape.count
        else { continue }
        shapes[node] = operand.shape
      }
    }
    return shapes
  }

  /// What is drawn as one value: a number, or an array from its first slot on.
  struct Key: Hashable {
    let slot: Int32
    /// The shape of an array; nil for a number.
    let shape: Shape?

    var count: Int { shape?.count ?? 1 }
  }

  /// How a value was computed.
  enum Computation {
    case leaf
    case constant
    case operation(Operation)
    case array(ArrayOperation)
    /// An element of an array that is drawn as a whole.
    case element
  }

  /// A value to be drawn: what computed it, from which values.
  struct Entry {
    let key: Key
    /// Its node; for a constant none.
    let node: Int?
    let computation: Computation
    let operands: [Key]
  }

  /// What has been reached on the way down.
  private struct Reached {
    /// By slot: whether the number is drawn alone.
    var numbers: [Bool]
    /// The shapes in which arrays are drawn as wholes, by node.
    var wholes: [Int: Shape] = [:]
  }

  var tape: Tape { graph.tape.pointee }

  /// What the value in `roots` was computed from; an array when it has a shape. O(nodes before it).
  ///
  /// - Parameters:
  ///   - withSweep: whether the reverse sweep is described, too.
  ///   - subject: what the drawing is about, beside the roots; an array is drawn as one even if only
  ///     elements of it are used.
  func drawing(
    of roots: Range<Int32>, shape: Shape, withSweep: Bool = false, about subject: Subject? = nil
  ) -> GraphDrawing {
    var reached = Reached(numbers: [Bool](repeating: false, count: Int(roots.upperBound)))
    if let subject, subject.isArray, subject.slot < roots.upperBound,
      let node = tape.node(at: subject.slot)
    {
      reached.wholes[node] = wholeShape(of: node)
    }
    var rootKeys: [Key] = []
    if let node = tape.node(at: roots.lowerBound), shape.rank > 0,
      tape.slot(of: node) == Int(roots.lowerBound), tape.count(of: node) == roots.count
    {
      reached.wholes[node] = shape
      rootKeys = [Key(slot: roots.lowerBound, shape: shape)]
    } else {
      for slot in roots { reached.numbers[Int(slot)] = true }
      rootKeys = roots.map { Key(slot: $0, shape: nil) }
    }
    let (entries, omitted) = entries(roots, &reached)
    var indices: [Key: Int] = [:]
    for (index, entry) in entries.enumerated() { indices[entry.key] = index }
    let entryNames = entryNames(of: entries)
    let values = entries.enumerated().map { index, entry in
      value(entry, name: entryNames[index]) { key in indices[key].map { ($0, entryNames[$0]) } }
    }
    let rootIndices = rootKeys.compactMap { indices[$0] }
    var drawing = GraphDrawing(
      values: values, roots: rootIndices, omitted: omitted,
      sweep: withSweep
        ? SweepDescription(self, entries, values, indices).steps(from: rootIndices) : [],
      source: source(of: entries))
    if let subject {
      drawing.subject = entries.firstIndex {
        $0.key.slot == subject.slot && ($0.key.shape != nil) == subject.isArray
      }
      drawing.subjectName = graph.labels[subject.slot].map(graph.labels.text)
    }
    return drawing
  }

  /// A value that a drawing is about.
  struct Subject {
    /// The first of its slots.
    let slot: Int32
    let isArray: Bool
  }

  /// The text in which most values were computed.
  private func source(of entries: [Entry]) -> SourceText? {
    var counts: [String: (count: Int, source: SourceText)] = [:]
    for entry in entries {
      guard let source = place(of: entry)?.source else { continue }
      counts[source.name] = ((counts[source.name]?.count ?? 0) + 1, source)
    }
    return counts.values.max {
      ($0.count, $1.source.name) < ($1.count, $0.source.name)
    }?.source
  }

  private func place(of entry: Entry) -> (source: SourceText, line: Int)? {
    entry.node.flatMap { places(tape.nodes[$0].origin) }
  }

  /// The values reached from the roots in order, and how many there are besides.
  private func entries(_ roots: Range<Int32>, _ reached: inout Reached) -> ([Entry], omitted: Int) {
    guard let end = roots.last, let last = tape.node(at: end) else { return ([], 0) }
    var entries: [Entry] = []
    var omitted = 0
    var used: Set<Key> = []  // operands of what is drawn
    for index in stride(from: last, through: 0, by: -1) where tape.nodes[index].operation.hasValue {
      for entry in self.entries(of: index, reached) {
        for operand in entry.operands { reach(operand, &reached) }
        var isLeaf = false
        if case .leaf = entry.computation { isLeaf = true }
        guard entries.count < GraphSnapshot.limit || isLeaf && used.contains(entry.key) else {
          omitted += 1
          continue
        }
        used.formUnion(entry.operands)
        entries.append(entry)
      }
    }
    let constants = Set(entries.flatMap(\.operands)).filter { graph.isConstant($0.slot) }
    entries += constants.map { Entry(key: $0, node: nil, computation: .constant, operands: []) }
    return (
      entries.sorted { ($0.key.slot, $1.key.count) < ($1.key.slot, $0.key.count) }, omitted
    )
  }

  private func reach(_ key: Key, _ reached: inout Reached) {
    guard let shape = key.shape else {
      reached.numbers[Int(key.slot)] = true
      return
    }
    if let node = tape.node(at: key.slot) { reached.wholes[node] = shape }
  }

  /// What is drawn of one node, last first: elements, then the array that they belong to.
  private func entries(of index: Int, _ reached: Reached) -> [Entry] {
    let node = tape.nodes[index]
    let first = Int32(tape.slot(of: index))
    let count = tape.count(of: index)
    let elements = (first..<first + Int32(count)).filter {
      Int($0) < reached.numbers.count && reached.numbers[Int($0)]
    }
    if count == 1, reached.wholes[index] == nil {
      return elements.map { Entry(key: Key(slot: $0, shape: nil), of: index, self) }
    }
    var whole = reached.wholes[index]
    if whole == nil, node.operation == .array, !elements.isEmpty {
      whole = tape.arrayRecord(of: index).shape
    }
    guard let whole else {
      let operands = graph.operands(of: NodeIndex(index)).map(\.rawValue)
      return elements.reversed().map { slot in
        // An element of an array that was put together stands for one operand.
        node.operation == .stack
          ? Entry(
            key: Key(slot: slot, shape: nil), node: index, computation: .operation(.stack),
            operands: [Key(slot: operands[Int(slot - first)], shape: nil)])
          : Entry(key: Key(slot: slot, shape: nil), node: index, computation: .leaf, operands: [])
      }
    }
    let key = Key(slot: first, shape: whole)
    return elements.reversed().map {
      Entry(key: Key(slot: $0, shape: nil), node: index, computation: .element, operands: [key])
    } + [Entry(key: key, of: index, self)]
  }

  /// The operands of a node, an array as one.
  fileprivate func operands(of index: Int) -> [Key] {
    guard tape.nodes[index].operation == .array else {
      return graph.operands(of: NodeIndex(index)).map { Key(slot: $0.rawValue, shape: nil) }
    }
    return tape.arrayRecord(of: index).operands.map { operand in
      guard operand.shape.rank > 0 else { return Key(slot: operand.slot, shape: nil) }
      guard let node = tape.node(at: operand.slot) else {
        return Key(slot: operand.slot, shape: operand.shape)
      }
      // A part stands for its array.
      return Key(slot: Int32(tape.slot(of: node)), shape: wholeShape(of: node))
    }
  }

  /// The shape of an array that a node computed, or that is its leaf; a vector where nothing tells.
  func wholeShape(of node: Int) -> Shape { knownShape(of: node) ?? Shape([tape.count(of: node)]) }

  /// The same, nil where nothing tells.
  func knownShape(of node: Int) -> Shape? {
    let slot = Int32(tape.slot(of: node))
    if let named = names.arrays[slot..<slot + Int32(tape.count(of: node))] { return named.shape }
    if tape.nodes[node].operation == .array { return tape.arrayRecord(of: node).shape }
    return usedShapes[node]
  }

  /// The names of a node's operands as its formula has them: a part of an array with its indices.
  func operandNames(of entry: Entry, _ names: [String]) -> [String] {
    if case .element = entry.computation, let name = names.first {
      let shape = entry.operands[0].shape ?? wholeShape(of: entry.node ?? 0)
      return ["\(name)[\(shape.indices(of: Int(entry.key.slot - entry.operands[0].slot)))]"]
    }
    guard case .array = entry.computation, let node = entry.node else { return names }
    return tape.arrayRecord(of: node).operands.enumerated().map { k, operand in
      guard let whole = entry.operands[k].shape, operand.shape.rank > 0,
        operand.shape.count < whole.count, k < names.count
      else { return names[k] }
      let offset = Int(operand.slot - entry.operands[k].slot)
      // Rows along the first dimension; a vector's are its numbers.
      let row = whole.count / max(whole.lengths[0], 1)
      guard row > 0, offset % row == 0, operand.shape.count % row == 0 else {
        return "\(names[k])[…]"
      }
      let (first, count) = (offset / row + 1, operand.shape.count / row)
      let isRow = count == 1 && operand.shape.rank < whole.rank
      return isRow ? "\(names[k])[\(first)]" : "\(names[k])[\(first)..\(first + count - 1)]"
    }
  }

  // MARK: Values

  private func value(
    _ entry: Entry, name: EntryName, operand: (Key) -> (index: Int, name: EntryName)?
  ) -> GraphDrawing.Value {
    let key = entry.key
    let slots = key.slot..<key.slot + Int32(key.count)
    let isConstant: Bool
    if case .constant = entry.computation { isConstant = true } else { isConstant = false }
    let gradients = isConstant ? [] : slots.compactMap { graph.gradient(at: $0) }
    let names = operandNames(of: entry, entry.operands.map { operand($0)?.name.text ?? "…" })
    return GraphDrawing.Value(
      kind: isConstant ? .constant : entry.operands.isEmpty ? .leaf : .result,
      label: name.label, name: name.text, formerName: name.formerName,
      shape: key.shape?.lengths ?? [],
      numbers: slots.map { graph.data(at: $0) },
      gradients: gradients.count == key.count && key.count > 0 ? gradients : nil,
      isStale: graph.isStale(key.slot), isGradientStale: graph.isGradientStale(at: key.slot),
      operation: entry.computation.name, formula: entry.computation.formula(of: names),
      operands: entry.operands.compactMap { operand($0)?.index },
      place: place(of: entry).map { GraphDrawing.Place(source: $0.source.name, line: $0.line) })
  }
}

extension GraphSnapshot.Entry {
  /// The value that a node computed.
  fileprivate init(key: GraphSnapshot.Key, of index: Int, _ snapshot: GraphSnapshot) {
    self.key = key
    node = index
    let tape = snapshot.tape
    let operation = tape.nodes[index].operation
    computation =
      operation == .leaf
      ? .leaf
      : operation == .array
        ? .array(tape.arrayRecord(of: index).operation) : .operation(operation)
    operands = snapshot.operands(of: index)
  }
}

extension GraphSnapshot.Computation {
  fileprivate var name: String {
    switch self {
    case .leaf, .constant: ""
    case .operation(.stack): "[ ]"
    case .operation(let operation): operation.name
    case .array(let operation): operation.name
    case .element: "[ ]"
    }
  }

  fileprivate func formula(of operands: [String]) -> String {
    switch self {
    case .leaf, .constant: ""
    case .operation(let operation): operation.formula(of: operands)
    case .array(let operation): operation.formula(of: operands)
    case .element: operands[0]
    }
  }
}
