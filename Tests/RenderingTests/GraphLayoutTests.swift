import TestSupport
import Testing

@testable import Rendering

/// Places for the boxes of graphs: nothing overlaps, and edges go from left to right.
@Suite struct GraphLayoutTests {
  private func check(_ boxes: [GraphLayout.Size], _ edges: [GraphLayout.Edge]) {
    let layout = GraphLayout(boxes, edges)
    #expect(layout.corners.count == boxes.count)
    for edge in edges {
      let end = layout.corners[edge.from].x + boxes[edge.from].width
      #expect(end < layout.corners[edge.to].x, "an operand stands left of its result")
    }
    for a in boxes.indices {
      let (p, s) = (layout.corners[a], boxes[a])
      #expect(p.x >= 0 && p.y >= 0)
      #expect(p.x + s.width <= layout.size.width + 1e-9)
      #expect(p.y + s.height <= layout.size.height + 1e-9)
      for b in boxes.indices where b > a {
        let (q, t) = (layout.corners[b], boxes[b])
        let isApart =
          p.x + s.width <= q.x || q.x + t.width <= p.x || p.y + s.height <= q.y + 1e-9
          || q.y + t.height <= p.y + 1e-9
        #expect(isApart, "boxes \(a) and \(b) overlap")
      }
    }
    for (edge, bends) in zip(edges, layout.bends) {
      let xs = [layout.corners[edge.from].x] + bends.map(\.x) + [layout.corners[edge.to].x]
      let isRightward = zip(xs, xs.dropFirst()).allSatisfy { $0 <= $1 }
      #expect(isRightward, "an edge never turns back")
    }
  }

  @Test(arguments: 0..<20)
  func randomGraphs(seed: Int) {
    var random = SplitMix64(seed: UInt64(seed))
    let count = Int.random(in: 1...40, using: &random)
    let boxes = (0..<count).map { _ in
      GraphLayout.Size(width: .random(in: 20...200, using: &random), height: 26)
    }
    var edges: [GraphLayout.Edge] = []
    for to in 1..<max(count, 2) where to < count {
      for _ in 0..<Int.random(in: 0...3, using: &random) {
        edges.append(GraphLayout.Edge(from: .random(in: 0..<to, using: &random), to: to))
      }
    }
    check(boxes, edges)
  }

  @Test func emptyAndSingle() {
    check([], [])
    check([GraphLayout.Size(width: 10, height: 10)], [])
  }

  /// A value that is used in each of many columns: lanes are given up, places are not.
  @Test func longChain() {
    let boxes = (0..<400).map { _ in GraphLayout.Size(width: 30, height: 20) }
    let chain = (1..<400).flatMap { to in
      [GraphLayout.Edge(from: to - 1, to: to), GraphLayout.Edge(from: 0, to: to)]
    }
    let layout = GraphLayout(boxes, chain)
    let areStraight = layout.bends.allSatisfy(\.isEmpty)
    #expect(areStraight)
    let isOrdered = zip(layout.corners, layout.corners.dropFirst()).allSatisfy { $0.x < $1.x }
    #expect(isOrdered)
  }

  /// Two pairs that would cross are put the other way round.
  @Test func crossingsAreUndone() {
    let boxes = (0..<4).map { _ in GraphLayout.Size(width: 30, height: 20) }
    let layout = GraphLayout(
      boxes, [GraphLayout.Edge(from: 0, to: 3), GraphLayout.Edge(from: 1, to: 2)])
    let isFirstAbove = layout.corners[0].y < layout.corners[1].y
    #expect(isFirstAbove == (layout.corners[3].y < layout.corners[2].y))
  }
}
