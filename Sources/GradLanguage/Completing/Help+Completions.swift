extension Help {
  /// What help can be asked about, each with what it is: functions and commands, then codes.
  public static var topicCandidates: [Completions.Candidate] {
    topics.map { Completions.Candidate($0, kind(of: $0), detail: summary(of: $0)) }.sorted {
      ($0.kind == .word ? 1 : 0, $0.text) < ($1.kind == .word ? 1 : 0, $1.text)
    }
  }

  private static func kind(of topic: String) -> Completions.Candidate.Kind {
    if Builtin.indices[topic] != nil { return .function }
    if Command(rawValue: topic) != nil { return .command }
    return Problem.explanation(of: topic) == nil ? .constant : .word
  }

  private static func summary(of topic: String) -> String {
    if topic == "functions" { return "all functions" }
    if let index = Builtin.indices[topic] { return Builtin.all[index].detail }
    if let command = Command(rawValue: topic) { return command.summary }
    if let constant = Builtin.constants.first(where: { $0.name == topic }) {
      return NumberFormat.standard.text(constant.value)
    }
    return Problem.explanation(of: topic)?.title ?? ""
  }
}
