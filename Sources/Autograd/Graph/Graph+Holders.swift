extension Graph {
  /// What part of the graph is there because of a value.
  package struct Holding {
    /// How many nodes the value was computed from, itself among them.
    package var nodes = 0
    /// How many numbers stand in them.
    package var numbers = 0
    /// How many of the nodes bear its label: earlier values of the same name, if it has one.
    package var earlier = 0

    package init(nodes: Int = 0, numbers: Int = 0) {
      self.nodes = nodes
      self.numbers = numbers
    }
  }

  /// What each of some values holds that no value before it in the list holds. O(numbers).
  ///
  /// - Parameter roots: the slots of at most 255 values, of arrays the first, and how many they have.
  package func holdings(of roots: [(slot: Int32, count: Int)]) -> [Holding] {
    let tape = tape.pointee
    var holdings = [Holding](repeating: Holding(), count: roots.count)
    /// By slot: the number of the root that holds it, counted from 1.
    var holders = [UInt8](repeating: 0, count: tape.slotCount)
    for (number, root) in roots.prefix(255).enumerated().reversed() {
      for k in 0..<root.count { holders[Int(root.slot) + k] = UInt8(number + 1) }
    }
    let rootLabels = roots.map { labels[$0.slot] }
    var slots = tape.slotCursor
    for index in stride(from: nodeCount - 1, through: 0, by: -1) {
      let start = slots.slot(of: index)
      let count = tape.count(of: index)
      guard let holder = holders[start..<start + count].first(where: { $0 != 0 }) else { continue }
      tape.forEachOperand(of: index) { if holders[$0] == 0 { holders[$0] = holder } }
      let root = Int(holder) - 1
      holdings[root].nodes += 1
      holdings[root].numbers += count
      if let label = rootLabels[root], start != Int(roots[root].slot), labels[Int32(start)] == label
      {
        holdings[root].earlier += 1
      }
    }
    return holdings
  }
}
