import Autograd

/// Turns bytes into tokens.
///
/// Errors are a token kind and a recorded problem, never thrown. Inside `(` and `[` a line's end is
/// blank; inside `{` and outside brackets it is a token.
struct Lexer {
  // Immutable state
  private let bytes: [UInt8]
  private let shouldStop: () -> Bool

  // Scanning state
  var position = 0
  private var hasSpaceBefore = false
  private var startsLine = true
  private var open: [Opening] = []
  /// The opening quotes of the strings that are open, outermost first.
  private var openQuotes: [SourceRange] = []
  /// How much was open around the last `restore` block: names inside it may begin with `$`.
  private var restoration: Int?

  // Results
  private(set) var tokens: [Token] = []
  private(set) var problems: [LocatedProblem] = []

  /// What is open around the present position.
  private enum Opening { case paren, bracket, brace, string, interpolation }

  private static let openings: TokenTable<Opening> = [
    .leftParen: .paren, .leftBracket: .bracket, .leftBrace: .brace,
  ]
  private static let closings: TokenTable<Opening> = [
    .rightParen: .paren, .rightBracket: .bracket, .rightBrace: .brace,
  ]

  /// The tokens of a source, the last one `.endOfFile`, and what could not be read.
  static func tokenize(_ source: SourceText) -> (tokens: [Token], problems: [LocatedProblem]) {
    var lexer = Lexer(source)
    lexer.lexAll()
    return (lexer.tokens, lexer.problems)
  }

  private init(_ source: SourceText) {
    bytes = source.bytes
    shouldStop = LongWork.shouldStop ?? { false }
    tokens.reserveCapacity(source.bytes.count / 3 + 2)
  }

  private mutating func lexAll() {
    if bytes.starts(with: [0xEF, 0xBB, 0xBF]) { position = 3 }  // a byte-order mark
    if byte() == UInt8(ascii: "#"), byte(1) == UInt8(ascii: "!") { skipComment() }
    while position < bytes.count {
      if open.last == .string { lexStringPart() } else { lexToken() }
    }
    if !openQuotes.isEmpty { abandonStrings() }
    append(.endOfFile, from: bytes.count)
  }

  /// Gives up the rest of the text.
  private mutating func abandon(_ problem: Problem) {
    problems = [LocatedProblem(problem, SourceRange(0, 0))]
    position = bytes.count
    open = []
    openQuotes = []
  }

  /// So many tokens are read between two looks at whether there is room for more, and whether it is to
  /// be stopped.
  private static let interval = 1 << 16

  /// Looks whether reading can go on.
  private mutating func look() {
    if shouldStop() { return abandon(.interrupted) }
    let byteCount = 3 * tokens.count * MemoryLayout<Token>.stride
    if !Memory.hasRoom(for: byteCount) { abandon(.outOfMemory(byteCount: byteCount)) }
  }

  // MARK: Moving

  func byte(_ ahead: Int = 0) -> UInt8 {
    position + ahead < bytes.count ? bytes[position + ahead] : 0
  }

  mutating func append(_ kind: TokenKind, from start: Int) {
    tokens.append(
      Token(
        kind: kind, hasSpaceBefore: hasSpaceBefore, startsLine: startsLine,
        range: SourceRange(start, position)))
    hasSpaceBefore = false
    startsLine = false
    if tokens.count % Lexer.interval == 0 { look() }
  }

  private mutating func take(_ count: Int, _ kind: TokenKind) {
    let start = position
    position += count
    append(kind, from: start)
  }

  private mutating func report(_ problem: Problem, from start: Int) {
    guard problems.count < Parser.problemLimit else { return }
    problems.append(LocatedProblem(problem, SourceRange(start, position)))
  }

  private mutating func skipComment() {
    while position < bytes.count, byte() != UInt8(ascii: "\n") { position += 1 }
  }

  // MARK: Tokens

  private mutating func lexToken() {
    switch byte() {
    case UInt8(ascii: " "), UInt8(ascii: "\t"), UInt8(ascii: "\r"), 0x0B, 0x0C:
      position += 1
      hasSpaceBefore = true
    case UInt8(ascii: "\n"): lexNewline()
    case UInt8(ascii: "#"): skipComment()
    case UInt8(ascii: "0")...UInt8(ascii: "9"): lexNumber()
    case UInt8(ascii: "."):
      if isDigit(byte(1)), !precededByOperand { lexNumber() } else { lexPunctuation() }
    case UInt8(ascii: "a")...UInt8(ascii: "z"), UInt8(ascii: "A")...UInt8(ascii: "Z"),
      UInt8(ascii: "_"):
      lexName()
    case UInt8(ascii: "$") where isInRestoration: lexOwnName()
    case UInt8(ascii: "\""): lexQuote()
    case 0x80...0xFF: lexNonASCII()
    default: lexPunctuation()
    }
  }

