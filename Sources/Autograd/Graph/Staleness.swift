/// Which values were computed from data that has changed since.
///
/// `marks[slot]` says before which node the slot's data counts as changed: 0 for a fresh value, the
/// number of nodes at the time for a leaf that was changed, `always` for a stale result. A node is
/// stale when one of its operands' marks is above its index.
struct Staleness {
  private(set) var marks: [Int32] = []
  /// Nodes below this have their marks.
  private var propagatedNodes = 0
  /// The lowest slot that may be marked; `Int.max` when none is.
  private(set) var firstMarked = Int.max
  /// Runs of leaves' slots that changed since the marks were propagated.
  private(set) var changes: [Range<Int>] = []
  /// Whether results, not only changed leaves, are marked.
  private(set) var hasStaleResults = false

  static let always = Int32.max

  /// Whether nothing is stale.
  var isEmpty: Bool { firstMarked == .max }

  mutating func change(_ slots: Range<Int>, nodeCount: Int) {
    if marks.count < slots.upperBound {
      marks.append(contentsOf: repeatElement(0, count: slots.upperBound - marks.count))
    }
    // Leaves that are marked stand in `changes` already.
    let areNoted = marks[slots].allSatisfy { $0 != 0 }
    for slot in slots { marks[slot] = Int32(nodeCount) }
    firstMarked = min(firstMarked, slots.lowerBound)
    if !areNoted { changes.append(slots) }
  }

  /// Marks a result's slots as out of date; what was computed from them will be found to be.
  mutating func mark(_ slots: Range<Int>) {
    guard !slots.isEmpty else { return }
    if marks.count < slots.upperBound {
      marks.append(contentsOf: repeatElement(0, count: slots.upperBound - marks.count))
    }
    for slot in slots { marks[slot] = Staleness.always }
    firstMarked = min(firstMarked, slots.lowerBound)
    hasStaleResults = true
    propagatedNodes = 0
  }

  /// Marks every node that depends on a changed leaf, and clears the leaves' own marks.
  ///
  /// - Parameter relocation: when given, of what is about to happen: only nodes that live are marked.
  mutating func propagate(over tape: Tape, among relocation: Relocation? = nil) {
    defer { propagatedNodes = tape.nodeCount }
    guard !isEmpty, !changes.isEmpty || propagatedNodes < tape.nodeCount else { return }
    if marks.count < tape.slotCount {
      marks.append(contentsOf: repeatElement(0, count: tape.slotCount - marks.count))
    }
    let start = changes.isEmpty ? propagatedNodes : 0
    let first = firstMarked
    let isAnyStale = marks.withUnsafeMutableBufferPointer { marks in
      var isAnyStale = false
      var slots = tape.slotCursor
      let from = max(start, first == .max ? tape.nodeCount : tape.firstNode(notBefore: first))
      for index in from..<max(from, tape.nodeCount) {
        let slot = slots.slot(of: index)
        if let relocation, !relocation.isLive(slot) { continue }
        guard Staleness.hasStaleOperand(index, UnsafeBufferPointer(marks), tape) else { continue }
        isAnyStale = true
        for k in 0..<tape.count(of: index) { marks[slot + k] = Staleness.always }
      }
      return isAnyStale
    }
    if isAnyStale { hasStaleResults = true }
    settleChanges()
  }

  /// Whether an operand of a node changed after the node was computed.
  private static func hasStaleOperand(
    _ index: Int, _ marks: UnsafeBufferPointer<Int32>, _ tape: Tape
  ) -> Bool {
    let node = tape.nodes[index]
    var isStale = false
    guard node.operation == .array else {
      tape.forEachOperand(of: index) { isStale = isStale || marks[$0] > index }
      return isStale
    }
    tape.forEachArrayOperand(of: node) { place, count in
      let slot = Int(tape.lists[place])
      // Mostly all or none of an array has changed.
      guard !isStale, count > 0, marks[slot] <= index else { return isStale = isStale || count > 0 }
      var latest: Int32 = 0
      for k in slot..<slot + count { latest = max(latest, marks[k]) }
      isStale = latest > index
    }
    return isStale
  }

  func isStale(_ slot: Int32) -> Bool { Int(slot) < marks.count && marks[Int(slot)] != 0 }

  /// Whether all changed leaves changed after the last of so many nodes was recorded.
  func areChanged(since nodeCount: Int) -> Bool {
    changes.allSatisfy { marks[$0].allSatisfy { $0 >= nodeCount } }
  }

  /// The slots have been computed anew.
  mutating func refresh(_ slots: Range<Int>) {
    for slot in slots where slot < marks.count { marks[slot] = 0 }
  }

  /// Everything has been computed anew.
  mutating func refreshAll() {
    marks = []
    firstMarked = .max
    changes = []
    hasStaleResults = false
  }

  /// The leaves changed since the last propagation have been attended to.
  mutating func settleChanges() {
    for slots in changes { refresh(slots) }
    changes = []
    if !hasStaleResults { firstMarked = .max }
  }

  /// Some results have been computed anew: looks whether any stale one is left.
  mutating func settleResults() {
    hasStaleResults = marks.contains { $0 != 0 }
    if !hasStaleResults { firstMarked = .max }
  }

  /// The same without marks, which are saved apart.
  var withoutMarks: Staleness {
    var copy = self
    copy.marks = []
    return copy
  }

  mutating func setMarks(_ marks: [Int32]) { self.marks = marks }

  mutating func truncate(nodes: Int, slots: Int) {
    if marks.count > slots { marks.removeLast(marks.count - slots) }
    propagatedNodes = min(propagatedNodes, nodes)
    changes.removeAll { $0.upperBound > slots }
    // What is recorded from here on is recorded after the changes.
    for run in changes { for slot in run { marks[slot] = min(marks[slot], Int32(nodes)) } }
  }

  /// Moves the marks; they have been propagated, so that only results have any.
  mutating func relocate(nodeCount: Int, _ relocation: Relocation) {
    propagatedNodes = nodeCount
    guard !isEmpty else { return }
    let count = marks.withUnsafeMutableBufferPointer { buffer in
      buffer.baseAddress.map { relocation.compact($0, below: buffer.count) } ?? 0
    }
    marks.removeLast(marks.count - count)
    firstMarked = marks.firstIndex { $0 != 0 } ?? .max
    hasStaleResults = !isEmpty
  }
}
