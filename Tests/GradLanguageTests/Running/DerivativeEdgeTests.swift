import GradLanguage
import Testing

/// Derivatives where adjoints are zeros of a shape.
@Suite struct DerivativeEdgeTests {
  @Test(arguments: [
    ("x = [3]; L = sum(x*0 + 1); print grad(L, x)", "[0]"),
    ("f(v) = 7; print grad(f)([1, 2]), f'(1)", "[0, 0] 0"),
    ("a = [[2]]; f(v) = sum(sin(-1 ^ a*v)); print shape(hessian(f)([1]))", "[1, 1]"),
  ])
  func zeros(program: String, shown: String) { expect(program, shown) }

  /// What was recorded at one point is right at another.
  @Test(arguments: [
    ("x = [0.6]; d = diff(sum(diff(sum(x^2), x)), x); x := [0]; forward d; print d", "[2]"),
    ("x = 0.6; d = diff(gelu(x), x); x := -30; forward d; print d", "-4.41603169071e-195"),
    ("a = [1, 2]; d = grad(sum(a^2), a); a := [0, 2]; forward d; print d", "[0, 4]"),
    ("x = 1; d = diff(sqrt(relu(x)), x); x := -1; forward d; print d", "0"),
    ("x = -1; d = diff(sqrt(relu(x)), x); x := 4; forward d; print d", "0.25"),
    (
      "x = [3, 1]; d = grad(sum(sort(x)*[1, 10]), x); x := [1, 3]; forward d; print d",
      "[1, 10]"
    ),
    (
      "x = [3, 1]; h = hessian(sum(sort(x)^2*[1, 10]), x); x := [1, 3]; forward h; print h",
      "[[2, 0], [0, 20]]"
    ),
    (
      "x = 2; d = diff(where(x > 0, sqrt(x)*x, 0), x); x := -1; forward d; print d",
      "0"
    ),
    (
      "a = [0.5]; d = diff(sum(diff(sum(atan2(a, 1)), a)), a); backward sum(d); print a.grad",
      "[-0.256]"
    ),
    ("x = 1e100; print diff(atan2(x, 1.3), x, x)", "-2.6e-300"),
    (
      "f(v) = norm(v); print hessian(f)([3e-160, 4e-160])*1e-160",
      "[[0.128, -0.096], [-0.096, 0.072]]"
    ),
    (
      "f(v) = norm(v); print hessian(f)([3e160, 4e160])*1e160",
      "[[0.128, -0.096], [-0.096, 0.072]]"
    ),
  ])
  func recorded(program: String, shown: String) { expect(program, shown) }

  /// A number that does not move has no part in a derivative, also where its slope is infinite.
  @Test(arguments: [
    ("print jvp(v -> sum(sqrt(v)), [0, 1], [0, 1])", "0.5"),
    ("print jvp(v -> sqrt(v), [0, 1], [0, 1])", "[0, 0.5]"),
    ("print jvp(v -> sum(cbrt(v)), [0, 1], [0, 3])", "1"),
    ("print jvp(v -> sum(log(v)), [0, 2], [0, 1])", "0.5"),
    ("print jvp(v -> sqrt(v[1]) + v[2]^2, [0, 3], [0, 1])", "6"),
    ("print (t -> sum(sqrt([0, 1 + t])))''(0)", "-0.25"),
    ("print taylor(t -> sum(log(concat([0], [1 + t]))), 0, 2)", "[-inf, 1, -0.5]"),
    ("A = [[0, 1], [2, 4]]; print jvp(A -> sum(sqrt(A), 1), A, [[0, 1], [0, 1]])", "[0, 0.75]"),
    ("print jvp(v -> sum(sqrt(v)), [0, 1], [1, 1])", "inf"),
  ])
  func still(program: String, shown: String) { expect(program, shown) }

  /// What `where` does not choose may be anything, in a derivative too.
  @Test(arguments: [
    ("x = 3; d = diff(hypot(x, 0), x); x := 0; forward d; print d", "0"),
    ("x = 4; d = diff(x^x, x); x := 0; forward d; print d", "0"),
    ("w = 3; f = where(w > 1, sqrt(w - 1), 0); d = diff(f, w); w := 1; forward; print f, d", "0 0"),
    ("v = [3, 4]; h = sum(where(v > 1, log(v - 1), 0)); v := [1, 2]; forward; print h", "0"),
    (
      "v = [3, 4]; d = grad(sum(where(v > 1, log(v - 1), 0)), v); v := [1, 3]; forward; print d",
      "[0, 0.5]"
    ),
  ])
  func unchosen(program: String, shown: String) { expect("set trap on; " + program, shown) }

  /// What it does choose may not.
  @Test(arguments: [
    "w = 3; f = where(w > 1, 0, sqrt(w - 1)); w := 0; forward",
    "w = 3; f = where(w > 1, 0, sqrt(w - 1)); w := 0; forward f",
    "v = [3, 4]; h = where(v > 1, 0, log(v - 1)); v := [3, 1]; forward h",
    "w = 3; f = sqrt(w); w := -1; forward",
    "g(a) = { f = sqrt(a); a := -1; forward; f }; w = 3; g(w)",
  ])
  func chosen(program: String) {
    let outcome = Interpreter().run("set trap on; " + program, output: { _ in })
    #expect(outcome.diagnostics.map(\.code) == ["E074"])
  }

  /// Powers whose base is 0, or so small or large that xᵖ leaves the range.
  @Test(arguments: [
    ("f(x) = x^2.5; print f'(0), f''(0), f''(4)", "0 0 7.5"),
    ("print jvp(x -> x^2.5, 1e-160, 1)", "2.5e-240"),
    ("print jvp(x -> x^2.5, 1e120, 1)", "2.5e180"),
    ("f(x) = x^1.5; print f''(1e-300)", "7.5e149"),
    ("print jvp(v -> sum(v^2.5), [0, 1], [0, 1])", "2.5"),
    ("print jvp(v -> sum(v^2)^1.5, [0, 0], [1, 0])", "0"),
    ("print jvp(x -> 0^x, 2, 1), jvp(x -> x^x, 1, 1), (x -> x^x)''(1)", "0 1 2"),
    ("print jvp(v -> sum(sort(v)*[1, 10, 100]), [3, 1, 2], [1, 2, 3])", "132"),
    ("print taylor(sigmoid, 0, 5)", "[0.5, 0.25, 0, -0.0208333333333, 0, 0.00208333333333]"),
    ("print taylor(x -> x^0.5, 4, 3)", "[2, 0.25, -0.015625, 0.001953125]"),
  ])
  func powers(program: String, shown: String) { expect(program, shown) }

  private func expect(_ program: String, _ shown: String) {
    var printed: [String] = []
    let outcome = Interpreter().run(program) { output in
      if case .printed(let text, _) = output { printed.append(text) }
    }
    #expect(outcome.diagnostics.map(\.message) == [])
    #expect(printed == [shown])
  }
}
