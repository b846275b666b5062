import Rendering

/// Something that a lesson says.
enum LessonPassage: Equatable {
  case heading(String)
  /// What is explained.
  case text([Course.Paragraph])
  /// What is asked.
  case task([Course.Paragraph])
  /// The same after an answer that fitted nothing.
  case reminder([Course.Paragraph])
  case praise([Course.Paragraph])
  /// What is said to a mistake.
  case reply([Course.Paragraph])
  case hint([Course.Paragraph])
  /// A sentence about the lesson itself.
  case remark(String)
  /// Statements, which are not broken.
  case code([String])
  /// An empty line before what follows.
  case gap
  /// A line of a list.
  case line(String)
}

/// Shows what a lesson says, in a window of so many columns.
struct LessonText {
  private let wrapped: WrappedText

  init(columns: Int) { wrapped = WrappedText(columns: columns) }

  /// The passages, without an end of line; texts stand apart, short ones do not.
  func render(_ passages: [LessonPassage]) -> StyledText {
    var text = StyledText()
    for (index, passage) in passages.enumerated() {
      if index > 0 { text.append(needsGap(passages[index - 1], passage) ? "\n\n" : "\n") }
      text.append(render(passage))
    }
    return text
  }

  private func needsGap(_ before: LessonPassage, _ after: LessonPassage) -> Bool {
    switch (before, after) {
    case (.line, .line), (.heading, .line), (.heading, .remark), (.remark, .code), (.gap, _): false
    case (_, _): true
    }
  }

  private func render(_ passage: LessonPassage) -> StyledText {
    switch passage {
    case .heading(let title): StyledText(wrapped.wrap(title), .note)
    case .text(let paragraphs), .praise(let paragraphs), .reply(let paragraphs):
      StyledText(plain(paragraphs))
    case .task(let paragraphs): marked("Your turn:", paragraphs)
    case .reminder(let paragraphs): marked("Not yet:", paragraphs)
    case .hint(let paragraphs): marked("Hint:", paragraphs)
    case .remark(let text): StyledText(wrapped.wrap(text))
    case .line(let text): StyledText(wrapped.wrap(text))
    case .code(let lines): StyledText(plain([.code(lines)]))
    case .gap: StyledText()
    }
  }

  private func plain(_ paragraphs: [Course.Paragraph]) -> String {
    paragraphs.map { paragraph in
      switch paragraph {
      case .prose(let text): wrapped.wrap(text)
      case .code(let lines): lines.map { "    " + WrappedText.line($0) }.joined(separator: "\n")
      }
    }.joined(separator: "\n\n")
  }

  /// Paragraphs with words before them that stand out.
  private func marked(_ mark: String, _ paragraphs: [Course.Paragraph]) -> StyledText {
    var paragraphs = paragraphs
    if case .prose(let first) = paragraphs.first {
      paragraphs[0] = .prose(mark + " " + first)
    } else {
      paragraphs.insert(.prose(mark), at: 0)
    }
    let all = plain(paragraphs)
    guard all.hasPrefix(mark) else { return StyledText(all) }  // broken in a very narrow window
    var text = StyledText(mark, .note)
    text.append(String(all.dropFirst(mark.count)))
    return text
  }
}
