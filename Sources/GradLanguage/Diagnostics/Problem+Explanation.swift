// What each code means, for `:help E001`. The tests run every example: it must show exactly its code,
// and its mended form nothing at all.

extension Problem {
  /// What a code means, at length.
  package struct Explanation: Sendable {
    /// The code.
    package let code: String
    /// The problem in a few words.
    package let title: String
    /// What it is, why it is an error, what to do.
    package let text: String
    /// A program with the mistake; nil when no short program has it, and the text says why.
    package let example: String?
    /// The program without it.
    package let mended: String?
    /// Whether the example shows it only under `--strict`.
    package let isStrict: Bool

    fileprivate init(
      _ code: String, _ title: String, _ text: String, example: String? = nil,
      mended: String? = nil, isStrict: Bool = false
    ) {
      self.code = code
      self.title = title
      self.text = text
      self.example = example
      self.mended = mended
      self.isStrict = isStrict
    }
  }

  /// The explanation of a code; nil for an unknown one.
  package static func explanation(of code: String) -> Explanation? { explanations[code] }

  private static let explanations: [String: Explanation] = {
    let all =
      names + calls + brackets + text + places + values + indices + running + warnings + notes
    return Dictionary(uniqueKeysWithValues: all.map { ($0.code, $0) })
  }()

  // MARK: Names

  private static let names = [
    Explanation(
      "E001", "undefined name",
      """
      Nothing has this name when it is read. A name gets its value by `=`, or `f(x) = …`, in a \
      statement that has run before; upper and lower case are different. The names that a function \
      assigns, its parameters among them, exist only inside it.
      """,
      example: """
        learnrate = 0.1
        w = 1 - lernrate
        """,
      mended: """
        learnrate = 0.1
        w = 1 - learnrate
        """),
    Explanation(
      "E002", "used before assignment",
      """
      A name that a function assigns anywhere is the function's own everywhere in it, and it is read \
      here before it has a value. A name outside the function is another one, even if it is spelt the \
      same. Give the name a value first, or pass the value in as an argument.
      """,
      example: """
        total = 10
        add(x) = { total = total + x; total }
        add(1)
        """,
      mended: """
        total = 10
        add(total, x) = total + x
        add(total, 1)
        """),
    Explanation(
      "E003", "reserved word",
      """
      The words that the grammar is made of, such as `if`, `end` and `print`, cannot be names: a \
      statement could not be told from an expression. Choose another name, or add something to this one.
      """,
      example: "end = 3",
      mended: "last = 3"),
    Explanation(
      "E004", "not assignable",
      """
      Only a name can stand to the left of `=`, or a name's `.data` or `.grad`, or a part of the array \
      that it stands for, `A[1, 2]`. An equation is not solved; to compare two values write `==`.
      """,
      example: """
        a = 1; b = 2
        a + b = c
        """,
      mended: """
        a = 1; b = 2
        c = a + b
        """),
    Explanation(
      "E005", "not a leaf",
      """
      `:=` and `.data =` change a value in place, so that `forward` can compute again what depends on \
      it. Only a leaf, a number or array that was given a name and not computed, can be changed like \
      this: the data of a result belongs to its operation. Change the leaves that it comes from, or \
      bind the name anew with `=`.
      """,
      example: """
        a = 2; L = a^2
        L := 9
        """,
      mended: """
        a = 2; L = a^2
        a := 3; forward L
        """),
    Explanation(
      "E006", "duplicate parameter",
      """
      Two parameters of one function have the same name, so that the body could not say which it means. \
      Give each a name of its own.
      """,
      example: "area(x, x) = x*x",
      mended: "area(x, y) = x*y"),
    Explanation(
      "E007", "unknown member",
      """
      What stands after a value's dot without a bracket is one of its members: `.data`, its number, or \
      `.grad`, its gradient. Functions and commands are called: `x.sqrt()`, `L.backward()`.
      """,
      example: """
        a = 2
        print a.value
        """,
      mended: """
        a = 2
        print a.data
        """),
    Explanation(
      "E008", "unknown column",
      """
      A table has the columns that its file names; `t` alone shows them. What is not a letter, a digit or \
      `_` in a name has become `_`, and without a header the columns are `c1`, `c2` and so on.
      """,
      example: """
        t = read("../data/springs.csv")
        print mean(t.strech_mm)
        """,
      mended: """
        t = read("../data/springs.csv")
        print mean(t.stretch_mm)
        """),
  ]

  // MARK: Calls and kinds

