import Autograd

/// Writes a graph as statements that record its nodes again, one each, in the order of the tape.
///
/// A value that is used once stands inside the expression that uses it, as long as that keeps the order
/// and the text short; any other gets a name of the block's own, `$1`.
struct GraphWriter {
  let machine: Machine
  let text: ScriptText
  var saved: SavedGraph
  let gradients: SavedGradients
  /// The names of plain arrays, by their numbers.
  let plainNames: [ArrayContent: String]

  /// How later statements refer to a node.
  var values: [Int: ScriptValue] = [:]
  /// Expressions that have not been written yet, in the order of the tape.
  private var pending: [(node: Int, value: ScriptValue)] = []
  /// The nodes of `pending`.
  private var waiting: Set<Int> = []
  /// The nodes whose labels are held by a name such as `$x` at present.
  private var labelled: [String: Int] = [:]
  /// What is bound when a node has been written: a condition was decided before it was.
  private var delayed: [Int: [Delayed]] = [:]

  /// What waits for a condition.
  private enum Delayed {
    case name(SavedName, hasLabel: Bool)
    /// The label of a slot whose name has another value now.
    case label(String, node: Int, slot: Int32)
  }

  /// Names that are bound at the very end, and whether their slots have labels.
  private var last: [(name: SavedName, hasLabel: Bool)] = []
  /// The names of long plain arrays, by slot and shape.
  var constants: [ArrayRecord.Operand.Key: String] = [:]
  /// Whether something has been met for which the language has no words.
  var isUnwritable = false

  /// Expressions with more operations than this get a name.
  private static let depthLimit = 6
  /// So do longer ones.
  private static let lengthLimit = 60

  init(
    _ machine: Machine, _ text: ScriptText, _ saved: SavedGraph, plainNames: [ArrayContent: String]
  ) {
    self.machine = machine
    self.text = text
    self.saved = saved
    self.plainNames = plainNames
    gradients = SavedGradients(saved)
    for node in gradients.overridden + staleNodes { self.saved.keep(node) }
    if case .sweeps(let roots) = gradients.beginning {
      for root in roots { if let node = tape.node(at: root) { self.saved.keep(node) } }
    }
    for name in saved.names where name.isBuiltin {
      if let node = tape.node(at: name.slot) { self.saved.keep(node) }
    }
    for (node, label) in extents where label > node { self.saved.keep(node) }
  }

  var graph: Graph { machine.graph }
  var tape: Tape { graph.tape.pointee }

  /// The results that are out of date.
  private var staleNodes: [Int] {
    if saved.isSimplified { return [] }
    return saved.values.filter { !saved.isLeaf($0) && graph.isStale(saved.slots($0).lowerBound) }
  }

  // MARK: In the order of the tape

  mutating func write() {
    let stale = staleNodes
    var isBeyond = false
    for index in saved.live.indices where saved.live[index] {
      if !isBeyond, index >= gradients.boundary {
        isBeyond = true
        begin(stale.filter { $0 < gradients.boundary })
      }
      visit(index)
      for what in delayed[index] ?? [] {
        flush()
        switch what {
        case .name(let name, let hasLabel):
          if let statement = statement(binding: name, hasLabel: hasLabel) { text.add(statement) }
        case .label(let label, let node, let slot):
          guard let view = reference(slot, .number) else { continue }
          text.add("\(ownName(label: label, node, at: index)) = \(view.text)")
        }
      }
      if text.isTooLarge || isUnwritable && !saved.isSimplified { return }
    }
    if !isBeyond { begin(stale) }
    flush()
    for node in isBeyond ? stale.filter({ $0 >= gradients.boundary }) : [] { writeStale(node) }
    for node in gradients.overridden { writeGradient(node) }
    if gradients.areOld { text.add("$old_gradients()") }
  }

  /// Gives everything written so far gradients.
  private mutating func begin(_ stale: [Int]) {
    flush()
    switch gradients.beginning {
    case .nothing:
      for node in stale { writeStale(node) }
    case .zero:
      for node in stale { writeStale(node) }
      text.add(":zero")
    case .sweeps(let roots):
      for node in stale { writeStale(node) }
      for (number, root) in roots.enumerated() {
        guard let value = reference(root, .number) else { continue }
        text.add("backward(\(value.text))" + (number > 0 ? " accumulate" : ""))
      }
    }
  }

