import Autograd
import TestSupport
import Testing

@Suite struct BinaryOperationTests {
  @Test(arguments: BinaryOperation.allCases)
  func nanStaysNaN(_ operation: BinaryOperation) {
    for (x, y) in [(Double.nan, 2.0), (2.0, .nan), (.nan, .nan)] {
      let value = operation.value(x, y)
      switch operation {
      case .notEqual: #expect(value == 1)
      case .less, .lessOrEqual, .greater, .greaterOrEqual, .equal, .approximatelyEqual:
        #expect(value == 0)
      case .leakyRelu: #expect(value.isNaN || x == 2, "the slope is not used")
      case .add, .subtract, .multiply, .divide, .floorDivide, .modulus, .power, .atan2, .hypot,
        .min, .max, .logaddexp, .xlogy, .polygamma:
        #expect(value.isNaN)
      }
    }
  }

  @Test(arguments: BinaryOperation.allCases)
  func nameIsUnique(_ operation: BinaryOperation) {
    #expect(BinaryOperation.allCases.filter { $0.name == operation.name } == [operation])
  }

  @Test(arguments: BinaryOperation.allCases)
  func comparisonsAreInfixAndFlat(_ operation: BinaryOperation) {
    guard operation.isComparison else { return }
    #expect(operation.isInfix)
    #expect([0.0, 1.0].contains(operation.value(2, 3)))
    #expect(operation.derivative(for: .left, 2.0, 3.0, result: 1) == 0)
    #expect(operation.derivative(for: .right, 2.0, 3.0, result: 1) == 0)
  }

  struct Special: Sendable {
    let operation: BinaryOperation
    let x: Double
    let y: Double
    let value: Double
    let left: Double
    let right: Double

    init(
      _ operation: BinaryOperation, _ x: Double, _ y: Double, _ value: Double, _ left: Double,
      _ right: Double
    ) {
      (self.operation, self.x, self.y) = (operation, x, y)
      (self.value, self.left, self.right) = (value, left, right)
    }
  }

