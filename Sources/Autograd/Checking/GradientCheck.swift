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

  let tape: UnsafeMutablePointer<Tape>
  let adjoints: Adjoints
  private let root: Int
  private let last: Int
  /// By node: whether the root depends on it.
  private let ancestors: [Bool]
  /// By node: whether it is computed anew: those, and conditions with what they depend on.
  private let computed: [Bool]
  let shouldStop: () -> Bool
  /// A bound on how far rounding may have moved the root's value.
  let noise: Double
  /// The root's value.
  let center: Double

  /// Copies what a number depends on, computes it anew, and sweeps it.
  package init(
    of root: Int32, in graph: Graph, shouldStop: @escaping () -> Bool
  ) throws(GraphError) {
    // A copy of the tape, its adjoints, and what is wanted by node and by slot.
    try Memory.require(2 * graph.byteCount + 2 * (graph.nodeCount + graph.tape.pointee.slotCount))
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
    var slots = tape.slotCursor
    for index in ancestors.indices where ancestors[index] {
      let start = slots.slot(of: index)
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
      (Int32(tape.pointee.slot(of: $0)), tape.pointee.count(of: $0))
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
    var cursor = tape.pointee.slotCursor
    for index in computed.indices {
      let node = tape.pointee.nodes[index]
      let start = cursor.slot(of: index)
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
      run.reduce(sum) { $0 + work(of: $1) }
    }
  }

  /// A number computed, or a multiplication in a product of matrices.
  private func work(of index: Int) -> Int {
    let count = max(tape.pointee.count(of: index), 1)
    guard tape.pointee.nodes[index].operation == .array else { return count }
    let record = tape.pointee.arrayRecord(of: index)
    guard record.operation == .whole(.matrixProduct) else { return count }
    return count * Int(tape.pointee.parameters(of: record)[1])
  }

  /// The root's value with another number in a slot.
  func value(
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
      let start = tape.pointee.slot(of: index)
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
