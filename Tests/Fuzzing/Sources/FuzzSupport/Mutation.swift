import CLibFuzzer

@testable import GradLanguage

/// Changes programs so that they stay programs, for the most part.
public enum Mutation {
  /// A changed program of at most `limit` bytes.
  public static func program(
    _ data: UnsafeMutablePointer<UInt8>, _ size: Int, _ limit: Int, _ seed: UInt32
  ) -> Int {
    var random = Random(seed: seed)
    guard !random.once(in: 5) else { return LLVMFuzzerMutate(data, size, limit) }
    var bytes = Array(UnsafeBufferPointer(start: data, count: size))
    for _ in 0...random.below(3) { change(&bytes, &random) }
    return store(bytes, to: data, limit) ?? LLVMFuzzerMutate(data, size, limit)
  }

  /// A text with words of the language in it: it need not be a program.
  public static func text(
    _ data: UnsafeMutablePointer<UInt8>, _ size: Int, _ limit: Int, _ seed: UInt32
  ) -> Int {
    var random = Random(seed: seed)
    guard random.once(in: 2) else { return LLVMFuzzerMutate(data, size, limit) }
    var bytes = Array(UnsafeBufferPointer(start: data, count: size))
    if random.once(in: 3) {
      change(&bytes, &random)
    } else {
      let word = Array(random.pick(Vocabulary.all).utf8)
      let times = random.once(in: 20) ? 1 << random.below(10) : 1
      let words = Array(repeatElement(word, count: times).joined())
      bytes.insert(contentsOf: words, at: random.below(size + 1))
    }
    return store(bytes, to: data, limit) ?? LLVMFuzzerMutate(data, size, limit)
  }

  /// Statements of two programs, mixed.
  public static func splice(
    _ first: UnsafeBufferPointer<UInt8>, _ second: UnsafeBufferPointer<UInt8>,
    _ result: UnsafeMutablePointer<UInt8>, _ limit: Int, _ seed: UInt32
  ) -> Int {
    var random = Random(seed: seed)
    var text = ProgramText(Array(first))
    let other = ProgramText(Array(second)).statements
    guard !other.isEmpty else { return 0 }
    let start = random.below(other.count)
    let count = 1 + random.below(other.count - start)
    text.insert(Array(other[start..<start + count]), at: random.below(text.statements.count + 1))
    return store(text.bytes, to: result, limit) ?? 0
  }

  private static func store(
    _ bytes: [UInt8], to data: UnsafeMutablePointer<UInt8>, _ limit: Int
  ) -> Int? {
    guard bytes.count <= limit else { return nil }
    data.update(from: bytes, count: bytes.count)
    return bytes.count
  }

  // MARK: Changes

  private static func change(_ bytes: inout [UInt8], _ random: inout Random) {
    if random.once(in: 2) {
      changeStatements(&bytes, &random)
    } else {
      changeToken(&bytes, &random)
    }
  }

  private static func changeStatements(_ bytes: inout [UInt8], _ random: inout Random) {
    var text = ProgramText(bytes)
    let count = text.statements.count
    switch count == 0 ? 0 : random.below(8) {
    case 0...3:
      var writer = ProgramWriter(random)
      let statement = writer.statement()
      random = writer.random
      text.insert([Array(statement.utf8)], at: random.below(count + 1))
    case 4: text.statements.remove(at: random.below(count))
    case 5: text.insert([text.statements[random.below(count)]], at: random.below(count + 1))
    case 6: text.insert([text.statements.remove(at: random.below(count))], at: random.below(count))
    case _: text.insert([Array(ProgramSession.separator.utf8)], at: random.below(count + 1))
    }
    bytes = text.bytes
  }

  private static func changeToken(_ bytes: inout [UInt8], _ random: inout Random) {
    let source = SourceText(name: "", bytes: bytes)
    let tokens = Lexer.tokenize(source).tokens.filter { $0.range.end <= bytes.count }
    guard !tokens.isEmpty else { return }
    let token = random.pick(tokens)
    let range = token.range.start..<token.range.end
    let text = Array(bytes[range])
    switch random.below(8) {
    case 0: bytes.removeSubrange(range)
    case 1: bytes.insert(contentsOf: text, at: range.lowerBound)
    case 2: bytes.insert(contentsOf: random.pick(Vocabulary.all).utf8, at: range.lowerBound)
    case 3:
      let other = random.pick(tokens).range
      bytes.replaceSubrange(range, with: Array(bytes[other.start..<other.end]))
    case _: bytes.replaceSubrange(range, with: replacement(for: token, text, &random).utf8)
    }
  }

  /// Another token of the same kind; for operands sometimes a whole expression.
  private static func replacement(
    for token: Token, _ text: [UInt8], _ random: inout Random
  ) -> String {
    let word = String(decoding: text, as: UTF8.self)
    switch token.kind {
    case .number where !random.once(in: 3): return random.pick(Vocabulary.numbers)
    case .name:
      let alike = Vocabulary.functions.filter { $0.contains(word) }
      if let functions = alike.first { return random.pick(functions) }
      if random.once(in: 2) { return random.pick(ProgramWriter.names) }
    case let kind where OperatorTable.infix[kind] != nil: return random.pick(Vocabulary.operators)
    case .assign, .plusAssign, .minusAssign, .timesAssign, .divideAssign, .powerAssign, .setData:
      return random.pick(Vocabulary.assignments)
    case let kind where kind.isReservedWord: return random.pick(Vocabulary.reservedWords)
    case .number: break
    case _: return random.pick(Vocabulary.all)
    }
    var writer = ProgramWriter(random)
    defer { random = writer.random }
    return writer.expression()
  }
}
