import GradLanguage

/// What of a plot is shown, and which points are joined: the same on paper and in a terminal.
struct PlotLayout {
  /// A point that is shown.
  struct Point {
    let x: Double
    let y: Double
  }

  /// A tangent where it is shown, and where it touches.
  struct Tangent {
    let contact: Point
    /// Both ends; nil where no part of it is shown.
    let ends: (Point, Point)?
  }

  let xs: ClosedRange<Double>
  /// The second coordinates shown; not all there are where a pole would flatten everything else.
  let ys: ClosedRange<Double>
  /// Whether something lies above or below what is shown, though nobody has asked for it.
  let isCut: Bool
  /// For each curve the runs of points that are joined; none when points stand for themselves.
  let runs: [[[Point]]]
  /// For each curve the points that stand for themselves.
  let dots: [[Point]]
  let tangents: [Tangent]

  /// The layout; nil when there is no point at all.
  ///
  /// - Parameter tickCount: about how many ticks the vertical axis has, at whose numbers it ends.
  init?(_ plot: PlotData, tickCount: Int) {
    let all = plot.curves.map { curve in
      zip(curve.xs, curve.ys).map { Point(x: $0, y: $1) }
    }
    let finite = all.joined().filter { $0.x.isFinite && $0.y.isFinite }
    let shown = plot.xRange.map { PlotLayout.points(of: all, within: $0, plot.kind) } ?? finite
    guard !shown.isEmpty else { return nil }
    // An interval is shown whole, though its curve may have gaps at the ends.
    let across = plot.isSampled ? all.joined().map(\.x).filter(\.isFinite) : shown.map(\.x)
    xs = plot.xRange ?? PlotLayout.widened((across.min() ?? 0)...(across.max() ?? 0))
    let heights = shown.map(\.y).sorted()
    let whole = heights[0]...heights[heights.count - 1]
    let hasPoles = plot.isSampled && all.contains { PlotLayout.hasPole($0, whole) }
    let chosen = hasPoles ? PlotLayout.withoutPoles(heights) : whole
    let range = PlotLayout.rounded(PlotLayout.widened(chosen), tickCount)
    ys = plot.yRange ?? range
    isCut = plot.yRange == nil && chosen != whole
    switch plot.kind {
    case .line:
      runs = all.map { PlotLayout.runs($0, isSampled: plot.isSampled, range) }
      dots = runs.map { $0.filter { $0.count == 1 }.map { $0[0] } }
    case .points:
      runs = []
      dots = all.map { $0.filter { $0.x.isFinite && $0.y.isFinite } }
    }
    let (xs, ys) = (xs, ys)
    tangents = plot.tangents.map { Tangent($0, xs, ys) }
  }

  /// Why there is no layout of a plot.
  static func emptiness(of plot: PlotData) -> String {
    if plot.curves.allSatisfy({ $0.xs.isEmpty }) { return "there are no points" }
    let hasFinite = plot.curves.contains { curve in
      zip(curve.xs, curve.ys).contains { $0.isFinite && $1.isFinite }
    }
    guard let range = plot.xRange, hasFinite else { return "no point has finite coordinates" }
    let format = NumberFormat.standard
    let text = "\(format.text(range.lowerBound))..\(format.text(range.upperBound))"
    return "no point has an x in \(text)"
  }

  // MARK: Ranges

  /// The points within a range of x, and those at which lines cross its ends.
  private static func points(
    of curves: [[Point]], within xs: ClosedRange<Double>, _ kind: PlotData.Kind
  ) -> [Point] {
    var points = curves.joined().filter {
      xs.contains($0.x) && $0.x.isFinite && $0.y.isFinite
    }
    guard kind == .line else { return points }
    for curve in curves {
      for (from, to) in zip(curve, curve.dropFirst()) {
        for end in [xs.lowerBound, xs.upperBound] where (from.x < end) != (to.x < end) {
          let share = (end - from.x) / (to.x - from.x)
          let y = from.y * (1 - share) + to.y * share
          if y.isFinite { points.append(Point(x: end, y: y)) }
        }
      }
    }
    return points
  }

  /// The range, made wider than nothing.
  private static func widened(_ range: ClosedRange<Double>) -> ClosedRange<Double> {
    let middle = range.lowerBound / 2 + range.upperBound / 2
    let half = range.upperBound / 2 - range.lowerBound / 2
    guard half <= max(range.lowerBound.magnitude, range.upperBound.magnitude) * 1e-13 else {
      return range
    }
    let margin = middle == 0 ? 1 : max(middle.magnitude * 0.1, .leastNormalMagnitude)
    let limit = Double.greatestFiniteMagnitude
    return max(middle - margin, -limit)...min(middle + margin, limit)
  }

