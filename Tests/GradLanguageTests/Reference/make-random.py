#!/usr/bin/env python3
"""Writes random-programs.txt: random programs, with their values and gradients by JAX.

    ~/jax/bin/python make-random.py

Every program is a function f of one array p of numbers. It is drawn as text of the language and, piece
by piece, as Python over jax.numpy. Kept are those that stay away from kinks and jumps: whatever decides
(conditions, min, max, clamp, sort) notes how close it was.
"""

import pathlib
import random
import re

import jax

jax.config.update("jax_enable_x64", True)
jax.config.update("jax_platforms", "cpu")

import jax.numpy as np
import numpy

COUNT = 400
margins = []
is_noting = False


# What decides, in Python.


def note(margin):
    if is_noting:
        margins.append(float(margin))


def less(x, y):
    note(np.min(np.abs(x - y)))
    return x < y


def larger(x, y):
    note(np.min(np.abs(x - y)))
    return np.maximum(x, y)


def smaller(x, y):
    note(np.min(np.abs(x - y)))
    return np.minimum(x, y)


def clamp(x, low, high):
    note(np.min(np.minimum(np.abs(x - low), np.abs(x - high))))
    return np.minimum(np.maximum(x, low), high)


def gap(v):
    note(np.min(np.diff(np.sort(np.ravel(v)))))
    return v


def norm(v):
    note(np.sqrt(np.sum(v**2)))
    return np.sqrt(np.sum(v**2))


def std(v):
    note(np.std(v))
    return np.std(v)


NAMES = dict(
    np=np, less=less, larger=larger, smaller=smaller, clamp=clamp, gap=gap, norm=norm, std=std,
    sigmoid=jax.nn.sigmoid, softplus=jax.nn.softplus, silu=jax.nn.silu, softmax=jax.nn.softmax,
    logsumexp=jax.nn.logsumexp, erf=jax.scipy.special.erf)

# Functions of one number, for any shape: (in the language, in Python).
SMOOTH = [
    ("tanh({})", "np.tanh({})"), ("sin({})", "np.sin({})"), ("cos({})", "np.cos({})"),
    ("sigmoid({})", "sigmoid({})"), ("softplus({})", "softplus({})"), ("silu({})", "silu({})"),
    ("atan({})", "np.arctan({})"), ("erf({})", "erf({})"), ("asinh({})", "np.arcsinh({})"),
    ("exp(-{}^2)", "np.exp(-({})**2)"), ("log(1 + {}^2)", "np.log(1 + ({})**2)"),
    ("sqrt(1 + {}^2)", "np.sqrt(1 + ({})**2)"), ("abs({})", "larger({0}, -({0}))"),
    ("relu({})", "larger({}, 0.0)"),
]
# Of an array to a number.
REDUCTIONS = [
    ("sum({})", "np.sum({})"), ("mean({})", "np.mean({})"), ("prod({})", "np.prod({})"),
    ("norm({})", "norm({})"), ("logsumexp({})", "logsumexp({})"), ("max({})", "np.max(gap({}))"),
    ("min({})", "np.min(gap({}))"), ("var({})", "np.var({})"), ("std({})", "std({})"),
]
ROW_REDUCTIONS = [
    ("sum({}, 1)", "np.sum({}, 0)"), ("sum({}, 2)", "np.sum({}, 1)"), ("mean({}, 2)", "np.mean({}, 1)"),
    ("logsumexp({}, 1)", "logsumexp({}, 0)"), ("prod({}, 2)", "np.prod({}, 1)"),
    ("var({}, 1)", "np.var({}, 0)"),
]


