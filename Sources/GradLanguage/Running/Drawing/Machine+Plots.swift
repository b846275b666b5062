import Autograd

// `plot`: points are gathered while the program runs, and handed out as plain data.

/// A plot whose points are being computed.
struct PlotInProgress {
  var data: PlotData
  /// Where the graph was before, how many slots it had, and what had been done.
  let mark: Graph.Mark
  let slotCount: Int
  let effects: Int
}

extension Machine {
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

  /// What to write when a name in the only curve of a plot has no value, which stands for every number:
  /// `plot x^2`.
  func samplingAdvice(for name: String) -> String? {
    guard hot.pointee.frames.count == 0, let plot = plots.last?.data, plot.variable.isEmpty,
      let curve = plot.curves.first, plot.curves.count == 1
    else { return nil }
    return "`plot \(curve.label) for \(name) in -5..5`"
  }

  /// What to write when another name in a curve has no value.
  var variableAdvice: String? {
    guard hot.pointee.frames.count == 0, let variable = plots.last?.data.variable, !variable.isEmpty
    else { return nil }
    return "the variable of the plot is `\(variable)`"
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

  /// The plot that began last.
  private var plot: PlotData {
    _read { yield plots[plots.count - 1].data }
    _modify { yield &plots[plots.count - 1].data }
  }

  // MARK: Words after the arguments

  /// Sets what a word after the arguments asks for.
  func setPlot(
    _ option: PlotOption, _ values: UnsafeMutablePointer<Register>
  ) throws(MachineError) {
    switch option {
    case .title: plot.title = try text(of: values[0], by: "`title`")
    case .xLabel: plot.xLabel = try text(of: values[0], by: "`labels`")
    case .yLabel: plot.yLabel = try text(of: values[0], by: "`labels`")
    case .xRange: plot.xRange = try interval(values, after: "x in")
    case .yRange: plot.yRange = try interval(values, after: "y in")
    case .points: plot.kind = .points
    }
  }

  private func text(of value: Register, by name: String) throws(MachineError) -> String {
    guard value.kind == .string else {
      throw MachineError(.wrongKind(expected: "a string", found: describe(value), by: name))
    }
    return heap.strings[value.handle]
  }

  /// The interval between two numbers, of which the first one must be the smaller.
  private func interval(
    _ ends: UnsafeMutablePointer<Register>, after words: String
  ) throws(MachineError) -> ClosedRange<Double> {
    for k in 0..<2 where !ends[k].isNumber {
      throw MachineError(
        .wrongKind(expected: "numbers", found: describe(ends[k]), by: "an interval"))
    }
    let (first, last) = (ends[0].number, ends[1].number)
    guard first.isFinite, last.isFinite else {
      throw MachineError(.badRange("the ends of an interval must be finite numbers"))
    }
    guard first < last else {
      throw MachineError(.badInterval(Problem.Interval(words: words, first: first, last: last)))
    }
    return first...last
  }

  // MARK: Points

  /// The points at which the interval between two numbers is sampled, both ends included.
  func samples(_ ends: UnsafeMutablePointer<Register>) throws(MachineError) -> Register {
    let ends = try interval(ends, after: "for \(plot.variable) in")
    plot.isSampled = true
    let steps = PlotData.sampleCount - 1
    let numbers = (0...steps).map { k -> Double in
      let share = Double(k) / Double(steps)
      return ends.lowerBound * (1 - share) + ends.upperBound * share
    }
    return heap.add(ArrayObject(shape: Shape(count: numbers.count), numbers: numbers))
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
      plot.curves[k].xs.append(values[0].number)
      plot.curves[k].ys.append(values[k + 1].number)
    }
  }

  /// So many times a plot holds its numbers, as they are and as places in the picture.
  private static let copiesOfPlotted = 10

  /// The curves of `plot ys` and `plot xs, ys`.
  func addArrays(_ values: UnsafeMutablePointer<Register>, _ count: Int) throws(MachineError) {
    var arrays: [[Double]] = []
    var total = 0
    for k in 0..<count where values[k].kind == .array {
      total += heap.arrays[values[k].handle].count
    }
    try requireRoom(total, copies: Machine.copiesOfPlotted)
    for k in 0..<count {
      guard values[k].kind == .array, heap.arrays[values[k].handle].rank == 1 else {
        throw MachineError(.notPlottable(describe(values[k])))
      }
      arrays.append(numbers(of: heap.arrays[values[k].handle]))
    }
    let xs = count > 1 ? arrays.removeFirst() : (0..<arrays[0].count).map { Double($0 + 1) }
    for (k, ys) in arrays.enumerated() {
      guard ys.count == xs.count else { throw MachineError(lengthsDiffer(k, ys.count, xs.count)) }
      plot.curves[k].xs = xs
      plot.curves[k].ys = ys
    }
  }

  /// A curve has more or fewer numbers than it is plotted against.
  private func lengthsDiffer(_ curve: Int, _ count: Int, _ expected: Int) -> Problem {
    let (curve, against) = (plot.curves[curve].label, plot.variable)
    let longer = count > expected ? curve : against
    let shorter = min(count, expected)
    let isName = Interpreter.isName(longer) && shorter > 0
    return .shapeMismatch(
      left: "`\(curve)` of \(count)", right: "`\(against)` of \(expected)", by: "plotted against",
      suggestion: isName ? "as many of each: `\(longer)[1..\(shorter)]`" : "give as many of each")
  }

  // MARK: Tangents

  /// The number at which tangents touch, which lies where the curves are plotted.
  func contact(at value: Register) throws(MachineError) -> Register {
    guard value.isNumber else {
      throw MachineError(
        .wrongKind(expected: "a number", found: describe(value), by: "`slope at`"))
    }
    let x = refreshed(value).number
    let xs = plot.curves[0].xs
    let low = xs.min() ?? .nan
    let high = xs.max() ?? .nan
    guard x >= low, x <= high else {
      throw MachineError(
        .noTangent(.outside(at: x, variable: plot.variable, first: low, last: high)))
    }
    return Register(x)
  }

  /// A tangent through a point of a curve: x, y and the derivative there.
  func addTangent(
    of curve: Int, _ values: UnsafeMutablePointer<Register>
  ) throws(MachineError) {
    for k in 1...2 where !values[k].isNumber {
      throw MachineError(
        .wrongKind(expected: "a number", found: describe(values[k]), by: "a point of `plot`"))
    }
    let (x, y, slope) = (values[0].number, values[1].number, values[2].number)
    let (label, format) = (plot.curves[curve].label, settings.format)
    guard y.isFinite, slope.isFinite else {
      let what = y.isFinite ? "the slope of `\(label)`" : "`\(label)`"
      let text = format.text(y.isFinite ? slope : y)
      throw MachineError(.noTangent(.notFinite(what, at: x, variable: plot.variable, value: text)))
    }
    var words = "slope \(format.text(slope)) at \(format.text(x))"
    if plot.curves.count > 1 { words += " of \(label)" }
    plot.tangents.append(
      PlotData.Tangent(curve: curve, label: words, x: x, y: y, slope: slope))
  }
}
