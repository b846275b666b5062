import Autograd
import TestSupport
import Testing

/// A graph used at random through eight registers.
struct RandomSession {
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
    case .zero: try? graph.zeroGradients()
    case .setGradient(let x, let gradient): try? graph.setGradient(gradient, at: registers[x])
    }
  }

  mutating func compact() throws {
    let relocation = try #require(graph.compact(keeping: registers.map { $0..<$0 + 1 }))
    registers = try registers.map { try #require(relocation.newSlot($0)) }
  }

  /// Whether the action changes nothing but what is recorded after it.
  static func isRecording(_ action: Action) -> Bool {
    switch action {
    case .leaf, .array, .stack, .unary, .binary, .ternary, .scale, .label: true
    case .change, .forward, .backward, .zero, .setGradient: false
    }
  }

  func label(of slot: Int32) -> String? { graph.labels[slot].map(graph.labels.text) }
}
