import Foundation
import Testing

/// A text in Markdown: its fenced blocks, its tables, its headings.
struct Markdown {
  /// A fenced block.
  struct Block: CustomTestStringConvertible {
    /// What stands after the opening fence, such as `grad prompt`.
    let info: String
    let text: String
    let file: String
    /// The line of the opening fence.
    let line: Int

    var testDescription: String { "\(file):\(line)" }
  }

  let blocks: [Block]
  /// The lines outside fenced blocks.
  let prose: [String]

  init(_ path: String) {
    var blocks: [Block] = []
    var prose: [String] = []
    var open: (info: String, line: Int, lines: [String])?
    for (index, line) in Repository.text(path).components(separatedBy: "\n").enumerated() {
      guard line.hasPrefix("```") else {
        if open == nil { prose.append(line) } else { open?.lines.append(line) }
        continue
      }
      if let block = open {
        let text = block.lines.joined(separator: "\n")
        blocks.append(Block(info: block.info, text: text, file: path, line: block.line))
        open = nil
      } else {
        open = (String(line.dropFirst(3)), index + 1, [])
      }
    }
    self.blocks = blocks
    self.prose = prose
  }

  /// The blocks whose language this is, with the word after it.
  func blocks(_ language: String) -> [Block] {
    blocks.filter { $0.info == language || $0.info.hasPrefix(language + " ") }
  }

  /// The cells of all rows of all tables; a bar in a cell is written `\|`.
  var rows: [[String]] {
    prose.filter { $0.hasPrefix("|") }.map { line in
      line.replacingOccurrences(of: "\\|", with: "\u{0}").dropFirst().dropLast()
        .components(separatedBy: "|")
        .map {
          $0.replacingOccurrences(of: "\u{0}", with: "|").trimmingCharacters(in: .whitespaces)
        }
    }
  }

  /// The row whose first cell is this.
  func row(_ first: String) -> [String]? { rows.first { $0.first == first } }

  /// The pieces of a cell that stand in backticks.
  static func code(in cell: String) -> [String] {
    cell.components(separatedBy: "`").enumerated().filter { $0.offset % 2 == 1 }.map(\.element)
  }
}
