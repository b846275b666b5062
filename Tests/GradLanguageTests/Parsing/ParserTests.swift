import Testing

@testable import GradLanguage

@Suite struct ParserTests {
  /// The tree of an input, without the problems that may stand after it.
  private static func tree(_ text: String) -> String {
    let source = SourceText(name: "<test>", bytes: Array(text.utf8))
    #expect(Parser.parse(source).problems.isEmpty, "\(Dump.tree(of: source))")
    return Dump.tree(of: source).trimmedEnd
  }

  /// The tree of an expression.
  private static func expression(_ text: String) -> String {
    let tree = tree(text)
    #expect(tree.hasPrefix("(evaluate "))
    return String(tree.dropFirst("(evaluate ".count).dropLast())
  }

  // MARK: Expressions

  @Test(
    arguments: [
      // Precedence, loosest to tightest
      ("a or b and c", "(or a (and b c))"),
      ("a and b or c", "(or (and a b) c)"),
      ("not a and b", "(and (not a) b)"),
      ("not a == b", "(not (comparisons a == b))"),
      ("not not a", "(not (not a))"),
      ("a < b + c", "(comparisons a < (+ b c))"),
      ("a == 1..3", "(comparisons a == (range 1 3))"),
      ("1..n + 1", "(range 1 (+ n 1))"),
      ("0..1 by 0.1", "(range 0 1 0.1)"),
      ("0..n*2 by -k/2", "(range 0 (* n 2) (/ (- k) 2))"),
      ("a + b * c", "(+ a (* b c))"),
      ("a * b + c", "(+ (* a b) c)"),
      ("a // b % c", "(% (// a b) c)"),
      ("-a * b", "(* (- a) b)"),
      ("a * -b", "(* a (- b))"),
      ("-2^2", "(- (^ 2 2))"),
      ("(-2)^2", "(^ (- 2) 2)"),
      ("2^-1", "(^ 2 (- 1))"),
      ("2^-x^2", "(^ 2 (- (^ x 2)))"),
      ("2**3", "(^ 2 3)"),
      ("a^b.c", "(^ a (member .c b))"),
      ("-a.b()", "(- (method .b a))"),
      ("+a", "(+ a)"),
      ("- -a", "(- (- a))"),
      ("−a · b ÷ c", "(/ (* (- a) b) c)"),
      // Associativity
      ("a - b - c", "(- (- a b) c)"),
      ("a / b * c", "(* (/ a b) c)"),
      ("2^3^2", "(^ 2 (^ 3 2))"),
      ("a and b and c", "(and (and a b) c)"),
      ("a or b or c", "(or (or a b) c)"),
      // Chains
      ("a < b", "(comparisons a < b)"),
      ("a < b <= c != d", "(comparisons a < b <= c != d)"),
      ("a ≈ b ~== c", "(comparisons a ≈ b ≈ c)"),
      ("(a < b) < c", "(comparisons (comparisons a < b) < c)"),
      // Superscripts
      ("x²", "(^ x 2)"),
      ("-x²", "(- (^ x 2))"),
      ("x⁻¹²", "(^ x -12)"),
      ("2*x²", "(* 2 (^ x 2))"),
      ("f(x)²", "(^ (call f x) 2)"),
      // Postfix forms
      ("f()", "(call f)"),
      ("f(x, y + 1)", "(call f x (+ y 1))"),
      ("f(x)(y)", "(call (call f x) y)"),
      ("v[1]", "(index v 1)"),
      ("A[1, 2]", "(index A 1 2)"),
      ("v[end - 1]", "(index v (- end 1))"),
      ("v[f(end)]", "(index v (call f end))"),
      ("v[(1 + end)]", "(index v (+ 1 end))"),
      ("A[v[end], end]", "(index A (index v end) end)"),
      ("v[1..end]", "(index v (range 1 end))"),
      ("x.data", "(member .data x)"),
      ("x.grad.data", "(member .data (member .grad x))"),
      ("x.tanh()", "(method .tanh x)"),
      ("x.max(y, 1)", "(method .max x y 1)"),
      ("2.tanh()", "(method .tanh 2)"),
      ("(a + b).tanh()[1]", "(index (method .tanh (+ a b)) 1)"),
      ("(x -> x^2)(3)", "(call (lambda (x) (^ x 2)) 3)"),
      // Conditionals
      ("if a then b else c", "(conditional a b c)"),
      ("if a then b else if c then d else e", "(conditional a b (conditional c d e))"),
      ("if a then if b then c else d else e", "(conditional a (conditional b c d) e)"),
      ("if a then b else c + 1", "(conditional a b (+ c 1))"),
      ("1 + if a then b else c", "(+ 1 (conditional a b c))"),
      ("if a < 1 and b then c else d", "(conditional (and (comparisons a < 1) b) c d)"),
      ("if a then b\nelse c", "(conditional a b c)"),
      ("if a then\n  b\nelse\n  c", "(conditional a b c)"),
      // Functions without a name
      ("x -> x + 1", "(lambda (x) (+ x 1))"),
      ("(x, y) -> x*y", "(lambda (x y) (* x y))"),
      ("() -> 1", "(lambda () 1)"),
      ("x → x", "(lambda (x) x)"),
      ("x -> y -> x + y", "(lambda (x) (lambda (y) (+ x y)))"),
      ("f(x -> x, 1)", "(call f (lambda (x) x) 1)"),
      ("x -> if x then 1 else 2", "(lambda (x) (conditional x 1 2))"),
      ("x ->\n  x", "(lambda (x) x)"),
      // Arrays
      ("[]", "(array)"),
      ("[1, 2]", "(array 1 2)"),
      ("[1, 2,]", "(array 1 2)"),
      ("[[1, 2], [3, 4]]", "(array (array 1 2) (array 3 4))"),
      ("[\n1,\n2\n]", "(array 1 2)"),
      ("[x^2 for x in v]", "(comprehension x v (^ x 2))"),
      ("[x for x in 1..3 if x > 1]", "(comprehension x (range 1 3) x (comparisons x > 1))"),
      // Strings
      (#""""#, "(string)"),
      (#""a""#, #"(string "a")"#),
      (#""a{x}b""#, #"(string "a" (interpolation x) "b")"#),
      (#""{x:.4}""#, #"(string (interpolation x ".4"))"#),
      (#""{x + 1:8.2e}""#, #"(string (interpolation (+ x 1) "8.2e"))"#),
      (#""{"{y}"}""#, "(string (interpolation (string (interpolation y))))"),
      (
        #""{if a then "b" else "c"}""#,
        #"(string (interpolation (conditional a (string "b") (string "c"))))"#
      ),
      // Numbers
      ("1_000", "1000"), (".5", "0.5"), ("5.", "5"), ("1e-3", "0.001"), ("1.5e3", "1500"),
      ("0.1", "0.1"), ("1e308", "1e308"),
    ] as [(String, String)])
  func expression(text: String, expected: String) {
    #expect(ParserTests.expression(text) == expected)
  }

  // MARK: Statements

  @Test(arguments: [
    ("x = 1", "(assign x 1)"),
    ("x += 1", "(+= x 1)"),
    ("x -= 1", "(-= x 1)"),
    ("x *= 2", "(*= x 2)"),
    ("x /= 2", "(/= x 2)"),
    ("x ^= 2", "(^= x 2)"),
    ("x := 1", "(:= x 1)"),
    ("x.data = 1", "(assign (member .data x) 1)"),
    ("x.data += 1", "(+= (member .data x) 1)"),
    ("x.grad = 1", "(assign (member .grad x) 1)"),
    ("v[1] = 2", "(assign (index v 1) 2)"),
    ("v[1] := 2", "(:= (index v 1) 2)"),
    ("plain s = 0", "(plain s 0)"),
    ("f(x) = x^2", "(define f (x) (^ x 2))"),
    ("f(x, y) = { x }", "(define f (x y) (block\n  (evaluate x)))"),
    ("f() = 1", "(define f () 1)"),
    ("f(x) =\n  x", "(define f (x) x)"),
    ("f(x) == 1", "(evaluate (comparisons (call f x) == 1))"),
    ("f(x) = { return x }", "(define f (x) (block\n  (return x)))"),
    ("f(x) = { return }", "(define f (x) (block\n  (return)))"),
    ("g = x -> { y = x; y }", "(assign g (lambda (x) (block\n  (assign y x)\n  (evaluate y))))"),
    ("for i in 1..3 { }", "(for i (range 1 3) (block))"),
    ("for v in xs { print v }", "(for v xs (block\n  (print v)))"),
    ("while a < 1 { a += 1 }", "(while (comparisons a < 1) (block\n  (+= a 1)))"),
    ("repeat 3 { break; continue }", "(repeat 3 (block\n  (break)\n  (continue)))"),
    ("if a { b }", "(if a (block\n  (evaluate b)))"),
    ("if a { } else { }", "(if a (block) (block))"),
    ("if a { } else if b { } else { }", "(if a (block) (if b (block) (block)))"),
    ("if a then b else c", "(evaluate (conditional a b c))"),
    ("if (a) { }", "(if a (block))"),
    ("if f(x) { }", "(if (call f x) (block))"),
    (
      "for i in 1..2 {\n  for j in 1..2 {\n    i\n  }\n}",
      "(for i (range 1 2) (block\n  (for j (range 1 2) (block\n    (evaluate i)))))"
    ),
  ])
  func statement(text: String, expected: String) {
    #expect(ParserTests.tree(text) == expected)
  }

  // MARK: Ends of statements

  @Test(arguments: [
    ("a\nb", "(evaluate a)\n(evaluate b)"),
    ("a; b", "(evaluate a)\n(evaluate b)"),
    ("a;; b\n\n\n;c", "(evaluate a)\n(evaluate b)\n(evaluate c)"),
    ("a +\nb", "(evaluate (+ a b))"),
    ("a\n\n-b", "(evaluate a)\n(evaluate (- b))"),
    ("a;\n-b", "(silenced (evaluate a))\n(evaluate (- b))"),
    ("-b", "(evaluate (- b))"),
    ("if a {\n-b\n}", "(if a (block\n  (evaluate (- b))))"),
    ("x =\n\n1", "(assign x 1)"),
    ("x :=\n1", "(:= x 1)"),
    ("x +=\n1", "(+= x 1)"),
    ("f(a,\nb)", "(evaluate (call f a b))"),
    ("f(\na\n)", "(evaluate (call f a))"),
    ("(a\n+ b)", "(evaluate (+ a b))"),
    ("(a\nor\nb)", "(evaluate (or a b))"),
    ("a and\nb", "(evaluate (and a b))"),
    ("a <\nb", "(evaluate (comparisons a < b))"),
    ("1..\n3", "(evaluate (range 1 3))"),
    ("print a,\nb", "(print a b)"),
    ("if a then\nb else\nc", "(evaluate (conditional a b c))"),
    ("x -> {\na\n}", "(evaluate (lambda (x) (block\n  (evaluate a))))"),
    // `;` at the end of a line silences
    ("a;", "(silenced (evaluate a))"),
    ("a; # why", "(silenced (evaluate a))"),
    ("a ;\nb", "(silenced (evaluate a))\n(evaluate b)"),
    ("a; b;", "(evaluate a)\n(silenced (evaluate b))"),
    ("a = 1;", "(silenced (assign a 1))"),
    ("backward L;", "(silenced (backward L))"),
    ("if a { b; }", "(if a (block\n  (evaluate b)))"),
  ])
  func ends(text: String, expected: String) {
    #expect(ParserTests.tree(text) == expected)
  }

  // MARK: Commands

  @Test(
    arguments: [
      ("backward L", "(backward L)"),
      ("backward(L)", "(backward L)"),
      ("backward L accumulate", "(backward L :accumulate)"),
      ("backward(L) accumulate", "(backward L :accumulate)"),
      ("backward a + b", "(backward (+ a b))"),
      ("forward", "(forward)"),
      ("forward L", "(forward L)"),
      ("print", "(print)"),
      ("print a, b", "(print a b)"),
      ("print(a, b)", "(print a b)"),
      ("print (a, b)", "(print a b)"),
      ("print()", "(print)"),
      ("print -3", "(print (- 3))"),
      ("print - 3", "(print (- 3))"),
      ("print (a+b)*2", "(print (* (+ a b) 2))"),
      ("print (a), (b)", "(print a b)"),
      ("print (a) + (b)", "(print (+ a b))"),
      ("print (a).b", "(print (member .b a))"),
      ("print [1]", "(print (array 1))"),
      ("print zero", "(print zero)"),
      (#"print "a""#, #"(print (string "a"))"#),
      ("print a; print b", "(print a)\n(print b)"),
      ("if a { print b }", "(if a (block\n  (print b)))"),
      ("show", "(show)"),
      ("show L", "(show L)"),
      ("show(L)", "(evaluate (call show L))"),  // the compiler looks whether it is a function
      ("show (L)", "(show L)"),
      ("show -3", "(show (- 3))"),
      ("show - 3", "(evaluate (- show 3))"),
      ("show-3", "(evaluate (- show 3))"),
      ("show = 3", "(assign show 3)"),
      ("show += 3", "(+= show 3)"),
      ("show.grad", "(evaluate (member .grad show))"),
      ("show * 2", "(evaluate (* show 2))"),
      ("show < 2", "(evaluate (comparisons show < 2))"),
      ("show [1]", "(show (array 1))"),
      ("show[1]", "(evaluate (index show 1))"),
      (":show", "(show)"),
      (":show L", "(show L)"),
      ("zero", "(zero)"),
      ("zero;", "(silenced (zero))"),
      ("if a { zero }", "(if a (block\n  (zero)))"),
      ("zero = 3", "(assign zero 3)"),
      ("zero := 3", "(:= zero 3)"),
      ("zero(x) = x", "(define zero (x) x)"),
      ("zero + 1", "(evaluate (+ zero 1))"),
      ("x = zero", "(assign x zero)"),
      ("assert x > 0", "(assert (comparisons x > 0))"),
      (#"assert x, "why""#, #"(assert x (string "why"))"#),
      ("assert(x>0)", "(evaluate (call assert (comparisons x > 0)))"),
      ("assert (x) > 0", "(assert (comparisons x > 0))"),
      ("assert not x", "(assert (not x))"),
      ("set digits 17", "(set :digits 17)"),
      ("set digits full", "(set :digits :full)"),
      ("set trap on", "(set :trap :on)"),
      ("set = 1", "(assign set 1)"),
      ("L.backward()", "(evaluate (method .backward L))"),
      ("L.forward()", "(evaluate (method .forward L))"),
    ] as [(String, String)])
  func command(text: String, expected: String) {
    #expect(ParserTests.tree(text) == expected)
  }

  // MARK: Ranges

  /// A node covers its text, from its first character to its last.
  @Test(arguments: [
    ("x = «a + b»", "binary"), ("x = «(a + b)*c»", "binary"), ("x = «f(a)(b)»", "call"),
    ("x = «a.tanh()»", "method"), ("x = «-a»", "unary"), ("x = «a < b < c»", "comparisons"),
    ("x = «[a, b]»", "array"), ("x = «if a then b else c»", "conditional"),
    ("x = «y -> y»", "lambda"), (#"x = «"a{b}"»"#, "string"), ("x = «a[1]»", "index"),
    ("«for i in v { }»", "for"), ("«if a { } else { }»", "if"), ("«print a, b»", "command"),
    ("a; «x = 1»; b", "assign"), ("x = «1..2 by 3»", "range"), ("x = «a²»", "binary"),
  ])
  func ranges(marked: String, kind: String) {
    let marked = Marked(marked)
    let tree = Parser.parse(marked.source).tree
    let found = tree.nodes.indices.contains { index in
      tree.ranges[index] == marked.range && "\(tree.nodes[index])".hasPrefix(kind)
    }
    #expect(found)
  }

  // MARK: Size

  @Test(arguments: [
    LargeInput("a flat sum", "1" + times(200_000, " + 1")),
    LargeInput("a flat product of names", "x" + times(20_000, "*x")),
    LargeInput("a chain of methods", "x" + times(100_000, ".tanh()")),
    LargeInput("a chain of indices", "x" + times(20_000, "[1]")),
    LargeInput("a chain of calls", "x" + times(20_000, "()")),
    LargeInput("else if", "if 0 { }" + times(100_000, " else if 0 { }")),
    LargeInput("else if in an expression", times(100_000, "if 0 then 1 else ") + "2"),
    LargeInput("a chain of comparisons", "x" + times(20_000, " < x")),
    LargeInput("lines", times(20_000, "x = 1\n")),
    LargeInput("statements on one line", times(20_000, "x = 1;")),
    LargeInput("an array", "[" + times(20_000, "1,") + "]"),
    LargeInput("a string", "\"" + times(20_000, "a{x}") + "\""),
  ])
  func largeInput(input: LargeInput) {
    let source = SourceText(name: "<test>", bytes: Array(input.text.utf8))
    let (tree, problems, _) = Parser.parse(source)
    #expect(problems.isEmpty)
    #expect(TreeListing(tree, source).text.utf8.count > input.text.utf8.count / 4)
  }
}

extension String {
  /// Without the line ends at its end.
  fileprivate var trimmedEnd: String {
    var text = self[...]
    while text.last == "\n" { text.removeLast() }
    return String(text)
  }
}
