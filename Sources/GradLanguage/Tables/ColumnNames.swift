/// Makes names of columns that can be written in the language.
enum ColumnNames {
  /// A name for each text: an identifier, different from all others, as near to the text as can be.
  ///
  /// What is no letter, digit or underscore becomes `_`, one for a run of them and none at the ends:
  /// `height (cm)` becomes `height_cm`. A leading digit and a reserved word get `_` before them, an
  /// empty name becomes `c` and the number of its column, and what was there before gets `_2`, `_3`, ….
  static func identifiers(for texts: [String]) -> [String] {
    var used: Set<String> = []
    var counts: [String: Int] = [:]
    return texts.enumerated().map { index, text in
      let base = identifier(for: text) ?? numbered(index)
      var name = base
      while !used.insert(name).inserted {
        counts[base, default: 1] += 1
        name = "\(base)_\(counts[base, default: 1])"
      }
      return name
    }
  }

  /// The name of a column without one: `c1` for the first, whose index is 0.
  static func numbered(_ index: Int) -> String { "c\(index + 1)" }

  /// The identifier for a text, or nil where nothing of the text can stand in one.
  private static func identifier(for text: String) -> String? {
    var name = String.UnicodeScalarView()
    var hasGap = false
    for scalar in text.unicodeScalars {
      if !isNamePart(scalar) {
        hasGap = true
        continue
      }
      if hasGap, !name.isEmpty { name.append("_") }
      hasGap = false
      name.append(scalar)
    }
    guard let first = name.first else { return nil }
    let isTaken = TokenKind.reservedWords[String(name)] != nil
    return (isTaken || ("0"..."9").contains(first) ? "_" : "") + String(name)
  }

  /// Whether it can stand in a name; of characters that are not ASCII, the lexer says.
  private static func isNamePart(_ scalar: UnicodeScalar) -> Bool {
    guard !scalar.isASCII else {
      return scalar == "_" || scalar.properties.isAlphabetic || ("0"..."9").contains(scalar)
    }
    let source = SourceText(name: "", bytes: Array(String(scalar).utf8))
    return Lexer.tokenize(source).tokens.first?.kind == .name
  }
}
