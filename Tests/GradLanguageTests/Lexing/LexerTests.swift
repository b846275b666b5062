import Testing

@testable import GradLanguage

@Suite struct LexerTests {
  /// The tokens as text: a name, number or piece of a string by its text, others by their kind.
  private static func tokens(_ bytes: [UInt8]) -> String {
    let source = SourceText(name: "<test>", bytes: bytes)
    return Lexer.tokenize(source).tokens.dropLast().map { token in
      switch token.kind {
      case .number, .name, .superscript, .stringText, .interpolationFormat:
        "\(token.kind)(\(source.text(token.range)))"
      case _: "\(token.kind)"
      }
    }.joined(separator: " ")
  }

  private static func problems(_ bytes: [UInt8]) -> [String] {
    let source = SourceText(name: "<test>", bytes: bytes)
    return Lexer.tokenize(source).problems.map {
      "\($0.problem.code) \($0.range.start)..<\($0.range.end)"
    }
  }

  // MARK: Numbers

  @Test(arguments: [
    ("0", "0"), ("42", "42"), ("1_000", "1_000"), ("0.5", "0.5"), (".5", ".5"), ("5.", "5."),
    ("1e3", "1e3"), ("1E3", "1E3"), ("1e-3", "1e-3"), ("1e+3", "1e+3"), ("1.5e10", "1.5e10"),
    ("1_0.2_5", "1_0.2_5"), (".5e1", ".5e1"), ("5.e3", "5.e3"), ("5.E-12", "5.E-12"),
  ])
  func number(text: String, expected: String) {
    #expect(LexerTests.tokens(Array(text.utf8)) == "number(\(expected))")
  }

  @Test(arguments: [
    ("1..5", "number(1) dotDot number(5)"),
    ("1.5..2.5", "number(1.5) dotDot number(2.5)"),
    ("1. ..2", "number(1.) dotDot number(2)"),
    ("5.e3()", "number(5) dot name(e3) leftParen rightParen"),
    ("5.e3x", "number(5) dot name(e3x)"), ("5.exp", "number(5) dot name(exp)"),
    ("2.tanh()", "number(2) dot name(tanh) leftParen rightParen"),
    ("2.5.tanh", "number(2.5) dot name(tanh)"),
    ("x.5", "name(x) dot number(5)"),
    ("x .5", "name(x) number(.5)"),
    ("f(.5)", "name(f) leftParen number(.5) rightParen"),
    ("2x", "number(2) name(x)"),
    ("2e", "number(2) name(e)"),
    ("2e+", "number(2) name(e) plus"),
    ("2exp", "number(2) name(exp)"),
    ("-1", "minus number(1)"),
    ("1.2.3", "number(1.2) dot number(3)"),
  ])
  func numberBesideOtherTokens(text: String, expected: String) {
    #expect(LexerTests.tokens(Array(text.utf8)) == expected)
  }

  // MARK: Names and words

  @Test(arguments: ["x", "x1", "_", "_x", "α", "Δx", "x₁", "w_in", "été", "名前", "x̂", "Backward"])
  func name(text: String) {
    #expect(LexerTests.tokens(Array(text.utf8)) == "name(\(text))")
  }

  @Test(arguments: Array(TokenKind.reservedWords.keys))
  func reservedWord(word: String) {
    let kind = TokenKind.reservedWords[word]
    #expect(LexerTests.tokens(Array(word.utf8)) == kind.map { "\($0)" })
    #expect(LexerTests.tokens(Array((word + "1").utf8)) == "name(\(word)1)")
  }

  // MARK: Operators

