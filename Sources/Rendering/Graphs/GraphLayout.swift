/// Places for the boxes of a graph in columns, from left to right, every operand left of its result.
///
/// The scheme of Sugiyama, Tagawa and Toda (IEEE Transactions on Systems, Man and Cybernetics 11, 1981):
/// a column for each box by the longest way from the left; boxes in a column in the order of the means
/// of their neighbours, which undoes most crossings; heights near those of the neighbours. Edges across
/// several columns keep a lane free in each.
struct GraphLayout {
  /// How large a box is.
  struct Size {
    let width: Double
    let height: Double
  }

  /// A place, in points from the top left.
  struct Point: Equatable {
    var x: Double
    var y: Double
  }

  /// An edge from the right side of one box to the left side of another.
  struct Edge {
    let from: Int
    let to: Int
  }

  /// The top left corner of each box.
  private(set) var corners: [Point]
  /// Where the column of each box begins and ends: edges run straight inside it.
  private(set) var spans: [ClosedRange<Double>]
  /// For each edge the points that it passes between its boxes.
  private(set) var bends: [[Point]]
  /// How large the whole is.
  private(set) var size = Size(width: 0, height: 0)

  private static let columnGap = 44.0
  private static let rowGap = 14.0
  private static let laneHeight = 6.0
  private static let passes = 12
  /// With more lanes than this, edges go straight: a value may be used in hundreds of columns.
  private static let laneLimit = 20_000

  /// What stands in a column: a box, or the lane of an edge.
  private struct Item {
    let column: Int
    let height: Double
    var y = 0.0
    var left: [Int] = []
    var right: [Int] = []
  }

  /// Lays out boxes of which operands precede results.
  init(_ boxes: [Size], _ edges: [Edge]) {
    corners = boxes.map { _ in Point(x: 0, y: 0) }
    spans = boxes.map { _ in 0...0 }
    bends = edges.map { _ in [] }
    let columns = GraphLayout.columns(boxes.count, edges)
    var items = zip(boxes, columns).map { Item(column: $1, height: $0.height) }
    let lanes = GraphLayout.addLanes(edges, &items)
    var order = [[Int]](repeating: [], count: (columns.max() ?? -1) + 1)
    for index in items.indices { order[items[index].column].append(index) }
    for pass in 0..<GraphLayout.passes {
      GraphLayout.sort(&order, items, isRightward: pass % 2 == 0)
    }
    GraphLayout.place(order, &items)
    place(boxes, items, order, lanes)
  }

  /// The column of each box: one right of its operands; what has none stands beside its first user.
  private static func columns(_ count: Int, _ edges: [Edge]) -> [Int] {
    var columns = [Int](repeating: 0, count: count)
    for edge in edges.sorted(by: { $0.to < $1.to }) {
      columns[edge.to] = max(columns[edge.to], columns[edge.from] + 1)
    }
    var nearest = [Int](repeating: .max, count: count)
    let hasOperands = Set(edges.map(\.to))
    for edge in edges { nearest[edge.from] = min(nearest[edge.from], columns[edge.to]) }
    for index in 0..<count where !hasOperands.contains(index) && nearest[index] < .max {
      columns[index] = nearest[index] - 1
    }
    return columns
  }

  /// Gives each edge an item in every column that it crosses; returns them by edge.
  private static func addLanes(_ edges: [Edge], _ items: inout [Item]) -> [[Int]] {
    let needed = edges.reduce(0) { $0 + items[$1.to].column - items[$1.from].column - 1 }
    return edges.map { edge in
      var previous = edge.from
      var lanes: [Int] = []
      if needed <= laneLimit, items[edge.from].column + 1 < items[edge.to].column {
        for column in items[edge.from].column + 1..<items[edge.to].column {
          items.append(Item(column: column, height: laneHeight, left: [previous]))
          items[previous].right.append(items.count - 1)
          previous = items.count - 1
          lanes.append(previous)
        }
      }
      items[edge.to].left.append(previous)
      items[previous].right.append(edge.to)
      return lanes
    }
  }

