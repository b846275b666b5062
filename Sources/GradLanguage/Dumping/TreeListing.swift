import Autograd

/// A syntax tree as S-expressions: `(assign d (* a b))`.
///
/// A statement is one line; those of a block stand on lines of their own, indented. A flat sum of a
/// million terms is a deep tree: nothing here is recursive.
struct TreeListing {
  private let tree: SyntaxTree
  private let source: SourceText

  init(_ tree: SyntaxTree, _ source: SourceText) {
    self.tree = tree
    self.source = source
  }

  /// The statements, one after another.
  var text: String { tree[tree.program].map { text(of: $0) + "\n" }.joined() }

  /// What is still to be written.
  private enum Piece {
    case text(String)
    case node(SyntaxID)
    /// A new line, this much deeper indented from here on.
    case indent(Int)
  }

  /// A node and all that is below it.
  func text(of id: SyntaxID) -> String {
    var result = ""
    var pending: [Piece] = [.node(id)]
    var indentation = 0
    while let piece = pending.popLast() {
      switch piece {
      case .text(let text): result += text
      case .indent(let change):
        indentation += change
        if change >= 0 { result += "\n" + String(repeating: "  ", count: indentation) }
      case .node(let id): pending.append(contentsOf: pieces(of: id).reversed())
      }
    }
    return result
  }

  private func pieces(of id: SyntaxID) -> [Piece] {
    switch tree[id] {
    case .number(let number): [.text(NumberFormat.shortest.text(number))]
    case .string(let parts): form("string", tree[parts])
    case .text: [.text("\"\(source.text(tree.range(id)))\"")]
    case .interpolation(let value, let format): form("interpolation", [value], format)
    case .name(let name): [.text(tree[name])]
    case .unary(let operation, let x): form(operation.name, [x])
    case .positive(let x): form("+", [x])
    case .binary(let operation, let x, let y): form(operation.name, [x, y])
    case .matrixProduct(let x, let y): form("@", [x, y])
    case .comparisons(let parts): form("comparisons", tree[parts])
    case .comparison(let operation): [.text(operation.name)]
    case .and(let x, let y): form("and", [x, y])
    case .or(let x, let y): form("or", [x, y])
    case .not(let x): form("not", [x])
    case .conditional(let condition, let yes, let no): form("conditional", [condition, yes, no])
    case .range(let first, let last, let step): form("range", [first, last], step)
    case .call(let function, let arguments): form("call", [function] + tree[arguments])
    case .method(let receiver, let name, let arguments):
      form("method .\(tree[name])", [receiver] + tree[arguments])
    case .index(let base, let indices): form("index", [base] + tree[indices])
    case .end: [.text("end")]
    case .all: [.text(":")]
    case .prime(let function, let order):
      form("prime" + String(repeating: "'", count: order), [function])
    case .nabla(let function): form("∇", [function])
    case .member(let base, let name): form("member .\(tree[name])", [base])
    case .lambda(let parameters, let body): form("lambda \(names(parameters))", [body])
    case .array(let elements): form("array", tree[elements])
    case .comprehension(let body, let name, let values, let condition):
      form("comprehension \(tree[name])", [values, body], condition)
    case .assign(let target, let operation, let value):
      form(operation.map { "\($0.name)=" } ?? "assign", [target, value])
    case .setData(let target, let value): form(":=", [target, value])
    case .plain(let name, let value): form("plain \(tree[name])", [value])
    case .define(let name, let parameters, let body):
      form("define \(tree[name]) \(names(parameters))", [body])
    case .block(let statements): block(tree[statements])
    case .if(let condition, let yes, let no): form("if", [condition, yes], no)
    case .for(let name, let values, let body): form("for \(tree[name])", [values, body])
    case .while(let condition, let body): form("while", [condition, body])
    case .repeat(let count, let body): form("repeat", [count, body])
    case .restore(let body): form("restore", [body])
    case .break: [.text("(break)")]
    case .continue: [.text("(continue)")]
    case .return(let value): form("return", [], value)
    case .command(let command, let arguments): form(command.rawValue, tree[arguments])
    case .option(let name): [.text(":\(tree[name])")]
    case .destination(let path): form("to", [path])
    case .samples(let name, let values): form("for \(tree[name])", [values])
    case .title(let text): form("title", [text])
    case .depth(let depth): form("depth", [depth])
    case .axisLabels(let labels): form("labels", tree[labels])
    case .axisRange(let axis, let ends): form("\(tree[axis]) in", [ends])
    case .slope(let places): form("slope at", tree[places])
    case .import(let path): form("import", [path])
    case .evaluate(let expression): form("evaluate", [expression])
    case .silenced(let statement): form("silenced", [statement])
    case .invalid: [.text("(invalid)")]
    }
  }

  /// `(head child child)`
  private func form(
    _ head: String, _ children: some Sequence<SyntaxID>, _ last: SyntaxID? = nil
  ) -> [Piece] {
    var pieces: [Piece] = [.text("(" + head)]
    for child in Array(children) + (last.map { [$0] } ?? []) {
      pieces += [.text(" "), .node(child)]
    }
    return pieces + [.text(")")]
  }

  /// A block: each statement on a line of its own.
  private func block(_ statements: some Sequence<SyntaxID>) -> [Piece] {
    var pieces: [Piece] = [.text("(block")]
    for statement in statements {
      pieces += [.indent(1), .node(statement), .indent(-1)]
    }
    return pieces + [.text(")")]
  }

  /// The names of parameters: `(x y)`.
  private func names(_ parameters: SyntaxList) -> String {
    let names = tree[parameters].map { id -> String in
      if case .name(let name) = tree[id] { return tree[name] }
      return "?"
    }
    return "(\(names.joined(separator: " ")))"
  }
}
