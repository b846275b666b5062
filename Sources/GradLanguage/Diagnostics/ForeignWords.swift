/// Words that mean something in other languages and tools, and what does the same here.
///
/// A word that is one name here stands in `Suggestion.aliases`; here are those that take a sentence.
enum ForeignWords {
  /// What to do instead of using a word; nil for a word that is no habit from elsewhere.
  static func advice(for word: String) -> String? { advice[word] }

  /// What to do instead of `module.member`; nil where `word` is no module of functions.
  static func advice(for word: String, member: String) -> String? {
    guard modules.contains(word) else { return nil }
    if let advice = advice[member] { return advice }
    let isKnown =
      Builtin.indices[member] != nil || Builtin.constants.contains { $0.name == member }
    if let name = Suggestion.aliases[member] ?? (isKnown ? member : nil) {
      return "nothing stands before a name: `\(name)`"
    }
    return "nothing stands before a name: `sin(x)`, `pi`"
  }

  /// What to do instead of calling a word that is an ordinary name.
  static func advice(forCall word: String) -> String? {
    word == "c" ? advice["list"] : advice(for: word)
  }

  /// How the names of files end that somebody may name without quotes.
  static let fileEndings: Set<String> = [
    "csv", "tsv", "txt", "dat", "grad", "svg", "html", "dot", "png", "pdf",
  ]

  /// Whether a word is a module of functions, or a name that one is given.
  static func isModule(_ word: String) -> Bool { modules.contains(word) }

  /// Modules, and the names that they are given.
  private static let modules: Set<String> = [
    "np", "numpy", "numbers", "jnp", "jax", "torch", "nn", "F", "tf", "math", "Math", "cmath",
    "random", "std",
    "scipy", "Foundation", "sympy", "autograd", "pandas", "matplotlib", "sys", "os",
  ]

