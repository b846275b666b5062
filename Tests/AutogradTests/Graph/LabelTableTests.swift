import Autograd
import TestSupport
import Testing

@Suite struct LabelTableTests {
  @Test func namesAreNumbered() {
    let graph = Graph()  // the table's storage is the graph's
    let (a, b) = (graph.labels.intern("a"), graph.labels.intern("b"))
    #expect(graph.labels.intern("a") == a)
    #expect(a != b)
    #expect(graph.labels.text(a) == "a")
    #expect(graph.labels.text(b) == "b")
  }

  @Test func labelsInAnyOrder() {
    let graph = Graph()  // the table's storage is the graph's
    let slots: [Int32] = [3, 10, 7, 1, 8, 200]
    for slot in slots { graph.labels.label(slot, graph.labels.intern("s\(slot)")) }
    for slot in Int32(0)...210 {
      let expected = slots.contains(slot) ? "s\(slot)" : nil
      #expect(graph.labels[slot].map(graph.labels.text) == expected)
    }
  }

  @Test func theFirstNameStays() {
    let graph = Graph()  // the table's storage is the graph's
    let (a, b) = (graph.labels.intern("a"), graph.labels.intern("b"))
    graph.labels.label(5, a)
    graph.labels.label(5, b)
    graph.labels.label(9, a)
    graph.labels.label(7, a)
    graph.labels.label(7, b)
    graph.labels.label(9, b)
    #expect([5, 7, 9].map { graph.labels[$0] } == [a, a, a])
  }

  /// Also when the newest labelled slot has gone, so that an older one is the last again.
  @Test func theFirstNameStaysAfterCompaction() {
    let graph = Graph()
    let values = (0..<3).map { graph.leaf(Double($0)) }
    values[0].labelled("zero")
    values[2].labelled("two")
    values[1].labelled("one")
    let kept = graph.compact(keeping: [values[0], values[1]])
    kept[1].labelled("late")
    #expect(kept.map(\.label) == ["zero", "one"])
  }

  @Test func theFirstNameStaysAfterTruncation() throws {
    let graph = Graph()
    let (x, y) = (try graph.recordLeaf(0), try graph.recordLeaf(1))
    let mark = graph.mark
    let z = try graph.recordLeaf(2)
    for (slot, name) in [(z, "z"), (y, "y"), (x, "x")] {
      graph.labels.label(slot, graph.labels.intern(name))
    }
    graph.truncate(to: mark)
    for slot in [x, y] { graph.labels.label(slot, graph.labels.intern("late")) }
    #expect([x, y].map { graph.labels[$0].map(graph.labels.text) } == ["x", "y"])
  }

  @Test func agreesWithADictionary() {
    var random = SplitMix64(seed: 5)
    let graph = Graph()  // the table's storage is the graph's
    var dictionary: [Int32: Int32] = [:]
    for _ in 0..<2000 {
      let slot = Int32.random(in: 0..<500, using: &random)
      let name = graph.labels.intern("n\(Int.random(in: 0..<30, using: &random))")
      graph.labels.label(slot, name)
      dictionary[slot] = dictionary[slot] ?? name
    }
    for slot in Int32(0)..<500 { #expect(graph.labels[slot] == dictionary[slot]) }
  }
}
