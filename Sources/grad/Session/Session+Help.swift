import GradLanguage
import Rendering

// `:help` and `:apropos`.

extension Session {
  /// Shows help about a topic, or the first things to know.
  func showHelp(about words: String) {
    if words.isEmpty { return tell(Session.overview) }
    let topic = Session.topic(words)
    if let definition = interpreter.definition(of: words) {
      tell(text(of: definition))
      guard let topic, topic.kind == .function || topic.kind == .constant else { return }
      tell("\nBuilt in, before `\(words)` was bound:\n\n\(topic.text)")
    } else if let topic {
      tell(topic.text)
      if let curve = topic.curve { draw(curve) }
    } else if let (here, topic) = Help.foreign(words) {
      tell("`\(words)` is `\(here)` here:\n\n\(topic.text)")
    } else {
      tell("there is no help for `\(words)`\(Session.suggestion(for: words))")
    }
  }

  /// Lists the topics that have some words.
  func showTopics(about words: String) {
    if words.isEmpty { return tell(":apropos needs a word: `:apropos matrix`") }
    let found = Help.search(words, also: SessionCommand.allCases.map(\.topic))
    if found.isEmpty {
      let near = Help.nearestWord(to: words).map { "did you mean `:apropos \($0)`?" }
      return tell("no topic has `\(words)`; \(near ?? "`:help topics` lists what there is")")
    }
    tell(Help.listing(found))
  }

  /// What is known about a topic: a command about the session comes with its colon or without.
  private static func topic(_ words: String) -> HelpTopic? {
    let word = words.hasPrefix(":") ? String(words.dropFirst()) : words
    if let command = SessionCommand(named: word) { return command.topic }
    if words == "commands" { return commands }
    let first = String(word.prefix { !$0.isWhitespace })
    return Help.topic(words) ?? Help.topic(word) ?? (first == word ? nil : Help.topic(first))
  }

  /// What was probably meant, or where to look.
  private static func suggestion(for words: String) -> String {
    let names = SessionCommand.allCases.map(\.rawValue)
    if let near = Help.nearest(to: words, also: names) {
      return "; did you mean `:help \(near)`?"
    }
    let first = words.prefix { $0.isLetter || $0.isNumber }
    let isWorthSearching = first.count > 2 && !Help.search(String(first)).isEmpty
    return isWorthSearching
      ? "; `:apropos \(first)` finds some" : "; `:help topics` lists what there is"
  }

  /// What to say to a command that there is none of, or whose colon is missing.
  func answer(toUnknown request: SessionRequest) -> String {
    let word = request.word
    if SessionCommand(named: word) != nil {
      return "commands about the session begin with a colon: `:\(word)`"
    }
    let names = SessionCommand.allCases.map(\.rawValue) + Interpreter.commandNames
    let near = Interpreter.nearestWord(to: word, among: names).flatMap {
      names.contains($0) ? "did you mean `:\($0)`?" : nil
    }
    return "there is no command `:\(word)`; \(near ?? "`:help commands` lists what there is")"
  }

  // MARK: Texts

  /// One screen for someone who has just arrived.
  static var overview: String {
    let others = SessionCommand.allCases.filter { ![.help, .apropos, .lesson, .quit].contains($0) }
    return """
      \(Help.overview)

      :lesson           a short course, from a slope to a neuron that learns
      :help tanh        a function, an operator, a command, a name of yours
      :help E011        what an error means
      :help functions   all; also operators, statements, commands, errors, topics
      :apropos matrix   what has to do with a word
      :quit             leaves, as Ctrl-D does
      \(others.isEmpty ? "" : "also:             " + others.map { ":\($0.rawValue)" }.joined(separator: " ") + "\n")
      Tab completes, Up brings back lines. Ctrl-C drops the line, or stops what runs.
      """
  }

  /// All commands, those about the session too.
  private static var commands: HelpTopic {
    let language = Help.topic("commands")?.text ?? ""
    let session = Help.listing(SessionCommand.allCases.map(\.topic))
    let text = "Of the language\n\(language)\n\nAbout the session, at the prompt\n\(session)"
    return HelpTopic("commands", .subject, summary: "all commands", text: text)
  }

  private func text(of definition: NameDefinition) -> String {
    let shown = OutputRenderer(format: interpreter.settings.format)
      .render(.value(definition.value, name: definition.name)).plain
    var lines = ["\(shown)    \(definition.kind)", ""]
    if !definition.text.isEmpty {
      let text = definition.text.split(separator: "\n", omittingEmptySubsequences: false)
      lines += text.prefix(Session.longestDefinition).map { "    " + WrappedText.line(String($0)) }
      if text.count > Session.longestDefinition {
        lines.append("    … and \(text.count - Session.longestDefinition) more lines")
      }
      lines.append("")
    }
    if !definition.formula.isEmpty { lines.append("  computed    \(definition.formula)") }
    if !definition.place.isEmpty { lines.append("  from        \(definition.place)") }
    while lines.last?.isEmpty == true { lines.removeLast() }
    return lines.joined(separator: "\n")
  }

  /// So many lines of a function are shown.
  private static let longestDefinition = 40

  // MARK: Showing

  private func tell(_ text: String) {
    presenter.result(HelpText(columns: presenter.columns).render(text) + "\n")
  }

  /// A small drawing of a function's curve, where there is a window with room for it.
  private func draw(_ curve: HelpTopic.Curve) {
    guard let page = presenter.smallPage else { return }
    let (low, high) = (curve.interval.lowerBound, curve.interval.upperBound)
    let format = NumberFormat.standard
    let program = "plot \(curve.expression) for x in \(format.text(low))..\(format.text(high))"
    _ = Interpreter().run(program) { output in
      guard case .plot = output else { return }
      let drawing = OutputRenderer(format: .standard, page: page).render(output)
      self.presenter.result("\n")
      self.presenter.result(drawing)
    }
  }
}
