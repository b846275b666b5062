/// The colours of curves in pictures; the seventh curve has the first one's again.
enum PlotColors {
  /// On white: a contrast of at least 3 each.
  static let light = ["#1f6fb4", "#d1493f", "#2f9155", "#8a55b5", "#0f8f9c", "#b9770e"]
  /// The same hues on near black.
  static let dark = ["#6cb2eb", "#f08a80", "#7fcf95", "#c79fe6", "#5fd0dd", "#eab65a"]

  /// The place of a curve's colour.
  static func index(_ curve: Int) -> Int { curve % light.count }
}