  @Test(arguments: [
    ("+ - * / // %", "plus minus times divide floorDivide percent"),
    ("@ ^ ** '", "at power power prime"),
    (
      "< <= > >= == != ~== ≈",
      "less lessOrEqual greater greaterOrEqual equal notEqual "
        + "approximatelyEqual approximatelyEqual"
    ),
    (
      "= += -= *= /= ^= :=",
      "assign plusAssign minusAssign timesAssign divideAssign powerAssign "
        + "setData"
    ),
    (
      "( ) [ ] { } ; , : . .. ->",
      "leftParen rightParen leftBracket rightBracket leftBrace "
        + "rightBrace semicolon comma colon dot dotDot arrow"
    ),
    ("− · × ⋅ ÷", "minus times times times divide"),
    ("≤ ≥ ≠ → ∇ ′", "lessOrEqual greaterOrEqual notEqual arrow nabla prime"),
    ("a=-1", "name(a) assign minus number(1)"),
    ("a-=1", "name(a) minusAssign number(1)"),
    ("a->b", "name(a) arrow name(b)"),
    ("a*-b", "name(a) times minus name(b)"),
    ("a==-b", "name(a) equal minus name(b)"),
    ("a:=b", "name(a) setData name(b)"),
    ("x²", "name(x) superscript(²)"),
    ("x⁻¹²", "name(x) superscript(⁻¹²)"),
    ("x₁²", "name(x₁) superscript(²)"),
    ("2·x", "number(2) times name(x)"),
    ("π·r²", "name(π) times name(r) superscript(²)"),
  ])
  func operators(text: String, expected: String) {
    #expect(LexerTests.tokens(Array(text.utf8)) == expected)
    #expect(LexerTests.problems(Array(text.utf8)).isEmpty)
  }

  // MARK: Strings

