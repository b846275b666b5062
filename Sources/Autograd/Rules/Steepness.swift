/// Where the derivative of an operation is infinite or undefined at finite operands.
package enum Steepness: Sendable {
  case nowhere
  /// Only where the value is infinite or undefined too: at 0 for log.
  case atPoles
  /// Also where the value is a number: at 0 for sqrt.
  case atNumbers
}
