extension Command {
  /// What `:help NAME` shows.
  var topic: HelpTopic {
    HelpTopic(rawValue, .command, otherNames: otherNames, summary: summary, text: help)
  }

  /// What its options are called.
  private var otherNames: [String] {
    switch self {
    case .backward: ["accumulate"]
    case .graph: ["depth", "to"]
    case .explain: ["paths"]
    case .plot: ["with", "points", "slope", "title", "labels", "tangent"]
    case .forward, .print, .show, .check, .zero, .assert, .seed, .set: []
    }
  }

  /// How it is written and what it does.
  var help: String {
    switch self {
    case .backward:
      """
      backward L              dL/dx for every value x, and the table of L's names
      backward L accumulate   added onto the present gradients

      All derivatives in one sweep; twice gives the same. Afterwards `x.grad` is dL/dx,
      0 for values that L does not depend on.
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
