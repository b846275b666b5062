import Autograd
import TestSupport
import Testing

@testable import GradLanguage

/// Second and third derivatives at ordinary points against mpmath: by power series, `f''`, and by
/// derivatives of derivatives, `diff(y, x, x)`.
@Suite struct HigherDerivativeTests {
  private static let unary = ReferenceTable("unaryCurvature", operands: 1).rows
  private static let binary = ReferenceTable("binaryCurvature", operands: 2).rows

  /// How far off a derivative may be: in ulps of the largest derivative up to its order, since near
  /// zeros of one of them terms cancel.
  private static let limit = 16.0

  private func expectNear(_ found: Double, _ truth: TrueNumber, size: Double, _ note: String) {
    let error = (found - truth.nearest).magnitude
    let allowed = HigherDerivativeTests.limit * max(truth.nearest.magnitude, size).ulp
    #expect(
      error <= allowed || truth.ulps(to: found) < 1, "\(note): \(found), truly \(truth.nearest)")
  }

  @Test(arguments: UnaryOperation.allCases)
  func secondAndThird(_ operation: UnaryOperation) throws {
    let call = operation == .negate ? "-x" : "\(operation.name)(x)"
    var checked = 0
    for row in try #require(HigherDerivativeTests.unary["\(operation)"]) {
      let x = row.operands[0]
      guard !row.truths[0].nearest.isNaN else { continue }
      checked += 1
      let session = Session()
      session.run(
        """
        f(x) = \(call)
        plain value = f(\(x)); plain slope = f'(\(x))
        plain second = f''(\(x)); plain third = f'''(\(x))
        x = \(x); y = \(call)
        again = diff(y, x, x); thrice = diff(y, x, x, x); nested = diff(diff(diff(y, x), x), x)
        """)
      #expect(session.codes == [], "\(call) at \(x)")
      func number(_ name: String) -> Double { session.shown(name)?.data ?? .nan }
      var size = max(number("value").magnitude, number("slope").magnitude)
      expectNear(number("second"), row.truths[0], size: size, "second by series, \(call) at \(x)")
      expectNear(number("again"), row.truths[0], size: size, "second by diff, \(call) at \(x)")
      size = max(size, row.truths[0].nearest.magnitude)
      for name in ["third", "thrice", "nested"] {
        expectNear(number(name), row.truths[1], size: size, "\(name), \(call) at \(x)")
      }
    }
    #expect(checked >= 3, "\(call)")
  }

  @Test(arguments: BinaryOperation.allCases)
  func hessians(_ operation: BinaryOperation) throws {
    let call = operation.isInfix ? "x \(operation.name) y" : "\(operation.name)(x, y)"
    for row in try #require(HigherDerivativeTests.binary["\(operation)"]) {
      let (x, y) = (row.operands[0], row.operands[1])
      let session = Session()
      session.run(
        """
        f(x, y) = \(call)
        plain H = hessian(f)(\(x), \(y)); plain G = grad(f)(\(x), \(y))
        plain h11 = H[1, 1]; plain h12 = H[1, 2]; plain h21 = H[2, 1]; plain h22 = H[2, 2]
        plain g1 = G[1]; plain g2 = G[2]
        x = \(x); y = \(y); z = \(call)
        xx = diff(z, x, x); xy = diff(z, x, y); yx = diff(z, y, x); yy = diff(z, y, y)
        """)
      #expect(session.codes == [], "\(call) at \(x), \(y)")
      func number(_ name: String) -> Double { session.shown(name)?.data ?? .nan }
      let size = max(
        number("g1").magnitude, number("g2").magnitude, operation.value(x, y).magnitude)
      for (names, truth) in zip(
        [["h11", "xx"], ["h12", "h21", "xy", "yx"], ["h22", "yy"]], row.truths)
      {
        for name in names {
          expectNear(number(name), truth, size: size, "\(name) of \(call) at \(x), \(y)")
        }
      }
    }
  }
}
