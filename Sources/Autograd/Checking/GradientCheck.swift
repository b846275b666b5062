import RealModule

/// Reverse-mode gradients of one number held against differences.
///
/// Works on a copy of the tape: the graph, its data and its gradients stay as they are. The recorded
/// program is run again with one number moved to both sides.
package final class GradientCheck {
  /// What differences say about a derivative.
  package enum Verdict: Equatable, Sendable {
    /// They agree, where they can be taken on one side only (`isOneSided`) on that side.
    case agrees(difference: Double, isOneSided: Bool)
    /// The derivative is infinite, and quotients grow without bound.
    case infinite
    /// Rounding in the computation, or steps that do not settle, hide the derivative.
    case undecided(Doubt)
    /// The slopes on the left and on the right differ.
    case kink(left: Double, right: Double)
    /// The value jumps on the left or on the right.
    case jump(left: Double, right: Double)
    /// The value or the gradient is NaN, or the value infinite.
    case notFinite
    /// They disagree.
    case differs(difference: Double)

    /// Whether the gradient is not the slope.
    package var isFailure: Bool {
      switch self {
      case .agrees, .infinite, .undecided: false
      case .kink, .jump, .notFinite, .differs: true
      }
    }

    /// How much the verdict matters, when one of many is told: the worst has the highest rank.
    package var rank: Int {
      switch self {
      case .agrees: 0
      case .undecided: 1
      case .infinite: 2
      case .kink: 3
      case .jump: 4
      case .differs: 5
      case .notFinite: 6
      }
    }
  }

  /// Why nothing can be said.
  package enum Doubt: Equatable, Sendable {
    /// So large numbers cancel that their rounding is as large as the differences.
    case cancellation
    /// The quotients do not settle however small the step.
    case unsettled
    /// However small the step, the program would go another way: see the condition's origin.
    case branch(Origin)
  }

  /// What was found about one number.
  package struct Finding: Sendable {
    /// The number's slot.
    package let slot: Int32
    /// The gradient by the reverse sweep.
    package let gradient: Double
    /// What differences say.
    package let verdict: Verdict
    /// For agreement, how far apart the two are, relative to the larger one.
    package let distance: Double
  }

  private let tape: UnsafeMutablePointer<Tape>
  private let adjoints: Adjoints
  private let root: Int
  private let last: Int
  /// By node: whether the root depends on it.
  private let ancestors: [Bool]
  /// By node: whether it is computed anew: those, and conditions with what they depend on.
  private let computed: [Bool]
  private let shouldStop: () -> Bool
  /// A bound on how far rounding may have moved the root's value.
  private let noise: Double
  /// The root's value.
  private let center: Double

  /// Copies what a number depends on, computes it anew, and sweeps it.
  package init(
    of root: Int32, in graph: Graph, shouldStop: @escaping () -> Bool
  ) throws(GraphError) {
    let last = graph.tape.pointee.node(at: root) ?? 0
    let ancestors = graph.ancestors(of: root)
    let computed = graph.wantedNodes(for: root)
    let tape = UnsafeMutablePointer<Tape>.allocate(capacity: 1)
    tape.initialize(to: Tape(copying: graph.tape.pointee, nodes: computed.count))
    var report = ForwardReport()
    for index in computed.indices where computed[index] {
      tape.pointee.run(index..<index + 1, report: &report)
    }
    tape.pointee.settleGuards()
    var adjoints = Adjoints()
    adjoints.clear(slots: tape.pointee.slotCount, zeroing: true)
    adjoints.set(1, at: Int(root))
    let isComplete = tape.pointee.sweep(from: root, into: adjoints, shouldStop: shouldStop)
    self.root = Int(root)
    self.last = last
    self.ancestors = ancestors
    self.computed = computed
    self.shouldStop = shouldStop
    self.tape = tape
    self.adjoints = adjoints
    center = tape.pointee.values[Int(root)]
    noise = GradientCheck.rounding(tape.pointee, adjoints, ancestors)
    guard isComplete else { throw .interrupted }
  }

  deinit {
    adjoints.deallocate()
    tape.pointee.deallocate()
    tape.deinitialize(count: 1)
    tape.deallocate()
  }

  /// The first-order bound on the rounding error of the root: an ulp of each value, times what it
  /// weighs; no less than the smallest number.
  private static func rounding(
    _ tape: Tape, _ adjoints: Adjoints, _ ancestors: [Bool]
  ) -> Double {
    var sum = 0.0
    for index in ancestors.indices where ancestors[index] {
      let start = Int(tape.nodes[index].slotIndex)
      for slot in start..<start + tape.count(of: index) {
        let share = tape.values[slot].ulp * adjoints.number(at: slot).magnitude
        if share.isFinite { sum += share }
      }
    }
    return max(sum, .leastNonzeroMagnitude)
  }

  /// The root's value.
  package var value: Double { center }

  /// The leaves that the root depends on: their first slots, and how many numbers they have.
  package var leaves: [(slot: Int32, count: Int)] {
    ancestors.indices.filter { ancestors[$0] && tape.pointee.nodes[$0].operation == .leaf }.map {
      (tape.pointee.nodes[$0].slotIndex, tape.pointee.count(of: $0))
    }
  }

  /// The gradient of the number in a slot.
  package func gradient(at slot: Int32) -> Double { adjoints.number(at: Int(slot)) }

  // MARK: Running again

  /// What has to be computed anew when numbers change: what depends on them on the way to the root and
  /// to the conditions before it.
  private func dependents(of slots: Range<Int>) -> [Range<Int>] {
    var reached = [Bool](repeating: false, count: tape.pointee.slotCount)
    for slot in slots { reached[slot] = true }
    var runs: [Range<Int>] = []
    for index in computed.indices {
      let node = tape.pointee.nodes[index]
      let start = Int(node.slotIndex)
      guard start >= slots.lowerBound, node.operation != .leaf else { continue }
      var depends = false
      tape.pointee.forEachOperand(of: index) { depends = depends || reached[$0] }
      guard depends else { continue }
      switch node.operation {
      case .branchGuard, .indexGuard: break
      case .leaf, .operand, .unary, .binary, .ternary, .stack, .array:
        guard computed[index] else { continue }
        for slot in start..<start + tape.pointee.count(of: index) { reached[slot] = true }
      }
      if let end = runs.last?.upperBound, end == index {
        runs[runs.count - 1] = runs[runs.count - 1].lowerBound..<index + 1
      } else {
        runs.append(index..<index + 1)
      }
    }
    return runs
  }

  /// How much work it is to compute the root once with another number among some.
  package func work(of slots: Range<Int32>) -> Int {
    dependents(of: Int(slots.lowerBound)..<Int(slots.upperBound)).reduce(0) { sum, run in
      run.reduce(sum) { $0 + max(tape.pointee.count(of: $1), 1) }
    }
  }

  /// The root's value with another number in a slot.
  private func value(
    _ number: Double, at slot: Int, _ runs: [Range<Int>], _ report: inout ForwardReport
  ) -> Double {
    tape.pointee.values[slot] = number
    for run in runs { tape.pointee.run(run, report: &report) }
    return tape.pointee.values[root]
  }

  // MARK: Judging

  /// Judges numbers of one leaf.
  package func findings(for slots: [Int32], of leaf: Range<Int32>) throws(GraphError) -> [Finding] {
    let runs = dependents(of: Int(leaf.lowerBound)..<Int(leaf.upperBound))
    var findings: [Finding] = []
    for slot in slots { findings.append(try judge(Int(slot), runs)) }
    return findings
  }

  /// The root's value beside a number, on one side.
  private struct Sample {
    /// The step, with its sign, as it was taken.
    let step: Double
    let value: Double
    let difference: Double
    /// A condition that would go another way there.
    let branch: Origin?

    var quotient: Double { difference / step }
  }

  /// Samples on one side, with steps h, 16 h and 256 h.
  private struct Side {
    let samples: [Sample]

    var nearest: Sample { samples[0] }
    /// Whether the root has a value there.
    var exists: Bool { nearest.difference.isFinite }

    /// p, where the root's change goes like the step's power p: 1 for a slope, ½ beside a root, 0 at a
    /// jump; nil where it does not go like a power.
    var exponent: Double? {
      let sizes = samples.map(\.difference.magnitude)
      guard sizes.allSatisfy({ $0.isFinite && $0 > 0 }) else { return nil }
      let (low, high) = (
        .log(sizes[1] / sizes[0]) / .log(16.0), .log(sizes[2] / sizes[1]) / .log(16.0)
      )
      return (low - high).magnitude < 0.1 ? low : nil
    }
  }

  /// Runs with numbers on both sides of one; the number itself has to be put back.
  private func sample(_ slot: Int, _ runs: [Range<Int>], _ number: Double, _ step: Double) -> Sample
  {
    var report = ForwardReport()
    let value = value(number + step, at: slot, runs, &report)
    return Sample(
      step: number + step - number, value: value, difference: value - center,
      branch: report.trippedGuards.first)
  }

  /// Judges one number.
  ///
  /// First it is looked at closely: with steps as small as rounding allows, so that 1/10 000 of the
  /// slope still shows. That tells slopes from kinks, jumps and infinite slopes, at whatever scale the
  /// function changes. Only then longer steps are extrapolated for more digits, and believed where they
  /// agree with the close look.
  private func judge(_ slot: Int, _ runs: [Range<Int>]) throws(GraphError) -> Finding {
    let number = tape.pointee.values[slot]
    let gradient = adjoints.number(at: slot)
    defer {
      var report = ForwardReport()
      _ = value(number, at: slot, runs, &report)
    }
    func finding(_ verdict: Verdict, distance: Double = 0) -> Finding {
      Finding(slot: Int32(slot), gradient: gradient, verdict: verdict, distance: distance)
    }
    guard center.isFinite, !gradient.isNaN else { return finding(.notFinite) }
    if shouldStop() { throw .interrupted }
    let coarse = extrapolated(slot, runs, number, from: max(number.magnitude, 1) / 32)
    let size = gradient != 0 && gradient.isFinite ? gradient.magnitude : coarse.steepest
    let smallest = max(64 * number.ulp, number == 0 ? 0x1p-200 : 0)
    let step = max(noise * 1e4 / (size > 0 ? size : 1), smallest)
    guard step <= max(number.magnitude, 1) / 4 else { return finding(.undecided(.cancellation)) }
    let steps = [step, 16 * step, 256 * step]
    let left = Side(samples: steps.map { sample(slot, runs, number, -$0) })
    let right = Side(samples: steps.map { sample(slot, runs, number, $0) })
    if let branch = left.nearest.branch ?? right.nearest.branch {
      return finding(.undecided(.branch(branch)))
    }
    let sides = [left, right].filter(\.exists)
    guard !sides.isEmpty else { return finding(.undecided(.unsettled)) }
    if let verdict = irregularity(left, right, gradient) { return finding(verdict) }
    if shouldStop() { throw .interrupted }
    let closer = extrapolated(slot, runs, number, from: step * 0x1p20)
    return judge(sides, gradient, coarse, closer, finding)
  }

  /// What is other than a slope beside a number.
  private func irregularity(_ left: Side, _ right: Side, _ gradient: Double) -> Verdict? {
    let sides = [left, right].filter(\.exists)
    func isSeen(_ sample: Sample) -> Bool { sample.difference.magnitude > 100 * noise }
    let exponents = sides.map { isSeen($0.nearest) ? $0.exponent ?? 1 : 1 }
    if exponents.contains(where: { $0.magnitude < 0.03 }) {
      return .jump(left: left.nearest.value, right: right.nearest.value)
    }
    // Beside a logarithm quotients grow slower than with any power.
    let isSteep = exponents.contains { $0 > 0.03 && $0 < (gradient.isInfinite ? 0.9995 : 0.97) }
    if gradient.isInfinite {
      return isSteep ? .infinite : .differs(difference: sides[0].nearest.quotient)
    }
    if isSteep { return .differs(difference: sides[0].nearest.quotient * .infinity) }
    guard sides.count == 2 else { return nil }
    let bends = (0..<3).map { right.samples[$0].quotient - left.samples[$0].quotient }
    let off = noise / right.nearest.step
    let isKink =
      bends[0].magnitude > 8 * off && (bends[0] - bends[1]).magnitude < 0.25 * bends[0].magnitude
      && (bends[1] - bends[2]).magnitude < 0.25 * bends[1].magnitude
    guard isKink else { return nil }
    let (a, b) = (left.samples[2].quotient, right.samples[2].quotient)
    return .kink(left: a.magnitude < 4 * off ? 0 : a, right: b.magnitude < 4 * off ? 0 : b)
  }

  /// A slope, held against the gradient.
  private func judge(
    _ sides: [Side], _ gradient: Double, _ coarse: Quotients, _ closer: Quotients,
    _ finding: (Verdict, Double) -> Finding
  ) -> Finding {
    let isOneSided = sides.count == 1
    func close(_ k: Int) -> Double {
      isOneSided
        ? sides[0].samples[k].quotient
        : (sides[1].samples[k].value - sides[0].samples[k].value)
          / (sides[1].samples[k].step - sides[0].samples[k].step)
    }
    let off = 10 * noise / sides[0].nearest.step.magnitude
    func agree(_ x: Double, _ y: Double, _ relative: Double) -> Bool {
      (x - y).magnitude <= relative * max(x.magnitude, y.magnitude) + off
    }
    let size = max(gradient.magnitude, close(0).magnitude)
    // Among the smallest numbers there are few digits left.
    if size < 0x1p-1000 {
      return agree(close(0), gradient, 5e-3)
        ? finding(
          .agrees(difference: close(0), isOneSided: isOneSided),
          (close(0) - gradient).magnitude / max(size, .leastNonzeroMagnitude))
        : finding(.undecided(.cancellation), 0)
    }
    // Slopes that vanish with the step have no size of their own.
    let isFlat = gradient == 0 && close(0).magnitude <= 1e-3 * coarse.steepest + off
    if isFlat {
      return finding(.agrees(difference: 0, isOneSided: isOneSided), 0)
    }
    // The best of what agrees with the close look.
    let estimates = [coarse, closer].map {
      isOneSided ? ($0.left.limit == nil ? $0.right : $0.left) : $0.central
    }
    let best = estimates.filter { estimate in
      estimate.limit.map { agree($0, close(0), 5e-3) } ?? false
    }.min { $0.error < $1.error }
    if let best, let limit = best.limit, best.error < 1e-4 * size {
      let distance = (limit - gradient).magnitude
      return distance <= 1e-6 * size + 4 * best.error
        ? finding(.agrees(difference: limit, isOneSided: isOneSided), distance / size)
        : finding(.differs(difference: limit), 0)
    }
    if agree(close(0), gradient, 5e-3) {
      let distance = (close(0) - gradient).magnitude / size
      return finding(.agrees(difference: close(0), isOneSided: isOneSided), distance)
    }
    return agree(close(0), close(1), 0.05) && agree(close(1), close(2), 0.2)
      ? finding(.differs(difference: close(0)), 0) : finding(.undecided(.unsettled), 0)
  }

  // MARK: More digits

  /// Quotients with steps that are halved, extrapolated.
  private struct Quotients {
    var left = Extrapolation(power: 1)
    var right = Extrapolation(power: 1)
    var central = Extrapolation(power: 2)
    /// The largest quotient seen.
    var steepest = 0.0
  }

  /// The step is halved so many times.
  private static let halvings = 24

  private func extrapolated(
    _ slot: Int, _ runs: [Range<Int>], _ number: Double, from first: Double
  ) -> Quotients {
    var result = Quotients()
    var step = first
    for _ in 0..<GradientCheck.halvings {
      guard number - step < number, number + step > number, step > 4 * number.ulp else { break }
      let low = sample(slot, runs, number, -step)
      let high = sample(slot, runs, number, step)
      add(low.quotient, step, to: &result.left)
      add(high.quotient, step, to: &result.right)
      let quotient = (high.value - low.value) / (high.step - low.step)
      add(quotient, step, to: &result.central)
      for quotient in [low.quotient, high.quotient] where quotient.isFinite {
        result.steepest = max(result.steepest, quotient.magnitude)
      }
      if result.central.isPrecise || noise / step > 1e-3 * result.steepest, step < first { break }
      step /= 2
    }
    return result
  }

  private func add(_ quotient: Double, _ step: Double, to slope: inout Extrapolation) {
    if quotient.isFinite {
      slope.add(quotient, noise: noise / step)
    } else {
      slope = Extrapolation(power: slope.power)
    }
  }

  // MARK: Where it begins

  /// The operation at which a gradient that is not the slope begins: nearer to the root everything
  /// agrees.
  ///
  /// - Returns: nil when there are too many nodes between the number and the root to look.
  package func culprit(of finding: Finding) throws(GraphError) -> NodeIndex? {
    let slot = Int(finding.slot)
    let nodes = dependents(of: slot..<slot + 1).flatMap { Array($0) }
    guard nodes.count <= 1000 else { return nil }
    for index in nodes.reversed() where index != last {
      let start = Int(tape.pointee.nodes[index].slotIndex)
      let count = tape.pointee.count(of: index)
      guard tape.pointee.nodes[index].operation.hasValue, count <= 16 else { continue }
      let runs = dependents(of: start..<start + count)
      for place in start..<start + count where try judge(place, runs).verdict.isFailure {
        return consumer(of: place, among: nodes)
      }
    }
    return consumer(of: slot, among: nodes)
  }

  /// The operation that uses a number; of several the one that has kinks or lets no gradient through.
  private func consumer(of slot: Int, among nodes: [Int]) -> NodeIndex? {
    let users = nodes.filter { index in
      var isUser = false
      tape.pointee.forEachOperand(of: index) { isUser = isUser || $0 == slot }
      return isUser && tape.pointee.nodes[index].operation.hasValue
    }
    return (users.first { tape.pointee.mayHaveKinks($0) } ?? users.first).map { NodeIndex($0) }
  }
}
