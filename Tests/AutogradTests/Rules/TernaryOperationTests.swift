import Autograd
import Testing

@Suite struct TernaryOperationTests {
  @Test func whereTakesOneBranchOnly() {
    #expect(TernaryOperation.select.value(1, 2, .nan) == 2)
    #expect(TernaryOperation.select.value(0, .nan, 3) == 3)
    #expect(TernaryOperation.select.value(-0.0, .infinity, 3) == 3)
    #expect(TernaryOperation.select.value(.nan, 2, 3).isNaN)
  }

  @Test func clampPassesNaNOn() {
    #expect(TernaryOperation.clamp.value(.nan, 0, 1).isNaN)
    #expect(TernaryOperation.clamp.value(0.5, .nan, 1).isNaN)
    #expect(TernaryOperation.clamp.value(0.5, 0, .nan).isNaN)
    #expect(TernaryOperation.clamp.value(0.5, -.infinity, .infinity) == 0.5)
  }

  @Test(arguments: TernaryOperation.allCases)
  func nameIsUnique(_ operation: TernaryOperation) {
    #expect(TernaryOperation.allCases.filter { $0.name == operation.name } == [operation])
  }
}
