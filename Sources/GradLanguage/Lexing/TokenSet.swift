/// Some kinds of token: a bit each.
struct TokenSet: ExpressibleByArrayLiteral, Sendable {
  private var bits: UInt128 = 0

  init(arrayLiteral kinds: TokenKind...) { self.init(kinds) }

  init(_ kinds: some Sequence<TokenKind>) {
    for kind in kinds { bits |= 1 << UInt128(kind.rawValue) }
  }

  func contains(_ kind: TokenKind) -> Bool { bits >> UInt128(kind.rawValue) & 1 == 1 }
}

/// What belongs to some kinds of token, found by the kind's number.
struct TokenTable<Value: Sendable>: ExpressibleByDictionaryLiteral, Sendable {
  private var values = [Value?](repeating: nil, count: TokenKind.allCases.count)

  init(dictionaryLiteral elements: (TokenKind, Value)...) {
    for (kind, value) in elements { values[Int(kind.rawValue)] = value }
  }

  subscript(kind: TokenKind) -> Value? { values[Int(kind.rawValue)] }

  /// The kinds to which something belongs.
  var keys: [TokenKind] { TokenKind.allCases.filter { self[$0] != nil } }
}
