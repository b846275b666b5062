import Testing

@testable import GradLanguage

/// The mistakes that people make: what they are told, and where the caret stands.
@Suite struct DiagnosticTests {
  /// What is shown last: of an input that is wrong the first problem, of one that fails the failure, of
  /// one that runs the last warning or note.
  private static func diagnostic(_ source: SourceText, in session: Session) -> Diagnostic? {
    if let diagnostic = session.run(source.bytes, mode: .prompt).diagnostics.first {
      return diagnostic
    }
    for case .diagnostic(let diagnostic) in session.outputs.reversed() { return diagnostic }
    return nil
  }

  private static func check(
    _ marked: String, _ code: String, help: String? = nil, after setup: String = "",
    _ location: Testing.SourceLocation = #_sourceLocation
  ) {
    let marked = Marked(marked)
    let session = Session()
    #expect(session.run(setup).isCompleted, sourceLocation: location)
    guard let diagnostic = diagnostic(marked.source, in: session) else {
      Issue.record("nothing is said", sourceLocation: location)
      return
    }
    #expect(diagnostic.code == code, "\(diagnostic.message)", sourceLocation: location)
    if let range = marked.range {
      #expect(
        Marked.text(marked.source, diagnostic.primary.range) == Marked.text(marked.source, range),
        "\(diagnostic.message)", sourceLocation: location)
    }
    if let help {
      #expect(diagnostic.help == help, sourceLocation: location)
    }
    #expect(!diagnostic.message.isEmpty && !diagnostic.message.hasSuffix("."))
  }

  // MARK: Syntax

  @Test(
    arguments: [
      // Multiplication
      ("y = «2x» + 1", "E011", "`2*x`"),
      ("y = «2 x»", "E011", "`2*x`"),
      ("y = «2(»x+1)", "E011", "`2*(x+1)`"),
      ("y = «(2)(»x)", "E011", "`(2)*(x)`"),
      ("y = «(a + b)c»", "E011", "`(a + b)*c`"),
      ("y = x «(»y+1)", "E012", "for a product write `x * (y+1)`; for a call `x(y+1)`"),
      ("(a) «(»b)", "E012", "for a product write `(a) * (b)`; for a call `(a)(b)`"),
      ("f(x)[1] «(»b)", "E012", "for a product write `f(x)[1] * (b)`; for a call `f(x)[1](b)`"),
      ("v «[»1]", "E012", "for a product write `v * [1]`; for an element `v[1]`"),
      ("x «y»", "E022", nil),
      // Operators of other languages
      ("a «~=» b", "E033", "write `!=` for not equal, `~==` for nearly equal"),
      ("a «&&» b", "E033", "write `and`"),
      ("a «||» b", "E033", "write `or`"),
      ("«!»x", "E028", "write `not x`, `!=` for not equal, `gamma(n + 1)` for n!"),
      ("x«++»", "E033", "write `x += 1`"),
      ("x«--»; y", "E033", "write `x -= 1`"),
      ("a «=>» b", "E033", "write `>=` or `->`"),
      ("a «=<» b", "E033", "write `<=`"),
      ("a «<>» b", "E033", "write `!=`"),
      ("a «mod» b", "E033", "write `%`"),
      ("«let x» = 1", "E034", "write `x = 1`"),
      ("«Backward» L", "E034", "write `backward L`"),
      ("x = 1; «Print» x", "E034", "write `print x`"),
      ("repeat 2 { «SHOW» x }", "E034", "write `show x`"),
      ("y = Show «x»", "E022", "for a product write `*`; statements are separated by `;`"),
      ("repeat 2 { x } «forward» L", "E022", "statements are separated by `;`"),
      ("if a { } «elif» b { }", "E034", "write `else if`"),
      ("if a { }\n«elif b» { }", "E034", "write `else if`"),
      // Assignment
      ("x = «=» 2", "E022", nil),
      ("«3» = x", "E004", "assign to a name, or to `x.data`, `x.grad`"),
      ("«a + b» = x", "E004", "assign to a name, or to `x.data`, `x.grad`"),
      ("a = «f(b)» = 2", "E004", "a function is defined by `f(x) = x^2`, for names alone"),
      // Reserved words
      ("«if» = 3", "E003", "choose another name, such as `if_`"),
      ("«backward» = 3", "E003", "choose another name, such as `backward_`"),
      ("«print»(x) = 3", "E003", "choose another name, such as `print_`"),
      ("«end» = 3", "E003", "choose another name, such as `end_`"),
      ("plain «in» = 3", "E003", "choose another name, such as `in_`"),
      ("for «end» in 1..3 { }", "E003", "choose another name, such as `end_`"),
      ("f(«if») = 3", "E003", "choose another name, such as `if_`"),
      ("[x for «by» in v]", "E003", "choose another name, such as `by_`"),
      // Lines
      ("if a { b }\n«else» { c }", "E024", "write `} else {`"),
      ("«else» { c }", "E024", "write `} else {`"),
      (
        "a\n«+» b", "E023",
        "a statement of its own is `(+ b)`; to go on, end the line above with `+`"
      ),
      (
        "a = 1\n  «-» b", "E023",
        "a statement of its own is `(- b)`; to go on, end the line above with `-`"
      ),
      ("a\n«and» b", "E023", "end the line above with `and`"),
      ("a\n«==» b", "E023", "end the line above with `==`"),
      // Brackets
      ("L = «(»d + c * f\nbackward L", "E020", nil),
      ("L = «(»d + c * f", "E020", nil),
      ("v = «[»1, 2", "E020", nil),
      ("f(x) = «{» x", "E020", nil),
      ("x = «(»1]", "E020", nil),
      ("x = 1 «)»", "E021", nil),
      ("x = 1 «}»", "E021", nil),
      ("«}»", "E021", nil),
      // Strings
      ("print «\"»abc", "E026", "end the string with `\"`; a line end in it is written `\\n`"),
      (
        "print «\"»abc {x\ny", "E026", "end the string with `\"`; a line end in it is written `\\n`"
      ),
      (#""a «\q» b""#, "E027", #"the escapes are \n \t \" \\ \{ \} and \u{…}"#),
      (#""é «\u{110000}»""#, "E027", #"the escapes are \n \t \" \\ \{ \} and \u{…}"#),
      (#""«\u{124»g}""#, "E027", nil),
      (#""«\u»""#, "E027", nil),
      (#""{1:«q»}""#, "E035", "decimals as `.4`, scientific `.4e`, with a width `8.4`"),
      (#""{1:«»}""#, "E035", nil),
      (#""{1:«.99»}""#, "E035", nil),
      (#"x = «“»abc”"#, "E028", "strings stand in straight quotes: `\"`"),
      // Numbers and characters
      ("x = «1e999»", "E031", "write `inf` for infinity"),
      ("x = «$»", "E028", nil),
      ("f«’»(3)", "E028", "write `'`, as in `f'(3)`"),
      ("f«´»(3)", "E028", "write `'`, as in `f'(3)`"),
      // Where words may stand
      ("«break»", "E036", nil),
      ("if a { «continue» }", "E036", nil),
      ("for i in 1..3 { f(x) = { «break» } }", "E036", nil),
      ("«return» 3", "E037", nil),
      ("for i in 1..3 { «return» }", "E037", nil),
      ("x = «end»", "E038", nil),
      ("f(x, «x») = 1", "E006", nil),
      ("(x, «x») -> 1", "E006", nil),
      // Something is missing
      ("x =«»", "E022", nil),
      ("x = 1 +«»\n\n", "E022", nil),
      ("if a then b«»", "E022", nil),
      ("x = 3 * «;»", "E022", nil),
      ("for «3» in v { }", "E022", nil),
      ("for i «1»..3 { }", "E022", nil),
      ("x.«5»", "E022", nil),
      ("«:»nosuch", "E022", nil),
      // Commands
      ("«backward»", "E063", "for example `backward L`"),
      ("«assert»", "E063", "for example `assert x > 0`"),
      ("«set digits»", "E063", "for example `set digits 17`"),
      ("backward L «accumulated»", "E064", "its option is `accumulate`"),
      ("print a «b»", "E064", "values are separated by commas"),
      ("backward a, «b»", "E022", nil),
      ("zero «3»", "E022", nil),
      ("set «digist» 3", "E061", "did you mean `digits`?"),
      ("set digits «99»", "E062", "it can be 1 to 17, or full"),
      ("set digits «-3»", "E062", "it can be 1 to 17, or full"),
      ("set trap «maybe»", "E062", "it can be on or off"),
      ("x = «y.backward()»", "E015", "a command is a statement of its own"),
    ] as [(String, String, String?)])
  func syntax(marked: String, code: String, help: String?) {
    DiagnosticTests.check(marked, code, help: help)
  }

  // MARK: Names, kinds and values

  @Test(
    arguments: [
      // E1: a name with a slip
      ("w := w - «lernrate» * 2", "E001", "did you mean `learnrate`?", "learnrate = 0.1; w = 1"),
      ("«nosuch»", "E001", nil, ""),
      ("x = «ln»(2)", "E001", "did you mean `log`?", ""),
      ("«arctan»(2)", "E001", "did you mean `atan`?", ""),
      ("«e»^2", "E001", "did you mean `exp(1)`?", ""),
      ("«sgimoid»(2)", "E001", "did you mean `sigmoid`?", ""),
      ("«True»", "E001", "did you mean `true`?", ""),
      ("f(x) = «y»; f(1)", "E001", nil, ""),
      ("«x» += 1", "E001", nil, ""),
      ("«x» := 1", "E001", nil, ""),
      // E2: a number called
      ("y = 3 * «x(2)»", "E010", "for a product write `x*(2)`", "x = 2"),
      ("«2(»3)", "E011", "`2*(3)`", ""),
      (#"«"s"(3)»"#, "E010", nil, ""),
      // Other mistakes about functions
      ("«sin(1, 2)»", "E013", nil, ""),
      ("«f(1)»", "E013", nil, "f(x, y) = x"),
      ("«max()»", "E013", nil, ""),
      ("«1.hypot()»", "E013", nil, ""),
      ("«clamp(1, 2)»", "E013", nil, ""),
      ("x = «f()»", "E015", nil, "f() = { }"),
      ("1 + «f()»", "E015", nil, "f() = { y = 1 }"),
      ("print «f()»", "E015", nil, "f() = { return }"),
      (#""{«f()»}""#, "E015", nil, "f() = { }"),
      ("f() = { «y»; y = 2 }; f()", "E002", nil, "y = 1"),
      ("f() = { «y» += 2 }; f()", "E002", nil, "y = 1"),
      ("f() = { g = «x -> y»; y = 2 }; f()", "E002", nil, ""),
      // Kinds
      (#"1 + «"a"»"#, "E014", nil, ""),
      ("sin(«\"a\"»)", "E014", nil, ""),
      ("-«sin»", "E014", nil, ""),
      ("+«\"a\"»", "E014", nil, ""),
      ("where(1, 2, «\"a\"»)", "E014", nil, ""),
      (#""«{"a":.2}»""#, "E014", nil, ""),
      ("for i in «3» { }", "E014", nil, ""),
      ("for i in 1..«\"a\"» { }", "E014", nil, ""),
      ("repeat «\"a\"» { }", "E014", nil, ""),
      ("«x[1]»", "E014", nil, "x = 2"),
      ("length(«3»)", "E014", nil, ""),
      ("«x.real»", "E007", nil, "x = 2"),
      ("«x.dat»", "E007", "did you mean `data`?", "x = 2"),
      ("«x.backward»", "E007", "did you mean `x.backward()`?", "x = 2"),
      ("«x.sqrt»", "E007", "did you mean `x.sqrt()`?", "x = 2"),
      ("«L.backwards()»", "E001", "did you mean `backward`?", "L = 2"),
      ("backward «l»", "E001", "did you mean `L`?", "L = 2"),
      // Conditions
      ("if «[1]» { }", "E040", "of an array `all(v > 0)` or `any(v > 0)`", ""),
      ("while «nan» { }", "E040", "compare it: `x > 0`", ""),
      ("if «\"a\"» then 1 else 2", "E040", "compare it: `x > 0`", ""),
      ("1 and «[1]»", "E040", nil, ""),
      ("«not nan»", "E040", nil, ""),
      // Loops
      ("for i in «1..3 by 0» { }", "E043", nil, ""),
      ("for i in «1..inf» { }", "E043", nil, ""),
      ("repeat «2.5» { }", "E016", nil, ""),
      ("repeat «-1» { }", "E016", nil, ""),
      // Indices
      ("v[«0»]", "E050", "the first element is `v[1]`", "v = [1, 2, 3]"),
      ("v[«4»]", "E051", nil, "v = [1, 2, 3]"),
      ("v[«-1»]", "E051", nil, "v = [1, 2, 3]"),
      ("v[«1.5»]", "E052", nil, "v = [1, 2, 3]"),
      ("v[1, «2»]", "E053", nil, "v = [1, 2, 3]"),
      ("v[«1 > 2»]", "E054", nil, "v = [1, 2, 3]"),
      // E10, E11 and their like
      (
        "backward «v»", "E041",
        "a sum `backward sum(v)`, an element `backward v[1]`, or `jacobian(v, [a, b])`",
        "v = [1, 2, 3]"
      ),
      ("backward «f»", "E041", nil, "f(x) = x"),
      ("backward «2»", "E042", nil, ""),
      ("show «2»", "E042", nil, ""),
      (
        "«k = 4»", "N301", "to change the value that L sees write `k := …`, then `forward L`",
        "k = 3; L = k*2"
      ),
      // Leaves
      ("«L := 3»", "E005", nil, "a = 2; L = a*3"),
      ("«L.data = 3»", "E005", nil, "a = 2; L = a*3"),
      ("«a := [1]»", "E014", nil, "a = 2"),
      ("«v := [1, 2]»", "E030", nil, "v = [1, 2, 3]"),
      ("«s := 1»", "E042", nil, "plain s = 0"),
      ("«s.grad»", "E042", nil, "plain s = 0"),
      ("«s.grad = 1»", "E042", nil, "plain s = 0"),
      // Assertions
      ("assert «1 > 2»", "E060", nil, ""),
      ("assert «0»", "E060", nil, ""),
      ("assert «x > 3», \"why\"", "E060", nil, "x = 2"),
      // Notes and warnings
      ("«sin = 3»", "N305", "`x.sin()` always means the built-in", ""),
      ("«x.grad»", "N304", "run `backward` first", "x = 1"),
      ("y = «1/x»", "W101", nil, "x = 0"),
      ("y = «sqrt(x)»", "W101", nil, "x = -1"),
    ] as [(String, String, String?, String)])
  func names(marked: String, code: String, help: String?, setup: String) {
    DiagnosticTests.check(marked, code, help: help, after: setup)
  }

  // MARK: Arrays and derivatives

  @Test(
    arguments: [
      // Ragged
      ("[[1, 2], «[3]»]", "E030", nil, ""),
      ("[[1, 2], «3»]", "E014", nil, ""),
      ("[1, «[2, 3]»]", "E014", nil, ""),
      ("stack([1, 2], «[3]»)", "E030", nil, ""),
      // Indices
      ("A[1, «0»]", "E050", nil, "A = [[1, 2], [3, 4]]"),
      ("v[«[1, 0]»]", "E050", "the first element is `v[1]`", "v = [1, 2, 3]"),
      ("v[«0..2»]", "E050", "the first element is `v[1]`", "v = [1, 2, 3]"),
      ("A[«3», 1]", "E051", nil, "A = [[1, 2], [3, 4]]"),
      ("v[«2..4»]", "E051", nil, "v = [1, 2, 3]"),
      ("v[«-1»]", "E051", "from the end: `v[end]`, `v[end - 1]`", "v = [1, 2, 3]"),
      ("v[«end + 1»] = 5", "E051", nil, "v = [1, 2, 3]"),
      ("v[«1.5»]", "E052", nil, "v = [1, 2, 3]"),
      ("v[«[1, 1.5]»]", "E052", nil, "v = [1, 2, 3]"),
      ("v[«nan»]", "E052", nil, "v = [1, 2, 3]"),
      ("v[«1e300»]", "E051", nil, "v = [1, 2, 3]"),
      ("v[«-inf»]", "E052", nil, "v = [1, 2, 3]"),
      ("v[«1..1e15»]", "E051", nil, "v = [1, 2, 3]"),
      ("A[1, 2, «1»]", "E053", nil, "A = [[1, 2], [3, 4]]"),
      ("v[«v > 1»]", "E054", "choose elements with `select(v, v > 0)`", "v = [1, 2, 3]"),
      ("v[«v > 1»] = 0", "E054", "choose elements with `select(v, v > 0)`", "v = [1, 2, 3]"),
      ("«A[1][2]» = 5", "E004", nil, "A = [[1, 2], [3, 4]]"),
      ("«x[1]» = 5", "E014", nil, "x = 2"),
      ("«v[1..2]» = [1, 2, 3]", "E030", nil, "v = [1, 2, 3]"),
      ("«v[1]» := [1, 2]", "E030", nil, "v = [1, 2, 3]"),
      ("«p[1]» := 2", "E042", nil, "plain p = [1, 2, 3]"),
      // Shapes that do not go together
      ("«v + w»", "E030", nil, "v = [1, 2, 3]; w = [1, 2]"),
      (
        "«A * w»", "E030", "`reshape(w, 2, 1)` makes a column of `w`",
        "A = [[1, 2, 3], [4, 5, 6]]; w = [1, 2]"
      ),
      (
        "«A * B»", "E030", "for the matrix product write `A @ B`",
        "A = zeros(2, 3); B = zeros(3, 4)"
      ),
      ("«A + B»", "E030", "`transpose(A)` is 3×2", "A = zeros(2, 3); B = zeros(3, 2)"),
      ("«A @ B»", "E030", "`transpose(A) @ B` is 3×4", "A = zeros(2, 3); B = zeros(2, 4)"),
      ("«A @ B»", "E030", "`A @ transpose(B)` is 2×4", "A = zeros(2, 3); B = zeros(4, 3)"),
      ("A @ «2»", "E014", nil, "A = zeros(2, 3)"),
      ("«dot(v, [1])»", "E030", nil, "v = [1, 2, 3]"),
      ("«reshape(v, 2, 2)»", "E030", nil, "v = [1, 2, 3]"),
      ("select(v, «[1, 0]»)", "E030", nil, "v = [1, 2, 3]"),
      ("concat([[1, 2]], «[3]»)", "E030", nil, ""),
      ("«where([1, 0], [1, 2, 3], 0)»", "E030", nil, ""),
      // Dimensions
      ("sum(v, «2»)", "E055", "dimensions are counted from 1 to 1", "v = [1, 2, 3]"),
      ("sum(v, «0»)", "E055", "dimensions are counted from 1 to 1", "v = [1, 2, 3]"),
      ("softmax(3, «1»)", "E055", nil, ""),
      ("max(«[]»)", "E056", nil, ""),
      ("argmax(«[]»)", "E056", nil, ""),
      ("argmin(«zeros(0, 2)», 1)", "E056", nil, ""),
      // Sizes
      ("«zeros(1e12)»", "E072", nil, ""),
      ("«ones(1e6, 1e6)»", "E072", nil, ""),
      ("«eye(1e6)»", "E072", nil, ""),
      ("«linspace(0, 1, 1e12)»", "E072", nil, ""),
      ("«reshape([1], 1e200, 1e200)»", "E072", nil, ""),
      ("zeros(«-1»)", "E016", nil, ""),
      ("zeros(«nan»)", "E016", nil, ""),
      // Derivatives of what has none
      ("«x'»", "E045", "a function is `f(x) = …`, or without a name `x -> x^2`", "x = 2"),
      ("«A'»", "E045", "`transpose(A)` exchanges rows and columns", "A = [[1, 2], [3, 4]]"),
      ("grad(«x»)", "E045", nil, "x = 2"),
      ("jvp(«x», 1, 1)", "E045", nil, "x = 2"),
      ("«diff(x, 3)»", "E042", nil, "x = 2"),
      // With the wrong number or kind of arguments
      (
        "«f'»(1)", "E014",
        "the derivatives for all arguments are `grad(f)(1, 2)`, for the second one `grad(f, 2)(1, 2)`",
        "f(x, y) = x*y"
      ),
      (
        "«f'»(1, 2)", "E014",
        "the derivatives for all arguments are `grad(f)(1, 2)`, for the second one `grad(f, 2)(1, 2)`",
        "f(x, y) = x*y"
      ),
      ("«grad(f)(1)»", "E013", nil, "f(x, y) = x*y"),
      ("«grad(f)()»", "E013", nil, "f(x, y) = x*y"),
      ("grad(f, «3»)(1, 2)", "E014", nil, "f(x, y) = x*y"),
      ("grad(f, «0»)", "E014", nil, "f(x, y) = x*y"),
      ("f'(«[1, 2]»)", "E014", nil, "f(x) = x"),
      ("jvp(f, [1, 2], «1»)", "E030", nil, "f(x) = x"),
      // Of what returns no number
      ("(x -> «[x, x]»)'(1)", "E046", nil, ""),
      ("(x -> «\"s\"»)'(1)", "E046", nil, ""),
      ("f'(1)", "E046", nil, "f(x) = { }"),
      ("grad(v -> «v^2»)([1, 2])", "E046", nil, ""),
      ("hessian(v -> «v^2»)([1, 2])", "E046", nil, ""),
      ("«diff(v^2, v)»", "E046", nil, "v = [1, 2]"),
      // Changes while differentiating
      ("(x -> { L = x^2; backward «L»; L })'(1)", "E048", nil, ""),
      ("(x -> { «zero»; x })'(1)", "E048", nil, ""),
      ("(x -> { «forward»; x })'(1)", "E048", nil, ""),
      ("(x -> { «a := 3»; x })'(1)", "E048", nil, "a = 2"),
      ("(x -> { «a.data = 3»; x })'(1)", "E048", nil, "a = 2"),
      ("(x -> { «a.grad = 3»; x })'(1)", "E048", nil, "a = 2"),
      ("(x -> { «v[1]» := 3; x })'(1)", "E048", nil, "v = [1, 2]"),
      // Too deep
      ("f(1)", "E070", nil, "f(n) = f(n + 1)"),
      ("f(1)", "E070", nil, "f(n) = g(n); g(n) = f(n)"),
      ("f(1)", "E070", nil, "f(x) = f'(x)"),
      ("taylor(sin, 0, «1000»)", "E047", nil, ""),
      ("taylor(sin, 0, «-1»)", "E016", nil, ""),
      ("«f" + times(1000, "'") + "»(1)", "E047", nil, "f(x) = x^2"),
    ] as [(String, String, String?, String)])
  func arraysAndDerivatives(marked: String, code: String, help: String?, setup: String) {
    DiagnosticTests.check(marked, code, help: help, after: setup)
  }

  @Test(
    arguments: [
      ("x.max(1, «\"a\"»)", "E014"), ("max(1, 2, «\"a\"», 3)", "E014"), ("max(«\"a\"», 1)", "E014"),
      ("v.sum(«4»)", "E055"), ("v.clamp(0, «\"a\"»)", "E014"), ("[1, x, «v»]", "E014"),
      ("[v, v, «[1]», v]", "E030"), ("1 + 2*v[«1 + 5*1»]", "E051"), ("«v[1 + 1][2]»", "E014"),
      ("A[:, «3»]", "E051"), ("A[1..2, «0..1»]", "E050"), ("A[«1..2 by 0.5», 1]", "E052"),
      ("«\"a\"» + x*2", "E014"), ("2 + x*«\"a\"»", "E014"), ("x += «\"a\"»", "E014"),
      ("A[1, 2] += «\"a\"»", "E014"), ("A[1, «3»] += 1", "E051"), ("v[«4»] := 1", "E051"),
      ("1 < «\"a\"»", "E014"), ("v @ «\"a\"»", "E014"), ("x^«\"a\"»", "E014"),
      ("for i in 1..9 by «v» { }", "E014"), ("print «\"a\"»*2, x", "E014"),
      ("read(«x»)", "E014"), ("write(v, «x»)", "E014"),
      ("linspace(0, 1, «-2»)", "E016"), ("seed «1 - 2»", "E016"), ("seed «-1»", "E016"),
      ("reshape(v, «[3, 1]»)", "E014"), ("full(2, «v»)", "E014"),
    ] as [(String, String)])
  func operandsAtFault(marked: String, code: String) {
    Self.check(marked, code, after: "x = 2; v = [1, 2, 3]; A = [[1, 2], [3, 4]]")
  }

  @Test func shapesAreNamed() {
    let session = Session()
    session.run("A = zeros(2, 3); B = zeros(4, 5); v = [1, 2]; f(x) = x")
    func said(_ text: String) -> String { session.run(text).diagnostics[0].message }
    #expect(said("A + B") == "shapes do not match: `A` (2×3) + `B` (4×5)")
    #expect(said("A @ B") == "shapes do not match: `A` (2×3) @ `B` (4×5)")
    #expect(said("A @ [1, 2]") == "shapes do not match: `A` (2×3) @ an array of 2")
    #expect(said("dot(v, [1])") == "shapes do not match: `v` (2) dot an array of 1")
    #expect(said("v[1] := [1, 2]") == "shapes do not match: one element = an array of 2")
    #expect(
      said("reshape(A, 4)")
        == "shapes do not match: `A` (2×3), with 6 numbers, reshaped to 4, with 4")
    #expect(
      said("jvp(f, v, 1)") == "shapes do not match: `v` (2) and the direction, a number")
    #expect(
      said("vjp(f, v, 1)")
        == "shapes do not match: the result, an array of 2, and the weights, a number")
    #expect(said("argmax([])") == "`argmax` of no numbers")
    #expect(said("diff(v^2, v)") == "`diff` differentiates a single number, not an array of 2")
  }

  @Test func messages() {
    let session = Session()
    session.run("x = 2; v = [1, 2, 3]; f(a, b) = a")
    func said(_ text: String) -> String {
      let diagnostic = session.run(text).diagnostics[0]
      return "\(diagnostic.message) | \(diagnostic.primary.text)"
    }
    #expect(said("x(3)") == "a number cannot be called | `x` is the value 2, not a function")
    #expect(said("f(1)") == "`f(a, b)` takes 2 arguments, not 1 | ")
    #expect(said("nosuch(1)") == "`nosuch` is not defined | no function has this name")
    #expect(said("nosuch") == "`nosuch` is not defined | no variable or function has this name")
    #expect(said("v[0]") == "indices start at 1 | elements are 1..3")
    #expect(said("assert x > 3") == "assertion failed | 2 > 3 is false")
    #expect(said("assert x > 3, \"x is {x}\"") == "assertion failed: x is 2 | 2 > 3 is false")
    #expect(
      said("assert 0.1 + 0.2 == 0.3")
        == "assertion failed | 0.30000000000000004 == 0.3 is false")
    #expect(said("x = (1 +") == "expected a value, found the end of the input | ")
    #expect(said("2x") == "write the multiplication sign | a number followed by a name")
  }

  @Test func linesAndColumns() {
    let source = SourceText(name: "f.grad", bytes: Array("\n\té = 2x\n".utf8), firstLine: 10)
    let diagnostic = Session().interpreter.run(source) { _ in }.diagnostics[0]
    #expect(diagnostic.source.name == "f.grad")
    #expect(diagnostic.line == 11)
    #expect(diagnostic.column == 6)
  }

  /// The calls and iterations around a failure.
  @Test func traces() {
    let session = Session()
    let outcome = session.run(
      """
      f(x) = {
        for i in 1..3 { g(i) }
      }
      g(n) = {
        while n < 10 { n += 1; repeat 1 { assert n < 3 } }
      }
      f(1)
      """)
    #expect(
      outcome.diagnostics[0].notes == [
        "in iteration 1 of the loop at <test>:5",
        "in iteration 2 of the loop at <test>:5",
        "in `g`, called at <test>:2",
        "in iteration 1 of the loop at <test>:2 (i = 1)",
        "in `f`, called at <test>:7",
      ])
  }

  // MARK: Too deep, too large

  @Test(arguments: [
    LargeInput("brackets", times(100_000, "(")),
    LargeInput("brackets closed", times(100_000, "(") + "1" + times(100_000, ")")),
    LargeInput("arrays", times(10_000, "[") + times(10_000, "]")),
    LargeInput("calls", times(10_000, "f(")),
    LargeInput("indices", times(10_000, "v[")),
    LargeInput("minuses", "x = " + times(100_000, "-") + "1"),
    LargeInput("nots", times(10_000, "not ") + "1"),
    LargeInput("powers", times(10_000, "2^") + "1"),
    LargeInput("ifs", times(100_000, "if 1 then ") + "1" + times(100_000, " else 2")),
    LargeInput("if statements", times(100_000, "if 1 { ") + times(100_000, "}")),
    LargeInput("loops", times(10_000, "while 1 {\n")),
    LargeInput("functions", times(100_000, "x -> ")),
    LargeInput("definitions", times(10_000, "f(x) = { ")),
    LargeInput("strings", times(10_000, #""{"#) + times(10_000, #"}""#)),
  ])
  func nestedTooDeeply(input: LargeInput) {
    let outcome = Session().run(input.text)
    #expect(outcome.isRejected)
    #expect(outcome.codes == ["E025"])
    let source = SourceText(name: "", bytes: Array(input.text.utf8))
    #expect(Interpreter.completeness(of: source) == .wrong)
  }

  /// As deep as is allowed it works: no stack overflows.
  @Test(arguments: [
    LargeInput("brackets", times(240, "(") + "1" + times(240, ")")),
    LargeInput("minuses", times(480, "-") + "1"),
    LargeInput("ifs", times(120, "if 1 then ") + "1" + times(120, " else 2")),
    LargeInput("if statements", times(480, "if 1 { ") + "print 1" + times(480, "}")),
    LargeInput("functions", times(120, "(x -> ") + "1" + times(120, ")(2)")),
    LargeInput("strings", times(160, #""{"#) + "1" + times(160, #"}""#)),
    LargeInput("powers", times(240, "1^") + "1"),
  ])
  func nestedDeeply(input: LargeInput) {
    #expect(Session().lines(input.text) == ["1"])
  }

  @Test(arguments: [
    LargeInput("numbers", "max(" + times(70_000, "1, ") + "2)"),
    LargeInput("comparisons", "x" + times(70_000, " <= x")),
    LargeInput("interpolations", "\"" + times(70_000, "{1}") + "\""),
    LargeInput("what print prints", "print 1" + times(70_000, ", 1")),
  ])
  func expressionTooLarge(input: LargeInput) {
    #expect(Session().run("x = 1; " + input.text).codes == ["E039"])
  }
}
