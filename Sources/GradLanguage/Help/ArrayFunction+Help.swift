extension ArrayFunction {
  /// What help and grammar.md say of it.
  var help: OperationHelp {
    switch self {
    case .sum:
      .init(
        "the sum", shapes: "any → a number; (m×n) along 1 → (n), along 2 → (m)",
        derivative: "1 for each", edges: "of no numbers 0",
        example: "print sum([1, 2, 3]), sum([[1, 2], [3, 4]], 1)", shows: "6 [4, 6]")
    case .prod:
      .init(
        "the product", shapes: "any → a number; (m×n) along 1 → (n), along 2 → (m)",
        derivative: "the product of the others",
        edges: "of no numbers 1; exact where factors are 0",
        example: "print prod([2, 3, 4]), grad(prod)([2, 3, 4])", shows: "24 [12, 8, 6]")
    case .mean:
      .init(
        "the mean", shapes: "any → a number; (m×n) along 1 → (n), along 2 → (m)",
        derivative: "1/n for each", edges: "of no numbers NaN",
        example: "print mean([1, 2, 6]), mean([[1, 2], [3, 4]], 2)", shows: "3 [1.5, 3.5]")
    case .var:
      .init(
        "the population variance: the mean of the squares of the distances to the mean",
        shapes: "any → a number; (m×n) along 1 → (n), along 2 → (m)", derivative: "2(x − mean)/n",
        edges: "of no numbers NaN", example: "print var([1, 2, 3, 4])", shows: "1.25")
    case .std:
      .init(
        "the standard deviation: the root of the population variance",
        shapes: "any → a number; (m×n) along 1 → (n), along 2 → (m)",
        derivative: "(x − mean)/(n·std)",
        edges: "0 where all are equal, a kink",
        example: "print std([1, 3]), grad(std)([1, 3])", shows: "1 [-0.5, 0.5]")
    case .norm:
      .init(
        "the root of the sum of the squares, without overflow",
        shapes: "any → a number; (m×n) along 1 → (n), along 2 → (m)", derivative: "x/norm",
        edges: "0 where all are 0", example: "print norm([3, 4]), grad(norm)([3, 4])",
        shows: "5 [0.6, 0.8]")
    case .logsumexp:
      .init(
        "log(sum(exp(v))), without overflow",
        shapes: "any → a number; (m×n) along 1 → (n), along 2 → (m)", derivative: "softmax(v)",
        edges: "of no numbers, or where all are −inf, −inf",
        example: "print logsumexp([0, 0]), logsumexp([1000, 1000])",
        shows: "0.69314718056 1000.69314718")
    case .softmax:
      .init(
        "exp(v)/sum(exp(v)), without overflow", shapes: "any → that of the argument",
        derivative: "y·(g − sum(g·y)) for the value y and its adjoint g",
        edges:
          "without a dimension over all numbers; numbers that are inf share all, as do those of all −inf",
        example: "print softmax([0, 0]), softmax([[0, 0], [0, 0]], 2)",
        shows: "[0.5, 0.5] [[0.5, 0.5], [0.5, 0.5]]")
    case .cumsum:
      .init(
        "the running sums", shapes: "any → that of the argument",
        derivative: "1 for each that comes before", edges: "without a dimension row after row",
        example: "print cumsum([1, 2, 3])", shows: "[1, 3, 6]")
    case .sort:
      .init(
        "in ascending order", shapes: "any → that of the argument",
        derivative: "each flows back to its own place",
        edges: "NaN last; without a dimension along the last one", example: "print sort([3, 1, 2])",
        shows: "[1, 2, 3]")
    case .argmin:
      .init(
        "the position of the smallest, from 1",
        shapes: "any → a number; (m×n) along 1 → (n), along 2 → (m)", derivative: "0",
        edges: "the first of several; of a matrix row after row; NaN counts as the "
          + "smallest; of no numbers an error",
        example: "print argmin([3, 1, 2])", shows: "2")
    case .argmax:
      .init(
        "the position of the largest, from 1",
        shapes: "any → a number; (m×n) along 1 → (n), along 2 → (m)", derivative: "0",
        edges: "likewise, NaN as the largest",
        example: "print argmax([3, 1, 3]), argmax([[1, 2], [4, 3]], 2)", shows: "1 [2, 1]")
    case .all:
      .init(
        "1 where none is 0, else 0", shapes: "any → a number; (m×n) along 1 → (n), along 2 → (m)",
        derivative: "0", edges: "of no numbers 1", example: "print all([1, 0]), all([1, 2] > 0)",
        shows: "0 1")
    case .any:
      .init(
        "1 where one is not 0, else 0",
        shapes: "any → a number; (m×n) along 1 → (n), along 2 → (m)", derivative: "0",
        edges: "of no numbers 0", example: "print any([1, 0]), any([1, 2] > 2)", shows: "1 0")
    case .dot:
      .init(
        "the sum of the products", shapes: "(n), (n) → a number", derivative: "v, u",
        edges: "one shape", example: "print dot([1, 2], [3, 4])", shows: "11")
    case .outer:
      .init(
        "the matrix of all products u[i]·v[j]", shapes: "(m), (n) → (m×n)",
        derivative: "v[j], u[i]", example: "print outer([1, 2], [3, 4])", shows: "[[3, 4], [6, 8]]")
    case .transpose:
      .init(
        "the dimensions in reverse order", shapes: "(m×n) → (n×m)", derivative: "transposed back",
        edges: "a vector is itself", example: "print transpose([[1, 2], [3, 4]])",
        shows: "[[1, 3], [2, 4]]")
    case .reshape:
      .init(
        "the same numbers, row by row, in another shape of 1 to 8 dimensions",
        shapes: "any → (rows×columns)", derivative: "in the old shape", edges: "as many numbers",
        example: "print reshape(1..6, 2, 3)", shows: "[[1, 2, 3], [4, 5, 6]]")
    case .shape:
      .init(
        "the lengths along the dimensions", shapes: "any → one number for each dimension",
        edges: "of a number empty; plain", example: "print shape([[1, 2, 3], [4, 5, 6]])",
        shows: "[2, 3]")
    case .length:
      .init(
        "the number of elements of an array, of rows of a matrix", shapes: "any → a number",
        edges: "plain", example: "print length([1, 2, 3]), length([[1, 2], [3, 4]])", shows: "3 2")
    case .concat:
      .init(
        "one after another along the first dimension", shapes: "(m), (n) → (m + n)",
        derivative: "flows to its part",
        edges: "numbers count as elements, a row beside a matrix as a row",
        example: "print concat([1], [2, 3], 4)", shows: "[1, 2, 3, 4]")
    case .stack:
      .init(
        "the elements, or rows, of a new array, as [u, v]; of a table its columns",
        shapes: "(n), (n) → (2×n)",
        derivative: "flows to its part", edges: "one shape", example: "print stack([1, 2], [3, 4])",
        shows: "[[1, 2], [3, 4]]")
    case .append:
      .init(
        "the array with one more element or row", shapes: "(n), a number → (n + 1)",
        derivative: "flows to its part", example: "print append([1, 2], 3)", shows: "[1, 2, 3]")
    case .select:
      .init(
        "the elements, or rows, where the mask is not 0",
        shapes: "(n), (n) → one for each that is chosen", derivative: "1 for the chosen",
        edges: "a mask of as many numbers, which leaves a guard",
        example: "v = [3, -1, 2]; print select(v, v > 0)", shows: "[3, 2]")
    case .zeros:
      .init(
        "zeros, in up to 8 dimensions", shapes: "→ (n), (rows×columns)",
        edges: "plain; at most 268435456 numbers", example: "print zeros(3), zeros(2, 2)",
        shows: "[0, 0, 0] [[0, 0], [0, 0]]")
    case .ones:
      .init(
        "ones", shapes: "→ (n), (rows×columns)", edges: "likewise",
        example: "print ones(3), ones(2, 2)", shows: "[1, 1, 1] [[1, 1], [1, 1]]")
    case .full:
      .init(
        "an array of the number x", shapes: "→ (n), (rows×columns)", derivative: "1 for each",
        edges: "tracked when x is", example: "print full(3, 7), full(2, 2, 0.5)",
        shows: "[7, 7, 7] [[0.5, 0.5], [0.5, 0.5]]")
    case .eye:
      .init(
        "the identity matrix", shapes: "→ (n×n)", edges: "plain", example: "print eye(2)",
        shows: "[[1, 0], [0, 1]]")
    case .linspace:
      .init(
        "n numbers, evenly spaced, both ends included", shapes: "→ (n)", derivative: "their shares",
        edges: "for n = 1 the first", example: "print linspace(0, 1, 5)",
        shows: "[0, 0.25, 0.5, 0.75, 1]")
    }
  }
}
