import Autograd
import TestSupport

/// A program of scalar operations, drawn at random: steps over the numbers computed so far.
///
/// It keeps away from kinks, poles and large numbers, so that differences can judge its gradients.
struct RandomProgram {
  enum Step {
    case constant(Double)
    case unary(UnaryOperation, Int)
    case binary(BinaryOperation, Int, Int)
    case ternary(TernaryOperation, Int, Int, Int)
  }

  /// The data of the leaves, which are the first numbers.
  let leaves: [Double]
  let steps: [Step]

  init(
    leafCount: Int, stepCount: Int, seed: UInt64, without excluded: [UnaryOperation] = []
  ) {
    var random = SplitMix64(seed: seed)
    let leaves = (0..<leafCount).map { _ in
      Double.random(in: 0.5...2, using: &random) * (Bool.random(using: &random) ? 1 : -1)
    }
    var values = leaves
    var steps: [Step] = []
    while steps.count < stepCount {
      let step = RandomProgram.step(among: values.count, &random)
      if case .unary(let operation, _) = step, excluded.contains(operation) { continue }
      guard RandomProgram.isOrdinary(step, values) else { continue }
      values.append(RandomProgram.value(of: step, values))
      steps.append(step)
    }
    self.leaves = leaves
    self.steps = steps
  }

  private static func step(among count: Int, _ random: inout SplitMix64) -> Step {
    // Mostly of late numbers, so that the graph is deep as well as broad.
    func operand() -> Int {
      Bool.random(using: &random)
        ? Int.random(in: 0..<count, using: &random)
        : Int.random(in: max(0, count - 4)..<count, using: &random)
    }
    switch Int.random(in: 0..<20, using: &random) {
    case 0: return .constant(Double.random(in: -2...2, using: &random))
    case 1: return .ternary(.select, operand(), operand(), operand())
    case 2: return .ternary(.clamp, operand(), operand(), operand())
    case 3..<11:
      let operation = UnaryOperation.allCases.randomElement(using: &random) ?? .negate
      return .unary(operation, operand())
    default:
      let operation = BinaryOperation.allCases.randomElement(using: &random) ?? .add
      return .binary(operation, operand(), operand())
    }
  }

  /// Whether the step and its derivatives are smooth and small at these values.
  private static func isOrdinary(_ step: Step, _ values: [Double]) -> Bool {
    let result = value(of: step, values)
    guard result.magnitude < 20 else { return false }  // NaN too
    switch step {
    case .constant: return true
    case .unary(let operation, let x):
      let x = values[x]
      let slope = operation.derivative(at: x, result: result)
      let isStep = [.abs, .relu, .sign, .floor, .ceil, .round].contains(operation)
      let isSmooth = !isStep || ((x * 2).rounded() / 2 - x).magnitude > 0.05
      return slope.magnitude < 20 && x.magnitude > 0.05 && isSmooth
        && operation.value(x + 0.05).isFinite && operation.value(x - 0.05).isFinite
    case .binary(let operation, let x, let y):
      let (x, y) = (values[x], values[y])
      switch operation {
      case .floorDivide, .modulus:
        let quotient = x / y
        guard y.magnitude > 0.3, (quotient.rounded() - quotient).magnitude > 0.1 else {
          return false
        }
      case .min, .max, .less, .lessOrEqual, .greater, .greaterOrEqual, .equal, .notEqual,
        .approximatelyEqual:
        guard (x - y).magnitude > 0.1 else { return false }
      case .divide: guard y.magnitude > 0.3 else { return false }
      case .power: guard x > 0.3 else { return false }
      case .xlogy: guard y > 0.3 else { return false }
      case .atan2: guard y > 0.3 else { return false }
      case .leakyRelu: guard x.magnitude > 0.1 else { return false }
      case .polygamma: return false  // its order is no operand to be nudged
      case .add, .subtract, .multiply, .hypot, .logaddexp: break
      }
      let left = operation.derivative(for: .left, x, y, result: result)
      let right = operation.derivative(for: .right, x, y, result: result)
      return left.magnitude < 20 && right.magnitude < 20
    case .ternary(.select, let condition, _, _): return values[condition].magnitude > 0.1
    case .ternary(.clamp, let x, let low, let high):
      let (x, low, high) = (values[x], values[low], values[high])
      return low + 0.2 < high && (x - low).magnitude > 0.1 && (x - high).magnitude > 0.1
    }
  }

  private static func value(of step: Step, _ values: [Double]) -> Double {
    switch step {
    case .constant(let number): number
    case .unary(let operation, let x): operation.value(values[x])
    case .binary(let operation, let x, let y): operation.value(values[x], values[y])
    case .ternary(let operation, let x, let y, let z):
      operation.value(values[x], values[y], values[z])
    }
  }

  /// Every number of the program, computed without a graph.
  func run(_ leaves: [Double]) -> [Double] {
    var values = leaves
    for step in steps { values.append(RandomProgram.value(of: step, values)) }
    return values
  }

  /// Records the program; the slots of all its numbers.
  func record(in graph: Graph) throws -> [Int32] {
    var slots: [Int32] = []
    for leaf in leaves { slots.append(try graph.recordLeaf(leaf)) }
    for step in steps {
      switch step {
      case .constant(let number): slots.append(try graph.recordConstant(number))
      case .unary(let operation, let x): slots.append(try graph.record(operation, slots[x]))
      case .binary(let operation, let x, let y):
        slots.append(try graph.record(operation, slots[x], slots[y]))
      case .ternary(let operation, let x, let y, let z):
        slots.append(try graph.record(operation, slots[x], slots[y], slots[z]))
      }
    }
    return slots
  }
}

extension Graph {
  /// Computes anew everything that is stale.
  @discardableResult
  func forwardAll() throws -> ForwardReport { try forward(to: Int32?.none) }
}