  private static let table: [([String], String)] = [
    (
      ["Value", "Variable", "Scalar", "Parameter"],
      "a number needs no wrapper: `x = 2` is part of the graph"
    ),
    (
      ["tensor", "Tensor", "asarray", "array", "Array", "vector", "matrix", "Matrix"],
      "an array is `[1, 2, 3]`, a matrix `[[1, 2], [3, 4]]`, a number `2`"
    ),
    (
      ["requires_grad", "requires_grad_", "retain_grad", "retain_graph"],
      "whatever a number that has a name leads to has a gradient: `x = 2`"
    ),
    (
      ["zero_grad", "zero_", "zerograd"],
      "`backward L` computes gradients anew; `zero` sets them to 0"
    ),
    (["optimizer", "optim", "optimiser"], "a step of descent is `w := w - 0.1*w.grad`"),
    (["no_grad", "with"], "`x.data`, `stop(x)` and `plain y = x` stay out of the graph"),
    (["item", "numpy", "tolist"], "the plain number is `x.data`"),
    (["range", "arange"], "counts are ranges, both ends included: `1..10`"),
    (
      ["derivative", "differentiate", "deriv", "derive", "gradient", "autograd"],
      "the derivative of a function is `f'(x)`, that of a result `diff(L, a)`"
    ),
    (
      ["printf", "echo", "puts", "disp", "display", "cout", "console", "fmt", "println"],
      "write `print x` or `print \"x is {x}\"`"
    ),
    (
      ["None", "none", "null", "nil", "undefined"], "there is no empty value; `nan` is not a number"
    ),
    (["int"], "`floor(x)` rounds down, `round(x)` to the nearest"),
    (["float", "double"], "numbers need no conversion"),
    (["str", "string", "format"], "a value in a text is `\"{x}\"`, with 4 decimals `\"{x:.4}\"`"),
    (["type", "typeof", "whatis"], "at the prompt `:help x` tells what `x` is"),
    (["who", "whos", "vars", "locals", "globals", "dir", "workspace"], "`show` lists all names"),
    (
      ["ls", "cd", "pwd", "sh", "git"],
      "shell commands are for another window; here `show` lists all names"
    ),
    (
      ["clear", "cls", "clc"], "Ctrl-L clears the screen; at the prompt `:reset` forgets all names"
    ),
    (["man", "doc", "apropos"], "at the prompt `:help tanh` tells about `tanh`"),
    (
      ["from", "using", "include", "require", "library", "use"],
      "`sin(x)`, `pi` and the rest are there already; `import \"file.grad\"` runs a file"
    ),
    (
      ["map", "apply", "vectorize", "vmap"],
      "functions work element by element: `f(v)`; an array of values is `[f(x) for x in v]`"
    ),
    (["filter"], "elements are chosen by `select(v, v > 0)`"),
    (
      ["reduce", "fold", "accumulate"],
      "a loop adds up: `s = 0; for x in v { s = s + x }`; there are `sum(v)` and `prod(v)`"
    ),
    (
      [
        "inv", "inverse", "det", "linsolve", "lstsq", "eig", "eigh", "svd", "lu", "qr", "rank",
        "trace",
        "tr", "cholesky", "chol", "pinv",
      ],
      "matrices have the product, and `transpose`, `sum`, `norm`, `outer`, `eye`"
    ),
    (
      ["solve", "fsolve", "root", "findroot", "newton", "bisect"],
      "Newton's method finds where f is 0: `plain x = 1; repeat 20 { x = x - f(x)/f'(x) }`"
    ),
    (
      ["integrate", "integral", "quad", "int_", "trapz"],
      "near it is a sum over the middles of steps: `0.01*sum([f(x) for x in 0.005..1 by 0.01])`"
    ),
    (
      ["minimize", "minimise", "maximize", "optimize", "fmin"],
      "a step of descent is `w := w - 0.1*w.grad` after `backward L`"
    ),
    (
      ["sind", "cosd", "tand", "deg2rad", "radians", "deg", "degrees", "rad2deg", "degree"],
      "angles are in radians: `sin(x*pi/180)`, and in degrees `x*180/pi`"
    ),
    (
      [
        "isnan", "is_nan", "isNaN", "isfinite", "is_finite", "isinf", "dropna", "nanmean",
        "ismissing",
      ],
      "`select(v, v == v)` leaves out what is not a number: only that differs from itself"
    ),
    (
      ["loglog", "semilogx", "semilogy", "logplot"],
      "over powers of ten it is `plot log10(v), log10(v)`"
    ),
    (
      ["subplot", "subplots", "figure", "errorbar", "errorbars", "contour", "surf", "plot3"],
      "each `plot v, v with points` is a picture of its own"
    ),
    (
      ["save", "dump", "savetxt", "to_csv"],
      "an array goes into a file by `write`, with a path in quotes; `:save` at the prompt keeps all"
    ),
    (
      ["percentile", "quantile"],
      "of the values nine tenths are below `sort(v)[ceil(0.9*length(v))]`"
    ),
    (
      ["argsort", "sortperm", "order", "rank_"],
      "the largest is at `argmax(v)`, and `sort(v)` has the values"
    ),
    (["seq"], "counts are ranges: `1..10 by 2`"),
    (["size"], "the lengths of an array are `shape(v)`, of a vector `length(v)`"),
    (["median"], "of an odd number of values it is `sort(v)[ceil(length(v)/2)]`"),
    (["trunc", "fix", "truncate"], "towards 0 it is `sign(x)*floor(abs(x))`"),
    (
      ["normal", "gauss", "rnorm"], "normal numbers of mean 1 and deviation 2 are `1 + 2*randn(10)`"
    ),
    (["uniform", "runif"], "numbers between 2 and 5 are `2 + 3*rand(10)`"),
    (["im", "complex"], "numbers are real: there are no complex ones"),
    (["matmul", "mm", "bmm"], "the product of matrices and vectors is `v @ v`"),
    (["numel", "count", "nelem"], "how many numbers an array has is `prod(shape(v))`"),
    (["flatten", "ravel", "vec"], "an array as a vector is `reshape(v, prod(shape(v)))`"),
    (["reverse", "flip", "fliplr", "rev"], "from the end it is `v[end..1 by -1]`"),
    (["cumprod"], "of positive numbers it is `exp(cumsum(log(v)))`"),
    (["mse", "MSELoss", "mse_loss"], "the mean square is `mean((v - 1)^2)`"),
    (["diag"], "a matrix with a vector on its diagonal is `v*eye(length(v))`"),
    (["one_hot", "onehot"], "the vector of 3 that has a 1 in place 2 is `eye(3)[2]`"),
    (
      ["cross_entropy", "CrossEntropyLoss", "log_softmax", "nll_loss"],
      "of scores v and the right place 2 it is `logsumexp(v) - v[2]`"
    ),
    (
      ["hcat", "hstack", "vcat", "vstack", "cat", "cbind", "rbind"],
      "arrays one after another are `concat(v, v)`, as rows of a matrix `stack(v, v)`"
    ),
    (
      ["polyfit", "curve_fit", "lsqcurvefit", "nls", "lm", "leastsq", "fit"],
      "a fit is descent on the sum of squares: `L = sum((v - w)^2)`, `backward L`, `w := w - 0.1*w.grad`"
    ),
    (
      ["read_csv", "csvread", "readtable", "loadtxt", "genfromtxt", "readcsv", "load"],
      "a table of numbers is read from a file by `read`, with its path in quotes"
    ),
    (["hist", "histogram", "scatter", "bar"], "points are drawn by `plot v, v with points`"),
    (["subs", "evaluate", "lambdify"], "a function is called with its argument: `f(3)`"),
    (["sec"], "write `1/cos(x)`"),
    (["csc", "cosec"], "write `1/sin(x)`"),
    (["cot", "ctg", "cotan"], "write `1/tan(x)`"),
    (["sech"], "write `1/cosh(x)`"),
    (["csch"], "write `1/sinh(x)`"),
    (["coth"], "write `1/tanh(x)`"),
    (["class", "struct", "enum"], "there are numbers, arrays, strings and functions"),
    (
      ["try", "catch", "except", "raise", "throw"],
      "a statement that fails changes nothing; `assert x > 0, \"why\"` stops"
    ),
    (
      ["del", "delete", "unset", "rm"],
      "at the prompt `:forget x` takes the name `x` away"
    ),
    (["until", "unless"], "conditions are those of `while x < 0 { … }` and `if x < 0 { … }`"),
    (
      ["switch", "match", "case", "select_case"],
      "cases are told apart by `if x > 0 { … } else if x < 0 { … }`"
    ),
    (
      ["global", "nonlocal"],
      "a function returns what it computes, and its names are its own: `x = f(x)`"
    ),
    (["list", "tuple"], "an array is `[1, 2, 3]`"),
    (
      ["ifelse", "iff", "cond"],
      "a choice is `if x > 0 then 1 else 2`, of arrays `where(v > 0, v, 0)`"
    ),
    (["randint", "randi"], "a die is `1 + floor(6*rand())`"),
    (["enumerate", "zip"], "two arrays go by their index: `for i in 1..length(v) { … }`"),
    (["pass"], "an empty block is `{ }`"),
    (["foreach", "loop"], "a loop is `for x in v { … }`"),
    (["do", "begin"], "a block stands in braces: `{ … }`"),
    (["quit", "exit"], "a program ends with its text; at the prompt `:quit` leaves"),
    (["help"], "at the prompt `:help` tells what there is"),
  ]

  private static let advice: [String: String] = {
    var advice: [String: String] = [:]
    for (words, text) in table {
      for word in words { advice[word] = text }
    }
    return advice
  }()

  /// All words with what is said of them.
  static var all: [String: String] { advice }
}
