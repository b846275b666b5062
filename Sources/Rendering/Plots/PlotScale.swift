/// A rectangle of the plane onto which a layout is drawn.
struct PlotScale {
  let layout: PlotLayout
  /// The distances between the first and the last column, the first and the last row.
  let width: Double
  let height: Double

  /// The column of a number, from 0 on the left.
  func column(_ x: Double) -> Double {
    PlotScale.share(x, layout.xs) * width
  }

  /// The row of a number, from 0 at the top.
  func row(_ y: Double) -> Double {
    (1 - PlotScale.share(y, layout.ys)) * height
  }

  private static func share(_ number: Double, _ range: ClosedRange<Double>) -> Double {
    let span = range.upperBound / 2 - range.lowerBound / 2
    // What is far outside is cut off; where exactly it is does not matter.
    return min(max((number / 2 - range.lowerBound / 2) / span, -1e6), 1e6)
  }

  /// A place on the rectangle.
  struct Place {
    let column: Double
    let row: Double

    fileprivate var flipped: Place { Place(column: row, row: column) }
  }

  /// The place of a point.
  func place(_ point: PlotLayout.Point) -> Place {
    Place(column: column(point.x), row: row(point.y))
  }

  /// The part of a line that lies on the rectangle; nil when none does.
  func clipped(_ from: Place, _ to: Place) -> (from: Place, to: Place)? {
    guard let part = PlotScale.clipped(from, to, height),
      let whole = PlotScale.clipped(part.from.flipped, part.to.flipped, width)
    else { return nil }
    return (whole.from.flipped, whole.to.flipped)
  }

  /// The part of a line in the rows from 0 to the last one, and half a row more at either end.
  private static func clipped(
    _ from: Place, _ to: Place, _ last: Double
  ) -> (from: Place, to: Place)? {
    let (low, high) = (-0.5, last + 0.5)
    if max(from.row, to.row) < low || min(from.row, to.row) > high { return nil }
    func moved(_ place: Place, _ other: Place) -> Place {
      guard place.row < low || place.row > high else { return place }
      let edge = place.row < low ? low : high
      let share = (edge - place.row) / (other.row - place.row)
      return Place(column: place.column + share * (other.column - place.column), row: edge)
    }
    return (moved(from, to), moved(to, from))
  }
}