  private mutating func visit(_ index: Int) {
    let node = tape.nodes[index]
    if saved.isLeaf(index) { return writeLeaf(index) }
    switch node.operation {
    case .operand, .leaf: return
    case .branchGuard, .indexGuard: return writeGuard(index)
    case .unary, .binary, .ternary, .stack, .array: break
    }
    // What the expression computes itself comes last on the tape, and in this order.
    let inside = saved.operands(of: index).filter(waiting.contains)
    if pending.suffix(inside.count).map(\.node) != inside { flush() }
    let taken = min(inside.count, pending.count)
    guard let value = value(of: index) else {
      isUnwritable = true
      return
    }
    for entry in pending.suffix(taken) {
      values[entry.node] = nil
      waiting.remove(entry.node)
    }
    pending.removeLast(taken)
    let isShort =
      value.expression.depth < GraphWriter.depthLimit
      && value.expression.text.utf8.count < GraphWriter.lengthLimit
    if saved.uses[index] == 1, !saved.standing.contains(index), isShort {
      pending.append((index, value))
      waiting.insert(index)
      values[index] = value
    } else {
      flush()
      bind(index, value)
    }
  }

  /// Writes the expressions that wait, each with a name.
  private mutating func flush() {
    let entries = pending
    pending = []
    waiting = []
    for (node, value) in entries { bind(node, value) }
  }

  // MARK: Names

  /// Writes the statement that computes a node, and those that bind its names.
  private mutating func bind(_ index: Int, _ value: ScriptValue) {
    let first = saved.slots(index).lowerBound
    let label = saved.labelsAt[index]?.first { $0.slot == first }?.name
    let names = saved.namesAt[index] ?? []
    let isWhole = { (name: SavedName) in
      name.slot == first && name.shape.count == value.shape.count
    }
    var bound: String?
    var target: String
    var shape = value.shape
    if let own = names.first(where: { $0.name == label && $0.slot == first }) {
      if isWhole(own), !own.isBuiltin, delay(first, index) == nil {
        (target, bound, shape) = (own.name, own.name, own.shape)
      } else if own.isBuiltin {
        target = ownName(label: own.name, index, at: index)
      } else {
        target = text.newName()
      }
    } else if let label, delay(first, index) == nil {
      target = ownName(label: label, index, at: index)
    } else {
      target = text.newName()
    }
    let expression = value.view(first, shape)
    if expression == nil {
      isUnwritable = true
      noteRow()
      shape = value.shape
    }
    text.add("\(target) = \((expression ?? value.expression).text)")
    values[index] = ScriptValue(expression: ScriptExpression(target), slot: first, shape: shape)
    bindNames(of: index, except: bound)
  }

  /// `$x`, for a value that bears the label x and is not what x is now, when node `place` has been
  /// written.
  private mutating func ownName(label: String, _ index: Int, at place: Int) -> String {
    if let old = labelled[label], saved.lastUse[old] > place,
      values[old]?.expression.text == "$" + label
    {
      let name = text.newName()
      text.add("\(name) = $\(label)")
      values[old]?.expression = ScriptExpression(name)
    }
    labelled[label] = index
    return "$" + label
  }

  /// The other names of a node: in the order of their slots, the one that labels its slot first.
  private mutating func bindNames(of index: Int, except bound: String?) {
    let names = saved.namesAt[index] ?? []
    let labels = saved.labelsAt[index] ?? []
    let first = saved.slots(index).lowerBound
    var bySlot: [Int32: [SavedName]] = [:]
    for name in names { bySlot[name.slot, default: []].append(name) }
    var labelOf: [Int32: String] = [:]
    for (slot, label) in labels { labelOf[slot] = label }
    for slot in Set(bySlot.keys).union(labelOf.keys).sorted() {
      let label = labelOf[slot]
      let wait = delay(slot, index)
      var here = bySlot[slot] ?? []
      if let label, let own = here.firstIndex(where: { $0.name == label }) {
        here.insert(here.remove(at: own), at: 0)
      } else if let label, slot != first || wait != nil, let view = reference(slot, .number) {
        if let wait {
          delay(.label(label, node: index, slot: slot), of: index, after: wait)
        } else {
          text.add("\(ownName(label: label, index, at: index)) = \(view.text)")
        }
      }
      for name in here where name.name != bound {
        guard let statement = statement(binding: name, hasLabel: label != nil) else {
          isUnwritable = true
          text.note("`\(name.name)`, which has too many dimensions, is left out")
          continue
        }
        if name.isBuiltin {
          last.append((name, label != nil))
        } else if let wait {
          delay(.name(name, hasLabel: label != nil), of: index, after: wait)
        } else {
          text.add(statement)
        }
      }
    }
  }

  /// Binds a name of a node after another node, up to which the node is in use.
  private mutating func delay(_ what: Delayed, of index: Int, after wait: Int) {
    delayed[wait, default: []].append(what)
    saved.use(index, until: wait + 1)
  }