  /// Orders each column by the mean places of the neighbours on one side.
  private static func sort(_ order: inout [[Int]], _ items: [Item], isRightward: Bool) {
    var place = [Double](repeating: 0, count: items.count)
    func number(_ column: Int) {
      for (k, item) in order[column].enumerated() { place[item] = Double(k) }
    }
    for column in order.indices { number(column) }
    for column in isRightward ? Array(order.indices) : order.indices.reversed() {
      var keys: [Int: Double] = [:]
      for item in order[column] {
        let neighbours = isRightward ? items[item].left : items[item].right
        keys[item] =
          neighbours.isEmpty
          ? place[item] : neighbours.reduce(0) { $0 + place[$1] } / Double(neighbours.count)
      }
      order[column] = order[column].enumerated().sorted {
        (keys[$0.element] ?? 0, $0.offset) < (keys[$1.element] ?? 0, $1.offset)
      }.map(\.element)
      number(column)
    }
  }

  /// Heights: each item near the mean of its neighbours, and below the one before it.
  private static func place(_ order: [[Int]], _ items: inout [Item]) {
    for column in order {
      var y = 0.0
      for item in column {
        items[item].y = y
        y += items[item].height + rowGap
      }
    }
    for pass in 0..<passes {
      for column in pass % 2 == 0 ? Array(order) : order.reversed() {
        let wanted = column.map { item -> Double in
          let neighbours = items[item].left + items[item].right
          guard !neighbours.isEmpty else { return items[item].y }
          let middle = neighbours.reduce(0) { $0 + items[$1].y + items[$1].height / 2 }
          return middle / Double(neighbours.count) - items[item].height / 2
        }
        settle(column, wanted, &items)
      }
    }
  }

  /// The places nearest to those wanted in which nothing overlaps: neighbours that would are moved as
  /// one block to their mean (the pooling of adjacent violators).
  private static func settle(_ column: [Int], _ wanted: [Double], _ items: inout [Item]) {
    var blocks: [(first: Int, count: Int, offset: Double, sum: Double)] = []
    // In terms of where the block begins: an item stands at the begin plus what precedes it.
    for k in column.indices {
      blocks.append((k, 1, items[column[k]].height + rowGap, wanted[k]))
      while blocks.count > 1 {
        let last = blocks[blocks.count - 1]
        let before = blocks[blocks.count - 2]
        let start = before.sum / Double(before.count)
        guard start + before.offset > last.sum / Double(last.count) else { break }
        blocks.removeLast(2)
        blocks.append(
          (
            before.first, before.count + last.count, before.offset + last.offset,
            before.sum + last.sum - before.offset * Double(last.count)
          ))
      }
    }
    for block in blocks {
      var y = block.sum / Double(block.count)
      for k in block.first..<block.first + block.count {
        items[column[k]].y = y
        y += items[column[k]].height + rowGap
      }
    }
  }

  /// Turns columns into distances, and moves everything to the top left.
  private mutating func place(
    _ boxes: [Size], _ items: [Item], _ order: [[Int]], _ lanes: [[Int]]
  ) {
    let top = items.map(\.y).min() ?? 0
    let bottom = items.map { $0.y + $0.height }.max() ?? 0
    var x = 0.0
    var starts: [Double] = []
    var widths: [Double] = []
    for column in order {
      let width = column.filter { $0 < boxes.count }.map { boxes[$0].width }.max() ?? 0
      starts.append(x)
      widths.append(width)
      x += width + GraphLayout.columnGap
    }
    for index in boxes.indices {
      let column = items[index].column
      let slack = widths[column] - boxes[index].width
      spans[index] = starts[column]...starts[column] + widths[column]
      corners[index] = Point(x: starts[column] + slack / 2, y: items[index].y - top)
    }
    for (edge, lanes) in lanes.enumerated() {
      bends[edge] = lanes.flatMap { lane -> [Point] in
        let y = items[lane].y + items[lane].height / 2 - top
        let start = starts[items[lane].column]
        return [Point(x: start, y: y), Point(x: start + widths[items[lane].column], y: y)]
      }
    }
    size = Size(width: max(x - GraphLayout.columnGap, 0), height: bottom - top)
  }
}
