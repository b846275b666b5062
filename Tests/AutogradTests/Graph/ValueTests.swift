import Autograd
import TestSupport
import Testing

/// What a handle on a number promises, and what it refuses.
@Suite struct ValueTests {
  @Test func labels() {
    let graph = Graph()
    let x = graph.leaf(1)
    #expect(x.label == nil)
    #expect(x.labelled("x").label == "x")
    #expect(x.labelled("y").label == "x", "the first name stays")
    #expect(graph.leaf(2, label: "z").label == "z")
  }

  @Test func valuesKeepTheirGraphAlive() {
    func make() -> Value { Graph().leaf(3) * 2 }
    let value = make()
    #expect(value.data == 6)
    value.backward()
    #expect(value.gradient == 1)
  }

  @Test func twoGraphsAreIndependent() {
    let (g, h) = (Graph(), Graph())
    let (x, y) = (g.leaf(1), h.leaf(2))
    (x * 3).backward()
    #expect(x.gradient == 3)
    #expect(y.gradient == nil)
    _ = g.compact(keeping: [x])
    #expect(y.data == 2)
  }

  #if !os(iOS)
    @Test func mixingGraphsTraps() async {
      await #expect(processExitsWith: .failure) { _ = Graph().leaf(1) + Graph().leaf(2) }
    }

    @Test func anotherGraphsValuesTrap() async {
      await #expect(processExitsWith: .failure) { _ = Graph().compact(keeping: [Graph().leaf(1)]) }
      await #expect(processExitsWith: .failure) { Graph().forward(to: Graph().leaf(1)) }
    }

    @Test func usingAValueAfterACompactionTraps() async {
      await #expect(processExitsWith: .failure) {
        let graph = Graph()
        let x = graph.leaf(1)
        _ = graph.compact(keeping: [x])
        _ = x.data
      }
    }

    @Test func settingAResultTraps() async {
      await #expect(processExitsWith: .failure) {
        let x = Graph().leaf(1)
        (x + 1).data = 3
      }
    }

    @Test func aGraphThatIsTooLargeTraps() async {
      await #expect(processExitsWith: .failure) {
        var x = Graph(nodeLimit: 10).leaf(1)
        for _ in 0..<20 { x = x.sin() }
      }
    }
  #endif
}
