import TestSupport
import Testing

@testable import GradLanguage

/// Numbers at equal distances: both ends exact, none outside, equal ends equal numbers.
@Suite struct LinspaceTests {
  @Test(
    arguments: [
      ("0.218", "0.218", 4), ("0.1", "0.7", 7), ("0.7", "0.1", 7), ("-1e308", "1e308", 5),
      ("1", "1 + 2.220446049250313e-16", 9), ("-0.3", "0.1", 1000), ("1e-310", "3e-310", 11),
    ] as [(String, String, Int)])
  func ends(first: String, last: String, count: Int) {
    let session = Session()
    let least = "\(first) < \(last)"
    session.run("plain v = linspace(\(first), \(last), \(count))")
    #expect(session.number("v[1] == \(first) and v[end] == \(last)") == 1)
    #expect(session.number("all(v >= (if \(least) then \(first) else \(last)))") == 1)
    #expect(session.number("all(v <= (if \(least) then \(last) else \(first)))") == 1)
    #expect(
      session.number("all((v[2..end] - v[1..end - 1])*(if \(least) then 1 else -1) >= 0)") == 1)
  }

  @Test func infiniteEnds() {
    #expect(Session().lines("print linspace(0, inf, 3)[2..3]") == ["[inf, inf]"])
  }

  @Test("one number is the first")
  func one() { #expect(Session().number("linspace(2, 9, 1)[1]") == 2) }

  @Test("the derivatives with respect to the ends are the shares of the way")
  func derivatives() {
    let session = Session()
    session.run("a = 2; b = 7; L = sum(linspace(a, b, 5)*[1, 10, 100, 1000, 10000]); backward L")
    #expect(session.number("a.grad") == 308.5)
    #expect(session.number("b.grad") == 10802.5)
  }
}
