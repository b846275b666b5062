import TestSupport
import Testing

@testable import GradLanguage

/// A saved session is the session, to the last bit.
@Suite struct SavingTests {
  /// A new session in which a session's script has run without a word.
  private static func loaded(
    _ script: String, _ comment: Comment? = nil,
    sourceLocation: Testing.SourceLocation = #_sourceLocation
  ) -> Session {
    let session = Session()
    let outcome = session.run(script)
    #expect(outcome.codes == [], comment, sourceLocation: sourceLocation)
    #expect(session.outputs.isEmpty, comment, sourceLocation: sourceLocation)
    session.checkInvariants()
    return session
  }

  /// Saves a session, loads what was saved, and compares.
  @discardableResult
  private static func check(
    _ session: Session, sourceLocation: Testing.SourceLocation = #_sourceLocation
  ) throws -> String {
    let script = try session.interpreter.script()
    #expect(script.notes == [], sourceLocation: sourceLocation)
    let copy = loaded(script.text, "\(script.text)", sourceLocation: sourceLocation)
    let (old, new) = (
      SessionPicture.lines(session.interpreter), SessionPicture.lines(copy.interpreter)
    )
    let difference = new.difference(from: old).map { "\($0)" }.joined(separator: "\n")
    #expect(old == new, "\(script.text)\n\(difference)", sourceLocation: sourceLocation)
    let again = try copy.interpreter.script().text
    #expect(again == script.text, sourceLocation: sourceLocation)
    return script.text
  }

  @Test(arguments: [
    "", "a = 2", "a = 2; b = -3; c = 10; f = -2\nd = a*b; L = (d + c) * f; backward L",
    "a = -0.0; b = inf; c = -inf; d = nan; e = 1e-320; f = 0.1 + 0.2; g = -nan",
    "a = 2; b = a; c = a^2; d = c",
    "x = 2; L = x^2; x = 3; M = x*L; x = 4",
    "x = 1; y = x; x = 2; z = x + y; x = 3; w = x + z",
    "w = 1; for i in 1..5 { w = w - 0.1*w^2 }",
    "sum = 0; a = 2; b = sum + a; pi = 3; c = pi*a; inf = 5; d = inf + nan",
    "plain p = 3; plain v = [1, 2, 3]; plain s = \"x\"; a = 2; L = sum(v*a) + p",
    "s = \"a\\n\\t\\\"\\\\\\{b\\}\\u{1f600}\\u{7}é\"; t = \"\"",
    "v = [1, 2, 3]; A = [[1, 2], [3, 4]]; B = [[[1], [2]], [[3], [4]]]; e = []; z = zeros(0, 3)",
    "v = [5]; A = [[5]]; x = v[1]; y = A[1]; z = A[1, 1]; L = x*y*z",
    "v = [1, 2, 3]; a = v[1]; b = v[2]; r = v[2..3]; A = reshape(v, 3, 1); L = a*b + sum(r) + sum(A)",
    "for i in 1..3 { }; for x in [1, 2] { }; for r in [[1, 2], [3, 4]] { }",
    "xs = [1, 2, 3]; for x in xs { }; L = x^2; for y in [L, 2] { }",
    "a = 2; v = [a, 3, a^2]; w = [v[1], v[3]]; M = [v, 2*v]; L = sum(M) + w[2]",
    "a = 2; b = 3; c = concat([a, b], [1, 2], b, [a, b]); d = append(c, a); backward sum(c*d)",
    "a = 3; f(x) = { t = x^2; t*t + t }; L = f(a) + f(2*a)",
    "a = 1; b = 2; x = b + 1 - (a - (b - a)); y = a/(b/a); z = (a^b)^a; w = a^b^a; q = -a^2; r = (-a)^2",
    "a = 1; b = 2; x = (a < b) < a; y = a - -b; z = a*-b; w = -(a + b); q = -(-a); r = a % b // a",
    "a = 2; b = min(a, 3, a^2) + max(a, 1); c = where(a > 1, a, 2) + clamp(a, 0, 1) + atan2(a, 2)",
    "a = 2; b = leaky_relu(a) + hypot(a, 3) + logaddexp(1, a) + xlogy(a, a) + polygamma(1, a) + a.tanh()",
    "a = 2; b = (a ≈ 2) + (a == 2) + (a != 1) + (1 <= a < 3) + (not a); c = stop(a)*a",
  ])
  func values(program: String) throws {
    let session = Session()
    session.run(program)
    try SavingTests.check(session)
  }

