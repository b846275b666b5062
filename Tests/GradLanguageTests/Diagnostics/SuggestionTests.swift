import Testing

@testable import GradLanguage

@Suite struct SuggestionTests {
  /// Short names that are not called are made up freely: they were hardly meant to be functions.
  @Test(arguments: ["c", "i", "phi", "num", "pred", "step", "val", "rad", "cov", "L1"])
  func ordinaryNames(name: String) {
    let outcome = Interpreter().run("a1 = 2; L = 3; print 2*\(name)", output: { _ in })
    #expect(outcome.diagnostics.map(\.help) == [nil])
  }

  @Test(
    arguments: [
      ("lernrate", ["learnrate", "rate"], "learnrate"), ("tanhh", ["tan", "tanh"], "tanh"),
      ("sgimoid", ["sigmoid"], "sigmoid"), ("los", ["log", "loss"], "log"), ("abc", ["xyz"], nil),
      ("x", ["y", "z"], nil), ("xs", ["x"], nil), ("x1", ["x2"], "x2"),
      ("ln", ["in", "log"], "log"),
      ("arctan", [], "atan"), ("e", ["a"], "exp(1)"), ("weights", ["weight"], "weight"),
      ("same", ["same"], nil), ("", ["a"], nil), ("gradient", ["grad"], nil),
      ("first", ["fist", "firs"], "fist"), ("l", ["a", "L"], "L"),
      ("LOSS", ["los", "loss"], "loss"), ("tahn", ["tan", "tanh"], "tanh"),
      ("sinn", ["sign", "sin"], "sin"), ("ssin", ["asin", "sin"], "sin"),
      ("logg", ["loga"], "loga"),
    ] as [(String, [String], String?)])
  func nearest(name: String, candidates: [String], expected: String?) {
    #expect(Suggestion.nearest(to: name, among: candidates) == expected)
  }

  @Test func longNamesAreNotCompared() {
    let name = times(100_000, "x")
    #expect(Suggestion.nearest(to: name, among: [name + "y"]) == nil)
  }

  @Test func everyAliasLeadsToSomethingThatWorks() {
    for (alias, instead) in Suggestion.aliases {
      let word = instead.prefix { $0.isLetter || $0.isNumber || $0 == "_" }
      let isKnown =
        GlobalNames.initial.names.contains(String(word)) || word == "x"
        || Command(rawValue: instead) != nil
      #expect(isKnown, "\(alias) → \(instead)")
    }
  }
}
