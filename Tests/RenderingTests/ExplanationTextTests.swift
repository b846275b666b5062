import GradLanguage
import Rendering
import Testing

/// `explain`, as it is written; more of it is in grammar.md and examples/explain.grad.
@Suite struct ExplanationTextTests {
  private func lines(_ program: String) -> [String] {
    let interpreter = Interpreter()
    var lines: [String] = []
    let outcome = interpreter.run(program) { output in
      guard case .explanation = output else { return }
      lines += OutputRenderer(format: .standard).render(output).plain
        .split(separator: "\n").map(String.init)
    }
    return lines + outcome.diagnostics.map(\.code)
  }

  @Test(arguments: [
    (
      "a = 2; L = a^2; explain L", ["L = a^2 = 4    grad 1", "  a  ∂(a^2)/∂a = 2*a = 4, 1 * 4 = 4"]
    ),
    (
      "v = [1, 2]; L = sum(v*3); explain L",
      [
        "L = sum(#1) = 9    grad 1", "  #1  g for each = [1, 1]",
        "#1 = v*3 = [3, 6]    grad [1, 1]",
        "  v  g*3 = [3, 3]",
      ]
    ),
    (
      "v = [1, 2]; L = sum(v^3); explain L",
      [
        "L = sum(#1) = 9    grad 1", "  #1  g for each = [1, 1]",
        "#1 = v^3 = [1, 8]    grad [1, 1]",
        "  v  g*3*v^2 = [3, 12]",
      ]
    ),
    (
      "a = 2; b = a*a; L = a*b; backward L; explain a paths",
      [
        "3 paths lead from a to L", "  4  a → L    4", "  4  a → b → L    2 * 2",
        "  4  a → b → L    2 * 2",
      ]
    ),
    (
      "a = 1; b = a; repeat 40 { b = b + b }; c = b/2^40; backward c; explain a paths",
      [
        "1099511627776 paths lead from a to c; the largest:"
      ]
        + (0..<5).map { _ in
          "  9.09494701773e-13  a → b#1 → b#2 → b#3 → b#4 → b#5 → … → b#37 → b#38 → b#39 → b → c"
            + "    1 * 1 * 1 * 1 * 1 * 1 * … * 1 * 1 * 1 * 1 * 9.09494701773e-13"
        }
    ),
    (
      "v = [1, 2]; L = sum(v^2); backward L; explain v paths",
      ["1 path leads from v to L; through arrays as wholes they have no numbers"]
    ),
    (
      "a = 2; y = a^2; a = 5; z = y + a; backward z; explain a",
      [
        "z = y + a = 9    grad 1", "  a  ∂(y + a)/∂a = 1, 1 * 1 = 1",
        "dz/da = 1, the sum of 1 contribution",
      ]
    ),
    (
      "v = [1, 2, 3]; r = v[1..2]; q = sum(v); v = 0; explain q",
      [
        "q = sum(v#1) = 6    grad 1", "  v#1  g for each = [1, 1, 1]",
        "(v#1 is a value that v had before)",
      ]
    ),
    (
      "W = [[1, 2], [3, 4]]; r = W[1]; W[1, 2] = 10; L = sum(r); backward L; explain r",
      [
        "L = sum(W#1[1]) = 3    grad 1", "  W#1  g for each = [[1, 1], [0, 0]]",
        "dL/dW#1 = [[1, 1], [0, 0]], the sum of 1 contribution",
      ]
    ),
    (
      "a = 2; y = a^2; a = 5; backward y; explain a",
      ["a received nothing in the last sweep, a value that it had before did: a#1"]
    ),
    (
      "a = 2; y = a^2; a = 5; backward y; explain y",
      [
        "y = a#1^2 = 4    grad 1", "  a#1  ∂(a#1^2)/∂a#1 = 2*a#1 = 4, 1 * 4 = 4",
        "(a#1 is a value that a had before)",
      ]
    ),
    (
      "a = 2; y = a^2; a = 5; z = y + a; backward z; explain a paths",
      ["1 path leads from a to z", "  1  a → z    1"]
    ),
    (
      "b = 7; c = b; m = c*2; backward m; explain c",
      [
        "m = b*2 = 14    grad 1", "  b  ∂(b*2)/∂b = 2, 1 * 2 = 2",
        "dm/db = 2, the sum of 1 contribution",
      ]
    ),
    (
      "a = 2; backward a; explain a", ["the sweep begins at a: its gradient is 1"]
    ),
    (
      "A = [[1, 2], [3, 4]]; L = sum(A[1]*A[2]); backward L; explain A",
      [
        "#1 = A[1]*A[2] = [3, 8]    grad [1, 1]", "  A  g*A[2] = [[3, 4], [0, 0]]",
        "  A  g*A[1] = [[0, 0], [1, 2]]    contribution 2: "
          + "[[3, 4], [0, 0]] + [[0, 0], [1, 2]] = [[3, 4], [1, 2]]",
        "dL/dA = [[3, 4], [1, 2]], the sum of 2 contributions",
      ]
    ),
    (
      "v = [1, 2, 3]; L = v[2]*v[2]; backward L; explain v",
      [
        "v[2] = 2    grad 4", "  v  1 for its own element = [0, 4, 0]",
        "dL/dv = [0, 4, 0], the sum of 1 contribution",
      ]
    ),
    (
      "a = 2; L = a^2; a := 3; explain L",
      [
        "L = a^2 = 4 stale    grad 1", "  a  ∂(a^2)/∂a = 2*a = 6, 1 * 6 = 6",
        "(stale: computed from data that has changed since; run `forward` first)",
      ]
    ),
    (
      "a = 1; b = 1; L = max(a, b); explain L",
      [
        "L = max(a, b) = 1    grad 1", "  a  ∂(max(a, b))/∂a = 1/2 = 0.5, 1 * 0.5 = 0.5",
        "  b  ∂(max(a, b))/∂b = 1/2 = 0.5, 1 * 0.5 = 0.5",
      ]
    ),
    (
      "a = 2; explain a",
      ["a received nothing in the last sweep: run `backward` of a result that uses it"]
    ),
    (
      "a = 2; b = 3; L = a^2; backward L; explain b",
      ["b received nothing in the last sweep: run `backward` of a result that uses it"]
    ),
    ("explain 3", ["E042"]), ("explain \"x\"", ["E042"]), ("explain", ["E063"]),
    ("a = 1; explain a twice", ["E064"]),
  ])
  func explained(program: String, expected: [String]) {
    #expect(lines(program) == expected)
  }

  /// 2⁴⁰ paths lead to a leaf, but no more shares than it has uses.
  @Test func doublings() {
    let program = "a = 1; x = a; for i in 1..40 { x = x + x }; backward x; explain a"
    let shown = lines(program)
    #expect(shown.count == 4)
    #expect(shown.last == "dx/da = 1099511627776, the sum of 2 contributions")
  }

  @Test func longSweepsAreCut() {
    let shown = lines("a = 1; x = a; for i in 1..1000 { x = sin(x) }; explain x")
    #expect(shown.last == "(further steps are not written)")
    #expect(shown.count < 500)
  }
}