  @Test(arguments: [
    "A @ x", "x @ A", "A @ A", "x @ x", "dot(A, A)", "sum(A, 1)", "sum(A, 2)", "mean(A, 2)",
    "var(A)",
    "std(A, 1)", "norm(A)", "norm(A, 1)", "logsumexp(A, 2)", "softmax(A)", "softmax(A, 1)",
    "cumsum(A)",
    "cumsum(A, 1)", "sort(x)", "sort(A, 1)", "sort(A)", "argmin(A, 1)", "argmax(x)", "all(A, 2)",
    "any(A)",
    "max(A)", "min(x)", "prod(A)", "prod(A, 1)", "outer(x, x)", "transpose(A)", "reshape(A, 4)",
    "concat(A, A)", "stack(x, x)", "append(A, x)", "select(x, [0, 1])", "select(x, x > 1)",
    "full(2, 3, x[1])", "linspace(x[1], x[2], 4)", "A[:, 2]", "A[2]", "A[[2, 1, 2]]",
    "x[[2, 2, 1]]",
    "A[[2, 1], 1]", "A[2, 1]", "T[2]", "T[:, 1]", "T[1, :, 2]", "transpose(T)", "sum(T, 2)",
    "T[[2, 1]]",
    "A + x", "A*2", "2 - A", "A^2", "-A", "sqrt(A)", "A < x", "where(A > 2, A, x)",
    "clamp(A, 2, 3)",
    "max(A, x)", "A/[[1], [2]]", "A + [[1, 2, 3], [4, 5, 6]][:, 1..2]", "x[1..1] + A", "A % x",
    "[A, A]", "[[x[1], 2], [3, x[2]]]", "A.exp().sum()", "A @ [1, 2]", "[[1, 2]] @ A", "shuffle(x)",
    "grad(s, A)", "hessian(s, x)", "jacobian(A @ x, x)", "grad(sum(A[:, 1]^2), A)",
    "grad(sum(x[[2, 2]]^3), x)", "grad(sum(cumsum(A, 2)^2), A)", "grad(sum(sort(x)^2), x)",
    "grad(max(A)^2, A)", "grad(norm(A)^3, A)", "grad(prod(x)^2, x)", "grad(logsumexp(A)*s, A)",
    "hvp(v -> sum(v^3*x), x, x)", "jvp(v -> A @ v, x, x)", "vjp(v -> A @ v, x, x)",
    "taylor(t -> sum(A)*t^3, 2, 2)", "grad(v -> sum(tanh(A @ v)))(x)", "(t -> t^3*s)'(2)",
    "(t -> t*(y -> t + y)'(1))'(s)", "grad(q)(x)", "hessian(q)(x)", "jacobian(v -> v*s)(x)",
    "changed(x)", "changed(zeros(3))", "spread(A)", "(t -> sum(A)*t)''(2)",
  ])
  func arrays(expression: String) throws {
    for sweep in ["", "; L = sum(y*y); backward L", "; L = sum(y*y); backward L; A := A*2"] {
      let session = Session()
      let outcome = session.run(
        """
        A = [[1, 2], [3, 4.5]]; x = [0.5, 2]; T = [[[1, 2], [3, 4]], [[5, 6], [7, 8]]]
        s = sum(A^2) + x @ A @ x
        q(v) = sum(v^3)*s
        changed(v) = { v[2] = s; v[1..2] = [s, 1]; v }
        spread(M) = { M[1, :] = s; M[:, 1] = x; M[[2, 1], 2] = 3; M }
        y = \(expression)\(sweep)
        """)
      #expect(outcome.codes == [])
      try SavingTests.check(session)
    }
  }

