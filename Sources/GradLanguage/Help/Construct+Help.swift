extension Construct {
  /// What help says of it.
  var help: ConstructHelp {
    switch self {
    case .assignment:
      .init(
        "binds a name to a value",
        """
        x = 2         binds the name; outside functions a number becomes a leaf of the graph
        v[i] = 5      binds v to an array in which this part is replaced
        x.data = 3    changes a leaf in place, as `:=` does
        x.grad = 1    sets a gradient by hand

        What was computed from the old value keeps it.
        """,
        example: "a = 2; a = a + 3; print a", shows: "5")
    case .change:
      .init(
        "changes the data of a leaf in place",
        """
        x := 2.1       changes the data of a leaf; what depends on it is stale until `forward`
        v[i] := 5      changes a part of an array

        A value that was computed has no data to change: bind its name again with `=`.
        """,
        example: "a = 2; L = a^2; a := 3\nforward L;\nprint L", shows: "9")
    case .update:
      .init(
        "computes with a name's value and binds the name anew",
        """
        x += 2         x = x + 2; so do -= *= /= ^=
        v[i] += 1      the same with a part of an array
        x.data -= 0.1  changes a leaf in place
        """,
        example: "x = 3; x += 2; x *= 10; print x", shows: "50")
    case .definition:
      .init(
        "defines a function",
        """
        f(x) = x^2             its value is an expression
        f(x, y) = { … }        or a block's last expression, or what `return` gives
        f = x -> x^2           a function without a name, bound to one

        Names that a function assigns are its own. What it does in loops, branches and
        calls is differentiated: `f'(3)`, `grad(f)`, `backward f(a)`.
        """,
        example: "f(x, y) = { s = x + y; s^2 }; print f(1, 2), f(3, 4)", shows: "9 49")
    case .plain:
      .init(
        "binds a name whose values stay out of the graph",
        """
        plain s = 0    data alone, now and whatever is assigned later: no gradient, no nodes
        """,
        example: "plain s = 0; a = 2; s += a^2; print s", shows: "4")
    case .if:
      .init(
        "chooses by a condition",
        """
        if c { … } else if d { … } else { … }    runs the first block whose condition holds
        if c then a else b                       a value; only the one taken is computed

        A condition is one number: 0 is false, any other true. `else` stands on the
        line of the `}` before it.
        """,
        example: "x = -2; y = if x < 0 then -x else x; if y > 1 { print \"large\", y }",
        shows: "large 2")
    case .for:
      .init(
        "runs a block for each of several values",
        """
        for i in 1..3 { … }            the numbers of a range
        for x in v { … }               the elements of an array, the rows of a matrix
        [x^2 for x in v if x > 0]      an array of what an expression gives for each
        plot f(x) for x in -5..5       a curve
        """,
        example: "for i in 1..3 { print i, i^2 }\nprint [i^2 for i in 1..3]",
        shows: "1 1\n2 4\n3 9\n[1, 4, 9]")
    case .while:
      .init(
        "runs a block as long as a condition holds",
        "while x > 1 { … }    Ctrl-C stops it; so do `break`, and `return` in a function",
        example: "x = 10; while x > 3 { x = x/2 }; print x", shows: "2.5")
    case .repeat:
      .init(
        "runs a block so many times", "repeat 100 { … }",
        example: "x = 1; repeat 3 { x = 2*x }; print x", shows: "8")
    case .jump:
      .init(
        "leaves a loop, or its round",
        """
        break       leaves the innermost loop
        continue    goes on with its next round
        """,
        example: "for i in 1..9 { if i == 2 { continue }; if i > 3 { break }; print i }",
        shows: "1\n3")
    case .return:
      .init(
        "leaves a function, with a value",
        """
        return x    gives x
        return      gives none

        Without it a function's value is its last expression.
        """,
        example: "f(x) = { if x < 0 { return 0 }; sqrt(x) }; print f(-4), f(4)", shows: "0 2")
    case .import:
      .init(
        "runs another file in this session, once",
        """
        import "lib.grad"    looked for beside the file that names it, then as it stands
        """,
        example: "import \"data/lines.grad\"; print line(0, 2, 3)", shows: "6")
    case .matrixProduct:
      .init(
        "the matrix product",
        """
        A @ B    of two matrices
        A @ v    of a matrix and a vector, which stands as a column; v @ A as a row
        u @ v    of two vectors: the sum of the products

        The last length of the left side is the first of the right one. Derivatives: for
        A the adjoint @ transpose(B), for B transpose(A) @ the adjoint.
        """,
        example: "A = [[1, 2], [3, 4]]; print A @ [1, -1], A @ A, [1, 2] @ [3, 4]",
        shows: "[-1, -1] [[7, 10], [15, 22]] 11")
    case .negation:
      .init(
        "the negative",
        "-x    binds less tightly than `^`: -2^2 is -(2^2). Derivative: -1",
        example: "print -2^2, (-2)^2, -[1, 2]", shows: "-4 4 [-1, -2]")
    case .range:
      .init(
        "the numbers from one to another",
        """
        1..4           1, 2, 3, 4: both ends are included
        10..1 by -4    in other steps
        v[2..end]      part of an array
        """,
        example: "print 1..4, 10..1 by -4, 0..1 by 0.5",
        shows: "[1, 2, 3, 4] [10, 6, 2] [0, 0.5, 1]")
    case .and:
      .init(
        "1 where both sides hold, else 0",
        "a and b    the right side is looked at only where the left one holds",
        example: "x = 0.5; print x > 0 and x < 1, 0 < x < 1", shows: "1 1")
    case .or:
      .init(
        "1 where one side holds, else 0",
        "a or b    the right side is looked at only where the left one does not hold",
        example: "x = 5; print x < 0 or x > 1", shows: "1")
    case .not:
      .init(
        "1 where it does not hold, else 0", "not a    binds less tightly than comparisons",
        example: "x = 5; print not x > 1", shows: "0")
    case .lambda:
      .init(
        "a function without a name",
        """
        x -> x^2           of one parameter; `→` too
        (x, y) -> x*y      of several
        x -> { … }         with a block
        """,
        example: "twice = f -> x -> f(f(x)); print twice(x -> x^2)(3), (x -> x^3)'(2)",
        shows: "81 12")
    case .prime:
      .init(
        "the derivative of a function of one number",
        """
        f'       the derivative, a function; it touches what it differentiates
        f''      the second one, and so on
        f'(3)    its value

        Exact, also of what f does in loops, branches and calls. Of more arguments take
        `grad(f)`, of a computed value `diff(L, a)` or `backward L`.
        """,
        example: "f(x) = x^3; print f'(2), f''(2), sin'(0)", shows: "12 12 1")
    case .nabla:
      .init(
        "the gradient of a function", "∇f(x, y)    the same as grad(f)(x, y)",
        example: "g(x, y) = x^2*y; print ∇g(3, 2)", shows: "[12, 9]")
    case .bracket:
      .init(
        "calls a function, or groups",
        """
        f(x)        a call: the bracket touches the function
        (a + b)*c   groups; there is no product without its sign
        """,
        example: "print sqrt(16), (1 + 2)*3", shows: "4 9")
    case .index:
      .init(
        "an array, or a part of one",
        """
        [1, 2, 3]            an array; a matrix row by row is [[1, 2], [3, 4]]
        [x^2 for x in 1..3]  an array of what an expression gives
        v[1], v[end]         an element: indices count from 1, `end` is the last one
        v[2..3], v[[3, 1]]   parts
        A[1, :], A[:, 2]     a row, a column: `:` is all
        v[2] = 5             binds v to an array with another element
        """,
        example: "v = [3, -1, 2]; A = [[1, 2], [3, 4]]; print v[1], v[2..end], A[:, 2]",
        shows: "3 [-1, 2] [2, 4]")
    case .member:
      .init(
        "a part of a value, or a call written behind it",
        """
        x.data      the data as a plain number: no gradient flows through it
        x.grad      the gradient from the last `backward`
        t.column    a column of a table
        x.sqrt()    the same as sqrt(x); L.backward() too
        """,
        example: "a = 4; L = a^2; L.backward(); print a.data, a.grad, a.sqrt()",
        shows:
          "name    data    grad\na          4       8\nL         16       1\n4 8 2")
    case .superscript:
      .init(
        "a whole power",
        "x², x⁻¹    the same as x^2, x^-1",
        example: "x = 3; print x², x⁻¹", shows: "9 0.333333333333")
    case .string:
      .init(
        "text, with values in braces",
        """
        "loss {L}"     a value in it
        "{x:.4}"       with 4 decimals; `{x:8.4}` 8 characters wide
        "{x:.3e}"      scientific; `{x:.4g}` with up to 4 digits
        "\\n \\t \\" \\{"  the escapes; `\\u{3b1}` is α
        """,
        example: "x = 2/3; print \"x = {x:.4}, {x:.2e}\"", shows: "x = 0.6667, 6.67e-01")
    case .block:
      .init(
        "statements that belong together",
        """
        f(x) = { … }    the body of a function, a loop or a branch

        Statements end at the end of the line or at `;`. In a string `{x}` is a value.
        """,
        example: "f(x) = { y = x + 1; y^2 }; print f(2)", shows: "9")
    case .semicolon:
      .init(
        "ends a statement; at the end of a line shows nothing",
        """
        a = 2; b = 3    two statements on a line
        backward L;     without its table
        """,
        example: "a = 2; L = a^2; backward L;\nprint a.grad", shows: "4")
    case .comma:
      .init(
        "separates arguments and elements",
        "f(x, y), [1, 2]    decimals have a dot: 1.5",
        example: "print max(1, 5), [1, 2]", shows: "5 [1, 2]")
    case .comment:
      .init(
        "a comment, up to the end of the line", "# anything    is passed over",
        example: "print 1 + 1  # two", shows: "2")
    case .number:
      .init(
        "a number: a 64-bit floating-point number (IEEE 754)",
        """
        12, 0.5, 1e-3, 1_000_000

        Whole numbers are exact up to 2^53. Shown with up to 12 digits: `set digits`.
        A result that is NaN or infinite comes with a warning of where it began.
        """,
        example: "print 1_000_000 + .5, 0.1 + 0.2, 2^40", shows: "1000000.5 0.3 1099511627776")
    }
  }
}