  private static let calls = [
    Explanation(
      "E010", "not callable",
      """
      A bracket that touches a value calls it, and this value is no function. For a product write `*`: \
      multiplication is never left out. When a name of yours hides a built-in function, `x.max()` and \
      the like still mean the built-in one.
      """,
      example: """
        x = 2
        y = x(3 + 1)
        """,
      mended: """
        x = 2
        y = x*(3 + 1)
        """),
    Explanation(
      "E011", "missing multiplication",
      """
      A product is always written with its sign: `2*x`, `2*(x + 1)`. Two values side by side could as \
      well be a slip, such as a name with a blank in it.
      """,
      example: """
        x = 3
        y = 2x + 1
        """,
      mended: """
        x = 3
        y = 2*x + 1
        """),
    Explanation(
      "E012", "space before bracket",
      """
      A bracket belongs to what it touches: `f(x)` is a call, `v[1]` an element. After a space it \
      begins something new, and two values side by side mean nothing. Close the gap, or write `*`.
      """,
      example: """
        x = 3
        y = x (1 + 2)
        """,
      mended: """
        x = 3
        y = x * (1 + 2)
        """),
    Explanation(
      "E013", "wrong argument count",
      """
      The function takes another number of arguments than it is given. The message shows how it is \
      called; arguments are separated by commas.
      """,
      example: "hypot(3)",
      mended: "hypot(3, 4)"),
    Explanation(
      "E014", "wrong kind",
      """
      A value is of another kind than the operation needs: a string, a function or an array where a \
      number is needed, or the other way round. Text in quotes is never a number, not even `"2"`.
      """,
      example: """
        1 + "2"
        """,
      mended: "1 + 2"),
    Explanation(
      "E015", "no value",
      """
      Something that has no value stands where one is needed. A function's value is that of its last \
      statement if it is an expression, or what `return` gives; one that ends in a command, a loop or an \
      assignment has none. Commands are statements and never values.
      """,
      example: """
        shown(x) = { print "x is {x}" }
        y = shown(2)
        """,
      mended: """
        shown(x) = { print "x is {x}"; x }
        y = shown(2)
        """),
    Explanation(
      "E016", "bad count",
      """
      How often something is repeated, or how many elements it has, is a whole number and not \
      negative. `floor`, `round` and `//` make whole numbers.
      """,
      example: "repeat 5/2 { print \"again\" }",
      mended: "repeat 5//2 { print \"again\" }"),
    Explanation(
      "E017", "missing brackets",
      """
      A function is called with brackets that touch its name: `sin(x)`. Only commands such as \
      `print x` and `backward L` take what follows after a space.
      """,
      example: """
        x = 2
        y = sqrt x
        """,
      mended: """
        x = 2
        y = sqrt(x)
        """),
  ]

  // MARK: Brackets and lines

  private static let brackets = [
    Explanation(
      "E020", "unclosed bracket",
      """
      The bracket is never closed, or another one is closed first. Inside `(` and `[` lines go on, so \
      the mistake may be far above the place where it is noticed; the message shows where the bracket \
      opens.
      """,
      example: "L = (2 + 3 * 4",
      mended: "L = (2 + 3) * 4"),
    Explanation(
      "E021", "unmatched bracket",
      "The bracket closes nothing: the one that would open it is missing, or there is one too many.",
      example: "L = 2 + 3) * 4",
      mended: "L = (2 + 3) * 4"),
    Explanation(
      "E022", "unexpected text",
      """
      The text up to here makes sense, and what follows cannot go on from it. The message says what \
      could stand here. Statements are separated by a new line or by `;`.
      """,
      example: "y = 3 + * 4",
      mended: "y = 3 * 4"),
    Explanation(
      "E023", "operator starts line",
      """
      A statement ends with its line, unless a bracket is open or the line ends with an operator. A \
      line that begins with an operator would be a statement of its own, and its result would be \
      lost. End the line above with the operator, or put the whole in brackets.
      """,
      example: """
        total = 1 + 2
          + 3
        """,
      mended: """
        total = 1 + 2 +
          3
        """),
    Explanation(
      "E024", "else on its own line",
      """
      `else` stands on the line on which the block before it ends. At a prompt that line could \
      otherwise not be run before the next one is typed.
      """,
      example: """
        x = 2
        if x > 0 { print "positive" }
        else { print "not positive" }
        """,
      mended: """
        x = 2
        if x > 0 { print "positive" } else { print "not positive" }
        """),
    Explanation(
      "E025", "nested too deeply",
      """
      Brackets, blocks, signs or functions stand inside each other hundreds deep; a bracket counts \
      twice. Give a name to a part of it. Long sums and long chains of `else if` are not nested, and \
      may be as long as you like.
      """,
      example: "x = " + String(repeating: "(", count: 260) + "1"
        + String(repeating: ")", count: 260),
      mended: "x = (((1)))"),
  ]

