import Testing

@testable import GradLanguage

/// What people write by habit from other languages and tools is answered with the right form.
@Suite struct HabitTests {
  /// The first problem of a program: its code and its help.
  private func answer(_ program: String) -> (code: String, help: String)? {
    let outcome = Interpreter().run(
      "x = 2; b = 3; L = x^2*b; v = [1, 2]; f(t) = t^2; " + program, output: { _ in })
    return outcome.diagnostics.first.map { ($0.code, $0.help ?? "") }
  }

  @Test(
    arguments: [
      // Words that begin a statement elsewhere
      ("let y = 2", "E034", "`y = 2`"), ("var y = x*3", "E034", "`y = x*3`"),
      ("const k = 3", "E034", "`plain k = 3`"), ("let g(t) = t^3", "E034", "`g(t) = t^3`"),
      ("def g(t): return t^2", "E034", "`g(t) = t^2`"), ("def g(t):", "E034", "`g(t) = …`"),
      ("function g(t) t^2 end", "E034", "`g(t) = …`"), ("lambda t: t^2", "E034", "`t -> t^2`"),
      ("g = lambda t: t^2", "E034", "`t -> t^2`"), ("from math import *", "E034", "`sin(x)`"),
      ("import numpy as np", "E034", "`sin(x)`"), ("import lib", "E022", "`import \"lib.grad\"`"),
      ("echo x", "E034", "`print x`"),
      ("printf \"x\"", "E034", "`print x`"), ("man tanh", "E034", "`:help tanh`"),
      ("explan L", "E034", "`explain L`"), ("backprop L", "E034", "`backward L`"),
      ("Backward L", "E034", "`backward L`"), ("prnt \"x\"", "E034", "`print \"x\"`"),
      ("with no_grad()", "E034", "`stop(x)`"), ("while (1) do", "E034", "`{ … }`"),
      ("d/dx x^2", "E034", "`f'(x)`"), ("print(f\"{x}\")", "E034", "`\"{x}\"`"),
      ("auto g(t) { return t^2 }", "E034", "`g(t) = t^2`"), ("int y = 3", "E034", "`y = 3`"),
      ("double g(double t) { return t; }", "E034", "`g(t) = t`"),
      ("func g(t) = t^2", "E034", "`g(t) = t^2`"),
      ("g = function(t) t^2", "E034", "`t -> t^2`"),
      ("g = function(s, t) { return s*t }", "E034", "`(s, t) -> s*t`"),
      // Definitions
      ("g(t) -> t^2", "E033", "`g(t) = t^2`"), ("g(t) => t^2", "E033", "`g(t) = t^2`"),
      ("g(s, t) { return s*t }", "E033", "`g(s, t) = s*t`"),
      ("g(t) {\n  return t^2\n}", "E033", "`g(t) = t^2`"),
      ("g(t) { y = t; return y }", "E033", "`g(t) = { … }`"), ("g(t): t^2", "E033", "`g(t) = t^2`"),
      ("def g(a, b) { return a*b }", "E034", "`g(a, b) = a*b`"),
      ("def g(t):\n    return t^2", "E034", "`g(t) = t^2`"),
      ("fn g(t: f64) -> f64 { t*t }", "E034", "`g(t) = t*t`"), ("g t = t^2", "E017", "`g(t)`"),
      ("g(t: Double) = t^2", "E033", "`g(t) = t^2`"), ("let mut y = 3", "E034", "`y = 3`"),
      ("g = lambda s, t: s*t", "E034", "`(s, t) -> s*t`"),
      // Words that open blocks elsewhere
      ("until x > 3 { b = 1 }", "E034", "`while x < 0"), ("loop { b = 1 }", "E034", "`for x in v"),
      ("switch x { 1 }", "E034", "`if x > 0"), ("try { b = 1 }", "E034", "`assert x > 0"),
      ("global b = 1", "E034", "`x = f(x)`"),
      ("ifelse(x > 0, 1, 2)", "E001", "`where(v > 0, v, 0)`"),
      // Choices
      ("y = if(x > 0, 1, 2)", "E033", "`if c then a else b`"),
      ("y = if x > 0 { 1 } else { 2 }", "E022", "`if c then a else b`"),
      ("if x == 1 then print 1", "E033", "`if x == 1 { print 1 }`"),
      ("x is not 2", "E033", "`!=`"), ("x in [1, 2]", "E022", "`any(v == x)`"),
      // Operators with their operands
      ("b++", "E033", "`b += 1`"), ("b--", "E033", "`b -= 1`"), ("b = 2\n++b", "E033", "`b += 1`"),
      ("b %= 5", "E033", "`b = b % 5`"), ("v[1] //= 3", "E033", "`v[1] = v[1] // 3`"),
      ("x << 4", "E033", "`x*2^4`"), ("v %*% v", "E033", "`@`"), ("v .+ 2", "E033", "`+`"),
      ("A.'", "E033", "`transpose(A)`"), ("f'x", "E017", "`f'(x)`"),
      ("print \"x = \" + x", "E014", "`\"x = {x}\"`"),
      // Ranges and indices
      ("y = 0:0.1:1", "E033", "`0..1 by 0.1`"), ("v[1:2]", "E033", "`1..2`"),
      ("v[2:]", "E033", "`2..end`"), ("v[:2]", "E033", "`1..2`"),
      ("v[::2]", "E033", "`1..end by 2`"), ("v[2..]", "E033", "`..end]`"),
      ("for i in 1..<3 { }", "E033", "`..2`"), ("for i in 0..=3 { }", "E033", "`..`"),
      ("v[,1]", "E033", "`[:, …]`"), ("v(1) = 5", "E004", "`v[1] = …`"), ("v(2)", "E010", "`v[2]`"),
      ("v[3] = 4", "E051", "`append(v, …)`"), ("zeros([2, 3])", "E014", "`zeros(2, 3)`"),
      // Functions, plots and files
      ("g(s, t) = s*t; g'(1)", "E014", "`grad(f)(1, 2)`"),
      ("plot f(x) for x = 0..1", "E033", "`in`"), ("plot f(x), x=0..1", "E033", "`for x in 0..1`"),
      ("read(data.csv)", "E001", "`\"data.csv\"`"),
      ("read \"data.csv\"", "E017", "`read(\"data.csv\")`"),
      ("set trap", "E063", "`set trap on`"),
      // Signs
      ("% remark", "E034", "`#`"),
      ("y = 3 // remark", "E001", "`#`"), ("y = 3 % remark", "E001", "`#`"),
      ("-- remark", "E001", "`#`"), ("y == 3", "E001", "`y = …`"),
      ("A = [1, 2; 3, 4]", "E033", "`[[1, 2], [3, 4]]`"), ("sin.(v)", "E033", "`sin(v)`"),
      ("// remark", "E034", "`#`"), ("/* remark */", "E034", "`#`"),
      (">>> 1 + 1", "E034", "prompt"),
      ("%matplotlib inline", "E034", "notebooks"), ("x && 1", "E033", "`and`"),
      ("g = t => t^2", "E033", "`->`"), ("x++", "E033", "`x += 1`"), ("v .* v", "E033", "`*`"),
      ("v.^2", "E033", "`^`"), ("!x", "E028", "`not x`"), ("|x|", "E028", "`abs(x)`"),
      ("√4", "E028", "`sqrt(x)`"), ("x > 0 ? 1 : 2", "E028", "`if c then a else b`"),
      ("∂L", "E028", "`diff(L, a)`"), ("$ 1", "E028", "leave it away"),
      ("y = ３", "E028", "`3`"), ("\\alpha = 3", "E028", "Tab"),
      // Brackets, commas, `=`
      ("sin x", "E017", "`sin(x)`"), ("y = sqrt 4", "E017", "`sqrt(4)`"),
      ("grad L", "E017", "`grad(L, a)`"), ("y = 1,5", "E032", "`1.5`"),
      ("w = [1 2 3]", "E022", "`1, 2`"), ("w = {1, 2}", "E022", "`[1, 2]`"),
      ("zeros((2,3))", "E022", "`f(1, 2)`"), ("y = z = 3", "E004", "`z = 3; y = z`"),
      ("g(x, requires_grad=true)", "E004", "`x = 2`"), ("g(x, k=1)", "E004", "`f(1, 2)`"),
      ("sum(v, axis=1)", "E004", "`sum(A, 2)`"),
      ("f(t) := t^2", "E004", "`f(x) = x^2`"),
      ("y = 3 if x > 0 else 4", "E022", "`if c then a else b`"),
      ("y: float = 2", "E022", "no types"),
      ("for (i = 0; i < 3; i++) { }", "E022", "`for i in 1..10"),
      (":help", "E022", "prompt"), ("sum(i for i in 1..3)", "E022", "`[x^2 for x in 1..3]`"),
      ("y = 'text'", "E022", "double quotes"), ("g = @(t) t^2", "E022", "`x -> x^2`"),
      ("end", "E038", "`}`"), ("y = z = w = 0", "E004", "`w = 0; z = w; y = z`"),
      ("if (x = 3) { }", "E033", "`==`"), ("y = (x = 3)", "E033", "`==`"),
      ("g(t, u=2) = t*u", "E033", "`g(x, y) = …`"), ("for i = 1:10 { }", "E033", "`in`"),
      ("if x > 3 then x = 2", "E033", "`if x > 3 { x = 2 }`"),
      ("set digits = 5", "E033", "`set digits 5`"), ("assert 1 = 1", "E033", "`==`"),
      ("print x=3", "E033", "`==`"),
      ("backward L accumulate=true", "E033", "`backward L accumulate`"),
      ("y <- 3", "E033", "`=`"), ("a = 2 c = 3", "E022", "`;`"),
      ("h(t) = t^2 g(t) = t", "E022", "`;`"), ("if (x > 3) x = 2", "E022", "`{ … }`"),
      ("while (x < 3) x = x + 1", "E022", "`{ … }`"), ("if x > 3 x = 2", "E022", "`{ … }`"),
      ("repeat { }", "E063", "`repeat 3 { … }`"), ("if { }", "E063", "`if x > 0 { … }`"),
      ("if x > 3 then { }", "E033", "`if x > 0 { … }`"), ("if x > 1 and { }", "E022", "`and`"),
      ("x^{2}", "E033", "`x^(2)`"), ("y = 1:10", "E033", "`..`"),
      ("y = 1:2:10", "E033", "`1..10 by 2`"), ("v[2:3] = 0", "E033", "`2..3`"),
      ("v[:-1]", "E033", "`1..end - 1`"), ("v[1:9:2]", "E033", "`1..9 by 2`"),
      ("[1, 2\n3]", "E022", "`2, 3`"), ("x 3", "E011", "`x*3`"),
      ("digits 4", "E034", "`set digits 4`"),
      ("diff L x", "E017", "`diff(L, x)`"), ("sin^-1(0.5)", "E034", "`asin(0.5)`"),
      ("sin²(0.5)", "E034", "`sin(0.5)²`"), ("2 plus 3", "E033", "`+`"),
      ("2 times x", "E033", "`*`"),
      ("sqrt of 2", "E017", "`sqrt(2)`"), ("3 + 4j", "E011", "no complex"),
      ("x = 1'000", "E032", "`1000`"),
      ("x = 1,000", "E032", "`1000`"), ("print(1, sep=\"\")", "E004", "`print \"{x}, {y}\"`"),
      ("print(1, end=\"\")", "E004", "`print \"{x}, {y}\"`"),
      ("backward(L, retain_graph=true)", "E004", "has a gradient"),
      ("graph L depth=2", "E033", "`depth 2`"),
      ("plot x^2 for x in 0..1 with slope at x = 1", "E033", "`at 1`"),
      ("graph L \"l.svg\"", "E022", "`graph L to \"graph.svg\"`"),
      ("explain L depth 1", "E064", "`paths`"),
      ("L.graph() to \"l.svg\"", "E034", "`graph L to \"graph.svg\"`"),
      ("v[..., 1]", "E033", "`:`"),
      ("1..5..2", "E043", "`1..9 by 2`"), ("g(x) = return x", "E022", "`f(x) = x^2`"),
      ("x - 1 where x = 2", "E034", "`x = 2`"), ("hessian(f, v)", "E014", "`hessian(f)([1, 2])`"),
      ("f'(v)", "E014", "`[f'(x) for x in v]`"), ("grad(f, 3)", "E014", "`grad(f)(3)`"),
      ("y = 3 // the mass", "E022", "`#`"), ("y = 3 % the mass", "E022", "`#`"),
      ("y = 5 % sqrt x", "E017", "`sqrt(x)`"), ("while x // 2 do", "E034", "braces"),
      ("total = x; diff(totl, x)", "E001", "`total`"),
      ("v @= v", "E033", "`v = v @ v`"), ("v[..2]", "E022", "`1..2`"), ("f[3]", "E014", "`f(3)`"),
      ("[i*j for i in 1..2 for j in 1..2]", "E022", "`[[i*j for j in 1..2] for i in 1..3]`"),
      ("sqrt(2) sin(3)", "E011", "`sqrt(2)*sin(3)`"), ("x = 1D3", "E032", "`1e3`"),
      ("plot v with lines", "E022", "`with points`"), ("graph L to L.svg", "E007", "`\"L.svg\"`"),
      ("diff(z^2, z)", "E001", "`z = 2`"), ("taylor(sin(z), z, 0, 5)", "E001", "`taylor(f, 2, 5)`"),
      ("plot z^2 for t in 0..1", "E001", "`t`"), ("atan(1, 2)", "E013", "`atan2(y, x)`"),
      ("plot sin(t) for t in 0..1 title heat", "E001", "`\"heat\"`"),
      ("argmax(3, 4)", "E055", "`[3, 4]`"), ("c(1, 2)", "E001", "`[1, 2, 3]`"),
      ("isnan(x)", "E001", "`select(v, v == v)`"), ("save \"w.grad\"", "E034", "`:save`"),
      ("L.gradient", "E007", "`.grad`"), ("if v > 0 { }", "E040", "`all(v > 0)`"),
      ("print 1 2", "E022", "`1, 2`"), ("f(1 2)", "E022", "`1, 2`"), ("f 3", "E011", "`f(3)`"),
      ("sin pi/2", "E017", "`sin(pi/2)`"), ("exp 2*x", "E017", "`exp(2*x)`"),
      ("sin x + 1", "E017", "`sin(x)`"), ("sin x^-2", "E017", "`sin(x^-2)`"),
      ("sin cos x", "E017", "`sin(cos(x))`"), ("max 3, x", "E017", "`max(3, x)`"),
      ("sin^2(x)", "E034", "`sin(x)^2`"),
      // Words and numbers
      ("for i in 1..10 step 2 { }", "E033", "`by`"), ("for i in 1 to 3 { }", "E033", "`..`"),
      ("repeat 3 times { }", "E033", "`repeat 3 { … }`"),
      ("[x^2 for x in 1..3 where x > 1]", "E033", "`if`"), ("for i in 0...10 { }", "E033", "`..`"),
      ("x %= 2", "E033", "`x = x % 2`"), ("x //= 2", "E033", "`x = x // 2`"),
      ("x **= 2", "E033", "`^=`"), ("x === 3", "E033", "`==`"), ("2 ^^ 3", "E033", "`^`"),
      ("y = 3 /* c */", "E033", "`# …`"), ("y = 1 000 000", "E032", "`1000000`"),
      ("y = 1,000,000", "E032", "`1000000`"), ("y = 0x1F", "E034", "`31`"),
      ("y = 0b101", "E034", "`5`"), ("1e", "E032", "`1e3`"), ("y = 1.5E", "E032", "`1.5E3`"),
      // Names
      ("Value(2)", "E001", "`x = 2`"), ("torch.tensor(2)", "E001", "`[1, 2, 3]`"),
      ("np.sin(x)", "E001", "`sin`"), ("math.pi", "E001", "`pi`"),
      ("np.arctan(x)", "E001", "`atan`"),
      ("Math.foo(x)", "E001", "`sin(x)`"), ("ln(x)", "E001", "`log`"), ("e^2", "E001", "`exp(1)`"),
      ("sqr(x)", "E001", "`x^2`"), ("len(v)", "E001", "`length`"), ("x.item()", "E001", "`x.data`"),
      ("x.grad.zero_()", "E001", "`zero`"), ("optimizer.step()", "E001", "`w := w - 0.1*w.grad`"),
      ("derivative(f)", "E001", "`f'(x)`"), ("dL/dx", "E001", "`diff(L, a)`"),
      ("None", "E001", "`nan`"),
      ("True", "E001", "`true`"), ("range(3)", "E001", "`1..10`"), ("whos", "E001", "`show`"),
      ("clear", "E001", "Ctrl-L"), ("del x", "E034", "`:forget x`"), ("quit", "E001", "`:quit`"),
      ("println(x)", "E001", "`print x`"),
      ("y := 3", "E001", "`=`"), ("factorial(5)", "E001", "`gamma(n + 1)`"),
      // Members and calls
      ("v.T", "E007", "`transpose(A)`"), ("x.value", "E007", "`.data`"),
      ("x.requires_grad", "E007", "`x = 2`"), ("v.length", "E007", "`v.length()`"),
      ("f.grad", "E042", "`f'(x)`"), ("diff(f, 3)", "E014", "`f'(x)`"),
      ("diff(f)", "E013", "`f'(x)`"),
      ("grad(x)", "E045", "`grad(L, a)`"), ("abs -3", "E014", "`f(x)`"),
      ("log(8, 2)", "E013", "`log(x)/log(b)`"),
      ("mean(1, 2, 3)", "E013", "`mean([1, 2, 3])`"), ("sec(1)", "E001", "`1/cos(x)`"),
      ("map(f, v)", "E001", "`f(v)`"), ("inv(v)", "E001", "`transpose`"),
      ("f(2)(3)", "E010", "`f(2)*(3)`"), ("log(2)(3)", "E010", "`log(2)*(3)`"),
      ("round(x, 2)", "E013", "`\"{x:.2}\"`"), ("v(1)", "E010", "`v[1]`"),
    ] as [(String, String, String)])
  func answered(program: String, code: String, help: String) throws {
    let answer = try #require(self.answer(program))
    #expect(answer.code == code, "\(answer.help)")
    #expect(answer.help.contains(help), "\(answer.help)")
  }

