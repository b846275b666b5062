/// Where the derivative of an operation is infinite, or none, at finite operands.
package enum Steepness: Sendable {
  case nowhere
  /// Where the value is infinite, or none, too: at 0 for log.
  case atPoles
  /// Also where the value is a number: at 0 for sqrt.
  case atNumbers
}
