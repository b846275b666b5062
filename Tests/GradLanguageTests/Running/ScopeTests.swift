import Testing

@testable import GradLanguage

@Suite struct ScopeTests {
  @Test(
    arguments: [
      // A name assigned anywhere in a function is its own
      ("x = 1; f() = { x = 2 }; f(); print x", ["1"]),
      ("x = 1; f() = { x }; print f()", ["1"]),
      ("x = 1; f() = { y = x; x = 2; y }; print f()", ["E002"]),
      ("x = 1; f() = { x += 1; x }; print f()", ["E002"]),
      ("x = 1; f(c) = { if c { x = 2 }; x }; print f(1); print f(0)", ["2", "E002"]),
      ("f(c) = { if c { x = 2 } else { x = 3 }; x }; print f(1), f(0)", ["2 3"]),
      ("f(n) = { for i in 1..n { x = i }; x }; print f(3); print f(0)", ["3", "E002"]),
      ("f(n) = { while n > 0 { x = n; n -= 1 }; x }; print f(3); print f(0)", ["1", "E002"]),
      ("f() = { for i in 1..3 { }; i }; print f()", ["3"]),
      ("i = 7; f() = { for i in 1..3 { } }; f(); print i", ["7"]),
      ("g = 7; f() = { g(x) = x; g(1) }; print f(), g", ["1 7"]),
      ("s = 7; f() = { plain s = 1; s }; print f(), s", ["1 7"]),
      ("x = 1; f(x) = { x = x + 1; x }; print f(5), x", ["6 1"]),
      // Globals are read when the function runs
      ("x = 1; f() = x; x = 2; print f()", ["2"]),
      ("f() = x; x = 3; print f()", ["3"]),
      ("f() = x; print f()", ["E001"]),
      ("f() = g(); g() = 4; print f()", ["4"]),
      ("f() = 1; g() = f(); f() = 2; print g()", ["2"]),
      // Functions inside functions capture by value, when they are made
      ("f() = { y = 1; g = () -> y; y = 2; g() }; print f()", ["1"]),
      ("f(n) = x -> x + n; a = f(1); b = f(10); print a(1), b(1)", ["2 11"]),
      ("f() = { v = 1; g() = { h() = v; h }; g()() }; print f()", ["1"]),
      ("f() = { g = x -> x + y; y = 2; g(1) }; f()", ["E002"]),
      ("f() = { y = 1; g() = { y = 5; y }; print g(); y }; print f()", ["5", "1"]),
      ("f() = { y = 1; g(x) = { y = y + x; y }; g(2) }; f()", ["E002"]),
      // A local function can call itself, from functions inside it, too
      ("f() = { g(n) = if n == 0 then 1 else n*g(n - 1); g(5) }; print f()", ["120"]),
      (
        "f() = { g(n) = { k = m -> g(m); if n == 0 { 1 } else { n*k(n - 1) } }; g(5) }; print f()",
        ["120"]
      ),
      (
        "f() = { g(n) = { k = m -> (() -> g(m))(); if n { n + k(n - 1) } else { 0 } }; g(4) }; print f()",
        ["10"]
      ),
      ("f(k) = { g(n) = if n == 0 then k else g(n - 1); g(5) }; print f(7)", ["7"]),
      ("f() = { o(n) = e(n); e(n) = n; o(1) }; f()", ["E002"]),
      // Comprehensions have a variable of their own
      ("x = 5; v = [x^2 for x in 1..3]; print v, x", ["[1, 4, 9] 5"]),
      ("v = [x for x in 1..3]; x", ["E001"]),
      ("f(x) = { v = [x*2 for x in [x, x + 1]]; [v[1], v[2], x] }; print f(5)", ["[10, 12, 5]"]),
      ("print [[i*j for j in 1..2] for i in 1..2]", ["[[1, 2], [2, 4]]"]),
      ("print [i for i in [i*2 for i in 1..3] if i > 2]", ["[4, 6]"]),
      ("f(n) = { g = [x -> x + i for i in 1..1]; n }; f(1)", ["E014"]),
      ("for i in 1..2 { v = [i*10 for i in 1..i]; print v }; print i", ["[10]", "[10, 20]", "2"]),
      // Loops at top level count with a name that functions can read
      ("f() = i*10; for i in 1..3 { print f() }", ["10", "20", "30"]),
      ("for i in 1..2 { g = () -> i; print g() }; i = 7; print g()", ["1", "2", "7"]),
      // One namespace
      ("f(x) = x; f = 2; print f", ["2"]), ("f = 2; f(x) = x; print f(3)", ["3"]),
      ("f(x) = x; f = 2; f(3)", ["E010"]), ("pi = 3; print pi", ["N305", "3"]),
      // Shadowed built-in functions
      ("sin = 3; print sin", ["N305", "3"]), ("sin = 3; sin(0)", ["N305", "E010"]),
      ("sin = 3; print 0.sin()", ["N305", "0"]),
      ("max(x) = x; print max(3), 2.max(3)", ["N305", "3 3"]),
      ("tan(x, y) = x + y; print tan(1, 2), 0.tan()", ["N305", "3 0"]),
      ("cos(x) = x + 1; f(x) = cos(x); print f(1)", ["N305", "2"]),
      ("f(x) = exp(x); exp(x) = x; print f(5)", ["N305", "5"]),
      ("f(exp) = exp(2); print f(x -> x + 1)", ["3"]),
      ("f() = { abs = 3; abs }; print f(), abs(-1)", ["3 1"]),
      ("min(a, b, c) = 7; print min(1, 2, 3)", ["N305", "7"]),
      ("for tanh in 1..2 { }; print tanh", ["2"]),
      // `:=`, `.data` and `.grad` act on the node, wherever its name is
      ("a = 1; f() = { a := 5 }; f(); print a", ["5"]),
      ("a = 1; f(x) = { x := 5 }; f(a); print a", ["5"]),
      ("a = 1; f(x) = { x.grad = 5 }; f(a); print a.grad", ["5"]),
      ("f() = { x = 1; x := 2 }; f()", ["E042"]),
      // Locals are no leaves
      ("f() = { x = 3; x.grad }; f()", ["E042"]),
      // A local that is declared plain stays plain
      ("f(a) = { plain s = 0; s = s + a; s += a; s.grad }; b = 2; f(b)", ["E042"]),
      ("f(a) = { s = 0; s = s + a; s.grad }; b = 2; f(b)", ["N304", "0"]),
    ] as [(String, [String])])
  func lines(program: String, expected: [String]) {
    #expect(Session().lines(program) == expected)
  }

  /// Names that begin commands are names where the text says so, and once they are bound.
  @Test func commandWords() {
    let session = Session()
    #expect(session.lines("x = 2; x.show()") == ["show: x 2"])
    #expect(session.lines("zero - 1") == ["E001"])  // mentioned is not bound
    #expect(session.lines("assert(1 > 0)") == [])
    #expect(session.lines("show(x) = x + 1; x.show()") == ["3"])
    #expect(session.lines("show x") == ["show: x 2"])
    #expect(session.lines("f(assert) = assert(2); f(y -> y^2)") == ["4"])
  }

  @Test func namesLiveFromOneInputToTheNext() {
    let session = Session()
    session.run("a = 2; f(x) = a*x")
    session.run("plain p = 1")
    #expect(session.lines("p = a; print p, f(3)") == ["2 6"])
    session.run("p = p + a")
    #expect(session.shown("p")?.isTracked == false)
    #expect(session.lines("backward p") == ["E042"])
  }
}
