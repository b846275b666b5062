import Autograd
import TestSupport
import Testing

@Suite struct CompactionTests {
  @Test func keepsWhatIsAskedForAndWhatItNeeds() {
    let graph = Graph()
    let a = graph.leaf(2, label: "a")
    let unused = graph.leaf(9, label: "unused")
    let b = (a * 3).labelled("b")
    let dropped = (b + unused).labelled("dropped")
    let L = (b * b).labelled("L")
    dropped.backward()
    let kept = graph.compact(keeping: [L, a])
    #expect(graph.nodeCount == 3)
    #expect(kept.map(\.data) == [36, 2])
    #expect(kept.map(\.label) == ["L", "a"])
    #expect(kept.map(\.gradient) == [0, 3])
    kept[0].backward()
    #expect(kept.map(\.gradient) == [1, 36])
    kept[1].data = 1
    kept[0].forward()
    #expect(kept[0].data == 9)
    let sum = kept[0] + kept[1] * 3
    #expect(sum.data == 12)
    graph.tape.pointee.checkInvariants()
  }

  @Test func keepingNothingEmptiesTheGraph() {
    let graph = Graph()
    let a = graph.leaf(2)
    (a * 3).backward()
    #expect(graph.compact(keeping: []).isEmpty)
    #expect(graph.nodeCount == 0)
    #expect(graph.byteCount == 0)
    let b = graph.leaf(4)
    #expect((b * 3).data == 12)
    #expect(b.gradient == nil)
  }

