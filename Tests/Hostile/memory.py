"""Programs that need more memory than the system gives."""

import os

from hostile import Case

MB = 1 << 20
SHORT = r"E078|E07[0-2]"      # out of memory, or a limit that follows from how much there is

PROGRAMS = {
    "a graph that grows": "a = 1; s = a\nwhile 1 { s = s + a }",
    "a graph that grows in a function": "a = 1; f() = { s = a; while 1 { s = s*a } }\nf()",
    "tracked arrays": "x = ones(1e5); y = x\nwhile 1 { y = y*x }",
    "one large array": "x = zeros(2e8); y = zeros(2e8); z = zeros(2e8)",
    "plain arrays": "f() = { v = []; while 1 { v = concat(v, ones(1e5)) } }\nf()",
    "small arrays that are kept": "f() = { g = x -> x; while 1 { h = [1, 2, 3]; k = g; g = x -> k(h) } }\nf()",
    "an array in brackets": "f() = [i for i in 1..1e12]\nf()",
    "rows in brackets": "f() = [[i, i, i] for i in 1..1e12]\nf()",
    "strings": 's = "0123456789"\nwhile 1 { s = "{s}{s}" }',
    "strings that are kept": 'f() = { g = x -> x; while 1 { h = "text {1}"; k = g; g = x -> "{h}{k(x)}" } }\nf()',
    "a matrix product": "f(n) = ones(n, n) @ ones(n, n)\nplain n = 100; while 1 { print sum(f(n)) > 0; n = n*2 }",
    "sweeps of matrices": "plain n = 100; while 1 { A = ones(n, n); L = sum(A @ A @ A); backward L; n = n*2 }",
    "sweeps of a chain": "a = 1; s = a; plain n = 1000\nwhile 1 { repeat n { s = s*a }; backward s; n = n*2 }",
    "forward of a chain": "a = 1; s = a; plain n = 1000\nwhile 1 { repeat n { s = s*a }; a := 1; forward s; n = n*2 }",
    "check of a chain": "a = 1; s = a; plain n = 1000\nwhile 1 { repeat n { s = s*a }; check s; n = n*2 }",
    "a jacobian": "f(x) = x^2\nplain n = 100; while 1 { x = sum(jacobian(f)(ones(n))); n = n*2 }",
    "a hessian": "f(x) = sum(x^3)\nplain n = 100; while 1 { x = sum(hessian(f)(ones(n))); n = n*2 }",
    "random numbers and a sort": "plain n = 1000; while 1 { plain x = sort(rand(n)); n = n*2 }",
    "print of arrays": "plain n = 1000; while 1 { plain x = rand(n); print x; n = n*2 }",
    "a table": 'plain n = 1000; while 1 { write(rand(n), "x.csv"); plain t = read("x.csv"); n = n*2 }',
    "a plot": "plain n = 1000; while 1 { plain x = rand(n); plot x, x with points; n = n*2 }",
    "recursion": "f(n) = 1 + f(n + 1)\nf(1)",
    "recursion with arrays": "f(n) = sum(ones(1000)*n) + f(n + 1)\nf(1)",
    "derivatives in derivatives": "f(x) = x*f'(x)\nf(1)",
}


def texts(count):
    """Programs that take memory before they run."""
    return {
        "a long sum": lambda: "print 1" + "+1" * count,
        "a long array": lambda: "x = [" + "1," * count + "1]",
        "many names": lambda: "".join(f"x{k} = {k}\n" for k in range(count // 4)),
        "many functions": lambda: "".join(f"f{k}(x) = x + {k}\n" for k in range(count // 8)),
        "brackets": lambda: "(" * count,
        "a long comment": lambda: "#" + "x" * count,
    }


# The least with which a small program runs: the program's own 45 MB of addresses, and what it computes.
SIZES = [("64 MB", 64 * MB), ("100 MB", 100 * MB), ("300 MB", 300 * MB), ("1 GB", 1024 * MB)]

CASES = [Case(f"ulimit -v {size}: 1 + 1", "print 1 + 1", ways=("file",), output="2", limits={"AS": bound})
         for size, bound in [("50 MB", 50 * MB), *SIZES]]
CASES += [
    Case(f"ulimit -v {size}: {name}", "print 41 + 1\n" + text, ways=("file",), status=1, message=SHORT,
         output="42", limits={"AS": bound}, seconds=60, megabytes=1100)
    for size, bound in SIZES for name, text in PROGRAMS.items()
]
CASES += [
    Case(f"ulimit -v {size}: {name}", text, ways=(way,), status=(0, 1), message="^$|E078|E080|E025|E039|memory",
         limits={"AS": bound}, seconds=60, megabytes=1100)
    for size, bound in SIZES for name, text in texts(20_000_000).items() for way in ("file", "pipe")
]
CASES += [
    Case("ulimit -d 100 MB: plain arrays", "print 42\n" + PROGRAMS["plain arrays"], ways=("file",), status=1,
         message=SHORT, output="42", limits={"DATA": 100 * MB}),
    Case("after running out of memory the session goes on",
         "a = 2; L = a^2; backward L\nx = ones(2e8)\nprint a.grad, L\n", ways=("pipe",),
         arguments=["--keep-going"], status=1, message="E078", output="4 4", limits={"AS": 300 * MB}),
]
