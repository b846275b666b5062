"""Programs that never end, or ask for too much."""

import signal

from hostile import Case

GOOD = "print 41 + 1\n"      # a result that an error later must not take back


def endless(name, text, **expected):
    return Case(f"endless: {name}", GOOD + text, **{"output": "42", "status": 1, **expected})


def huge(name, text, message="error", **expected):
    return Case(f"huge: {name}", GOOD + text, **{"output": "42", "status": 1, "message": message, **expected})


def stopped(name, text, after=1.5, by=signal.SIGINT, status=130, **expected):
    return Case(f"stopped: {name}", GOOD + text, signals=[(after, by)], status=status,
                **{"message": "interrupted", "ways": ("file",), "output": "42", **expected})


DEEP = "E070"
CASES = [
    endless("recursion", "f(n) = 1 + f(n + 1)\nf(1)", message=DEEP),
    endless("mutual recursion", "f(n) = g(n); g(n) = f(n)\nf(1)", message=DEEP),
    endless("recursion of a derivative", "f(x) = f'(x)\nf(1)", message="error"),
    endless("recursion in a derivative", "f(x) = x*f(x)\nf'(1)", message="error"),
    endless("recursion in a second derivative", "f(x) = x*f''(x)\nf'(1)", message="error"),
    endless("recursion in jvp", "f(x) = jvp(f, x, 1)\nf(1)", message="error"),
    endless("recursion in grad", "f(x) = grad(f)(x)\nf(1)", message="error"),
    endless("recursion in hessian", "f(x) = hessian(f)(x)\nf([1, 2])", message="error"),
    endless("recursion in jacobian", "f(x) = jacobian(f)(x)\nf([1, 2])", message="error"),
    endless("recursion in diff", "a = 1; f(x) = diff(f(x), x)\nf(a)", message="error"),
    endless("recursion in taylor", "f(x) = taylor(f, x, 3)[1]\nf(1)", message="error"),
    endless("recursion in a plot", "f(x) = f(x) + 1\nplot f(x) for x in 0..1", message=DEEP),
    endless("recursion in a check", "a = 1; f(x) = f(x)*a\ncheck f(a)", message=DEEP),
    endless("recursion in a fold", "f(x) = max(f(x), f(x - 1))\nf(1)", message="error"),
    endless("recursion in a comprehension", "f(x) = [f(y) for y in [x]]\nf(1)", message=DEEP),
    endless("recursion in a string", 'f(x) = "{f(x)}"\nf(1)', message=DEEP),
    endless("a lambda that calls itself", "f = x -> f(x)\nf(1)", message=DEEP),
    endless("a lambda applied to itself", "w = g -> g(g)\nw(w)", message="error"),
    endless("the Y combinator", "Y = g -> (x -> g(x(x)))(x -> g(x(x)))\nY(f -> f)", message="error"),
    huge("order 1 000 000 of a derivative", "f(x) = x^2\nprint f" + "'" * 1_000_000 + "(1)", "order 1000000", output=""),
    huge("order 65 537 of a derivative", "f(x) = x^3\nprint f" + "'" * 65_537 + "(1)", "order 65537", output=""),
    huge("taylor of order 1e9", "f(x) = sin(x)\nprint taylor(f, 0, 1e9)"),
    huge("taylor of order 1e300", "f(x) = sin(x)\nprint taylor(f, 0, 1e300)"),
    huge("grad of grad of …", "f = x -> x^9\nrepeat 100000 { f = grad(f) }\nprint f(1)", "E070"),
    huge("grad of grad of …, shown", "f = x -> x^9\nrepeat 100000 { f = grad(f) }\nprint f\nf + 1"),
    huge("closures that hold closures", "f = x -> x\ng(h) = x -> h(x)\nrepeat 1000000 { f = g(f) }\nprint f(1)", "E070"),
    huge("zeros(1e9)", "x = zeros(1e9)", "E072"),
    huge("zeros(1e12)", "x = zeros(1e12)", "E072"),
    huge("zeros(1e5, 1e5)", "x = zeros(1e5, 1e5)", "E072"),
    huge("zeros(0, 1e300)", "x = zeros(0, 1e300)", "E072"),
    huge("zeros(2e8) and again", "x = zeros(2e8); y = x + 1; z = y + 1", ways=("file",), status=(0, 1), message="", megabytes=12000, seconds=40),
    huge("randn(1e12)", "x = randn(1e12)", "E072"),
    huge("eye(1e6)", "x = eye(1e6)", "error"),
    huge("a range of 1e18", "x = 1..1e18\nprint length(x)", status=(0, 1), message=""),
    huge("linspace of 1e18", "x = linspace(0, 1, 1e18)", "E072"),
    huge("a broadcast of 1e10", "x = ones(1e5, 1) + ones(1, 1e5)", "E072"),
    huge("an outer product of 1e10", "x = reshape(ones(1e5), 1e5, 1) @ ones(1, 1e5)", "E072"),
    huge("a jacobian of 1e10", "f(x) = x^2\nx = jacobian(f)(ones(1e5))", "E072"),
    huge("a hessian of 1e10", "f(x) = sum(x^2)\nx = hessian(f)(ones(1e5))", "E072"),
    huge("a string doubled 60 times", 's = "0123456789abcdef"; repeat 60 { s = "{s}{s}" }', "E072", seconds=30),
    huge("a string of an array of 1e7", 'x = ones(1e7)\ns = "{x}"', status=(0, 1), message=""),
    huge("print of an array of 1e7", "print ones(1e7)", status=(0, 1), message=""),
    huge("concat in a loop", "f() = { v = [1]; while 1 { v = concat(v, v) } }\nf()", "E07[28]", seconds=40, megabytes=6000),
    huge("plot of 1e9 points", "plot sin(x) for x in 0..1 with points\nplot 1..1e7, 1..1e7", status=(0, 1), message=""),
    huge("seed 1e300", "seed 1e300", status=(0, 1), message=""),
    huge("set digits 1e9", "set digits 1e9", "E06", output=""),
    huge("set limit 1e300", "set limit 1e300", output=""),
    huge("set limit 0", "set limit 0\na = 1; b = a + 1", output=""),
    huge("a format of 1e9 digits", 'print "{1:.1000000000}"', output=""),
    huge("a format of 1e9 columns", 'print "{1:1000000000}"', output=""),
    Case("10 000 000 nodes in a chain, then backward", "a = 1; s = a\nfor i in 1..1e7 { s = s*1.0000001 + 0*i }\nbackward s\nprint a.grad", ways=("file",), output="2.71", seconds=20),
    Case("a graph without end", "a = 1; s = a\nset limit 1e6\nprint 42\nwhile 1 { s = s + a }", output="42", status=1, message="E071"),

    stopped("while", "while 1 { }"),
    stopped("repeat 1e18", "repeat 1e18 { }"),
    stopped("for 1e15", "for i in 1..1e15 { }"),
    stopped("a comprehension of 1e12", "f() = length([0 for i in 1..1e12 if 0])\nprint f()"),
    stopped("a graph that grows", "a = 1; s = a; while 1 { s = s*1.0001 }", megabytes=8000),
    stopped("garbage", 'while 1 { s = "{1}"; v = [1, 2]; f = x -> x }'),
    stopped("recursion", "f(n) = if n > 0 then f(n - 1) + f(n - 1) else 0\nf(90)"),
    stopped("one long matrix product", "f() = ones(8000, 8000) @ ones(8000, 8000)\nprint sum(f())", megabytes=4000, late=3),
    stopped("backward through matrix products", "a = ones(3000, 3000); b = a\nrepeat 3 { b = b @ a/3000 }\nwhile 1 { backward sum(b) }", after=4, megabytes=4000),
    stopped("one long sweep", "a = 1; s = a\nfor i in 1..2e7 { s = s*1.0000001 + i }\nwhile 1 { backward s }", after=4, megabytes=6000),
    stopped("forward", "a = 1; s = a\nfor i in 1..2e7 { s = s*1.0000001 + i }\nwhile 1 { a := 2; forward s }", after=4, megabytes=6000, late=3),
    stopped("a sort", "x = rand(5e7)\nwhile 1 { y = sort(x) }", after=3, megabytes=8000),
    stopped("elementwise", "f() = { x = ones(1e8); while 1 { y = exp(x) } }\nf()", after=3, megabytes=4000, late=3),
    stopped("random numbers", "f() = { while 1 { x = randn(2e8) } }\nf()", after=3, megabytes=4000),
    stopped("cumulative sums", "f() = { x = ones(1e8); while 1 { y = cumsum(x) } }\nf()", after=3, megabytes=4000, late=3),
    stopped("a hessian", "f(x) = sum(x^4)\nwhile 1 { x = sum(hessian(f)(ones(5000))) }", after=3, megabytes=8000),
    stopped("taylor", "f(x) = { y = x; repeat 1e9 { y = sin(y) }; y }\nprint taylor(f, 1, 170)"),
    stopped("a check", "a = ones(10000); check sum(a^2 * sum(sin(a)))", after=2),
    stopped("a plot", "f(x) = { repeat 1e9 { x = sin(x) }; x }\nplot f(x) for x in 0..1"),
    stopped("a plot of 5e7 points", "x = rand(1e6)\nwhile 1 { plot x, x with points }", after=2, megabytes=8000, late=1),
    stopped("a drawing", 'a = 1; s = a\nrepeat 9000 { s = s*a }\nwhile 1 { graph s to "x.svg" }', late=3),
    stopped("a string of 2e7 numbers", 'x = rand(2e7)\nwhile 1 { s = "{x}" }', after=2, megabytes=8000),
    stopped("print of 2e7 numbers", 'x = rand(2e7)\nwhile 1 { print x }', after=4, megabytes=8000),
    stopped("write of a large table", 'x = rand(2e7)\nwhile 1 { write(x, "x.csv") }', after=3, megabytes=8000),
    stopped("compiling 10 MB", "x = 1" + " + 1" * 3_000_000, after=0.7, output="", late=1),
    stopped("SIGTERM", "while 1 { }", by=signal.SIGTERM, status=-15, message=""),
    stopped("SIGHUP", "while 1 { }", by=signal.SIGHUP, status=-1, message=""),
    stopped("SIGQUIT", "while 1 { }", by=signal.SIGQUIT, status=-3, message="", output=""),
    stopped("SIGTERM, with results that wait", "for i in 1..100 { print i }\nwhile 1 { }", by=signal.SIGTERM, status=-15, message="", output="42.*\n100\n"),
    stopped("SIGXCPU", "print 43\nwhile 1 { }", by=signal.SIGXCPU, status=-24, message="", output="42\n43\n"),
]
