import Autograd

/// A name of the session that stands for a value of the graph.
struct SavedName {
  let name: String
  let slot: Int32
  let shape: Shape
  /// Whether it is a built-in's: it is bound last, so that all else can still use that.
  let isBuiltin: Bool
}

/// What of a graph is saved, and what has to be known of each node before the first is written.
struct SavedGraph {
  let graph: Graph
  let names: [SavedName]
  /// Whether the graph is too large: each value that has a name becomes a leaf.
  let isSimplified: Bool
  /// The records that are written, by index.
  private(set) var live: [Bool]

  /// How often a node is an operand.
  private(set) var uses: [Int32]
  /// The last node that one is an operand of.
  private(set) var lastUse: [Int]
  /// Nodes that need a name, though a value may be used but once.
  private(set) var standing: Set<Int> = []
  /// The names whose values begin in a node.
  private(set) var namesAt: [Int: [SavedName]] = [:]
  /// The labels of a node's slots, in their order.
  private(set) var labelsAt: [Int: [(slot: Int32, name: String)]] = [:]
  /// How often a long plain array is an operand, by slot.
  private(set) var constantUses: [Int32: Int] = [:]

  /// More values than this are not written as they were computed.
  static let nodeLimit = 10_000

  /// - Parameters:
  ///   - names: the names of the graph's values.
  ///   - held: values that functions hold.
  init(_ graph: Graph, names: [SavedName], held: [Range<Int32>], mustSimplify: Bool) {
    self.graph = graph
    self.names = names
    let slots = names.map { $0.slot..<$0.slot + Int32($0.shape.count) } + held
    let roots = graph.hasLostSweptRoots ? [] : graph.sweptRoots
    let tape = graph.tape.pointee
    func isTooLarge(_ live: [Bool]) -> Bool {
      live.indices.count { live[$0] && tape.nodes[$0].operation.hasValue } > SavedGraph.nodeLimit
    }
    let needed = slots + roots.map { $0..<$0 + 1 }
    var live = graph.live(from: needed)
    isSimplified = mustSimplify || isTooLarge(live)
    if isSimplified {
      live = [Bool](repeating: false, count: live.count)
      for run in slots { if let node = tape.node(at: run.lowerBound) { live[node] = true } }
    }
    self.live = live
    uses = [Int32](repeating: 0, count: live.count)
    lastUse = [Int](repeating: -1, count: live.count)
    countUses()
    for name in names {
      guard let node = tape.node(at: name.slot) else { continue }
      namesAt[node, default: []].append(name)
      standing.insert(node)
    }
    for run in held { if let node = tape.node(at: run.lowerBound) { keep(node) } }
    for (slot, name) in graph.labels.all {
      guard let node = tape.node(at: slot), live[node] else { continue }
      labelsAt[node, default: []].append((slot, graph.labels.text(name)))
      standing.insert(node)
    }
  }

  /// Sees to it that a node can be referred to until the end.
  mutating func keep(_ node: Int) {
    standing.insert(node)
    lastUse[node] = .max
  }

  /// Sees to it that a node can be referred to until another has been written.
  mutating func use(_ node: Int, until place: Int) { lastUse[node] = max(lastUse[node], place) }

  /// Whether a node is written as a leaf.
  func isLeaf(_ node: Int) -> Bool {
    isSimplified || graph.tape.pointee.nodes[node].operation == .leaf
  }

  /// The nodes that are written and have a value.
  var values: [Int] {
    live.indices.filter { live[$0] && graph.tape.pointee.nodes[$0].operation.hasValue }
  }

  /// A node's slots.
  func slots(_ node: Int) -> Range<Int32> {
    let first = Int32(graph.tape.pointee.slot(of: node))
    return first..<first + Int32(graph.tape.pointee.count(of: node))
  }

  /// The nodes that a node uses, in the order in which an expression computes them; a node may stand
  /// several times.
  func operands(of index: Int) -> [Int] {
    let tape = graph.tape.pointee
    if isLeaf(index) { return [] }
    switch tape.nodes[index].operation {
    case .leaf, .operand: return []
    case .unary, .binary, .ternary:
      return graph.scalarOperands(of: index).compactMap { tape.node(at: $0) }
    case .stack: return graph.stacked(by: index).compactMap { tape.node(at: $0) }
    case .array:
      return tape.arrayRecord(of: index).operands.compactMap {
        $0.isConstant ? nil : tape.node(at: $0.slot)
      }
    case .branchGuard, .indexGuard:
      return tape.node(at: graph.guarded(by: index).slot).map { [$0] } ?? []
    }
  }

  private mutating func countUses() {
    let tape = graph.tape.pointee
    for index in live.indices where live[index] {
      for operand in operands(of: index) {
        uses[operand] += 1
        lastUse[operand] = index
      }
      switch tape.nodes[index].operation {
      case .branchGuard, .indexGuard: standing.formUnion(operands(of: index))
      case .array where !isLeaf(index):
        for operand in tape.arrayRecord(of: index).operands
        where operand.isConstant && operand.shape.rank > 0 {
          constantUses[operand.slot, default: 0] += 1
        }
      case .leaf, .unary, .binary, .ternary, .stack, .array, .operand: break
      }
    }
  }
}
