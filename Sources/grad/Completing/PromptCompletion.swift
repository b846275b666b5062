import GradLanguage
import LineEditing

/// Completes what is typed at the prompt: commands about the session, the language, file names.
struct PromptCompletion {
  let interpreter: Interpreter

  /// How the text before the cursor can go on.
  func complete(_ text: String) -> Completion {
    guard let typed = TypedRequest(text, isName: interpreter.isDefined) else {
      return completion(interpreter.completions(before: text))
    }
    switch typed {
    case .word(let word): return words(word)
    case .argument(let argument, let rest): return complete(rest, as: argument)
    }
  }

  /// The words after a colon: the session's commands and the language's.
  private func words(_ word: String) -> Completion {
    let own = SessionCommand.allCases.map {
      Completion.Candidate($0.rawValue, detail: $0.summary)
    }
    let language = completion(interpreter.completions(before: ":")).candidates
    return PromptCompletion.choose(word, (own + language).sorted { $0.label < $1.label })
  }

  /// What follows a command about the session.
  func complete(_ text: String, as argument: SessionArgument) -> Completion {
    switch argument {
    case .nothing: return PromptCompletion.none
    case .topic: return PromptCompletion.choose(text, topics)
    case .lesson:
      if LessonCommand.isPath(text) { return path(text, [".course"]) }
      return PromptCompletion.choose(
        text,
        LessonCommand.words.map { Completion.Candidate($0, detail: LessonCommand.summary(of: $0)) })
    case .name: return completion(interpreter.ownNames(beginning: text))
    case .statement: return completion(interpreter.completions(before: text))
    case .path(let endings): return path(text, endings)
    }
  }

  private var topics: [Completion.Candidate] {
    Help.topicCandidates.map(candidate)
      + SessionCommand.allCases.map { Completion.Candidate($0.rawValue, detail: $0.summary) }
  }

  // MARK: Paths

  /// A path that is typed after a command, with or without a quote before it.
  private func path(_ text: String, _ endings: [String]) -> Completion {
    let isQuoted = text.hasPrefix("\"")
    let path = isQuoted ? String(text.dropFirst()) : text
    if isQuoted, path.contains("\"") { return PromptCompletion.none }
    return FileNames.completion(
      of: PathPlace(text: path, endings: endings, writing: isQuoted ? .quoted : .bare))
  }

  private func completion(_ completions: Completions) -> Completion {
    if let path = completions.path { return FileNames.completion(of: path) }
    return Completion(
      replacedLength: completions.replacedLength, candidates: completions.candidates.map(candidate))
  }

  private func candidate(_ candidate: Completions.Candidate) -> Completion.Candidate {
    Completion.Candidate(
      candidate.text, replacement: candidate.replacement, detail: candidate.detail,
      isPreferred: candidate.isPreferred)
  }

  // MARK: Choosing

  private static let none = Completion(replacedLength: 0, candidates: [])

  /// Those that begin with a word.
  private static func choose(_ word: String, _ all: [Completion.Candidate]) -> Completion {
    var seen: Set<String> = []
    return Completion(
      replacedLength: word.utf8.count,
      candidates: all.filter { $0.label.hasPrefix(word) && seen.insert($0.label).inserted })
  }
}

/// A request about the session as far as it has been typed.
enum TypedRequest: Equatable {
  /// The word after the colon.
  case word(String)
  /// What follows a command.
  case argument(SessionArgument, String)

  /// The request that a text begins; nil when it is for the language.
  init?(_ text: String, isName: (String) -> Bool) {
    guard text.utf8.count <= TypedRequest.longest, !text.contains(where: \.isNewline) else {
      return nil
    }
    let line = text.drop(while: \.isWhitespace)
    if line.first == "?" {
      self = .argument(.topic, TypedRequest.withoutBlanks(line.dropFirst()))
      return
    }
    let isMarked = line.first == ":"
    let whole = isMarked ? line.dropFirst() : line
    let word = whole.prefix { !$0.isWhitespace }
    let rest = whole.dropFirst(word.count)
    if isMarked, rest.isEmpty {
      self = .word(String(word))
      return
    }
    guard !rest.isEmpty, let command = SessionCommand(named: String(word)),
      isMarked || command.needsNoColon && !isName(String(word))
    else { return nil }
    self = .argument(command.argument, TypedRequest.withoutBlanks(rest))
  }

  /// A request is no longer than this.
  private static let longest = 4096

  private static func withoutBlanks(_ text: Substring) -> String {
    String(text.drop(while: \.isWhitespace))
  }
}
