import Testing

@testable import Autograd

/// Operations of the graph that throw leave it as it was.
@Suite struct GraphFailureTests {
  /// What can be seen of a graph.
  private static func picture(_ graph: Graph) -> [String] {
    graph.tape.pointee.checkInvariants()
    let nodes = (0..<graph.nodeCount).map { index -> String in
      let first = graph.tape.pointee.slot(of: index)
      let slots = (first..<first + graph.tape.pointee.count(of: index)).map(Int32.init)
      return slots.map { slot in
        let gradient = graph.gradient(at: slot).map { "\($0.bitPattern)" } ?? "–"
        return "\(graph.data(at: slot).bitPattern) \(gradient) \(graph.isStale(slot)) "
          + "\(graph.isGradientStale(at: slot)) \(graph.labels[slot] ?? -1)"
      }.joined(separator: ", ") + " \(graph.tape.pointee.nodes[index].operation)"
    }
    return nodes + ["\(graph.sweptRoots) \(graph.mark.nodes) \(graph.mark.lists)"]
  }

  /// Two leaves, an array, a condition, a sweep, and a leaf that has changed since.
  private static func newGraph() throws -> (Graph, a: Int32, L: Int32) {
    let graph = Graph()
    let a = try graph.recordLeaf(2)
    let b = try graph.recordLeaf(-3)
    let v = try graph.recordLeaf([1, 2, 3])
    let product = try graph.record(.multiply, a, b)
    try graph.recordBranchGuard(a, origin: .unknown)
    _ = try graph.record(.sqrt, try graph.record(.add, product, v + 2))
    let L = try graph.record(.add, try graph.record(.abs, product), try graph.record(.exp, a))
    graph.labels.label(L, graph.labels.intern("L"))
    try graph.backward(from: L)
    graph.setData(0, at: a)
    return (graph, a, L)
  }

  @Test(arguments: 0..<8)
  func recordingWithoutRoom(operation: Int) throws {
    for room in 0..<4 {
      let (graph, a, L) = try GraphFailureTests.newGraph()
      let before = GraphFailureTests.picture(graph)
      graph.nodeLimit = graph.nodeCount + room
      do throws(GraphError) {
        switch operation {
        case 0: _ = try graph.recordLeaf(1)
        case 1: _ = try graph.recordLeaf([1, 2])
        case 2: _ = try graph.recordStack([a, L, a], origin: .unknown)
        case 3: _ = try graph.record(.tanh, a)
        case 4: _ = try graph.record(.add, a, try graph.recordConstant(7))
        case 5: _ = try graph.record(.clamp, a, L, a)
        case 6: try graph.recordIndexGuard(a, count: 2, origin: .unknown)
        case _:
          let array = ArrayRecord.Operand(slot: a, shape: Shape([2]), isConstant: false)
          _ = try graph.tape.pointee.recordArray(
            .unary(.exp), [array], parameters: [], shape: Shape([2]), origin: .unknown)
        }
        #expect(room > 1)
      } catch {
        #expect(GraphFailureTests.picture(graph) == before, "operation \(operation), room \(room)")
      }
    }
  }

  @Test func forwardThatIsRefused() throws {
    for (strict, trap) in [(true, false), (false, true), (true, true)] {
      let (graph, a, L) = try GraphFailureTests.newGraph()
      graph.setData(trap ? 4 : 0, at: a)  // the condition, or the root of -12 + 3
      let before = GraphFailureTests.picture(graph)
      #expect(throws: GraphError.self) { try graph.forward(to: nil, strict: strict, trap: trap) }
      #expect(GraphFailureTests.picture(graph) == before)
      _ = try graph.forward(to: L)
      #expect(!graph.isStale(L))
    }
  }

  @Test func sweepsThatAreRefused() throws {
    for accumulate in [false, true] {
      let (graph, _, L) = try GraphFailureTests.newGraph()
      let before = GraphFailureTests.picture(graph)
      #expect(throws: GraphError.self) {
        try graph.backward(
          from: L, accumulate: accumulate,
          isAcceptable: { _ throws(GraphError) in throw .interrupted })
      }
      #expect(GraphFailureTests.picture(graph) == before)
    }
  }

  /// What was recorded since is forgotten also when it has been moved by a compaction.
  @Test func truncationAfterACompaction() throws {
    let (graph, a, L) = try GraphFailureTests.newGraph()
    let kept = graph.nodeCount
    for _ in 0..<20 { _ = try graph.record(.tanh, a) }
    let end = graph.slotEnd(ofNodes: kept)
    let later = try graph.record(.multiply, a, L)
    let relocation = try #require(graph.compact(keeping: [L..<L + 1, later..<later + 1]))
    let count = graph.nodeCount(below: relocation.liveCount(below: end))
    #expect(count == graph.nodeCount - 1)
    graph.truncate(toNodes: count)
    graph.tape.pointee.checkInvariants()
    let root = try #require(relocation.newSlot(L))
    #expect(graph.slotEnd(ofNodes: count) == Int(root) + 1)
    #expect(graph.labels[root].map(graph.labels.text) == "L")
  }
}
