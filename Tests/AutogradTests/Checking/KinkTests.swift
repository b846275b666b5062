import Testing

@testable import Autograd

/// The corners of operations: the slopes that are named are those of the operation's own values.
@Suite struct KinkTests {
  @Test(arguments: UnaryOperation.allCases)
  func cornersOfOneNumber(operation: UnaryOperation) {
    let slope = { (h: Double) in (operation.value(h) - operation.value(0)) / h }
    if case .corner(let left, let right, let used) = operation.kink(at: 0) {
      #expect(slope(-1e-9) == left && slope(1e-9) == right)
      #expect(used == operation.derivative(at: 0.0, result: operation.value(0)))
    } else {
      // No kink is claimed: where values exist on both sides the slopes agree, grow, or jump.
      let (a, b) = (slope(-1e-7), slope(1e-7))
      #expect(!a.isFinite || !b.isFinite || abs(a - b) < 1e-5 || max(abs(a), abs(b)) > 1e3)
    }
    #expect(operation.kink(at: 0.7) == nil)
  }

  @Test func tiesAndTips() {
    #expect(BinaryOperation.max.kink(at: 2, 2) == .tie)
    #expect(BinaryOperation.min.kink(at: 2, 3) == nil)
    #expect(BinaryOperation.hypot.kink(at: 0, 0) == .tip)
    #expect(BinaryOperation.hypot.kink(at: 0, 1) == nil)
    #expect(BinaryOperation.leakyRelu.kink(at: 0, 0.1) == .corner(left: 0.1, right: 1, used: 0.1))
    #expect(TernaryOperation.clamp.kink(at: 1, 1, 3) == .tie)
    #expect(TernaryOperation.clamp.kink(at: 2, 1, 3) == nil)
    #expect(WholeOperation.maximum.kink(of: [1, 3, 3], result: 3) == .tie)
    #expect(WholeOperation.maximum.kink(of: [1, 2, 3], result: 3) == nil)
    #expect(WholeOperation.norm.kink(of: [0, 0], result: 0) == .tip)
  }
}
