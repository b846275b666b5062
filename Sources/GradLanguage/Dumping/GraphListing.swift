import Autograd

/// The nodes of a graph that a name is bound to or depends on, one a line, as a table:
/// index, slot, label, operation, operands' slots, data, gradient.
struct GraphListing {
  private let graph: Graph
  /// The slots that names are bound to.
  private let roots: [Range<Int32>]

  init(_ graph: Graph, roots: [Range<Int32>]) {
    self.graph = graph
    self.roots = roots
  }

  /// The table with a header; an empty graph has no text.
  var text: String {
    let rows = liveNodes().map(cells)
    guard !rows.isEmpty else { return "" }
    let header = ["node", "slot", "label", "operation", "operands", "data", "grad"]
    let widths = header.indices.map { column in
      ([header] + rows).reduce(0) { max($0, $1[column].count) }
    }
    return ([header] + rows).map { row in
      zip(row, widths).map { cell, width in
        cell + String(repeating: " ", count: width - cell.count)
      }.joined(separator: "  ").trimmingEnd + "\n"
    }.joined()
  }

  /// The indices of the nodes that a root depends on, in order. O(nodes).
  private func liveNodes() -> [Int] {
    var reached = [Bool](repeating: false, count: graph.tape.pointee.slotCount)
    for slot in roots.joined() { reached[Int(slot)] = true }
    var live: [Int] = []
    var slots = graph.tape.pointee.slotCursor
    for index in stride(from: graph.nodeCount - 1, through: 0, by: -1) {
      let node = graph.tape.pointee.nodes[index]
      let slot = slots.slot(of: index)
      guard node.operation.hasValue,
        (slot..<slot + graph.tape.pointee.count(of: index)).contains(where: { reached[$0] })
      else { continue }
      live.append(index)
      for operand in graph.operands(of: NodeIndex(index)) { reached[operand.index] = true }
    }
    return live.reversed()
  }

  private func cells(_ index: Int) -> [String] {
    let node = graph.tape.pointee.nodes[index]
    let slot = graph.slot(of: NodeIndex(index)).rawValue
    let count = graph.tape.pointee.count(of: index)
    let slots = slot..<slot + Int32(count)
    return [
      "\(index)", count == 1 ? "\(slot)" : "\(slot)..<\(slots.upperBound)",
      graph.labels[slot].map(graph.labels.text) ?? "",
      node.operation == .leaf ? "leaf" : node.operation.name,
      graph.operands(of: NodeIndex(index)).map { "\($0.rawValue)" }.joined(separator: " "),
      slots.map { NumberFormat.shortest.text(graph.data(at: $0)) }.joined(separator: " "),
      slots.map { graph.gradient(at: $0).map(NumberFormat.shortest.text) ?? "–" }
        .joined(separator: " "),
    ]
  }
}

extension String {
  /// The text without blanks at its end.
  fileprivate var trimmingEnd: String {
    guard let last = lastIndex(where: { $0 != " " }) else { return "" }
    return String(self[...last])
  }
}
