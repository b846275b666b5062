import GradLanguage
import Testing

/// Derivatives where adjoints are zeros of a shape.
@Suite struct DerivativeEdgeTests {
  @Test(arguments: [
    ("x = [3]; L = sum(x*0 + 1); print grad(L, x)", "[0]"),
    ("f(v) = 7; print grad(f)([1, 2]), f'(1)", "[0, 0] 0"),
    ("a = [[2]]; f(v) = sum(sin(-1 ^ a*v)); print shape(hessian(f)([1]))", "[1, 1]"),
  ])
  func zeros(program: String, shown: String) {
    var printed: [String] = []
    let outcome = Interpreter().run(program) { output in
      if case .printed(let text, _) = output { printed.append(text) }
    }
    #expect(outcome.diagnostics.map(\.message) == [])
    #expect(printed == [shown])
  }
}