  private mutating func lexNewline() {
    if !openQuotes.isEmpty { abandonStrings() }
    if open.last == .paren || open.last == .bracket {
      position += 1
    } else {
      take(1, .newline)
    }
    hasSpaceBefore = true
    startsLine = true
  }

  /// Whether the character before stands at the end of an operand, so that `.` is a member's.
  private var precededByOperand: Bool {
    guard !hasSpaceBefore, !startsLine, let last = tokens.last else { return false }
    return TokenKind.operandEnds.contains(last.kind)
  }

  private mutating func lexName() {
    let start = position
    while let length = namePartLength() { position += length }
    append(reservedWord(start..<position) ?? .name, from: start)
  }

  private func reservedWord(_ range: Range<Int>) -> TokenKind? {
    guard TokenKind.reservedLengths.contains(range.count) else { return nil }
    return TokenKind.reservedWords[String(decoding: bytes[range], as: UTF8.self)]
  }

  /// How many bytes the part of a name has that stands here; nil where none does.
  private func namePartLength() -> Int? {
    if isNamePart(byte()) { return 1 }
    guard byte() >= 0x80, let (scalar, length) = decodeScalar(at: position), isNameScalar(scalar)
    else { return nil }
    return length
  }

  /// Whether the present place is in a `restore` block.
  private var isInRestoration: Bool { restoration.map { open.count > $0 } ?? false }

  /// Whether the word `restore` stands before the present place.
  private var isAfterRestore: Bool {
    guard let last = tokens.last, last.kind == .name else { return false }
    return bytes[last.range.start..<last.range.end].elementsEqual("restore".utf8)
  }

  /// `$x`, `$1`: a name of a `restore` block's own.
  private mutating func lexOwnName() {
    guard isNamePart(byte(1)) || byte(1) >= 0x80 else { return lexPunctuation() }
    let start = position
    position += 1
    while let length = namePartLength() { position += length }
    append(.name, from: start)
  }

  private mutating func lexNonASCII() {
    let start = position
    guard let (scalar, length) = decodeScalar(at: position) else {
      position += 1
      while position < bytes.count, byte() & 0xC0 == 0x80 { position += 1 }
      report(.invalidUTF8, from: start)
      append(.invalid, from: start)
      return
    }
    switch scalar {
    case "−": take(length, .minus)
    case "·", "×", "⋅": take(length, .times)
    case "÷": take(length, .divide)
    case "≤": take(length, .lessOrEqual)
    case "≥": take(length, .greaterOrEqual)
    case "≠": take(length, .notEqual)
    case "≈": take(length, .approximatelyEqual)
    case "→": take(length, .arrow)
    case "′": take(length, .prime)
    case "∇": take(length, .nabla)
    case "\u{A0}", "\u{2009}", "\u{202F}":
      position += length
      hasSpaceBefore = true
    case _ where Superscript.digit(scalar) != nil: lexSuperscript()
    case _ where isNameScalar(scalar) && scalar.properties.numericType != .decimal: lexName()
    default:
      position += length
      report(.unexpectedCharacter(visible(scalar)), from: start)
      append(.invalid, from: start)
    }
  }

  /// A character as a message shows it: by its code point where it would not show.
  private func visible(_ scalar: UnicodeScalar) -> String {
    switch scalar.properties.generalCategory {
    case .control, .format, .lineSeparator, .paragraphSeparator, .spaceSeparator, .unassigned,
      .privateUse, .surrogate:
      let digits = String(scalar.value, radix: 16, uppercase: true)
      return "U+" + String(repeating: "0", count: max(0, 4 - digits.count)) + digits
    case _: return String(scalar)
    }
  }

  private mutating func lexSuperscript() {
    let start = position
    while let (scalar, length) = decodeScalar(at: position), Superscript.digit(scalar) != nil {
      position += length
    }
    append(.superscript, from: start)
  }

  private mutating func lexPunctuation() {
    let start = position
    guard let (kind, length) = punctuation() else {
      reportPunctuation()
      append(.invalid, from: start)
      return
    }
    if open.last == .interpolation, kind == .rightBrace {
      open.removeLast()
      take(1, .interpolationClose)
    } else if open.last == .interpolation, kind == .colon {
      lexFormat()
    } else {
      if kind == .leftBrace, isAfterRestore { restoration = open.count }
      if let opening = Lexer.openings[kind] { open.append(opening) }
      if let closed = Lexer.closings[kind] { close(closed) }
      take(length, kind)
    }
  }

  /// What is an operator elsewhere, and what to write here.
  private static let foreignOperators = [
    ("&&", ["and"]), ("||", ["or"]), ("~=", ["!=", "~=="]), ("...", [".."]),
  ]

