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
    var (plain, compacting) = (Session(), Session())
    var random = SplitMix64(seed: seed)
    for _ in 0..<400 {
      let action = Session.Action(&random)
      try plain.perform(action)
      try compacting.perform(action)
      if Int.random(in: 0..<12, using: &random) == 0 { try compacting.compact() }
      if Int.random(in: 0..<8, using: &random) == 0 { compare(plain, compacting) }
    }
    #expect(compacting.graph.nodeCount < plain.graph.nodeCount)
  }

  private func compare(_ plain: Session, _ compacting: Session) {
    compacting.graph.tape.pointee.checkInvariants()
    for (x, y) in zip(plain.registers, compacting.registers) {
      expectSame(plain.graph.data(at: x), compacting.graph.data(at: y))
      expectSame(
        plain.graph.gradient(at: x) ?? -1e99, compacting.graph.gradient(at: y) ?? -1e99, "gradient")
      #expect(plain.graph.isStale(x) == compacting.graph.isStale(y))
      #expect(plain.label(of: x) == compacting.label(of: y))
      #expect(plain.graph.isLeaf(x) == compacting.graph.isLeaf(y))
      // With its root gone a gradient may count as stale to be on the safe side.
      if plain.graph.isGradientStale(at: x) { #expect(compacting.graph.isGradientStale(at: y)) }
    }
  }
}

/// A graph used at random through eight registers.
private struct Session {
  enum Action {
    case leaf(Double, to: Int)
    case array([Double], element: Int, to: Int)
    case stack([Int], element: Int, to: Int)
    case unary(UnaryOperation, Int, to: Int)
    case binary(BinaryOperation, Int, Int, to: Int)
    case ternary(TernaryOperation, Int, Int, Int, to: Int)
    case scale(Int, by: Double)
    case change(Int, Double)
    case label(Int, String)
    case forward(Int?)
    case backward(Int, accumulate: Bool)
    case zero
    case setGradient(Int, Double)

    init(_ random: inout SplitMix64) {
      func register() -> Int { Int.random(in: 0..<8, using: &random) }
      func number() -> Double { Double(Int.random(in: -16...16, using: &random)) / 8 }
      let unary: [UnaryOperation] = [.sin, .tanh, .negate, .stop, .sigmoid, .abs]
      let binary: [BinaryOperation] = [.add, .subtract, .max, .atan2, .less]
      switch Int.random(in: 0..<40, using: &random) {
      case 0..<3: self = .leaf(number(), to: register())
      case 3:
        let numbers = (0..<Int.random(in: 1...150, using: &random)).map { _ in number() }
        self = .array(
          numbers, element: Int.random(in: 0..<numbers.count, using: &random), to: register())
      case 4, 5:
        let operands = (0..<Int.random(in: 1...90, using: &random)).map { _ in register() }
        self = .stack(
          operands, element: Int.random(in: 0..<operands.count, using: &random), to: register())
      case 6..<12:
        self = .unary(unary.randomElement(using: &random) ?? .sin, register(), to: register())
      case 12..<21:
        self = .binary(
          binary.randomElement(using: &random) ?? .add, register(), register(), to: register())
      case 21, 22: self = .ternary(.select, register(), register(), register(), to: register())
      case 23: self = .ternary(.clamp, register(), register(), register(), to: register())
      case 24, 25: self = .scale(register(), by: number())
      case 26..<30: self = .change(register(), number())
      case 30, 31: self = .label(register(), "n\(Int.random(in: 0..<20, using: &random))")
      case 32: self = .forward(nil)
      case 33: self = .forward(register())
      case 34, 35: self = .backward(register(), accumulate: false)
      case 36: self = .backward(register(), accumulate: true)
      case 37: self = .setGradient(register(), number())
      case 38: self = .zero
      default: self = .leaf(number(), to: register())
      }
    }
  }

  let graph = Graph()
  var registers: [Int32] = []

  init() {
    // A graph without a limit of its own always has room for eight leaves.
    registers = (0..<8).compactMap { try? graph.recordLeaf(Double($0) / 4) }
  }

  mutating func perform(_ action: Action) throws {
    switch action {
    case .leaf(let data, let target): registers[target] = try graph.recordLeaf(data)
    case .array(let data, let element, let target):
      registers[target] = try graph.recordLeaf(data) + Int32(element)
    case .stack(let operands, let element, let target):
      let slots = operands.map { registers[$0] }
      registers[target] = try graph.recordStack(slots, origin: .unknown) + Int32(element)
    case .unary(let operation, let x, let target):
      registers[target] = try graph.record(operation, registers[x])
    case .binary(let operation, let x, let y, let target):
      registers[target] = try graph.record(operation, registers[x], registers[y])
    case .ternary(let operation, let x, let y, let z, let target):
      registers[target] = try graph.record(operation, registers[x], registers[y], registers[z])
    case .scale(let x, let factor):
      registers[x] = try graph.record(.multiply, registers[x], try graph.recordConstant(factor))
    case .change(let x, let data):
      if graph.isLeaf(registers[x]) { graph.setData(data, at: registers[x]) }
    case .label(let x, let name): graph.labels.label(registers[x], graph.labels.intern(name))
    case .forward(let target): _ = try graph.forward(to: target.map { registers[$0] })
    case .backward(let root, let accumulate):
      try graph.backward(from: registers[root], accumulate: accumulate)
    case .zero: graph.zeroGradients()
    case .setGradient(let x, let gradient): graph.setGradient(gradient, at: registers[x])
    }
  }

  mutating func compact() throws {
    let relocation = try #require(graph.compact(keeping: registers.map { $0..<$0 + 1 }))
    registers = try registers.map { try #require(relocation.newSlot($0)) }
  }

  func label(of slot: Int32) -> String? { graph.labels[slot].map(graph.labels.text) }
}
