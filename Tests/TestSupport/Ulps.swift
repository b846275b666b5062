/// How many doubles lie between two numbers, one end included: 0 when they are equal.
///
/// NaN is 0 from NaN and farther than anything from a number; an infinity is 0 from itself and
/// farther than anything from the rest; −0 and +0 are the same.
public func ulps(between x: Double, and y: Double) -> UInt64 {
  if x.isNaN || y.isNaN { return x.isNaN && y.isNaN ? 0 : .max }
  if x.isInfinite || y.isInfinite { return x == y ? 0 : .max }
  let (low, high) = (position(min(x, y)), position(max(x, y)))
  return UInt64(high - low)
}

/// The place of a finite number in the order of all doubles, zero at 0.
private func position(_ x: Double) -> Int64 {
  let magnitude = Int64(bitPattern: x.magnitude.bitPattern)
  return x.sign == .minus ? -magnitude : magnitude
}

/// Whether two numbers are the same to the last bit; every NaN is the same.
public func isSame(_ x: Double, _ y: Double) -> Bool {
  x.isNaN ? y.isNaN : x.bitPattern == y.bitPattern
}
