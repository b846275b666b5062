import Testing

@testable import GradLanguage

@Suite("What can stand at the end of a text")
struct CompletionTests {
  /// A session with a value of each kind.
  private static func session() -> Interpreter {
    let interpreter = Interpreter(files: .holding("load_N,stretch,data\n1,2,3\n4,5,6\n"))
    let outcome = interpreter.run(
      """
      alpha = 2; beta = 3; plain rate = 0.1; text = "a\\nb"; t = read("t.csv")
      v = [1, 2, 3, 4, 5, 6]; A = [[1, 2], [3, 4]]
      L = alpha*beta + sum(v); area(width, height) = width*height; backward L
      """)
    #expect(outcome.diagnostics.map(\.message) == [])
    return interpreter
  }

  private static func texts(_ text: String) -> [String] {
    session().completions(before: text).candidates.map(\.text)
  }

  @Test(
    "all that can stand there",
    arguments: [
      // Names, in operands and statements
      ("1 + al", ["alpha", "all"]), ("x = bet", ["beta"]), ("print are", ["area"]),
      ("(1 + are", ["area"]), ("[are", ["area"]), ("x = -are", ["area"]), ("1..bet", ["beta"]),
      ("are", ["area"]), ("a; are", ["area"]), ("if 1 {\n  are", ["area"]),
      ("f(x) = { are", ["area"]),
      ("print \"{are", ["area"]), ("print \"{alpha}\", are", ["area"]), ("v[en", ["end"]),
      ("x = 1 +\n are", ["area"]), ("x = en", []), ("print \"a\nare", ["area"]),
      ("x = SIGM", ["sigmoid"]), ("x = π", ["π"]), ("backw", ["backward"]), ("x = backw", []),
      ("repe", ["repeat"]), ("x = repe", []), ("x = no", ["norm", "not"]),
      // Names of the text itself
      ("f(weight, wide) = we", ["weight"]), ("wrong = 2; wro", ["wrong"]),
      ("weird -> wei", ["weird"]),
      ("for index in 1..3 { ind", ["index"]), ("plain pl_x = 2; pl_", ["pl_x"]),
      ("(aa, bbb) -> bb", ["bbb"]), ("f(x) = x; f2", []),
      // Nothing
      ("2alph", []), ("2", []), ("f(2)", []), ("f(2)alph", []), ("print \"alph", []),
      ("# alph", []), ("x = 1 # alph", []), ("(1 + # alph", []), ("(1 + # c\n are", ["area"]),
      ("print \"{alpha:al", []), ("print \"a#b\", are", ["area"]), ("for al", []),
      ("break al", []), ("plot alpha for al", []),
      // Members
      ("alpha.gr", ["grad", "graph"]), ("alpha.da", ["data"]), ("rate.gr", ["graph"]),
      ("rate.da", ["data"]), ("v.cums", ["cumsum"]), ("alpha.cums", []), ("v.data.su", ["sum"]),
      ("alpha.grad.gr", ["graph"]), ("t.lo", ["load_N"]), ("t.stretch.su", ["sum"]),
      ("t.gr", []), ("t.wr", ["write"]), ("area.gr", ["grad"]), ("area.ja", ["jacobian"]),
      ("area.si", []), ("tanh.hess", ["hessian"]), ("text.pr", ["print"]), ("2.5.sqr", ["sqrt"]),
      ("[1, 2].cums", ["cumsum"]), ("f(x).da", ["data"]), ("v[1].gr", ["grad", "graph"]),
      ("unknown.da", ["data"]), ("(alpha + 1).gr", ["grad", "graph"]), ("alpha.are", ["area"]),
      ("alpha.data.grad.s", []), ("x = alpha.back", ["backward"]), ("alpha .gr", []),
      // Words after operands
      ("alpha a", ["and"]), ("1..9 b", ["by"]), ("x = if alpha t", ["then"]),
      ("x = if 1 then 2 e", ["else"]), ("[x^2 f", ["for"]), ("[x for x in v i", ["if"]),
      ("for i ", ["in"]), ("plot alpha for x ", ["in"]), ("if 1 { 2 } ", ["else"]),
      ("while 1 { 2 } ", []),
      // Options
      ("graph L ", ["depth", "to"]), ("graph(L) ", ["depth", "to"]), ("graph L depth 2 ", ["to"]),
      ("graph L to ", []), ("graph L depth al", ["alpha", "all"]), ("backward L ", ["accumulate"]),
      ("backward L accumulate ", []), (":backward L ac", ["accumulate"]),
      ("explain alpha ", ["paths"]), ("check L ", ["and", "or"]),
      ("plot area(x, 1) ", ["for", "with", "title", "labels", "to", "x", "y"]),
      ("plot area(x, 1) for x in 0..1 ", ["with", "title", "labels", "to", "x", "y"]),
      ("plot v with ", ["points", "slope"]), ("plot v with slope ", ["at"]),
      ("plot v with points ti", ["title"]), ("plot v title \"a\" y ", ["in"]),
      ("plot v title ", []),
      ("plot(area(x, 1) for x in 0..1) t", ["title", "to"]),
      ("plot v with slope at al", ["alpha", "all"]),
      ("backward ", ["alpha", "beta", "v", "A", "L"]),
      ("check ", ["alpha", "beta", "v", "A", "L"]),
      (
        "show l",
        [
          "leaky_relu", "length", "lgamma", "linspace", "log", "log10", "log1p", "log2",
          "logaddexp", "logsumexp",
        ]
      ),
      ("x = ", ["A", "L", "alpha", "area", "beta", "rate", "t", "text", "v"]),
      ("zero ", []), ("zero = al", ["alpha", "all"]), ("show - al", ["alpha", "all"]),
      // Settings
      ("set ", ["digits", "trap", "kinks", "limit"]), ("set d", ["digits"]),
      ("set digits ", ["12", "17", "full"]), ("set trap o", ["on", "off"]), ("set nonsense ", []),
      ("set digits full ", []), (":se", ["seed", "set"]), (":x", []),
    ] as [(String, [String])])
  func candidates(text: String, expected: [String]) {
    #expect(CompletionTests.texts(text) == expected, "\(text)")
  }

