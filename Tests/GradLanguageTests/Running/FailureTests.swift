import Foundation
import TestSupport
import Testing

@testable import GradLanguage

#if DEBUG
  /// Statements that are made to fail at every instruction and at every node that they record: the
  /// session is then to the last bit what it was, and the statement does afterwards what it does in a
  /// session that never failed.
  @Suite struct FailureTests {
    private static let prelude = """
      a = 2; b = -3; c = 0.5; x = 1; z = 0; plain p = 3; i = 1; L = a*b + c; v = [1, 2, 3]; w = [a, b*2]
      A = [[1, 2], [3, 4]]; plain q = [4, 5, 6]; text = "s"; later = 7; old = a^2
      f(x) = x^2 + a
      g(x) = { y = f(x); if y > 2 { return y }; for k in 1..3 { y = y - x/k }; y }
      draws(n) = { t = 0; for k in 1..n { t = t + rand() }; t }
      K = if a > 1 then a*c else b
      t = read("t.csv"); seed 5
      backward L; c := 0.25; a
      """

    /// Every kind of statement and command that does one thing.
    private static let simple = [
      // Bindings
      "n = 1", "n = a*b + c", "a = 5", "a = b", "n = L", "n = old", "a += 1", "L -= a*2",
      "x *= a^2", "c /= 3", "b ^= 2", "n = [a*2, b, 3]", "n = [[1, 2], [a, 4]]", "v = v*2 + w[1]",
      "v[2] = a*3", "v[1..2] = [a, 7]", "A[1, :] = 9", "A[2, 1] += a", "q[2] = 9", "q[1] += a.data",
      "plain n = a*2", "plain a = 3", "plain q = v*2", "text = \"{a*2} and {b:.3}\"", "max = 3",
      "zero = 4", "check = a*2", "pi = a*3", "ans = 3", "ans = ans*2", "plain ans = 1",
      "f(x) = x*3", "n(x, y) = x*y + a", "n = x -> x^2 + a", "n = f",
      "n = if a > 1 then a*2 else b",
      "n = a > 1 and b*2 < 5", "n = a > b or c", "n = not (a*2)", "n = v[a]", "n = v[a..3]",
      "n = select(v, v > 1)", "n = where(v > 1, v*2, a)", "n = sort(v*a)",
      "n = [y*a for y in v if y > 1]",
      "n = [k^2 for k in 1..4]", "n = sum(v*w[1])", "n = A @ A", "n = A @ v[1..2]",
      "n = softmax(v)",
      "n = std(v*a)", "n = transpose(A*a)", "n = concat(v, w)", "n = append(v, a*2)", "n = max(v)",
      "n = max(a*2, b, 1)", "n = reshape(A*2, 4)", "n = clamp(a, b, 3)", "n = t.x*a", "n = t",
      "t = 3", "n = a.data + L.grad", "n = zeros(2)*a", "n = outer(v, v)", "n = logsumexp(v*a)",
      // Calls
      "n = f(3) + f(a)", "n = g(a)*g(0.1)", "n = f(f(f(b)))", "g(a*2)", "n = (y -> y*a)(b*2)",
      "n = a.tanh().max(b)", "n = draws(3)*a",
      // Random numbers
      "n = rand()", "n = [rand(), a*rand(), b]", "n = shuffle(v)*a", "n = randn(2, 2)",
      "rand() + a*2", "seed 9",
      "seed \"00000000000000010000000000000002000000000000000300000000000000ff\"",
      // Data and gradients
      "a := 7", "a := a*2 + b", "a.data = 4", "a.data += b*2", "v := v*2", "v[2] := a*5",
      "v[[1, 3]] := 0",
      "A[:, 1] := [a, b]", "a.grad = 3", "L.grad += 2", "v.grad = [1, 2, 3]", "later.grad = 1",
      "backward L", "backward L accumulate", "backward L*a + b^2", "backward sum(v*w[2])",
      "backward g(a)", "backward sqrt(z)", "backward abs(z)", "forward", "forward L", "forward w",
      "zero",
      "L.backward()",
      // Derivatives
      "n = f'(3)", "n = f''(a)", "n = grad(g)(0.5)", "n = grad(s -> sum(s^2)*a)(v)",
      "n = jacobian(s -> s^2*a)(v)", "n = hessian(s -> sum(s^3))([1, 2])", "n = diff(L, a)",
      "n = grad(L, [a, b])", "n = hessian(L, [a, b])", "n = jvp(f, 2, a)",
      "n = vjp(s -> s*a, v, v)",
      "n = hvp(s -> sum(s^3), [1, 2], [1, 1])", "n = taylor(f, a, 3)", "n = taylor(sin, 0, 4)",
      "n = (y -> y*(k -> y + k)'(1))'(1)", "n = (y -> rand()*y*a)'(2)", "n = f'",
      "n = log(z)", "n = sqrt(b)", "backward log(z*a)", "n = later.grad",
      // Commands
      "print a*2, \"{b*3}\", g(a)", "show", "show L*2", "graph L*a", "graph L*a depth 1",
      "graph L*a to \"g.dot\"", "explain L*a", "explain a", "explain a paths", "check L*a",
      "check f(a)",
      "plot f(y) for y in 0..1 by 0.25", "plot y*a for y in 0..1 by 0.5 with slope at 0.5",
      "plot v, v*a",
      "plot v to \"p.svg\"", "assert a*2 > 1, \"{a}\"", "set digits 4", "set trap on",
      "set kinks error",
      "set limit 5000", "write(v*a, \"out.csv\")", "n = read(\"t.csv\")", "a*2", "f(a)",
      "a > 1 and b",
      "rand()", "v", "x -> a*x",
    ]

    /// What has more to say, or to show, at the prompt.
    private static let typed = [
      "a = 5", "n = a*b", "v[2] = a", "plain n = rand()", "b = L", "max = 3", "a*2", "c := 1",
      "n = log(z)", "backward L",
    ]

    private static func newSession(_ mode: Interpreter.Mode = .script) -> Session {
      let session = Session(files: FileFolder(["t.csv": "x,y\n1,2\n3,4\n"]).access)
      #expect(session.run(prelude, mode: mode).isCompleted)
      return session
    }

    private static func picture(_ session: Session) -> [String] {
      SessionPicture.complete(session.interpreter)
    }

    /// What a run fails after so much of.
    private enum Injection: String, CaseIterable {
      case instructions, nodes, polls

      func arm(_ injection: inout FailureInjection, after count: Int) {
        injection.instructions = 20_000  // some programs never end
        switch self {
        case .instructions: injection.instructions = count
        case .nodes: injection.nodes = count
        case .polls: injection.polls = count
        }
      }
    }

    /// Runs a text that fails after `count` instructions, nodes, or questions whether to stop.
    private static func run(
      _ text: String, in session: Session, failing way: Injection, after count: Int,
      _ mode: Interpreter.Mode = .script
    ) -> Outcome {
      way.arm(&session.interpreter.machine.injection, after: count)
      defer { session.interpreter.machine.injection = FailureInjection() }
      return session.run(text, mode: mode)
    }

    /// What differs between two pictures.
    private static func difference(_ one: [String], _ other: [String]) -> String {
      let (removed, added) = (Set(one).subtracting(other), Set(other).subtracting(one))
      return "was \(removed.sorted()), is \(added.sorted())"
    }

    @Test(arguments: simple)
    func failuresChangeNothing(statement: String) {
      FailureTests.checkFailures(of: statement) { FailureTests.newSession() }
    }

    @Test(arguments: typed)
    func failuresAtThePromptChangeNothing(statement: String) {
      FailureTests.checkFailures(of: statement, .prompt) { FailureTests.newSession(.prompt) }
    }

    /// Long work on arrays, which asks in its middle whether to stop.
    @Test(arguments: [
      "n = M @ M", "backward s accumulate", "forward s", "n = grad(K -> sum(K @ K))(M)",
    ])
    func longWorkThatStopsChangesNothing(statement: String) {
      FailureTests.checkFailures(of: statement, ways: [.polls], upTo: 2) {
        let session = Session()
        session.run("M = ones(260, 260); a = 2; s = sum(M @ M)*a; backward s; M[1, 2] := 3")
        return session
      }
    }

    private static func checkFailures(
      of statement: String, _ mode: Interpreter.Mode = .script,
      ways: [Injection] = Injection.allCases, upTo dense: Int = 300, newSession: () -> Session
    ) {
      let clean = newSession()
      let before = FailureTests.picture(clean)
      let shown = clean.lines(statement, mode: mode)
      let after = FailureTests.picture(clean)
      for way in ways {
        var session = newSession()
        var count = 0
        while count < 20_000 {
          let nodes = session.nodeCount
          let effects = session.interpreter.machine.hot.pointee.effects
          let outcome = run(statement, in: session, failing: way, after: count, mode)
          if outcome.isCompleted { break }
          let place = "\(statement) after \(count) \(way)"
          let picture = FailureTests.picture(session)
          session.checkInvariants()
          if picture == before {
            let isDone = session.interpreter.machine.hot.pointee.effects != effects
            #expect(session.nodeCount == nodes || isDone, "garbage: \(place)")
          } else {
            #expect(
              picture == after, "\(place): \(FailureTests.difference(before, picture))")
            session = newSession()
          }
          count += count < dense ? 1 : max(count / 8, dense)  // long ones are sampled
        }
        // Having failed at every place, it does what it does in a session that never failed.
        session = newSession()
        for count in 0..<min(count, dense / 5) {
          _ = run(statement, in: session, failing: way, after: count, mode)
          if FailureTests.picture(session) != before { session = newSession() }
        }
        #expect(session.lines(statement, mode: mode) == shown, "\(statement), \(way)")
        let picture = FailureTests.picture(session)
        #expect(
          picture == after, "\(statement), \(way): \(FailureTests.difference(after, picture))")
      }
    }

    /// Programs that do several things, and stop in between.
    private static let compound = [
      "for i in 1..4 { a = a*i + rand(); if a > 3 { b := a } }",
      "for r in [[a, 1], [2, 3]] { n = r[1]*b }", "for y in v { s = y*a; c := s; backward s }",
      "repeat 3 { x = x*a; if x > 5 { break }; n = x + rand() }",
      "while x < 20 { x = x*a + 1; print x }",
      "n = 0; while n < 3 { n += 1; m = a*n; backward m; a.grad += 1 }",
      "h() = { a := 5; a.grad = 7; rand() + a*2 }; n = h() + h()",
      "n = a*2; m = n + b; zero; backward m",
      "if a > 1 { n = a; set digits 3; seed 3; m = rand()*n } else { n = 1 }",
      "v[1] = a; v[2] := 3; plain v = v; v[1] = 8", "import \"lib.grad\"; n = square(a)*k",
      "for y in q { r = y }; for row in [[1, 2], [3, 4]] { row[1] = 9; n = row*a }",
      """
      restore {
        $x = 2
        $1 = $x + 1
        n = $1*$1
        m = log(n - n)
        $branch(n, 1)
        $stale(n, 5)
      }
      """,
      "w = x -> { k = x*a; stop(k) }; n = w(2); m = w'(a); print n, m; forward; show",
      "plot f(y) for y in 0..1 by 0.25; n = f(2); graph n; check n",
      "A[1, 1] := 3; forward; A = A @ A; backward sum(A); B = A.grad",
      "f(x) = { print x; x*a }; n = f(1) + f(2); f(3)", "sin = f; n = sin(2); m = 2.sin()",
      "n = log(z - 1); m = n + 1; backward sqrt(z); k = sqrt(z)",
    ]

    /// The same number of effects, the same session: whatever has been done since the last one is gone.
    private static func checkEffects(
      _ text: String, newSession: () -> Session, counts: (Injection) -> [Int]
    ) {
      for way in Injection.allCases {
        var pictures: [String: [String]] = [:]
        for count in counts(way) {
          let session = newSession()
          let machine = session.interpreter.machine
          let before = picture(session)
          let effects = machine.hot.pointee.effects
          let outcome = run(text, in: session, failing: way, after: count)
          session.checkInvariants()
          if outcome.isRejected { return }
          if outcome.isCompleted { break }
          let done = machine.hot.pointee.effects - effects
          let present = picture(session)
          // Plain counters of loops go on without an effect.
          let counters = ["i", "x", "y"].map {
            "\(session.state($0)) \(session.shown($0)?.isTracked == true)"
          }
          let key =
            "\(done) effects, imported \(session.interpreter.imported), counters \(counters), "
            + "statement at \(machine.statementAddress)"
          // The first instruction of all begins the first statement.
          if count < 2, way == .instructions { pictures[key] = before }
          let known = pictures[key] ?? present
          #expect(
            known == present,
            "\(text) after \(count) \(way), \(key): \(difference(known, present))")
          pictures[key] = known
        }
      }
    }

    @Test(arguments: compound)
    func completedStatementsStay(program: String) {
      FailureTests.checkEffects(program) {
        let library = "k = 3; square(x) = x^2; a := 4; print k"
        let session = Session(
          files: FileFolder(["t.csv": "x,y\n1,2\n3,4\n", "lib.grad": library]).access)
        session.run(FailureTests.prelude)
        return session
      } counts: { _ in
        Array(0..<400)
      }
    }

    /// After a failure a block is where it is when what stands behind its last completed statement is
    /// left out.
    @Test(arguments: [
      ["a = 5", "n = a*b", "a := rand()", "m = n + rand()*a", "backward m", "c = m.grad + 1"],
      [
        "n = if a > 1 then a*2 else b", "m = n > 2 and a < 5", "v[1] = m", "L = sum(v)",
        "backward L",
      ],
      [
        "print rand()", "x = rand()", "plain y = rand() + a", "zero", "n = y*x", "n.grad = 3",
        "a := 2",
      ],
      [
        "set digits 3", "seed 4", "n = rand()*a", "k = log(z)", "m = later.grad",
        "w = shuffle(v)*a",
      ],
    ])
    func blocksKeepWhatTheyCompleted(statements: [String]) {
      let prefixes = (0...statements.count).map { count in
        let session = FailureTests.newSession()
        session.run("if 1 { \(statements.prefix(count).joined(separator: "; ")) }")
        return FailureTests.picture(session)
      }
      for way in Injection.allCases {
        var reached = 0
        for count in 0..<500 {
          let session = FailureTests.newSession()
          let text = "if 1 { \(statements.joined(separator: "; ")) }"
          if FailureTests.run(text, in: session, failing: way, after: count).isCompleted { break }
          let picture = FailureTests.picture(session)
          let place = prefixes.firstIndex(of: picture)
          #expect(
            place.map { $0 >= reached } == true,
            "\(text) after \(count) \(way): \(FailureTests.difference(prefixes[reached], picture))")
          reached = place ?? reached
        }
        if way == .instructions { #expect(reached == statements.count) }
      }
    }

    /// Random programs, in which a few places fail. `GRAD_FUZZ_SECONDS` takes about so many times more.
    @Test func randomPrograms() {
      let environment = ProcessInfo.processInfo.environment
      let times = environment["GRAD_FUZZ_SECONDS"].flatMap(Int.init) ?? 1
      let first = environment["GRAD_FUZZ_SEED"].flatMap(Int.init) ?? 0
      for seed in first..<first + 60 * times {
        var generator = SplitMix64(seed: UInt64(seed))
        var writer = ProgramWriter(SplitMix64(seed: UInt64(1000 + seed)))
        let program = writer.program()
        FailureTests.checkEffects(program) {
          var settings = Settings()
          settings.nodeLimit = 2000
          let session = Session(settings)
          session.run(ProgramWriter.prelude)
          return session
        } counts: { way in
          let last = way == .instructions ? 400 : 60
          return [1] + (0..<25).map { _ in generator.below(last) }.sorted()
        }
      }
    }

    /// What cannot be written fails like anything else.
    @Test(arguments: [
      "n = [a*2, write(v*rand(), \"out.csv\")]", "write([rand(), a > 1 and b], \"out.csv\")",
      "graph L*a to \"g.dot\"", "plot draws(2)*a*y for y in 0..1 by 0.5 to \"p.svg\"",
    ])
    func whatCannotBeWrittenChangesNothing(statement: String) {
      let folder = FileFolder(["t.csv": "x,y\n1,2\n3,4\n", "out.csv": "old"])
      folder.isFull = true
      let session = Session(files: folder.access)
      session.run(FailureTests.prelude)
      let interpreter = session.interpreter
      let before = FailureTests.picture(session)
      let source = SourceText(name: "<test>", bytes: Array(statement.utf8))
      let outcome = interpreter.run(source) { output in
        switch output {
        case .drawing(_, let path?), .plot(_, let path?):
          interpreter.refuse(.unwritableFile(path: path, reason: "no space left on device"))
        case .drawing, .plot, .value, .printed, .table, .names, .explanation, .check, .diagnostic:
          break
        }
      }
      #expect(outcome.codes == ["E082"])
      #expect(FailureTests.picture(session) == before)
      #expect(folder.files["out.csv"] == "old")
      session.checkInvariants()
    }

    /// A statement that the node limit stops leaves plain arrays as they were, too.
    @Test func arraysAreNotChangedInPlaceBeforeTheyAreBound() {
      let session = Session()
      session.run("for row in [[1, 2], [3, 4]] { }")
      #expect(!FailureTests.run("row[1] = 9", in: session, failing: .nodes, after: 0).isCompleted)
      #expect(session.lines("print row") == ["[3, 4]"])
    }

    /// A collection in the middle of a statement moves what is to be forgotten.
    @Test func collectionsDoNotHideWhatFailed() {
      let session = Session()
      session.run("a = 2; d = 3; L = a*d")
      let before = FailureTests.picture(session)
      session.run(
        "n = (if a > 1 then sum([k*a for k in 1..40000]) else 0) + (if d > 1 then nosuch else 0)")
      #expect(FailureTests.picture(session) == before)
      session.run("f(n) = { t = 0; for k in 1..n { t = a*k }; if a > 1 { t } else { 0 } }")
      let defined = FailureTests.picture(session)
      session.run("n = f(60000) + nosuch")
      #expect(FailureTests.picture(session) == defined)
      session.run("a := 0; forward")
      #expect(!session.codes.contains("W102"), "the guards of what failed are gone")
      session.checkInvariants()
    }

    @Test func namesThatGotNoValueAreNotBound() {
      let session = Session()
      session.run("a = 2; L = a^2; zero = nosuch")
      session.run("zero = nosuch; import \"none\"")
      session.run("check = nosuch")
      session.run("max = nosuch")
      session.run("graph = 3 + ")
      #expect(session.run("backward L; check(L); L.check()").isCompleted)
      #expect(session.lines("print max(1, 2)") == ["2"])
    }
  }
#endif
