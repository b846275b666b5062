import Autograd

extension Interpreter {
  /// How a text can go on at its end, by what it is so far and by the names that there are now.
  ///
  /// Nothing runs, and no file is touched. Of what the text has the wrong case, the right one is
  /// given where nothing else fits.
  public func completions(before text: String) -> Completions {
    let typed = TypedText(text)
    switch CompletionPlace(typed, text) {
    case .nothing: return .none
    case .symbol(let name):
      return Completions(
        replacedLength: name.utf8.count, candidates: Symbols.candidates(for: name))
    case .path(let path):
      return Completions(replacedLength: path.text.utf8.count, candidates: [], path: path)
    case .member(let owner): return completions(of: typed.word, members(of: owner))
    case .statement: return completions(of: typed.word, statements(typed))
    case .command: return completions(of: typed.word, commands)
    case .operand(let ofGraph): return completions(of: typed.word, operands(typed, ofGraph))
    case .words(let words):
      return completions(
        of: typed.word, words.map { option($0, TokenKind.followingWords[$0] ?? "") })
    case .option(let command, let taken):
      let free = command.options.filter { !taken.contains($0.word) }
      return completions(of: typed.word, free.map(option))
    case .setting:
      return completions(
        of: typed.word, Setting.allCases.map { option($0.rawValue, $0.allowedValues) })
    case .settingValue(let setting): return completions(of: typed.word, setting.words.map(option))
    }
  }

  /// The names that the user has bound and that begin so, for the commands of a session.
  public func ownNames(beginning word: String) -> Completions {
    completions(of: word, named(machine.namedValues()))
  }

  // MARK: Candidates

  private typealias Candidate = Completions.Candidate

  /// Those that begin with the word; of two with the same text the first.
  private func completions(of word: String, _ all: [Completions.Candidate]) -> Completions {
    var fitting = all.filter { $0.text.hasPrefix(word) }
    if fitting.isEmpty {
      let lower = word.lowercased()
      fitting = all.filter { $0.text.lowercased().hasPrefix(lower) }
    }
    var seen: Set<String> = []
    let candidates = fitting.filter { seen.insert($0.text).inserted }
    return Completions(replacedLength: word.utf8.count, candidates: candidates)
  }

  private func option(_ word: String, _ summary: String) -> Completions.Candidate {
    Candidate(word, .option, detail: summary)
  }

  private func statements(_ typed: TypedText) -> [Completions.Candidate] {
    let words = TokenKind.statementWords.map { Candidate($0.word, .word, detail: $0.summary) }
    return ownNames(typed) + (commands + words + builtins).sorted { $0.text < $1.text }
  }

  private func operands(_ typed: TypedText, _ ofGraph: Bool) -> [Completions.Candidate] {
    let own = ownNames(typed, ofGraph: ofGraph)
    // Where nothing has been typed yet, the user's names say more than all that there are.
    if typed.word.isEmpty, !own.isEmpty { return own }
    var words = TokenKind.operandWords
    if let bracket = typed.openBrackets.first, typed[bracket].kind == .leftBracket {
      words.append(("end", "the last index"))
    }
    let others = builtins + words.map { Candidate($0.word, .word, detail: $0.summary) }
    return own + others.sorted { $0.text < $1.text }
  }

  private var commands: [Completions.Candidate] {
    Command.allCases.map { Candidate($0.rawValue, .command, detail: $0.summary) }
      .sorted { $0.text < $1.text }
  }

  private var builtins: [Completions.Candidate] {
    Builtin.all.filter { $0 != .unary(.negate) }
      .map { Candidate($0.name, .function, detail: $0.detail) }
      + Builtin.constants.map {
        Candidate($0.name, .constant, detail: NumberFormat.standard.text($0.value))
      }
  }

  // MARK: The user's names

  /// The names that the text and the session have bound; values first where these are asked for.
  private func ownNames(
    _ typed: TypedText, ofGraph: Bool = false
  ) -> [Completions.Candidate] {
    let values = machine.namedValues().filter { typed.canBecome($0.name) }
    let local = typed.boundNames.filter(typed.canBecome)
      .map { Candidate($0, .value, detail: "in this input") }
    guard ofGraph else {
      return (named(values) + local).sorted { $0.text < $1.text }
    }
    let inGraph = values.filter { machine.isInGraph($0.value) }
    if typed.word.isEmpty, !inGraph.isEmpty { return named(inGraph) }
    let others = values.filter { !machine.isInGraph($0.value) }
    return named(inGraph) + named(others) + local
  }

  /// The names with what they are, unless they are too many to be told about.
  private func named(_ values: [(name: String, value: Register)]) -> [Completions.Candidate] {
    let isDetailed = values.count <= Completions.detailLimit
    return values.map { name, value in
      Candidate(
        name, machine.kind(of: value) == .function ? .function : .value,
        detail: isDetailed ? machine.summary(of: value) : "")
    }
  }
}

extension Machine {
  /// Whether a value is a number or an array of the graph.
  func isInGraph(_ value: Register) -> Bool { firstSlot(of: value) != nil }
}

extension TypedText {
  /// Whether a name begins with the word, whatever the case of its letters.
  func canBecome(_ name: String) -> Bool {
    name.hasPrefix(word) || name.lowercased().hasPrefix(word.lowercased())
  }
}
