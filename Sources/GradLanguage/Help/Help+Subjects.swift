import Autograd

extension Help {
  /// Groups of topics, and what many of them have in common.
  static let subjects = [
    list("topics", ["topic"], "what help knows about", topicList),
    list("functions", ["function list", "builtins"], "all built-in functions", functionList),
    list("constants", [], "the numbers that have names", listing(constants)),
    list("operators", [], "all operators and signs", operatorList),
    list(
      "statements", [], "all statements that are no commands",
      listing(Construct.allCases.filter(\.isStatement).map(\.topic))),
    list("commands", [], "all commands of the language", commandList),
    list("settings", [], "what `set` changes", listing(Setting.allCases.map(\.topic))),
    list("errors", ["warnings", "notes", "codes"], "all errors, warnings and notes", errorList),
    list(
      "derivatives", ["derivative", "gradient", "gradients", "differentiate", "autodiff"],
      "the ways to get derivatives", derivatives),
    list(
      "arrays", ["array", "vector", "vectors", "matrix", "matrices", "shape of arrays"],
      "vectors and matrices", arrays),
    list("strings", ["text"], "text with values in it", Construct.string.topic.text),
    list(
      "ans", ["last result"], "the last result at the prompt",
      "ans    the value that was shown last, until a name of one's own takes its place"),
    list("files", ["file", "csv"], "reading, writing and importing files", files),
    list(
      "terms",
      [
        "leaf", "leaves", "node", "nodes", "operand", "tracked", "tracking", "stale", "adjoint",
        "tape",
        "sweep", "broadcasting", "broadcast", "kink",
      ],
      "leaf, tracked, stale and other words of messages and tables", terms),
    list(
      "training",
      ["train", "optimisation", "optimization", "descent", "fit", "fitting", "adam", "weights"],
      "changing numbers until a result is small", training),
  ]

  private static func list(
    _ name: String, _ otherNames: [String], _ summary: String, _ text: String
  ) -> HelpTopic {
    HelpTopic(
      name, .subject, otherNames: otherNames, summary: summary, text: text, searched: summary)
  }

  /// A line for each topic.
  public static func listing(_ topics: [HelpTopic]) -> String {
    let rows = topics.map { (form: $0.form, meaning: $0.summary) }
    let width = rows.map(\.form.count).max() ?? 0
    return rows.map { row in
      row.form + String(repeating: " ", count: width + 2 - row.form.count) + row.meaning
    }.joined(separator: "\n")
  }

  private static func headed(_ title: String, _ topics: [HelpTopic]) -> String {
    "\(title)\n" + indented(listing(topics))
  }

  private static func indented(_ text: String) -> String {
    text.split(separator: "\n").map { "  " + $0 }.joined(separator: "\n")
  }

  private static var functionList: String {
    var groups: [(title: String, topics: [HelpTopic])] = []
    for builtin in Builtin.all where builtin != .unary(.negate) {
      if groups.last?.title != builtin.group { groups.append((builtin.group, [])) }
      groups[groups.count - 1].topics.append(builtin.topic)
    }
    return groups.map(headed).joined(separator: "\n")
  }

  private static var operatorList: String {
    listing(constructs.filter { $0.kind == .operator })
      + "\n\nFrom loose to tight: if … else and ->, or, and, not, comparisons, .. by,\n"
      + "+ -, * / // % @, unary -, ^, then what touches its operand: ( ) [ ] . '"
  }

  private static var commandList: String { listing(Command.allCases.map(\.topic)) }

  private static var errorList: String {
    listing(errors) + "\n\n`:help E011` explains one, with an example and its mended form."
  }

  private static let topicList = """
    functions, constants         what is built in
    operators, statements        what the language is made of
    commands, settings           what shows, draws and checks, and how
    errors                       all errors, warnings and notes, by their codes
    derivatives, arrays          the ways to get derivatives; vectors and matrices
    strings, files               text with values in it; reading and writing
    terms, training              the words of messages; a loop that fits numbers

    `:help` and a name tells about one; `:apropos` and a word finds some.
    """

  private static let derivatives = """
    backward L             dL/dx for every x that L was computed from: `x.grad`
    diff(L, a)             dL/da as a value; diff(L, a, b) is d²L/da db
    grad(L, [a, b])        the gradient of a result
    f'(3), f''(3)          of a function of one number
    grad(f)(x, y), ∇f(x)   of a function of several, or of an array
    jacobian(f), hessian(f)    all first derivatives of an array, all second ones
    jvp, vjp, hvp, taylor      along a direction, weighted, of order 0 to n

    All are exact, through functions, loops and branches, and can be differentiated
    again. `explain L` shows each step, `check L` holds them against differences,
    `plot f(x) for x in -2..2 with slope at 1` draws a tangent.
    """

  private static let arrays = """
    [1, 2, 3]              a vector; a matrix row by row is [[1, 2], [3, 4]]
    v[1], v[2..end], A[:, 2]    parts: indices count from 1
    A*2 + v, sin(v)        element by element; a vector is added to each row
    A @ B, A @ v           the matrix product
    sum(A), sum(A, 1)      of all numbers, or along a dimension
    max(A), max(A, 2)      the largest of all; the larger of each number and 2
    [max(r) for r in A]    the largest of each row
    zeros(2, 3), 1..5      new ones; also ones, full, eye, linspace, rand
    v[2] = 5               another array with this part; `v[2] := 5` changes v

    Gradients have the shape of their array. `:help functions` lists the rest.
    """

  private static let terms = """
    node          a number or array in the graph, with the operation that made it
    leaf          one that was given, as by `a = 2`; `a := 3` changes its data
    tracked       in the graph: `plain k = 2`, `a.data` and `stop(a)` are not
    gradient      what `backward L` leaves in a value: dL/da is `a.grad`
    stale         computed from data that has changed since, until `forward`
    kink          a point where slopes differ on both sides, as of abs at 0
    broadcasting  A + v adds v to each row of A: lengths are equal, or one is 1
    """

  private static let training = """
    W = randn(3, 2)*0.1; b = zeros(2)    leaves that are to be fitted to X, Y
    repeat 1000 {
      L = mean((X @ W + b - Y)^2)        what is to become small
      backward L
      W := W - 0.1*W.grad                in place: the graph does not grow
      b := b - 0.1*b.grad
    }

    With momentum: `plain m = 0` before the loop, `plain m = 0.9*m + W.grad` in it.
    `write(W, "W.csv")` keeps the numbers, `transpose(stack(read("W.csv")))` has
    them again. Of few numbers, Newton's method needs fewer steps: `hessian`.
    """

  private static let files = """
    import "lib.grad"         runs a file in this session, once
    t = read("x.csv")         a table; `t.name` is a column, `stack(t)` all of them
    write(A, "x.csv")         writes an array or a table
    graph L to "L.svg"        a drawing; also .html, .dot, .png, .pdf
    plot f(x) for x in 0..1 to "f.svg"    a plot

    `grad FILE` runs a file from the shell; `grad --help` tells more.
    """
}

extension HelpTopic {
  /// How a list calls it: a function by its first form.
  fileprivate var form: String {
    guard kind == .function, let end = text.firstIndex(of: ")") else { return name }
    return String(text[...end])
  }
}

extension Builtin {
  /// The heading under which a list has it.
  var group: String {
    switch self {
    case .unary, .binary, .ternary, .fold: "Of numbers, and element by element"
    case .array: "Of arrays"
    case .derivative: "Derivatives and gradients"
    case .random: "Random numbers"
    case .file: "Files"
    }
  }
}
