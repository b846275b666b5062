import Autograd
import TestSupport
import Testing

/// Changed leaves, staleness, and running the recorded program again.
@Suite struct ForwardTests {
  @Test func nudge() {
    let graph = Graph()
    let a = graph.leaf(2)
    let b = a * 3
    let L = b + 1
    a.data = 4
    #expect([a, b, L].map(\.isStale) == [false, true, true])
    #expect([a, b, L].map(\.data) == [4, 6, 7])
    L.forward()
    #expect([a, b, L].map(\.isStale) == [false, false, false])
    #expect([a, b, L].map(\.data) == [4, 12, 13])
  }

  @Test func forwardOfOneTargetLeavesOthersStale() {
    let graph = Graph()
    let a = graph.leaf(2)
    let (b, c) = (a * 3, a * 5)
    let (K, L) = (b + 1, b + c)
    a.data = 4
    K.forward()
    #expect([b, c, K, L].map(\.isStale) == [false, true, false, true])
    #expect([b, c, K, L].map(\.data) == [12, 10, 13, 16])
    graph.forward()
    #expect([b, c, K, L].map(\.isStale) == [false, false, false, false])
    #expect([b, c, K, L].map(\.data) == [12, 20, 13, 32])
  }

  @Test func whatIsRecordedAfterTheChangeIsFresh() {
    let graph = Graph()
    let a = graph.leaf(2)
    let b = a * 3
    a.data = 4
    let c = a * 3
    let d = c + b  // b is stale, so this is too
    #expect([b, c, d].map(\.isStale) == [true, false, true])
    #expect(c.data == 12)
    graph.forward()
    #expect([b, c, d].map(\.data) == [12, 12, 24])
    let e = d + a
    #expect([b, c, d, e].map(\.isStale) == [false, false, false, false])
  }

  /// The second run may not repeat the first, which left out a node that was fresh then.
  @Test func changeRecordForwardChange() {
    let graph = Graph()
    let a = graph.leaf(1)
    let b = a * 10
    a.data = 2
    let c = a * 100
    graph.forward()
    #expect([b, c].map(\.data) == [20, 200])
    a.data = 3
    #expect([b, c].map(\.isStale) == [true, true])
    a.data = 4
    graph.forward()
    #expect([b, c].map(\.data) == [40, 400])
    a.data = 5
    graph.forward()
    #expect([b, c].map(\.data) == [50, 500])
  }

  /// The same without looking, since looking has effects of its own.
  @Test func changeRecordForwardChangeUnseen() {
    let graph = Graph()
    let a = graph.leaf(1)
    let b = a * 10
    a.data = 2
    let c = a * 100
    graph.forward()
    a.data = 3
    graph.forward()
    #expect([b, c].map(\.data) == [30, 300])
    a.data = 4
    c.forward()
    a.data = 5
    c.forward()
    #expect(c.data == 500)
    graph.forward()
    #expect(b.data == 50)
  }

