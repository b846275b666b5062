import GradLanguage
import TestSupport
import Testing

/// Derivatives where adjoints are zeros of a shape.
@Suite struct DerivativeEdgeTests {
  @Test(arguments: [
    ("x = [3]; L = sum(x*0 + 1); print grad(L, x)", "[0]"),
    ("f(v) = 7; print grad(f)([1, 2]), f'(1)", "[0, 0] 0"),
    ("a = [[2]]; f(v) = sum(sin(-1 ^ a*v)); print shape(hessian(f)([1]))", "[1, 1]"),
  ])
  func zeros(program: String, shown: String) { expect(program, shown) }

  /// Of several numbers that are assigned to one position the last counts, and it alone.
  @Test(arguments: [
    ("x = [1, 2]; w = x; w[[1, 1]] = 3*x[2]; L = sum(w); backward L; print x.grad", "[0, 4]"),
    (
      "f(v) = { v[[1, 1]] = [7*v[2], 9*v[3]]; sum(v*[1, 10, 100]) }; print grad(f)([1, 2, 3])",
      "[0, 10, 109]"
    ),
    (
      "f(v) = { v[[1, 1]] += 5*v[2]; sum(v*[1, 10, 100]) }; print grad(f)([1, 2, 3])",
      "[1, 15, 100]"
    ),
    (
      "f(v) = { v[[2, 2, 1]] = v*v; sum(v*[1, 10, 100]) }; print hessian(f)([1, 2, 3])",
      "[[0, 0, 0], [0, 20, 0], [0, 0, 2]]"
    ),
    (
      "f(A) = { A[:, [1, 1]] = A*[1, 10]; sum(A*[[1, 2], [3, 4]]) }; print grad(f)([[1, 2], [3, 4]])",
      "[[0, 12], [0, 34]]"
    ),
    ("o = 2; w = 1; print jvp(x -> o, w, 3), jvp(x -> if x > 0 then o else x, w, 1)", "0 0"),
    ("o = [2, 3]; w = [1, 2]; print jvp(x -> o[1], w, [3, 4]), jvp(x -> w, w, [3, 4])", "0 [0, 0]"),
  ])
  func assigned(program: String, shown: String) { expect(program, shown) }

  /// Where only data is wanted derivatives still take values of the graph.
  @Test(arguments: [
    ("w = 1; L = (w - 3)^2; w := w - 0.1*diff(L, w); print w", "1.4"),
    ("w = 5; L = (w - 3)^2; w := w - L.diff(w)/hessian(L, w); print w", "3"),
    ("v = [1, 2]; L = sum(v^3); v := v - grad(L, v)/10; print v", "[0.7, 0.8]"),
    ("w = 2; f(t) = t^3; w := grad(f)(w) + jvp(f, w, 1) + f'(w); print w", "36"),
    ("w = 2; L = w^2; plain p = 3*diff(L, w); w.data = diff(L, w); print p, w", "12 4"),
  ])
  func dataOnly(program: String, shown: String) { expect(program, shown) }

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

  /// Arrays on a large or small scale, and at the kink of a norm.
  @Test(arguments: [
    ("print std([1e200, 3e200]), std([1e-200, 3e-200])*1e200, std([1, 3])", "1e200 1 1"),
    (
      "a = [2, 5]; s = std(a); print s == 1.5, hessian(s, a), std([1, inf])",
      "1 [[0, 0], [0, 0]] NaN"
    ),
    ("print grad(std)([1e200, 3e200]), grad(std)([1e-200, 3e-200])", "[-0.5, 0.5] [-0.5, 0.5]"),
    ("print grad(std)([1, 1]), std([]), grad(std)([3])", "[0, 0] NaN [0]"),
    (
      "print norm([inf, nan]), norm([nan, 1]), norm([1e300, nan]), hypot(nan, inf)",
      "inf NaN NaN inf"
    ),
    ("print hessian(norm)([0, 0]), hessian(hypot)(0, 0)", "[[0, 0], [0, 0]] [[0, 0], [0, 0]]"),
    ("print (x -> norm([x, x]))''(0), hvp(norm, [0, 0], [1, 2])", "0 [0, 0]"),
    ("x = 0; print diff(norm([x, 1]), x, x), diff(norm([x, 0]), x, x)", "1 0"),
    ("print jacobian(softmax)([36, 0])[1]*1e16", "[2.31952283024, -2.31952283024]"),
    ("print hessian(logsumexp)([40, 0])[1]*1e18", "[4.24835425529, -4.24835425529]"),
    (
      "print jacobian(softmax)([2, 2]), jacobian(softmax)([inf, 1])",
      "[[0.25, -0.25], [-0.25, 0.25]] [[0, 0], [0, 0]]"
    ),
  ])
  func scales(program: String, shown: String) { expect(program, shown) }

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