  /// Binds the names of built-in functions and constants.
  func writeLastNames() {
    for (name, hasLabel) in last {
      if let statement = statement(binding: name, hasLabel: hasLabel) { text.add(statement) }
    }
  }

  /// The statement that gives a value one more name. One that is not to become the value's label is
  /// bound as a loop binds its variable.
  private func statement(binding name: SavedName, hasLabel: Bool) -> String? {
    if hasLabel { return reference(name.slot, name.shape).map { "\(name.name) = \($0.text)" } }
    let row = Shape([1] + name.shape.lengths)
    return reference(name.slot, row).map { "for \(name.name) in \($0.text) { }" }
  }

  /// The nodes that bear labels before which conditions were decided, with the last node before that.
  private var extents: [(node: Int, end: Int)] {
    saved.labelsAt.flatMap { node, labels in
      labels.compactMap { label in delay(label.slot, node).map { (node, $0) } }
    }
  }

  /// The node after which the names of a slot have to be bound, where that is not its own: a guard stands
  /// between.
  private func delay(_ slot: Int32, _ node: Int) -> Int? {
    guard !saved.isSimplified, let extent = graph.extent(of: slot), node + 1 < extent
    else { return nil }
    let between = (node + 1..<min(extent, saved.live.count)).filter { saved.live[$0] }
    guard between.contains(where: { !tape.nodes[$0].operation.hasValue }) else { return nil }
    return between.last
  }

  /// Says that an array has lost its dimensions.
  func noteRow() {
    text.note("arrays of more than \(ScriptText.rankLimit) dimensions are saved as rows")
  }

  // MARK: Statements of their own

  private mutating func writeLeaf(_ index: Int) {
    flush()
    let slots = saved.slots(index)
    let shape = leafShape(index)
    let numbers = slots.map { graph.data(at: $0) }
    let literal = shape.rank == 0 ? ScriptText.number(numbers[0]) : text.array(shape, numbers)
    bind(
      index,
      ScriptValue(expression: ScriptExpression(literal), slot: slots.lowerBound, shape: shape))
  }

  /// The shape of a leaf: that of its name, of the operation that computed it, or of how it is used.
  private func leafShape(_ index: Int) -> Shape {
    let slots = saved.slots(index)
    let names = saved.namesAt[index] ?? []
    let whole = names.filter { $0.slot == slots.lowerBound && $0.shape.count == slots.count }
    let label = saved.labelsAt[index]?.first { $0.slot == slots.lowerBound }?.name
    if let name = whole.first(where: { $0.name == label }) ?? whole.first {
      return name.shape.rank <= ScriptText.rankLimit ? name.shape : Shape(count: slots.count)
    }
    if tape.nodes[index].operation == .array { return tape.arrayRecord(of: index).shape }
    return slots.count == 1 ? .number : Shape(count: slots.count)
  }

  private mutating func writeGuard(_ index: Int) {
    flush()
    let (slot, recorded) = graph.guarded(by: index)
    guard
      let watched = reference(slot, recorded.count == 1 ? .number : Shape(count: recorded.count))
    else { return }
    let now = graph.data(at: slot)
    if tape.nodes[index].operation == .branchGuard {
      if recorded[0] == (now != 0 ? 1 : 0), !now.isNaN, !graph.isStale(slot) {
        text.add("if \(watched.text) { }")
      } else {
        text.add("$branch(\(watched.text), \(ScriptText.number(recorded[0])))")
      }
    } else {
      text.add("$index(\(watched.text), \(literal(recorded, like: recorded.count == 1)))")
    }
  }

  private func literal(_ numbers: [Double], like isNumber: Bool) -> String {
    isNumber ? ScriptText.number(numbers[0]) : text.array(Shape(count: numbers.count), numbers)
  }

  private func writeStale(_ node: Int) {
    guard let value = values[node] else { return }
    let numbers = saved.slots(node).map { graph.data(at: $0) }
    text.add("$stale(\(value.expression.text), \(literal(numbers, like: numbers.count == 1)))")
  }

  private func writeGradient(_ node: Int) {
    guard let value = values[node] else { return }
    let slots = saved.slots(node)
    let numbers = slots.map { graph.gradient(at: $0) }
    let target = value.expression.text
    if numbers.allSatisfy({ $0 != nil }) {
      let known = numbers.compactMap { $0 }
      let literal =
        value.shape.rank == 0 ? ScriptText.number(known[0]) : text.array(value.shape, known)
      text.add("\(target).grad = \(literal)")
      return
    }
    for (slot, number) in zip(slots, numbers) {
      guard let number, let element = value.view(slot, .number) else { continue }
      text.add("\(element.text).grad = \(ScriptText.number(number))")
    }
  }
}
