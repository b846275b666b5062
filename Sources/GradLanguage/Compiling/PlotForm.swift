/// A plot as it is written: its arguments, and what the words after them ask for.
struct PlotForm {
  /// What is plotted; the first of several without `samples` is what the others are plotted against.
  var values: [SyntaxID] = []
  /// `for x in -5..5`
  var samples: SyntaxID?
  /// What follows `to`.
  var path: SyntaxID?
  /// The texts, the ranges and the manner, in the order in which they stand.
  var options: [(PlotOption, SyntaxID)] = []
  /// Where tangents touch.
  var contacts: [SyntaxID] = []
  /// `with slope at …`, the first one.
  var slope: SyntaxID?

  /// The curves: all values but the one that they are plotted against.
  var curves: [SyntaxID] {
    samples == nil && values.count > 1 ? Array(values.dropFirst()) : values
  }
}

/// What of a plot an instruction sets.
enum PlotOption: Int, CaseIterable {
  case title, xLabel, yLabel, xRange, yRange, points

  /// The word that asks for it.
  var word: String {
    switch self {
    case .title: "title"
    case .xLabel, .yLabel: "labels"
    case .xRange: "x in"
    case .yRange: "y in"
    case .points: "with points"
    }
  }
}