  /// A factor that is 0 has a derivative, also one that what is steep or masked is multiplied by.
  @Test(arguments: [
    ("x = 1; print diff(log(x)^2, x, x, x)", "-6"),
    ("x = 1; print diff((x - 1)*log(x), x, x, x)", "-3"),
    ("x = 0; print diff(x*log1p(x), x, x, x)", "-3"),
    ("x = 0; print diff(x*log(2 + x), x, x, x)", "-0.75"),
    ("x = 0; print diff(log1p(x)*expm1(x), x, x, x)", "0"),
    ("x = 1; print diff(x*log(1 + x^2), x, x, x)", "-1"),
    ("x = 1; print diff(x^x, x, x, x)", "3"),
    ("f(x) = x^x^x; x = 1; print diff(f(x), x, x, x), f'''(1)", "9 9"),
    ("x = 1; y = 2; print diff(x^y, y, x, x), diff(x^y, x, x, y)", "3 3"),
    ("x = 1; y = 2; print diff(x^y, y, y, x, x)", "2"),
    ("x = 1; y = 0; print diff(x^y, x, x, y)", "-1"),
    ("x = 1; y = 0; print diff(hypot(x, y), y, x, y), diff(hypot(x, y), x, y, y)", "-1 -1"),
    ("x = 1; y = 0; print diff(where(1, x^2*y^2, 1), x, y, y)", "4"),
    ("x = 1; y = 0; print diff((1 + x*y)^y, y, y, y)", "-3"),
    ("x = 0; s = diff(x*log1p(x), x, x); backward s; print x.grad", "-3"),
    ("x = 1; y = 2; H = hessian(x^y, [x, y]); backward sum(H); print x.grad", "6"),
    ("x = 0; y = diff(x*log1p(x), x); print hessian(y, x)", "-3"),
    ("x = 2; d = diff(x*log1p(x), x, x, x); x := 0; forward d; print d", "-3"),
    (
      "v = [1, 2]; print diff(sum(diff(sum(diff(sum(log(v)^2), v)), v)), v)", "[-6, -0.40342640972]"
    ),
    ("x = -1; s = 0; print diff(leaky_relu(x, s), x, s), diff(leaky_relu(x, s), s, x)", "1 1"),
    ("x = 2; d = diff(min(sqrt(x) + 1, x), x); x := 0; forward d; print d", "1"),
    ("x = 2; d = diff(clamp(x, -1, sqrt(x) + 1), x); x := 0; forward d; print d", "1"),
    ("x = 1e-200; print diff(atan2(x, 0), x)", "0"),
    ("x = 1; y = 0; print diff(where(x > 0, x^2, x)*y, x, y)", "2"),
    ("x = 0; print diff(where(x > -1, exp(x), x)*x, x, x)", "2"),
    ("f(v) = sum(where(v > 0.5, v^2*v[1], v)); print hessian(f)([0, 1])", "[[0, 2], [2, 0]]"),
    ("x = 0; print diff(hypot(x, 2), x, x, x, x)", "-0.375"),
    ("x = 0; print diff(log(2 + x^2), x, x, x, x)", "-3"),
    ("x = 0; print diff(exp(x)^(x + 1)*x, x, x, x)", "9"),
    ("x = 1; y = 1; d = diff(y*sqrt(x), x); y := 0; x := 0; forward d; print d", "0"),
    ("v = [1, 2]; d = grad(log(v)[2], v); v := [0, 1]; forward d; print d", "[0, 1]"),
    ("v = [1, 2]; d = grad(sum([0, 1]*sqrt(v)), v); v := [0, 1]; forward d; print d", "[0, 0.5]"),
    (
      "v = [1, 2]; d = grad(sum(where([0, 1], v*log(v), v)), v); v := [0, 1]; forward d; print d",
      "[1, 1]"
    ),
    ("v = [1, 2]; d = grad(sum(v*sqrt(v)), v); v := [0, 1]; forward d; print d", "[0, 1.5]"),
    ("v = [1, 2]; d = grad(sum(v*v^0.5), v); v := [0, 1]; forward d; print d", "[0, 1.5]"),
    ("v = [1, 2]; d = grad(sum(relu(log(v))), v); v := [0, 2]; forward d; print d", "[0, 0.5]"),
    ("f(x) = x^(2 + x); print f'''(1e-3), f''(1e-200)", "-30.0467773842 2"),
  ])
  func zeroFactors(program: String, shown: String) { expect(program, shown) }

