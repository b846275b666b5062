/// Text in pieces, each with a style: what is shown, before anyone knows where.
///
/// Lines are separated by `\n`; the last one has none.
public struct StyledText: Hashable, Sendable {
  /// What a piece of text is, which decides its colour.
  public enum Style: Hashable, Sendable {
    /// Names, data and everything else.
    case plain
    /// A gradient, with the word before it.
    case gradient
    /// A gradient above 0, in a drawing: the result grows with the value.
    case rising
    /// A gradient below 0.
    case falling
    /// The mark of something computed from data that has changed since.
    case stale
    /// The head of an error, and the carets under its place.
    case error
    /// The same of a warning.
    case warning
    /// The same of a note.
    case note
    /// A frame, an axis, a branch of a tree.
    case frame
    /// A curve of a plot, counted from 0.
    case curve(Int)
  }

  /// Characters of one style.
  public struct Piece: Hashable, Sendable {
    /// Their style.
    public let style: Style
    /// The characters.
    public let text: String
  }

  /// The pieces in their order; no two neighbours have the same style.
  public private(set) var pieces: [Piece] = []

  /// The text with one style.
  public init(_ text: String = "", _ style: Style = .plain) { append(text, style) }

  /// Whether there is no text.
  public var isEmpty: Bool { pieces.isEmpty }

  /// Adds text at the end.
  public mutating func append(_ text: String, _ style: Style = .plain) {
    guard !text.isEmpty else { return }
    if let last = pieces.last, last.style == style {
      pieces[pieces.count - 1] = Piece(style: style, text: last.text + text)
    } else {
      pieces.append(Piece(style: style, text: text))
    }
  }

  /// Adds styled text at the end.
  public mutating func append(_ other: StyledText) {
    for piece in other.pieces { append(piece.text, piece.style) }
  }

  /// The characters without their styles.
  public var plain: String { pieces.reduce(into: "") { $0 += $1.text } }

  /// The characters with the escape sequences that colour them on a terminal.
  public var ansi: String {
    pieces.reduce(into: "") { text, piece in
      text += piece.style.escape.map { "\u{1B}[\($0)m\(piece.text)\u{1B}[0m" } ?? piece.text
    }
  }
}

extension StyledText.Style {
  /// The parameters of the escape sequence (SGR) that begins the style; nil for the terminal's own.
  var escape: String? {
    switch self {
    case .plain: nil
    case .gradient: "36"
    case .rising: "32"
    case .falling: "31"
    case .stale: "2"
    case .error: "1;31"
    case .warning: "1;33"
    case .note: "1;34"
    case .frame: "2"
    case .curve(let index): ["34", "31", "32", "35", "36", "33"][index % 6]
    }
  }
}
