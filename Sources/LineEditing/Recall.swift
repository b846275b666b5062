/// The entries that can be brought back, and how far back one has gone.
///
/// Only entries are visited that begin with what stood before the cursor when the search began; what
/// stood there comes back after the newest. A search goes on as long as the text is the entry that
/// it brought, and begins anew when that has been edited.
struct Recall {
  /// All entries, oldest first.
  private(set) var entries: [String] = []
  private var search: Search?

  private struct Search {
    /// What was edited when it began.
    let draft: EditedText
    /// What entries must begin with.
    let prefix: String
    /// The entry that is shown; one past the newest for the draft.
    var index: Int
    /// The text that is shown.
    var shown: String
  }

  /// More than this is forgotten, oldest first.
  static let limit = 10_000

  /// Adds an entry, unless the newest is the same.
  mutating func add(_ entry: String) {
    search = nil
    guard entries.last != entry else { return }
    entries.append(entry)
    if entries.count > Recall.limit + Recall.limit / 10 {
      entries.removeFirst(entries.count - Recall.limit)
    }
  }

  /// A new text is edited: no search is under way.
  mutating func begin() { search = nil }

  /// The next older entry; nil where there is none.
  mutating func older(than text: EditedText) -> EditedText? {
    let under = current(text)
    let next = entries[..<under.index].lastIndex { matches($0, under) }
    guard let next else { return nil }
    return show(next, entries[next], under).map(EditedText.atEndOfFirstLine)
  }

  /// The next newer entry, and after the newest what was being typed; nil where there is none.
  mutating func newer(than text: EditedText) -> EditedText? {
    let under = current(text)
    guard under.index < entries.count else { return nil }
    let next = entries[(under.index + 1)...].firstIndex { matches($0, under) }
    guard let next else {
      _ = show(entries.count, under.draft.text, under)
      return under.draft
    }
    return show(next, entries[next], under).map { EditedText($0) }
  }

  /// The search that goes on from this text.
  private func current(_ text: EditedText) -> Search {
    if let search, search.shown == text.text { return search }
    return Search(
      draft: text, prefix: text.beforeCursor, index: entries.count, shown: text.text)
  }

  private func matches(_ entry: String, _ search: Search) -> Bool {
    entry != search.shown && entry.utf8.starts(with: search.prefix.utf8)
  }

  private mutating func show(_ index: Int, _ text: String, _ from: Search) -> String? {
    search = from
    search?.index = index
    search?.shown = text
    return text
  }
}
