import Autograd

/// A number that is not what it should be; thrown, it makes the exit status 1.
struct Mismatch: Error {
  let name: String
  let actual: Double?
  let expected: Double
}

/// A program such as users of the library write, with its public API alone.
@main
enum Downstream {
  static func main() throws {
    try documentation()
    try founding()
    try training()
  }

  static func check(_ name: String, _ actual: Double?, _ expected: Double) throws {
    print(name, "=", actual.map { "\($0)" } ?? "–")
    if actual != expected { throw Mismatch(name: name, actual: actual, expected: expected) }
  }

  /// The example in the documentation of `Graph`.
  static func documentation() throws {
    let graph = Graph()
    let a = graph.leaf(2, label: "a")
    let b = graph.leaf(-3, label: "b")
    let L = (a * b + 10) * -2
    L.backward()
    try check("L", L.data, -8)
    try check("dL/da", a.gradient, 6)
    try check("dL/db", b.gradient, -4)
  }

  /// The graph with which the project began, and a nudge.
  static func founding() throws {
    let graph = Graph()
    let a = graph.leaf(2, label: "a")
    let b = graph.leaf(-3, label: "b")
    let c = graph.leaf(10, label: "c")
    let f = graph.leaf(-2, label: "f")
    let d = (a * b + c).labelled("d")
    let L = (d * f).labelled("L")
    L.backward()
    let expected = [(a, 6.0), (b, -4), (c, -2), (d, -2), (f, 4), (L, 1)]
    for (value, gradient) in expected {
      try check("dL/d\(value.label ?? "?")", value.gradient, gradient)
    }
    a.data = 3
    L.forward()
    try check("L", L.data, -2)
  }

  /// A neuron learns the logical or; its graph is made once and run again for every step.
  static func training() throws {
    let graph = Graph()
    let weights = (0..<3).map { graph.leaf(Double($0) - 1, label: "w\($0)") }
    let rows: [(x: Double, y: Double, target: Double)] = [
      (0, 0, 0), (0, 1, 1), (1, 0, 1), (1, 1, 1),
    ]
    let outputs = rows.map { (weights[0] + weights[1] * $0.x + weights[2] * $0.y).sigmoid() }
    let misses = zip(outputs, rows).map { ($0 - $1.target).power(2) }
    let loss = misses.dropFirst().reduce(misses[0], +)
    for _ in 0..<2000 {
      loss.forward()
      loss.backward()
      for weight in weights { weight.data -= 2 * (weight.gradient ?? 0) }
    }
    loss.forward()
    for (output, row) in zip(outputs, rows) {
      try check("\(row.x) or \(row.y)", output.data.rounded(), row.target)
    }
    let kept = graph.compact(keeping: weights)
    try check("nodes kept", Double(graph.nodeCount), 3)
    try check("trained", kept[0].data < 0 ? 1 : 0, 1)
  }
}