  @Test(
    "some that come first",
    arguments: [
      ("alpha.", ["data", "grad", "area", "abs"]), ("v.", ["data", "grad"]),
      ("t.", ["load_N", "stretch", "data"]),
      ("area.", ["area", "grad", "hessian"]), ("a", ["alpha", "area", "abs"]),
      ("explain b", ["beta"]),
    ])
  func first(text: String, expected: [String]) {
    #expect(Array(CompletionTests.texts(text).prefix(expected.count)) == expected)
  }

  @Test(
    "what candidates are, in a few words",
    arguments: [
      ("alph", "2  grad 3"), ("rat", "0.1"), ("x = tex", "\"a\nb\""),
      ("x = t", "2 rows: load_N, stretch, data"),
      ("x = v", "[1, 2, …, 5, 6]  (6)"), ("x = A", "[1, 2, 3, 4]  (2×2)"),
      ("are", "(width, height)"),
      ("sigmoi", "(x)  the logistic function"),
      ("x = sum", "(v), (A, dimension)  the sum"),
      ("pi", "3.14159265359"), ("backw", "the gradients of a result"), ("repe", "repeat 10 { … }"),
      ("alpha.gra", "3"), ("alpha.dat", "2"), ("v.gra", "the gradient"), ("t.stretc", "[2, 5]"),
      ("graph L dep", "so many operations deep"), ("set tra", "on or off"),
    ])
  func details(text: String, expected: String) throws {
    let candidates = CompletionTests.session().completions(before: text).candidates
    #expect(try #require(candidates.first).detail == expected)
  }