  @Test(arguments: [
    "backward L", "backward L; zero", "backward L; a.grad = 5", "backward L; backward M accumulate",
    "backward L; backward L accumulate; backward M", "a.grad = 2", "backward L; N = L*2",
    "backward L; N = L*2; N.grad = 1", "backward L; a := 3", "a := 3", "a := 3; backward L",
    "backward L; a := 3; forward L", "backward L; a := 3; backward M; b := 7", "v := [3, 4, 5]",
    "backward M; v[2] := 9; N = M + 1", "backward L; L = 0", "backward L; M = 0; L = 0; v = 0",
    "a := 3; N = L + 1; forward M", "v[2].grad = 3", "backward (a - b)^2", "a := 3; x = a; y = x*L",
    "zero", "zero; N = L", "backward L; zero; backward M accumulate; a := a",
    "repeat 3 { L = (a - 3)^2*b; backward L; a := a - 0.1*a.grad }",
    "repeat 3 { L = (a - 3)^2*b; backward L; a = a - 0.1*a.grad }",
    "a := 0; P = 1/a; Q = 0*P; backward Q",
  ])
  func gradients(statements: String) throws {
    let session = Session()
    let outcome = session.run(
      "a = 2; b = -3; v = [1, 2, 3]; L = a*b + tanh(a)^2; M = sum(v*a) + L*v[2]\n\(statements)")
    #expect(outcome.codes == [])
    try SavingTests.check(session)
  }

  /// Data that have been changed since they were sorted: their order is another one, the gradients are not.
  @Test func sortedBefore() throws {
    let session = Session()
    _ = session.run(
      "v = [0.7, -0.4, 0.2]; L = sum(sort(v)*[1, 2, 3]); backward L; v := [-1.2, 0.9, 0.1]")
    let copy = SavingTests.loaded(try session.interpreter.script().text)
    #expect(copy.lines("print v.grad, L") == ["[3, 1, 2] 2.1"])
    #expect(session.lines("print v.grad, L") == ["[3, 1, 2] 2.1"])
  }

