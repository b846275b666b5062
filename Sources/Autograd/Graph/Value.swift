/// A number in a graph: what a Swift program computes with.
///
/// A value knows its graph. Operators and functions on values record nodes in it; a plain number in
/// an expression enters the graph as a constant. Using values of two graphs together, or a value
/// from before a compaction that did not keep it, is a programming error and traps.
public struct Value {
  /// The graph that the value belongs to.
  public let graph: Graph
  let slotIndex: Int32
  /// Whether it is a plain number that stands in an expression: it has no node.
  let isConstant: Bool
  let generation: Int

  init(_ graph: Graph, _ slot: Int32, isConstant: Bool = false) {
    self.graph = graph
    slotIndex = slot
    self.isConstant = isConstant
    generation = graph.generation
  }

  /// The place of the value in the graph's buffers.
  public var slot: Slot { Slot(Int(slotIndex)) }

  /// The number. Setting it is for leaves; what was computed from a leaf is then stale until
  /// `forward`. Setting it on another value traps.
  public var data: Double {
    get {
      checkUsable()
      return graph.data(at: slotIndex)
    }
    nonmutating set {
      checkUsable()
      precondition(graph.isLeaf(slotIndex), "only a leaf's data can be set")
      graph.setData(newValue, at: slotIndex)
    }
  }

  /// The derivative of the last `backward` root with respect to this value; nil before any.
  public var gradient: Double? {
    get {
      checkUsable()
      return graph.gradient(at: slotIndex)
    }
    nonmutating set {
      checkUsable()
      graph.trapOnError { () throws(GraphError) in
        try graph.setGradient(newValue ?? Tape.absent, at: slotIndex)
      }
    }
  }

  /// Whether the value was computed from data that has changed since.
  public var isStale: Bool {
    checkUsable()
    return graph.isStale(slotIndex)
  }

  /// Whether the gradient was computed with data that has changed since.
  public var isGradientStale: Bool {
    checkUsable()
    return graph.isGradientStale(at: slotIndex)
  }

  /// The name under which the value is drawn; the first one given stays.
  public var label: String? {
    checkUsable()
    return graph.labels[slotIndex].map(graph.labels.text)
  }

  /// Names the value and returns it.
  @discardableResult
  public func labelled(_ name: String) -> Value {
    checkUsable()
    graph.labels.label(slotIndex, graph.labels.intern(name))
    return self
  }

  /// Sets every node's gradient to the derivative of this value with respect to it.
  ///
  /// Calling it twice changes nothing; `accumulate` adds onto the present gradients instead.
  /// Nodes that this value does not depend on get 0. O(nodes before this one).
  public func backward(accumulate: Bool = false) {
    checkUsable()
    graph.trapOnError { () throws(GraphError) in
      try graph.backward(from: slotIndex, accumulate: accumulate)
    }
  }

  /// Computes this value anew from leaves whose data has changed.
  public func forward() {
    checkUsable()
    graph.forward(to: self)
  }

  func checkUsable() {
    precondition(
      generation == graph.generation, "this value is from before the graph was compacted")
  }
}

extension Value: CustomStringConvertible {
  /// `L | data -8.0 | grad 1.0`, with `–` for a gradient that was never computed.
  public var description: String {
    let gradient = gradient.map { "\($0)" } ?? "–"
    return "\(label.map { $0 + " | " } ?? "")data \(data) | grad \(gradient)"
  }
}

extension Graph {
  /// Adds a leaf: a number with a gradient. Traps where the graph has no room for it.
  public func leaf(_ data: Double, label: String? = nil) -> Value {
    let value = trapOnError { () throws(GraphError) in Value(self, try recordLeaf(data)) }
    if let label { value.labelled(label) }
    return value
  }

  /// Computes anew what depends on changed leaves: what `target` needs, or everything.
  ///
  /// - Returns: the number of conditions (`branchGuard`s) that would now go another way.
  @discardableResult
  public func forward(to target: Value? = nil) -> Int {
    target.map(checkOwn)
    return trapOnError { () throws(GraphError) in
      try forward(to: target?.slotIndex).trippedGuards.count
    }
  }

  /// Sets every gradient to 0.
  public func zeroAllGradients() {
    trapOnError { () throws(GraphError) in try zeroGradients() }
  }

  /// Traps where a value is another graph's, or from before a compaction.
  func checkOwn(_ value: Value) {
    precondition(value.graph === self, "the value belongs to another graph")
    value.checkUsable()
  }

  /// The library's operators cannot throw: a graph that is too large is fatal there, with a message.
  func trapOnError<T>(_ body: () throws(GraphError) -> T) -> T {
    do {
      return try body()
    } catch {
      preconditionFailure("the graph cannot grow: \(error)")
    }
  }
}
