import Autograd
import TestSupport
import Testing

/// The rules, read with other types than `Double`.
@Suite struct ArithmeticTests {
  typealias Dual2 = Dual<Dual<Double>>

  @Test(arguments: UnaryOperation.allCases)
  func secondAndThirdDerivativesAreTrue(_ operation: UnaryOperation) throws {
    for row in try #require(Reference.unaryCurvature["\(operation)"]) {
      let (point, second, third) = (
        row.operands[0], row.truths[0].nearest, row.truths[1].nearest
      )
      guard !second.isNaN else { continue }
      let x = Dual2(Dual(point, slope: 1), slope: Dual(1, slope: 0))
      let slope = operation.derivative(at: x, result: .apply(operation, x))
      let note = "\(operation) at \(point)"
      expectClose(slope.value.value, derivative(of: operation, at: point), ulps: 3, note)
      expectClose(slope.slope.value, second, relative: 1e-12, absolute: 1e-14, note)
      expectClose(slope.value.slope, second, relative: 1e-12, absolute: 1e-14, note)
      expectClose(slope.slope.slope, third, relative: 1e-11, absolute: 1e-13, note)
    }
  }

  private func derivative(of operation: UnaryOperation, at x: Double) -> Double {
    operation.derivative(at: x, result: operation.value(x))
  }

  @Test(arguments: BinaryOperation.allCases)
  func secondDerivativesAreTrue(_ operation: BinaryOperation) throws {
    for row in try #require(Reference.binaryCurvature["\(operation)"]) {
      let (x, y, truths) = (row.operands[0], row.operands[1], row.truths.map(\.nearest))
      func slopes(_ x: Dual<Double>, _ y: Dual<Double>) -> (Double, Double) {
        let z = Dual.apply(operation, x, y)
        return (
          operation.derivative(for: .left, x, y, result: z).slope,
          operation.derivative(for: .right, x, y, result: z).slope
        )
      }
      let alongX = slopes(Dual(x, slope: 1), Dual(y, slope: 0))
      let alongY = slopes(Dual(x, slope: 0), Dual(y, slope: 1))
      let note = "\(operation) at \(x), \(y)"
      expectClose(alongX.0, truths[0], relative: 1e-12, absolute: 1e-14, "xx \(note)")
      expectClose(alongX.1, truths[1], relative: 1e-12, absolute: 1e-14, "yx \(note)")
      if operation != .polygamma {
        expectClose(alongY.0, truths[1], relative: 1e-12, absolute: 1e-14, "xy \(note)")
      }
      expectClose(alongY.1, truths[2], relative: 1e-12, absolute: 1e-14, "yy \(note)")
    }
  }

  /// Every rule against differences of the operation itself, at random ordinary points.
  @Test(arguments: UnaryOperation.allCases)
  func derivativesAgreeWithDifferences(_ operation: UnaryOperation) {
    var random = SplitMix64(seed: 11)
    for _ in 0..<50 {
      let x = Double.random(in: 0.1...0.9, using: &random) + (operation == .acosh ? 1 : 0)
      guard operation != .stop, operation != .round else { continue }
      let difference = CentralDifference(at: x, operation.value)
      expectClose(
        derivative(of: operation, at: x), difference.derivative, relative: 1e-8, absolute: 1e-9,
        "\(operation)′(\(x))")
    }
  }

  @Test func selectTakesTheBranchThatHolds() {
    #expect(Double.select(1, 2, .nan) == 2)
    #expect(Double.select(0, .nan, 3) == 3)
    let x = Dual(0.0, slope: 1)
    #expect(Dual.select(.apply(.greater, x, 0), 1 / x, x).slope == 1)
  }
}
