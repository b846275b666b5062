import Autograd

extension Machine {
  /// The name that holds most of a graph that has outgrown its limit, newer names first.
  func graphHolder(by size: (Graph.Holding) -> Int) -> Problem.GraphHolder {
    var named: [(global: Int, slot: Int32, count: Int)] = []
    for index in 0..<globalCount {
      let value = globals[index]
      if value.isTracked {
        named.append((index, value.slot, 1))
      } else if value.kind == .array, heap.arrays[value.handle].isTracked {
        let array = heap.arrays[value.handle]
        named.append((index, array.slot, array.count))
      }
    }
    // Of two names for one value the user's is meant, and not `ans`.
    named.sort { ($0.slot, $0.global) > ($1.slot, $1.global) }
    let holdings = graph.holdings(of: named.prefix(255).map { ($0.slot, $0.count) })
    let most = zip(named, holdings).max { size($0.1) < size($1.1) }
    let all = Graph.Holding(nodes: graph.nodeCount, numbers: graph.tape.pointee.slotCount)
    guard let most, size(most.1) * 3 > size(all) else { return .statement }
    return .name(names.names[most.0.global], count: size(most.1), earlier: most.1.earlier)
  }
}
