import GradLanguage
import Rendering
import Testing

/// `check`, as it is written for people and for machines.
@Suite struct CheckTextTests {
  private func outputs(_ program: String) -> [Output] {
    var outputs: [Output] = []
    _ = Interpreter().run(program) { if case .check = $0 { outputs.append($0) } }
    return outputs
  }

  @Test func table() throws {
    let output = try #require(outputs("a = 2; L = a^2*max(a, 2); check L").last)
    let lines = OutputRenderer(format: .standard).render(output).plain.split(separator: "\n")
    #expect(
      lines == [
        "name    grad    slope",
        "a         10        –    kink: slope 8 on the left, 12 on the right, at max(a, 2) in line 1",
      ])
  }

  @Test func json() throws {
    let output = try #require(outputs("a = 2; L = a^2; check L").last)
    #expect(
      JSONLines.line(output)
        == #"{"type":"check","of":"L","data":4,"leaves":[{"name":"a","grad":4,"slope":4,"#
        + #""verdict":"ok","detail":"ok","checked":1,"count":1}]}"#)
  }
}