  /// Reports a character, or an operator of other languages, that has no meaning here.
  private mutating func reportPunctuation() {
    let start = position
    for (symbol, instead) in Lexer.foreignOperators
    where bytes[position...].starts(with: symbol.utf8) {
      position += symbol.utf8.count
      // `v[..., 1]`
      let isWhole = symbol == "..." && [UInt8(ascii: ","), UInt8(ascii: "]")].contains(byte())
      report(.foreignOperator(symbol, instead: isWhole ? [":"] : instead), from: start)
      return
    }
    position += 1
    report(.unexpectedCharacter(visible(UnicodeScalar(bytes[start]))), from: start)
  }

  /// How far a closing bracket that does not fit looks for one that it closes.
  private static let closingReach = 64

  /// Leaves the innermost bracket of this kind, if one is open inside the innermost string.
  private mutating func close(_ opening: Opening) {
    for index in open.indices.reversed().prefix(Lexer.closingReach) {
      if open[index] == .string || open[index] == .interpolation { return }
      if open[index] == opening {
        open.removeLast(open.count - index)
        return
      }
    }
  }

  /// The token at the present ASCII character, and its length.
  private func punctuation() -> (TokenKind, Int)? {
    switch (byte(), byte(1)) {
    case (UInt8(ascii: "("), _): (.leftParen, 1)
    case (UInt8(ascii: ")"), _): (.rightParen, 1)
    case (UInt8(ascii: "["), _): (.leftBracket, 1)
    case (UInt8(ascii: "]"), _): (.rightBracket, 1)
    case (UInt8(ascii: "{"), _): (.leftBrace, 1)
    case (UInt8(ascii: "}"), _): (.rightBrace, 1)
    case (UInt8(ascii: ";"), _): (.semicolon, 1)
    case (UInt8(ascii: ","), _): (.comma, 1)
    case (UInt8(ascii: ":"), UInt8(ascii: "=")): (.setData, 2)
    case (UInt8(ascii: ":"), _): (.colon, 1)
    case (UInt8(ascii: "."), UInt8(ascii: ".")): byte(2) == UInt8(ascii: ".") ? nil : (.dotDot, 2)
    case (UInt8(ascii: "."), _): (.dot, 1)
    case (UInt8(ascii: "-"), UInt8(ascii: ">")): (.arrow, 2)
    case (UInt8(ascii: "+"), UInt8(ascii: "=")): (.plusAssign, 2)
    case (UInt8(ascii: "-"), UInt8(ascii: "=")): (.minusAssign, 2)
    case (UInt8(ascii: "*"), UInt8(ascii: "=")): (.timesAssign, 2)
    case (UInt8(ascii: "/"), UInt8(ascii: "=")): (.divideAssign, 2)
    case (UInt8(ascii: "^"), UInt8(ascii: "=")): (.powerAssign, 2)
    case (UInt8(ascii: "*"), UInt8(ascii: "*")): (.power, 2)
    case (UInt8(ascii: "/"), UInt8(ascii: "/")): (.floorDivide, 2)
    case (UInt8(ascii: "="), UInt8(ascii: "=")): (.equal, 2)
    case (UInt8(ascii: "!"), UInt8(ascii: "=")): (.notEqual, 2)
    case (UInt8(ascii: "<"), UInt8(ascii: "=")): (.lessOrEqual, 2)
    case (UInt8(ascii: ">"), UInt8(ascii: "=")): (.greaterOrEqual, 2)
    case (UInt8(ascii: "~"), UInt8(ascii: "="))
    where byte(2) == UInt8(ascii: "="): (.approximatelyEqual, 3)
    case (UInt8(ascii: "="), _): (.assign, 1)
    case (UInt8(ascii: "+"), _): (.plus, 1)
    case (UInt8(ascii: "-"), _): (.minus, 1)
    case (UInt8(ascii: "*"), _): (.times, 1)
    case (UInt8(ascii: "/"), _): (.divide, 1)
    case (UInt8(ascii: "%"), _): (.percent, 1)
    case (UInt8(ascii: "@"), _): (.at, 1)
    case (UInt8(ascii: "^"), _): (.power, 1)
    case (UInt8(ascii: "<"), _): (.less, 1)
    case (UInt8(ascii: ">"), _): (.greater, 1)
    case (UInt8(ascii: "'"), _): (.prime, 1)
    default: nil
    }
  }

  // MARK: Strings

  private mutating func lexQuote() {
    open.append(.string)
    openQuotes.append(SourceRange(position, position + 1))
    take(1, .stringOpen)
  }

