import GradLanguage
import Rendering

/// A line at the terminal that says how far a computation is, and goes when it ends or shows something.
final class ProgressLine {
  private let output: OutputFile
  private let isColoured: Bool
  private let clock = ContinuousClock()
  private var start: ContinuousClock.Instant
  /// Whether it is there now.
  private(set) var isShown = false

  init(_ output: OutputFile, isColoured: Bool) {
    self.output = output
    self.isColoured = isColoured
    start = clock.now
  }

  /// Work begins.
  func begin() { start = clock.now }

  /// Shows how far the work is, in the place of what was shown before.
  func show(_ progress: Progress) {
    let seconds = (clock.now - start) / .seconds(1)
    let text = ProgressText(progress, seconds: seconds).line(columns: Window.page.columns - 1)
    guard !text.isEmpty else { return }
    output.write(ProgressLine.clear + (isColoured ? "\u{1B}[2m\(text)\u{1B}[0m" : text))
    output.flush()
    isShown = true
  }

  /// Takes it away.
  func erase() {
    guard isShown else { return }
    output.write(ProgressLine.clear)
    output.flush()
    isShown = false
  }

  /// To the start of the line, and nothing behind.
  private static let clear = "\r\u{1B}[K"
}

/// What a line of progress says.
struct ProgressText {
  private let parts: [String]

  init(_ progress: Progress, seconds: Double) {
    parts =
      [ProgressText.time(seconds)] + ProgressText.loops(progress.loops)
      + [
        progress.nodes > 0 ? "\(SizeText.count(progress.nodes)) nodes" : nil,
        progress.nodes > 0 ? SizeText.bytes(progress.byteCount) : nil,
      ].compactMap(\.self)
  }

  /// As many parts as fit so many columns.
  func line(columns: Int) -> String {
    var line = ""
    for part in parts {
      let longer = line.isEmpty ? part : line + "   " + part
      guard longer.count <= columns else { break }
      line = longer
    }
    return line
  }

  /// `1.5 s`, later whole seconds.
  private static func time(_ seconds: Double) -> String {
    let tenths = Int(seconds * 10)
    return tenths < 600 ? "\(tenths / 10).\(tenths % 10) s" : "\(tenths / 10) s"
  }

  /// The outermost loop and the innermost one.
  private static func loops(_ loops: [LoopProgress]) -> [String] {
    guard let outer = loops.first else { return [] }
    var parts = ["iteration \(text(outer))"]
    if loops.count > 1, let inner = loops.last { parts.append("inner \(text(inner))") }
    return parts
  }

  private static func text(_ loop: LoopProgress) -> String {
    let iteration = SizeText.count(loop.iteration)
    return loop.count.map { "\(iteration) of \(SizeText.count($0))" } ?? iteration
  }
}
