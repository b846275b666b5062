/// Cells of a terminal on which curves are drawn: in braille dots, or a mark a cell.
struct DotGrid {
  /// How a cell is divided.
  enum Fineness {
    /// 2 by 4 dots.
    case braille
    /// One mark.
    case marks

    var columns: Int {
      switch self {
      case .braille: 2
      case .marks: 1
      }
    }

    var rows: Int {
      switch self {
      case .braille: 4
      case .marks: 1
      }
    }
  }

  let columns: Int
  let rows: Int
  let fineness: Fineness
  /// For each cell its dots, and the curve that was drawn there last.
  private var dots: [UInt8]
  private var curves: [Int?]
  /// The cells in which a point of contact lies.
  private var contacts: Set<Int> = []

  init(columns: Int, rows: Int, _ fineness: Fineness) {
    self.columns = columns
    self.rows = rows
    self.fineness = fineness
    dots = [UInt8](repeating: 0, count: columns * rows)
    curves = [Int?](repeating: nil, count: columns * rows)
  }

  /// The numbers of dots across and down.
  var width: Int { columns * fineness.columns }
  var height: Int { rows * fineness.rows }

  /// What is in a cell.
  struct Cell {
    /// The dots, as braille has them.
    let dots: UInt8
    let curve: Int
    let isContact: Bool
  }

  /// Whether nothing has been drawn.
  var isEmpty: Bool {
    (0..<rows).allSatisfy { row in (0..<columns).allSatisfy { cell($0, row) == nil } }
  }

  /// A cell in which something is drawn.
  func cell(_ column: Int, _ row: Int) -> Cell? {
    let index = row * columns + column
    return curves[index].map {
      Cell(dots: dots[index], curve: $0, isContact: contacts.contains(index))
    }
  }

  /// Marks a cell as one in which a tangent touches.
  mutating func setContact(_ x: Int, _ y: Int, curve: Int) {
    guard (0..<width).contains(x), (0..<height).contains(y) else { return }
    set(x, y, curve: curve)
    contacts.insert(y / fineness.rows * columns + x / fineness.columns)
  }

  mutating func set(_ x: Int, _ y: Int, curve: Int) {
    guard (0..<width).contains(x), (0..<height).contains(y) else { return }
    let index = y / fineness.rows * columns + x / fineness.columns
    dots[index] |= DotGrid.bits[y % fineness.rows][x % fineness.columns]
    curves[index] = curve
  }

  /// A line of dots; both ends are near the grid.
  mutating func line(_ from: PlotScale.Place, _ to: PlotScale.Place, curve: Int) {
    let steps = max((to.column - from.column).magnitude, (to.row - from.row).magnitude).rounded(.up)
    guard steps.isFinite else { return }
    for k in 0...Int(steps) {
      let share = steps == 0 ? 0 : Double(k) / steps
      set(
        Int((from.column + share * (to.column - from.column)).rounded()),
        Int((from.row + share * (to.row - from.row)).rounded()), curve: curve)
    }
  }

  private static let bits: [[UInt8]] = [[0x01, 0x08], [0x02, 0x10], [0x04, 0x20], [0x40, 0x80]]
}