  @Test("data and gradient are preferred to functions")
  func preferred() {
    func preferred(_ text: String) -> [String] {
      CompletionTests.session().completions(before: text).candidates.filter(\.isPreferred).map(
        \.text)
    }
    #expect(preferred("alpha.gr") == ["grad"])
    #expect(preferred("t.") == ["load_N", "stretch", "data"])
    #expect(preferred("alp") == [])
    #expect(preferred("\\le") == ["\\le"])
  }

  @Test("what has changed is told")
  func changes() {
    let session = CompletionTests.session()
    _ = session.run("alpha := 4; alpha = 5; h = tanh; h2 = grad(area); square = x -> x^2; sum = 3")
    func detail(_ name: String) -> String? {
      session.completions(before: "x = \(name)").candidates.first { $0.text == name }?.detail
    }
    #expect(detail("alpha") == "5")
    #expect(detail("L") == "27 stale  grad 1")
    #expect(detail("h") == "(x)")
    #expect(detail("square") == "(x)")
    #expect(detail("sum") == "3")
    #expect(session.completions(before: "x = sum").candidates.count { $0.text == "sum" } == 1)
  }

  @Test(
    "the paths of files",
    arguments: [
      ("import \"dat", "dat", ".grad"), ("t = read(\"a/b", "a/b", ".csv"),
      ("write(v, \"", "", ".csv"),
      ("graph L to \"x", "x", ".html"), ("plot v to \"x", "x", ".svg"),
      ("plot v, v title \"a\" to \"", "", ".svg"),
    ])
  func paths(text: String, path: String, ending: String) {
    let completions = CompletionTests.session().completions(before: text)
    #expect(completions.path?.text == path)
    #expect(completions.path?.endings.contains(ending) == true)
    #expect(completions.replacedLength == path.utf8.count)
  }

  @Test(
    "strings that are no paths",
    arguments: [
      "print \"a", "x = \"a", "plot v title \"a", "read(\"a{b", "f(\"a",
      "read(\"a\", \"{x} \" + (\"",
      "import \"a\"", "graph L to \"a\" ",
    ])
  func noPaths(text: String) {
    #expect(CompletionTests.session().completions(before: text).path == nil)
  }

  @Test("more names than can be told about are found quickly, without details")
  func many() {
    let interpreter = Interpreter()
    _ = interpreter.run((0..<10_000).map { "name\($0) = \($0)" }.joined(separator: "\n"))
    let all = interpreter.completions(before: "x = name").candidates
    #expect(all.count == 10_000)
    #expect(all.allSatisfy { $0.detail.isEmpty })
    #expect(interpreter.completions(before: "x = name999").candidates.first?.detail == "999")
  }

  @Test("a long text, and one that is nested deeply, are no trouble")
  func long() {
    let session = CompletionTests.session()
    let lines = String(repeating: "x = alpha*beta # \"remark\nprint \"{x} \\{\"\n", count: 3000)
    #expect(session.completions(before: lines + "are").candidates.map(\.text) == ["area"])
    for bracket in ["(", "[", "{", "\"{", "if 1 { ", ")", "}", "alpha.", "\\"] {
      _ = session.completions(before: String(repeating: bracket, count: 50_000))
      _ = session.completions(before: String(repeating: bracket, count: 50_000) + "a")
    }
  }

  @Test("any start of any example completes, without a crash")
  func starts() {
    let session = CompletionTests.session()
    let text = """
      f(x, y) = { return x*y }; print "a{alpha:.4}b{"c{v[1]}"}\\"", [i^2 for i in 1..3 by 2 if i > 1]
      :plot(f(x, 1) for x in -2..2) with slope at 1 title "α" # end
      if alpha ≥ 2 { t.load_N } else if not L { v[end] := ∇f(1, 2)' } else { 2.5.sqrt() }
      """
    for end in text.indices { _ = session.completions(before: String(text[..<end])) }
  }
}

extension FileAccess {
  /// Files that are all the same.
  fileprivate static func holding(_ text: String) -> FileAccess {
    FileAccess(
      read: { _, _ in .success(Array(text.utf8)) }, write: { _, _ in nil }, canonical: { $0 })
  }
}