  static let specials: [Special] = [
    Special(.divide, 1, 0, .infinity, .infinity, -.infinity),
    Special(.divide, -1, 0, -.infinity, .infinity, .infinity),
    Special(.divide, 0, 0, .nan, .infinity, .nan),
    Special(.divide, 1, .infinity, 0, 0, 0),
    // Floor division and modulus have Python's signs.
    Special(.floorDivide, 7, 2, 3, 0, 0), Special(.floorDivide, -7, 2, -4, 0, 0),
    Special(.floorDivide, 7, -2, -4, 0, 0), Special(.floorDivide, -7, -2, 3, 0, 0),
    Special(.floorDivide, -1, .infinity, -1, 0, 0), Special(.floorDivide, 1, .infinity, 0, 0, 0),
    Special(.floorDivide, -0.0, 3, -0.0, 0, 0), Special(.floorDivide, 1, 0, .infinity, 0, 0),
    Special(.floorDivide, 0, 0, .nan, 0, 0), Special(.floorDivide, 0.3, 0.1, 2, 0, 0),
    Special(.floorDivide, 1, 0.1, 9, 0, 0),
    Special(.modulus, 7, 2, 1, 1, -3), Special(.modulus, -7, 2, 1, 1, 4),
    Special(.modulus, 7, -2, -1, 1, 4), Special(.modulus, -7, -2, -1, 1, -3),
    Special(.modulus, 6, -2, -0.0, 1, 3), Special(.modulus, -6, 2, 0, 1, 3),
    Special(.modulus, 1, 0, .nan, 1, -.infinity), Special(.modulus, 1, .infinity, 1, 1, 0),
    Special(.modulus, -1, .infinity, .infinity, 1, 1),
    Special(.modulus, .infinity, 2, .nan, 1, -.infinity),
    // Powers.
    Special(.power, -2, 3, -8, 12, .nan), Special(.power, 2, 10, 1024, 5120, 709.7827128933841),
    Special(.power, 3, 2, 9, 6, 9.887510598012987), Special(.power, -3, 2, 9, -6, .nan),
    Special(.power, 5, 0, 1, 0, 1.6094379124341003), Special(.power, 0, 0, 1, 0, 0),
    Special(.power, -0.0, 0, 1, 0, 0),
    Special(.power, .leastNonzeroMagnitude, 0, 1, 0, -744.4400719213812),
    Special(.power, 0, 2, 0, 0, 0), Special(.power, 0, 1, 0, 1, 0),
    Special(.power, 0, 0.5, 0, .infinity, 0), Special(.power, 0, 0.3, 0, .infinity, 0),
    Special(.power, 0, -1, .infinity, -.infinity, 0),
    Special(.power, -8, 1.0 / 3, .nan, .nan, .nan),
    Special(.power, 1, 0.3, 1, 0.3, 0),
    Special(.power, .infinity, 0, 1, 0, .infinity),
    Special(.power, .infinity, 0.3, .infinity, 0, .infinity),
    Special(.power, .infinity, 2, .infinity, .infinity, .infinity),
    Special(.power, 10, -2, 0.01, -0.002, 0.023025850929940458),
    Special(.power, -2, 1e300, .infinity, -.infinity, .nan),
    // Angles and lengths.
    Special(.atan2, 0, 1, 0, 1, 0), Special(.atan2, -0.0, -1, -.pi, -1, 0),
    Special(.atan2, 1, 0, .pi / 2, 0, -1), Special(.atan2, 0, -1, .pi, -1, 0),
    Special(.hypot, 0, 0, 0, 0, 0), Special(.hypot, -0.0, 0, 0, 0, 0),
    Special(.hypot, 3, -4, 5, 0.6, -0.8), Special(.hypot, 3e300, 4e300, 5e300, 0.6, 0.8),
    Special(.hypot, 3e-300, 4e-300, 5e-300, 0.6, 0.8),
    // A tie gives half to each.
    Special(.min, 2, 2, 2, 0.5, 0.5), Special(.max, 2, 2, 2, 0.5, 0.5),
    Special(.min, 2, 3, 2, 1, 0), Special(.max, 2, 3, 3, 0, 1),
    Special(.max, -.infinity, -.infinity, -.infinity, 0.5, 0.5),
    Special(.min, .infinity, .infinity, .infinity, 0.5, 0.5),
    Special(.max, -.infinity, 1, 1, 0, 1), Special(.min, .infinity, 1, 1, 0, 1),
    Special(.max, 0, .leastNonzeroMagnitude, .leastNonzeroMagnitude, 0, 1),
    // Logarithms of sums and products.
    Special(.logaddexp, 800, 800, 800.6931471805599, 0.5, 0.5),
    Special(.logaddexp, -.infinity, 3, 3, 0, 1), Special(.logaddexp, 3, -.infinity, 3, 1, 0),
    Special(.logaddexp, -.infinity, -.infinity, -.infinity, 0.5, 0.5),
    Special(.logaddexp, .infinity, .infinity, .infinity, 0.5, 0.5),
    Special(.logaddexp, .infinity, 0, .infinity, 1, 0),
    Special(.xlogy, 0, 0, 0, -.infinity, 0), Special(.xlogy, 0, 5, 0, 1.6094379124341003, 0),
    Special(.xlogy, 0, -1, 0, .nan, 0), Special(.xlogy, 2, 0, -.infinity, -.infinity, .infinity),
    // Others.
    Special(.leakyRelu, 0, 0.1, 0, 0.1, 0), Special(.leakyRelu, -2, 0.1, -0.2, 0.1, -2),
    Special(.leakyRelu, 2, 0.1, 2, 1, 0), Special(.leakyRelu, .infinity, 0, .infinity, 1, 0),
    Special(.polygamma, 0, 1, -0.5772156649015329, 0, 1.6449340668482264),
    Special(.polygamma, 1, 1, 1.6449340668482264, 0, -2.4041138063191885),
    Special(.polygamma, 1, 0, .infinity, 0, .nan), Special(.polygamma, 2, -3, .nan, 0, .infinity),
    Special(.polygamma, 0.5, 1, .nan, 0, .nan),
    Special(.polygamma, -1, 1, .nan, 0, -0.5772156649015329),
    Special(.polygamma, 1, .infinity, 0, 0, 0), Special(.polygamma, 2, -.infinity, .nan, 0, .nan),
    // Comparisons.
    Special(.less, -0.0, 0, 0, 0, 0), Special(.equal, -0.0, 0, 1, 0, 0),
    Special(.equal, .infinity, .infinity, 1, 0, 0), Special(.notEqual, 1, 1, 0, 0, 0),
    Special(.approximatelyEqual, .infinity, .infinity, 1, 0, 0),
    Special(.approximatelyEqual, .infinity, 1e308, 0, 0, 0),
    Special(.approximatelyEqual, 0.1, 0.30000000000000004 - 0.2, 1, 0, 0),
  ]

