import TestSupport
import Testing

@testable import GradLanguage

/// What each form of statement does, and what it shows.
@Suite struct StatementTests {
  @Test(
    arguments: [
      // What is shown in files and pipes
      ("x = 2", []), ("2 + 3", ["5"]), ("x = 2; x", ["x = 2"]), ("x = 2\nx\n", ["x = 2"]),
      ("2;", []), ("2; # why", []), ("2; 3", ["2", "3"]), ("2; 3;", ["2"]),
      ("f(x) = x; f", ["f = f(x)"]),
      ("if 1 { 2 }", []), ("for i in 1..2 { i }", []), ("f() = { 1; 2 }; f()", ["2"]),
      ("f() = { }; f()", []), ("\"a\"", ["a"]), ("[1, 2]", ["[1, 2]"]),
      ("a = 2; backward a", ["backward: a 2 grad 1"]), ("a = 2; backward a;", []),
      ("a = 2; forward", ["forward: a 2"]), ("if 1 { a = 2; backward a; forward a }", []),
      ("a = 2; show", ["show: a 2"]), ("print", [""]),
      // Bindings
      ("x = 2; x = x + 1; print x", ["3"]), ("x = y = 2", ["E004"]),
      ("x = 5; x += 2; print x", ["7"]), ("x = 5; x -= 2; print x", ["3"]),
      ("x = 5; x *= 2; print x", ["10"]), ("x = 5; x /= 2; print x", ["2.5"]),
      ("x = 5; x ^= 2; print x", ["25"]), ("x = 5; x += x*2; print x", ["15"]),
      ("x = 5; x := 7; print x", ["7"]), ("x = 5; x := x + 1; print x", ["6"]),
      ("x = 5; x.data = 7; print x", ["7"]), ("x = 5; x.data += 2; print x", ["7"]),
      ("x = 5; x.data ^= 2; print x", ["25"]), ("x = 5; x.grad = 3; print x.grad", ["3"]),
      ("x = 5; x.grad = 3; x.grad += 1; print x.grad", ["4"]),
      ("v = [1, 2]; v := [3, 4]; print v", ["[3, 4]"]),
      ("a = 2; b = a; b := 3; print a", ["3"]),  // a second name, not a copy
      ("a = 2; b = a; b = 3; print a", ["2"]),
      ("a = 2; b = +a; b := 3; print a", ["3"]),
      // Plain names
      ("plain s = 1; s += 2; print s", ["3"]), ("a = 2; plain s = a; s = s + a; print s", ["4"]),
      ("plain s = 1; s := 2", ["E042"]), ("plain s = 0; s = \"x\"; print s", ["x"]),
      ("plain v = [1, 2]; print v", ["[1, 2]"]),
      // Branches
      ("if 1 { print 2 } else { print 3 }", ["2"]), ("if 0 { print 2 } else { print 3 }", ["3"]),
      ("if 0 { print 2 }", []), ("if 0 { } else if 1 { print 2 } else { print 3 }", ["2"]),
      ("if 0 { } else if 0 { print 2 } else { print 3 }", ["3"]),
      ("if 0 { } else\nif 1 { print 2 }", ["2"]), ("if 0 { } else\n{ print 1 }", ["1"]),
      ("if 1 { x = 2 }; print x", ["2"]),  // branches open no scope
      ("if 0 { x = 2 }; print x", ["E001"]),
      // Loops
      ("for i in 1..3 { print i }", ["1", "2", "3"]), ("for i in 3..1 { print i }; print 0", ["0"]),
      ("for i in 0..1 by 0.5 { print i }", ["0", "0.5", "1"]),
      ("for i in 3..1 by -1 { print i }", ["3", "2", "1"]),
      ("for v in [4, 5] { print v }", ["4", "5"]), ("for v in [] { print v }", []),
      ("for r in [[1, 2], [3, 4]] { print r }", ["[1, 2]", "[3, 4]"]),
      ("for i in 1..3 { }; print i", ["3"]),  // nor do loops
      ("for i in 1..3 { i = 9 }; print i", ["9"]),
      ("for i in 1..3 { i = i*2; print i }", ["2", "4", "6"]),
      ("n = 0; while n < 3 { n += 1; print n }", ["1", "2", "3"]), ("while 0 { print 1 }", []),
      ("repeat 3 { print 1 }", ["1", "1", "1"]), ("repeat 0 { print 1 }", []),
      ("for i in 1..5 { if i == 2 { continue }; if i == 4 { break }; print i }", ["1", "3"]),
      (
        "n = 0; while 1 { n += 1; if n == 2 { continue }; if n > 3 { break }; print n }",
        ["1", "3"]
      ),
      ("n = 0; repeat 5 { n += 1; if n < 4 { continue }; print n; break }", ["4"]),
      ("for i in 1..2 { for j in 1..3 { if j == 2 { break }; print i, j } }", ["1 1", "2 1"]),
      ("for i in 1..2 { while 1 { break }; print i }", ["1", "2"]),
      ("v = [1]; for x in v { v = [7, 8] }; print v", ["[7, 8]"]),  // over the array as it was
      ("n = 3; for i in 1..n { n = 1 }; print i", ["3"]),
      // Functions
      ("f(x) = x^2; print f(3)", ["9"]), ("f(x, y) = { z = x*y; z + 1 }; print f(2, 3)", ["7"]),
      ("f(x) = { return x; 9 }; print f(3)", ["3"]),
      ("f(x) = { for i in 1..9 { if i > x { return i } }; 0 }; print f(3), f(10)", ["4 0"]),
      ("f(x) = { if x { 1 } else { 2 } }; print f(1), f(0)", ["1 2"]),
      ("f(x) = { if x > 1 { 1 } else if x { 2 } else { 3 } }; print f(2), f(1), f(0)", ["1 2 3"]),
      ("f(x) = { if x { 1 } }; print f(1)", ["1"]), ("f(x) = { if x { 1 } }; print f(0)", ["E015"]),
      ("f(x) = { while x { return 1 } }; print f(0)", ["E015"]),
      ("f(x) = { x; }; print f(2)", ["2"]), ("f(x) = { y = x }; print f(2)", ["E015"]),
      ("f() = { return }; f()", []), ("f() = 3; print f() + f()", ["6"]),
      ("f(n) = if n <= 1 then 1 else n*f(n - 1); print f(10)", ["3628800"]),
      (
        "e(n) = if n == 0 then 1 else o(n - 1); o(n) = if n == 0 then 0 else e(n - 1); print e(10)",
        ["1"]
      ),
      ("print (x -> x^2)(3), ((x, y) -> x - y)(5, 2), (() -> 4)()", ["9 3 4"]),
      ("g = x -> { y = x; y*2 }; print g(4)", ["8"]), ("f = x -> y -> x - y; print f(5)(3)", ["2"]),
      ("f(x) = { print x }; f(1); f(2)", ["1", "2"]),
      // Commands as calls
      ("a = 2; a.backward(); print a.grad", ["backward: a 2 grad 1", "1"]),
      ("assert(1 > 0); print 1", ["1"]), ("a = 2; show(a)", ["show: a 2"]),
      ("check(x) = x^2; check(3)", ["9"]), ("show(x) = x^2; show(3)", ["9"]),
      ("assert(1 > 2)", ["E060"]), ("zero + 1", ["E001"]), ("zero = 3; print zero", ["3"]),
      ("zero = 3; zero", []), ("x = assert(1)", ["E001"]), ("L.zero()", ["E022"]),
      // Settings
      ("set digits 3; print pi", ["3.14"]),
      ("set digits full; print 0.1 + 0.2", ["0.30000000000000004"]),
      ("set digits 17; print 0.1", ["0.10000000000000001"]), ("set trap on; 1/0", ["E074"]),
      ("set trap on; set trap off; print 1/0", ["W101", "inf"]),
      // Assertions
      ("assert 1 < 2; assert 1, \"why\"; print 1", ["1"]), ("assert 0", ["E060"]),
      ("assert nan", ["E060"]),
      ("assert 1 < 2 < 1", ["E060"]), ("assert 0.1 + 0.2 == 0.3", ["E060"]),
      ("assert 0.1 + 0.2 ≈ 0.3", []),
    ] as [(String, [String])])
  func lines(program: String, expected: [String]) {
    #expect(Session().lines(program) == expected)
  }

