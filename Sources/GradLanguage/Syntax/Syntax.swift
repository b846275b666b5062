import Autograd

/// A node of the syntax tree: an expression, a statement, or a part of one.
enum Syntax {
  // MARK: Expressions

  /// A number.
  case number(Double)
  /// A string: pieces that are `.text` or `.interpolation`.
  case string(SyntaxList)
  /// A piece of a string; its range is the text as written, escapes and all.
  case text
  /// `{value}` or `{value:format}`; the format's node is a `.text` without the colon.
  case interpolation(SyntaxID, format: SyntaxID?)
  /// A name.
  case name(NameID)
  /// `-x` and the like.
  case unary(UnaryOperation, SyntaxID)
  /// Unary plus: the operand, which must be a number or an array.
  case positive(SyntaxID)
  /// `x + y` and the like.
  case binary(BinaryOperation, SyntaxID, SyntaxID)
  /// `x @ y`
  case matrixProduct(SyntaxID, SyntaxID)
  /// `a < b <= c`: operands, and `.comparison` nodes between them.
  case comparisons(SyntaxList)
  /// The operator between two operands of `.comparisons`.
  case comparison(BinaryOperation)
  /// `x and y`
  case and(SyntaxID, SyntaxID)
  /// `x or y`
  case or(SyntaxID, SyntaxID)
  /// `not x`
  case not(SyntaxID)
  /// `if condition then yes else no`
  case conditional(SyntaxID, yes: SyntaxID, no: SyntaxID)
  /// `first..last` or `first..last by step`
  case range(SyntaxID, SyntaxID, step: SyntaxID?)
  /// `function(arguments)`
  case call(SyntaxID, SyntaxList)
  /// `receiver.name(arguments)`: `name(receiver, arguments)`, a built-in one where there is one.
  case method(SyntaxID, NameID, SyntaxList)
  /// `base[indices]`
  case index(SyntaxID, SyntaxList)
  /// `end` in an index.
  case end
  /// `:` as an index: all of the dimension.
  case all
  /// `f'`, `f''` and so on: the derivative of this order.
  case prime(SyntaxID, order: Int)
  /// `∇f`
  case nabla(SyntaxID)
  /// `base.name`
  case member(SyntaxID, NameID)
  /// `x -> body`; parameters are `.name`s.
  case lambda(SyntaxList, SyntaxID)
  /// `[a, b, c]`
  case array(SyntaxList)
  /// `[body for name in values if condition]`
  case comprehension(SyntaxID, NameID, SyntaxID, condition: SyntaxID?)

  // MARK: Statements

  /// `target = value`, and with an operation `target += value`.
  case assign(SyntaxID, BinaryOperation?, SyntaxID)
  /// `target := value`: changes a leaf's data.
  case setData(SyntaxID, SyntaxID)
  /// `plain name = value`
  case plain(NameID, SyntaxID)
  /// `name(parameters) = body`
  case define(NameID, SyntaxList, SyntaxID)
  /// `{ statements }`
  case block(SyntaxList)
  /// `if condition { } else …`; `no` is a block or another `if`.
  case `if`(SyntaxID, yes: SyntaxID, no: SyntaxID?)
  /// `for name in values { }`
  case `for`(NameID, SyntaxID, SyntaxID)
  /// `while condition { }`
  case `while`(SyntaxID, SyntaxID)
  /// `repeat count { }`
  case `repeat`(SyntaxID, SyntaxID)
  /// `restore { }`: statements that put a session together again.
  case restore(SyntaxID)
  case `break`
  case `continue`
  /// `return` or `return value`
  case `return`(SyntaxID?)
  /// A command with its arguments; the last of them may be `.option`s.
  case command(Command, SyntaxList)
  /// A word after a command's arguments, such as `accumulate`.
  case option(NameID)
  /// `to path` after a command's arguments.
  case destination(SyntaxID)
  /// `for name in values` after a command's arguments.
  case samples(NameID, SyntaxID)
  /// `title text` after a plot's arguments.
  case title(SyntaxID)
  /// `labels across, up` after a plot's arguments; the second one may be missing.
  case axisLabels(SyntaxList)
  /// How many operations deep a graph is drawn.
  case depth(SyntaxID)
  /// `x in first..last`, `y in first..last` after a plot's arguments.
  case axisRange(NameID, SyntaxID)
  /// `with slope at numbers` after a plot's arguments.
  case slope(SyntaxList)
  /// `import "path"`; the path's text is the node's range, quotes included.
  case `import`(SyntaxID)
  /// An expression as a statement.
  case evaluate(SyntaxID)
  /// A statement that ends in `;` with nothing after it on the line: it shows nothing.
  case silenced(SyntaxID)
  /// What could not be parsed; a problem has been recorded.
  case invalid
}

/// A command of the language.
enum Command: String, CaseIterable, Sendable {
  case backward, forward, print, show, graph, explain, check, plot, zero, assert, set, seed

  /// No command's name has more bytes.
  static let longestName = 16

  /// Whether the word is reserved: it can never be a name.
  var isReserved: Bool {
    switch self {
    case .backward, .forward, .print: true
    case .show, .graph, .explain, .check, .plot, .zero, .assert, .set, .seed: false
    }
  }

  /// Whether it draws, into a file after `to`.
  var isDrawing: Bool {
    switch self {
    case .graph, .plot: true
    case .backward, .forward, .print, .show, .explain, .check, .zero, .assert, .set, .seed: false
    }
  }

  /// Whether it shows what there is, and leaves values, gradients and the number shown last alone.
  var onlyShows: Bool {
    switch self {
    case .show, .graph, .explain, .check, .plot, .set, .seed: true
    case .backward, .forward, .print, .zero, .assert: false
    }
  }
}
