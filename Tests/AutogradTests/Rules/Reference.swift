import Autograd
import TestSupport

/// The rows of `ReferenceTable`, read.
enum Reference {
  static let unary = rows(ReferenceTable.unary)
  static let binary = rows(ReferenceTable.binary)
  static let ternary = rows(ReferenceTable.ternary)
  static let unaryCurvature = rows(ReferenceTable.unaryCurvature)
  static let binaryCurvature = rows(ReferenceTable.binaryCurvature)

  /// The numbers of each row, by the name of the operation.
  private static func rows(_ text: String) -> [String: [[Double]]] {
    var rows: [String: [[Double]]] = [:]
    for line in text.split(separator: "\n") {
      let words = line.split(separator: " ")
      rows[String(words[0]), default: []].append(words.dropFirst().map { Double($0) ?? .nan })
    }
    return rows
  }
}

/// Where an operation may be farther from the truth than two ulps, and why.
struct Allowance {
  enum Quantity { case value, derivative, left, right }

  let quantity: Quantity
  /// For which operands; of two, for which right ones.
  var range: ClosedRange<Double> = -.infinity ... .infinity
  var ulps = usual
  /// An error that is allowed where the truth is near 0.
  var absolute = 0.0
  let reason: String

  /// What holds everywhere else.
  static let usual: UInt64 = 2

  static func permit(
    _ allowances: [Allowance], _ quantity: Quantity, at x: Double, _ actual: Double, _ truth: Double
  ) -> Bool {
    let distance = TestSupport.ulps(between: actual, and: truth)
    return distance <= usual
      || allowances.contains {
        $0.quantity == quantity && $0.range.contains(x)
          && (distance <= $0.ulps || (actual - truth).magnitude <= $0.absolute)
      }
  }

  static func allowances(for operation: UnaryOperation) -> [Allowance] {
    switch operation {
    case .negate, .abs, .sign, .floor, .ceil, .round, .relu, .stop: []
    case .sqrt, .cbrt, .exp, .expm1, .log, .log2, .log10, .log1p: []
    case .asin, .acos, .atan, .sinh, .cosh, .asinh, .acosh, .atanh: []
    case .tanh, .sigmoid, .softplus, .erf, .erfc: []
    case .sin: [hugeAngle(.derivative)]
    case .cos: [hugeAngle(.value)]
    case .tan:
      [
        hugeAngle(.value), hugeAngle(.derivative),
        Allowance(quantity: .derivative, ulps: 3, reason: "C's cos is squared"),
      ]
    case .gelu:
      [
        Allowance(quantity: .value, ulps: 3, reason: "C's erfc is off by two"),
        Allowance(quantity: .derivative, ulps: 4, reason: "C's erfc, and three roundings"),
        Allowance(
          quantity: .derivative, range: -1 ... -0.5, absolute: 2e-16,
          reason: "0 at −0.75: Φ(x) and x·φ(x) cancel"),
        subnormal(.value, -39 ... -37.5), subnormal(.derivative, -39 ... -37.5),
      ]
    case .silu:
      [
        Allowance(
          quantity: .derivative, range: -1.6 ... -1, absolute: 1e-16,
          reason: "0 at −1.28: 1 + x and y cancel")
      ]
    case .gaussian:
      [subnormal(.derivative, -27.3 ... -26.6), subnormal(.derivative, 26.6...27.3)]
    case .gamma:
      [
        Allowance(quantity: .value, ulps: 4, reason: "C's tgamma"),
        Allowance(quantity: .derivative, ulps: 6, reason: "C's tgamma, times digamma"),
        negativeRoot(.derivative),
      ]
    case .lgamma:
      [
        Allowance(quantity: .value, range: -50...0, ulps: 3, reason: "C's lgamma"),
        negativeRoot(.derivative), reflected(.derivative),
      ]
    case .digamma: [negativeRoot(.value), reflected(.value), reflected(.derivative)]
    }
  }

  static func allowances(for operation: BinaryOperation) -> [Allowance] {
    switch operation {
    case .add, .subtract, .multiply, .divide, .floorDivide, .modulus, .power: []
    case .min, .max, .leakyRelu, .xlogy: []
    case .less, .lessOrEqual, .greater, .greaterOrEqual, .equal, .notEqual, .approximatelyEqual: []
    case .atan2:
      [.left, .right].map {
        Allowance(quantity: $0, ulps: 3, reason: "C's hypot twice, where squares overflow")
      }
    case .hypot: [subnormal(.left, 0...1e-308), subnormal(.right, 0...1e-308)]
    case .logaddexp:
      [
        Allowance(
          quantity: .value, range: -2...0, absolute: 2e-16,
          reason: "0 where eˣ + eʸ is 1: two terms cancel")
      ]
    case .polygamma:
      [Allowance.Quantity.value, .right].flatMap {
        [
          Allowance(quantity: $0, ulps: 4, reason: "a power, a series and a factorial are rounded"),
          reflected($0),
        ]
      }
    }
  }

  private static func hugeAngle(_ quantity: Quantity) -> Allowance {
    Allowance(
      quantity: quantity, ulps: 32, absolute: 1e-33,
      reason: "C's reduction of a huge angle near a zero")
  }

  private static func subnormal(_ quantity: Quantity, _ range: ClosedRange<Double>) -> Allowance {
    Allowance(
      quantity: quantity, range: range, ulps: 64, reason: "computed from a subnormal number")
  }

  private static func negativeRoot(_ quantity: Quantity) -> Allowance {
    Allowance(
      quantity: quantity, range: -200...0, absolute: 2e-17,
      reason: "digamma's root: its terms cancel")
  }

  private static func reflected(_ quantity: Quantity) -> Allowance {
    Allowance(
      quantity: quantity, range: -.infinity ... -200, ulps: 64,
      reason: "reflected: two terms cancel"
    )
  }
}
