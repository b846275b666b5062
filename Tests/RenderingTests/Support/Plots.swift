import GradLanguage
import Testing

@testable import Rendering

/// The curves that a program hands out.
func plot(_ program: String) throws -> PlotData {
  let shown = Shown(program)
  #expect(shown.diagnostics.map(\.message) == [])
  guard case .plot(let plot, _)? = shown.outputs.last else {
    throw NotPlotted()
  }
  return plot
}

struct NotPlotted: Error {}

func lines(_ program: String, _ page: Page = Page()) throws -> [String] {
  TextPlot(page).render(try plot(program)).plain.split(
    separator: "\n", omittingEmptySubsequences: false
  ).map(String.init)
}
