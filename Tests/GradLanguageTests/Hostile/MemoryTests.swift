import Autograd
import Testing

@testable import GradLanguage

/// What does not fit into memory is refused before it is begun; what was before stays.
@Suite struct MemoryTests {
  private static func newSession(megabytes: Int) -> Session {
    var settings = Settings()
    settings.memoryLimit = megabytes << 20
    return Session(settings)
  }

  /// One large thing, where a program may take a megabyte.
  @Test(arguments: [
    "x = zeros(1e6)", "x = 1..1e6", "x = [i for i in 1..1e6]", "x = rand(1e6)", "x = eye(1000)",
    "x = small + ones(1000, 1)", "x = concat(small, ones(1e6))", "x = sort(ones(1e6))",
    "x = sum(ones(1e6))",
    "x = reshape(ones(1e6), 1000, 1000)", "x = jacobian(v -> v^2)(ones(1000))",
    "x = hessian(v -> sum(v^2))(ones(1000))", "x = \"{ones(1e5)}\"", "print ones(1e5)",
    "s = \"0123456789\"; repeat 30 { s = \"{s}{s}\" }", "plot ones(1e5)",
  ])
  func largeThings(program: String) {
    let session = MemoryTests.newSession(megabytes: 1)
    session.run("small = ones(100); a = 2; L = a^2; backward L")
    #expect(session.run(program).codes.last == "E078")
    #expect(session.shown("x") == nil)
    #expect(session.state("L") == "4 grad 1")
    #expect(session.lines("print a.grad + 1") == ["5"])
    session.checkInvariants()
  }

  @Test func isTold() {
    let outcome = MemoryTests.newSession(megabytes: 1).run("x = zeros(1e8)")
    let diagnostic = outcome.diagnostics.first
    #expect(diagnostic?.message == "out of memory: there is no room for 1.6 GB more")
    #expect(diagnostic?.help?.contains("fewer numbers at a time") == true)
  }

  /// What is more than an array may have is not begun either: n² numbers of n.
  @Test(arguments: [
    "x = jacobian(v -> v^2)(ones(1e5))", "x = hessian(v -> sum(v^2))(ones(1e5))",
    "v = ones(2e5); x = outer(v, v)",
  ])
  func squares(program: String) {
    #expect(Session().run(program).codes == ["E072"])
  }

  /// Values that hold each other are marked again only when there are many new ones.
  @Test(.timeLimit(.minutes(1)))
  func manyLivingValues() {
    let session = Session()
    session.run("f = x -> x; g(h) = x -> h(x); repeat 200000 { f = g(f) }")
    #expect(session.interpreter.machine.heap.closures.items.count >= 200_000)
    #expect(session.lines("f(1)") == ["E070"])
  }

  @Test func limitsComeFromTheSystem() {
    #expect(Memory.limit > 1 << 26)
    #expect(Memory.share == Memory.limit / 4 * 3)
    #expect(Memory.hasRoom(for: 1 << 20))
    #expect(!Memory.hasRoom(for: .max))
    #expect(!Memory.hasRoom(for: -1))
    #expect(!Memory.hasRoom(for: 2 << 20, within: 1 << 20))
    #expect(throws: GraphError.outOfMemory(byteCount: 1 << 62)) { try Memory.require(1 << 62) }
  }
}
