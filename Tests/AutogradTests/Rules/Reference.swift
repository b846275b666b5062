import TestSupport

/// The truth about the operations.
enum Reference {
  static let unary = ReferenceTable("unary", operands: 1).rows
  static let binary = ReferenceTable("binary", operands: 2).rows
  static let ternary = ReferenceTable("ternary", operands: 3).rows
  static let unaryCurvature = ReferenceTable("unaryCurvature", operands: 1).rows
  static let binaryCurvature = ReferenceTable("binaryCurvature", operands: 2).rows
}
