import Autograd
import Foundation
import TestSupport

/// How far an operation is from the truth, over all points of the reference: a row of the table in
/// grammar.md.
struct Accuracy: Equatable {
  /// As grammar.md writes the operation: `sin(x)`.
  let call: String
  let points: Int
  /// The largest errors in ulps: of the value, then of the derivatives. Exceptions are not counted.
  var errors: [Double]
  /// Where the largest of them is.
  var place = ""
  /// The largest errors within each exception, in its unit.
  var exceptions: [Double]

  /// The errors of an operation; what they may be without an exception is no business of this.
  init(_ operation: any Measurable) {
    let rows = operation.rows
    call = operation.call
    points = rows.count
    errors = [Double](repeating: 0, count: 1 + operation.operands.count)
    exceptions = [Double](repeating: 0, count: operation.exceptions.count)
    var largest = -1.0
    for row in rows {
      let results = operation.valueAndDerivatives(row.operands)
      for (index, (result, truth)) in zip(results, row.truths).enumerated() {
        let ulps = truth.ulps(to: result)
        if ulps > Accuracy.usual,
          let k = operation.exceptions.firstIndex(where: { $0.covers(index, row.operands, truth) })
        {
          let absolute = (result - truth.nearest).magnitude
          let error = operation.exceptions[k].isAtZero ? absolute : ulps
          exceptions[k] = max(exceptions[k], error)
          continue
        }
        errors[index] = max(errors[index], ulps)
        if ulps > largest {
          largest = ulps
          place = Accuracy.place(of: index, at: row.operands, operation)
        }
      }
    }
    if largest == 0 { place = "" }
  }

  /// What an operation may be off by without an exception.
  static let usual = 2.0

  // MARK: As text

  private static func place(
    of index: Int, at operands: [Double], _ operation: any Measurable
  ) -> String {
    let numbers = operands.map(short).joined(separator: ", ")
    let point = operands.count == 1 ? numbers : "(\(numbers))"
    let names = operation.operands
    let quantity =
      index == 0 ? "value" : names.count == 1 ? "derivative" : "derivative for \(names[index - 1])"
    return "\(quantity) at \(point)"
  }

  /// Three digits are enough to find a point again.
  private static func short(_ x: Double) -> String {
    String(format: "%.3g", x).replacingOccurrences(of: "-", with: "−")
      .replacingOccurrences(of: "e+", with: "e")
  }

  /// Rounded up to a tenth.
  private static func tenths(_ x: Double) -> String {
    x == 0 ? "0" : String(format: "%.1f", (x * 10 - 1e-9).rounded(.up) / 10)
  }

  /// Rounded up to one digit.
  private static func digit(_ x: Double) -> String {
    guard x > 0 else { return "0" }
    let unit = pow(10, floor(log10(x)))
    return String(format: "%.0e", (x / unit - 1e-9).rounded(.up) * unit)
  }

  /// The row of grammar.md.
  func row(of operation: any Measurable) -> String {
    let remarks = zip(operation.exceptions, exceptions).map { exception, error in
      let figure = exception.isAtZero ? "within " + Accuracy.digit(error) : Accuracy.tenths(error)
      return "\(exception.text): \(figure)"
    }
    let derivatives = errors.dropFirst().map(Accuracy.tenths).joined(separator: ", ")
    let cells = [
      "`\(call)`", "\(points)", Accuracy.tenths(errors[0]), derivatives, place,
      remarks.joined(separator: "; "),
    ]
    return "| "
      + cells.joined(separator: " | ").replacingOccurrences(of: " |  | ", with: " | | ")
      .trimmingCharacters(in: .whitespaces) + " |"
  }

  /// A row that was read; nil where it is none.
  init?(row: String) {
    let cells = row.split(separator: "|", omittingEmptySubsequences: false).dropFirst().dropLast()
      .map { $0.trimmingCharacters(in: .whitespaces) }
    guard cells.count == 6, let points = Int(cells[1]) else { return nil }
    call = cells[0].replacingOccurrences(of: "`", with: "")
    self.points = points
    errors = (cells[2] + ", " + cells[3]).components(separatedBy: ", ").map { Double($0) ?? .nan }
    place = cells[4]
    exceptions = cells[5].components(separatedBy: "; ").filter { !$0.isEmpty }.map {
      Double($0.split(separator: " ").last ?? "") ?? .nan
    }
  }
}

/// Where an operation may be farther from the truth than usual, and why.
struct Exception {
  /// 0 for the value, else the operand that the derivative is for.
  let quantity: Int
  /// Of the first operand.
  var range: ClosedRange<Double> = -.infinity ... .infinity
  let text: String
  /// Whether it is at a zero where terms cancel: the error is bounded, not small beside the result.
  let isAtZero: Bool