  private static let vanishing = [
    "x", "x^2", "log1p(x)", "log(1 + x)", "sin(x)", "expm1(x)", "atan(x)", "asin(x)", "asinh(x)",
    "tanh(x)", "erf(x)", "sqrt(1 + x) - 1", "where(x > -1, x, log(x))", "hypot(x, 1) - 1",
    "xlogy(x, 2 + x)", "(1 + x)^x - 1", "1/(1 - x) - 1", "max(x, x - 1)", "silu(x)", "gelu(x)",
  ]

  /// Derivatives of derivatives agree with power series where factors are 0.
  @Test(arguments: vanishing)
  func productsThatVanish(factor: String) {
    for other in DerivativeEdgeTests.vanishing {
      for product in ["(\(factor))*(\(other))", "sin((\(factor))*(1 + \(other)))"] {
        let session = Session()
        session.run("x = 0; L = \(product)")
        let series = session.number("(x -> \(product))'''(0)")
        #expect(series.isFinite)
        expectClose(
          session.number("diff(L, x, x, x)"), series, relative: 1e-12, absolute: 1e-12, product)
        session.run("x := 0.3; forward; d = diff(L, x, x, x); x := 0; forward")
        expectClose(
          session.shown("d")?.data ?? .nan, series, relative: 1e-12, absolute: 1e-12, product)
      }
    }
  }

  /// Recorded where there is no value, and evaluated where there is one.
  @Test(arguments: [
    ("x = -1; d = diff(log(x)^2, x, x); x := 1; forward d; print d", "2"),
    ("x = inf; d = diff(sin(x)^2, x, x); x := 0; forward d; print d", "2"),
    ("x = nan; d = diff(x*x*x, x, x, x); x := 0; forward d; print d", "6"),
    ("x = -0.7; d = diff(x^x^x, x, x); x := 1; forward d; print d", "2"),
  ])
  func fromNowhere(program: String, shown: String) { expect(program, shown) }

  /// Series where the exponent does not change, at the ends of the domain and beyond, and of branches.
  @Test(arguments: [
    ("f(x) = x^round(x); print f''(-2)", "0.375"), ("f(x) = x^relu(x); print f''(-1.5)", "0"),
    ("print jvp(v -> v[1]^v[2], [-2, 3], [1, 0])", "12"),
    ("print jvp(x -> max(x, log(x)), 0, 1), (x -> max(x, log(x)))''(0)", "1 0"),
    ("print taylor(x -> min(x, exp(x)), 800, 1)", "[800, 1]"),
    ("print log''(0), sqrt''(0)", "-inf -inf"),
    ("print tanh''(1e-30), tanh''(1e-8), sigmoid''(1e-30)", "-2e-30 -2e-8 -1.25e-31"),
    ("print log1p''(-5), acosh''(0.5), log''(-1), atanh''(2)", "NaN NaN NaN NaN"),
  ])
  func series(program: String, shown: String) { expect(program, shown) }

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
