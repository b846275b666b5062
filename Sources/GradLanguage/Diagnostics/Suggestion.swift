/// "Did you mean": the nearest of the names that exist.
enum Suggestion {
  /// What people call a thing elsewhere, and what it is called here.
  static let aliases = [
    "ln": "log", "arcsin": "asin", "arccos": "acos", "arctan": "atan", "arsinh": "asinh",
    "arcosh": "acosh", "artanh": "atanh", "sqr": "x^2", "power": "pow", "loge": "log",
    "lg": "log10", "fabs": "abs", "len": "length", "sgn": "sign",
    "ceiling": "ceil", "logistic": "sigmoid", "swish": "silu", "expit": "sigmoid",
    "e": "exp(1)", "PI": "pi", "Pi": "pi", "Inf": "inf", "NaN": "nan", "True": "true",
    "False": "false", "Infinity": "inf", "mod": "x % y", "lgammafn": "lgamma",
    "gammaln": "lgamma", "psi": "digamma", "detach": "stop", "infinity": "inf", "square": "x^2",
    "factorial": "gamma(n + 1)", "backprop": "backward", "backpropagate": "backward",
    "arccosh": "acosh", "arcsinh": "asinh", "arctanh": "atanh", "arctan2": "atan2",
    "maximum": "max", "minimum": "min", "concatenate": "concat", "identity": "eye",
    "LeakyReLU": "leaky_relu", "ReLU": "relu",
    "tg": "tan", "rem": "x % y", "arctg": "atan", "average": "mean", "stdev": "std",
    "variance": "var",
    "cumulative": "cumsum", "fmod": "x % y",
  ]

  /// The name that `name` was probably meant to be: an alias, or one at an edit distance of at most a
  /// third of its length; the first of the nearest. A name that differs only in the case of its
  /// letters comes first, however short it is.
  static func nearest(to name: String, among candidates: [String]) -> String? {
    // In bytes: a character may have millions of them, which every comparison would read.
    guard name.utf8.count <= 256 else { return nil }
    if let alias = aliases[name] { return alias }
    guard name.count > 1 else {
      return candidates.first { $0.lowercased() == name.lowercased() && $0 != name }
    }
    let lower = name.lowercased()
    if let twin = candidates.first(where: { $0 != name && $0.lowercased() == lower }) {
      return twin
    }
    let limit = max(1, name.count / 3)
    var best: (name: String, rank: Int)?
    for candidate in candidates where abs(candidate.count - name.count) <= limit {
      guard candidate != name, candidate.count > 1 || name.count > 2 else { continue }
      // Of two letters another first one makes another name, or one more.
      if candidate.count <= 2, !hasDoubled(Array(name), of: Array(candidate)),
        name.sorted() != candidate.sorted(),
        name.count != candidate.count || name.first != candidate.first
      {
        continue
      }
      let distance = distance(Array(name), Array(candidate))
      // Of equally near ones, one as long is likelier: neighbours are easily swapped. Likelier still is
      // a key that was pressed twice.
      let rank =
        hasDoubled(Array(name), of: Array(candidate))
        ? 1 : 2 * distance + (candidate.count == name.count ? 0 : 1)
      if distance <= limit, rank < best?.rank ?? .max { best = (candidate, rank) }
    }
    return best?.name
  }

  /// Whether `name` is `candidate` with one letter twice.
  private static func hasDoubled(_ name: [Character], of candidate: [Character]) -> Bool {
    guard name.count == candidate.count + 1 else { return false }
    let place = zip(name, candidate).prefix { $0 == $1 }.count
    return place > 0 && name[place] == name[place - 1]
      && name[(place + 1)...] == candidate[place...]
  }

  /// The number of insertions, deletions, replacements and swaps of neighbours (Damerau's distance,
  /// restricted) that make one name of the other.
  private static func distance(_ a: [Character], _ b: [Character]) -> Int {
    var before: [Int] = []
    var previous = Array(0...b.count)
    for i in a.indices {
      var row = [i + 1]
      for j in b.indices {
        let substitution = previous[j] + (a[i] == b[j] ? 0 : 1)
        var cost = min(substitution, previous[j + 1] + 1, row[j] + 1)
        if i > 0, j > 0, a[i] == b[j - 1], a[i - 1] == b[j] { cost = min(cost, before[j - 1] + 1) }
        row.append(cost)
      }
      before = previous
      previous = row
    }
    return previous[b.count]
  }
}
