/// What drawings in text are made for: a window of a terminal, or a file.
public struct Page: Hashable, Sendable {
  /// How many columns a line may have.
  public var columns: Int
  /// How many rows a plot may have.
  public var rows: Int
  /// Whether longer lines would be broken: a file takes lines of any length.
  public var isWindow: Bool
  /// Whether sentences, values and tables are broken and cut so that they fit, too.
  public var breaksLines: Bool
  /// Whether characters beyond ASCII can be shown.
  public var isUnicode: Bool
  /// Whether colours tell things apart.
  public var isColored: Bool

  /// A page; without a terminal 72 columns by 20 rows, without colours.
  public init(
    columns: Int = 72, rows: Int = 20, isWindow: Bool = true, breaksLines: Bool = false,
    isUnicode: Bool = true,
    isColored: Bool = false
  ) {
    self.columns = columns
    self.isWindow = isWindow
    self.breaksLines = breaksLines
    self.rows = rows
    self.isUnicode = isUnicode
    self.isColored = isColored
  }
}