  func covers(_ quantity: Int, _ operands: [Double], _ truth: TrueNumber) -> Bool {
    quantity == self.quantity && range.contains(operands[0])
      && (!isAtZero || truth.nearest.magnitude < 0.1)
  }

  /// The C library's error.
  static func library(_ function: String, _ quantity: Int) -> Exception {
    Exception(
      quantity: quantity, text: "\(name(quantity)) by the C library's \(function)", isAtZero: false)
  }

  static func zero(
    _ quantity: Int, _ range: ClosedRange<Double>, _ place: String
  ) -> Exception {
    Exception(
      quantity: quantity, range: range,
      text: "\(name(quantity)) near \(place), where terms cancel", isAtZero: true)
  }

  private static func name(_ quantity: Int) -> String { quantity == 0 ? "value" : "derivative" }
}

// MARK: The operations

/// An operation that can be measured.
protocol Measurable: Sendable {
  var call: String { get }
  /// The names of the operands that `call` uses, in the order of the rules.
  var operands: [String] { get }
  var rows: [ReferenceTable.Row] { get }
  var exceptions: [Exception] { get }
  func valueAndDerivatives(_ operands: [Double]) -> [Double]
}

extension UnaryOperation: Measurable {
  var call: String { self == .negate ? "-x" : "\(name)(x)" }
  var operands: [String] { ["x"] }
  var rows: [ReferenceTable.Row] { Reference.unary["\(self)"] ?? [] }

  func valueAndDerivatives(_ operands: [Double]) -> [Double] {
    let y = value(operands[0])
    return [y, derivative(at: operands[0], result: y)]
  }

  var exceptions: [Exception] {
    switch self {
    case .sin: [.library("reduction of huge angles", 1)]
    case .cos: [.library("reduction of huge angles", 0)]
    case .tan: [0, 1].map { .library("reduction of huge angles", $0) }
    case .gelu: [.zero(1, -1.1 ... -0.6, "its zero at −0.752")]
    case .silu: [.zero(1, -1.32 ... -1.23, "its zero at −1.278")]
    case .gamma:
      [
        .library("tgamma", 0), .zero(1, -6 ... -0.4, "its zeros below 0"),
        .library("tgamma", 1),
      ]
    case .lgamma: [.library("lgamma", 0), .zero(1, -200...0, "its zeros below 0")]
    case .digamma: [.zero(0, -200...0, "its zeros below 0")]
    case .negate, .abs, .sign, .floor, .ceil, .round, .relu, .stop, .sqrt, .cbrt, .exp, .expm1,
      .log, .log2, .log10, .log1p, .asin, .acos, .atan, .sinh, .cosh, .asinh, .acosh, .atanh, .tanh,
      .sigmoid, .softplus, .erf, .erfc, .gaussian:
      []
    }
  }
}

extension BinaryOperation: Measurable {
  var call: String {
    let (x, y) = (operands[0], operands[1])
    return isInfix ? "\(x) \(name) \(y)" : "\(name)(\(x), \(y))"
  }

  var operands: [String] {
    switch self {
    case .atan2: ["y", "x"]
    case .leakyRelu: ["x", "slope"]
    case .polygamma: ["n", "x"]
    case .add, .subtract, .multiply, .divide, .floorDivide, .modulus, .power, .hypot, .min, .max,
      .logaddexp, .xlogy, .less, .lessOrEqual, .greater, .greaterOrEqual, .equal, .notEqual,
      .approximatelyEqual:
      ["x", "y"]
    }
  }

  var rows: [ReferenceTable.Row] { Reference.binary["\(self)"] ?? [] }
  var exceptions: [Exception] { [] }

  func valueAndDerivatives(_ operands: [Double]) -> [Double] {
    let (x, y) = (operands[0], operands[1])
    let z = value(x, y)
    return [
      z, derivative(for: .left, x, y, result: z), derivative(for: .right, x, y, result: z),
    ]
  }
}

extension TernaryOperation: Measurable {
  var call: String { "\(name)(\(operands.joined(separator: ", ")))" }

  var operands: [String] {
    switch self {
    case .select: ["condition", "yes", "no"]
    case .clamp: ["x", "low", "high"]
    }
  }

  var rows: [ReferenceTable.Row] { Reference.ternary["\(self)"] ?? [] }
  var exceptions: [Exception] { [] }

  func valueAndDerivatives(_ operands: [Double]) -> [Double] {
    let (x, y, z) = (operands[0], operands[1], operands[2])
    let local = derivatives(x, y, z)
    return [value(x, y, z), local.x, local.y, local.z]
  }
}
