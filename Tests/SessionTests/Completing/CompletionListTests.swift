import Testing

@testable import LineEditing

@Suite("What Tab does, and how candidates are listed")
struct CompletionListTests {
  private typealias Candidate = Completion.Candidate

  private func step(
    _ candidates: [Completion.Candidate], typed: String, after: String = ""
  ) -> Completion.Step {
    Completion(replacedLength: typed.utf8.count, candidates: candidates)
      .step(typed: typed, after: after)
  }

  @Test("one is taken, several as far as they are common")
  func steps() {
    #expect(step([], typed: "a") == .beep)
    #expect(step([Candidate("alpha")], typed: "al") == .replace("alpha", isChoice: false))
    #expect(step([Candidate("alpha")], typed: "alpha") == .beep)
    #expect(step([Candidate("alpha")], typed: "AL") == .replace("alpha", isChoice: false))
    let two = [Candidate("weight1"), Candidate("weight2")]
    #expect(step(two, typed: "w") == .replace("weight", isChoice: false))
    #expect(step(two, typed: "WE") == .replace("weight", isChoice: false))
    #expect(step(two, typed: "weight") == .list)
    #expect(step([Candidate("Ab"), Candidate("aB")], typed: "ab") == .list)
    #expect(step([Candidate("長い"), Candidate("長さ")], typed: "") == .replace("長", isChoice: false))
    #expect(step([Candidate("e"), Candidate("e\u{301}")], typed: "") == .list)
  }

  @Test("what is preferred is taken although others fit, but not before anything is typed")
  func preferred() {
    let members = [Candidate("grad", isPreferred: true), Candidate("graph")]
    #expect(step(members, typed: "gr") == .replace("grad", isChoice: true))
    #expect(step(members, typed: "") == .replace("gra", isChoice: false))
    #expect(step(members, typed: "grad") == .list)
    let both = [Candidate("a1", isPreferred: true), Candidate("a2", isPreferred: true)]
    #expect(step(both, typed: "a") == .list)
  }

  @Test("an ending is written unless it is there")
  func endings() {
    let file = [Candidate("a.csv", ending: "\"")]
    #expect(step(file, typed: "a") == .replace("a.csv\"", isChoice: false))
    #expect(step(file, typed: "a", after: "\")") == .replace("a.csv", isChoice: false))
    #expect(step(file, typed: "a.csv") == .replace("a.csv\"", isChoice: false))
    #expect(step(file, typed: "a.csv", after: "\"") == .beep)
    let symbol = [Candidate("\\alpha", replacement: "α")]
    #expect(step(symbol, typed: "\\al") == .replace("α", isChoice: false))
  }

  private func list(
    _ candidates: [Completion.Candidate], columns: Int, rows: Int = 22
  ) -> [String] {
    let list = CompletionList(columns: columns, rows: rows) { scalar in
      scalar.value < 0x20 ? nil : scalar.value == 0x301 ? 0 : scalar.value > 0x2E80 ? 2 : 1
    }
    let text = list.text(candidates)
    #expect(text.hasSuffix("\n"))
    return text.dropLast().split(separator: "\n", omittingEmptySubsequences: false).map(String.init)
  }

  @Test("few have a line each")
  func few() {
    let candidates = [
      Candidate("π", detail: "3.14"), Candidate("長い", detail: "5"), Candidate("e\u{301}a"),
    ]
    #expect(list(candidates, columns: 40) == ["π     3.14", "長い  5", "e\u{301}a"])
    let long = [
      Candidate("a", detail: "0123456789abcdef"), Candidate("b\u{1B}[2J", detail: "長長長長長長長長"),
    ]
    #expect(list(long, columns: 20) == ["a      0123456789a…", "b?[2J  長長長長長…"])
    #expect(list([Candidate("0123456789", detail: "detail")], columns: 20) == ["0123456789"])
    #expect(list([Candidate("0123456789abcdef")], columns: 12) == ["0123456789…"])
  }

  @Test("no line is wider than the window, whatever is in it", arguments: 1...80)
  func widths(columns: Int) {
    let names = ["a", "長い名前", "weight_one", String(repeating: "x", count: 100), "π", ""]
    for count in [1, 6, 17, 60] {
      let candidates = (0..<count).map {
        Candidate(names[$0 % names.count], detail: "some detail \($0)")
      }
      for rows in [1, 3, 22] {
        let lines = list(candidates, columns: columns, rows: rows)
        #expect(lines.count <= max(rows, 2))
        for line in lines where !line.hasPrefix("…") {
          let width = line.unicodeScalars.reduce(0) { $0 + ($1.value > 0x2E80 ? 2 : 1) }
          #expect(width < max(columns, 2), "\(line)")
        }
      }
    }
  }

  @Test("many stand in columns, read downwards")
  func many() {
    let candidates = (10..<30).map { Candidate("n\($0)", detail: "x") }
    let lines = list(candidates, columns: 26)
    #expect(lines.count == 4)
    #expect(lines[0] == "n10  n14  n18  n22  n26")
    #expect(lines[3] == "n13  n17  n21  n25  n29")
    #expect(
      list(candidates, columns: 26, rows: 3) == [
        "n10  n12  n14  n16  n18", "n11  n13  n15  n17  n19", "… and 10 more",
      ])
    #expect(list(candidates, columns: 5, rows: 3) == ["n10", "n11", "… and 18 more"])
  }
}