  @Test func arraysLiveWhole() throws {
    let graph = Graph()
    _ = try graph.recordLeaf([7, 7, 7])
    let v = try graph.recordLeaf((0..<200).map(Double.init))
    let s = try graph.record(.negate, v + 150)
    _ = try graph.recordStack([v, s], origin: .unknown)
    let t = try graph.recordStack([s, v + 3, s], origin: Origin(9))
    let u = try graph.record(.add, t + 1, t + 2)
    let relocation = try #require(graph.compact(keeping: [u..<u + 1]))
    graph.tape.pointee.checkInvariants()
    #expect(graph.nodeCount == 4)
    let (v2, t2) = (try #require(relocation.newSlot(v)), try #require(relocation.newSlot(t)))
    let u2 = try #require(relocation.newSlot(u))
    #expect((v2..<v2 + 200).map(graph.data) == (0..<200).map(Double.init))
    #expect((t2..<t2 + 3).map(graph.data) == [-150, 3, -150])
    #expect(graph.tape.pointee.nodes[2].origin == Origin(9))
    graph.setData(1000, at: v2 + 150)
    try graph.forwardAll()
    #expect(graph.data(at: u2) == -997)
    try graph.backward(from: u2)
    #expect(graph.gradient(at: v2 + 150) == -1)
    #expect(graph.gradient(at: v2 + 3) == 1)
  }

  @Test func threeOperandsAndGuardsLive() throws {
    let graph = Graph()
    let (x, y) = (try graph.recordLeaf(1), try graph.recordLeaf(2))
    _ = try graph.record(.select, y, y, y)
    let z = try graph.record(.select, x, y, x)
    try graph.recordBranchGuard(x, origin: Origin(3))
    let w = try graph.record(.sin, y)
    try graph.recordBranchGuard(w, origin: Origin(4))
    _ = try graph.recordLeaf(5)  // what the last guard let be recorded, and nothing needs
    let relocation = try #require(graph.compact(keeping: [z..<z + 1]))
    graph.tape.pointee.checkInvariants()
    #expect(graph.nodeCount == 5, "two leaves, two records of `where`, a guard")
    let (x2, z2) = (try #require(relocation.newSlot(x)), try #require(relocation.newSlot(z)))
    #expect(relocation.newSlot(w) == nil)
    graph.setData(0, at: x2)
    let report = try graph.forwardAll()
    #expect(report.trippedGuards == [Origin(3)])
    #expect(graph.data(at: z2) == 0)
  }

  @Test func worthwhileOnlyWhenEnoughIsDead() throws {
    let graph = Graph()
    let a = try graph.recordLeaf(1)
    let b = try graph.record(.sin, a)
    _ = try graph.record(.sin, a)
    _ = try graph.record(.sin, a)
    let mark = graph.mark
    #expect(graph.compact(keeping: [b..<b + 1], worthwhile: 0.6) == nil)
    #expect(graph.mark == mark)
    #expect(graph.compact(keeping: [b..<b + 1], worthwhile: 0.4) != nil)
    #expect(graph.nodeCount == 2)
  }

  /// What was recorded after a change is fresh, also when the tape has become shorter meanwhile.
  @Test func stalenessMovesAlong() {
    let graph = Graph()
    var a = graph.leaf(2)
    for _ in 0..<100 { _ = a.sin() }
    var b = a * 3
    a.data = 4
    (a, b) = { ($0[0], $0[1]) }(graph.compact(keeping: [a, b]))
    let c = a * 3
    #expect([b, c].map(\.isStale) == [true, false])
    graph.forward()
    #expect([b, c].map(\.data) == [12, 12])
    a.data = 5
    #expect([b, c].map(\.isStale) == [true, true])
  }

  @Test func staleGradientsStayStale() {
    let graph = Graph()
    let a = graph.leaf(2)
    let b = a * a
    let L = b * a
    L.backward()
    a.data = 4
    let kept = graph.compact(keeping: [a, b])  // without the root
    #expect(kept.map(\.isGradientStale) == [true, true])
  }

  /// Also when the root is gone only what it depended on makes gradients stale.
  @Test func otherLeavesDoNot() {
    let graph = Graph()
    let (a, b) = (graph.leaf(2), graph.leaf(3))
    let c = b * 2
    (a * a + 1).backward()
    var kept = graph.compact(keeping: [a, b, c])
    kept[1].data = 5
    #expect(kept.map(\.isGradientStale) == [false, false, false])
    kept = graph.compact(keeping: kept)
    kept[0].data = 4
    #expect(kept.map(\.isGradientStale) == [true, false, false])
  }

  /// A loop that compacts now and then runs in the memory of one step.
  @Test func memoryStaysFlat() {
    let graph = Graph()
    var w = graph.leaf(0)
    var most = 0
    for step in 1...3000 {
      let loss = (w - 3).power(2)
      loss.backward()
      w.data -= 0.1 * (w.gradient ?? .nan)
      if step % 10 == 0 {
        most = max(most, graph.byteCount)
        w = graph.compact(keeping: [w])[0]
      }
    }
    expectClose(w.data, 3, relative: 1e-9)
    #expect(most < 4096)
    #expect(graph.nodeCount == 1)
  }

  // MARK: Random sessions

  /// The same random session with and without compactions shows the same numbers.
  @Test(arguments: UInt64(1)...30)
  func compactionIsInvisible(_ seed: UInt64) throws {
    var (plain, compacting) = (RandomSession(), RandomSession())
    var random = SplitMix64(seed: seed)
    for _ in 0..<400 {
      let action = RandomSession.Action(&random)
      try plain.perform(action)
      try compacting.perform(action)
      if Int.random(in: 0..<12, using: &random) == 0 { try compacting.compact() }
      if Int.random(in: 0..<8, using: &random) == 0 { compare(plain, compacting) }
    }
    #expect(compacting.graph.nodeCount < plain.graph.nodeCount)
  }

  private func compare(_ plain: RandomSession, _ compacting: RandomSession) {
    compacting.graph.tape.pointee.checkInvariants()
    for (x, y) in zip(plain.registers, compacting.registers) {
      expectSame(plain.graph.data(at: x), compacting.graph.data(at: y))
      expectSame(
        plain.graph.gradient(at: x) ?? -1e99, compacting.graph.gradient(at: y) ?? -1e99, "gradient")
      #expect(plain.graph.isStale(x) == compacting.graph.isStale(y))
      #expect(plain.label(of: x) == compacting.label(of: y))
      #expect(plain.graph.isLeaf(x) == compacting.graph.isLeaf(y))
      // With its root gone one that was swept over stale values counts as stale, to be on the safe side.
      if plain.graph.isGradientStale(at: x) { #expect(compacting.graph.isGradientStale(at: y)) }
    }
  }
}
