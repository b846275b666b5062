/// The limit of difference quotients as their step is halved again and again.
///
/// Richardson's scheme: if the quotient's error is c₁hᵖ + c₂h²ᵖ + …, each column of the tableau removes
/// one more term, T[k][j] = T[k][j−1] + (T[k][j−1] − T[k−1][j−1]) / (2^(p·j) − 1). The entry that differs
/// least from those that it was made from is taken, as C. Ridders does (Advances in Engineering
/// Software 4, 1982).
struct Extrapolation {
  /// p: 2 for central differences, 1 for differences to one side.
  let power: Int
  /// The best estimate of the limit, once there are two quotients.
  private(set) var limit: Double?
  /// How far the limit may be off.
  private(set) var error = Double.infinity
  /// The last row of the tableau.
  private var row: [Double] = []

  /// More columns than this gain nothing.
  private static let columnLimit = 10

  init(power: Int) { self.power = power }

  /// The quotient for half the last step, and how far rounding may have moved it.
  mutating func add(_ quotient: Double, noise: Double) {
    // Quotients that grow have not come near their limit: what agreed before did so by chance.
    if let last = row.first, quotient.magnitude > 1.5 * last.magnitude,
      noise < 0.01 * quotient.magnitude
    {
      (limit, error, row) = (nil, .infinity, [])
    }
    var next = [quotient]
    var factor = 1.0
    for old in row.prefix(Extrapolation.columnLimit) {
      factor *= power == 1 ? 2 : 4
      let present = next[next.count - 1]
      let refined = present + (present - old) / (factor - 1)
      next.append(refined)
      let off = max((refined - present).magnitude, (refined - old).magnitude) + noise
      if off <= error { (limit, error) = (refined, off) }
    }
    row = next
  }

  /// Whether more steps would gain nothing.
  var isPrecise: Bool {
    guard let limit else { return false }
    return error <= 1e-9 * limit.magnitude
  }
}
