import Foundation

/// A number that is known to more digits than a double has.
public struct TrueNumber: Sendable {
  /// The nearest double.
  public let nearest: Double
  /// What it lacks, in units of its last place.
  public let rest: Double

  /// Reads `0.1` or `0.1~-0.25`.
  public init(_ text: some StringProtocol) {
    let parts = text.split(separator: "~")
    nearest = parts.first.flatMap { Double($0) } ?? .nan
    rest = parts.count > 1 ? Double(parts[1]) ?? .nan : 0
  }

  /// How far a number is from this one, in units of the last place; ∞ where only one of them is
  /// finite, 0 for NaN and NaN.
  public func ulps(to x: Double) -> Double {
    if x == nearest { return rest.magnitude }
    if nearest.isNaN, x.isNaN { return 0 }
    guard nearest.isFinite, x.isFinite else { return .infinity }
    return ((x - nearest) / nearest.ulp - rest).magnitude
  }
}

/// A table of `Tests/AutogradTests/Reference/truth.txt`.
public struct ReferenceTable: Sendable {
  /// A point, and what is true there.
  public struct Row: Sendable {
    /// Where.
    public let operands: [Double]
    /// The value and the derivatives, in the order of the table.
    public let truths: [TrueNumber]
  }

  /// The rows of each operation, by its name in Swift.
  public let rows: [String: [Row]]

  /// Reads a table whose rows begin with so many operands.
  public init(_ name: String, operands count: Int) {
    var rows: [String: [Row]] = [:]
    var isHere = false
    for line in ReferenceTable.lines {
      if line.hasPrefix("## ") { isHere = line.dropFirst(3) == name }
      guard isHere, !line.hasPrefix("#") else { continue }
      let words = line.split(separator: " ")
      rows[String(words[0]), default: []].append(
        Row(
          operands: words[1...count].map { Double($0) ?? .nan },
          truths: words[(count + 1)...].map { TrueNumber($0) }))
    }
    self.rows = rows
  }

  private static let lines: [Substring] = {
    let file = URL(filePath: #filePath).deletingLastPathComponent()
      .appending(path: "../AutogradTests/Reference/truth.txt")
    let text = (try? String(contentsOf: file, encoding: .utf8)) ?? ""
    return text.split(separator: "\n")
  }()
}
