/// The ways on which a change reaches a result: how many there are, and which weigh most.
///
/// The derivative is the sum over all paths of the products of the local derivatives along them. There
/// may be 2ⁿ paths in a graph of n values, so they are counted, not walked: from the result down each
/// value has as many paths as its users together, and its largest products are among theirs.
struct PathSearch {
  /// So many of the largest are kept.
  static let limit = 5

  /// A path to a value: the last step of it, and the rest, which stands with a user.
  private struct Candidate {
    let user: Int
    let rank: Int
    let factor: Double
    let product: Double
  }

  /// The paths from a drawing's root to one of its values.
  static func paths(in drawing: GraphDrawing, to value: Int) -> GraphDrawing.Paths? {
    guard let root = drawing.roots.first, drawing.values.indices.contains(value) else { return nil }
    var counts = [Double](repeating: 0, count: drawing.values.count)
    var best = [[Candidate]](repeating: [], count: drawing.values.count)
    counts[root] = 1
    best[root] = [Candidate(user: -1, rank: 0, factor: 1, product: 1)]
    for step in drawing.sweep {
      for share in step.contributions {
        counts[share.operand] += counts[step.value]
        guard let local = share.local else { continue }
        let longer = best[step.value].enumerated().map { rank, path in
          Candidate(user: step.value, rank: rank, factor: local, product: path.product * local)
        }
        best[share.operand] = Array(
          (best[share.operand] + longer).enumerated().sorted {
            ($1.element.product.magnitude, $0.offset) < ($0.element.product.magnitude, $1.offset)
          }.map(\.element).prefix(limit))
      }
    }
    let largest = best[value].indices.map { path(to: value, $0, best) }
    return GraphDrawing.Paths(value: value, count: counts[value], largest: largest)
  }

  private static func path(
    to value: Int, _ rank: Int, _ best: [[Candidate]]
  ) -> GraphDrawing.Path {
    var values = [value]
    var factors: [Double] = []
    var (at, rank) = (value, rank)
    let product = best[at][rank].product
    while best[at][rank].user >= 0 {
      let step = best[at][rank]
      factors.append(step.factor)
      values.append(step.user)
      (at, rank) = (step.user, step.rank)
    }
    return GraphDrawing.Path(values: values, factors: factors, product: product)
  }
}
