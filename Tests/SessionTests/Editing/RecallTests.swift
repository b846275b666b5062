import Testing

@testable import LineEditing

@Suite("What Up and Down bring")
struct RecallTests {
  private func recall(_ entries: [String]) -> Recall {
    var recall = Recall()
    for entry in entries { recall.add(entry) }
    return recall
  }

  @Test("through all entries and back to what was typed")
  func all() {
    var recall = recall(["1", "2", "2", "3"])
    #expect(recall.entries == ["1", "2", "3"])
    var text = EditedText("")
    var shown: [String] = []
    while let older = recall.older(than: text) {
      text = older
      shown.append(text.text)
    }
    while let newer = recall.newer(than: text) {
      text = newer
      shown.append(text.text)
    }
    #expect(shown == ["3", "2", "1", "2", "3", ""])
  }

  @Test("an entry that has been edited is what a new search begins from")
  func edited() {
    var recall = recall(["ab", "ac", "b"])
    #expect(recall.older(than: EditedText("a", cursor: 1))?.text == "ac")
    #expect(recall.older(than: EditedText("ac2"))?.text == nil)
    #expect(recall.older(than: EditedText("ac", cursor: 0))?.text == "ab")
  }

  @Test("the draft comes back with its cursor")
  func draft() {
    var recall = recall(["abc"])
    let draft = EditedText("axx", cursor: 1)
    let older = recall.older(than: draft)
    #expect(older == EditedText("abc"))
    #expect(older.flatMap { recall.newer(than: $0) } == draft)
    #expect(recall.newer(than: draft) == nil)
  }

  @Test("a block is entered at the end of its first line from below, of its last from above")
  func blocks() {
    var recall = recall(["a\nb", "c"])
    let first = recall.older(than: EditedText(""))
    let second = first.flatMap { recall.older(than: $0) }
    #expect(second == EditedText("a\nb", cursor: 1))
    #expect(second.flatMap { recall.newer(than: $0) } == EditedText("c"))
  }

  @Test("the oldest are forgotten")
  func bounded() {
    let recall = recall((0..<12_000).map(String.init))
    #expect(recall.entries.count <= Recall.limit + Recall.limit / 10)
    #expect(recall.entries.last == "11999")
  }
}