  @Test(arguments: [
    (#""""#, "stringOpen stringClose"),
    (#""abc""#, "stringOpen stringText(abc) stringClose"),
    (#""a\"b""#, #"stringOpen stringText(a\"b) stringClose"#),
    (#""a\\""#, #"stringOpen stringText(a\\) stringClose"#),
    (#""\{x\}""#, #"stringOpen stringText(\{x\}) stringClose"#),
    (#""\u{3b1}b""#, #"stringOpen stringText(\u{3b1}b) stringClose"#),
    (#""}""#, "stringOpen stringText(}) stringClose"),
    (#""\é""#, #"stringOpen stringText(\é) stringClose"#),
    (#""a # b""#, "stringOpen stringText(a # b) stringClose"),
    (
      #""{x}""#,
      "stringOpen interpolationOpen name(x) interpolationClose stringClose"
    ),
    (
      #""a{x:.4}b""#,
      "stringOpen stringText(a) interpolationOpen name(x) interpolationFormat(:.4) "
        + "interpolationClose stringText(b) stringClose"
    ),
    (
      #""{a[1]:8.2e}""#,
      "stringOpen interpolationOpen name(a) leftBracket number(1) rightBracket "
        + "interpolationFormat(:8.2e) interpolationClose stringClose"
    ),
    (
      #""{f({ x })}""#,
      "stringOpen interpolationOpen name(f) leftParen leftBrace name(x) rightBrace rightParen "
        + "interpolationClose stringClose"
    ),
    (
      #""{"{y}"}""#,
      "stringOpen interpolationOpen stringOpen interpolationOpen name(y) interpolationClose "
        + "stringClose interpolationClose stringClose"
    ),
  ])
  func string(text: String, expected: String) {
    #expect(LexerTests.tokens(Array(text.utf8)) == expected)
    #expect(LexerTests.problems(Array(text.utf8)).isEmpty)
  }

  /// The end of a line ends every string that is open: the next line is lexed as usual.
  @Test(arguments: [#""abc"#, #""abc {x"#, #""abc {f(x"#, #""abc {"x"#, #""abc \"#, #""abc {x:.4"#])
  func unclosedString(text: String) {
    let tokens = LexerTests.tokens(Array((text + "\ny = 1").utf8))
    #expect(tokens.hasSuffix("invalid newline name(y) assign number(1)"))
    #expect(LexerTests.problems(Array((text + "\ny = 1").utf8)) == ["E026 0..<1"])
    #expect(LexerTests.problems(Array(text.utf8)) == ["E026 0..<1"])
  }

  // MARK: Lines

  @Test(arguments: [
    ("a\nb", "name(a) newline name(b)"),
    ("a\r\nb", "name(a) newline name(b)"),
    ("(a\nb)", "leftParen name(a) name(b) rightParen"),
    ("[a\n\nb]", "leftBracket name(a) name(b) rightBracket"),
    ("{a\nb}", "leftBrace name(a) newline name(b) rightBrace"),
    ("({a\nb})", "leftParen leftBrace name(a) newline name(b) rightBrace rightParen"),
    ("{(a\nb)}", "leftBrace leftParen name(a) name(b) rightParen rightBrace"),
    ("(]\na)", "leftParen rightBracket name(a) rightParen"),
    ("([)\na", "leftParen leftBracket rightParen newline name(a)"),
    ("a # b\nc", "name(a) newline name(c)"),
    ("# b", ""),
    ("#!/usr/bin/env grad\na", "newline name(a)"),
    ("\u{FEFF}a", "name(a)"),
    ("\u{FEFF}#!/usr/bin/env grad\r\na", "newline name(a)"),
    ("a\tb\u{A0}c\u{2009}d", "name(a) name(b) name(c) name(d)"),
    ("", ""),
  ])
  func lines(text: String, expected: String) {
    #expect(LexerTests.tokens(Array(text.utf8)) == expected)
    #expect(LexerTests.problems(Array(text.utf8)).isEmpty)
  }

  @Test func spacesAndLineStarts() {
    let source = SourceText(name: "<test>", bytes: Array("a b(\n c".utf8))
    let tokens = Lexer.tokenize(source).tokens
    #expect(tokens.map(\.hasSpaceBefore) == [false, true, false, true, false])
    #expect(tokens.map(\.startsLine) == [true, false, false, true, false])
    #expect(tokens[3].range == SourceRange(6, 7))
  }

  // MARK: Unreadable text

  /// A byte that is no UTF-8 is reported where it stands; the text around it is read.
  @Test(
    arguments: ["a = 1", "\"text\"", "# comment", "x²", ""],
    [
      [0xFF], [0x80], [0xC0, 0xAF], [0xC3], [0xE2, 0x82], [0xED, 0xA0, 0x80],
      [0xF5, 0x80, 0x80, 0x80], [0xF0, 0x82, 0x82, 0xAC],
    ] as [[UInt8]])
  func invalidUTF8(text: String, bad: [UInt8]) {
    let bytes = Array(text.utf8)
    for position in 0...bytes.count where position == bytes.count || bytes[position] & 0xC0 != 0x80
    {
      var whole = bytes
      whole.insert(contentsOf: bad, at: position)
      let problems = LexerTests.problems(whole)
      if bytes.first == UInt8(ascii: "#"), position > 0 {
        #expect(problems.isEmpty, "a comment may hold anything")
      } else {
        #expect(problems.contains { $0.hasPrefix("E029 \(position)..<") }, "at \(position)")
      }
    }
  }

  @Test(arguments: [
    ("a $ b", "E028 2..<3"), ("a § b", "E028 2..<4"), ("a \0 b", "E028 2..<3"),
    ("a ! b", "E028 2..<3"), ("\u{200B}", "E028 0..<3"), ("“", "E028 0..<3"), ("🙂", "E028 0..<4"),
    ("a && b", "E033 2..<4"), ("a || b", "E033 2..<4"), ("a ~= b", "E033 2..<4"),
    ("a & b", "E028 2..<3"), ("a ~ b", "E028 2..<3"),
  ])
  func meaninglessCharacter(text: String, expected: String) {
    #expect(LexerTests.problems(Array(text.utf8)) == [expected])
    #expect(LexerTests.tokens(Array(text.utf8)).contains("invalid"))
  }

  @Test func invisibleCharactersAreNamed() {
    let messages = ["\0", "\u{200B}"].map { text in
      Lexer.tokenize(SourceText(name: "", bytes: Array(text.utf8))).problems[0].problem.message
    }
    #expect(messages == ["`U+0000` has no meaning here", "`U+200B` has no meaning here"])
  }

  // MARK: Size

  /// What closes brackets that do not fit must not search through all that are open.
  @Test(.timeLimit(.minutes(1)))
  func manyBracketsThatDoNotFit() {
    let count = 300_000
    let text = String(repeating: "[", count: count) + String(repeating: ")", count: count)
    let source = SourceText(name: "", bytes: Array(text.utf8))
    #expect(Lexer.tokenize(source).tokens.count == 2 * count + 1)
  }

  @Test(.timeLimit(.minutes(1)))
  func manyUnclosedStrings() {
    let text = String(repeating: "(", count: 1000) + String(repeating: "\"{[\n", count: 50_000)
    let source = SourceText(name: "", bytes: Array(text.utf8))
    #expect(Lexer.tokenize(source).problems.count == 50_000)
  }
}
