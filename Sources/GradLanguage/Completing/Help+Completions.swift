extension Help {
  /// What help can be asked about, each with what it is; codes last.
  public static var topicCandidates: [Completions.Candidate] {
    topics.filter { isTyped($0.name) }.map {
      Completions.Candidate($0.name, candidateKind($0.kind), detail: detail(of: $0))
    }.sorted {
      (isCode($0) ? 1 : 0, $0.text) < (isCode($1) ? 1 : 0, $1.text)
    }
  }

  private static func isCode(_ candidate: Completions.Candidate) -> Bool {
    Problem.explanation(of: candidate.text) != nil
  }

  /// Whether a name is a word: of signs there is nothing to complete.
  private static func isTyped(_ name: String) -> Bool {
    name.allSatisfy { $0.isLetter || $0.isNumber || $0 == "_" }
  }

  private static func candidateKind(_ kind: HelpTopic.Kind) -> Completions.Candidate.Kind {
    switch kind {
    case .function: .function
    case .command, .session: .command
    case .constant: .constant
    case .subject, .statement, .operator, .setting, .error: .word
    }
  }

  private static func detail(of topic: HelpTopic) -> String {
    if let constant = Builtin.constants.first(where: { $0.name == topic.name }) {
      return NumberFormat.standard.text(constant.value)
    }
    return Builtin.indices[topic.name].map { Builtin.all[$0].detail } ?? topic.summary
  }
}
