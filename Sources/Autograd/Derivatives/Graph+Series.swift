extension Graph {
  /// The power series of what stands at `root` in the leaf at `variable`, around its present data.
  ///
  /// One pass up the tape over what depends on the variable; another one where the result is not finite, in
  /// case that comes from numbers that do not move.
  ///
  /// - Parameters:
  ///   - root: a number or array of the graph.
  ///   - variable: what stands for the variable.
  ///   - series: the variable's own series.
  ///   - shouldStop: asked at every node.
  package func series(
    of root: Place, in variable: Place, _ series: Series, _ recorder: Recorder,
    shouldStop: () -> Bool
  ) throws(GraphError) -> Series {
    // What was recorded before the variable does not depend on it.
    guard let first = tape.pointee.node(at: variable.slot),
      let last = tape.pointee.node(at: root.slot), last >= first
    else { return Series(Traced(recorder, slot: root.slot, shape: root.shape)) }
    var sweep = SeriesSweep(self, recorder, [first: series])
    let result = try sweep.run(first + 1..<last + 1, to: root, shouldStop)
    guard !result.isFinite, let moving = series.moving else { return result }
    sweep = SeriesSweep(
      self, recorder, [first: series],
      MovingNumbers(tape.pointee, variable, moving: moving, through: last))
    return try sweep.run(first + 1..<last + 1, to: root, shouldStop)
  }
}

/// A forward sweep that computes with power series.
private struct SeriesSweep {
  private let graph: Graph
  private let recorder: Recorder
  /// By node; what is not there does not depend on the variable.
  private var known: [Int: Series]
  /// Which numbers move, where it matters.
  private let moving: MovingNumbers?

  init(
    _ graph: Graph, _ recorder: Recorder, _ known: [Int: Series], _ moving: MovingNumbers? = nil
  ) {
    self.graph = graph
    self.recorder = recorder
    self.known = known
    self.moving = moving
  }

  /// Visits some nodes, and gives the series of what stands at `root`.
  mutating func run(
    _ nodes: Range<Int>, to root: Place, _ shouldStop: () -> Bool
  ) throws(GraphError) -> Series {
    for index in nodes {
      visit(index)
      if let moving, let series = known[index] {
        let start = tape.slot(of: index)
        known[index] = series.still(
          butFor: moving.moving(start..<start + tape.count(of: index)))
      }
      if shouldStop() { throw .interrupted }
      try recorder.check()
    }
    return series(at: root)
  }

  private var tape: Tape { graph.tape.pointee }

  /// The series of a value; a constant one when it does not depend on the variable.
  func series(at place: Place, isConstant: Bool = false) -> Series {
    if let node = tape.node(at: place.slot) {
      if let whole = known[node] {
        let offset = Int(place.slot) - tape.slot(of: node)
        if whole.shape == place.shape { return whole }
        return whole.part(offset, place.shape)
      }
      return Series(Traced(recorder, slot: place.slot, shape: place.shape))
    }
    if place.shape.rank == 0 { return Series(constant: graph.data(at: place.slot)) }
    let lent = Numbers(borrowing: tape.values + Int(place.slot), shape: place.shape)
    return Series(Traced(Numbers(lent.array, shape: place.shape)))
  }

  private func dependsOnVariable(_ index: Int) -> Bool {
    var depends = false
    switch tape.nodes[index].operation {
    case .array:
      tape.forEachArrayOperand(of: tape.nodes[index]) { place, count in
        guard count > 0, let node = tape.node(at: tape.lists[place]) else { return }
        depends = depends || known[node] != nil
      }
    case .unary, .binary, .ternary, .stack:
      tape.forEachOperand(of: index) { slot in
        guard !depends, let node = tape.node(at: Int32(slot)) else { return }
        depends = known[node] != nil
      }
    case .leaf, .branchGuard, .indexGuard, .operand: break
    }
    return depends
  }

  mutating func visit(_ index: Int) {
    guard dependsOnVariable(index) else { return }
    let node = tape.nodes[index]
    func number(_ slot: Int32) -> Series { series(at: Place(slot: slot, shape: .number)) }
    switch node.operation {
    case .unary(let operation): known[index] = .apply(operation, number(node.left))
    case .binary(let operation):
      known[index] = .apply(operation, number(node.left), number(node.right))
    case .ternary(let operation):
      known[index] = .apply(
        operation, number(node.left), number(node.right), number(tape.thirdOperand(of: index)))
    case .stack: known[index] = stacked(node)
    case .array:
      let record = tape.arrayRecord(of: index)
      let operands = record.operands.map {
        series(at: Place(slot: $0.slot, shape: $0.shape))
      }
      known[index] = applied(record, operands)
    case .leaf, .branchGuard, .indexGuard, .operand: break
    }
  }

  private func applied(_ record: ArrayRecord, _ x: [Series]) -> Series {
    switch record.operation {
    case .unary(let operation): .apply(operation, x[0])
    case .binary(let operation): .apply(operation, x[0], x[1])
    case .ternary(let operation): .apply(operation, x[0], x[1], x[2])
    case .whole(let operation):
      .apply(
        operation, x, parameters: tape.parameters(of: record), shape: record.shape)
    }
  }

  /// An array put together from numbers: each coefficient is put together too.
  private func stacked(_ node: Node) -> Series {
    let parts = (0..<Int(node.right)).map { k in
      series(at: Place(slot: tape.lists[Int(node.left) + k], shape: .number))
    }
    let order = parts.map(\.order).min() ?? .max
    let longest = parts.map(\.coefficients.count).max() ?? 1
    return Series(
      (0..<longest).map { k in
        recorder.row(parts.map { k < $0.coefficients.count ? $0.coefficients[k] : 0 })
      }, order: order)
  }
}