  /// What the advice names runs.
  @Test(arguments: ForeignWords.all.keys.sorted())
  func advice(word: String) throws {
    let advice = try #require(ForeignWords.advice(for: word))
    let parts = advice.split(separator: "`", omittingEmptySubsequences: false)
    for (index, code) in parts.enumerated() where !index.isMultiple(of: 2) {
      let text = code.replacing("…", with: "x")
      if text.hasPrefix(":") || text.hasPrefix("import ") { continue }
      let outcome = Interpreter().run(
        "x = 2; a = x; w = 3; L = (x*w)^2; backward L; f(t) = t^2; v = [1, 2]; "
          + body(String(text)),
        output: { _ in })
      #expect(outcome.diagnostics.map(\.message) == [], "\(code)")
    }
  }

  /// A block that does nothing is one of a loop.
  private func body(_ text: String) -> String { text.hasPrefix("{") ? "repeat 1 \(text)" : text }

  /// What is right is no habit: names of their own are theirs.
  @Test(arguments: [
    "let = 3; print let", "range = 2; print range*2", "from = 1; from + 1", "item = 2; print item",
    "np = 3; print np/2", "d = 2; dx = 3; d/dx", "print 5//2", "f = x -> x; f(1)",
    "a = 2; a.data", "print [1, 5]", "max(1,5)", "echo(x) = x; echo(2)", "v = [1, 2]; v[:]",
    "x = 2; x < -3", "x = 2; x <-3", "x = 2; print x < - 3", "times = 3; step = 2; to = times*step",
    "print 1..3, 0.5", "A = [[1, 2], [3, 4]]; A[:, 1]",
  ])
  func noHabit(program: String) {
    #expect(Interpreter().run(program, output: { _ in }).diagnostics.isEmpty)
  }

  /// Long lines and deep brackets are looked through in no time.
  @Test func longLines() {
    let sum = "let y = " + String(repeating: "1 + ", count: 50_000) + "1"
    #expect(answer(sum)?.help == "write `…`")
    #expect(answer(String(repeating: "(", count: 400) + "1 2") != nil)
  }
}