  /// At the prompt the last statement is echoed, bindings too.
  @Test(
    arguments: [
      ("x = 2", ["x = 2"]), ("x = 2;", []), ("x = 2; y = 3", ["y = 3"]), ("x = 2; y = 3;", []),
      ("plain x = 2", ["x = 2"]), ("x = 1; x += 2", ["x = 3"]), ("f(x) = x", []),
      ("if 1 { x = 2 }", []), ("x = 2; x", ["x = 2"]), ("x = 2; x*2", ["4"]), ("x = 2; x := 3", []),
      ("x = [1, 2]", ["x = [1, 2]"]), ("x = \"s\"", ["x = s"]),
      (
        "a = 2; backward a; b = a",
        [
          "backward: a 2 grad 1", "b = 2 grad 1",
        ]
      ),
    ] as [(String, [String])])
  func prompt(program: String, expected: [String]) {
    #expect(Session().lines(program, mode: .prompt) == expected)
  }

  // MARK: Strings

  @Test(arguments: [
    (#""""#, ""), (#""abc""#, "abc"), (#""a\tb\"c\\d\{e\}""#, "a\tb\"c\\d{e}"), (#""\n""#, "\n"),
    (#""\u{3b1}\u{1F600}""#, "α😀"), (#""}""#, "}"), (#""é日本""#, "é日本"),
    (#""{1 + 1}""#, "2"), (#""a{1}b{2}c""#, "a1b2c"), (#""{"b {1 + 1}"}""#, "b 2"),
    (#""{if 1 then "y" else "n"}""#, "y"), (#""{[1, 2]}""#, "[1, 2]"), (#""{sin}""#, "sin(x)"),
    (#""{(x -> x^2)(3)}""#, "9"), (#""{ 1 }""#, "1"), (#""{[3, 4][2]}""#, "4"),
    // Formats
    (#""{pi:.2}""#, "3.14"), (#""{pi:.0}""#, "3"), (#""{2:.3}""#, "2.000"),
    (#""{pi:8.3}""#, "   3.142"),
    (#""{-pi:8.3}""#, "  -3.142"), (#""{pi:.3e}""#, "3.142e+00"), (#""{pi*1e9:.3g}""#, "3.14e+09"),
    (#""{42:6}""#, "    42"), (#""{pi:10}""#, "   3.14159"), (#""{1234567:3}""#, "1.23457e+06"),
    (#""{1e20:.1}""#, "100000000000000000000.0"), (#""{inf:6.2}""#, "   inf"),
    (#""{nan:.1}""#, "NaN"),
    (#""{[1, 2.5]:.2}""#, "[1.00, 2.50]"), (#""{0.125:.2}""#, "0.12"), (#""{0.375:.2}""#, "0.38"),
    // Numbers without a format
    (#""{0.1 + 0.2}""#, "0.3"), (#""{1/3}""#, "0.333333333333"), (#""{2^53}""#, "9.00719925474e15"),
    (#""{123456789012}""#, "123456789012"), (#""{1e-7}""#, "1e-7"), (#""{-0}""#, "0"),
    (#""{1e300}""#, "1e300"),
    (#""{100000}""#, "100000"), (#""{1.5}""#, "1.5"),
  ])
  func string(expression: String, expected: String) {
    #expect(Session().lines("print \(expression)") == [expected])
    #expect(Session().lines("x = \(expression); print x") == [expected])
    #expect(Session().lines("f(x) = x; print f(\(expression))") == [expected])
  }
}
