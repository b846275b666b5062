import Autograd

/// What the tool can say about itself: for `:help` at the prompt.
public enum Help {
  /// One screen for someone who has just arrived.
  public static let overview = """
    Type what you compute; bind names with `=`, then ask for gradients:

      a = 2; b = -3            two values that derivatives can be taken for
      L = a*b + sin(a)         a result; how it was computed is kept
      backward L               dL/da and dL/db, and of every value on the way
      a := 2.1; forward L      change a value in place and compute L again
      f(x) = x^2 + 1           a function; its body may be a block { … }
      for i in 1..10 { … }     also while, repeat, if … else
      print a, "L is {L:.4}"   values and strings
      show                     all names with data and gradients

    :lesson          a short course, from a slope to a neuron that learns
    :help tanh       a function or command, or what an error means: `:help E001`
    :help functions  all functions
    :quit            leaves, as Ctrl-D does

    Tab completes a name, Up brings back earlier lines. Ctrl-C drops what is
    typed, or stops what is computed.
    """

  /// What is known about a topic: a function, a constant, a command or a code; nil when nothing is.
  public static func text(about topic: String) -> String? {
    if topic == "functions" { return functions }
    if let index = Builtin.indices[topic] { return Builtin.all[index].help }
    if let constant = Builtin.constants.first(where: { $0.name == topic }) {
      return "\(constant.name) = \(NumberFormat.shortest.text(constant.value))"
    }
    if let command = Command(rawValue: topic) { return command.help }
    return Problem.explanation(of: topic.uppercased()).map(text)
  }

  /// The names that `text(about:)` knows, and the codes.
  public static var topics: [String] {
    ["functions"] + Builtin.indices.keys + Command.allCases.map(\.rawValue)
      + Builtin.constants.map(\.name) + Problem.codes
  }

  /// The topic nearest to one that is not known.
  public static func nearest(to topic: String) -> String? {
    Suggestion.nearest(to: topic, among: topics.sorted())
  }

  /// How lessons at the prompt are asked for.
  public static let lesson = """
    :lesson           begins the course, or goes on where it was left; sets a step up again
    :lesson hint      helps with the present step; `hint` will do
    :lesson answer    tells a line that does it
    :lesson skip      goes on to the next step
    :lesson list      all steps
    :lesson 4         goes to a step
    :lesson again     from the start
    :lesson quit      leaves the course, not grad
    :lesson ./x.course    a course of your own, from a text file
    :lesson check         tries its answers and examples out
    """

  /// The signatures of all functions.
  private static var functions: String {
    let known = Builtin.all.filter { $0 != .unary(.negate) }
    let width = (known.map(\.signature.count).max() ?? 0) + 2
    return known.map { builtin in
      let gap = String(repeating: " ", count: width - builtin.signature.count)
      return builtin.signature + gap + builtin.summary
    }.joined(separator: "\n")
  }

  private static func text(_ explanation: Problem.Explanation) -> String {
    var text = "\(explanation.code): \(explanation.title)\n\n\(explanation.text)"
    if let example = explanation.example { text += "\n\nWrong:\n\(indented(example))" }
    if let mended = explanation.mended { text += "\n\nRight:\n\(indented(mended))" }
    return text
  }

  private static func indented(_ text: String) -> String {
    text.split(separator: "\n", omittingEmptySubsequences: false).map { "    " + $0 }
      .joined(separator: "\n")
  }
}

extension Command {
  /// How it is written and what it does.
  var help: String {
    switch self {
    case .backward:
      """
      backward L              dL/dx for every value x, and the table of L's names
      backward L accumulate   added onto the present gradients

      Twice gives the same; afterwards `x.grad` is dL/dx, 0 for values that L does
      not depend on.
      """
    case .forward:
      """
      forward L    computes L again from leaves whose data was changed with `:=`
      forward      does so for everything
      """
    case .print: "print a, \"loss {L:.4}\"    values and strings, separated by spaces"
    case .show:
      """
      show      all names with data, gradient and how each was computed
      show L    the names in L's graph
      """
    case .graph:
      """
      graph L               how L was computed, as a tree: data, gradient and operation
      graph L depth 2       no deeper than so many operations
      graph L to "L.html"   as a page that steps through both sweeps, for any browser
      graph L to "L.dot"    as a picture; also .svg, and .png and .pdf, which take Graphviz
      """
    case .explain:
      """
      explain L             the reverse sweep from L, step by step: local derivatives as formulas and
                            numbers, and what is added to each gradient
      explain a             of a leaf: each share of its gradient in the last `backward`
      explain a paths       how many ways lead from a to the result, and which weigh most
      """
    case .check:
      """
      check L    gradients beside the slopes that differences find, a verdict for each leaf and
                 the reason where they disagree: a kink, a jump, `stop`, NaN
      """
    case .plot:
      """
      plot f(x) for x in -5..5           a curve; several: `plot f(x), g(x) for x in 0..10`
      plot ys, plot xs, ys               the numbers of arrays
      plot xs, ys with points            dots that are not joined
      plot f(x) for x in -5..5 with slope at 3
                                         with the tangent at 3, its slope exact;
                                         several: `with slope at -1, 2`

      After these, in any order:
      title "heat {n}"                   above the plot
      labels "time", "height"            beside the axes
      y in 0..10                         what is shown; of arrays also `x in 0..5`
      to "f.svg"                         into a file; .png and .pdf with gnuplot
      """
    case .zero: "zero    sets every gradient to 0"
    case .assert:
      "assert condition, \"why\"    stops with an error, showing both sides, where it is false"
    case .seed:
      """
      seed 42                 random numbers begin anew, the same ones for the same number
      """
    case .set:
      """
      set digits 17      digits shown, 1 to 17; `full` for the shortest text that reads back
      set trap on        a result that is not finite is an error
      set kinks error    so is a gradient taken at a kink
      """
    }
  }
}
