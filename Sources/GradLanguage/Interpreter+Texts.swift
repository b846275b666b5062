// What a text says, without running it: lessons and the prompt ask.

extension Interpreter {
  /// Whether a text is one expression and nothing else.
  public static func isExpression(_ text: String) -> Bool {
    let (tree, problems, _) = Parser.parse(SourceText(name: "", bytes: Array(text.utf8)))
    let statements = tree[tree.program]
    guard problems.isEmpty, statements.count == 1, let statement = statements.first else {
      return false
    }
    if case .evaluate = tree[statement] { return true }
    return false
  }

  /// The names that an input binds outside functions, in no order.
  public static func boundNames(in text: String) -> [String] {
    let tree = Parser.parse(SourceText(name: "", bytes: Array(text.utf8))).tree
    return tree[tree.program].flatMap { tree.assignedNames(in: $0).map { tree[$0] } }
  }

  /// The names that an expression takes from the session, in no order; built-in ones left out.
  public static func freeNames(in text: String) -> Set<String> {
    let tree = Parser.parse(SourceText(name: "", bytes: Array(text.utf8))).tree
    var used: Set<String> = []
    // Names of the expression itself; one of them that is also the session's is not noticed.
    var own = Set(GlobalNames.initial.names)
    var pending = Array(tree[tree.program])
    while let id = pending.popLast() {
      switch tree[id] {
      case .name(let name): used.insert(tree[name])
      case .comprehension(_, let name, _, _): own.insert(tree[name])
      case .lambda(let parameters, _):
        for case .name(let name) in tree[parameters].map({ tree[$0] }) { own.insert(tree[name]) }
      case _: break
      }
      pending += tree.children(of: id)
    }
    return used.subtracting(own)
  }

  /// What an input does that shows by commands, binds names, and does nothing else.
  public struct Aside: Equatable, Sendable {
    /// The commands that show.
    public var commands: Set<String> = []
    /// The names that are bound outside functions.
    public var names: Set<String> = []
  }

  /// What an input shows and binds; nil when it does anything else, or is wrong.
  public static func aside(in text: String) -> Aside? {
    let (tree, problems, _) = Parser.parse(SourceText(name: "", bytes: Array(text.utf8)))
    guard problems.isEmpty else { return nil }
    var aside = Aside()
    var pending = Array(tree[tree.program])
    while let id = pending.popLast() {
      switch tree[id] {
      case .silenced(let statement): pending.append(statement)
      case .command(let command, _) where command.onlyShows:
        aside.commands.insert(command.rawValue)
      case .define(let name, _, _), .plain(let name, _): aside.names.insert(tree[name])
      case .assign(let target, _, _):
        guard let name = tree.assignedName(target) else { return nil }
        aside.names.insert(tree[name])
      case _: return nil
      }
    }
    return aside
  }

  /// The commands outside blocks and functions of an input.
  public static func commands(in text: String) -> Set<String> {
    let tree = Parser.parse(SourceText(name: "", bytes: Array(text.utf8))).tree
    var commands: Set<String> = []
    for statement in tree[tree.program] {
      switch tree[statement] {
      case .command(let command, _): commands.insert(command.rawValue)
      case .silenced(let inner):
        if case .command(let command, _) = tree[inner] { commands.insert(command.rawValue) }
      case _: break
      }
    }
    return commands
  }
}
