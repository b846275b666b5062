/// Characters that keyboards lack, typed by their names after a backslash: `\alpha`, `\le`, `\_1`.
///
/// All of them mean something to the lexer.
enum Symbols {
  /// What stands for a name, in the order in which they are listed.
  static let named: [(name: String, text: String)] =
    greek + [
      ("le", "≤"), ("leq", "≤"), ("ge", "≥"), ("geq", "≥"), ("ne", "≠"), ("neq", "≠"),
      ("approx", "≈"), ("times", "×"), ("cdot", "·"), ("div", "÷"), ("minus", "−"), ("to", "→"),
      ("nabla", "∇"), ("prime", "′"), ("infty", "inf"), ("sqrt", "sqrt"),
    ]

  private static let greek: [(name: String, text: String)] = {
    let names = [
      "alpha", "beta", "gamma", "delta", "epsilon", "zeta", "eta", "theta", "iota", "kappa",
      "lambda", "mu", "nu", "xi", "omicron", "pi", "rho", "sigma", "tau", "upsilon", "phi", "chi",
      "psi", "omega",
    ]
    let (small, capital) = (Array("αβγδεζηθικλμνξοπρστυφχψω"), Array("ΑΒΓΔΕΖΗΘΙΚΛΜΝΞΟΠΡΣΤΥΦΧΨΩ"))
    return names.indices.map { (names[$0], String(small[$0])) }
      + names.indices.map {
        (names[$0].prefix(1).uppercased() + names[$0].dropFirst(), String(capital[$0]))
      }
  }()

  /// What is lowered after `\_`.
  static let subscripts: [Character: Character] = pairs(
    "0123456789+-aehijklmnoprstuvx", "₀₁₂₃₄₅₆₇₈₉₊₋ₐₑₕᵢⱼₖₗₘₙₒₚᵣₛₜᵤᵥₓ")

  /// What is raised after `\^`.
  static let superscripts: [Character: Character] = pairs("0123456789+-", "⁰¹²³⁴⁵⁶⁷⁸⁹⁺⁻")

  private static func pairs(_ from: String, _ to: String) -> [Character: Character] {
    Dictionary(uniqueKeysWithValues: zip(from, to))
  }

  /// More characters than this after a backslash are no name.
  private static let longest = 32

  /// The backslash at the end of a text and the name after it; nil when there is none.
  static func name(at text: String) -> Substring? {
    let end = text.suffix(longest)
    guard let backslash = end.lastIndex(of: "\\") else { return nil }
    let name = end[end.index(after: backslash)...]
    switch name.first {
    case "_": return name.dropFirst().allSatisfy { subscripts[$0] != nil } ? end[backslash...] : nil
    case "^":
      return name.dropFirst().allSatisfy { superscripts[$0] != nil } ? end[backslash...] : nil
    case _: return name.allSatisfy { $0.isASCII && $0.isLetter } ? end[backslash...] : nil
    }
  }

  /// How a name with its backslash can go on; one that is complete comes first.
  static func candidates(for typed: Substring) -> [Completions.Candidate] {
    let name = typed.dropFirst()
    switch name.first {
    case "_": return marked(typed, subscripts)
    case "^": return marked(typed, superscripts)
    case _:
      return named.filter { $0.name.hasPrefix(name) }.map {
        candidate("\\" + $0.name, $0.text, isPreferred: $0.name == name)
      }
    }
  }

  private static func marked(
    _ typed: Substring, _ characters: [Character: Character]
  ) -> [Completions.Candidate] {
    let name = typed.dropFirst(2)
    if name.isEmpty {
      return characters.sorted { $0.key < $1.key }.map {
        candidate(typed + String($0.key), String($0.value))
      }
    }
    return [candidate(String(typed), String(name.compactMap { characters[$0] }))]
  }

  private static func candidate(
    _ name: String, _ text: String, isPreferred: Bool = false
  ) -> Completions.Candidate {
    Completions.Candidate(
      name, .symbol, detail: text, replacement: text, isPreferred: isPreferred)
  }
}
