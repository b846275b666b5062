import Autograd

// `graph` and `plot`: what is drawn is handed out as plain data; who takes it draws it.

/// A plot whose points are being computed.
struct PlotInProgress {
  var data: PlotData
  /// Where the graph was before, how many slots it had, and what had been done.
  let mark: Graph.Mark
  let slotCount: Int
  let effects: Int
}

extension Machine {
  /// In place of the register of a path: there is none.
  static let noPath = 0xFFFF

  /// `graph`
  func draw(_ root: Register, to path: Register?) throws(MachineError) {
    guard let roots = slots(of: root) else {
      throw MachineError(.notTracked(describe(root), by: "`graph`"))
    }
    let path = try text(ofPath: path)
    let drawing = snapshot().drawing(
      of: roots, shape: root.kind == .array ? Shape(heap.arrays[root.handle].shape) : .number,
      withSweep: path != nil)
    try hand(out: .drawing(drawing, to: path))
  }

  /// `explain`: of a result its sweep, of a leaf its shares in the last sweep.
  func explain(_ value: Register) throws(MachineError) {
    guard let slots = slots(of: value) else {
      throw MachineError(.notTracked(describe(value), by: "`explain`"))
    }
    let snapshot = snapshot()
    let shape = value.kind == .array ? Shape(heap.arrays[value.handle].shape) : .number
    guard graph.isLeaf(slots.lowerBound) else {
      try hand(out: .explanation(snapshot.drawing(of: slots, shape: shape, withSweep: true), nil))
      return
    }
    guard let root = graph.lastRoot else {
      try hand(out: .explanation(snapshot.drawing(of: slots, shape: shape), -1))
      return
    }
    let drawing = snapshot.drawing(of: root..<root + 1, shape: .number, withSweep: true)
    let name = label(of: value)
    let index = drawing.values.firstIndex { $0.label != nil && $0.label == name }
    try hand(out: .explanation(drawing, index ?? -1))
  }

  private func text(ofPath path: Register?) throws(MachineError) -> String? {
    guard let path else { return nil }
    guard path.kind == .string else {
      throw MachineError(.wrongKind(expected: "a string", found: describe(path), by: "`to`"))
    }
    return heap.strings[path.handle]
  }

  private func snapshot() -> GraphSnapshot {
    let names = elementNames()
    return GraphSnapshot(graph, elementNames: { names[$0] }, places: place)
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
        names[array.slot + Int32(k)] = "\(name)[\(indices(k, array.shape))]"
      }
    }
    return names
  }

  /// The indices of an element, counted from 1.
  func indices(_ element: Int, _ shape: [Int]) -> String {
    var rest = element
    var indices: [String] = []
    for size in shape.reversed() where size > 0 {
      indices.append("\(rest % size + 1)")
      rest /= size
    }
    return indices.reversed().joined(separator: ", ")
  }

  // MARK: Plots

  /// A plot begins; the variable's name and the curves' labels are in `texts` from an index on.
  func beginPlot(curves count: Int, texts first: Int) {
    let labels = (1..<count + 1).map { program.texts[first + $0] }
    let data = PlotData(
      variable: program.texts[first], isSampled: false,
      curves: labels.map { PlotData.Curve(label: $0, xs: [], ys: []) })
    plots.append(
      PlotInProgress(
        data: data, mark: graph.mark, slotCount: graph.tape.pointee.slotCount,
        effects: hot.pointee.effects))
  }

  /// The points at which the interval between two numbers is sampled, both ends included.
  func samples(_ ends: UnsafeMutablePointer<Register>) throws(MachineError) -> Register {
    for k in 0..<2 where !ends[k].isNumber {
      throw MachineError(
        .wrongKind(expected: "numbers", found: describe(ends[k]), by: "an interval"))
    }
    let (first, last) = (ends[0].number, ends[1].number)
    guard first.isFinite, last.isFinite else {
      throw MachineError(.badRange("the ends of an interval must be finite numbers"))
    }
    plots[plots.count - 1].data.isSampled = true
    let steps = first == last ? 0 : PlotData.sampleCount - 1
    let numbers = (0...steps).map { k -> Double in
      let share = steps == 0 ? 0 : Double(k) / Double(steps)
      return first * (1 - share) + last * share
    }
    return heap.add(ArrayObject(shape: [numbers.count], numbers: numbers))
  }

  /// A point of each curve: the variable, then as many values.
  func addPoint(_ values: UnsafeMutablePointer<Register>, _ count: Int) throws(MachineError) {
    guard values[0].isNumber else {
      throw MachineError(.notPlottable(describe(values[0])))
    }
    for k in 0..<count {
      guard values[k + 1].isNumber else {
        throw MachineError(
          .wrongKind(expected: "a number", found: describe(values[k + 1]), by: "a point of `plot`"))
      }
      plots[plots.count - 1].data.curves[k].xs.append(values[0].number)
      plots[plots.count - 1].data.curves[k].ys.append(values[k + 1].number)
    }
  }

  /// The curves of `plot ys` and `plot xs, ys`.
  func addArrays(_ values: UnsafeMutablePointer<Register>, _ count: Int) throws(MachineError) {
    var arrays: [[Double]] = []
    for k in 0..<count {
      guard values[k].kind == .array, heap.arrays[values[k].handle].shape.count == 1 else {
        throw MachineError(.notPlottable(describe(values[k])))
      }
      arrays.append(numbers(of: heap.arrays[values[k].handle]))
    }
    let xs = count > 1 ? arrays.removeFirst() : (0..<arrays[0].count).map { Double($0 + 1) }
    for (k, ys) in arrays.enumerated() {
      guard ys.count == xs.count else {
        throw MachineError(
          .shapeMismatch(left: "\(xs.count)", right: "\(ys.count)", by: "plotted against"))
      }
      plots[plots.count - 1].data.curves[k].xs = xs
      plots[plots.count - 1].data.curves[k].ys = ys
    }
  }

  /// Hands the plot out, and forgets what was recorded for it.
  ///
  /// - Parameter frame: all registers in use.
  func endPlot(to path: Register?, frame: Range<Int>) throws(MachineError) {
    let plot = plots.removeLast()
    if hot.pointee.effects == plot.effects, graph.isUncompacted(since: plot.mark) {
      for index in frame {
        if let slot = firstSlot(of: registers[index]), slot >= plot.slotCount {
          registers[index] = .nothing
        }
      }
      graph.truncate(to: plot.mark)
    }
    try hand(out: .plot(plot.data, to: try text(ofPath: path)))
  }
}