  /// The range up to the next round numbers, where these are near.
  private static func rounded(_ range: ClosedRange<Double>, _ count: Int) -> ClosedRange<Double> {
    guard
      let step = AxisTicks.step(from: range.lowerBound, to: range.upperBound, about: count)
    else { return range }
    var low = (range.lowerBound / step + 1e-9).rounded(.down) * step
    var high = (range.upperBound / step - 1e-9).rounded(.up) * step
    // A round number that is far away would leave much of the plot empty.
    if range.lowerBound - low > 0.4 * step { low = range.lowerBound }
    if high - range.upperBound > 0.4 * step { high = range.upperBound }
    guard low.isFinite, high.isFinite, low < high else { return range }
    return low...high
  }

  /// Most of the numbers: nine tenths, and as much again as these take.
  private static func withoutPoles(_ sorted: [Double]) -> ClosedRange<Double> {
    let low = sorted[sorted.count / 20]
    let high = sorted[sorted.count - 1 - sorted.count / 20]
    let margin = (high / 2 - low / 2)
    let wide = sorted[0]...sorted[sorted.count - 1]
    guard margin > 0, wide.upperBound / 10 - wide.lowerBound / 10 > margin else { return wide }
    return max(low - margin, wide.lowerBound)...min(high + margin, wide.upperBound)
  }

  // MARK: Poles

  /// Whether a curve is infinite somewhere, or jumps against its direction on both sides.
  private static func hasPole(_ points: [Point], _ ys: ClosedRange<Double>) -> Bool {
    if points.contains(where: { $0.y.isInfinite }) { return true }
    let half = ys.upperBound / 2 - ys.lowerBound / 2
    return points.indices.dropFirst().contains { index in
      let jump = (points[index].y / 2 - points[index - 1].y / 2).magnitude
      return jump > half / 2 && jumpsBack(points, index)
    }
  }

  /// Whether the way to a point goes against the way before it and the way after it.
  private static func jumpsBack(_ points: [Point], _ index: Int) -> Bool {
    func rises(_ k: Int) -> Bool? {
      guard k > 0, k < points.count else { return nil }
      let (from, to) = (points[k - 1].y, points[k].y)
      guard from.isFinite, to.isFinite, from != to else { return nil }
      return to > from
    }
    guard let jump = rises(index) else { return false }
    let before = rises(index - 1)
    let after = rises(index + 1)
    guard before != nil || after != nil else { return false }
    return before != jump && after != jump
  }

  /// The points cut into runs: at gaps, and at poles, where a curve leaves at one end of what is shown
  /// and comes back at the other.
  private static func runs(
    _ points: [Point], isSampled: Bool, _ ys: ClosedRange<Double>
  ) -> [[Point]] {
    var runs: [[Point]] = []
    var run: [Point] = []
    for (index, point) in points.enumerated() {
      guard point.x.isFinite, point.y.isFinite else {
        if !run.isEmpty { runs.append(run) }
        run = []
        continue
      }
      if let last = run.last, isSampled {
        let crosses =
          min(last.y, point.y) < ys.lowerBound && max(last.y, point.y) > ys.upperBound
        if crosses, jumpsBack(points, index) {
          runs.append(run)
          run = []
        }
      }
      run.append(point)
    }
    if !run.isEmpty { runs.append(run) }
    return runs
  }
}

extension PlotLayout.Tangent {
  /// The part of a tangent that lies in what is shown.
  fileprivate init(
    _ tangent: PlotData.Tangent, _ xs: ClosedRange<Double>, _ ys: ClosedRange<Double>
  ) {
    let (x, y, slope) = (tangent.x, tangent.y, tangent.slope)
    contact = PlotLayout.Point(x: x, y: y)
    var first = xs.lowerBound
    var last = xs.upperBound
    if slope != 0 {
      let edges = [ys.lowerBound, ys.upperBound].map { x + ($0 - y) / slope }
      first = max(first, edges.min() ?? first)
      last = min(last, edges.max() ?? last)
    }
    let isShown = first <= last && (slope != 0 || ys.contains(y))
    func point(_ x: Double) -> PlotLayout.Point {
      let height = y + slope * (x - tangent.x)
      return PlotLayout.Point(x: x, y: min(max(height, ys.lowerBound), ys.upperBound))
    }
    ends = isShown ? (point(first), point(last)) : nil
  }
}