  @Test func repeatedForward() {
    let graph = Graph()
    let (a, b) = (graph.leaf(0), graph.leaf(0))
    let s = a.sin() * b
    let t = s + a
    for step in 1...20 {
      a.data = Double(step)
      if step % 3 != 0 { b.data = Double(step * step) }
      if step % 5 == 0 { graph.forward() } else { t.forward() }
      #expect(
        t.data == BinaryOperation.multiply.value(UnaryOperation.sin.value(a.data), b.data) + a.data)
      #expect(![s, t].contains { $0.isStale })
    }
    #expect(graph.forward() == 0)
  }

  @Test func trainingLoopOverOneGraph() {
    let graph = Graph()
    let w = graph.leaf(0)
    let loss = (w - 3).power(2)
    for _ in 0..<200 {
      loss.forward()
      loss.backward()
      w.data -= 0.1 * (w.gradient ?? .nan)
    }
    expectClose(w.data, 3, relative: 1e-12)
  }

  @Test func setDataTwiceCountsOnce() throws {
    let graph = Graph()
    let a = graph.leaf(0)
    let b = a + 1
    for step in 0..<1000 { a.data = Double(step) }
    let report = try graph.forwardAll()
    #expect(report.recomputed == 1)
    #expect(b.data == 1000)
  }

  /// Only what depends on a change is computed anew.
  @Test func recomputesOnlyWhatIsStale() throws {
    let graph = Graph()
    let (x, y) = (try graph.recordLeaf(1), try graph.recordLeaf(2))
    let one = try graph.record(.sin, x)
    let two = try graph.record(.select, y, y, y)
    _ = try graph.record(.cos, one)
    graph.setData(5, at: x)
    #expect(try graph.forwardAll().recomputed == 2)
    #expect(try graph.forwardAll().recomputed == 0)
    graph.setData(7, at: y)
    #expect(try graph.forwardAll().recomputed > 0)
    #expect(graph.data(at: two) == 7)
    graph.setData(6, at: x)
    #expect(try graph.forward(to: two).recomputed == 0)
    #expect(graph.isStale(one))
  }

  @Test func arraysAreComputedAnew() throws {
    let graph = Graph()
    let v = try graph.recordLeaf([1, 2])
    let s = try graph.record(.add, v, v + 1)
    let t = try graph.recordStack([v + 1, s], origin: .unknown)
    let u = try graph.record(.multiply, t, t + 1)
    graph.setData(10, at: v + 1)
    #expect([s, t, t + 1, u].map(graph.isStale) == [true, true, true, true])
    _ = try graph.forward(to: u)
    #expect([s, t, t + 1, u].map(graph.data) == [11, 10, 11, 110])
    #expect(![s, t, t + 1, u].contains(where: graph.isStale))
  }

  @Test func conditionsAreComputedAnew() throws {
    let graph = Graph()
    let x = try graph.recordLeaf(1)
    let zero = try graph.recordConstant(0)
    let isPositive = try graph.record(.greater, x, zero)
    let y = try graph.record(.select, isPositive, x, zero)
    graph.setData(-2, at: x)
    _ = try graph.forward(to: y)
    try graph.backward(from: y)
    #expect(graph.data(at: y) == 0)
    #expect(graph.gradient(at: x) == 0)
  }

  // MARK: Guards

  @Test func guardsTrip() throws {
    let graph = Graph()
    let x = try graph.recordLeaf(1)
    let zero = try graph.recordConstant(0)
    let isPositive = try graph.record(.greater, x, zero)
    try graph.recordBranchGuard(isPositive, origin: Origin(17))
    let index = try graph.record(.floor, x)
    try graph.recordIndexGuard(index, origin: Origin(18))
    let y = try graph.record(.negate, x)
    func tripped(_ data: Double, strict: Bool = false) throws -> [Origin] {
      graph.setData(data, at: x)
      return try graph.forward(to: y, strict: strict).trippedGuards
    }
    #expect(try tripped(1.5) == [])
    #expect(try tripped(2.5) == [Origin(18)])
    #expect(try tripped(-1) == [Origin(17), Origin(18)])
    #expect(graph.data(at: y) == 1)
    #expect(throws: GraphError.guardTripped(Origin(17))) { try tripped(-3, strict: true) }
    #expect(graph.data(at: y) == 1, "a refused run changes nothing")
    #expect(graph.isStale(y))
    #expect(try tripped(1.25, strict: true) == [])
    #expect(graph.data(at: y) == -1.25)
  }

  @Test func trapNamesTheFirstNonFiniteNumber() throws {
    let graph = Graph()
    let x = try graph.recordLeaf(1)
    let y = try graph.record(.log, x)
    let z = try graph.record(.negate, y)
    graph.setData(0, at: x)
    #expect(throws: GraphError.nonFinite(NodeIndex(1), value: -.infinity)) {
      try graph.forward(to: Int32?.none, trap: true)
    }
    #expect([y, z].map(graph.data) == [0, 0])
    let report = try graph.forwardAll()
    #expect(report.firstNonFinite == NodeIndex(1))
    #expect([y, z].map(graph.data) == [-.infinity, .infinity])
  }

  // MARK: Gradients of changed data

  @Test func gradientsGoStaleWithTheirData() {
    let graph = Graph()
    let (a, b, c) = (graph.leaf(2), graph.leaf(3), graph.leaf(5))
    let L = a * b
    let M = c * 2
    L.backward()
    #expect(![a, b, c, L].contains { $0.isGradientStale })
    c.data = 6  // not in L's graph
    #expect(![a, b, c, L, M].contains { $0.isGradientStale })
    a.data = 7
    #expect([a, b, c, L].map(\.isGradientStale) == [true, true, false, true])
    L.forward()
    #expect(b.isGradientStale)
    L.backward()
    #expect(![a, b, c, L].contains { $0.isGradientStale })
    #expect(b.gradient == 7)
  }

  /// Gradients swept over stale values are stale once these have been computed anew.
  @Test func forwardAfterBackward() {
    let graph = Graph()
    let a = graph.leaf(2)
    let b = a * a
    let L = b * b
    a.data = 3
    L.backward()
    #expect(b.gradient == 8, "with the data there was")
    L.forward()
    #expect(b.isGradientStale)
    L.backward()
    #expect(!b.isGradientStale)
    #expect(a.gradient == 108)
  }

  /// Forward over another graph is nothing to the gradients of this one.
  @Test func forwardElsewhereLeavesGradientsFresh() throws {
    let graph = Graph()
    let (a, c) = (try graph.recordLeaf(2), try graph.recordLeaf(5))
    let L = try graph.record(.select, a, a, a)
    let M = try graph.record(.select, c, c, c)
    try graph.backward(from: L)
    graph.setData(6, at: c)
    _ = try graph.forward(to: M)
    #expect(!graph.isGradientStale(at: a))
    graph.setData(7, at: c)
    try graph.forwardAll()
    #expect(!graph.isGradientStale(at: a))
    #expect(graph.data(at: M) == 7)
    let lone = try graph.recordLeaf(1)
    graph.setData(2, at: lone)
    try graph.forwardAll()
    #expect(!graph.isGradientStale(at: a))
  }

  @Test func zeroedGradientsAreNotStale() {
    let graph = Graph()
    let a = graph.leaf(2)
    let L = a * a
    L.backward()
    a.data = 3
    #expect(a.isGradientStale)
    graph.zeroAllGradients()
    #expect(!a.isGradientStale)
    L.backward(accumulate: true)
    #expect(!a.isGradientStale)
    a.data = 4
    L.backward(accumulate: true)
    #expect(a.isGradientStale, "part of the sum is of the old data")
  }

  // MARK: Random programs

  @Test(arguments: UInt64(1)...20)
  func forwardEqualsRecordingAnew(_ seed: UInt64) throws {
    let program = RandomProgram(leafCount: 5, stepCount: 60, seed: seed)
    let graph = Graph()
    let slots = try program.record(in: graph)
    var random = SplitMix64(seed: seed)
    var leaves = program.leaves
    for _ in 0..<20 {
      for leaf in leaves.indices where Bool.random(using: &random) {
        leaves[leaf] = Double.random(in: -2...2, using: &random)
        graph.setData(leaves[leaf], at: slots[leaf])
      }
      let values = program.run(leaves)
      let target = Int.random(in: leaves.count..<slots.count, using: &random)
      if Bool.random(using: &random) {
        try graph.forwardAll()
        for (slot, value) in zip(slots, values) { expectSame(graph.data(at: slot), value) }
      } else if !graph.isConstant(slots[target]) {
        _ = try graph.forward(to: slots[target])
        #expect(!graph.isStale(slots[target]))
        expectSame(graph.data(at: slots[target]), values[target])
      }
      // What does not count as stale is up to date.
      for (slot, value) in zip(slots, values) where !graph.isStale(slot) {
        expectSame(graph.data(at: slot), value)
      }
    }
  }
}