  @Test(arguments: specials)
  func specialValue(_ special: Special) {
    let (operation, x, y) = (special.operation, special.x, special.y)
    let value = operation.value(x, y)
    if special.value == special.value.rounded() || special.value.isNaN {
      expectSame(value, special.value)
    } else {
      expectClose(value, special.value)
    }
    let left = operation.derivative(for: .left, x, y, result: value)
    let right = operation.derivative(for: .right, x, y, result: value)
    #expect(isAbout(left, special.left), "left: \(left), not \(special.left)")
    #expect(isAbout(right, special.right), "right: \(right), not \(special.right)")
  }

  private func isAbout(_ x: Double, _ y: Double) -> Bool {
    x == y || x.isNaN && y.isNaN || (x - y).magnitude <= 1e-14 * y.magnitude
  }

  /// x^n is exact where the result is a double.
  @Test(arguments: 0...12)
  func smallWholePowersAreExact(_ n: Int) {
    for x in [-3.0, -2, -1.5, -1, 1, 2, 2.5, 3, 7, 10] {
      var product = 1.0
      for _ in 0..<n { product *= x }
      expectSame(BinaryOperation.power.value(x, Double(n)), product, "\(x)^\(n)")
    }
  }

  @Test func infinitePowers() {
    let power = BinaryOperation.power
    for x in [2.0, -2, .infinity] {
      expectSame(power.value(x, .infinity), .infinity)
      expectSame(power.value(x, -.infinity), 0)
    }
    for x in [0.5, -0.5, 0, -0.0] {
      expectSame(power.value(x, .infinity), 0)
      expectSame(power.value(x, -.infinity), .infinity)
    }
    for x in [1.0, -1] { expectSame(power.value(x, -.infinity), 1) }
    expectSame(power.value(-2, 1e300), .infinity, "a whole, even exponent")
    expectSame(power.value(-0.0, 3), -0.0)
    expectSame(power.value(-0.0, -3), -.infinity)
    expectSame(power.value(-0.0, 0.5), 0)
  }

  /// x = y·(x // y) + x % y, and the remainder lies between 0 and y.
  @Test func floorDivisionAndModulusFitTogether() {
    var random = SplitMix64(seed: 7)
    for _ in 0..<2000 {
      let x = Double(Int.random(in: -1_000_000...1_000_000, using: &random)) / 64
      let y =
        Double(Int.random(in: 1...4096, using: &random)) / 64
        * (Bool.random(using: &random) ? 1 : -1)
      let quotient = BinaryOperation.floorDivide.value(x, y)
      let remainder = BinaryOperation.modulus.value(x, y)
      #expect(quotient == quotient.rounded())
      #expect(y * quotient + remainder == x, "\(x), \(y)")
      #expect(y > 0 ? 0 <= remainder && remainder < y : y < remainder && remainder <= 0)
    }
  }
}
