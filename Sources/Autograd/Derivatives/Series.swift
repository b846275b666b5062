/// A truncated power series in one variable: c₀ + c₁t + … + cₙtⁿ, of numbers or arrays.
///
/// Products and quotients are the Cauchy ones; y = f(x) follows from y′ = f′(x)·x′ with the one table
/// of derivatives, order by order: k·yₖ = Σ j·xⱼ·dₖ₋ⱼ for j = 1 … k, where d = f′(x) is itself computed
/// on series, one order shorter. Source: Griewank & Walther, Evaluating Derivatives, ch. 13.
package struct Series: ArrayArithmetic {
  /// The coefficients; those beyond the last are 0.
  package let coefficients: [Traced]
  /// The highest order that is known; `Int.max` for what does not depend on t.
  package let order: Int

  package init(_ coefficients: [Traced], order: Int) {
    self.coefficients = coefficients
    self.order = order
  }

  /// What does not depend on t.
  package init(_ value: Traced) { self.init([value], order: .max) }
  package init(constant: Double) { self.init(Traced(constant: constant)) }
  package init(integerLiteral value: Int) { self.init(constant: Double(value)) }
  package init(floatLiteral value: Double) { self.init(constant: value) }

  package var shape: Shape { coefficients[0].shape }

  private var isConstant: Bool { order == .max }

  /// A constant where all that is known of it does not change with t.
  private var settled: Series {
    let changes = coefficients.dropFirst().contains {
      $0.isTracked || $0.numbers.array.contains { $0 != 0 }
    }
    return changes ? self : Series(coefficients[0])
  }

  /// Whether this is 0 for every t.
  private var isZero: Bool {
    isConstant && coefficients[0].numbers.array.allSatisfy { $0 == 0 }
  }

  package var isRecorded: Bool { coefficients.contains(where: \.isTracked) }
  package var isExtreme: Bool { coefficients[0].isExtreme }

  /// Whether every coefficient is finite at present.
  var isFinite: Bool { coefficients.allSatisfy(\.numbers.areFinite) }

  /// For each number whether it changes with t; nil where that may be otherwise at other data.
  var moving: [Bool]? {
    if coefficients.dropFirst().contains(where: \.isTracked) { return nil }
    return (0..<shape.count).map { k in
      coefficients.dropFirst().contains { $0.shape.rank == 0 ? $0.first != 0 : $0.numbers[k] != 0 }
    }
  }

  /// The same with numbers that do not change with t where they do not move.
  func still(butFor moving: [Bool]) -> Series {
    if isFinite || !moving.contains(false) { return self }
    let own = shape
    let mask = Traced(Numbers(moving.map { $0 ? 1 : 0 }, shape: own))
    let rest = coefficients.dropFirst().map { Traced.select(mask, .broadcast($0, to: own), 0) }
    return Series([coefficients[0]] + rest, order: order)
  }

  private func truncated(to order: Int) -> Series {
    isConstant ? self : Series(Array(coefficients.prefix(order + 1)), order: min(self.order, order))
  }

  /// The coefficient of order k; nil for 0.
  private func coefficient(_ k: Int) -> Traced? {
    k < coefficients.count ? coefficients[k] : nil
  }

  // MARK: Arithmetic

  private static func combined(
    _ x: Series, _ y: Series, _ both: (Traced, Traced) -> Traced, right: (Traced) -> Traced
  ) -> Series {
    var result: [Traced] = []
    for k in 0..<max(x.coefficients.count, y.coefficients.count) {
      if let a = x.coefficient(k), let b = y.coefficient(k) {
        result.append(both(a, b))
      } else if let a = x.coefficient(k) {
        result.append(a)
      } else if let b = y.coefficient(k) {
        result.append(right(b))
      }
    }
    let order = min(x.order, y.order)
    return Series(order == .max ? result : Array(result.prefix(order + 1)), order: order)
  }

  package static prefix func - (x: Series) -> Series {
    Series(x.coefficients.map { -$0 }, order: x.order)
  }

  package static func + (x: Series, y: Series) -> Series {
    combined(x, y, +, right: { $0 })
  }

  package static func - (x: Series, y: Series) -> Series {
    combined(x, y, -, right: { -$0 })
  }

  package static func * (x: Series, y: Series) -> Series {
    product(x, y) { a, b in a * b }
  }

  /// The Cauchy product, for any product of coefficients.
  private static func product(
    _ x: Series, _ y: Series, _ times: (Traced, Traced) -> Traced
  ) -> Series {
    let order = min(x.order, y.order)
    let last = min(x.coefficients.count + y.coefficients.count - 2, order)
    var result: [Traced] = []
    for k in 0...last {
      var total: Traced?
      for j in max(0, k - y.coefficients.count + 1)...min(k, x.coefficients.count - 1) {
        let term = times(x.coefficients[j], y.coefficients[k - j])
        total = total.map { $0 + term } ?? term
      }
      result.append(total ?? 0)
    }
    return Series(result, order: order)
  }

  package static func / (x: Series, y: Series) -> Series {
    if y.isConstant { return Series(x.coefficients.map { $0 / y.coefficients[0] }, order: x.order) }
    let order = min(x.order, y.order)
    var result: [Traced] = []
    for k in 0...order {
      var rest: Traced? = x.coefficient(k)
      for j in 0..<k {
        guard let divisor = y.coefficient(k - j) else { continue }
        let term = result[j] * divisor
        rest = rest.map { $0 - term } ?? -term
      }
      result.append(rest.map { $0 / y.coefficients[0] } ?? 0)
    }
    return Series(result, order: order)
  }

  // MARK: Operations

  /// y with y₀ known and y′ = Σ dᵢ·xᵢ′ over the operands.
  private static func integrated(
    _ first: Traced, _ terms: [(derivative: Series, operand: Series)], order: Int,
    times: (Traced, Traced) -> Traced = { $0 * $1 }
  ) -> Series {
    var result = [first]
    for k in stride(from: 1, through: order, by: 1) {
      var total: Traced?
      for (d, x) in terms {
        for j in 1...k {
          guard let a = x.coefficient(j), let b = d.coefficient(k - j) else { continue }
          let product = times(b, a)
          let term = j == 1 ? product : Traced(constant: Double(j)) * product
          total = total.map { $0 + term } ?? term
        }
      }
      result.append(total.map { k == 1 ? $0 : $0 / Traced(constant: Double(k)) } ?? 0)
    }
    return Series(result, order: order)
  }

  package static func apply(_ operation: UnaryOperation, _ x: Series) -> Series {
    apply(operation, x, first: .apply(operation, x.coefficients[0]))
  }

  /// The same with the first coefficient known.
  static func apply(_ operation: UnaryOperation, _ x: Series, first: Traced) -> Series {
    if operation == .negate { return -x }
    guard !x.isConstant, x.order > 0 else { return Series([first], order: x.order) }
    let shorter = x.truncated(to: x.order - 1)
    let y =
      operation.derivativeUsesResult
      ? apply(operation, shorter, first: first) : Series(constant: .nan)
    let d: Series = operation.derivative(at: shorter, result: y)
    return integrated(first, [(d, x)], order: x.order, times: product(operation.isInPieces))
      .undefinedWhereFirstIs
  }

  /// Where the value is NaN all coefficients are NaN.
  private var undefinedWhereFirstIs: Series {
    let first = coefficients[0]
    guard !first.isTracked, first.numbers.array.contains(where: \.isNaN) else { return self }
    return Series(
      [first] + coefficients.dropFirst().map { .select(.equal(first, first), $0, first) },
      order: order)
  }

  /// n/x, and of numbers n/|x|.
  package static func overMagnitude(_ n: Series, _ x: Series) -> Series {
    guard x.isConstant || x.order == 0 else { return n / x }
    let quotient: Traced = .overMagnitude(n.coefficients[0], x.coefficients[0])
    return Series([quotient], order: min(n.order, x.order))
  }

  package static func apply(_ operation: BinaryOperation, _ x: Series, _ y: Series) -> Series {
    apply(operation, x, y, first: nil)
  }

  static func apply(
    _ operation: BinaryOperation, _ x: Series, _ y: Series, first: Traced?
  ) -> Series {
    if operation == .power, !x.isConstant, !y.isConstant, y.settled.isConstant {
      return apply(.power, x.truncated(to: y.order), y.settled, first: first)
    }
    switch operation {
    case .add: return x + y
    case .subtract: return x - y
    case .multiply: return x * y
    case .divide: return x / y
    case .power where y.isConstant && !x.isConstant:
      return power(x, y.coefficients[0], first: first)
    // The rules branch: of low orders they keep digits where x₀ is tiny.
    case .power where !y.isConstant && min(x.order, y.order) > 4 && !x.isZero:
      let first = first ?? .apply(.power, x.coefficients[0], y.coefficients[0])
      return apply(.exp, y * apply(.log, x), first: first)
    case .power, .floorDivide, .modulus, .atan2, .hypot, .min, .max, .logaddexp, .xlogy, .leakyRelu,
      .polygamma, .less, .lessOrEqual, .greater, .greaterOrEqual, .equal, .notEqual,
      .approximatelyEqual:
      break
    }
    let order = min(x.order, y.order)
    let first = first ?? .apply(operation, x.coefficients[0], y.coefficients[0])
    guard order != .max, order > 0, !operation.isComparison else {
      return Series([first], order: order)
    }
    let (a, b) = (x.truncated(to: order - 1), y.truncated(to: order - 1))
    let usesResult = operation == .hypot || operation == .power
    let z = usesResult ? apply(operation, a, b, first: first) : Series(constant: .nan)
    var terms: [(derivative: Series, operand: Series)] = []
    if !x.isConstant { terms.append((operation.derivative(for: .left, a, b, result: z), x)) }
    if !y.isConstant { terms.append((operation.derivative(for: .right, a, b, result: z), y)) }
    return integrated(first, terms, order: order, times: product(operation.isInPieces))
  }

  /// The product of a slope and a coefficient: of an operation in pieces 0 where the slope is 0.
  private static func product(_ isInPieces: Bool) -> (Traced, Traced) -> Traced {
    isInPieces
      ? { slope, x in x.numbers.areFinite ? slope * x : slope * x.harmless(to: slope) }
      : { slope, x in slope * x }
  }

  /// xᵖ. Small whole powers are products, exact also where x₀ is 0; others follow from
  /// x·z′ = p·z·x′: k·x₀·zₖ = Σ (p·j − (k − j))·xⱼ·zₖ₋ⱼ for j = 1 … k; where x₀ is no divisor from
  /// z′ = p·xᵖ⁻¹·x′.
  private static func power(_ x: Series, _ p: Traced, first: Traced?) -> Series {
    if case .number(let exponent) = p.storage, exponent == exponent.rounded(), exponent >= 0,
      exponent <= 1024
    {
      return whole(x, Int(exponent))
    }
    var z = [first ?? .apply(.power, x.coefficients[0], p)]
    guard x.order > 1, !x.isRecorded, !p.isTracked,
      isDivisor(x.coefficients[0]), isDivisor(z[0])
    else { return powerByRule(x, p, z[0]) }
    for k in stride(from: 1, through: x.order, by: 1) {
      var total: Traced?
      for j in 1...k {
        guard let a = x.coefficient(j) else { continue }
        let weight = p * Traced(constant: Double(j)) - Traced(constant: Double(k - j))
        let term = weight * (a * z[k - j])
        total = total.map { $0 + term } ?? term
      }
      let divisor = k == 1 ? x.coefficients[0] : Traced(constant: Double(k)) * x.coefficients[0]
      z.append(total.map { $0 / divisor } ?? 0)
    }
    return Series(z, order: x.order)
  }

  /// Whether products with a number and quotients by it keep their digits.
  private static func isDivisor(_ x: Traced) -> Bool {
    let numbers = x.numbers
    return (0..<numbers.shape.count).allSatisfy { k in
      numbers[k].magnitude > 0x1p-500 && numbers[k].magnitude < 0x1p500
    }
  }

  private static func powerByRule(_ x: Series, _ p: Traced, _ first: Traced) -> Series {
    guard x.order > 0 else { return Series([first], order: x.order) }
    let shorter = x.truncated(to: x.order - 1)
    guard x.order > 1 else {
      let slope: Traced = BinaryOperation.power.derivative(
        for: .left, x.coefficients[0], p, result: first)
      return integrated(first, [(Series([slope], order: 0), x)], order: 1)
    }
    let slope = Series(p) * power(shorter, p - 1, first: nil)
    let d = select(Series(.apply(.equal, p, 0)), 0, slope)
    return integrated(first, [(d, x)], order: x.order)
  }

  /// σ(x)·σ(−x): for p = y·c, y = σ(x) and c = σ(−x), from y′ = p·x′ and c′ = −y′.
  package static func logisticSlope(_ x: Series) -> Series {
    let first: Traced = .logisticSlope(x.coefficients[0])
    guard !x.isConstant else { return Series(first) }
    let upper: Traced = .sigmoid(x.coefficients[0])
    let difference: Traced = -.apply(.tanh, 0.5 * x.coefficients[0])  // c₀ − y₀
    var (y, p) = ([upper], [first])
    for k in stride(from: 1, through: x.order, by: 1) {
      let terms = (1...k).compactMap { j in
        x.coefficient(j).map {
          Traced(constant: Double(j)) / Traced(constant: Double(k)) * $0 * p[k - j]
        }
      }
      y.append(terms.dropFirst().reduce(terms.first ?? 0, +))
      p.append((1..<k).reduce(y[k] * difference) { $0 - y[$1] * y[k - $1] })
    }
    return Series(p, order: x.order)
  }

  private static func whole(_ x: Series, _ exponent: Int) -> Series {
    var result: Series?
    var square = x
    var rest = exponent
    while rest > 0 {
      if rest & 1 == 1 { result = result.map { $0 * square } ?? square }
      rest >>= 1
      if rest > 0 { square = square * square }
    }
    return result ?? Series([.apply(.power, x.coefficients[0], 0)], order: x.order)
  }

  package static func apply(
    _ operation: TernaryOperation, _ x: Series, _ y: Series, _ z: Series
  ) -> Series {
    switch operation {
    case .clamp: return clamp(x, y, z)
    case .select:
      let condition = x.coefficients[0]
      let order = min(x.order, y.order, z.order)
      let last = min(max(y.coefficients.count, z.coefficients.count) - 1, order)
      return Series(
        (0...last).map { k in
          .apply(.select, condition, y.coefficient(k) ?? 0, z.coefficient(k) ?? 0)
        }, order: order)
    }
  }

  private static func clamp(_ x: Series, _ low: Series, _ high: Series) -> Series {
    let order = min(x.order, low.order, high.order)
    let operands = [x, low, high]
    let first: Traced = .apply(
      .clamp, x.coefficients[0], low.coefficients[0], high.coefficients[0])
    guard order != .max, order > 0 else { return Series([first], order: order) }
    let shorter = operands.map { $0.truncated(to: order - 1) }
    let locals = TernaryOperation.clamp.derivatives(shorter[0], shorter[1], shorter[2])
    let terms = zip([locals.x, locals.y, locals.z], operands).filter { !$0.1.isConstant }
    return integrated(
      first, terms.map { (derivative: $0.0, operand: $0.1) }, order: order, times: product(true))
  }

  package static func select(
    _ condition: Series, _ yes: @autoclosure () -> Series, _ no: @autoclosure () -> Series
  ) -> Series {
    guard case .number(let value) = condition.coefficients[0].storage else {
      return apply(TernaryOperation.select, condition, yes(), no())
    }
    return value.isNaN ? condition : value != 0 ? yes() : no()
  }

  package static func contribution(
    _ adjoint: Series, _ local: Series, isInPieces: Bool, _ steepness: Steepness
  ) -> Series { adjoint * local }

  // MARK: Whole arrays

  package func reshaped(_ shape: Shape) -> Series {
    let own = self.shape
    return Series(
      coefficients.map { Traced.broadcast($0, to: own).reshaped(shape) }, order: order)
  }

  package func part(_ offset: Int, _ shape: Shape) -> Series {
    let own = self.shape
    return Series(
      coefficients.map { Traced.broadcast($0, to: own).part(offset, shape) }, order: order)
  }

  package static func apply(
    _ operation: WholeOperation, _ x: [Series], parameters: [Int32], shape: Shape
  ) -> Series {
    /// The operation on each coefficient: for what is linear.
    func linear(_ operation: WholeOperation, _ parameters: [Int32]) -> Series {
      let own = x[0].shape
      return Series(
        x[0].coefficients.map {
          .apply(operation, [.broadcast($0, to: own)], parameters: parameters, shape: shape)
        }, order: x[0].order)
    }
    switch operation {
    case .copy, .sum, .cumulativeSum, .broadcast, .transpose, .gather, .scatter:
      return linear(operation, parameters)
    case .matrixProduct:
      let shapes = (x[0].shape, x[1].shape)
      return product(x[0], x[1]) { a, b in
        .apply(
          operation, [.broadcast(a, to: shapes.0), .broadcast(b, to: shapes.1)],
          parameters: parameters, shape: shape)
      }
    case .replace: return replace(x[0], x[1], parameters, shape)
    case .sort, .arrange, .disarrange:
      let (keys, own) = (x[0].coefficients[0], x[x.count - 1].shape)
      let inOrder: WholeOperation = operation == .disarrange ? .disarrange : .arrange
      return Series(
        x[x.count - 1].coefficients.map {
          .apply(
            inOrder, [keys, .broadcast($0, to: own)], parameters: Array(parameters[..<3]),
            shape: shape)
        }, order: x[x.count - 1].order)
    case .argMaximum, .argMinimum, .all, .any:
      return Series(
        [.apply(operation, [x[0].coefficients[0]], parameters: parameters, shape: shape)],
        order: x[0].order)
    case .maximum, .minimum, .norm, .logSumExp:
      return reduced(operation, x[0], parameters, shape)
    case .softmax: return softmax(x[0], parameters, shape)
    }
  }

  /// exp(x − logSumExp(x)) with the first coefficient computed by itself.
  private static func softmax(_ x: Series, _ parameters: [Int32], _ shape: Shape) -> Series {
    let first: Traced = .apply(
      .softmax, [x.coefficients[0]], parameters: parameters, shape: shape)
    guard !x.isConstant, x.order > 0 else { return Series([first], order: x.order) }
    let split = AxisSplit(parameters)
    let logarithm = reduced(
      .logSumExp, x, parameters, Shape(rows: split.outer, columns: split.inner))
    return apply(.exp, x - .repeated(logarithm, along: split, to: shape), first: first)
  }

  private static func replace(
    _ x: Series, _ y: Series, _ parameters: [Int32], _ shape: Shape
  ) -> Series {
    let order = min(x.order, y.order)
    let last = min(max(x.coefficients.count, y.coefficients.count) - 1, order)
    let (own, part) = (x.shape, y.shape)
    return Series(
      (0...last).map { k in
        .apply(
          .replace,
          [
            .broadcast(x.coefficient(k) ?? 0, to: own),
            .broadcast(y.coefficient(k) ?? 0, to: part),
          ], parameters: parameters, shape: shape)
      }, order: order)
  }

  /// y′ is the sum along the dimension of the pullback of 1 times x′.
  private static func reduced(
    _ operation: WholeOperation, _ x: Series, _ parameters: [Int32], _ shape: Shape
  ) -> Series {
    let first: Traced = .apply(
      operation, [x.coefficients[0]], parameters: parameters, shape: shape)
    guard !x.isConstant, x.order > 0 else { return Series([first], order: x.order) }
    let shorter = x.truncated(to: x.order - 1)
    // The shares of logSumExp do without its result, which would be computed again for each order.
    let y =
      operation == .logSumExp
      ? Series(first) : apply(operation, [shorter], parameters: parameters, shape: shape)
    let ones = Series(Traced.broadcast(1, to: shape))
    let d = operation.pullback(to: 0, ones, [shorter], result: y, parameters) ?? 0
    let own = x.shape
    return integrated(first, [(d, x)], order: x.order) { local, coefficient in
      .apply(
        .sum, [local * Traced.broadcast(coefficient, to: own)], parameters: parameters,
        shape: shape)
    }
  }
}

extension UnaryOperation {
  /// Whether the rule in `derivative(at:result:)` reads the result. Where it does not, a series need
  /// not be computed twice.
  fileprivate var derivativeUsesResult: Bool {
    switch self {
    case .sqrt, .cbrt, .exp, .tan, .relu, .gelu, .silu, .gaussian, .gamma: true
    case .negate, .abs, .sign, .floor, .ceil, .round, .expm1, .log, .log2, .log10, .log1p, .sin,
      .cos, .asin, .acos, .atan, .sinh, .cosh, .tanh, .asinh, .acosh, .atanh, .sigmoid,
      .softplus, .erf, .erfc, .lgamma, .digamma, .stop:
      false
    }
  }
}
