import Testing

@testable import GradLanguage

/// Recursion, interruption, memory and size: an answer or a clear error each.
@Suite struct LimitTests {
  // MARK: Recursion

  @Test(arguments: [
    "f(n) = f(n + 1); f(1)", "f(n) = 1 + f(n + 1); f(1)",
    "f(n) = { x = n; g(x) }; g(n) = f(n); f(1)",
    "f = x -> f(x); f(1)", "f() = { g(n) = g(n); g(1) }; f()", "sin(x) = sin(x); sin(1)",
    "f(x) = [f(y) for y in [x]]; f(1)", "f(x) = \"{f(x)}\"; f(1)", "a = 1; f(x) = a*f(x + a); f(a)",
    "f(x) = max(f(x), 1); f(1)", "max(x, y) = max(x, y); max(1, 2)",
  ])
  func endlessRecursion(program: String) {
    let session = Session()
    #expect(session.run(program).codes == ["E070"])
    #expect(session.lines("print 1 + 1") == ["2"])
  }

  @Test func endlessRecursionIsTold() {
    let diagnostic = Session().run("f(n) = 1 + f(n + 1)\nf(1)").diagnostics[0]
    #expect(diagnostic.message == "calls are nested more than 100000 deep")
    #expect(diagnostic.primary.text == "called again here")
    #expect(diagnostic.notes.count == 6)
    #expect(diagnostic.notes[0] == "in `f`, called at <test>:1")
    #expect(diagnostic.notes[4] == "… 99995 more calls")
    #expect(diagnostic.notes[5] == "in `f`, called at <test>:2")
    #expect(diagnostic.line == 1)
  }

  @Test func deepRecursion() {
    let session = Session()
    #expect(session.lines("f(n) = if n == 0 then 0 else 1 + f(n - 1); print f(90000)") == ["90000"])
    session.run("a = 1; g(n) = if n == 0 then a else a*g(n - 1); L = g(50000); backward L")
    #expect(session.state("a") == "1 grad 50001")
  }

  // MARK: Interruption

  /// Programs that run for ever, or nearly so.
  @Test(
    .timeLimit(.minutes(2)),
    arguments: [
      "while true { }", "n = 0; while 1 { n = n + 1 }", "a = 1; while a { b = a*2 }",
      "f(n) = if n > 0 then f(n - 1) + f(n - 1) else 0; f(80)", "f() = { while 1 { } }; f()",
      "for i in 1..1e15 { }", "repeat 1e15 { }", "f() = 1; while f() { f() }",
      "x = [y for y in 1..1e8 if 0]; x = [(() -> { while 1 { } })() for y in 1..3]",
      "while 1 { s = \"{1}\"; v = [1, 2]; f = x -> x }", "while 1 { if 0 { break }; continue }",
      "s = 0; a = 1; while 1 { s = a*2; backward s; a := a*0.5 }",
    ])
  func interruption(program: String) {
    let session = Session()
    session.run("keep = 7")
    #expect(session.run(Array(program.utf8), interruptedAfter: .milliseconds(50)).codes == ["E073"])
    #expect(session.lines("print keep + 1") == ["8"])
    session.checkInvariants()
  }