  /// A piece of text, an interpolation's start, or the closing quote.
  private mutating func lexStringPart() {
    switch byte() {
    case UInt8(ascii: "\""):
      open.removeLast()
      openQuotes.removeLast()
      take(1, .stringClose)
    case UInt8(ascii: "{"):
      open.append(.interpolation)
      take(1, .interpolationOpen)
    case UInt8(ascii: "\n"): abandonStrings()
    default: lexStringText()
    }
  }

  private mutating func lexStringText() {
    let start = position
    while position < bytes.count {
      switch byte() {
      case UInt8(ascii: "\""), UInt8(ascii: "{"), UInt8(ascii: "\n"):
        append(.stringText, from: start)
        return
      case UInt8(ascii: "\\"): skipEscape()
      case 0x80...0xFF:
        guard let (_, length) = decodeScalar(at: position) else {
          let bad = position
          position += 1
          report(.invalidUTF8, from: bad)
          continue
        }
        position += length
      default: position += 1
      }
    }
    append(.stringText, from: start)
  }

  /// Skips `\n` and the like, and the beginning of `\u{…}`, whose brace opens no interpolation.
  private mutating func skipEscape() {
    position += 1
    if byte() == UInt8(ascii: "u"), byte(1) == UInt8(ascii: "{") {
      position += 2
    } else if position < bytes.count, byte() < 0x80, byte() != UInt8(ascii: "\n") {
      position += 1
    }
  }

  /// A format such as `:.4`: everything up to the `}`.
  private mutating func lexFormat() {
    let start = position
    while position < bytes.count, byte() != UInt8(ascii: "}"), byte() != UInt8(ascii: "\n"),
      byte() != UInt8(ascii: "\"")
    {
      position += 1
    }
    append(.interpolationFormat, from: start)
  }

  /// A string does not go over the end of its line: reports the outermost one that is open, and goes
  /// on after all of them.
  private mutating func abandonStrings() {
    problems.append(LocatedProblem(.unclosedString, openQuotes[0]))
    while !openQuotes.isEmpty { if open.removeLast() == .string { openQuotes.removeLast() } }
    append(.invalid, from: position)
  }

  // MARK: Characters

  func isDigit(_ byte: UInt8) -> Bool {
    byte >= UInt8(ascii: "0") && byte <= UInt8(ascii: "9")
  }

  func isNameStart(_ byte: UInt8) -> Bool {
    let lower = byte | 0x20
    return lower >= UInt8(ascii: "a") && lower <= UInt8(ascii: "z") || byte == UInt8(ascii: "_")
  }

  func isNamePart(_ byte: UInt8) -> Bool { isNameStart(byte) || isDigit(byte) }

  /// Letters, marks and subscript digits.
  private func isNameScalar(_ scalar: UnicodeScalar) -> Bool {
    if scalar.value >= 0x2080, scalar.value <= 0x209C { return true }  // subscripts
    return scalar.properties.isXIDContinue && Superscript.digit(scalar) == nil && scalar != "·"
  }

  /// The scalar at an offset and its length, or nil where the bytes are not UTF-8.
  private func decodeScalar(at offset: Int) -> (UnicodeScalar, Int)? {
    guard offset < bytes.count else { return nil }
    let first = bytes[offset]
    let length =
      switch first {
      case 0..<0x80: 1
      case 0xC2...0xDF: 2
      case 0xE0...0xEF: 3
      case 0xF0...0xF4: 4
      default: 0
      }
    guard length > 0, offset + length <= bytes.count else { return nil }
    if length == 1 { return (UnicodeScalar(first), 1) }
    var value = UInt32(first) & (0xFF >> UInt32(length + 1))
    for k in 1..<length {
      guard bytes[offset + k] & 0xC0 == 0x80 else { return nil }
      value = value << 6 | UInt32(bytes[offset + k] & 0x3F)
    }
    let smallest: [UInt32] = [0, 0, 0x80, 0x800, 0x10000]
    guard value >= smallest[length], let scalar = UnicodeScalar(value) else { return nil }
    return (scalar, length)
  }
}

/// Superscript digits and signs: `x²`, `x⁻¹`.
enum Superscript {
  /// The ASCII character that a superscript stands for.
  static func digit(_ scalar: UnicodeScalar) -> Character? {
    switch scalar {
    case "⁰": "0"
    case "¹": "1"
    case "²": "2"
    case "³": "3"
    case "⁴": "4"
    case "⁵": "5"
    case "⁶": "6"
    case "⁷": "7"
    case "⁸": "8"
    case "⁹": "9"
    case "⁻": "-"
    case "⁺": "+"
    default: nil
    }
  }

  /// The whole number that a run of superscripts stands for.
  static func value(_ text: String) -> Double? {
    Double(String(text.unicodeScalars.compactMap(digit)))
  }
}