  // MARK: Text

  private static let text = [
    Explanation(
      "E026", "unclosed string",
      """
      A string ends with a `"` on the line on which it begins. Inside it a quote is written `\\"` and \
      a line's end `\\n`; a `{` begins an expression, which ends with `}`.
      """,
      example: "print \"hello",
      mended: "print \"hello\""),
    Explanation(
      "E027", "bad escape",
      """
      In a string a backslash begins one of the escapes `\\n`, `\\t`, `\\"`, `\\\\`, `\\{`, `\\}` and \
      `\\u{3b1}`, a character by its number in hexadecimal digits. For a backslash write two.
      """,
      example: #"print "50\%""#,
      mended: #"print "50%""#),
    Explanation(
      "E028", "unexpected character",
      """
      The character has no meaning in the language. Often it comes from another one, or a text program \
      has made it of something else: curly quotes, for example, which must be straight.
      """,
      example: "price = $5",
      mended: "price = 5"),
    Explanation(
      "E029", "invalid UTF-8",
      """
      The text contains bytes that are not UTF-8, so it is unknown which characters are meant. It was \
      probably saved in an older encoding such as Latin-1: save it as UTF-8. There is no example here, \
      because this page is UTF-8 itself.
      """),
    Explanation(
      "E031", "number too large",
      """
      Numbers are IEEE 754 doubles, the largest of which is about 1.8e308. A literal beyond it would \
      silently be infinity; write `inf` where you mean that.
      """,
      example: "x = 1e400",
      mended: "x = 1e300"),
    Explanation(
      "E032", "malformed number",
      "The characters look like a number or an exponent, and are none: a sign without digits, for example.",
      example: """
        x = 2
        y = x⁻
        """,
      mended: """
        x = 2
        y = x⁻¹
        """),
    Explanation(
      "E033", "foreign operator",
      """
      This is an operator of other languages. Here conditions are joined by the words `and`, `or` and \
      `not`; not equal is `!=`, nearly equal `≈` or `~==`; a name is counted up with `x += 1`.
      """,
      example: """
        a = 1; b = 0
        print a && b
        """,
      mended: """
        a = 1; b = 0
        print a and b
        """),
    Explanation(
      "E034", "foreign statement",
      """
      Statements begin with this word in other languages. Here a value is bound by `x = 2`, a function \
      is defined by `f(x) = x^2`, and a further case of an `if` begins with `else if`.
      """,
      example: "let x = 2",
      mended: "x = 2"),
    Explanation(
      "E035", "bad number format",
      """
      What follows the `:` in a string's braces says how the number is written: `.4` with four \
      decimals, `.4e` scientifically, `.4g` with four digits, and `10.4` ten columns wide.
      """,
      example: """
        x = 2/3
        print "x is {x:%.2f}"
        """,
      mended: """
        x = 2/3
        print "x is {x:.2}"
        """),
  ]

  // MARK: Where words may stand

  private static let places = [
    Explanation(
      "E036", "outside a loop",
      """
      `break` leaves a loop and `continue` goes on with its next round, so both stand inside a loop. A \
      function that is called in a loop does not stand in it: leave a function with `return`.
      """,
      example: """
        x = 3
        if x > 2 { break }
        """,
      mended: """
        for x in 1..5 {
          if x > 2 { break }
        }
        """),
    Explanation(
      "E037", "return outside a function",
      "`return` ends a function early and gives its value, so it stands inside one, in its block.",
      example: """
        x = -3
        if x < 0 { return 0 }
        """,
      mended: """
        rectified(x) = {
          if x < 0 { return 0 }
          x
        }
        rectified(-3)
        """),
    Explanation(
      "E038", "end outside an index",
      """
      `end` is the number of the last element of the array that is being indexed, so it has a meaning \
      only inside the brackets of an index.
      """,
      example: """
        v = [4, 5, 6]
        n = end
        """,
      mended: """
        v = [4, 5, 6]
        n = v[end]
        """),
    Explanation(
      "E039", "expression too large",
      """
      One statement needs more than 60000 intermediate values at the same time: a call or a `print` \
      with tens of thousands of arguments does. Write an array, or several statements. There is no \
      example, because it would be a hundred pages long.
      """),
  ]

  // MARK: Values

  private static let values = [
    Explanation(
      "E030", "shape mismatch",
      """
      The shapes of two arrays do not go together. For arithmetic element by element the dimensions are \
      compared from the last one, and each pair is equal or has a 1; for `@` the last dimension of the \
      left side is the first one of the right side. The rows of a matrix have one length, and data that \
      is assigned to a leaf has the leaf's shape. `shape(A)` shows a shape; `reshape` and `transpose` \
      make others.
      """,
      example: """
        A = [[1, 2, 3], [4, 5, 6]]
        b = [10, 20]
        print A + b
        """,
      mended: """
        A = [[1, 2, 3], [4, 5, 6]]
        b = [10, 20]
        print A + reshape(b, 2, 1)
        """),
    Explanation(
      "E040", "bad condition",
      """
      A condition is one number: 0 is false, any other is true. An array, a string or a function is \
      neither, and NaN, which comes from an undefined calculation, is not decided silently. Compare \
      the value, or an element of the array.
      """,
      example: """
        v = [1, 0]
        if v { print "yes" }
        """,
      mended: """
        v = [1, 0]
        if v[1] > 0 { print "yes" }
        """),
    Explanation(
      "E041", "backward needs a number",
      """
      A gradient says how one number changes with others, so `backward` takes a single number. Of an \
      array choose an element, or combine its elements into one number, often by `sum`. How each \
      element changes is `jacobian(v, [a, b])`.
      """,
      example: """
        v = [1, 2]
        backward v
        """,
      mended: """
        v = [1, 2]
        backward sum(v^2)
        """),
    Explanation(
      "E042", "not tracked",
      """
      The value is plain: it is not part of the graph, so it has no gradient, and nothing can be \
      computed again from it. A number becomes part of the graph when it is bound to a name outside \
      functions, as in `a = 2`, and so does what is computed from it. Literals, the counter of a range, \
      `x.data`, `x.grad` and names declared with `plain` stay outside; a plain name is given another \
      value with `=`.
      """,
      example: """
        plain a = 2
        backward a^2
        """,
      mended: """
        a = 2
        backward a^2
        """),
    Explanation(
      "E043", "bad range",
      """
      A range `first..last by step` has two ends, both finite, and its step is not 0. A range that counts down \
      needs a negative step; without one `5..1` is empty. The intervals of a plot, `for x in -5..5` and \
      `y in 0..10`, begin at the smaller number.
      """,
      example: "for i in 1..10 by 0 { print i }",
      mended: "for i in 1..10 by 3 { print i }"),
    Explanation(
      "E044", "not plottable",
      """
      `plot` draws the numbers of arrays, `plot ys` and `plot xs, ys`, or an expression that `for` \
      computes at many points: `plot f(x) for x in -5..5`. A function alone does not say where.
      """,
      example: """
        f(x) = x^2
        plot f
        """,
      mended: """
        f(x) = x^2
        ys = [f(x) for x in 1..5]
        """),
    Explanation(
      "E045", "not differentiable",
      """
      Only a function can be differentiated by `f'`, `grad(f)` and their like, and this is a number, an \
      array or a string. The derivative of a value for another is `diff(L, a)` or `grad(L, W)`. A matrix \
      is transposed by `transpose(A)`.
      """,
      example: """
        a = 2; L = a^2
        print L'
        """,
      mended: """
        a = 2; L = a^2
        print diff(L, a)
        """),
    Explanation(
      "E046", "derivative needs a number",
      """
      `f'`, `grad`, `hessian`, `diff` and `taylor` differentiate a single number, and this is something \
      else: an array, a string, nothing. Of an array `jacobian` gives the derivatives of all elements; \
      or return one number, such as a sum.
      """,
      example: """
        f(x) = [x, x^2]
        print f'(3)
        """,
      mended: """
        f(x) = [x, x^2]
        print jacobian(f)(3)
        """),
    Explanation(
      "E047", "order too high",
      """
      Derivatives are taken up to order 170: the factorial of 171, which the next one contains, is \
      beyond the largest number.
      """,
      example: "print taylor(exp, 0, 1000)",
      mended: "print taylor(exp, 0, 5)"),
    Explanation(
      "E048", "change while differentiating",
      """
      A function that is being differentiated is a calculation: while it runs, the gradients and the \
      data of leaves stay as they are, so `backward`, `forward`, `zero`, `:=` and `.grad =` are refused \
      in it. Take derivatives inside it by `f'(x)`, `grad(f)(x)` or `diff(L, a)`, and bind names with \
      `=`.
      """,
      example: """
        f(x) = { L = x^3; backward L; L }
        print f'(2)
        """,
      mended: """
        f(x) = { L = x^3; diff(L, x) }
        print f'(2)
        """),
    Explanation(
      "E049", "no tangent",
      """
      `plot … with slope at 3` draws the tangent of each curve: the line with its derivative as slope. It \
      needs an expression with `for`, because the numbers of arrays have no derivative; a point between \
      the ends of what is plotted; and a value and a slope that are finite there.
      """,
      example: "plot sqrt(x) for x in 0..9 with slope at 0",
      mended: "plot sqrt(x) for x in 0..9 with slope at 4"),
  ]

  // MARK: Indices

  private static let indices = [
    Explanation(
      "E050", "index zero",
      "The first element of an array is number 1, and the last one is number `end`.",
      example: """
        v = [5, 6, 7]
        print v[0]
        """,
      mended: """
        v = [5, 6, 7]
        print v[1]
        """),
    Explanation(
      "E051", "index out of range",
      """
      The array has no element of this number. `length(v)` is how many it has, `v[end]` the last of \
      them; negative numbers do not count from the end.
      """,
      example: """
        v = [5, 6, 7]
        print v[4]
        """,
      mended: """
        v = [5, 6, 7]
        print v[end]
        """),
    Explanation(
      "E052", "index not whole",
      "An element's number is whole. `//` divides to a whole number, and `round` rounds to one.",
      example: """
        v = [5, 6, 7]
        print v[length(v)/2]
        """,
      mended: """
        v = [5, 6, 7]
        print v[length(v)//2]
        """),
    Explanation(
      "E053", "wrong index count",
      """
      The array has another number of dimensions than there are indices. `v[i]` is an element of an \
      array of numbers and a row of a matrix; `A[i, j]` is an element of a matrix, `A[:, j]` a column.
      """,
      example: """
        v = [5, 6, 7]
        print v[1, 2]
        """,
      mended: """
        A = [[5, 6], [7, 8]]
        print A[1, 2]
        """),
    Explanation(
      "E054", "comparison as index",
      """
      An index is an element's number, and a comparison is 1 or 0. To choose elements by a condition \
      write `select(v, v > 0)`, or a comprehension.
      """,
      example: """
        v = [3, -1, 2]
        print v[v > 0]
        """,
      mended: """
        v = [3, -1, 2]
        print select(v, v > 0)
        """),
    Explanation(
      "E055", "no dimension",
      """
      The array has no dimension of this number. Dimensions are counted from 1: of a matrix \
      `sum(A, 1)` adds its rows, which leaves a number for each column, and `sum(A, 2)` leaves one for \
      each row. `shape(A)` lists the lengths.
      """,
      example: """
        v = [5, 6, 7]
        print sum(v, 2)
        """,
      mended: """
        v = [5, 6, 7]
        print sum(v, 1)
        """),
    Explanation(
      "E056", "empty array",
      """
      Of no numbers there is no smallest or largest one, and no place where it stands. The sum of no \
      numbers is 0, their product 1. Put a number beside the array, or ask for its length first.
      """,
      example: """
        v = [x for x in 1..5 if x > 9]
        print max(v)
        """,
      mended: """
        v = [x for x in 1..5 if x > 9]
        print max(append(v, 0))
        """),
    Explanation(
      "E077", "kink refused",
      """
      A derivative was taken where the slopes on the two sides differ, and `set kinks error` makes that an \
      error. The derivative there is a convention: 0 for `abs` and `relu`, half to each side of a tie.
      """,
      example: """
        set kinks error
        x = 0
        y = abs(x)
        backward y
        """,
      mended: """
        set kinks error
        x = 0.5
        y = abs(x)
        backward y
        """),
  ]

  // MARK: Running

  private static let running = [
    Explanation(
      "E060", "assertion failed",
      """
      The condition of an `assert` does not hold. Both sides of its comparison are shown, with as many \
      digits as tell them apart. Results of arithmetic are rounded: compare them with `≈`, in ASCII \
      `~==`, not with `==`.
      """,
      example: "assert 0.1 + 0.2 == 0.3",
      mended: "assert 0.1 + 0.2 ≈ 0.3"),
    Explanation(
      "E061", "unknown setting",
      "`set` changes `digits`, `trap`, `kinks` or `limit`; `:help set` says what they are.",
      example: "set digit 6",
      mended: "set digits 6"),
    Explanation(
      "E062", "bad setting",
      """
      The setting has no such value. `set digits` takes a whole number from 1 to 17, or the word \
      `full`; `set trap` takes `on` or `off`, `set kinks` `note` or `error`, `set limit` a number of nodes.
      """,
      example: "set digits 40",
      mended: "set digits full"),
    Explanation(
      "E063", "missing argument",
      "The command needs something to work on: the value to start from, the condition, the setting.",
      example: """
        a = 2; L = a^2
        backward
        """,
      mended: """
        a = 2; L = a^2
        backward L
        """),
    Explanation(
      "E064", "unknown option",
      """
      A word after a command's arguments is an option of it, and the command has no option of this \
      name. Several arguments are separated by commas. `backward` has the option `accumulate`; `graph` and \
      `plot` have `to "file.svg"`, and `plot` has others: see `:help plot`.
      """,
      example: """
        a = 2
        backward a^2 accumulated
        """,
      mended: """
        a = 2
        backward a^2 accumulate
        """),
    Explanation(
      "E065", "check failed",
      """
      `check` found another slope by differences than the reverse sweep: at a kink or a jump, where there \
      is no one slope, behind `stop`, or where a value is NaN. The report above the message names the \
      reason and the operation.
      """,
      example: """
        x = 0
        y = abs(x)
        check y
        """,
      mended: """
        x = 0.5
        y = abs(x)
        check y
        """),
    Explanation(
      "E066", "misplaced option",
      """
      A word after the arguments of `plot` says what another one has said already: a title, a range or a \
      file stands once, and where `for x in -5..5` gives the range of x, `x in` cannot give another. Only \
      `with slope at` may be repeated.
      """,
      example: "plot x^2 for x in -5..5 x in 0..2",
      mended: "plot x^2 for x in 0..2"),
    Explanation(
      "E070", "recursion too deep",
      """
      Functions call each other a hundred thousand calls deep, or derivatives stand within each other a \
      thousand deep. Mostly a recursion has no end: some argument must not lead to another call. A long \
      recursion can be written as a loop.
      """,
      example: """
        factorial(n) = n*factorial(n - 1)
        print factorial(5)
        """,
      mended: """
        factorial(n) = if n <= 1 then 1 else n*factorial(n - 1)
        print factorial(5)
        """),
    Explanation(
      "E071", "graph too large",
      """
      The graph holds as many nodes as it may: as the machine has memory for, or `set limit` says. Every \
      operation on a tracked value is a node for as long as a name, or a graph that a name stands for, \
      needs it; the message names who holds most of them. Keep running totals plain, compute inside \
      functions, or train with `:=` instead of `=`, so that each step's graph can be forgotten.
      """,
      example: """
        set limit 10000
        x = 1
        repeat 20000 { x = x*1.01 }
        """,
      mended: """
        set limit 10000
        plain x = 1
        repeat 20000 { x = x*1.01 }
        """),
    Explanation(
      "E072", "array or string too large",
      """
      An array may have 268435456 numbers, which take 2 GB, and 16 dimensions, a string 268435456 bytes. Of \
      an array without numbers the lengths other than 0 count.
      """,
      example: "v = zeros(1e9)",
      mended: "v = zeros(1000)"),
    Explanation(
      "E073", "interrupted",
      """
      Ctrl-C stopped the computation. The statement under way has changed nothing, or, if it is a loop, \
      a block or a call, keeps what its completed statements did. There is no example, because the \
      mistake, if there is one, is at the keyboard.
      """),
    Explanation(
      "E074", "trapped",
      """
      A calculation with finite numbers gave NaN or infinity, and `set trap on` or `--strict` makes \
      that an error. The message shows the operation and its operands. Keep the operands inside the \
      operation's domain, or take another branch with `if`.
      """,
      example: """
        set trap on
        x = -1
        y = sqrt(x)
        """,
      mended: """
        set trap on
        x = -1
        y = if x > 0 then sqrt(x) else 0
        """),
    Explanation(
      "E075", "another way under strict",
      """
      `forward` repeats the operations that were recorded, and a condition or an index that was computed \
      from tracked values would now decide otherwise, so that the result would be that of the other way. \
      Run the statements again instead. Without `--strict` it is the warning W102.
      """,
      example: """
        a = 2
        L = if a > 1 then a^2 else a
        a := 0
        forward L
        """,
      mended: """
        a = 2
        loss() = if a > 1 then a^2 else a
        L = loss()
        a := 0
        L = loss()
        """,
      isStrict: true),
    Explanation(
      "E076", "warning under strict",
      """
      Under `--strict` a program that warns has failed. The warning itself stands above; remove its \
      cause.
      """,
      example: """
        set trap off
        x = 0
        y = 1/x
        """,
      mended: """
        set trap off
        x = 4
        y = 1/x
        """,
      isStrict: true),
    Explanation(
      "E078", "out of memory",
      """
      What is asked for does not fit into the memory that the system lets grad have: all of the machine's, \
      or less where there is a limit (`ulimit -v`, a container). Something large is only begun when it \
      fits into three quarters of that, so that nothing else suffers. The statement has changed nothing, \
      and the session goes on. A name that gets another value lets go of the large one that it had. There \
      is no example, because what fits depends on the machine.
      """),
    Explanation(
      "E080", "unreadable file",
      """
      A file cannot be opened or read: one of the command line, of an `import` or a `read`; the message has \
      the system's reason. There is no example, because it depends on the machine.
      """),
    Explanation(
      "E081", "unknown ending",
      """
      The ending of a file's name says what is drawn into it: `graph` knows `.html`, `.dot`, \
      `.svg`, `.png` and `.pdf`, `plot` knows `.svg`, `.png` and `.pdf`. There is no example, because a program alone writes no files: grad \
      does.
      """),
    Explanation(
      "E082", "unwritable file",
      """
      The file after `to` cannot be written; the message has the system's reason. A file that was there \
      before is as it was. There is no example, because it depends on the folder.
      """),
    Explanation(
      "E083", "no drawing program",
      """
      Graphs as `.png` and `.pdf` are drawn by the program `dot` of Graphviz, plots as `.png` and \
      `.pdf` by `gnuplot`, and it is not on the PATH. Install it with `apt-get install graphviz`, \
      `apt-get install gnuplot-nox`, or with your system's own tool. `.dot`, `.html` and `.svg` files, \
      and everything in the terminal need nothing. There is no example, because \
      it depends on the machine.
      """),
    Explanation(
      "E084", "drawing failed",
      """
      The program `dot` or `gnuplot` was started and could not draw; the message has the first line of \
      what it said. The file is as it was. There is no example, because it depends on the machine.
      """),
    Explanation(
      "E085", "malformed table",
      """
      `read` takes a table of numbers: rows of as many cells each, separated by commas, semicolons or tabs, \
      under a row of names if there is one. Columns of text alone are left out. The message has the line and the column of the first cell that \
      does not fit.
      """,
      example: """
        t = read("../data/torn.csv")
        """,
      mended: """
        t = read("../data/springs.csv")
        """),
    Explanation(
      "E086", "circular import",
      """
      A file that is being imported imports itself, perhaps through others: neither could run before the \
      other. What both need goes into a file of its own. Files may import each other 100 deep.
      """,
      example: """
        import "../data/circle.grad"
        """,
      mended: """
        import "../data/lines.grad"
        """),
    Explanation(
      "E087", "import inside",
      """
      `import` is a statement of its own, outside functions, blocks and loops, with a path in quotes and \
      no `{ }` in it: what a program consists of is known before any of it runs.
      """,
      example: """
        if pi > 3 { import "../data/lines.grad" }
        """,
      mended: """
        import "../data/lines.grad"
        """),
  ]

  // MARK: Warnings

  private static let warnings = [
    Explanation(
      "W101", "not finite",
      """
      A calculation with finite numbers gave NaN or infinity: a logarithm of 0, a root of a negative \
      number, a division by 0, an overflow. It goes on with that value, and what is computed from it \
      will mostly not be finite either; each place warns once. `set trap on` stops here instead.
      """,
      example: """
        p = 0
        L = -log(p)
        """,
      mended: """
        p = 0
        L = -log(max(p, 1e-300))
        """),
    Explanation(
      "W102", "another way",
      """
      `forward` repeats the operations that were recorded: it does not decide anew. A condition or an \
      index here was computed from tracked values and would now decide otherwise, so the result is that \
      of the old way. Run the statements again instead of `forward`, or use `where`, which is decided \
      anew.
      """,
      example: """
        a = 2
        L = if a > 1 then a^2 else a
        a := 0
        forward L
        """,
      mended: """
        a = 2
        L = where(a > 1, a^2, a)
        a := 0
        forward L
        """),
    Explanation(
      "W103", "infinite gradient",
      """
      All values are finite, and yet a gradient is infinite or NaN: somewhere on the way a local derivative \
      is, as that of a square root at 0. The place is where the gradient stopped being finite. Move the \
      operand away from there, or take another way with `if`, which builds only the branch taken.
      """,
      example: """
        x = 0
        y = sqrt(x)
        backward y;
        """,
      mended: """
        x = 0
        y = sqrt(x + 1e-12)
        backward y;
        """),
  ]

  // MARK: Notes

  private static let notes = [
    Explanation(
      "W104", "stale values",
      """
      A derivative is taken of a value that is out of date: `:=` has changed what it was computed from, and \
      it still has its old data. The slopes of some operations are then those at the new data, of others \
      those at the old. `forward L` computes L anew. It is said once for each place, and a `backward` is \
      looked at three times.
      """,
      example: """
        w = 0.5; L = (w - 2)^2
        repeat 3 { backward L; w := w - 0.1*w.grad }
        """,
      mended: """
        w = 0.5; L = (w - 2)^2
        repeat 3 { forward L; backward L; w := w - 0.1*w.grad }
        """),
    Explanation(
      "N301", "rebinding a used name",
      """
      `a = 3` gives the name a new value; what was computed from the old one keeps the old one. That \
      is right when the name is meant to be another value from now on. To change the value that those \
      results see, write `a := 3` and then `forward L`.
      """,
      example: """
        a = 2; L = a^2
        a = 3
        """,
      mended: """
        a = 2; L = a^2
        a := 3; forward L
        """),
    Explanation(
      "N302", "update by rebinding",
      """
      In a loop a name gets a new value from its own gradient. It works, but every round makes a new \
      node, which is computed from the old one. `w := …` changes the data of the leaf in place: it is \
      faster, and the graph built before can be used again with `forward`.
      """,
      example: """
        w = 4
        repeat 3 { L = w^2; backward L; w = w - 0.1*w.grad }
        """,
      mended: """
        w = 4
        repeat 3 { L = w^2; backward L; w := w - 0.1*w.grad }
        """),
    Explanation(
      "N303", "long chain",
      """
      The graph has reached a million nodes, because a name outside functions is bound again and again \
      to something computed from its old value, and all of that is kept for a gradient. Where no \
      gradient is wanted, declare the name `plain`, or compute inside a function.
      """,
      example: """
        s = 0
        for i in 1..1000000 { s += i }
        """,
      mended: """
        plain s = 0
        for i in 1..1000000 { s += i }
        """),
    Explanation(
      "N304", "gradient never computed",
      """
      The value has no gradient, because no `backward` has run since it was made, and 0 is used in its \
      place. A table shows such a gradient as `–`.
      """,
      example: """
        a = 2; L = a^2
        print a.grad
        """,
      mended: """
        a = 2; L = a^2
        backward L
        print a.grad
        """),
    Explanation(
      "N305", "built-in name rebound",
      """
      The name of a built-in function or constant now means something of yours, here and in functions \
      that use it. The built-in function can still be reached as a method: `x.max(y)`.
      """,
      example: """
        max = 3
        """,
      mended: """
        largest = 3
        """),
    Explanation(
      "N306", "empty cells",
      """
      Empty cells of a table, and those that say `NA`, `N/A`, `nan` or `null`, are read as NaN, which spreads \
      through whatever is computed from it. `select(v, v == v)` leaves NaN out: it equals nothing, not \
      even itself.
      """,
      example: """
        t = read("../data/gaps.csv")
        """,
      mended: """
        t = read("../data/springs.csv")
        """),
    Explanation(
      "N307", "kink",
      """
      A derivative was taken where the slopes on the two sides differ, such as that of `relu` at 0. The one \
      that is used is a convention: 0 for `abs` and `relu`, half to each side of a tie of `min` or `max`. \
      It is said once for each place, the first time that a `backward` runs.
      """,
      example: """
        x = 0
        y = abs(x)
        backward y;
        """,
      mended: """
        x = 0.5
        y = abs(x)
        backward y;
        """),
    Explanation(
      "N308", "NaN spread",
      """
      At the end of an input in which W101 was given: the names whose values are NaN or infinite because \
      of it. Mend the first operation, which is shown; the others follow.
      """,
      example: """
        v = -1
        s = sqrt(v)
        z = s + 1
        """,
      mended: """
        v = 1
        s = sqrt(v)
        z = s + 1
        """),
    Explanation(
      "N309", "text left out",
      """
      A table holds numbers. A column of the file that holds text and no number, such as dates or names, \
      is left out; the others are read. A column that holds both is a mistake, E085.
      """,
      example: """
        t = read("../data/plants.csv")
        """,
      mended: """
        t = read("../data/springs.csv")
        """),
  ]
}
