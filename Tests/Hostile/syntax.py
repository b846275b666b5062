"""Deep, long and broken texts."""

from hostile import Case

N = 100_000
DEEP = "nested more than 500 deep"


def nested(name, opening, middle="1", closing="", **expected):
    """The same thing N times inside itself, closed and unclosed."""
    return [
        Case(f"{N} {name}", lambda: opening * N + middle + closing * N, **expected),
        Case(f"{N} {name}, unclosed", lambda: opening * N, status=1, message="error"),
    ]


def functions():
    return "".join(f"f{k}() = {{ " for k in range(N)) + "1" + " }" * N


CASES = [
    *nested("(", "(", "1", ")", status=1, message=DEEP),
    *nested("[", "[", "1", "]", status=1, message=DEEP),
    *nested("{ blocks", "if 1 { ", "1", " }", status=1, message=DEEP),
    *nested("lambdas", "x -> ", "1", status=1, message=DEEP),
    *nested("bracketed lambdas", "(x -> ", "1", ")", status=1, message=DEEP),
    Case(f"{N} primes", lambda: "f(x) = x^2; f" + "'" * N + "(1)", status=1, message="order 100000 is beyond"),
    *nested("unary minuses", "-", "1", status=1, message=DEEP),
    *nested("nots", "not ", "1", status=1, message=DEEP),
    *nested("if … then … else", "if 0 then 1 else ", "1", status=0),
    *nested("if (… then", "if 1 then ", "1", " else 0", status=1, message=DEEP),
    *nested("else if", "if 0 { } else ", "{ }", status=0),
    *nested("for bodies", "for i in 1..1 { ", "1", " }", status=1, message=DEEP),
    *nested("while bodies", "while 0 { ", "1", " }", status=1, message=DEEP),
    *nested("repeat bodies", "repeat 1 { ", "1", " }", status=1, message=DEEP),
    Case(f"{N} functions in functions", functions, status=1, message=DEEP),
    *nested("interpolations", '"{', "1", '}"', status=1, message="error"),
    *nested("calls", "sin(", "1", ")", status=1, message=DEEP),
    *nested("array rows", "[1, ", "1", "]", status=1, message=DEEP),
    Case(f"{N} ^ in a tower", lambda: "print 1" + "^1" * N, status=(0, 1)),
    Case(f"{N} comparisons in a chain", lambda: "print 1" + " <= 1" * N, status=(0, 1)),
    Case(f"{N} `..`s", lambda: "x = 1" + "..2" * N, status=1, message="a range has two ends"),
    Case(f"{N} `and`s", lambda: "print 1" + " and 1" * N, output="1|true"),
    Case(f"{N} member accesses", lambda: "a = 1; print a" + ".grad" * N, status=1, message="error"),
    Case(f"{N} calls of members", lambda: "a = 1; b = a" + ".tanh()" * N + "; print b"),
    Case(f"{N} subscripts", lambda: "v = [1]; print v" + "[1]" * N, status=1, message="error"),
    Case(f"{N} calls in a row", lambda: "f(x) = x; print f" + "(1)" * N, status=1, message="error"),
    *nested("comprehensions", "[", "1", " for i in 1..1]", status=1, message=DEEP),
    Case(f"{N} `(` on lines of their own", lambda: "(\n" * N, status=1, message="error"),
    Case(f"{N} `{{` on lines of their own", lambda: "if 1 {\n" * N, status=1, message="error"),
    Case(f"{N} lines in one open block", lambda: "if 1 {\n" + "x = 1\n" * N, status=1, message="error"),
    Case(f"{N} lines in one block", lambda: "if 1 {\n" + "x = 1\n" * N + "}\nprint x", output="1"),
    Case(f"{N} lines in one open bracket", lambda: "x = (1 +\n" + "1 +\n" * N, status=1, message="error"),
    Case(f"{N} `import`s of itself", 'import "input.grad"\n' * N, ways=("file",), status=1, message="import"),
    # Long lines
    Case("10 MB: a sum", lambda: "print 1" + "+1" * 5_000_000, status=(0, 1)),
    Case("10 MB: a string", lambda: 'print "' + "x" * 10_000_000 + '"', output="x" * 100),
    Case("10 MB: a string that is never closed", lambda: 'print "' + "x" * 10_000_000, status=1, message="E026"),
    Case("10 MB: a comment", lambda: "# " + "x" * 10_000_000 + "\nprint 7", output="7"),
    Case("10 MB: a name", lambda: "x" * 10_000_000, status=1, message="is not defined"),
    Case("10 MB: a name that is bound", lambda: "x" * 10_000_000 + " = 7; print " + "x" * 10_000_000, output="7"),
    Case("10 MB: a number's digits", lambda: "print 1" + "0" * 10_000_000, status=1, message="E031"),
    Case("10 MB: a fraction's digits", lambda: "print 0." + "3" * 10_000_000, output="0.333"),
    Case("10 MB: a hexadecimal number", lambda: "print 0x" + "f" * 10_000_000, status=1, message="error"),
    Case("10 MB: an exponent", lambda: "print 1e" + "9" * 10_000_000, status=1, message="E031"),
    Case("10 MB: spaces", lambda: " " * 10_000_000, status=0),
    Case("10 MB: line ends", lambda: "\n" * 10_000_000, status=0),
    Case("10 MB: semicolons", lambda: ";" * 10_000_000, status=0),
    Case("10 MB: (", lambda: "(" * 10_000_000, status=1, message=DEEP),
    Case("10 MB: )", lambda: ")" * 10_000_000, status=1, message="error"),
    Case("10 MB: $", lambda: "$" * 10_000_000, status=1, message="error"),
    Case("10 MB: é", lambda: "é" * 5_000_000, status=1, message="error"),
    Case("10 MB: combining marks", lambda: "a" + "\u0301" * 5_000_000, status=1, message="error"),
    Case("10 MB: 0xFF", lambda: b"\xff" * 10_000_000, status=1, message="E029"),
    Case("10 MB: NUL", lambda: b"\0" * 10_000_000, status=1, message="error"),
    Case("10 MB: an array", lambda: "x = [" + "1," * 5_000_000 + "]; print length(x)", status=(0, 1)),
    Case("10 MB: arguments", lambda: "print max(" + "1," * 5_000_000 + "1)", status=(0, 1)),
    Case("10 MB: parameters", lambda: "f(" + ",".join(f"x{k}" for k in range(1_000_000)) + ") = 1", status=(0, 1)),
    Case("10 MB: an error far along", lambda: "x = 1; " * 1_400_000 + "y = 2x", status=1, message="E011"),
    Case("a sum of 1 000 000 terms", lambda: "a = 1; s = a" + " + a" * 999_999 + "; backward s; print a.grad", output="1000000"),
    Case("a sum of 1 000 000 lines", lambda: "a = 1; s = a\n" + "s = s + a\n" * 999_999 + "print s", output="1000000"),
    Case("1 000 000 names", lambda: "".join(f"x{k} = {k}\n" for k in range(1_000_000)) + "print x999999", output="999999"),
    Case("1 000 000 names in one line", lambda: "; ".join(f"x{k} = {k}" for k in range(1_000_000)) + "; print x999999", output="999999"),
    Case("1 000 000 functions", lambda: "".join(f"f{k}(x) = x + {k}\n" for k in range(1_000_000)) + "print f999999(1)", output="1000000"),
    Case("1 000 000 strings", lambda: "".join(f's = "{k}"\n' for k in range(1_000_000)) + "print s", output="999999"),
    Case("1 000 000 lines with an error each", lambda: "y = 2x\n" * 1_000_000, status=1, message="E011"),
    Case("100 000 lines with an error each, going on", lambda: "y = q\n" * 100_000, arguments=["--keep-going"], status=1, message="E001", told=20_000_000),
    # Names of 1 MB
    *[Case(f"a name of 1 MB: {what}", lambda text=text: text.replace("X", "x" * 1_000_000), status=1, message=message, ways=("file",))
      for what, text, message in [
        ("not bound", "print X + 1", "error"),
        ("similar", "Xa = 1; print X", "error"),
        ("a member", "a = 1; print a.X", "error"),
        ("a function", "X(1)", "error"),
        ("a wrong count", "X(a) = a; X(1, 2)", "error"),
        ("a parameter twice", "f(X, X) = 1", "error"),
        ("a missing sign", "y = 2X", "E011"),
        ("two names", "X X", "error"),
        ("a caret behind it", "X = 1; y = 2z", "E011"),
        ("a string's name", 'print "{X}"', "error"),
        ("a label of backward", "X = 1; y = [X]; backward y", "error"),
        ("an error in a call", "X(a) = a + q; X(1)", "error"),
        ("a failed assert", "X = 1; assert X == 2", "error"),
        ("a setting", "set X 1", "error"),
        ("an option", "graph X to \"X.svg\"", "error"),
        ("a file", 'import "X"', "error"),
        ("a read file", 'x = read("X")', "error"),
        ("a kink", "X = [1,2]; Y = [1,2,3]; X + Y", "error"),
        ("a format", 'x = 1; print "{x:X}"', "error"),
        ("an escape", 'print "\\X"', "error"),
        ("recursion", "X(n) = X(n+1); X(1)", "E070"),
      ]],
]


