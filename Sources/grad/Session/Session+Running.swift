import GradLanguage
import Rendering

// Running what is typed: it can be taken back, it can be timed, and long work shows how far it is.

extension Session {
  /// Runs a typed input; nil when it goes on. What it took is nil when nothing of it has run.
  ///
  /// - Parameter willRun: called when the input is complete, before anything of it happens.
  func runTyped(
    _ text: SourceText, willRun: () -> Void
  ) -> (outcome: Outcome, timing: String?)? {
    let clock = ContinuousClock()
    var start: (time: ContinuousClock.Instant, nodes: Int)?
    let (outcome, hasShownProgress) = watched { () -> Outcome? in
      interpreter.runIfComplete(
        text, mode: .prompt,
        willRun: {
          willRun()
          undoHistory.begin(String(decoding: text.bytes, as: UTF8.self))
          start = (clock.now, interpreter.progress.recordedNodes)
        },
        output: show)
    }
    let timing = start.map { timingText(clock.now - $0.time, since: $0.nodes) }
    undoHistory.end()
    // Below the ^C that the terminal shows.
    if outcome != nil, Interruption.request.isRequested, !hasShownProgress { presenter.message("") }
    guard let outcome else { return nil }
    if case .rejected = outcome { return (outcome, nil) }
    return (outcome, timing)
  }

  /// Time, nodes recorded, and the graph's memory now.
  private func timingText(_ time: Duration, since recordedNodes: Int) -> String {
    let progress = interpreter.progress
    return [
      SizeText.seconds(time / .seconds(1)),
      SizeText.count(progress.recordedNodes - recordedNodes) + " nodes",
      SizeText.bytes(progress.byteCount),
    ].joined(separator: "    ")
  }

  /// Does something with the line of progress, where there is one; whether that was still there at the
  /// end, and has been taken away.
  private func watched<Result>(_ body: () -> Result) -> (Result, Bool) {
    guard let line = progressLine else { return (body(), false) }
    line.begin()
    interpreter.onProgress = { line.show($0) }
    presenter.beforeWriting = { line.erase() }
    defer {
      interpreter.onProgress = { _ in }
      presenter.beforeWriting = {}
    }
    let result = Interruption.questioned(body)
    let isShown = line.isShown
    line.erase()
    return (result, isShown)
  }
}
