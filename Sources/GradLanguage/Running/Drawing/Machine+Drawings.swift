import Autograd

// `graph` and `explain`: what is drawn is handed out as plain data; who takes it draws it.

extension Machine {
  /// In place of the register of a path: there is none.
  static let noPath = 0xFFFF

  /// `graph`; the two instructions that follow its own tell where the path and the depth stand.
  func draw(
    _ root: Register, to path: Register?, depth: Register?, _ address: Int
  ) throws(MachineError) {
    guard let roots = slots(of: root) else {
      throw MachineError(.notTracked(describe(root), by: "`graph`"))
    }
    let path = try located(at: address + 1) { () throws(MachineError) in try text(ofPath: path) }
    let limit = try located(at: address + 2) { () throws(MachineError) in try self.depth(depth) }
    let drawing = snapshot().drawing(
      of: roots, shape: root.kind == .array ? heap.arrays[root.handle].shape : .number,
      withSweep: path != nil)
    try located(at: address + 1) { () throws(MachineError) in
      try hand(out: .drawing(limit.map { drawing.limited(toDepth: $0) } ?? drawing, to: path))
    }
  }

  /// Lets what goes wrong be the fault of the part of a statement that an instruction stands for.
  private func located<T>(
    at address: Int, _ body: () throws(MachineError) -> T
  ) throws(MachineError) -> T {
    do throws(MachineError) {
      return try body()
    } catch {
      throw MachineError(error.problem, address: error.address ?? address)
    }
  }

  /// How many operations deep to draw.
  private func depth(_ value: Register?) throws(MachineError) -> Int? {
    guard let value else { return nil }
    guard value.isNumber else {
      throw MachineError(.wrongKind(expected: "a number", found: describe(value), by: "`depth`"))
    }
    guard value.number >= 0, value.number == value.number.rounded(), value.number < 0x1p31 else {
      throw MachineError(.badCount(value.number, by: "`depth`"))
    }
    return Int(value.number)
  }

  /// `explain`: of a result its sweep, of a leaf its shares in the last sweep; or the paths on which a
  /// value reaches the result of the last sweep.
  func explain(_ value: Register, withPaths: Bool) throws(MachineError) {
    guard let slots = slots(of: value) else {
      throw MachineError(.notTracked(describe(value), by: "`explain`"))
    }
    let snapshot = snapshot()
    let shape = value.kind == .array ? heap.arrays[value.handle].shape : .number
    guard withPaths || graph.isLeaf(slots.lowerBound) else {
      try hand(out: .explanation(snapshot.drawing(of: slots, shape: shape, withSweep: true), nil))
      return
    }
    let subject = GraphSnapshot.Subject(slot: slots.lowerBound, isArray: shape.rank > 0)
    guard let root = graph.lastRoot else {
      try hand(out: .explanation(snapshot.drawing(of: slots, shape: shape, about: subject), -1))
      return
    }
    var drawing = snapshot.drawing(
      of: root..<root + 1, shape: .number, withSweep: true, about: subject)
    if withPaths, let index = drawing.subject {
      drawing.paths = PathSearch.paths(in: drawing, to: index)
    }
    try hand(out: .explanation(drawing, drawing.subject ?? -1))
  }

  func text(ofPath path: Register?) throws(MachineError) -> String? {
    guard let path else { return nil }
    guard path.kind == .string else {
      throw MachineError(.wrongKind(expected: "a string", found: describe(path), by: "`to`"))
    }
    return heap.strings[path.handle]
  }

  private func snapshot() -> GraphSnapshot {
    GraphSnapshot(graph, names: boundNames(), places: place)
  }

  private func boundNames() -> BoundNames {
    let values = namedValues()
    var names = BoundNames(bindings: bindings(of: values), elements: elementNames())
    for (name, value) in values {
      guard let slots = slots(of: value) else { continue }
      if value.isTracked {
        if names.numbers[value.slot] == nil { names.numbers[value.slot] = name }
      } else if names.arrays[slots] == nil {
        names.arrays[slots] = BoundNames.Array(name: name, shape: heap.arrays[value.handle].shape)
      }
    }
    return names
  }

  /// The text and the line that a node comes from.
  func place(_ origin: Origin) -> (source: SourceText, line: Int)? {
    let address = Int(origin.rawValue)
    guard address > 0, address < program.locations.count else { return nil }
    let location = program.locations[address]
    let source = program.sources[location.source]
    return (source, source.lineNumber(source.lineIndex(at: location.range.start)))
  }

  /// Shows something; whoever takes it may refuse, which makes the statement fail.
  func hand(out item: Output) throws(MachineError) {
    refusal = nil
    output(item)
    if let refusal { throw MachineError(refusal) }
  }

  /// `v[2]`, `A[1, 2]` for the elements of named arrays of the graph.
  func elementNames() -> [Int32: String] {
    var names: [Int32: String] = [:]
    for (name, value) in namedValues() where value.kind == .array {
      let array = heap.arrays[value.handle]
      guard array.isTracked, array.count <= GraphSnapshot.limit else { continue }
      for k in 0..<array.count where names[array.slot + Int32(k)] == nil {
        names[array.slot + Int32(k)] = "\(name)[\(array.shape.indices(of: k))]"
      }
    }
    return names
  }
}