  @Test func interruptedStatementsChangeNothing() {
    let session = Session()
    session.run("a = 2; f(n) = if n > 0 then f(n - 1) + f(n - 1) else a")
    let nodes = session.nodeCount
    #expect(
      session.run(Array("x = f(60)".utf8), interruptedAfter: .milliseconds(30)).codes == ["E073"])
    #expect(session.shown("x") == nil)
    #expect(session.nodeCount == nodes)
  }

  /// A request that nobody has cleared stops what is run next, too.
  @Test func requestsStayUntilCleared() {
    let session = Session()
    session.interpreter.interrupt.request()
    #expect(session.run("1 + 1").codes == ["E073"])
    session.interpreter.interrupt.clear()
    #expect(session.lines("1 + 1") == ["2"])
  }

  // MARK: Memory

  /// The graph holds what lives, not what was.
  @Test func graphsOfLoopsAreCollected() {
    let session = Session()
    session.run(
      """
      w = 0.5; total = 0
      f(x) = { y = x; for i in 1..3 { y = tanh(y*w) }; y }
      plain best = 0
      for step in 1..300000 {
        L = f(step/300000)
        v = [L, w*step]
        name = "step {step}"
        g = x -> x + L
        if step % 1000 == 0 { backward v[1]; best = best + g(v[2])/v[2] }
      }
      """)
    #expect(session.nodeCount < 2_000_000)
    #expect(session.codes.isEmpty)
    #expect(session.lines("print name, length(v)") == ["step 300000 2"])
    let w = 0.5
    let heap = session.interpreter.machine.heap
    #expect(heap.strings.items.count < 200_000)
    #expect(heap.closures.items.count < 200_000)
    // What is left is right: dL/dw of the last step, by hand.
    session.run("backward L")
    var (y, dy) = (1.0, 0.0)
    for _ in 1...3 { (y, dy) = (tanh(y * w), (1 - square(tanh(y * w))) * (y + dy * w)) }
    #expect(((session.shown("w")?.gradient ?? .nan) - dy).magnitude < 1e-14)
    #expect(session.number("v[2] - 150000") == 0)
    #expect(session.number("g(0) - L") == 0)
    session.checkInvariants()
  }

  /// Values that are no nodes are freed in loops that make no nodes.
  @Test func stringsOfLoopsAreCollected() {
    let session = Session()
    session.run(
      "f() = { repeat 300000 { s = \"a{1}\"; v = [1, 2]; g = x -> x + v[1] }; g(2) }; x = f()")
    #expect(session.state("x") == "3")
    let heap = session.interpreter.machine.heap
    #expect(heap.strings.items.count < 100_000)
    #expect(heap.closures.items.count < 100_000)
  }

  /// What a long computation still needs survives collections in its middle.
  @Test func collectionKeepsWhatIsInUse() {
    let session = Session()
    session.run(
      """
      a = 2
      waste() = { for i in 1..400000 { x = a*i }; 1 }
      pair(x, y) = [x, waste(), y, "kept {waste()}"[1..0]]
      """)
    session.run("waste2(n) = { keep = a*n; s = \"kept\"; g = x -> x*keep; waste(); print s; g(1) }")
    #expect(
      session.lines("L = [a*3, waste(), waste2(5), a*7]; print L") == ["kept", "[6, 1, 10, 14]"])
    session.run("M = L[1] + L[3]*L[4]; backward M")
    #expect(session.shown("a")?.gradient == 143)  // 3 + 5*14 + 10*7
    session.run("f(x) = x + waste()*a; N = a*f(a) + f(f(a)); backward N")
    // N = a(2a) + 3a = 2a² + 3a
    #expect(session.state("N") == "14 grad 1")
    #expect(session.shown("a")?.gradient == 11)
    session.checkInvariants()
  }

  @Test func staleMarksAndGradientsSurviveCollections() {
    let session = Session()
    session.run("a = 2; b = 3; L = a*b; M = b^2; backward L; a := 5")
    session.run("f() = { for i in 1..400000 { x = b*i } }; f(); f(); f()")
    #expect(session.state("a") == "5 grad 3 stale")
    #expect(session.state("b") == "3 grad 2 stale")
    #expect(session.state("L") == "6 stale grad 1 stale")
    #expect(session.state("M") == "9 grad 0")
    session.run("forward; backward L")
    #expect(session.state("b") == "3 grad 5")
  }

  @Test func theGraphHasALimit() {
    var settings = Settings()
    settings.nodeLimit = 10_000
    let session = Session(settings)
    session.run("a = 1; s = 0")
    let outcome = session.run("repeat 100000 { s = s + a }")
    #expect(outcome.codes == ["E071"])
    #expect(
      outcome.diagnostics.first?.notes.last
        == "`s` holds 9998 of the nodes: it was computed from them, 9997 of them earlier values of `s`"
    )
    #expect(session.nodeCount <= 12_000)
    #expect((session.shown("s")?.data ?? 0) > 1000, "completed iterations stay")
    // Garbage is no reason to stop.
    #expect(session.run("s = 0; repeat 100000 { x = a*2 }").isCompleted)
    #expect(session.run("f(n) = { t = 0; repeat n { t = t + a }; t }; f(1000)").isCompleted)
    let call = session.run("x = f(100000)")
    #expect(call.codes == ["E071"])
    #expect(call.diagnostics.first?.notes.last?.hasPrefix("no name holds most") == true)
    #expect(session.state("x") == "2")
    session.checkInvariants()
  }

  @Test(arguments: [
    ("zeros(1e9)", "E072"), ("zeros(1e5, 1e5)", "E072"), ("1..1e10", "E072"),
    ("zeros(inf)", "E072"),
    ("zeros(1e300, 0)", "E072"), ("sum(zeros(0, 1e5, 1e5), 1)", "E072"),
    ("reshape([], 0, 1e5, 1e5, 1e5)", "E072"), ("zeros(1e5, 1, 0) + zeros(1, 1e5, 0)", "E072"),
    ("[[1]][ones(1e5), ones(1e5)]", "E072"), ("[1, 2, 3][1..1e300]", "E051"),
    ("[1, 2, 3][1..1e19]", "E051"), ("[1, 2, 3][-1e308..1e308]", "E051"),
    ("[1, 2, 3][1..3 by 0.5e-300]", "E052"),
    ("[" + times(20, "[") + "1" + times(20, "]") + "]", "E072"),
    ("[1][" + times(2000, "1,") + "]", "E039"),
  ])
  func arraysHaveALimit(expression: String, code: String) {
    #expect(Session().run("x = \(expression)").codes == [code])
  }

  @Test func aRangeOfOneIndexMayHaveAnyStep() {
    let session = Session()
    session.run("v = [1, 2, 3]; v[2..3 by 1e300] = 7; for i in 1..3 { w = v[1..i by i] }")
    #expect(session.lines("v; w") == ["v = [1, 7, 3]", "w = [1]"])
  }

  @Test func textsHaveALimit() {
    #expect(
      Session().run("s = \"0123456789abcdef\"; repeat 60 { s = \"{s}{s}\" }").codes == ["E072"])
  }

  // MARK: Size

  @Test(arguments: [
    LargeInput("a flat sum", "x = 1; print x" + times(200_000, " + 1")),
    LargeInput("a flat sum of names", "x = 1; y = x" + times(200_000, " + x") + "; print y"),
    LargeInput("a flat sum of numbers", "print 0" + (1...20_000).map { " + \($0).5" }.joined()),
    LargeInput("a chain of methods", "x = 1; y = x" + times(100_000, ".tanh()") + "; print y"),
    LargeInput("else if", "if 0 { }" + times(100_000, " else if 0 { }") + " else { print 7 }"),
    LargeInput(
      "else if in an expression", "print " + times(100_000, "if 0 then 1 + 2*3 else ") + "2"),
    LargeInput(
      "else if in a function", "f() = { if 0 { 1 }" + times(50_000, " else if 0 { 2 }") + " }; f()"),
    LargeInput("statements", times(50_000, "x = 1\n") + "print x"),
    LargeInput("a loop's body", "n = 0; for i in 1..2 {" + times(30_000, "n += i;") + "}; print n"),
    LargeInput(
      "a while loop's body", "n = 0; while n < 5 {" + times(30_000, "n += 1;") + "}; print n"),
    LargeInput("an array", "print length([" + times(100_000, "1,") + "])"),
    LargeInput("logic", "print 1" + times(30_000, " and 1") + times(30_000, " or 0")),
    LargeInput("a long line", "# " + times(1_000_000, "x") + "\nprint 1"),
    LargeInput("a long name", times(100_000, "x") + " = 1; print " + times(100_000, "x")),
    LargeInput("a long string", "s = \"" + times(1_000_000, "x") + "\"; print 1"),
    LargeInput(
      "many functions", (1...5000).map { "f\($0)(x) = x + \($0);" }.joined() + "print f5000(1)"),
    LargeInput("many names", (1...20_000).map { "x\($0) = \($0);" }.joined() + "print x20000"),
    LargeInput(
      "many locals", "f() = {" + (1...20_000).map { "x\($0) = \($0);" }.joined() + "x9 }; print f()"
    ),
  ])
  func largePrograms(input: LargeInput) {
    let session = Session()
    let outcome = session.run(input.text)
    #expect(outcome.isCompleted)
  }

  @Test func largeProgramsAreRight() {
    let session = Session()
    #expect(session.lines("x = 1; print x" + times(200_000, " + 1")) == ["200001"])
    #expect(session.lines("print 0" + (1...20_000).map { " + \($0).5" }.joined()) == ["200020000"])
    #expect(
      session.lines("n = 0; for i in 1..2 {" + times(30_000, "n += i;") + "}; print n") == ["90000"]
    )
    session.run("x = 1; y = x" + times(200_000, " + x") + "; backward y")
    #expect(session.state("x") == "1 grad 200001")
  }

  private func tanh(_ x: Double) -> Double { Session().number("tanh(\(x))") }
  private func square(_ x: Double) -> Double { x * x }

  /// Gradients of long arrays, whose adjoints stand in memory that earlier sweeps have written, are
  /// those of a session that has swept nothing before; also of parts that share a block of slots.
  @Test(arguments: [1, 64, 100, 1000])
  func sweepsLeaveNothingBehind(length: Int) {
    let values =
      "x = linspace(1, 2, \(length)); y = x*3; z = sum(y^2) + x[1]; w = x[end]*y[1] + sum(exp(x))"
    let reused = Session()
    reused.run(values)
    reused.run("backward w; backward z; backward sum(y); backward x[1]; backward w; backward z")
    for root in ["w", "z", "sum(x[1..end])", "x[1]*2", "w"] {
      let fresh = Session()
      fresh.run(values)
      for session in [fresh, reused] {
        session.run("plain g = 0; plain h = 0; backward \(root); g = x.grad; h = y.grad")
      }
      for index in [1, length / 2 + 1, length] {
        for name in ["g", "h"] {
          fresh.run("plain e = \(name)[\(index)]")
          reused.run("plain e = \(name)[\(index)]")
          #expect(fresh.state("e") == reused.state("e"), "\(root) \(name)[\(index)]")
        }
      }
    }
    reused.checkInvariants()
  }

  /// One product of matrices can be stopped in the middle; its statement has then changed nothing.
  @Test(arguments: ["B = A @ A", "plain B = A.data @ A.data", "B = grad(M -> sum(M @ M))(A.data)"])
  func aProductCanBeStopped(statement: String) {
    let session = Session()
    session.run("A = ones(2000, 2000); B = 1")
    let outcome = session.run(Array(statement.utf8), interruptedAfter: .milliseconds(100))
    #expect(outcome.codes == ["E073"])
    session.interpreter.interrupt.clear()
    #expect(session.state("B") == "1")
    session.checkInvariants()
  }

  /// A sweep over long arrays that is stopped leaves everything as it was; one that is over has done all.
  @Test(arguments: [10_000, 1_200_000])
  func aSweepOverArraysIsWholeOrNot(count: Int) {
    func session() -> Session {
      let session = Session()
      session.run(
        "x = ones(\(count)); y = lgamma(x*x*x*x*x*x*x); L = sum(y); x := 2 + 0*x")
      return session
    }
    /// Gradients and values at both ends.
    func picture(_ session: Session) -> [Double] {
      session.interpreter.interrupt.clear()
      return ["x.grad[1]", "x.grad[end]", "y.data[1]", "y.data[end]", "L.data"].map(session.number)
    }
    for statement in ["backward L;", "forward L;"] {
      let stopped = session()
      let before = picture(stopped)
      let outcome = stopped.run(
        Array(statement.utf8), interruptedAfter: .milliseconds(10))
      var expected = before
      if outcome.isCompleted {
        let whole = session()
        whole.run(statement)
        expected = picture(whole)
      }
      #expect(picture(stopped) == expected, "\(statement)")
      if count == 10_000 { stopped.checkInvariants() }
    }
  }
}