def garbled():
    """A program, each byte of which is replaced by what is not UTF-8 or is no character of programs."""
    program = 'a = 2; b = "é {a}" # c\nf(x) = x^2\nL = f\'(a)*[1, 2][1]\nbackward L\nprint a.grad, b\n'.encode()
    wrong = {"0xFF": b"\xff", "0xC0": b"\xc0", "a continuation byte": b"\x80", "half a sequence": b"\xe2\x82",
             "a surrogate": b"\xed\xa0\x80", "beyond U+10FFFF": b"\xf4\x90\x80\x80", "NUL": b"\0",
             "ESC": b"\x1b[31m", "U+2028": "\u2028".encode(), "a bidi override": "\u202e".encode(),
             "a byte order mark": "\ufeff".encode(), "CR": b"\r", "a combining mark": "\u0301".encode(),
             "DEL": b"\x7f", "U+0085": "\u0085".encode(), "a zero-width joiner": "\u200d".encode()}
    for name, bytes in wrong.items():
        for at in range(0, len(program), 7):
            yield name, at, program[:at] + bytes + program[at + 1:]


CASES += [Case(f"{name} at byte {at}", text, ways=("file",), status=(0, 1)) for name, at, text in garbled()]
CASES += [
    Case("a byte order mark first", b"\xef\xbb\xbfprint 7\n", output="7"),
    Case("CR LF line ends", b"x = 7\r\nprint x\r\n", output="7"),
    Case("CR line ends", b"x = 7\rprint x\r", status=(0, 1)),
    Case("UTF-16", "print 7\n".encode("utf-16"), status=1, message="error"),
    Case("a bidi override in a string", 'print "\u202eabc"; assert 0, "\u202eabc\x1b[31m"', status=(0, 1)),
    Case("an escape sequence in a file's name", 'import "\x1b[31mred"', status=1, message="error"),
    Case("an escape sequence in an option", "", shell='"$GRAD" "$(printf \'\\033[31mred\')"', status=1, message="error"),
]