class Program:
    """Numbers, vectors of three, matrices of three by three. `names` has what can be used, by kind."""

    def __init__(self, seed):
        self.rng = random.Random(seed)
        self.lines, self.python = [], []
        self.functions = []
        self.fresh = 0
        self.names = {"number": ["a", "b", "c"], "vector": ["u", "v"], "matrix": ["A"]}
        for _ in range(2):
            self.define()
        for kind in ("number", "vector", "matrix"):
            self.assign(kind)
        for _ in range(self.rng.randint(3, 7)):
            self.statement(1)
        text, python = self.mix()
        self.put(0, f"L = {text}", f"L = {python}")

    def pick(self, items):
        return self.rng.choice(items)

    def put(self, depth, text, python):
        self.lines.append("  " * (depth + 1) + text)
        self.python.append("    " * (depth + 1) + python)

    def filled(self, pair, *parts):
        texts, pythons = zip(*parts)
        return pair[0].format(*texts), pair[1].format(*pythons)

    def constant(self):
        x = self.pick([-1.5, -0.75, -0.25, 0.25, 0.5, 1.25, 2.0])
        return (f"({x})" if x < 0 else f"{x}",) * 2

    # Expressions

    def expression(self, kind, depth):
        return getattr(self, kind)(depth)

    def name(self, kind):
        return (self.pick(self.names[kind]),) * 2

    def common(self, kind, depth):
        """What there is for every kind, element by element."""
        e = lambda: self.expression(kind, depth - 1)
        s = lambda: self.number(depth - 1)
        return [
            lambda: self.filled(("({} + {})", "({} + {})"), e(), e()),
            lambda: self.filled(("({} - {})", "({} - {})"), e(), e()),
            lambda: self.filled(("{}*{}", "{}*{}"), self.bracketed(e()), self.bracketed(e())),
            lambda: self.filled(("{}*{}", "{}*{}"), self.bracketed(s()), self.bracketed(e())),
            lambda: self.filled(("{}/(1.5 + {}^2)", "{}/(1.5 + ({})**2)"), self.bracketed(e()), self.bracketed(e())),
            lambda: self.filled(self.pick(SMOOTH), self.bracketed(e())),
            lambda: self.filled(self.pick(SMOOTH), self.bracketed(e())),
            lambda: self.filled(("max({}, {})", "larger({}, {})"), e(), e()),
            lambda: self.filled(("min({}, {})", "smaller({}, {})"), e(), s()),
            lambda: self.filled(("clamp({}, -0.6, {})", "clamp({}, -0.6, {})"), e(), ("0.8", "0.8")),
            lambda: self.filled(("where({} < {}, {}, {})", "np.where(less({}, {}), {}, {})"), e(), e(), e(), e()),
        ]

    def bracketed(self, pair):
        return tuple(f"({part})" for part in pair) if not pair[0].isidentifier() else pair

    def number(self, depth):
        if depth <= 0 or self.rng.random() < 0.15:
            return self.constant() if self.rng.random() < 0.2 else self.name("number")
        v = lambda: self.vector(depth - 1)
        M = lambda: self.matrix(depth - 1)
        s = lambda: self.number(depth - 1)
        i, j = self.rng.randint(1, 3), self.rng.randint(1, 3)
        ways = self.common("number", depth) + [
            lambda: self.filled(self.pick(REDUCTIONS), v()),
            lambda: self.filled(self.pick(REDUCTIONS), v()),
            lambda: self.filled(self.pick(REDUCTIONS), M()),
            lambda: self.filled(("{} @ {}", "{} @ {}"), self.bracketed(v()), self.bracketed(v())),
            lambda: self.filled(("{} @ {} @ {}", "{} @ {} @ {}"), self.name("vector"), self.name("matrix"), self.bracketed(v())),
            lambda: self.filled((f"{{}}[{i}]", f"{{}}[{i - 1}]"), self.name("vector")),
            lambda: self.filled(("{}[end]", "{}[-1]"), self.name("vector")),
            lambda: self.filled((f"{{}}[{i}, {j}]", f"{{}}[{i - 1}, {j - 1}]"), self.name("matrix")),
            lambda: self.filled(("(if {} < {} then {} else {})", "({2} if less({0}, {1}) else {3})"), s(), s(), s(), s()),
            lambda: self.filled(("(x -> x*{} + x^2)({})", "(lambda x: x*{} + x**2)({})"), self.bracketed(s()), s()),
        ]
        for name in self.functions:
            ways.append(lambda name=name: self.filled((f"{name}({{}}, {{}})",) * 2, s(), s()))
        return self.pick(ways)()

    def vector(self, depth):
        if depth <= 0 or self.rng.random() < 0.15:
            return self.name("vector")
        v = lambda: self.vector(depth - 1)
        M = lambda: self.matrix(depth - 1)
        s = lambda: self.number(depth - 1)
        i = self.rng.randint(1, 3)
        ways = self.common("vector", depth) + [
            lambda: self.filled(("{} @ {}", "{} @ {}"), self.bracketed(M()), self.bracketed(v())),
            lambda: self.filled(("{} @ {}", "{} @ {}"), self.bracketed(v()), self.bracketed(M())),
            lambda: self.filled((f"{{}}[{i}, :]", f"{{}}[{i - 1}, :]"), self.name("matrix")),
            lambda: self.filled((f"{{}}[:, {i}]", f"{{}}[:, {i - 1}]"), self.name("matrix")),
            lambda: self.filled(("{}[end..1 by -1]", "{}[::-1]"), self.name("vector")),
            lambda: self.filled(("concat({}[2..3], {}[1..1])", "np.concatenate([{}[1:3], {}[0:1]])"), self.name("vector"), self.name("vector")),
            lambda: self.filled(("append({}[1..2], {})", "np.append({}[0:2], {})"), self.name("vector"), s()),
            lambda: self.filled(("[{}, {}, {}]", "np.stack([{}, {}, {}])"), s(), self.name("number"), s()),
            lambda: self.filled(("[x^2 - x*{} for x in {}]", "np.stack([x**2 - x*{} for x in {}])"), self.name("number"), v()),
            lambda: self.filled(("softmax({})", "softmax({})"), v()),
            lambda: self.filled(("cumsum({})", "np.cumsum({})"), v()),
            lambda: self.filled(("sort({})", "np.sort(gap({}))"), v()),
            lambda: self.filled(self.pick(ROW_REDUCTIONS), M()),
        ]
        return self.pick(ways)()

    def matrix(self, depth):
        if depth <= 0 or self.rng.random() < 0.15:
            return self.name("matrix")
        v = lambda: self.vector(depth - 1)
        M = lambda: self.matrix(depth - 1)
        ways = self.common("matrix", depth) + [
            lambda: self.filled(("{} @ {}", "{} @ {}"), self.bracketed(M()), self.bracketed(M())),
            lambda: self.filled(("transpose({})", "np.transpose({})"), M()),
            lambda: self.filled(("outer({}, {})", "np.outer({}, {})"), v(), v()),
            lambda: self.filled(("stack({}, {}, {})", "np.stack([{}, {}, {}])"), v(), self.name("vector"), v()),
            lambda: self.filled(("({} + {})", "({} + {})"), M(), v()),
            lambda: self.filled(("({} * reshape({}, 3, 1))", "({} * np.reshape({}, (3, 1)))"), M(), v()),
            lambda: self.filled(("softmax({}, 2)", "softmax({}, 1)"), M()),
        ]
        return self.pick(ways)()

    def mix(self):
        """A number that depends on much of what there is."""
        parts = [self.name("number")] + [self.filled(("mean({})", "np.mean({})"), self.name(kind))
                                         for kind in ("vector", "matrix", "vector")]
        return self.filled(("tanh({}) + {} - {}*{}", "np.tanh({}) + {} - {}*{}"), *parts)

    # Statements

    def define(self):
        name = "gh"[len(self.functions)]
        outer = self.names
        self.names = {"number": ["x", "y", "a"], "vector": ["u"], "matrix": ["A"]}
        text, python = self.number(3)
        self.names = outer
        self.put(0, f"{name}(x, y) = {text}", f"{name} = lambda x, y: {python}")
        self.functions = self.functions + [name]

    def assign(self, kind, depth=0):
        self.fresh += 1
        name = {"number": "s", "vector": "w", "matrix": "M"}[kind] + str(self.fresh)
        text, python = self.expression(kind, 3)
        self.put(depth, f"{name} = {text}", f"{name} = {python}")
        if depth == 0:
            self.names[kind] = self.names[kind] + [name]

    def changed(self, kind):
        """A name that may get another value: none of the inputs."""
        return self.pick([name for name in self.names[kind] if name not in "abcuvA"])

    def update(self, depth):
        kind = self.pick(["number", "number", "vector", "matrix"])
        name = self.changed(kind)
        text, python = self.expression(kind, 2)
        self.put(depth, f"{name} = 0.5*{name} + 0.5*tanh({text})", f"{name} = 0.5*{name} + 0.5*np.tanh({python})")

    def statement(self, depth):
        way = self.rng.randrange(11)
        if way < 2:
            self.assign(self.pick(["number", "vector", "matrix"]))
        elif way == 2:
            self.fresh += 1
            i = f"i{self.fresh}"
            count = self.rng.randint(1, 4)
            self.put(0, f"for {i} in 1..{count} {{", f"for {i} in range(1, {count + 1}):")
            self.names["number"] = self.names["number"] + [i]
            self.update(1)
            self.update(1)
            self.names["number"] = [name for name in self.names["number"] if name != i]
            self.put(0, "}", "    pass")
        elif way == 3:
            name, vector = self.changed("number"), self.pick(self.names["vector"])
            self.fresh += 1
            x = f"x{self.fresh}"
            self.put(0, f"for {x} in {vector} {{", f"for {x} in {vector}:")
            self.names["number"] = self.names["number"] + [x]
            text, python = self.number(2)
            self.names["number"] = [other for other in self.names["number"] if other != x]
            self.put(1, f"{name} += sin({x})*tanh({text})", f"{name} = {name} + np.sin({x})*np.tanh({python})")
            self.put(0, "}", "    pass")
        elif way == 4:
            self.put(0, f"repeat {(n := self.rng.randint(1, 3))} {{", f"for _ in range({n}):")
            self.update(1)
            self.put(0, "}", "    pass")
        elif way == 5:
            name = self.changed("number")
            limit = self.pick([0.3, 0.7, 1.1])
            self.put(0, f"while {name}^2 > {limit} {{ {name} = 0.6*{name}*cos({name}/9) }}",
                     f"while less({limit}, {name}**2): {name} = 0.6*{name}*np.cos({name}/9)")
        elif way in (6, 7):
            (x, px), (y, py) = self.number(1), self.number(1)
            self.put(0, f"if {x} < {y} {{", f"if less({px}, {py}):")
            self.update(1)
            self.put(0, "} else {", "else:")
            self.update(1)
            self.update(1)
            self.put(0, "}", "    pass")
        elif way == 8:
            name, i = self.changed("vector"), self.rng.randint(1, 3)
            text, python = self.number(2)
            self.put(0, f"{name}[{i}] = {text}", f"{name} = {name}.at[{i - 1}].set({python})")
        elif way == 9:
            name, i = self.changed("matrix"), self.rng.randint(1, 3)
            text, python = self.vector(2)
            self.put(0, f"{name}[{i}, :] = {text}", f"{name} = {name}.at[{i - 1}, :].set({python})")
        else:
            name = self.changed("number")
            text, python = self.number(2)
            sign = self.pick("+-*")
            self.put(0, f"{name} {sign}= {text}", f"{name} = {name} {sign} ({python})")


