import GradLanguage
import Testing

/// `logsumexp`, `softmax` and `clamp` where the textbook's formula has no value.
@Suite struct InfiniteShareTests {
  @Test(arguments: [
    // All the weight is on the infinite numbers, shared.
    ("grad(logsumexp)([1, inf, 2])", "[0, 1, 0]"),
    ("grad(logsumexp)([inf, 0, inf])", "[0.5, 0, 0.5]"),
    ("grad(logsumexp)([-inf, 0, -inf])", "[0, 1, 0]"),
    ("grad(logsumexp)([-inf, -inf])", "[0.5, 0.5]"),
    ("grad(logsumexp)([inf, -inf, 3])", "[1, 0, 0]"),
    ("logsumexp([-inf, -inf]), logsumexp([inf, 1]), logsumexp([1, -inf])", "-inf inf 1"),
    ("logsumexp([[inf, 0], [0, 0]], 2)", "[inf, 0.69314718056]"),
    (
      "jacobian(A -> logsumexp(A, 2))([[inf, 0], [0, 0]])",
      "[[[1, 0], [0, 0]], [[0, 0], [0.5, 0.5]]]"
    ),
    ("jvp(logsumexp, [1, inf], [3, 5]), hvp(logsumexp, [1, inf], [3, 5])", "5 [0, 0]"),
    (
      "softmax([1, inf, 2]), softmax([inf, inf]), softmax([-inf, -inf])",
      "[0, 1, 0] [0.5, 0.5] [0.5, 0.5]"
    ),
    ("softmax([-inf, 0]), softmax([[inf, 0], [0, 0]], 2)", "[0, 1] [[1, 0], [0.5, 0.5]]"),
    ("jacobian(softmax)([inf, 0])", "[[0, 0], [0, 0]]"),
    ("grad(v -> sum(softmax(v)*[2, 3]))([0, 0])", "[-0.25, 0.25]"),
    ("(x -> softmax([x, 1 - x])[1])''(0.5)", "0"),
    ("grad(logsumexp)([nan, 1])", "[NaN, NaN]"),
    // Half to x, the other half to the ends.
    (
      "(x -> clamp(x, 0, 0))'(0), (x -> clamp(x, 0, 1))'(0), (x -> clamp(x, -1, 0))'(0)",
      "0.5 0.5 0.5"
    ),
    (
      "grad((x, a, b) -> clamp(x, a, b))(0, 0, 0), jvp(v -> clamp(v, 0, 0), [0], [1])",
      "[0.5, 0.25, 0.25] [0.5]"
    ),
    ("grad(v -> sum(clamp(v, 0, 0)))([0, 1, -1])", "[0.5, 0, 0]"),
  ])
  func shares(expressions: String, shown: String) {
    var printed: [String] = []
    var errors: [String] = []
    _ = Interpreter().run("print \(expressions)") { output in
      if case .printed(let text, _) = output { printed.append(text) }
      if case .diagnostic(let diagnostic) = output, diagnostic.code.hasPrefix("E") {
        errors.append(diagnostic.message)
      }
    }
    #expect(errors == [])
    #expect(printed == [shown])
  }

  /// What is recorded while a number is infinite is right for other numbers too.
  @Test func replays() {
    var printed: [String] = []
    let text = """
      v = [inf, 0]; s = softmax(v); L = s[1]*3 + logsumexp(v)*0
      v := [0, 0]; forward L; backward L; print s, v.grad
      """
    _ = Interpreter().run(text) { output in
      if case .printed(let text, _) = output { printed.append(text) }
    }
    #expect(printed == ["[0.5, 0.5] [0.75, -0.75]"])
  }
}