  @Test(arguments: [
    "L = if a > 1 then a^2 else b", "L = if a < 1 then a^2 else b; a := 0",
    "L = v[a]; a := 3", "u = v[1..3]; v = v*2; v = v*2; x = u[argmax(u)]; L = x^2; backward L",
    "u = v[1..3]; v = v*2; x = u[argmax(u)]; v = u*x; y = u[argmin(u)]; v = 0",
    "w = select(v, v > 1); v[1] := 5", "w = v[[a, 1]]; L = sum(w)",
    "s = 1; while s < 20 { s = s*a }", "s = a; repeat a { s = s*b }", "for i in 1..a { s = i*b }",
    "f(x) = { while x < 50 { x = x*a }; x }; L = f(a); M = f(b^2)",
    "f(x) = if x > 3 then x else f(x + 1); L = f(a)", "L = a and b; M = a - 2 or b",
    "L = 0; if a > 1 { L = a*b } else { L = b }; a := 1; forward", "z = zeros(a); L = a^2",
    "x = 1; k = 0; while k < 1 { x ^= v; k = 7 }", "u = v; if a > 1 { u = v*a; w = [u, v] }",
    "t = 0; for e in v { if e > b { continue }; t += e }; L = t + v[3]; v[1] := -5; forward",
    "if a > 1 { L = v[3] }; x = L; L = 5", "if a > 1 { L = v[3] }; x = L; y = 2*x; L = y",
    "f(x) = { t = x^2; if t > 1 { return t }; 0 }; L = f(a); x = L; L = 5; M = x*L",
  ])
  func guards(statements: String) throws {
    let session = Session()
    let outcome = session.run("a = 2; b = -3; v = [1, 2, 3]\n\(statements)")
    #expect(outcome.codes == [])
    let text = try SavingTests.check(session)
    // What `forward` finds is the same.
    let copy = SavingTests.loaded(text)
    for change in [
      "a := 3; forward", "b := 4; v := [0, 0, 0]; forward", "a := 1; backward a; forward",
    ] {
      let lines = session.lines(change).map { $0.replacing(/forward:.*/, with: "") }
      #expect(copy.lines(change).map { $0.replacing(/forward:.*/, with: "") } == lines, "\(text)")
      #expect(
        SessionPicture.lines(session.interpreter) == SessionPicture.lines(copy.interpreter),
        "\(text)")
    }
  }

  @Test(arguments: [
    ("f(x) = x^2 + a; a = 2", "f(3)"), ("f = x -> x^2", "f(3)"), ("f = sin; g = f", "g(f(1))"),
    ("f(x) = {\n  y = x^2  # squared; { \" \n  if y > 2 { return y }\n  y + 1\n}", "f(1) + f(3)"),
    ("f(n) = if n < 2 then 1 else n*f(n - 1)", "f(5)"), ("f(x) = g(x) + 1; g(x) = x*2", "f(3)"),
    ("power(n) = x -> x^n; f = power(3); g = power(2)", "f(2) + g(5)"),
    ("a = 2; scale(k) = x -> k*x; f = scale(a); g = scale(a^2*3); a = 7", "f(5) + g(1)"),
    ("f(x) = x^3; g = f'; h = f''; k = grad(f); d = x -> x; e = d'", "g(2) + h(2) + k(2) + e(1)"),
    (
      "f(x, y) = x*y^2; g = grad(f, 2); h = hessian(f); j = jacobian(f)",
      "sum(h(1, 2)) + g(2, 3) + sum(j(1, 1))"
    ),
    ("f = (x -> x^2)'; g = (y -> f(y))'", "f(3) + g(2)"),
    ("twice = f -> x -> f(f(x)); f = twice(twice(x -> x^2))", "f(1.5)"),
    ("make() = { g(n) = if n < 2 then 1 else n*g(n - 1); g }; f = make()", "f(5)"),
    (
      "make(k) = { g(n) = if n < 2 then k else n*g(n - 1); g }; f = make(3); h = make(4)",
      "f(5) + h(2)"
    ),
    ("f(x) = x + 1; g = f; f = 3", "g(f)"), ("plain f = x -> x^2", "f(3)"),
    ("max(x, y) = x*y; f(x) = max(x, 3)", "f(2)"),
    ("f(x,\n  y) = x +\n  y", "f(1, 2)"), ("f = (x) -> {\n y = x\n y^2\n}", "f(3)"),
    ("f = (\n  x ->\n x +\n (1)\n)", "f(3)"),
    (
      "v = [1, 2, 3]; f = (w -> x -> sum(w)*x)(v[2..3]); h = (w -> x -> w[1]*x)([4, 5])",
      "f(2) + h(1)"
    ),
    ("s(t) = n -> { print t; n }; f = s(\"a {1 + 1}\")", "f(3)"),
    ("f(x) = \"{x:.2}\".length()", "1"),
    (
      "compose(f, g) = x -> f(g(x)); h = compose(sin, compose(x -> 2*x, cos)'); k = grad(h)",
      "h(1) + k(2)"
    ),
    ("fs = x -> x; for i in 1..3 { f = (g -> x -> g(x) + i)(fs); fs = f }", "f(1)"),
    ("x = 3; f = (y -> z -> y*z)(x^2); x = 4; g = (y -> z -> y*z)(stop(x))", "f(2)*g(1)"),
  ])
  func functions(definition: String, call: String) throws {
    let session = Session()
    #expect(session.run(definition).codes == [])
    let copy = SavingTests.loaded(try SavingTests.check(session))
    #expect(copy.number(call).bitPattern == session.number(call).bitPattern)
    #expect(session.number(call).isFinite)
    let primes = "print (x -> x*(\(call)))'(2)"
    #expect(copy.lines(primes) == session.lines(primes))
  }

  /// A chain of functions that is longer than any stack.
  @Test func longChainOfFunctions() throws {
    let session = Session()
    session.run("f = x -> x; for i in 1..3000 { f = (g -> x -> g(x) + 1)(f) }")
    let text = try session.interpreter.script().text
    let copy = SavingTests.loaded(text)
    #expect(copy.number("f(1)") == 3001)
    #expect(try copy.interpreter.script().text == text)
  }

  @Test(arguments: [
    "set digits 4", "set digits full", "set trap on", "set kinks error; set limit 5000",
    "seed 5", "seed 5; a = rand(); b = randn(3)", "a = 2; b = log(-a); set trap on",
    "a = 0; b = relu(a); backward b; set kinks error",
  ])
  func settings(program: String) throws {
    let session = Session()
    session.run(program)
    let copy = SavingTests.loaded(try SavingTests.check(session))
    #expect(copy.number("rand()").bitPattern == session.number("rand()").bitPattern)
  }
}