INPUTS = ("  a = p[1]; b = p[2]; c = p[3]; u = p[4..6]; v = p[7..9]; A = reshape(p[10..18], 3, 3)\n",
          "    a, b, c, u, v, A = p[0], p[1], p[2], p[3:6], p[6:9], np.reshape(p[9:18], (3, 3))\n")


def make(seed):
    """A program, or None when it is not ordinary."""
    global is_noting
    program = Program(seed)
    p = numpy.round(numpy.random.default_rng(seed).uniform(-2, 2, 18) * 64) / 64
    scope = dict(NAMES)
    exec("def f(p):\n" + INPUTS[1] + "\n".join(program.python) + "\n    return L", scope)
    f = scope["f"]
    margins.clear()
    is_noting = True
    value = f(np.array(p))
    is_noting = False
    if min(margins, default=1) < 0.02 or not abs(value) < 100:
        return None
    gradient = jax.grad(f)(np.array(p))
    nudged = jax.grad(f)(np.array(p) + 1e-7)
    size = float(np.max(np.abs(gradient)))
    if not 1e-3 < size < 300 or float(np.max(np.abs(nudged - gradient))) > 1e-5:
        return None
    # Half of them run at top level, where every step has a name of its own.
    body = "\n".join(program.lines)
    numbers = ", ".join(repr(float(x)) for x in p)
    text = f"p = [{numbers}]\nf(p) = {{\n{INPUTS[0]}{body}\n  L\n}}\n"
    if seed % 2:
        text += "L = f(p)\n"
    else:
        text += re.sub(r"^  ", "", INPUTS[0] + body, flags=re.M) + "\n"
    text += "backward L"
    return text, float(value), gradient


HEADER = """\
# Random programs, and their values and gradients by JAX {jax} in float64.
# Written by make-random.py, which stands next to this file.
"""


def main():
    parts = [HEADER.format(jax=jax.__version__)]
    seed = count = 0
    while count < COUNT:
        seed += 1
        made = make(seed)
        if made is None:
            continue
        count += 1
        text, value, gradient = made
        slopes = " ".join(format(float(x), ".17g") for x in gradient)
        parts.append(f"## random {seed}\n{text}\n=> L | {value:.17g}\n=> p.grad | {slopes}\n")
    pathlib.Path(__file__).with_name("random-programs.txt").write_text("\n".join(parts), encoding="utf-8")
    print(count, "programs of", seed)


if __name__ == "__main__":
    main()
