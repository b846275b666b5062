import Autograd

/// How the gradients of a saved graph come about again: by a sweep where that gives the same bits, and
/// one by one where it does not.
struct SavedGradients {
  /// What gives all nodes before `boundary` gradients.
  enum Beginning {
    case nothing
    case zero
    /// The sweeps from these slots, each added to those before.
    case sweeps([Int32])
  }

  let beginning: Beginning
  /// The first node without a gradient; beyond the last one where all have one.
  let boundary: Int
  /// Nodes whose gradients are set by hand, in order.
  let overridden: [Int]
  /// Whether gradients count as out of date.
  let areOld: Bool

  /// Whether a node was sorted in an order that its data may no longer have: a sweep goes by the old one.
  private static func isSortedAnew(_ node: Int, _ saved: SavedGraph) -> Bool {
    let tape = saved.graph.tape.pointee
    guard tape.nodes[node].operation == .array else { return false }
    let sorting: [ArrayOperation] = [.whole(.sort), .whole(.arrange), .whole(.disarrange)]
    return sorting.contains(tape.arrayRecord(of: node).operation)
      && saved.graph.isStale(saved.slots(node).lowerBound)
  }

  init(_ saved: SavedGraph) {
    let graph = saved.graph
    let values = saved.values
    func isPresent(_ node: Int) -> Bool {
      saved.slots(node).allSatisfy { graph.gradient(at: $0) != nil }
    }
    let boundary = values.first { !isPresent($0) } ?? saved.live.count
    self.boundary = boundary
    var base: [Double] = []
    let roots = graph.sweptRoots
    let tape = graph.tape.pointee
    let areRootsKnown =
      !roots.isEmpty && !saved.isSimplified && !graph.hasLostSweptRoots
      && roots.allSatisfy { tape.node(at: $0).map { saved.live[$0] && $0 < boundary } ?? false }
    if values.first.map({ $0 >= boundary }) ?? true {
      beginning = .nothing
    } else if areRootsKnown {
      beginning = .sweeps(roots)
      base = graph.adjoints(ofSweepsFrom: roots)
    } else {
      beginning = .zero
    }
    let isOrderKnown = !values.contains { SavedGradients.isSortedAnew($0, saved) }
    overridden = values.filter { node in
      if node < boundary, !isOrderKnown { return true }
      return saved.slots(node).contains { slot in
        let expected: Double? =
          node < boundary ? (Int(slot) < base.count ? base[Int(slot)] : 0) : nil
        return graph.gradient(at: slot)?.bitPattern != expected?.bitPattern
      }
    }
    areOld = graph.hasOldGradients
  }
}
