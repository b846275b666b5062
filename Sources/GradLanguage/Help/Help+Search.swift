extension Help {
  /// The topics that have all of some words, the most fitting ones first.
  ///
  /// What is called so comes before what begins so, then names, summaries and texts that have the
  /// words. Capital letters do not count; what people call a thing elsewhere is a name of it, too.
  ///
  /// - Parameter more: topics besides those of the language.
  public static func search(_ words: String, also more: [HelpTopic] = []) -> [HelpTopic] {
    let parts = words.prefix(200).lowercased().split(whereSeparator: \.isWhitespace)
      .map(String.init)
    guard !parts.isEmpty else { return [] }
    let all = topics + more
    let found = ranked(all, parts)
    if !found.isEmpty { return found }
    // A plural is looked for as what it is the plural of.
    let singular = parts.map { $0.count > 3 && $0.hasSuffix("s") ? String($0.dropLast()) : $0 }
    return singular == parts ? [] : ranked(all, singular)
  }

  /// The word of names and summaries that one was probably meant to be.
  public static func nearestWord(to word: String) -> String? {
    let words = Set(topics.flatMap { [$0.name, $0.summary] + $0.otherNames }.flatMap(words))
    return Suggestion.nearest(to: word.lowercased(), among: words.filter { $0.count > 2 }.sorted())
  }

  private static func ranked(_ topics: [HelpTopic], _ words: [String]) -> [HelpTopic] {
    let order = HelpTopic.Kind.allCases
    let found = topics.enumerated().compactMap { index, topic -> (Int, Int, Int, HelpTopic)? in
      let ranks = words.map { rank(topic, $0) }
      guard let worst = ranks.max(), worst < unfit else { return nil }
      return (worst, order.firstIndex(of: topic.kind) ?? 0, index, topic)
    }
    return found.sorted { ($0.0, $0.1, $0.2) < ($1.0, $1.1, $1.2) }.map(\.3)
  }

  /// The rank of what has not got a word.
  private static let unfit = 6

  private static func rank(_ topic: HelpTopic, _ word: String) -> Int {
    let names = ([topic.name] + topic.otherNames + (foreignNames[topic.name] ?? []))
      .map { $0.lowercased() }
    if names.contains(word) { return 0 }
    if word.count > 1, names.contains(where: { $0.hasPrefix(word) }) { return 1 }
    if word.count > 2, names.contains(where: { $0.contains(word) }) { return 2 }
    if has(topic.summary, word) { return 3 }
    if word.count > 2, topic.summary.lowercased().contains(word) { return 4 }
    return has(topic.searched, word) ? 5 : unfit
  }

  /// Whether a text has a word, or one that begins with it.
  private static func has(_ text: String, _ word: String) -> Bool {
    words(of: text).contains { $0 == word || word.count > 2 && $0.hasPrefix(word) }
  }

  private static func words(of text: String) -> [String] {
    text.lowercased().split { !($0.isLetter || $0.isNumber || $0 == "_") }.map(String.init)
  }

  /// What functions are called elsewhere, by their names here.
  private static let foreignNames: [String: [String]] = {
    var names: [String: [String]] = [:]
    for (foreign, name) in Suggestion.aliases { names[name, default: []].append(foreign) }
    return names
  }()
}
