import Autograd

// `check`: gradients of the reverse sweep beside differences, a verdict for each leaf.

extension Machine {
  /// `check L`
  ///
  /// - Throws: `checkFailed` when a gradient is not the slope, after the report has been shown.
  func checkGradients(of value: Register) throws(MachineError) {
    guard value.isNumber else { throw MachineError(.checkNeedsNumber(describe(value))) }
    guard value.isTracked else {
      throw MachineError(.notTracked(describe(value), by: "`check`"))
    }
    let report: CheckReport
    do throws(GraphError) { report = try checkReport(of: value) } catch {
      throw machineError(error)
    }
    try hand(out: .check(report))
    if let failed = report.rows.first(where: \.verdict.isFailure) {
      throw MachineError(
        .checkFailed(leaf: failed.name, root: report.root, verdict: failed.verdict))
    }
  }

  private func checkReport(of value: Register) throws(GraphError) -> CheckReport {
    let check = try GradientCheck(of: value.slot, in: graph) { self.shouldStop }
    let root =
      elementNames()[value.slot] ?? label(of: value) ?? Formulas(graph).text(of: value.slot)
    let names = LeafNames(self)
    var rows: [CheckReport.Row] = []
    for leaf in check.leaves {
      rows.append(try row(for: leaf.slot..<leaf.slot + Int32(leaf.count), check, root, names))
    }
    if interrupt.isRequested { throw .interrupted }
    return CheckReport(root: root, value: check.value, rows: rows)
  }

  /// About this many numbers are computed anew for a leaf before only a part of it is looked at.
  private static let workLimit = 2_000_000_000

  /// To judge a number the result is computed about so often.
  private static let runsForNumber = 100

  /// The worst finding about a leaf.
  private func row(
    for leaf: Range<Int32>, _ check: GradientCheck, _ root: String, _ names: LeafNames
  ) throws(GraphError) -> CheckReport.Row {
    let slots = sample(of: leaf, check)
    let findings = try check.findings(for: slots, of: leaf)
    let worst = findings.max {
      ($0.verdict.rank, $0.distance) < ($1.verdict.rank, $1.distance)
    }
    guard let worst else {
      return CheckReport.Row(
        name: leafName(leaf.lowerBound, names), gradient: 0, slope: nil, verdict: .ok,
        detail: "ok, it has no numbers", checked: 0, count: 0)
    }
    let words = try words(for: worst, check, root)
    let share = slots.count < leaf.count ? "\(slots.count) tried of \(leaf.count)" : "\(leaf.count)"
    return CheckReport.Row(
      name: leafName(worst.slot, names), gradient: worst.gradient, slope: words.slope,
      verdict: words.verdict,
      detail: words.detail + (leaf.count > 1 ? " (the worst of \(share))" : ""),
      checked: slots.count, count: leaf.count)
  }

  /// The numbers of a leaf to look at: all, or as many as there is time for, evenly spread, and those
  /// with the largest gradients.
  private func sample(of leaf: Range<Int32>, _ check: GradientCheck) -> [Int32] {
    guard leaf.count > 16 else { return Array(leaf) }
    let limit = max(Machine.workLimit / Machine.runsForNumber / max(check.work(of: leaf), 1), 4)
    guard leaf.count > limit else { return Array(leaf) }
    let largest = leaf.sorted {
      check.gradient(at: $0).magnitude > check.gradient(at: $1).magnitude
    }
    var chosen = Set(largest.prefix(limit / 2))
    for slot in stride(from: leaf.lowerBound, to: leaf.upperBound, by: leaf.count / (limit / 2) + 1)
    {
      chosen.insert(slot)
    }
    return chosen.sorted()
  }

  /// A leaf's name, or its element's; with a word before it where the name is bound to something else.
  private func leafName(_ slot: Int32, _ names: LeafNames) -> String {
    if let name = names.numbers[slot] { return name }
    if let array = names.arrays.first(where: { $0.slots.contains(slot) }) {
      return "\(array.name)[\(array.shape.indices(of: Int(slot - array.slots.lowerBound)))]"
    }
    guard let node = graph.tape.pointee.node(at: slot) else { return "(unnamed)" }
    let first = Int32(graph.tape.pointee.slot(of: node))
    guard let label = graph.labels[first] else { return "(unnamed)" }
    let element = graph.tape.pointee.count(of: node) > 1 ? "[\(slot - first + 1)]" : ""
    return "earlier \(graph.labels.text(label))\(element)"
  }

  /// The user's names by what they stand for.
  private struct LeafNames {
    private(set) var numbers: [Int32: String] = [:]
    private(set) var arrays: [(slots: Range<Int32>, name: String, shape: Shape)] = []

    init(_ machine: Machine) {
      for (name, value) in machine.namedValues() {
        guard let slots = machine.slots(of: value) else { continue }
        if value.isNumber {
          if numbers[slots.lowerBound] == nil { numbers[slots.lowerBound] = name }
        } else {
          arrays.append((slots, name, machine.heap.arrays[value.handle].shape))
        }
      }
    }
  }

  private func words(
    for finding: GradientCheck.Finding, _ check: GradientCheck, _ root: String
  ) throws(GraphError) -> (verdict: CheckReport.Verdict, slope: Double?, detail: String) {
    func text(_ number: Double) -> String { NumberFormat.significant(6).text(number) }
    switch finding.verdict {
    case .agrees(let difference, let isOneSided):
      return (
        .ok, difference, isOneSided ? "ok, on one side: beyond it \(root) has no value" : "ok"
      )
    case .infinite:
      return (.infinite, finding.gradient, "infinite, and so is the slope")
    case .undecided(.cancellation):
      return (.undecided, nil, "cannot tell: the slope is lost in the rounding of larger numbers")
    case .undecided(.unsettled):
      return (.undecided, nil, "cannot tell: the differences do not settle")
    case .undecided(.branch(let origin)):
      return (
        .undecided, nil, "cannot tell: beside it the condition\(words(of: origin)) goes another way"
      )
    case .kink(let left, let right):
      let slopes = "kink: slope \(text(left)) on the left, \(text(right)) on the right"
      return (.kink, nil, slopes + (try place(check, finding)))
    case .jump(let left, let right):
      let values =
        "jump: \(text(check.value)) here, \(text(left)) on the left, \(text(right)) on the right"
      return (.jump, nil, values + (try place(check, finding)))
    case .notFinite:
      let what = check.value.isFinite ? "the gradient" : root
      let number = check.value.isFinite ? finding.gradient : check.value
      return (.notFinite, nil, "\(what) is \(NumberFormat.standard.text(number))")
    case .differs(let difference):
      return (.wrong, difference, "wrong" + (try place(check, finding)))
    }
  }

  /// `, at relu(a - b) in line 3`
  private func place(
    _ check: GradientCheck, _ finding: GradientCheck.Finding
  ) throws(GraphError) -> String {
    guard let index = try check.culprit(of: finding) else { return "" }
    let node = graph.tape.pointee.nodes[index.rawValue]
    let formula = Formulas(graph).text(of: graph.slot(of: index).rawValue, depth: 2)
    let isStop = node.operation == .unary(.stop)
    return ", at \(formula)\(words(of: node.origin))"
      + (isStop ? ", which lets no gradient through" : "")
  }

  /// ` in line 3`, or where else it is.
  private func words(of origin: Origin) -> String {
    guard let place = place(origin) else { return "" }
    let address = statementAddress < program.locations.count ? statementAddress : 0
    let here = program.sources[program.locations[address].source].name
    return place.source.name == here
      ? " in line \(place.line)" : " at \(place.source.name):\(place.line)"
  }
}
