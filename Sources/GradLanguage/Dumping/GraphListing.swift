import Autograd

/// The nodes of a graph that a name is bound to or depends on, one a line, as a table:
/// index, slot, label, operation, operands' slots, data, gradient; of long arrays the first numbers.
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
    let table = [["node", "slot", "label", "operation", "operands", "data", "grad"]] + rows
    let widths = table[0].indices.map { column in table.reduce(0) { max($0, $1[column].count) } }
    return table.map { row in
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
      "\(index)", text(slots),
      graph.labels[slot].map(graph.labels.text) ?? "",
      node.operation == .leaf ? "leaf" : node.operation.name,
      operands(of: index),
      listed(slots) { NumberFormat.shortest.text(graph.data(at: $0)) },
      listed(slots) { graph.gradient(at: $0).map(NumberFormat.shortest.text) ?? "–" },
    ]
  }

  private func text(_ slots: Range<Int32>) -> String {
    slots.count == 1 ? "\(slots.lowerBound)" : "\(slots.lowerBound)..<\(slots.upperBound)"
  }

  private func operands(of index: Int) -> String {
    guard graph.tape.pointee.nodes[index].operation != .array else {
      return graph.tape.pointee.arrayRecord(of: index).operands.map { text($0.slots) }
        .joined(separator: " ")
    }
    let operands = graph.operands(of: NodeIndex(index))
    return listed(operands) { "\($0.rawValue)" }
  }

  /// So many elements of a cell are written.
  private static let elementLimit = 8

  private func listed<Elements: Collection>(
    _ elements: Elements, _ text: (Elements.Element) -> String
  ) -> String {
    let rest = elements.count > GraphListing.elementLimit ? ["…"] : []
    return (elements.prefix(GraphListing.elementLimit).map(text) + rest).joined(separator: " ")
  }
}

extension String {
  /// The text without blanks at its end.
  fileprivate var trimmingEnd: String {
    guard let last = lastIndex(where: { $0 != " " }) else { return "" }
    return String(self[...last])
  }
}
