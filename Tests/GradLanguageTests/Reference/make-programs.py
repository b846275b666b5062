#!/usr/bin/env python3
"""Writes programs.txt: programs in the language, with what they must compute, according to JAX.

    python3 -m venv ~/jax && ~/jax/bin/pip install jax numpy mpmath
    ~/jax/bin/python make-programs.py

Each program stands here as text, and below it what it means in JAX: a generator of pairs, an
expression of the language and its value. The values are float64; where JAX has no function, or
one that is not accurate enough, they are computed with mpmath.
"""

import math
import pathlib

import jax

jax.config.update("jax_enable_x64", True)
jax.config.update("jax_platforms", "cpu")

import jax.numpy as np
import jax.scipy.special as special
import mpmath
import numpy
from jax import grad, hessian, jacfwd, jacrev

mpmath.mp.dps = 60
programs = []


def program(name, text):
    def add(expectations):
        programs.append((name, text.strip("\n"), expectations))
        return expectations
    return add


def array(*values):
    return np.array(values, dtype=np.float64)


def number(x):
    return np.asarray(x, dtype=np.float64)


def graded(result, f, /, **leaves):
    """The value of a result, and the gradient of every leaf after `backward`."""
    values = [number(x) for x in leaves.values()]
    yield result, f(*values)
    for position, name in enumerate(leaves):
        yield name + ".grad", grad(f, position)(*values)


def nth(f, order):
    """The derivative of an order, by taking it again and again."""
    for _ in range(order):
        f = grad(f)
    return f


def taylor(f, x, order):
    return [nth(f, n)(number(x)) / math.factorial(n) for n in range(order + 1)]


def exact(f, x, order=0):
    """A derivative of a function of mpmath."""
    x = mpmath.mpf(float(x))
    return float(f(x) if order == 0 else mpmath.diff(f, x, order))


def exact_gradient(f, *x):
    """The partial derivatives of a function of mpmath."""
    x = [mpmath.mpf(float(value)) for value in x]
    orders = [tuple(int(i == k) for i in range(len(x))) for k in range(len(x))]
    return [float(mpmath.diff(f, tuple(x), order)) for order in orders]


# Operators


@program("founding lines", """
a = 2; b = -3; c = 10; f = -2
d = a*b; L = (d + c) * f; backward L
""")
def _():
    yield from graded("L", lambda a, b, c, f: (a * b + c) * f, a=2, b=-3, c=10, f=-2)
    yield "d", -6
    yield "d.grad", -2
    yield "L.grad", 1


@program("a neuron", """
x1 = 2; x2 = 0
w1 = -3; w2 = 1
b = 6.8813735870195432
n = x1*w1 + x2*w2 + b
o = n.tanh()
o.backward()
""")
def _():
    f = lambda x1, x2, w1, w2, b: np.tanh(x1 * w1 + x2 * w2 + b)
    yield from graded("o", f, x1=2, x2=0, w1=-3, w2=1, b=6.8813735870195432)


@program("a neuron with exp", """
x1 = 2; x2 = 0; w1 = -3; w2 = 1; b = 6.7
n = x1*w1 + x2*w2 + b
e = exp(2*n)
o = (e - 1)/(e + 1)
backward(o)
""")
def _():
    def f(x1, x2, w1, w2, b):
        e = np.exp(2 * (x1 * w1 + x2 * w2 + b))
        return (e - 1) / (e + 1)
    yield from graded("o", f, x1=2, x2=0, w1=-3, w2=1, b=6.7)


@program("a value used many times", """
a = -4; b = 2
c = a + b
d = a*b + b^3
c += c + 1
c += 1 + c + -a
d += d*2 + (b + a).relu()
d += 3*d + (b - a).relu()
e = c - d
f = e^2
g = f/2
g += 10/f
backward g
""")
def _():
    def g(a, b):
        c = a + b
        d = a * b + b**3
        c = c + c + 1
        c = c + 1 + c - a
        d = d + d * 2 + jax.nn.relu(b + a)
        d = d + 3 * d + jax.nn.relu(b - a)
        f = (c - d) ** 2
        return f / 2 + 10 / f
    yield from graded("g", g, a=-4, b=2)


@program("arithmetic", """
a = 3.5; b = -1.25
L = (a + b)*(a - b)/(a*b) + -a - +b
backward L
""")
def _():
    yield from graded("L", lambda a, b: (a + b) * (a - b) / (a * b) - a - b, a=3.5, b=-1.25)


@program("powers", """
a = 1.7; b = -0.6
L = a^b + 2^a + a^-1 + a**3 - -a^2 + 2^3^2/100 + b^2 + b^3
backward L
""")
def _():
    f = lambda a, b: a**b + 2**a + 1 / a + a**3 + a**2 + 5.12 + b**2 + b**3
    yield from graded("L", f, a=1.7, b=-0.6)
    yield "-2^2", -4
    yield "2^-1", 0.5
    yield "2^3^2", 512


@program("powers of arrays", """
v = [0.5, 1.5, 2.5]
p = [2, -1, 0.5]
L = sum(v^p) + sum(2^v) + sum(v^2) - sum(v^3)
backward L
""")
def _():
    f = lambda v, p: np.sum(v**p) + np.sum(2**v) + np.sum(v**2) - np.sum(v**3)
    yield from graded("L", f, v=[0.5, 1.5, 2.5], p=[2, -1, 0.5])


@program("a power tower", """
x = 1.3
L = x^x^x
backward L
f(t) = t^t
""")
def _():
    f = lambda x: x**x
    yield from graded("L", lambda x: x ** (x**x), x=1.3)
    for order, marks in enumerate(["", "'", "''", "'''"]):
        yield f"f{marks}(1.3)", nth(f, order)(number(1.3))


@program("floor division and remainder", """
x = 7.3; y = -2.1
q = x // y
r = x % y
L = q*x + r*y + r^2
backward L
""")
def _():
    def f(x, y):
        q, r = np.floor(x / y), np.mod(x, y)
        return q * x + r * y + r**2
    yield from graded("L", f, x=7.3, y=-2.1)
    yield "q", -4
    yield "r", np.mod(number(7.3), number(-2.1))
    yield "[7//2, -7//2, 7//-2, -7//-2]", [3, -4, -4, 3]
    yield "[7 % 3, -7 % 3, 7 % -3, -7 % -3]", [1, 2, -2, -1]


@program("remainders of arrays", """
v = [-7.5, -0.5, 2.25, 9.75]
m = 3
L = sum((v % m)^2) + sum(v // m)
backward L
""")
def _():
    f = lambda v, m: np.sum(np.mod(v, m) ** 2) + np.sum(np.floor(v / m))
    yield from graded("L", f, v=[-7.5, -0.5, 2.25, 9.75], m=3)
    yield "v // m", [-3, -1, 0, 3]
    yield "v % m", np.mod(array(-7.5, -0.5, 2.25, 9.75), 3)
    yield "[10, 11, 12] % [3, 4, 5]", [1, 3, 2]


@program("comparisons", """
x = 0.5
c = [x < 1, x <= 0.5, x > 1, x >= 0.5, x == 0.5, x != 0.5, 0.1 + 0.2 == 0.3]
close = [0.1 + 0.2 ≈ 0.3, 1 ~== 1.1, x ≤ 1, x ≥ 1, x ≠ 1]
chains = [0 < x < 1, 0 < x > 1, 1 > x >= 0.5 == 0.5, 0 < x < 1 < 0]
""")
def _():
    yield "c", [1, 1, 0, 1, 1, 0, 0]
    yield "close", [1, 0, 1, 0, 1]
    yield "chains", [1, 0, 1, 0]


@program("comparisons of arrays", """
u = [1, 2, 3]; v = [3, 2, 1]
A = [[1, 5, 3], [4, 2, 6]]
L = sum((u >= v)*u^2) + sum((A > 2)*A)
backward L
""")
def _():
    v = array(3, 2, 1)
    f = lambda u, A: np.sum((u >= v) * u**2) + np.sum((A > 2) * A)
    yield from graded("L", f, u=[1, 2, 3], A=[[1, 5, 3], [4, 2, 6]])
    yield "v.grad", [0, 0, 0]
    yield "u < v", [1, 0, 0]
    yield "u <= v", [1, 1, 0]
    yield "u == v", [0, 1, 0]
    yield "u != v", [1, 0, 1]
    yield "A > u", [[0, 1, 0], [1, 0, 1]]
    yield "A >= reshape([3, 4], 2, 1)", [[0, 1, 1], [1, 0, 1]]
    yield "u ≈ [1, 2.5, 3]", [1, 0, 1]


@program("logic", """
a = 2; b = 0
r = [a and b, a or b, not a, not b, a > 1 and b < 1, not a > 3 or b]
safe = b != 0 and 1/b > 1
L = if a > 1 and not b then a^3 else a
backward L
""")
def _():
    yield "r", [0, 1, 0, 1, 1, 1]
    yield "safe", 0
    yield "true + true - false", 2
    yield from graded("L", lambda a, b: a**3 + 0 * b, a=2, b=0)


@program("other spellings", """
α = 0.25; x₁ = 3
L = α·x₁² − x₁÷4 + α × x₁³ + π·α⁻¹
backward L
""")
def _():
    f = lambda a, x: a * x**2 - x / 4 + a * x**3 + math.pi / a
    yield from graded("L", f, **{"α": 0.25, "x₁": 3})


@program("compound assignment", """
a = 1.5; s = 2
s += a
s *= a^2
s -= 3*a
s /= a + 1
s ^= 2
backward s
""")
def _():
    yield "s", (((2 + 1.5) * 2.25 - 4.5) / 2.5) ** 2
    yield "a.grad", grad(lambda a: (((2 + a) * a**2 - 3 * a) / (a + 1)) ** 2)(1.5)


@program("compound assignment of arrays", """
w = [1, 2, 3]
y = w*1
y += 1
y *= w
y -= [0.5, 0.25, 0.125]
y /= 2
y ^= 2
L = sum(y)
backward L
""")
def _():
    f = lambda w: np.sum((((w + 1) * w - array(0.5, 0.25, 0.125)) / 2) ** 2)
    yield from graded("L", f, w=[1, 2, 3])


@program("signs of arrays", """
v = [1, -2, 3]
w = -v + +v^2 - -3
L = w @ w
backward L
""")
def _():
    def f(v):
        w = -v + v**2 + 3
        return w @ w
    yield from graded("L", f, v=[1, -2, 3])


@program("functions as methods", """
x = 0.8
y = x.sin().exp().max(0.5)
v = [3, 1, 2]
L = y*v.sum() + v.norm() - v.dot(v)
L.backward()
""")
def _():
    f = lambda x, v: np.exp(np.sin(x)) * np.sum(v) + np.sqrt(np.sum(v**2)) - v @ v
    yield from graded("L", f, x=0.8, v=[3, 1, 2])


@program("vector times vector", """
u = [1, 2, 3]; v = [0.5, -1, 2]
L = u @ v
backward L
""")
def _():
    yield from graded("L", lambda u, v: u @ v, u=[1, 2, 3], v=[0.5, -1, 2])


@program("matrix times vector", """
A = [[1, 2, 3], [4, 5, 6]]
x = [0.5, -1, 2]
y = A @ x
L = sum(y^2)
backward L
""")
def _():
    f = lambda A, x: np.sum((A @ x) ** 2)
    yield from graded("L", f, A=[[1, 2, 3], [4, 5, 6]], x=[0.5, -1, 2])
    yield "y", [4.5, 9]
    yield "y.grad", [9, 18]


@program("vector times matrix", """
x = [1, -2]
A = [[1, 2, 3], [4, 5, 6]]
L = sum(exp(x @ A/10))
backward L
""")
def _():
    yield from graded("L", lambda x, A: np.sum(np.exp(x @ A / 10)), x=[1, -2], A=[[1, 2, 3], [4, 5, 6]])


@program("matrix times matrix", """
A = [[1, 2], [3, 4], [5, 6]]
B = [[0.5, -1, 2, 0], [1, 0.25, -3, 1]]
C = A @ B
L = sum(C^2)/10
backward L
""")
def _():
    A, B = [[1, 2], [3, 4], [5, 6]], [[0.5, -1, 2, 0], [1, 0.25, -3, 1]]
    yield "C", number(A) @ number(B)
    yield from graded("L", lambda A, B: np.sum((A @ B) ** 2) / 10, A=A, B=B)


@program("quadratic form", """
A = [[2, 1, 0], [1, 3, -1], [0, -1, 4]]
q(x) = x @ A @ x/2
x = [1, -1, 2]
L = q(x)
backward L
""")
def _():
    q = lambda A, x: x @ A @ x / 2
    A, x = number([[2, 1, 0], [1, 3, -1], [0, -1, 4]]), array(1, -1, 2)
    yield from graded("L", q, A=A, x=x)
    yield "grad(q)([1, -1, 2])", grad(q, 1)(A, x)
    yield "hessian(q)([1, -1, 2])", hessian(q, 1)(A, x)
    yield "hvp(q, [1, -1, 2], [0, 1, 1])", hessian(q, 1)(A, x) @ array(0, 1, 1)


@program("matrix chain", """
A = [[0.5, 0.2], [-0.3, 0.8]]
M = eye(2)
for i in 1..6 { M = M @ A + 0.1*A }
L = sum(M)
backward L
""")
def _():
    def f(A):
        M = np.eye(2)
        for _ in range(6):
            M = M @ A + 0.1 * A
        return np.sum(M)
    yield from graded("L", f, A=[[0.5, 0.2], [-0.3, 0.8]])


@program("matrix exponential", """
expm(A, n) = {
  term = eye(2)
  total = eye(2)
  for k in 1..n {
    term = term @ A/k
    total += term
  }
  total
}
A = [[0, -0.7], [0.7, 0.1]]
E = expm(A, 20)
L = E[1, 1] + 2*E[2, 1]
backward L
""")
def _():
    def expm(A):
        term = total = np.eye(2)
        for k in range(1, 21):
            term = term @ A / k
            total = total + term
        return total
    A = number([[0, -0.7], [0.7, 0.1]])
    yield "E", expm(A)
    yield from graded("L", lambda A: expm(A)[0, 0] + 2 * expm(A)[1, 0], A=A)


# Broadcasting


@program("number and array", """
s = 1.5
v = [1, 2, 4]
L = sum((s - v)/s + s*v - v/(v + s))
backward L
""")
def _():
    yield from graded("L", lambda s, v: np.sum((s - v) / s + s * v - v / (v + s)), s=1.5, v=[1, 2, 4])


@program("row and matrix", """
A = [[1, 2, 3], [4, 5, 6]]
r = [0.5, -1, 2]
L = sum((A - r)^2*r)
backward L
""")
def _():
    yield from graded("L", lambda A, r: np.sum((A - r) ** 2 * r), A=[[1, 2, 3], [4, 5, 6]], r=[0.5, -1, 2])


@program("column and matrix", """
A = [[1, 2, 3], [4, 5, 6]]
c = [[2], [-0.5]]
L = sum(A/c + sin(c)*A^2)
backward L
""")
def _():
    f = lambda A, c: np.sum(A / c + np.sin(c) * A**2)
    yield from graded("L", f, A=[[1, 2, 3], [4, 5, 6]], c=[[2], [-0.5]])


@program("column and row", """
c = reshape([1, 2, 3], 3, 1)
r = [0.1, 0.2]
D = (c - r)^2
L = sum(exp(-D))
backward L
""")
def _():
    c, r = number([[1], [2], [3]]), array(0.1, 0.2)
    yield "D", (c - r) ** 2
    yield from graded("L", lambda c, r: np.sum(np.exp(-((c - r) ** 2))), c=c, r=r)


@program("rank three", """
T = reshape(linspace(0.1, 1.2, 12), 2, 3, 2)
M = [[1, 2], [3, 4], [5, 6]]
c = [[2], [3], [0.5]]
L = sum(T*M + T^2/c) + sum(T*[1, -1])
backward L
""")
def _():
    T = numpy.linspace(0.1, 1.2, 12).reshape(2, 3, 2)
    f = lambda T, M, c: np.sum(T * M + T**2 / c) + np.sum(T * array(1, -1))
    yield from graded("L", f, T=T, M=[[1, 2], [3, 4], [5, 6]], c=[[2], [3], [0.5]])
    yield "shape(T*M)", [2, 3, 2]


@program("dimensions of length one", """
P = reshape([1, 2, 3], 1, 3, 1)
Q = reshape([0.5, -1], 2, 1, 1)
R = [[1, 2, 4, 8]]
Z = P*Q + R
L = sum(Z^2)/100
backward L
""")
def _():
    P, Q, R = np.reshape(array(1, 2, 3), (1, 3, 1)), np.reshape(array(0.5, -1), (2, 1, 1)), number([[1, 2, 4, 8]])
    yield "shape(Z)", [2, 3, 4]
    yield from graded("L", lambda P, Q, R: np.sum((P * Q + R) ** 2) / 100, P=P, Q=Q, R=R)


@program("one element", """
v = [2]
w = [1, 2, 3]
L = sum(v*w) + sum(w^v) + sum(v - 5)
backward L
""")
def _():
    yield from graded("L", lambda v, w: np.sum(v * w) + np.sum(w**v) + np.sum(v - 5), v=[2], w=[1, 2, 3])


@program("functions of two broadcast", """
c = [[0.3], [0.9]]
r = [0.5, 1.5, 2.5]
L = sum(hypot(c, r) + atan2(c, r) + logaddexp(c, r) + xlogy(c, r) + pow(r, c))
backward L
""")
def _():
    def f(c, r):
        return np.sum(np.hypot(c, r) + np.arctan2(c, r) + np.logaddexp(c, r) + c * np.log(r) + r**c)
    yield from graded("L", f, c=[[0.3], [0.9]], r=[0.5, 1.5, 2.5])


@program("where broadcast", """
A = [[1, -2, 3], [-4, 5, -6]]
r = [10, 20, 30]
s = 0.5
L = sum(where(A > 0, A*r, s)) + sum(where([1, 0, 1], A^2, r))
backward L
""")
def _():
    def f(A, r, s):
        return np.sum(np.where(A > 0, A * r, s)) + np.sum(np.where(array(1, 0, 1) > 0, A**2, r))
    yield from graded("L", f, A=[[1, -2, 3], [-4, 5, -6]], r=[10, 20, 30], s=0.5)


# Functions of numbers: on an array, and their derivatives at a point.


def mp_sigmoid(x):
    return 1 / (1 + mpmath.exp(-x))


def mp_gelu(x):
    return x * mpmath.erfc(-x / mpmath.sqrt(2)) / 2


def mp_cbrt(x):
    return mpmath.sign(x) * mpmath.cbrt(abs(x))


def mp_erf(x):
    return mpmath.erf(x)


def mp_erfc(x):
    return mpmath.erfc(x)


def mp_gamma(x):
    return mpmath.gamma(x)


def mp_digamma(x):
    return mpmath.digamma(x)


def mp_lgamma(x):
    return mpmath.log(abs(mpmath.gamma(x)))


def mp_polygamma(x):
    return mpmath.psi(2, x)


def elementwise(name, f, values, point, orders=2, call=None):
    """A program for one function. f is of JAX, or of mpmath if JAX has none of full accuracy."""
    call = call or name + "({})"
    marks = "'" * orders
    text = (f"v = [{', '.join(map(str, values))}]\ny = {call.format('v')}\nL = sum(y*v)\nbackward L\n"
            f"f(t) = {call.format('t')}")

    @program(name, text)
    def _():
        if f.__name__.startswith("mp_"):
            derivative = lambda x, order=0: exact(f, x, order)
        else:
            derivative = lambda x, order=0: nth(f, order)(number(x))
        yield "y", [derivative(x) for x in values]
        yield "L", sum(float(derivative(x)) * x for x in values)
        yield "v.grad", [derivative(x, 1) * x + derivative(x) for x in values]
        for order in range(orders + 1):
            yield f"f{marks[:order]}({point})", derivative(point, order)


elementwise("abs", np.abs, [-1.5, 0.25, 3], -0.7)
elementwise("sign", np.sign, [-1.5, 0.25, 3], -0.7)
elementwise("floor", np.floor, [-1.5, 0.25, 3.75], -0.7, 1)
elementwise("ceil", np.ceil, [-1.5, 0.25, 3.75], -0.7, 1)
elementwise("round", np.round, [-1.6, 0.25, 3.75], -0.7, 1)
elementwise("sqrt", np.sqrt, [0.01, 2, 300], 0.7, 4)
elementwise("cbrt", mp_cbrt, [-27, 0.5, 3], -0.7, 3)
elementwise("exp", np.exp, [-3, 0.5, 2], 0.7, 3)
elementwise("expm1", np.expm1, [-3, 1e-9, 2], 0.7, 3)
elementwise("log", np.log, [0.01, 0.5, 20], 0.7, 4)
elementwise("log2", np.log2, [0.01, 0.5, 32], 0.7, 3)
elementwise("log10", np.log10, [0.01, 0.5, 1000], 0.7, 3)
elementwise("log1p", np.log1p, [-0.5, 1e-9, 20], 0.7, 3)
elementwise("sin", np.sin, [-3, 0.5, 20], 0.7, 4)
elementwise("cos", np.cos, [-3, 0.5, 20], 0.7, 4)
elementwise("tan", np.tan, [-1.2, 0.5, 2.5], 0.7, 4)
elementwise("asin", np.arcsin, [-0.9, 0.1, 0.5], 0.6, 3)
elementwise("acos", np.arccos, [-0.9, 0.1, 0.5], 0.6, 3)
elementwise("atan", np.arctan, [-3, 0.1, 50], 0.6, 3)
elementwise("sinh", np.sinh, [-3, 0.1, 2], 0.6, 3)
elementwise("cosh", np.cosh, [-3, 0.1, 2], 0.6, 3)
elementwise("tanh", np.tanh, [-3, 0.1, 2], 0.6, 4)
elementwise("asinh", np.arcsinh, [-3, 0.1, 50], 0.6, 3)
elementwise("acosh", np.arccosh, [1.5, 3, 50], 2.5, 3)
elementwise("atanh", np.arctanh, [-0.9, 0.1, 0.5], 0.6, 3)
elementwise("sigmoid", mp_sigmoid, [-3, 0.1, 5], 0.6, 4)
elementwise("relu", jax.nn.relu, [-3, 0.1, 5], 0.6, 2)
elementwise("leaky_relu", jax.nn.leaky_relu, [-3, 0.1, 5], -0.6, 2)
elementwise("softplus", jax.nn.softplus, [-3, 0.1, 5], 0.6, 3)
elementwise("gelu", mp_gelu, [-3, 0.1, 2], 0.6, 3)
elementwise("silu", jax.nn.silu, [-3, 0.1, 2], 0.6, 3)
elementwise("erf", mp_erf, [-2, 0.1, 1.5], 0.6, 4)
elementwise("erfc", mp_erfc, [-2, 0.1, 3], 0.6, 4)
elementwise("gaussian", lambda x: np.exp(-(x**2)), [-2, 0.1, 1.5], 0.6, 3)
elementwise("gamma", mp_gamma, [0.5, 2.5, 5], 1.75, 3)
elementwise("lgamma", mp_lgamma, [0.5, 2.5, 50], 3.75, 3)
elementwise("digamma", mp_digamma, [0.5, 2.5, 50], 3.75, 3)
elementwise("polygamma", mp_polygamma, [0.5, 2.5, 10], 3.75, 2, "polygamma(2, {})")


@program("functions of two numbers", """
x = 1.3; y = 0.4
A = atan2(y, x) + hypot(x, y)^2 + pow(x, y)
B = logaddexp(x, y)*xlogy(y, x) + max(x, y) - 2*min(x, y)
L = A*B
backward L
""")
def _():
    def f(x, y):
        A = np.arctan2(y, x) + np.sqrt(x**2 + y**2) ** 2 + x**y
        return A * (np.logaddexp(x, y) * y * np.log(x) + x - 2 * y)
    yield from graded("L", f, x=1.3, y=0.4)


@program("all quadrants of atan2", """
y = [1, 1, -1, -1]
x = [2, -2, -2, 2]
L = sum(atan2(y, x)*[1, 2, 3, 4])
backward L
""")
def _():
    f = lambda y, x: np.sum(np.arctan2(y, x) * array(1, 2, 3, 4))
    yield from graded("L", f, y=[1, 1, -1, -1], x=[2, -2, -2, 2])


@program("far arguments", """
x = 20; y = -800; z = 800
a = tanh(x); b = sigmoid(y); c = softplus(z); d = logaddexp(z, z + 1)
L = c + d
backward L
""")
def _():
    yield "tanh'(20)", exact(mpmath.tanh, 20, 1)
    yield "[tanh(400), b, c]", [1, 0, 800]
    yield "sigmoid'(-30)", exact(mp_sigmoid, -30, 1)
    yield "sigmoid(-700)*1e304", float(mp_sigmoid(mpmath.mpf(-700)) * mpmath.mpf(1e304))
    yield "L", 1601 + math.log1p(math.exp(1)) - 0 + (800 - 801)
    yield "z.grad", 2
    yield "erfc(10)*1e45", float(mpmath.erfc(10) * mpmath.mpf(1e45))
    yield "log1p(1e-20)*1e20", 1
    yield "expm1(1e-20)*1e20", 1


@program("kinks", """
x = 0; y = 0
L = abs(x) + relu(x) + max(x, y) + 3*min(x, y) + floor(x) + sign(x)
backward L
""")
def _():
    yield "L", 0
    yield "x.grad", 2
    yield "y.grad", 2
    yield "abs'(0)", 0
    yield "relu'(0)", 0
    yield "sqrt'(0)", math.inf
    yield "(x -> x^0)'(0)", 0
    yield "(x -> x^0)'(3)", 0
    yield "[floor'(2), ceil'(2), round'(2.5), sign'(0)]", [0, 0, 0, 0]


@program("clamp", """
x = [-2, 0.25, 7]
low = -1; high = 3
L = sum(clamp(x, low, high)*[1, 10, 100])
backward L
""")
def _():
    f = lambda x, low, high: np.sum(np.clip(x, low, high) * array(1, 10, 100))
    yield from graded("L", f, x=[-2, 0.25, 7], low=-1, high=3)


@program("leaky slope", """
v = [-2, 3]
k = 0.2
L = sum(leaky_relu(v, k)*[1, 5])
backward L
""")
def _():
    yield from graded("L", lambda v, k: np.sum(np.where(v > 0, v, k * v) * array(1, 5)), v=[-2, 3], k=0.2)


@program("smallest and largest of several", """
x = 3; y = -1; z = 2
L = max(x, y, z)^2 + 10*min(x, y, z) + max(y, z)*min(x, z)
backward L
""")
def _():
    yield "L", 9 - 10 + 4
    yield "[x.grad, y.grad, z.grad]", [6, 10, 4]


@program("largest of two arrays", """
u = [1, 5, 2]; v = [3, 4, 2]
L = sum(max(u, v)*[1, 2, 4]) + sum(min(u, v)^2)
backward L
""")
def _():
    f = lambda u, v: np.sum(np.maximum(u, v) * array(1, 2, 4)) + np.sum(np.minimum(u, v) ** 2)
    yield from graded("L", f, u=[1, 5, 2], v=[3, 4, 2])


@program("zero times an infinite slope", """
x = 0
y = 0*sqrt(x) + where(x > 0, log(x), x^2 + x)
backward y
""")
def _():
    yield "y", 0
    yield "x.grad", 1


@program("xlogy at zero", """
p = [0.5, 0, 0.25, 0.25]
H = -sum(xlogy(p, p))
q = [0.25, 0.25, 0.25, 0.25]
K = sum(xlogy(p, p) - xlogy(p, q))
backward K
""")
def _():
    yield "H", 1.5 * math.log(2)
    yield "K", 0.5 * math.log(2)
    yield "q.grad", [-2, 0, -1, -1]


@program("stop", """
a = 2; b = 3
L = a*stop(a*b) + stop(b)^2 + b
backward L
""")
def _():
    yield from graded("L", lambda a, b: a * jax.lax.stop_gradient(a * b) + jax.lax.stop_gradient(b) ** 2 + b, a=2, b=3)


@program("straight through", """
x = [0.3, 1.7, -0.6]
y = x + stop(round(x) - x)
L = sum(y^2)
backward L
""")
def _():
    f = lambda x: np.sum((x + jax.lax.stop_gradient(np.round(x) - x)) ** 2)
    yield from graded("L", f, x=[0.3, 1.7, -0.6])


# Functions of arrays


@program("sum", """
A = [[1, 2, 3], [4, 5, 6]]
L = sum(A^2) + sum(sum(A, 1)^2) + sum(sum(A, 2)^3)/100
backward L
""")
def _():
    A = number([[1, 2, 3], [4, 5, 6]])
    yield from graded("L", lambda A: np.sum(A**2) + np.sum(A.sum(0) ** 2) + np.sum(A.sum(1) ** 3) / 100, A=A)
    yield "sum(A, 1)", [5, 7, 9]
    yield "sum(A, 2)", [6, 15]


@program("sums of rank three", """
T = reshape(1..24, 2, 3, 4)/10
L = sum(sum(T, 1)^2) + sum(sum(T, 2)^2) + sum(sum(T, 3)^2)
backward L
""")
def _():
    T = np.arange(1.0, 25).reshape(2, 3, 4) / 10
    yield from graded("L", lambda T: sum(np.sum(T.sum(axis) ** 2) for axis in range(3)), T=T)
    yield "shape(sum(T, 2))", [2, 4]
    yield "sum(T, 3)", T.sum(2)
    yield "mean(T, 1)", T.mean(0)


@program("prod", """
A = [[1, 2, 3], [4, -5, 0.5]]
z = [3, 0, 2]
L = prod(A) + sum(prod(A, 1)^2) + prod(A, 2)[2] + prod(z)
backward L
""")
def _():
    f = lambda A, z: np.prod(A) + np.sum(np.prod(A, 0) ** 2) + np.prod(A, 1)[1] + z[0] * z[1] * z[2]
    yield from graded("L", f, A=[[1, 2, 3], [4, -5, 0.5]], z=[3, 0, 2])
    yield "prod(A, 2)", [6, -10]


@program("mean", """
A = [[1, 2, 3], [4, 5, 9]]
L = mean(A)^2 + sum(mean(A, 1)^2) + sum(mean(A, 2)^3)
backward L
""")
def _():
    f = lambda A: np.mean(A) ** 2 + np.sum(A.mean(0) ** 2) + np.sum(A.mean(1) ** 3)
    yield from graded("L", f, A=[[1, 2, 3], [4, 5, 9]])
    yield "mean(A, 2)", [2, 6]


@program("var and std", """
A = [[1, 2, 4], [4, -5, 9]]
v = [2, 4, 4, 5]
L = var(v) + std(v)^3 + sum(var(A, 1)) + sum(std(A, 2)^2*[1, 2]) + std(A)
backward L
""")
def _():
    def f(A, v):
        return np.var(v) + np.std(v) ** 3 + np.sum(A.var(0)) + np.sum(A.std(1) ** 2 * array(1, 2)) + np.std(A)
    A, v = number([[1, 2, 4], [4, -5, 9]]), array(2, 4, 4, 5)
    yield from graded("L", f, A=A, v=v)
    yield "var(A, 2)", A.var(1)
    yield "std(A, 1)", A.std(0)


@program("min and max of an array", """
v = [3, -1, 4, 1.5]
L = max(v)^2 + min(v)*max(v) + max(v[1..2])
backward L
""")
def _():
    yield from graded("L", lambda v: np.max(v) ** 2 + np.min(v) * np.max(v) + np.max(v[:2]), v=[3, -1, 4, 1.5])


@program("min and max of rows and columns", """
A = [[1, 7, 3], [4, 5, 6]]
high(B) = [max(row) for row in B]
low(B) = [min(row) for row in B]
L = sum(high(transpose(A))^2) + sum(low(A)*[10, 1]) + sum(high(A) - low(A))
backward L
""")
def _():
    f = lambda A: np.sum(A.max(0) ** 2) + np.sum(A.min(1) * array(10, 1)) + np.sum(A.max(1) - A.min(1))
    yield from graded("L", f, A=[[1, 7, 3], [4, 5, 6]])
    yield "high(transpose(A))", [4, 7, 6]
    yield "low(A)", [1, 4]


@program("argmin and argmax", """
v = [3, -1, 4, 1.5]
A = [[1, 7, 3], [4, 5, 6]]
L = v[argmax(v)]^2 + v[argmin(v)]
backward L
""")
def _():
    yield from graded("L", lambda v: v[2] ** 2 + v[1], v=[3, -1, 4, 1.5])
    yield "[argmax(v), argmin(v)]", [3, 2]
    yield "argmax(A, 1)", [2, 1, 2]
    yield "argmax(A, 2)", [2, 3]
    yield "argmin(A, 1)", [1, 2, 1]
    yield "argmin(A, 2)", [1, 1]


@program("all and any", """
v = [1, 2, -3]
A = [[1, 0, 3], [1, 0, 0]]
r = [all(v > 0), any(v > 2), any(v < 0), all(v != 0)]
L = if any(v < 0) then sum(v^2) else sum(v)
backward L
""")
def _():
    yield "r", [0, 0, 1, 1]
    yield "all(A, 1)", [1, 0, 0]
    yield "any(A, 1)", [1, 0, 1]
    yield "all(A, 2)", [0, 0]
    yield "any(A > 2, 2)", [1, 0]
    yield "v.grad", [2, 4, -6]


@program("dot and norm", """
u = [1, 2, 3]; v = [0.5, -1, 2]
c = dot(u, v)/(norm(u)*norm(v))
backward c
""")
def _():
    f = lambda u, v: u @ v / np.sqrt(np.sum(u**2)) / np.sqrt(np.sum(v**2))
    yield from graded("c", f, u=[1, 2, 3], v=[0.5, -1, 2])


@program("norm along a dimension", """
A = [[1, 2, -2], [4, 0.5, 3]]
L = norm(A) + sum(norm(A, 1)^3) + sum(norm(A, 2)*[1, -1])
backward L
""")
def _():
    norm = lambda A, axis=None: np.sqrt(np.sum(A**2, axis))
    A = number([[1, 2, -2], [4, 0.5, 3]])
    yield from graded("L", lambda A: norm(A) + np.sum(norm(A, 0) ** 3) + np.sum(norm(A, 1) * array(1, -1)), A=A)
    yield "norm(A, 2)", norm(A, 1)


@program("softmax", """
v = [1, 2, 0.5]
p = softmax(v)
L = sum(p*[1, 10, 100])
backward L
""")
def _():
    f = lambda v: np.sum(jax.nn.softmax(v) * array(1, 10, 100))
    yield "p", jax.nn.softmax(array(1, 2, 0.5))
    yield from graded("L", f, v=[1, 2, 0.5])
    yield "softmax([1000, 1000, -1000])", [0.5, 0.5, 0]
    yield "jacobian(softmax)([1, 2, 0.5])", jacrev(jax.nn.softmax)(array(1, 2, 0.5))


@program("softmax along a dimension", """
A = [[1, 2, 0.5], [-1, 0, 2]]
W = [[1, 2, 3], [4, 5, 6]]
L = sum(softmax(A, 1)*W) + sum(softmax(A, 2)*W)
backward L
""")
def _():
    A, W = number([[1, 2, 0.5], [-1, 0, 2]]), number([[1, 2, 3], [4, 5, 6]])
    f = lambda A, W: np.sum(jax.nn.softmax(A, 0) * W) + np.sum(jax.nn.softmax(A, 1) * W)
    yield from graded("L", f, A=A, W=W)
    yield "softmax(A, 2)", jax.nn.softmax(A, 1)


@program("logsumexp", """
v = [1, 2, 0.5]
A = [[1, 2, 0.5], [-1, 0, 2]]
L = logsumexp(v)^2 + sum(logsumexp(A, 1)*[1, 2, 3]) + sum(logsumexp(A, 2)^2)
backward L
""")
def _():
    f = lambda v, A: special.logsumexp(v) ** 2 + np.sum(special.logsumexp(A, 0) * array(1, 2, 3)) + np.sum(special.logsumexp(A, 1) ** 2)
    yield from graded("L", f, v=[1, 2, 0.5], A=[[1, 2, 0.5], [-1, 0, 2]])
    yield "logsumexp([1000, 1000])", 1000 + math.log(2)
    yield "hessian(logsumexp)([1, 2, 0.5])", hessian(special.logsumexp)(array(1, 2, 0.5))


@program("cumsum", """
v = [1, 2, 3, 4]
A = [[1, 2, 3], [4, 5, 6]]
L = sum(cumsum(v)^2) + sum(cumsum(A, 1)^2) + sum(exp(cumsum(A, 2)/10))
backward L
""")
def _():
    f = lambda v, A: np.sum(np.cumsum(v) ** 2) + np.sum(np.cumsum(A, 0) ** 2) + np.sum(np.exp(np.cumsum(A, 1) / 10))
    yield from graded("L", f, v=[1, 2, 3, 4], A=[[1, 2, 3], [4, 5, 6]])
    yield "cumsum(v)", [1, 3, 6, 10]
    yield "cumsum(A, 2)", [[1, 3, 6], [4, 9, 15]]


@program("outer", """
u = [1, 2]; v = [0.5, -1, 2]
M = outer(u, v)
L = sum(M^2*[[1, 2, 3], [4, 5, 6]])
backward L
""")
def _():
    W = number([[1, 2, 3], [4, 5, 6]])
    yield from graded("L", lambda u, v: np.sum(np.outer(u, v) ** 2 * W), u=[1, 2], v=[0.5, -1, 2])
    yield "M", [[0.5, -1, 2], [1, -2, 4]]


@program("transpose", """
A = [[1, 2, 3], [4, 5, 6]]
G = A @ transpose(A)
L = G[1, 2]*G[1, 1] - G[2, 2]
backward L
""")
def _():
    def f(A):
        G = A @ A.T
        return G[0, 1] * G[0, 0] - G[1, 1]
    yield from graded("L", f, A=[[1, 2, 3], [4, 5, 6]])
    yield "transpose(A)", [[1, 4], [2, 5], [3, 6]]


@program("reshape", """
v = 1..6
A = reshape(v, 2, 3)
B = reshape(A, 3, 2)
L = sum((A @ B)^2)/10 + sum(reshape(A, 6)*v)
backward L
""")
def _():
    f = lambda v: np.sum((v.reshape(2, 3) @ v.reshape(3, 2)) ** 2) / 10 + np.sum(v * v)
    yield "v.grad", grad(f)(array(1, 2, 3, 4, 5, 6))
    yield "A", [[1, 2, 3], [4, 5, 6]]
    yield "B", [[1, 2], [3, 4], [5, 6]]


@program("shape and length", """
A = [[1, 2, 3], [4, 5, 6]]
v = [5, 6, 7, 8]
s = shape(A)
L = sum(A)/s[1] + sum(v)/length(v)
backward L
""")
def _():
    yield "s", [2, 3]
    yield "shape(v)", [4]
    yield "[length(A), length(v), length([])]", [2, 4, 0]
    yield "A.grad", [[0.5] * 3] * 2
    yield "v.grad", [0.25] * 4


@program("concat", """
u = [1, 2]; v = [3, 4, 5]; w = [6]
z = concat(u, v, w)
A = [[1, 2]]; B = [[3, 4], [5, 6]]
C = concat(A, B)
L = sum(z^2*[1, 2, 3, 4, 5, 6]) + sum(C^3)
backward L
""")
def _():
    def f(u, v, w, A, B):
        return np.sum(np.concatenate([u, v, w]) ** 2 * np.arange(1, 7)) + np.sum(np.concatenate([A, B]) ** 3)
    yield from graded("L", f, u=[1, 2], v=[3, 4, 5], w=[6], A=[[1, 2]], B=[[3, 4], [5, 6]])
    yield "z", [1, 2, 3, 4, 5, 6]
    yield "C", [[1, 2], [3, 4], [5, 6]]


@program("stack", """
u = [1, 2, 3]; v = [4, 5, 6]
S = stack(u, v)
T = stack(S, 2*S)
L = sum(S[1]*S[2]) + sum(T^2)
backward L
""")
def _():
    def f(u, v):
        S = np.stack([u, v])
        return u @ v + np.sum(np.stack([S, 2 * S]) ** 2)
    yield from graded("L", f, u=[1, 2, 3], v=[4, 5, 6])
    yield "shape(T)", [2, 2, 3]


@program("append", """
v = [1, 2]
x = 3
w = append(append(v, x), x^2)
L = sum(w^2)
backward L
""")
def _():
    yield from graded("L", lambda v, x: v @ v + x**2 + x**4, v=[1, 2], x=3)
    yield "w", [1, 2, 3, 9]


@program("append in a loop", """
r = 0.9
xs = [1]
for i in 1..5 { xs = append(xs, xs[end]*r + 0.1) }
L = sum(xs^2)
backward L
""")
def _():
    def f(r):
        x, total = 1.0, 1.0
        for _ in range(5):
            x = x * r + 0.1
            total = total + x**2
        return total
    yield from graded("L", f, r=0.9)
    yield "length(xs)", 6


@program("select", """
v = [1, -2, 3, -4]
p = select(v, v > 0)
n = select(v, v <= 0)
L = sum(p^2) + sum(n^3)
backward L
""")
def _():
    yield "p", [1, 3]
    yield "n", [-2, -4]
    yield from graded("L", lambda v: np.sum(np.where(v > 0, v**2, v**3)), v=[1, -2, 3, -4])


@program("sort", """
v = [3, 1, 2]
A = [[3, 1], [2, 4], [1, 5]]
s = sort(v)
L = sum(s*[1, 10, 100]) + sum(sort(A, 1)*A) + sum(sort(A, 2)^2*[1, 3])
backward L
""")
def _():
    f = lambda v, A: np.sum(np.sort(v) * array(1, 10, 100)) + np.sum(np.sort(A, 0) * A) + np.sum(np.sort(A, 1) ** 2 * array(1, 3))
    yield from graded("L", f, v=[3, 1, 2], A=[[3, 1], [2, 4], [1, 5]])
    yield "s", [1, 2, 3]
    yield "sort(A, 1)", [[1, 1], [2, 4], [3, 5]]


@program("median", """
median(v) = {
  s = sort(v)
  n = length(v)
  if n % 2 == 1 then s[(n + 1)/2] else (s[n/2] + s[n/2 + 1])/2
}
u = [5, 1, 3]; w = [4, 1, 3, 2]
L = median(u)^2 + median(w)^2
backward L
""")
def _():
    yield "L", 9 + 6.25
    yield "u.grad", [0, 0, 6]
    yield "w.grad", [0, 0, 2.5, 2.5]


@program("made arrays", """
a = 2
Z = zeros(2, 3) + a
O = ones(3)*a
F = full(2, 7)*a + full(2, a)
G = full(2, 3, 0.5)*a
I = eye(3)*a
x = linspace(0, 1, 5)*a
L = sum(Z^2) + sum(O^3) + sum(F) + sum(G^2) + sum(I^2) + sum(x^2)
backward L
""")
def _():
    f = lambda a: 6 * a**2 + 3 * a**3 + 16 * a + 6 * 0.25 * a**2 + 3 * a**2 + np.sum((np.linspace(0, 1, 5) * a) ** 2)
    yield from graded("L", f, a=2)
    yield "zeros(3)", [0, 0, 0]
    yield "ones(2, 2)", [[1, 1], [1, 1]]
    yield "full(2, 3, 4)", [[4, 4, 4], [4, 4, 4]]
    yield "eye(2)", [[1, 0], [0, 1]]
    yield "linspace(-1, 1, 5)", [-1, -0.5, 0, 0.5, 1]


# Indices, slices, assignment to parts


@program("elements", """
v = [2, 3, 5, 7]
A = [[1, 2, 3], [4, 5, 6]]
L = v[1]*v[end] + v[end - 1]^2 + A[1, 2]*A[2, end] + A[2][1]*A[end, 1]
backward L
""")
def _():
    f = lambda v, A: v[0] * v[3] + v[2] ** 2 + A[0, 1] * A[1, 2] + A[1, 0] ** 2
    yield from graded("L", f, v=[2, 3, 5, 7], A=[[1, 2, 3], [4, 5, 6]])


@program("slices", """
v = [2, 3, 5, 7, 11]
L = sum(v[2..3]^2) + sum(v[1..end-1]*v[2..end]) + prod(v[3..end])/100
backward L
""")
def _():
    f = lambda v: np.sum(v[1:3] ** 2) + np.sum(v[:-1] * v[1:]) + v[2] * v[3] * v[4] / 100
    yield from graded("L", f, v=[2, 3, 5, 7, 11])


@program("slices by steps", """
v = [2, 3, 5, 7, 11, 13]
odd = v[1..end by 2]
back = v[end..1 by -1]
L = sum(odd^2) + sum(v*back)
backward L
""")
def _():
    yield from graded("L", lambda v: np.sum(v[::2] ** 2) + np.sum(v * v[::-1]), v=[2, 3, 5, 7, 11, 13])
    yield "odd", [2, 5, 11]
    yield "back", [13, 11, 7, 5, 3, 2]


@program("rows and columns", """
A = [[1, 2, 3], [4, 5, 6], [7, 8, 10]]
L = sum(A[1]*A[3]) + sum(A[:, 2]^2) + sum(A[2, :]*A[:, 3]) + A[:, 1] @ A[1]
backward L
""")
def _():
    f = lambda A: A[0] @ A[2] + np.sum(A[:, 1] ** 2) + A[1] @ A[:, 2] + A[:, 0] @ A[0]
    yield from graded("L", f, A=[[1, 2, 3], [4, 5, 6], [7, 8, 10]])


@program("blocks of a matrix", """
A = [[1, 2, 3], [4, 5, 6], [7, 8, 10]]
B = A[1..2, 2..end]
C = A[2..end, 1..2]
L = sum((B @ C)^2)/100 + sum(A[[3, 1], :]*[1, 2, 3]) + sum(A[:, [1, 1, 2]])
backward L
""")
def _():
    A = number([[1, 2, 3], [4, 5, 6], [7, 8, 10]])
    i, j = numpy.array([2, 0]), numpy.array([0, 0, 1])
    f = lambda A: np.sum((A[:2, 1:] @ A[1:, :2]) ** 2) / 100 + np.sum(A[i, :] * array(1, 2, 3)) + np.sum(A[:, j])
    yield "B", A[:2, 1:]
    yield from graded("L", f, A=A)


@program("gathers", """
v = [2, 3, 5]
p = [3, 1, 1]
w = v[p]
L = sum(w*[1, 10, 100]) + sum(v[[2, 2]]^2)
backward L
""")
def _():
    f = lambda v: np.sum(v[numpy.array([2, 0, 0])] * array(1, 10, 100)) + 2 * v[1] ** 2
    yield "w", [5, 2, 2]
    yield from graded("L", f, v=[2, 3, 5])


@program("indices of rank three", """
T = reshape(1..12, 2, 3, 2)
L = T[1, 2, 2]*T[2, 3, 1] + sum(T[2]^2) + sum(T[:, 1, :]^3)/10 + sum(T[1, 2..3, end])
backward L
""")
def _():
    T = np.arange(1.0, 13).reshape(2, 3, 2)
    f = lambda T: T[0, 1, 1] * T[1, 2, 0] + np.sum(T[1] ** 2) + np.sum(T[:, 0, :] ** 3) / 10 + np.sum(T[0, 1:3, -1])
    yield from graded("L", f, T=T)


@program("embedding rows", """
E = [[0.1, 0.2], [0.3, -0.4], [0.5, 0.6]]
words = [3, 1, 3]
h = mean(E[words], 1)
L = sum(tanh(h)^2)
backward L
""")
def _():
    f = lambda E: np.sum(np.tanh(np.mean(E[numpy.array([2, 0, 2])], 0)) ** 2)
    yield from graded("L", f, E=[[0.1, 0.2], [0.3, -0.4], [0.5, 0.6]])


@program("assignment to an element", """
a = 3
v = [1, 2, 4]
w = v*2
w[2] = a^2
w[end] = w[1]*w[2]
L = sum(w^2)
backward L
""")
def _():
    def f(a, v):
        w = 2 * v
        w = w.at[1].set(a**2)
        w = w.at[2].set(w[0] * w[1])
        return np.sum(w**2)
    yield from graded("L", f, a=3, v=[1, 2, 4])
    yield "w", [2, 9, 18]


@program("assignment to rows and columns", """
r = [1, 2, 3]; s = 0.5
A = ones(3, 3)*s
A[1, :] = r^2
A[:, 2] = A[:, 2]*r
A[3] = r*s
L = sum(A^2*[1, 2, 3])
backward L
""")
def _():
    def f(r, s):
        A = np.ones((3, 3)) * s
        A = A.at[0, :].set(r**2)
        A = A.at[:, 1].set(A[:, 1] * r)
        A = A.at[2].set(r * s)
        return np.sum(A**2 * array(1, 2, 3))
    yield from graded("L", f, r=[1, 2, 3], s=0.5)


@program("assignment to slices", """
x = [1, 2]; c = 5
v = zeros(5)
v[1..2] = x
v[3..end] = v[1..2] @ x*[1, 2, 3]
v[[2, 4]] = c
L = sum(v^2)
backward L
""")
def _():
    def f(x, c):
        v = np.zeros(5).at[:2].set(x)
        v = v.at[2:].set(v[:2] @ x * array(1, 2, 3))
        v = v.at[numpy.array([1, 3])].set(c)
        return np.sum(v**2)
    yield from graded("L", f, x=[1, 2], c=5)


@program("assignment to a block", """
a = 2; B = [[1, 2], [3, 4]]
M = eye(3)*a
M[2..3, 1..2] = B*a
M[1, 3] = a^3
L = sum((M @ M)^2)/10
backward L
""")
def _():
    def f(a, B):
        M = np.eye(3) * a
        M = M.at[1:3, 0:2].set(B * a).at[0, 2].set(a**3)
        return np.sum((M @ M) ** 2) / 10
    yield from graded("L", f, a=2, B=[[1, 2], [3, 4]])


@program("assignment replaces what was there", """
x = [2, 3]
y = x^2
y[1] = 7
L = sum(y)
backward L
z = x*1
""")
def _():
    yield "L", 16
    yield "x.grad", [0, 6]
    yield "y", [7, 9]


@program("recurrence in an array", """
a = 0.5; b = 0.4
f = zeros(8)
f[1] = a
f[2] = b
for n in 3..8 { f[n] = f[n - 1] + a*f[n - 2] - b*n/10 }
backward f[8]
""")
def _():
    def f(a, b):
        f = [a, b]
        for n in range(3, 9):
            f.append(f[-1] + a * f[-2] - b * n / 10)
        return f[-1]
    yield "f[8]", f(0.5, 0.4)
    yield "a.grad", grad(f, 0)(0.5, 0.4)
    yield "b.grad", grad(f, 1)(0.5, 0.4)


@program("comprehensions", """
v = [1, -2, 3, -4]
s = [x^2 for x in v if x > 0]
q = [i*v[i] for i in 1..4 if i % 2 == 0]
M = [[i^j*v[1] for j in 1..3] for i in 1..2]
L = sum(s) + sum(q) + sum(M) + sum([t for t in 0..1 by 0.25])
backward L
""")
def _():
    yield "s", [1, 9]
    yield "q", [-4, -16]
    yield "M", [[1, 1, 1], [2, 4, 8]]
    yield "L", 10 - 20 + 17 + 2.5
    yield "v.grad", [2 + 17, 2, 6, 4]


@program("comprehension over rows", """
X = [[1, 2], [3, 4], [5, 6]]
w = [0.5, -0.25]
y = [sigmoid(dot(row, w)) for row in X]
L = sum(y*[1, 2, 3])
backward L
""")
def _():
    f = lambda X, w: np.sum(jax.nn.sigmoid(X @ w) * array(1, 2, 3))
    yield from graded("L", f, X=[[1, 2], [3, 4], [5, 6]], w=[0.5, -0.25])


@program("ranges", """
a = 1..4
b = 0..1 by 0.25
c = 10..1 by -3
d = 3..1
k = 2
L = sum((k*a)^2) + sum(k*b) + c @ a*k
backward L
""")
def _():
    yield "a", [1, 2, 3, 4]
    yield "b", [0, 0.25, 0.5, 0.75, 1]
    yield "c", [10, 7, 4, 1]
    yield "length(d)", 0
    yield "k.grad", 2 * 2 * 30 + 2.5 + 40


@program("arrays of tracked elements", """
a = 2; b = 3
v = [a, b, a*b, 1]
M = [[a, b], v[1..2]*2]
L = sum(v^2) + sum(M @ [1, -1])
backward L
""")
def _():
    f = lambda a, b: a**2 + b**2 + (a * b) ** 2 + 1 + (a - b) + 2 * (a - b)
    yield from graded("L", f, a=2, b=3)


# Statements


@program("if and else", """
f(x) = {
  if x < 0 { x^2 } else if x < 1 { x^3 + x } else { exp(x) }
}
a = -1.5; b = 0.5; c = 2
L = f(a) + f(b) + f(c)
backward L
g(x) = if x > 0 then sqrt(x) else 0
""")
def _():
    yield from graded("L", lambda a, b, c: a**2 + b**3 + b + np.exp(c), a=-1.5, b=0.5, c=2)
    yield "[f'(-1), f'(0.5), f'(2)]", [-2, 1.75, math.exp(2)]
    yield "g(4) + g(-4)", 2
    yield "g'(4)", 0.25
    yield "g'(-4)", 0


@program("for over a range", """
x = 1.1
s = 0
for i in 1..10 { s += x^i/i }
for i in 9..1 by -4 { s -= x/i }
backward s
""")
def _():
    f = lambda x: sum(x**i / i for i in range(1, 11)) - x / 9 - x / 5 - x
    yield "s", f(1.1)
    yield "x.grad", grad(f)(1.1)


@program("for over elements", """
v = [1.5, -2, 0.5]
L = 1
for x in v {
  if x < 0 { continue }
  L = L*x + x^2
}
backward L
""")
def _():
    def f(v):
        L = 1.0
        for x in (v[0], v[2]):
            L = L * x + x**2
        return L
    yield "L", f(array(1.5, -2, 0.5))
    yield "v.grad", grad(f)(array(1.5, -2, 0.5))


@program("for over rows", """
A = [[1, 2], [3, 4], [5, 6]]
h = [0.1, 0.2]
for row in A { h = tanh(h + row/10) }
L = sum(h)
backward L
""")
def _():
    def f(A):
        h = array(0.1, 0.2)
        for row in A:
            h = np.tanh(h + row / 10)
        return np.sum(h)
    yield from graded("L", f, A=[[1, 2], [3, 4], [5, 6]])


@program("while and break", """
x = 1.5
y = x
n = 0
while y < 100 {
  y = y^2 + x
  n += 1
  if n == 3 { break }
}
backward y
""")
def _():
    def f(x):
        y = x
        for _ in range(3):
            y = y**2 + x
        return y
    yield "y", f(1.5)
    yield "n", 3
    yield "x.grad", grad(f)(1.5)


@program("repeat", """
x = 0.3
y = x
repeat 5 { y = sin(y) + x }
backward y
""")
def _():
    def f(x):
        y = x
        for _ in range(5):
            y = np.sin(y) + x
        return y
    yield "y", f(0.3)
    yield "x.grad", grad(f)(0.3)


@program("square root by hand", """
root(a) = {
  x = a
  while abs(x^2 - a) > 1e-14 { x = (x + a/x)/2 }
  x
}
a = 2
r = root(a)
backward r
""")
def _():
    yield "r", math.sqrt(2)
    yield "a.grad", 0.5 / math.sqrt(2)
    yield "root'(9)", 1 / 6


@program("early return", """
first_above(v, low) = {
  for x in v {
    if x > low { return x^2 }
  }
  return 0
}
v = [1, 3, 5]
L = first_above(v, 2) + first_above(v, 10)
backward L
""")
def _():
    yield "L", 9
    yield "v.grad", [0, 6, 0]


@program("recursion", """
power(x, n) = if n == 0 then 1 else x*power(x, n - 1)
fib(n) = if n < 3 then 1 else fib(n - 1) + fib(n - 2)
chebyshev(n, x) = if n == 0 then 1 else if n == 1 then x else 2*x*chebyshev(n - 1, x) - chebyshev(n - 2, x)
x = 0.6
L = power(x, 5) + chebyshev(5, x) + fib(10)*x
backward L
""")
def _():
    f = lambda x: x**5 + 16 * x**5 - 20 * x**3 + 5 * x + 55 * x
    yield from graded("L", f, x=0.6)
    yield "(t -> power(t, 5))''(0.6)", nth(lambda x: x**5, 2)(0.6)
    yield "(t -> chebyshev(5, t))''(0.6)", nth(lambda x: 16 * x**5 - 20 * x**3 + 5 * x, 2)(0.6)


@program("mutual recursion", """
even(n, x) = if n == 0 then x else odd(n - 1, x^2/2)
odd(n, x) = if n == 0 then -x else even(n - 1, sin(x) + 1)
a = 0.7
L = even(6, a) + odd(4, a)
backward L
""")
def _():
    def f(x):
        def walk(even, n, x):
            while n > 0:
                x = x**2 / 2 if even else np.sin(x) + 1
                even, n = not even, n - 1
            return x if even else -x
        return walk(True, 6, x) + walk(False, 4, x)
    yield from graded("L", f, a=0.7)


@program("closures", """
scaled(k) = x -> k*x^2
k = 3
f = scaled(k)
g = scaled(0.5)
L = f(2) + g(4)*k
backward L
""")
def _():
    yield from graded("L", lambda k: 4 * k + 8 * k, k=3)
    yield "f'(2)", 12
    yield "g''(1)", 1


@program("functions of functions", """
compose(f, g) = x -> f(g(x))
twice(f) = compose(f, f)
iterate(f, n, x) = {
  repeat n { x = f(x) }
  x
}
h = twice(x -> x^2 + 0.1)
a = 0.8
L = h(a) + iterate(cos, 4, a) + compose(exp, sin)(a)
backward L
""")
def _():
    h = lambda x: (x**2 + 0.1) ** 2 + 0.1
    f = lambda a: h(a) + np.cos(np.cos(np.cos(np.cos(a)))) + np.exp(np.sin(a))
    yield from graded("L", f, a=0.8)
    yield "h''(0.8)", nth(h, 2)(0.8)
    yield "twice(sin)'(0.3)", grad(lambda x: np.sin(np.sin(x)))(0.3)


@program("a list of layers as functions", """
layer(W, b) = x -> tanh(W @ x + b)
chain(f, g) = x -> g(f(x))
W1 = [[0.5, -0.2], [0.1, 0.4]]; b1 = [0.1, -0.1]
W2 = [[1, -1], [0.3, 0.7]]; b2 = [0, 0.2]
net = chain(layer(W1, b1), layer(W2, b2))
L = sum(net([1, 2])^2)
backward L
""")
def _():
    f = lambda W1, b1, W2, b2: np.sum(np.tanh(W2 @ np.tanh(W1 @ array(1, 2) + b1) + b2) ** 2)
    yield from graded("L", f, W1=[[0.5, -0.2], [0.1, 0.4]], b1=[0.1, -0.1], W2=[[1, -1], [0.3, 0.7]], b2=[0, 0.2])


@program("blocks and local names", """
area(a, b, c) = {
  s = (a + b + c)/2    # Heron
  p = s*(s - a)*(s - b)*(s - c)
  sqrt(p)
}
a = 3; b = 4; c = 5.5
T = area(a, b, c)
backward T
""")
def _():
    def f(a, b, c):
        s = (a + b + c) / 2
        return np.sqrt(s * (s - a) * (s - b) * (s - c))
    yield from graded("T", f, a=3, b=4, c=5.5)
    yield "grad(area)(3, 4, 5.5)", [grad(f, i)(3.0, 4.0, 5.5) for i in range(3)]
    yield "grad(area, 2)(3, 4, 5.5)", grad(f, 1)(3.0, 4.0, 5.5)
    yield "hessian(area)(3, 4, 5.5)", hessian(lambda v: f(*v))(array(3, 4, 5.5))


@program("lambdas with blocks", """
f = (x, y) -> {
  r = hypot(x, y)
  r^3 + x
}
a = 3; b = 4
L = f(a, b) + (t -> t^2)(a) + (() -> 7)()
backward L
""")
def _():
    yield from graded("L", lambda a, b: (a**2 + b**2) ** 1.5 + a + a**2 + 7, a=3, b=4)


@program("change and forward", """
a = 2; b = -3
L = a^2*b + sin(a)
a := 3
b.data = 0.5
b.data += 0.25
forward L
backward L
""")
def _():
    yield from graded("L", lambda a, b: a**2 * b + np.sin(a), a=3, b=0.75)


@program("change a part and forward", """
v = [1, 2, 3]
A = [[1, 2, 3], [4, 5, 6]]
L = sum((A @ v)^2)
v[2] := -1
A[1] := [0, 1, 0]
A[2, 3] := 2
forward
backward L
""")
def _():
    yield from graded("L", lambda v, A: np.sum((A @ v) ** 2), v=[1, -1, 3], A=[[0, 1, 0], [4, 5, 2]])


@program("forward through where", """
x = [-1, 2, 3]
L = sum(where(x > 0, x^2, -x))
x := [1, -2, 3]
forward L
backward L
""")
def _():
    yield from graded("L", lambda x: np.sum(np.where(x > 0, x**2, -x)), x=[1, -2, 3])


@program("plain totals", """
plain data = [1, 2, 3]
plain total = 0
w = 0.5
for x in data {
  L = (w*x - 1)^2
  total += L
}
backward L
""")
def _():
    yield "total", sum((0.5 * x - 1) ** 2 for x in (1, 2, 3))
    yield "w.grad", 2 * (0.5 * 3 - 1) * 3


@program("data is plain", """
a = 2
b = a^3
c = b.data*a + b
backward c
""")
def _():
    yield "c", 24
    yield "a.grad", 8 + 12


@program("accumulate", """
a = 2; b = 3
L = a*b^2
M = a^3
backward L
backward L accumulate
backward M accumulate
""")
def _():
    yield "a.grad", 2 * 9 + 12
    yield "b.grad", 24
    yield "L.grad", 2
    yield "M.grad", 1


@program("backward twice", """
a = [1, 2]
L = sum(a^3)
backward L
backward L
M = a[1]*a[2]
backward M
""")
def _():
    yield "a.grad", [2, 1]
    yield "L.grad", 0


@program("zero", """
a = 2
L = a^2
backward L
g = a.grad
zero
h = a.grad
backward L accumulate
""")
def _():
    yield "g", 4
    yield "h", 0
    yield "a.grad", 4


@program("gradient by hand", """
a = 2; v = [1, 2]
a.grad = 0.5
a.grad += 1
v.grad = [3, 4]
""")
def _():
    yield "a.grad", 1.5
    yield "v.grad", [3, 4]


@program("rebinding", """
a = 2
L = a^2
b = a
a = 5
M = L + a
backward M
""")
def _():
    yield "M", 9
    yield "a.grad", 1
    yield "b.grad", 4


@program("gradient descent", """
plain X = [[1, 2], [2, 1], [3, 3], [0, 1]]
plain y = [5, 4, 9, 2]
w = [0, 0]
repeat 20 {
  L = mean((X @ w - y)^2)
  backward L
  w := w - 0.05*w.grad
}
""")
def _():
    X, y = number([[1, 2], [2, 1], [3, 3], [0, 1]]), array(5, 4, 9, 2)
    f = lambda w: np.mean((X @ w - y) ** 2)
    w = np.zeros(2)
    for _ in range(20):
        last, slope = f(w), grad(f)(w)
        w = w - 0.05 * slope
    yield "w", w
    yield "L", last
    yield "w.grad", slope


@program("descent of a recorded graph", """
w = 0; b = 0
plain xs = [1, 2, 3]
plain ys = [3, 5, 7]
L = sum((w*xs + b - ys)^2)
repeat 15 {
  forward L; backward L
  w := w - 0.02*w.grad
  b := b - 0.02*b.grad
}
forward L
""")
def _():
    f = lambda p: np.sum((p[0] * array(1, 2, 3) + p[1] - array(3, 5, 7)) ** 2)
    p = np.zeros(2)
    for _ in range(15):
        p = p - 0.02 * grad(f)(p)
    yield "w", p[0]
    yield "b", p[1]
    yield "L", f(p)


@program("momentum", """
x = [-1.2, 1]
plain m = [0, 0]
f(v) = (1 - v[1])^2 + 10*(v[2] - v[1]^2)^2
for i in 1..10 {
  L = f(x)
  backward L
  m = 0.8*m + x.grad
  x := x - 0.005*m
}
""")
def _():
    f = lambda v: (1 - v[0]) ** 2 + 10 * (v[1] - v[0] ** 2) ** 2
    x, m = array(-1.2, 1), np.zeros(2)
    for _ in range(10):
        m = 0.8 * m + grad(f)(x)
        x = x - 0.005 * m
    yield "x", x
    yield "m", m


@program("Adam", """
w = [1, -2]
plain m = zeros(2)
plain s = zeros(2)
for t in 1..8 {
  L = sum((w - [3, 0.5])^2*[1, 10])
  backward L
  g = w.grad
  m = 0.9*m + 0.1*g
  s = 0.999*s + 0.001*g^2
  w := w - 0.1*(m/(1 - 0.9^t))/(sqrt(s/(1 - 0.999^t)) + 1e-8)
}
""")
def _():
    f = lambda w: np.sum((w - array(3, 0.5)) ** 2 * array(1, 10))
    w, m, s = array(1, -2), np.zeros(2), np.zeros(2)
    for t in range(1, 9):
        g = grad(f)(w)
        m, s = 0.9 * m + 0.1 * g, 0.999 * s + 0.001 * g**2
        w = w - 0.1 * (m / (1 - 0.9**t)) / (np.sqrt(s / (1 - 0.999**t)) + 1e-8)
    yield "w", w


# Derivatives


@program("derivatives of any order", """
f(x) = x^3*sin(x)
a = 2
y = f(a) + f'(a)
backward y
""")
def _():
    f = lambda x: x**3 * np.sin(x)
    for order in range(6):
        yield f"f{chr(39) * order}(2)", nth(f, order)(2.0)
    yield "y", f(2.0) + grad(f)(2.0)
    yield "a.grad", grad(f)(2.0) + nth(f, 2)(2.0)
    yield "taylor(f, 0, 6)", [0, 0, 0, 0, 1, 0, -1 / 6]


@program("the tenth derivative", """
f(x) = exp(x)*sin(x)
g(x) = 1/(1 + x^2)
h(x) = x^12
""")
def _():
    f = lambda x: mpmath.exp(x) * mpmath.sin(x)
    g = lambda x: 1 / (1 + x**2)
    for order in (7, 8, 9, 10):
        yield f"f{chr(39) * order}(0.5)", exact(f, 0.5, order)
    yield f"g{chr(39) * 10}(0.5)", exact(g, 0.5, 10)
    yield f"h{chr(39) * 10}(1.5)", math.factorial(12) / 2 * 1.5**2
    yield "(t -> f''''(t))'''(0.5)", exact(f, 0.5, 7)


@program("taylor series", """
f(x) = exp(sin(x))
g(x) = log(1 + x)/(1 + x)
h(x) = sqrt(1 + x)*tanh(x)
""")
def _():
    yield "taylor(f, 0, 6)", taylor(lambda x: np.exp(np.sin(x)), 0, 6)
    yield "taylor(f, 0.5, 5)", taylor(lambda x: np.exp(np.sin(x)), 0.5, 5)
    yield "taylor(g, 0, 8)", [float(c) for c in mpmath.taylor(lambda x: mpmath.log(1 + x) / (1 + x), 0, 8)]
    yield "taylor(h, 0, 5)", [float(c) for c in mpmath.taylor(lambda x: mpmath.sqrt(1 + x) * mpmath.tanh(x), 0, 5)]
    yield "taylor(exp, 1, 4)", [math.exp(1) / math.factorial(n) for n in range(5)]
    yield "taylor(x -> x^3 - 2*x, 2, 4)", [4, 10, 6, 1, 0]
    yield "taylor(x -> x^2.5, 1, 3)", [1, 2.5, 1.875, 0.3125]


@program("taylor of many functions", """
f(x) = atan(x) + asinh(x)*cosh(x)
g(x) = erf(x) + sigmoid(x)*tan(x)
h(x) = x^x + log(x)/x
""")
def _():
    mp = mpmath
    series = lambda f, x, n: [float(c) for c in mp.taylor(f, mp.mpf(x), n)]
    yield "taylor(f, 0.25, 6)", series(lambda x: mp.atan(x) + mp.asinh(x) * mp.cosh(x), 0.25, 6)
    yield "taylor(g, 0.5, 6)", series(lambda x: mp.erf(x) + mp_sigmoid(x) * mp.tan(x), 0.5, 6)
    yield "taylor(h, 1.5, 6)", series(lambda x: x**x + mp.log(x) / x, 1.5, 6)


@program("taylor differentiated", """
a = 0.5
c = taylor(x -> exp(a*x), 0, 3)
L = c[1] + c[2] + c[3] + c[4]
backward L
""")
def _():
    yield "c", [1, 0.5, 0.125, 0.125 / 6]
    yield "a.grad", 1 + 0.5 + 0.125


@program("derivatives of built-in functions", """
a = 0.3
L = sin'(a) + exp''(a) + tanh'(a)*log'(a)
backward L
""")
def _():
    f = lambda a: np.cos(a) + np.exp(a) + (1 - np.tanh(a) ** 2) / a
    yield from graded("L", f, a=0.3)


@program("perturbation confusion", """
a = (x -> x*(y -> x + y)'(1))'(1)
b = (x -> x*(y -> x*y)'(2))'(3)
c = (x -> x^2*(y -> x^3*y^2)'(x))'(2)
f(x) = {
  g(y) = x^2*y^3
  x*g'(2)
}
""")
def _():
    yield "a", 1
    yield "b", 6
    yield "c", grad(lambda x: x**2 * 2 * x**4)(2.0)
    yield "f'(3)", 3 * 9 * 12
    yield "f''(3)", 6 * 3 * 12
    yield "(x -> (y -> (z -> x*y*z^2)'(x + y))'(x))'(2)", 24


@program("derivative of a shifted function", """
D = g -> x -> (u -> g(x + u))'(0)
h = D(D(exp))
y = 1.5
L = h(y) + D(x -> x^3)(y)
backward L
""")
def _():
    yield from graded("L", lambda y: np.exp(y) + 3 * y**2, y=1.5)
    yield "D(D(sin))(0.4)", -math.sin(0.4)
    yield "D(D(D(x -> x^4)))(2)", 48


@program("derivatives in three depths", """
f(x, y, z) = x^2*y^3*z^4 + sin(x*y*z)
fx(x, y, z) = (t -> f(t, y, z))'(x)
fxy(x, y, z) = (t -> fx(x, t, z))'(y)
fxyz(x, y, z) = (t -> fxy(x, y, t))'(z)
""")
def _():
    f = lambda x, y, z: x**2 * y**3 * z**4 + np.sin(x * y * z)
    g = grad(grad(f, 0), 1)
    yield "fxy(0.5, 2, 0.7)", g(0.5, 2.0, 0.7)
    yield "fxyz(0.5, 2, 0.7)", grad(g, 2)(0.5, 2.0, 0.7)


@program("derivative through a global", """
a = 2
f(x) = a*x^2
L = f'(3)*a + f(a)
backward L
""")
def _():
    yield from graded("L", lambda a: 6 * a * a + a**3, a=2)


@program("gradients of functions", """
f(x, y) = x^2*y + exp(x - y)
g = grad(f)
a = 1; b = 2
u = g(a, b)
L = u[1]*u[2]
backward L
""")
def _():
    f = lambda x, y: x**2 * y + np.exp(x - y)
    L = lambda a, b: grad(f, 0)(a, b) * grad(f, 1)(a, b)
    yield "u", [grad(f, i)(1.0, 2.0) for i in (0, 1)]
    yield from graded("L", L, a=1, b=2)
    yield "grad(f, 1)(3, 1)", grad(f, 0)(3.0, 1.0)
    yield "grad(f, 2)(3, 1)", grad(f, 1)(3.0, 1.0)
    yield "∇f(1, 2)", [grad(f, i)(1.0, 2.0) for i in (0, 1)]


@program("hessian of two numbers", """
f(x, y) = x^3*y - 2*x*y^2 + sin(x*y)
H = hessian(f)(1.5, 0.5)
""")
def _():
    f = lambda v: v[0] ** 3 * v[1] - 2 * v[0] * v[1] ** 2 + np.sin(v[0] * v[1])
    yield "H", hessian(f)(array(1.5, 0.5))


@program("gradient by an array argument", """
f(W, b) = sum((W @ [1, 2] + b)^3)/10
W = [[0.5, -1], [2, 1]]
b = [0.1, 0.2]
G = grad(f, 1)(W, b)
g = grad(f, 2)(W, b)
L = sum(G^2) + sum(g)
backward L
""")
def _():
    f = lambda W, b: np.sum((W @ array(1, 2) + b) ** 3) / 10
    W, b = number([[0.5, -1], [2, 1]]), array(0.1, 0.2)
    yield "G", grad(f, 0)(W, b)
    yield "g", grad(f, 1)(W, b)
    yield from graded("L", lambda W, b: np.sum(grad(f, 0)(W, b) ** 2) + np.sum(grad(f, 1)(W, b)), W=W, b=b)


@program("grad of a value", """
W = [[1, 2], [3, 4]]
a = 2; b = 0.5
L = sum(tanh(W*b/4)^2)*a
G = grad(L, W)
g = grad(L, [a, b])
M = sum(G^2) + g[1]*g[2]
backward M
""")
def _():
    f = lambda W, a, b: np.sum(np.tanh(W * b / 4) ** 2) * a
    W = number([[1, 2], [3, 4]])
    M = lambda W, a, b: np.sum(grad(f)(W, a, b) ** 2) + grad(f, 1)(W, a, b) * grad(f, 2)(W, a, b)
    yield "G", grad(f)(W, 2.0, 0.5)
    yield "g", [grad(f, 1)(W, 2.0, 0.5), grad(f, 2)(W, 2.0, 0.5)]
    yield from graded("M", M, W=W, a=2, b=0.5)


@program("diff", """
a = 1.5; b = 0.4
L = a^3*b^2 + exp(a*b)
da = diff(L, a)
N = da^2
backward N
""")
def _():
    f = lambda a, b: a**3 * b**2 + np.exp(a * b)
    x = (1.5, 0.4)
    yield "da", grad(f)(*x)
    yield "diff(L, b)", grad(f, 1)(*x)
    yield "diff(L, a, a)", grad(grad(f))(*x)
    yield "diff(L, a, b)", grad(grad(f, 0), 1)(*x)
    yield "diff(L, b, a)", grad(grad(f, 0), 1)(*x)
    yield "diff(diff(L, a, b), b)", grad(grad(grad(f, 0), 1), 1)(*x)
    yield from graded("N", lambda a, b: grad(f)(a, b) ** 2, a=1.5, b=0.4)


@program("diff leaves gradients alone", """
a = 3; b = 2
L = a^2*b
backward L
c = diff(L, b)
d = diff(L, a)*diff(L, b)
z = diff(b^2, a)
""")
def _():
    yield "a.grad", 12
    yield "b.grad", 9
    yield "c", 9
    yield "d", 108
    yield "z", 0


@program("diff by an inner value", """
x = 0.7
u = sin(x)
L = u^3 + u*x
backward L
""")
def _():
    u = math.sin(0.7)
    yield "diff(L, u)", 3 * u**2 + 0.7
    yield "u.grad", 3 * u**2 + 0.7
    yield "diff(L, x)", grad(lambda x: np.sin(x) ** 3 + np.sin(x) * x)(0.7)
    yield "diff(u, x)", math.cos(0.7)


@program("jacobian", """
polar(v) = [v[1]*cos(v[2]), v[1]*sin(v[2])]
p = [2, 0.5]
J = jacobian(polar)(p)
D = J[1, 1]*J[2, 2] - J[1, 2]*J[2, 1]
backward D
""")
def _():
    f = lambda v: np.stack([v[0] * np.cos(v[1]), v[0] * np.sin(v[1])])
    p = array(2, 0.5)
    yield "J", jacfwd(f)(p)
    yield "D", 2
    yield "p.grad", [1, 0]
    yield "jacobian(v -> v^2*sum(v))([1, 2, 3])", jacrev(lambda v: v**2 * np.sum(v))(array(1, 2, 3))


@program("jacobian of a matrix product", """
A = [[1, 2], [3, 4], [5, 6]]
f(x) = tanh(A @ x/10)
x = [0.5, -1]
""")
def _():
    A = number([[1, 2], [3, 4], [5, 6]])
    f = lambda x: np.tanh(A @ x / 10)
    x = array(0.5, -1)
    J = jacrev(f)(x)
    yield "jacobian(f)(x)", J
    yield "jvp(f, x, [1, 2])", J @ array(1, 2)
    yield "vjp(f, x, [1, -1, 2])", array(1, -1, 2) @ J


@program("products with derivatives", """
f(v) = [v[1]^2*v[2], sin(v[1]*v[3]), exp(v[2] - v[3])]
r(v) = sum(v[1..end-1]*v[2..end]^2) + prod(v)
x = [0.5, 1.5, -0.7]
t = [1, -2, 0.5]
""")
def _():
    f = lambda v: np.stack([v[0] ** 2 * v[1], np.sin(v[0] * v[2]), np.exp(v[1] - v[2])])
    r = lambda v: np.sum(v[:-1] * v[1:] ** 2) + np.prod(v)
    x, t = array(0.5, 1.5, -0.7), array(1, -2, 0.5)
    yield "jvp(f, x, t)", jax.jvp(f, (x,), (t,))[1]
    yield "vjp(f, x, t)", jax.vjp(f, x)[1](t)[0]
    yield "hvp(r, x, t)", hessian(r)(x) @ t
    yield "jvp(r, x, t)", grad(r)(x) @ t
    yield "jvp(sin, 0.5, 2)", 2 * math.cos(0.5)
    yield "hessian(r)(x)", hessian(r)(x)


@program("gradient of a gradient's norm", """
f(v) = v[1]^2*v[2] + sin(v[2]*v[3])
v = [1, 0.5, 2]
g = grad(f)(v)
L = sum(g^2)
backward L
""")
def _():
    f = lambda v: v[0] ** 2 * v[1] + np.sin(v[1] * v[2])
    v = array(1, 0.5, 2)
    yield "g", grad(f)(v)
    yield from graded("L", lambda v: np.sum(grad(f)(v) ** 2), v=v)
    yield "grad(u -> norm(grad(f)(u)))([1, 0.5, 2])", grad(lambda v: np.sqrt(np.sum(grad(f)(v) ** 2)))(v)


@program("gradient of a hessian's trace", """
f(v) = exp(v[1]*v[2]) + v[1]^4*v[2]
laplacian(v) = sum(hessian(f)(v)*eye(2))
v = [0.7, 0.3]
L = laplacian(v)
backward L
""")
def _():
    f = lambda v: np.exp(v[0] * v[1]) + v[0] ** 4 * v[1]
    yield from graded("L", lambda v: np.trace(hessian(f)(v)), v=[0.7, 0.3])


@program("stop inside a derivative", """
f(x) = x^2*stop(x)
a = 3
L = f'(a) + f(a)
backward L
""")
def _():
    f = lambda x: x**2 * jax.lax.stop_gradient(x)
    yield "f'(3)", grad(f)(3.0)
    yield "f''(3)", nth(f, 2)(3.0)
    yield from graded("L", lambda a: grad(f)(a) + f(a), a=3)


# Second derivatives of every function of arrays, and of two numbers


def second(name, body, f, *values):
    """A program that takes the Hessian of a function of one array."""
    t = [((3 * i) % 5 - 2) / 2 for i in range(len(values))]
    texts = [", ".join(map(str, row)) for row in (values, t)]
    text = f"f(v) = {body}\nx = [{texts[0]}]\nL = f(x)\nbackward L\nH = hessian(f)(x)\np = hvp(f, x, [{texts[1]}])"

    @program("hessian of " + name, text)
    def _():
        x = array(*values)
        yield from graded("L", f, x=x)
        yield "H", hessian(f)(x)
        yield "p", hessian(f)(x) @ array(*t)


WEIGHTS = number([1, 10, 100])

second("sum", "sum(sin(v)*sum(v))", lambda v: np.sum(np.sin(v) * np.sum(v)), 0.5, -1, 2)
second("prod", "prod(v)*v[1] + prod(v[1..2])^2", lambda v: np.prod(v) * v[0] + (v[0] * v[1]) ** 2, 0.5, -1, 2, 1.5)
second("mean and var", "mean(v^3) + var(v)^2 + var(v)*mean(v)",
       lambda v: np.mean(v**3) + np.var(v) ** 2 + np.var(v) * np.mean(v), 0.5, -1, 2)
second("std", "std(v) + std(v^2)", lambda v: np.std(v) + np.std(v**2), 0.5, -1, 2)
second("min and max", "max(v)^2*min(v) + max(v[1..2], v[2..3]) @ v[[3, 1]]",
       lambda v: v[2] ** 2 * v[1] + v[0] * v[2] + v[2] * v[0], 0.5, -1, 2)
second("norm", "norm(v) + norm(v - [1, 2, 3])^3",
       lambda v: np.sqrt(v @ v) + np.sum((v - array(1, 2, 3)) ** 2) ** 1.5, 0.5, -1, 2)
second("softmax", "softmax(v) @ [1, 10, 100] + softmax(2*v)[2]^2",
       lambda v: jax.nn.softmax(v) @ WEIGHTS + jax.nn.softmax(2 * v)[1] ** 2, 0.5, -1, 2)
second("logsumexp", "logsumexp(v)^2 + logsumexp(-v)",
       lambda v: special.logsumexp(v) ** 2 + special.logsumexp(-v), 0.5, -1, 2)
second("cumsum", "sum(cumsum(v)^3) + prod(cumsum(v^2))",
       lambda v: np.sum(np.cumsum(v) ** 3) + np.prod(np.cumsum(v**2)), 0.5, -1, 2)
second("outer and transpose", "sum(outer(v, v^2)^2) + sum(transpose(outer(v, sin(v)))*outer([1, 2, 3], v))",
       lambda v: np.sum(np.outer(v, v**2) ** 2) + np.sum(np.outer(v, np.sin(v)).T * np.outer(array(1, 2, 3), v)), 0.5, -1, 2)
second("matrix products", "sum((reshape(v, 2, 2) @ reshape(v, 2, 2))^2) + v[1..2] @ reshape(v, 2, 2) @ v[3..4]",
       lambda v: np.sum((v.reshape(2, 2) @ v.reshape(2, 2)) ** 2) + v[:2] @ v.reshape(2, 2) @ v[2:], 0.5, -1, 2, 1.5)
second("concat and stack", "sum(concat(v, v^2)*[1, 2, 3, 4, 5, 6])*sum(stack(v, sin(v))^2)",
       lambda v: np.concatenate([v, v**2]) @ np.arange(1.0, 7) * np.sum(np.stack([v, np.sin(v)]) ** 2), 0.5, -1, 2)
second("append and select", "prod(append(v, v[1]^2)) + sum(select(v, v > 0)^3)",
       lambda v: np.prod(v) * v[0] ** 2 + v[0] ** 3 + v[2] ** 3, 0.5, -1, 2)
second("sort", "sort(v) @ [1, 10, 100]*v[1] + prod(sort(v^2)[2..3])",
       lambda v: np.sort(v) @ WEIGHTS * v[0] + np.prod(np.sort(v**2)[1:]), 0.5, -1, 2)
second("where", "sum(where(v > 0, v^3, sin(v))*v[[3, 1, 2]])",
       lambda v: np.sum(np.where(v > 0, v**3, np.sin(v)) * v[numpy.array([2, 0, 1])]), 0.5, -1, 2)
second("slices", "sum(v[1..end-1]*v[2..end]^2)*sum(v[1..end by 2]) + v[[1, 1, 2]] @ v[2..4]",
       lambda v: np.sum(v[:-1] * v[1:] ** 2) * (v[0] + v[2]) + v[0] * v[1] + v[0] * v[2] + v[1] * v[3], 0.5, -1, 2, 1.5)
second("broadcasting", "sum(exp(-(reshape(v, 3, 1) - v^2)^2)) + sum((v + [[1], [2]])^3*v[2])",
       lambda v: np.sum(np.exp(-((v[:, None] - v**2) ** 2))) + np.sum((v + number([[1], [2]])) ** 3 * v[1]), 0.5, -1, 2)
second("sums along a dimension", "sum(sum(outer(v, v), 1)^2) + sum(mean(outer(v, sin(v)), 2)^3)",
       lambda v: np.sum(np.outer(v, v).sum(0) ** 2) + np.sum(np.outer(v, np.sin(v)).mean(1) ** 3), 0.5, -1, 2)
second("functions along a dimension",
       "sum(softmax(outer(v, v), 2)[:, 1]) + sum(logsumexp(outer(v, [1, 2]), 1)*v[1..2]) + sum(std(outer(v, v), 1))",
       lambda v: (np.sum(jax.nn.softmax(np.outer(v, v), 1)[:, 0])
                  + special.logsumexp(np.outer(v, array(1, 2)), 0) @ v[:2] + np.sum(np.outer(v, v).std(0))), 0.5, -1, 2)
second("comprehensions", "sum([x^3*v[1] for x in v if x > 0]) + prod([sin(x) + 2 for x in v])",
       lambda v: (v[0] ** 3 + v[2] ** 3) * v[0] + np.prod(np.sin(v) + 2), 0.5, -1, 2)
second("assigned parts", """{
  w = v^2
  w[2] = w[1]*v[3]
  w[1..2] = w[1..2]*sin(v[2..3])
  sum(w^2)
}""", lambda v: ((v[0] ** 2 * np.sin(v[1])) ** 2 + (v[0] ** 2 * v[2] * np.sin(v[2])) ** 2 + v[2] ** 4), 0.5, -1, 2)
second("a loop", """{
  s = v[1]
  for x in v { s = tanh(s*x) + x^2 }
  while s < 10 { s = s^2 + v[2]^2 }
  s
}""", lambda v: _looped(v), 0.5, -1, 2)


def _looped(v):
    s = v[0]
    for x in v:
        s = np.tanh(s * x) + x**2
    while s < 10:
        s = s**2 + v[1] ** 2
    return s


def of_two(expression, f, x, y):
    """A program that takes the Hessian of a function of two numbers."""
    text = f"f(x, y) = {expression}\na = {x}; b = {y}\nL = f(a, b)^2\nbackward L\nH = hessian(f)({x}, {y})"

    @program("hessian of " + expression, text)
    def _():
        yield from graded("L", lambda a, b: f(a, b) ** 2, a=x, b=y)
        yield "H", hessian(lambda v: f(v[0], v[1]))(array(x, y))
        yield f"grad(f)({x}, {y})", grad(lambda v: f(v[0], v[1]))(array(x, y))
        yield "diff(L, a, b)", grad(grad(lambda a, b: f(a, b) ** 2, 0), 1)(number(x), number(y))


of_two("x*y - y/x", lambda x, y: x * y - y / x, 1.3, 0.4)
of_two("x^y", lambda x, y: x**y, 1.3, 0.4)
of_two("pow(y, x)", lambda x, y: y**x, 1.3, 0.4)
of_two("(x % y)^2*x", lambda x, y: (x - 3 * y) ** 2 * x, 1.3, 0.4)
of_two("(x // y)*x*y", lambda x, y: 3 * x * y, 1.3, 0.4)
of_two("atan2(y, x)", lambda x, y: np.arctan2(y, x), 1.3, -0.4)
of_two("hypot(x, y)", lambda x, y: np.sqrt(x * x + y * y), 1.3, -0.4)
of_two("logaddexp(x, y)", lambda x, y: np.logaddexp(x, y), 1.3, -0.4)
of_two("xlogy(x, y)", lambda x, y: x * np.log(y), 1.3, 0.4)
of_two("max(x, y)*min(x, y^2)", lambda x, y: x * y**2, 1.3, 0.4)
of_two("clamp(x*y, y, 2)", lambda x, y: x * y, 1.3, 0.4)
of_two("where(x > y, x^2*y, y^3)", lambda x, y: x**2 * y, 1.3, 0.4)
of_two("leaky_relu(x*y, y)", lambda x, y: x * y**2, -1.3, 0.4)
of_two("sigmoid(x)*silu(y) + softplus(x*y)", lambda x, y: jax.nn.sigmoid(x) * jax.nn.silu(y) + jax.nn.softplus(x * y), 1.3, -0.4)


@program("hessian of special functions", """
f(v) = lgamma(v[1]*v[2]) + erf(v[1]) * digamma(v[2]) + gamma(v[2]) + polygamma(1, v[1] + v[2])
x = [0.8, 2.5]
g = grad(f)(x)
H = hessian(f)(x)
""")
def _():
    mp = mpmath
    f = lambda x, y: mp.log(mp.gamma(x * y)) + mp.erf(x) * mp.psi(0, y) + mp.gamma(y) + mp.psi(1, x + y)
    x = (mp.mpf(0.8), mp.mpf(2.5))
    second = lambda *order: float(mp.diff(f, x, order))
    yield "f(x)", float(f(*x))
    yield "g", [second(1, 0), second(0, 1)]
    yield "H", [second(2, 0), second(1, 1), second(1, 1), second(0, 2)]


# More of the forms


@program("the same second derivative in many ways", """
f(v) = sum(sin(v)*v[[2, 3, 1]]^2) + prod(v)
x = [0.5, -1, 2]; t = [1, 0.5, -2]
a = hvp(f, x, t)
b = jvp(grad(f), x, t)
c = grad(u -> dot(grad(f)(u), t))(x)
d = hessian(f)(x) @ t
e = jacobian(∇f)(x) @ t
g = vjp(grad(f), x, t)
""")
def _():
    f = lambda v: np.sum(np.sin(v) * v[numpy.array([1, 2, 0])] ** 2) + np.prod(v)
    p = hessian(f)(array(0.5, -1, 2)) @ array(1, 0.5, -2)
    for name in "abcdeg":
        yield name, p


@program("third derivatives of an array", """
f(v) = exp(v[1]*v[2]) + v[2]^3*v[3]
M = [[1, 2, 0], [0, 1, -1], [3, 0, 1]]
x = [0.5, 0.4, 2]
T = jacobian(hessian(f))(x)
g = grad(u -> sum(hessian(f)(u)*M))(x)
""")
def _():
    f = lambda v: np.exp(v[0] * v[1]) + v[1] ** 3 * v[2]
    M = number([[1, 2, 0], [0, 1, -1], [3, 0, 1]])
    x = array(0.5, 0.4, 2)
    yield "T", jacfwd(hessian(f))(x)
    yield "g", grad(lambda v: np.sum(hessian(f)(v) * M))(x)


@program("gradient through jvp and hvp", """
f(v) = sum(v^3) + prod(v)
h(v) = [v[1]*v[2], sin(v[1])]
v = [0.5, 2]; t = [1, -1]
L = sum(hvp(f, v, t)^2) + sum(jvp(h, v, t)) + sum(vjp(h, v, t)^2)
backward L
""")
def _():
    f = lambda v: np.sum(v**3) + np.prod(v)
    h = lambda v: np.stack([v[0] * v[1], np.sin(v[0])])
    def L(v, t):
        return (np.sum((hessian(f)(v) @ t) ** 2) + np.sum(jax.jvp(h, (v,), (t,))[1])
                + np.sum(jax.vjp(h, v)[1](t)[0] ** 2))
    yield from graded("L", L, v=[0.5, 2], t=[1, -1])


@program("a step of training differentiated", """
rate = 0.1; w = 0.5
L = (w^2 - 2)^2
w1 = w - rate*diff(L, w)
M = (w1^2 - 2)^2
backward M
""")
def _():
    loss = lambda w: (w**2 - 2) ** 2
    yield from graded("M", lambda rate, w: loss(w - rate * grad(loss)(w)), rate=0.1, w=0.5)


@program("taylor through arrays and loops", """
plain w = [0.5, -1, 2]
f(t) = sum(tanh(w*t + 0.1)) + prod(w + t)
g(t) = {
  y = 1
  for i in 1..4 { y = y*t/i + cos(t) }
  y
}
a = taylor(f, 0.3, 4)
b = taylor(g, 0.3, 5)
""")
def _():
    mp = mpmath
    w = [mp.mpf(x) for x in (0.5, -1, 2)]
    f = lambda t: sum(mp.tanh(x * t + mp.mpf(0.1)) for x in w) + (w[0] + t) * (w[1] + t) * (w[2] + t)
    def g(t):
        y = mp.mpf(1)
        for i in range(1, 5):
            y = y * t / i + mp.cos(t)
        return y
    yield "a", [float(c) for c in mp.taylor(f, mp.mpf(0.3), 4)]
    yield "b", [float(c) for c in mp.taylor(g, mp.mpf(0.3), 5)]
    yield "g''''(0.3)", float(mp.diff(g, mp.mpf(0.3), 4))


@program("derivatives of a table of points", """
f(x) = x^3 - 2*x
xs = linspace(-1, 1, 5)
ys = [f(x) for x in xs]
slopes = [f'(x) for x in xs]
curvatures = [f''(x) for x in xs]
L = slopes @ curvatures + sum(ys^2)
backward L
""")
def _():
    x = np.linspace(-1, 1, 5)
    yield "slopes", 3 * x**2 - 2
    yield "curvatures", 6 * x
    yield from graded("L", lambda xs: (3 * xs**2 - 2) @ (6 * xs) + np.sum((xs**3 - 2 * xs) ** 2), xs=x)


@program("if at the top", """
a = 2; b = 3
if a > b {
  L = a^2
} else if a*b > 5 {
  L = a*b^2
} else {
  L = b
}
backward L;
""")
def _():
    yield from graded("L", lambda a, b: a * b**2, a=2, b=3)


@program("long lines", """
a = 1.5
total = a^2 +
  2*a -
  sin(a)
M = [[a, 2],
     [3, a^2]]
L = total*sum(M,
  1)[1]
backward L
""")
def _():
    f = lambda a: (a**2 + 2 * a - np.sin(a)) * (a + 3)
    yield from graded("L", f, a=1.5)


@program("an array grown from nothing", """
a = 0.5
xs = []
for i in 1..4 { xs = append(xs, a^i) }
L = sum(xs) + prod(xs) + sum([])
backward L
""")
def _():
    f = lambda a: a + a**2 + a**3 + a**4 + a**10
    yield from graded("L", f, a=0.5)


@program("constants", """
x = 0.3
L = sin(pi*x) + cos(tau*x) + π*x^true + false*x
far = min(x, inf)
c = [nan == nan, nan != nan, nan < 1, inf > 1, nan > 1 or true]
v = sum([1, nan])
backward L
""")
def _():
    f = lambda x: np.sin(math.pi * x) + np.cos(math.tau * x) + math.pi * x
    yield from graded("L", f, x=0.3)
    yield "far", 0.3
    yield "c", [0, 1, 0, 1, 1]
    yield "v", math.nan


@program("asserted", """
set trap on
set digits 17
x = 3
y = x^2
assert y == 9
assert y > 8 and x != y, "y is {y}"
backward y
assert x.grad ≈ 6
""")
def _():
    yield from graded("y", lambda x: x**2, x=3)


@program("nested loops with break", """
A = [[1, 2, -3], [4, -5, 6]]
s = 0
for row in A {
  for x in row {
    if x < 0 { break }
    s += x^2
  }
}
k = 0
while true {
  k += 1
  if k % 2 == 0 { continue }
  if k > 6 { break }
  s = s*1.5
}
backward s
""")
def _():
    g = [[2, 4, 0], [8, 0, 0]]
    yield "s", (1 + 4 + 16) * 1.5**3
    yield "A.grad", number(g) * 1.5**3
    yield "k", 7


@program("recursion over an array", """
total(v) = if length(v) == 1 then v[1]^2 else total(v[1..length(v) // 2]) + 2*total(v[length(v) // 2 + 1..end])
v = [1, 2, 3, 4, 5]
L = total(v)
backward L
""")
def _():
    def total(v):
        n = len(v)
        return v[0] ** 2 if n == 1 else total(v[: n // 2]) + 2 * total(v[n // 2 :])
    yield from graded("L", total, v=[1, 2, 3, 4, 5])


@program("counting calls", """
derivative(f, n) = if n == 0 then f else derivative(f', n - 1)
f(x) = x^5 + cos(x)
L = derivative(f, 3)(1.2)
adders = k -> (x -> x + k)
g = adders(2)
M = g(1) + adders(10)(1)
""")
def _():
    yield "L", nth(lambda x: x**5 + np.cos(x), 3)(1.2)
    yield "M", 14


@program("a function kept and differentiated", """
scale = 2
wave(k) = x -> scale*sin(k*x)
f = wave(3)
df = f'
a = 0.4
L = df(a)*f(a)
scale := 5
forward L
backward L
""")
def _():
    f = lambda scale, a: scale * 3 * np.cos(3 * a) * scale * np.sin(3 * a)
    yield from graded("L", f, scale=5, a=0.4)


@program("forward through a derivative", """
a = 1.5; w = [1, -2]
f(x) = a*x^3 + sum(w*x^2)
L = f'(a) + sum(grad(v -> sum(v^3*w))(w))
a := 0.5
w := [2, 1]
forward L
backward L
""")
def _():
    def L(a, w):
        return 3 * a * a**2 + 2 * np.sum(w) * a + np.sum(3 * w**2 * w)
    yield from graded("L", L, a=0.5, w=[2, 1])


# Models


def rosenbrock(v):
    return np.sum(100 * (v[1:] - v[:-1] ** 2) ** 2 + (1 - v[:-1]) ** 2)


@program("Rosenbrock of two numbers", """
f(x, y) = (1 - x)^2 + 100*(y - x^2)^2
x = -1.2; y = 1
L = f(x, y)
backward L
""")
def _():
    yield from graded("L", lambda x, y: (1 - x) ** 2 + 100 * (y - x**2) ** 2, x=-1.2, y=1)
    v = array(-1.2, 1)
    yield "grad(f)(-1.2, 1)", grad(rosenbrock)(v)
    yield "hessian(f)(-1.2, 1)", hessian(rosenbrock)(v)


@program("Rosenbrock", """
r(v) = sum(100*(v[2..end] - v[1..end-1]^2)^2 + (1 - v[1..end-1])^2)
x = ones(5)*1.2
L = r(x); backward L
u = [0.5, -1, 2]
w = [-1, 0.5, 1.5, 0.25, -0.5, 1]
""")
def _():
    x, u = np.ones(5) * 1.2, array(0.5, -1, 2)
    w = array(-1, 0.5, 1.5, 0.25, -0.5, 1)
    yield from graded("L", rosenbrock, x=x)
    yield "hessian(r)(x.data)", hessian(rosenbrock)(x)
    yield "hessian(r)(u)", hessian(rosenbrock)(u)
    yield "hessian(r)(w)", hessian(rosenbrock)(w)
    yield "hvp(r, w, [1, 0, -1, 2, 0.5, 1])", hessian(rosenbrock)(w) @ array(1, 0, -1, 2, 0.5, 1)


@program("Newton's method in two dimensions", """
f(v) = (v[1] - 2)^4 + (v[1] - 2*v[2])^2 + v[2]^2
x = [0, 1]
for i in 1..4 {
  g = grad(f)(x)
  H = hessian(f)(x)
  D = H[1, 1]*H[2, 2] - H[1, 2]*H[2, 1]
  x = x - [H[2, 2]*g[1] - H[1, 2]*g[2], H[1, 1]*g[2] - H[2, 1]*g[1]]/D
}
""")
def _():
    f = lambda v: (v[0] - 2) ** 4 + (v[0] - 2 * v[1]) ** 2 + v[1] ** 2
    x = array(0, 1)
    for _ in range(4):
        x = x - np.linalg.solve(hessian(f)(x), grad(f)(x))
    yield "x", x


@program("softmax cross-entropy", """
W = [[0.2, -0.5], [0.1, 0.3], [-0.4, 0.6]]
b = [0.1, 0, -0.1]
x = [1.5, -0.7]
label = 2
z = W @ x + b
L = logsumexp(z) - z[label]
backward L
f(z) = -log(softmax(z)[2])
""")
def _():
    x = array(1.5, -0.7)
    W, b = number([[0.2, -0.5], [0.1, 0.3], [-0.4, 0.6]]), array(0.1, 0, -0.1)
    f = lambda z: special.logsumexp(z) - z[1]
    yield from graded("L", lambda W, b: f(W @ x + b), W=W, b=b)
    yield "hessian(f)([1, 2, -1])", hessian(f)(array(1, 2, -1))


@program("a batch of cross-entropies", """
X = [[1, 2], [-1, 0.5], [0.3, -2]]
labels = [3, 1, 2]
W = [[0.1, 0.2, -0.3], [0.4, -0.5, 0.6]]
Z = X @ W
P = softmax(Z, 2)
L = mean([-log(P[i, labels[i]]) for i in 1..3]) + 0.01*sum(W^2)
backward L
""")
def _():
    X = number([[1, 2], [-1, 0.5], [0.3, -2]])
    def f(X, W):
        P = jax.nn.log_softmax(X @ W, 1)
        return -(P[0, 2] + P[1, 0] + P[2, 1]) / 3 + 0.01 * np.sum(W**2)
    yield from graded("L", f, X=X, W=[[0.1, 0.2, -0.3], [0.4, -0.5, 0.6]])


@program("logistic regression", """
X = [[1, 0.5], [1, -1.5], [1, 2], [1, -0.3]]
y = [1, 0, 1, 0]
loss(w) = sum(softplus(X @ w) - y*(X @ w)) + 0.5*dot(w, w)
w = [0.1, -0.4]
L = loss(w)
backward L
""")
def _():
    X, y = number([[1, 0.5], [1, -1.5], [1, 2], [1, -0.3]]), array(1, 0, 1, 0)
    f = lambda w: np.sum(jax.nn.softplus(X @ w) - y * (X @ w)) + 0.5 * w @ w
    w = array(0.1, -0.4)
    yield from graded("L", f, w=w)
    yield "hessian(loss)(w)", hessian(f)(w)
    yield "grad(loss)([1, 1])", grad(f)(array(1, 1))


@program("logistic regression by probabilities", """
xs = [0.5, -1.5, 2, -0.3]
ys = [1, 0, 1, 0]
w = 0.7; b = -0.2
p = sigmoid(w*xs + b)
L = -sum(ys*log(p) + (1 - ys)*log(1 - p))
backward L
""")
def _():
    x, y = array(0.5, -1.5, 2, -0.3), array(1, 0, 1, 0)
    f = lambda w, b: np.sum(jax.nn.softplus(w * x + b) - y * (w * x + b))
    yield from graded("L", f, w=0.7, b=-0.2)
    yield "diff(L, w, b)", grad(grad(f, 0), 1)(0.7, -0.2)
    yield "diff(L, w, w)", grad(grad(f, 0), 0)(0.7, -0.2)


@program("Gaussian mixture", """
plain x = [-2.1, -1.9, 0.2, 1.8, 2.2]
a = [0.3, -0.2]        # logits of the weights
m = [-1.5, 1.5]
s = [0.1, -0.1]        # logarithms of the widths
logp(t) = logsumexp(a - logsumexp(a) - s - 0.5*log(tau) - 0.5*((t - m)/exp(s))^2)
L = sum([logp(t) for t in x])
backward L
""")
def _():
    x = array(-2.1, -1.9, 0.2, 1.8, 2.2)
    def f(a, m, s):
        z = (x[:, None] - m) / np.exp(s)
        return np.sum(special.logsumexp(a - special.logsumexp(a) - s - 0.5 * math.log(math.tau) - 0.5 * z**2, 1))
    values = [array(0.3, -0.2), array(-1.5, 1.5), array(0.1, -0.1)]
    yield from graded("L", f, a=values[0], m=values[1], s=values[2])
    yield "logp'(0.5)", grad(lambda t: special.logsumexp(
        values[0] - special.logsumexp(values[0]) - values[2] - 0.5 * ((t - values[1]) / np.exp(values[2])) ** 2))(0.5)


@program("mixture with a hessian", """
x = reshape([-1, 0.5, 2, 2.5], 4, 1)
f(q) = {
  m = q[1..2]; s = exp(q[3..4]); w = sigmoid(q[5])
  z = -((x - m)/s)^2/2 - log(s) + log([w, 1 - w])
  sum(logsumexp(z, 2))
}
q = [-0.5, 2, 0.1, -0.3, 0.2]
L = f(q)
backward L
""")
def _():
    x = number([[-1], [0.5], [2], [2.5]])
    def f(q):
        m, s, w = q[:2], np.exp(q[2:4]), jax.nn.sigmoid(q[4])
        z = -(((x - m) / s) ** 2) / 2 - np.log(s) + np.log(np.stack([w, 1 - w]))
        return np.sum(special.logsumexp(z, 1))
    q = array(-0.5, 2, 0.1, -0.3, 0.2)
    yield "L", f(q)
    yield "q.grad", grad(f)(q)
    yield "hessian(f)(q)", hessian(f)(q)


@program("a small network", """
X = [[0.5, -1], [1.5, 2], [-0.3, 0.8]]
Y = [[1], [-1], [0.5]]
W1 = [[0.2, -0.4, 0.1], [0.3, 0.5, -0.6]]; b1 = [0.1, 0, -0.1]
W2 = [[0.7], [-0.2], [0.4]]; b2 = [0.05]
H = tanh(X @ W1 + b1)
E = H @ W2 + b2 - Y
L = mean(E^2)
backward L
""")
def _():
    X, Y = number([[0.5, -1], [1.5, 2], [-0.3, 0.8]]), number([[1], [-1], [0.5]])
    f = lambda X, W1, b1, W2, b2: np.mean((np.tanh(X @ W1 + b1) @ W2 + b2 - Y) ** 2)
    yield from graded("L", f, X=X, W1=[[0.2, -0.4, 0.1], [0.3, 0.5, -0.6]], b1=[0.1, 0, -0.1],
                      W2=[[0.7], [-0.2], [0.4]], b2=[0.05])


@program("a network of several activations", """
x = [0.5, -1.2]
W1 = [[0.2, -0.4], [0.3, 0.5], [-0.7, 0.1]]
W2 = [[0.7, -0.2, 0.4], [0.1, 0.9, -0.5]]
a = gelu(W1 @ x)
b = silu(W2 @ a)
L = sum(softplus(b)) + sum(relu(a)^2) + sum(leaky_relu(b - 0.05))
backward L
""")
def _():
    def f(x, W1, W2):
        z = W1 @ x
        a = z * special.erfc(-z / math.sqrt(2)) / 2
        b = jax.nn.silu(W2 @ a)
        return np.sum(jax.nn.softplus(b)) + np.sum(jax.nn.relu(a) ** 2) + np.sum(jax.nn.leaky_relu(b - 0.05))
    yield from graded("L", f, x=[0.5, -1.2], W1=[[0.2, -0.4], [0.3, 0.5], [-0.7, 0.1]],
                      W2=[[0.7, -0.2, 0.4], [0.1, 0.9, -0.5]])


@program("hessian of a network", """
X = [[0.5, -1], [1.5, 2], [-0.3, 0.8]]
y = [1, -1, 0.5]
loss(p) = {
  h = tanh(X @ reshape(p[1..4], 2, 2))
  sum((h @ p[5..6] - y)^2)
}
p = [0.2, -0.4, 0.3, 0.5, 0.7, -0.2]
""")
def _():
    X, y = number([[0.5, -1], [1.5, 2], [-0.3, 0.8]]), array(1, -1, 0.5)
    f = lambda p: np.sum((np.tanh(X @ p[:4].reshape(2, 2)) @ p[4:] - y) ** 2)
    p = array(0.2, -0.4, 0.3, 0.5, 0.7, -0.2)
    yield "loss(p)", f(p)
    yield "grad(loss)(p)", grad(f)(p)
    yield "hessian(loss)(p)", hessian(f)(p)
    yield "hvp(loss, p, [1, 0, -1, 0.5, 2, 1])", hessian(f)(p) @ array(1, 0, -1, 0.5, 2, 1)


@program("neurons as scalars", """
neuron(w, b, xs) = {
  act = b
  for i in 1..length(xs) { act = act + w[i]*xs[i] }
  tanh(act)
}
w1 = [0.5, -0.3]; w2 = [-0.8, 0.2]; v = [1, -1]
b = 0.1
xs = [1, 2]
o = neuron(v, 0, [neuron(w1, b, xs), neuron(w2, b, xs)])
backward o
""")
def _():
    n = lambda w, b, x: np.tanh(b + w @ x)
    f = lambda w1, w2, v, b: n(v, 0, np.stack([n(w1, b, array(1, 2)), n(w2, b, array(1, 2))]))
    yield from graded("o", f, w1=[0.5, -0.3], w2=[-0.8, 0.2], v=[1, -1], b=0.1)


@program("hinge loss", """
plain X = [[1, 2], [-1, 0.5], [0.3, -2]]
plain y = [1, -1, 1]
w = [0.4, -0.3]; b = 0.2
margins = y*(X @ w + b)
L = mean(relu(1 - margins)) + 0.1*sum(w*w)
accuracy = mean(margins > 0)
backward L
""")
def _():
    X, y = number([[1, 2], [-1, 0.5], [0.3, -2]]), array(1, -1, 1)
    f = lambda w, b: np.mean(jax.nn.relu(1 - y * (X @ w + b))) + 0.1 * w @ w
    yield from graded("L", f, w=[0.4, -0.3], b=0.2)
    yield "accuracy", np.mean(y * (X @ array(0.4, -0.3) + 0.2) > 0)


@program("trained network", """
plain X = [[0, 0], [0, 1], [1, 0], [1, 1]]
plain y = [0, 1, 1, 0]
W = [[0.8, -0.6, 0.3], [-0.5, 0.9, 0.4]]; c = [0.1, -0.2, 0]
v = [0.7, 0.6, -0.4]
repeat 10 {
  L = mean((tanh(X @ W + c) @ v - y)^2)
  backward L
  W := W - 0.2*W.grad
  c := c - 0.2*c.grad
  v := v - 0.2*v.grad
}
""")
def _():
    X, y = number([[0, 0], [0, 1], [1, 0], [1, 1]]), array(0, 1, 1, 0)
    f = lambda W, c, v: np.mean((np.tanh(X @ W + c) @ v - y) ** 2)
    p = [number([[0.8, -0.6, 0.3], [-0.5, 0.9, 0.4]]), array(0.1, -0.2, 0), array(0.7, 0.6, -0.4)]
    for _ in range(10):
        loss, slopes = f(*p), grad(f, (0, 1, 2))(*p)
        p = [x - 0.2 * g for x, g in zip(p, slopes)]
    yield "L", loss
    yield "W", p[0]
    yield "c", p[1]
    yield "v", p[2]


@program("radial kernel", """
X = [[0, 0], [1, 0.5], [-0.5, 2]]
width = 0.8
k(a, b) = exp(-sum((a - b)^2)/(2*width^2))
K = [[k(a, b) for b in X] for a in X]
L = sum(K*[[1, 2, 3], [0, 1, 2], [1, 0, 1]])
backward L
""")
def _():
    def f(X, width):
        K = np.exp(-np.sum((X[:, None] - X[None]) ** 2, 2) / (2 * width**2))
        return np.sum(K * number([[1, 2, 3], [0, 1, 2], [1, 0, 1]]))
    yield from graded("L", f, X=[[0, 0], [1, 0.5], [-0.5, 2]], width=0.8)


@program("kernel by broadcasting", """
x = [0, 0.7, 1.5]
l = 0.9; s = 1.1
D = (reshape(x, 3, 1) - x)^2
K = s^2*exp(-D/(2*l^2)) + 0.1*eye(3)
y = [1, -1, 0.5]
det3(M) = M[1, :] @ [
  M[2, 2]*M[3, 3] - M[2, 3]*M[3, 2],
  M[2, 3]*M[3, 1] - M[2, 1]*M[3, 3],
  M[2, 1]*M[3, 2] - M[2, 2]*M[3, 1]]
L = y @ K @ y + log(det3(K))
backward L
""")
def _():
    y = array(1, -1, 0.5)
    def f(x, l, s):
        K = s**2 * np.exp(-((x[:, None] - x) ** 2) / (2 * l**2)) + 0.1 * np.eye(3)
        return y @ K @ y + np.log(np.linalg.det(K))
    yield from graded("L", f, x=[0, 0.7, 1.5], l=0.9, s=1.1)


@program("second derivatives of a kernel", """
k(x, y) = exp(-(x - y)^2/2)*(1 + x*y)
kxy(x, y) = (t -> (u -> k(t, u))'(y))'(x)
""")
def _():
    k = lambda x, y: np.exp(-((x - y) ** 2) / 2) * (1 + x * y)
    yield "kxy(0.3, 1.1)", grad(grad(k, 0), 1)(0.3, 1.1)
    yield "hessian(k)(0.3, 1.1)", hessian(lambda v: k(v[0], v[1]))(array(0.3, 1.1))


@program("Euler's method", """
k = 0.7; y0 = 2
y = y0
plain h = 0.1
for i in 1..20 { y = y + h*(-k*y + sin(i*h)) }
backward y
""")
def _():
    def f(k, y0):
        y = y0
        for i in range(1, 21):
            y = y + 0.1 * (-k * y + np.sin(i * 0.1))
        return y
    yield from graded("y", f, k=0.7, y0=2)


@program("Runge-Kutta", """
rk4(f, y, h, n) = {
  for i in 1..n {
    k1 = f(y)
    k2 = f(y + h/2*k1)
    k3 = f(y + h/2*k2)
    k4 = f(y + h*k3)
    y = y + h/6*(k1 + 2*k2 + 2*k3 + k4)
  }
  y
}
a = 1.1; b = 0.4; start = [1, 0.5]
y = rk4(v -> [a*v[1] - b*v[1]*v[2], b*v[1]*v[2] - v[2]], start, 0.1, 10)
L = y[1]^2 + y[2]
backward L
""")
def _():
    def solve(a, b, y, h=0.1):
        f = lambda v: np.stack([a * v[0] - b * v[0] * v[1], b * v[0] * v[1] - v[1]])
        for _ in range(10):
            k1 = f(y)
            k2 = f(y + h / 2 * k1)
            k3 = f(y + h / 2 * k2)
            k4 = f(y + h * k3)
            y = y + h / 6 * (k1 + 2 * k2 + 2 * k3 + k4)
        return y
    def f(a, b, start):
        y = solve(a, b, start)
        return y[0] ** 2 + y[1]
    yield "y", solve(1.1, 0.4, array(1, 0.5))
    yield from graded("L", f, a=1.1, b=0.4, start=[1, 0.5])


@program("pendulum", """
swing(angle, speed, n) = {
  for i in 1..n {
    speed = speed - 0.05*9.81*sin(angle)
    angle = angle + 0.05*speed
  }
  angle
}
angle = 0.6; speed = 0
final = swing(angle, speed, 20)
backward final
""")
def _():
    def f(angle, speed, n=20):
        for _ in range(n):
            speed = speed - 0.05 * 9.81 * np.sin(angle)
            angle = angle + 0.05 * speed
        return angle
    yield from graded("final", f, angle=0.6, speed=0)
    yield "(a -> swing(a, 0, 5))''(0.6)", nth(lambda a: f(a, 0.0, 5), 2)(0.6)


@program("adjoint of an oscillator", """
A = [[0, 1], [-1, -0.1]]
x = [1, 0]
path = [x]
for i in 1..10 {
  x = x + 0.1*(A @ x)
  path = concat(path, [x])
}
L = mean(path[:, 1]^2)
backward L
""")
def _():
    def f(A):
        x = array(1, 0)
        path = [x]
        for _ in range(10):
            x = x + 0.1 * (A @ x)
            path.append(x)
        return np.mean(np.stack(path)[:, 0] ** 2)
    yield from graded("L", f, A=[[0, 1], [-1, -0.1]])
    yield "shape(path)", [11, 2]


@program("logistic map", """
r = 3.2; x = 0.3
y = x
repeat 12 { y = r*y*(1 - y) }
backward y
""")
def _():
    def f(r, x):
        for _ in range(12):
            x = r * x * (1 - x)
        return x
    yield from graded("y", f, r=3.2, x=0.3)


@program("heat equation by slices", """
u = [0, 1, 4, 2, 0]
k = 0.2
v = u
repeat 6 {
  w = v*1
  w[2..end-1] = v[2..end-1] + k*(v[1..end-2] - 2*v[2..end-1] + v[3..end])
  v = w
}
L = sum(v^2)
backward L
""")
def _():
    def f(u, k):
        for _ in range(6):
            u = u.at[1:-1].set(u[1:-1] + k * (u[:-2] - 2 * u[1:-1] + u[2:]))
        return np.sum(u**2)
    yield from graded("L", f, u=[0, 1, 4, 2, 0], k=0.2)


@program("Newton's method differentiated through", """
root(a) = {
  f(t) = t^3 + t - a
  x = 1
  repeat 8 { x = x - f(x)/f'(x) }
  x
}
a = 3
r = root(a)
backward r
""")
def _():
    r = mpmath.findroot(lambda t: t**3 + t - 3, 1)
    slope = 1 / (3 * r**2 + 1)
    yield "r", float(r)
    yield "a.grad", float(slope)
    yield "root'(3)", float(slope)
    yield "root''(3)", float(-6 * r * slope**3)


@program("two Newton steps", """
f(x, a) = exp(x) - a*x - 2
g(x, a) = x - f(x, a)/(t -> f(t, a))'(x)
a = 0.5
x = 1
y = g(g(x, a), a)
backward y
""")
def _():
    f = lambda x, a: np.exp(x) - a * x - 2
    g = lambda x, a: x - f(x, a) / grad(f)(x, a)
    yield from graded("y", lambda a, x: g(g(x, a), a), a=0.5, x=1)


@program("Kepler's equation", """
anomaly(M, ecc) = {
  E = M
  repeat 8 { E = E - (E - ecc*sin(E) - M)/(1 - ecc*cos(E)) }
  E
}
M = 0.8; ecc = 0.3
E = anomaly(M, ecc)
backward E
""")
def _():
    E = mpmath.findroot(lambda E: E - mpmath.mpf(0.3) * mpmath.sin(E) - mpmath.mpf(0.8), 1)
    s, c, e = mpmath.sin(E), mpmath.cos(E), mpmath.mpf(0.3)
    yield "E", float(E)
    yield "M.grad", float(1 / (1 - e * c))
    yield "ecc.grad", float(s / (1 - e * c))
    yield "(m -> anomaly(m, 0.3))''(0.8)", float(-e * s / (1 - e * c) ** 3)


@program("Black-Scholes", """
Phi(x) = erfc(-x/sqrt(2))/2
call(S, K, r, v, T) = {
  d1 = (log(S/K) + (r + v^2/2)*T)/(v*sqrt(T))
  d2 = d1 - v*sqrt(T)
  S*Phi(d1) - K*exp(-r*T)*Phi(d2)
}
S = 100; K = 95; r = 0.03; v = 0.2; T = 0.5
C = call(S, K, r, v, T)
backward C
""")
def _():
    mp = mpmath
    phi = lambda x: mp.erfc(-x / mp.sqrt(2)) / 2
    def call(S, K, r, v, T):
        d1 = (mp.log(S / K) + (r + v**2 / 2) * T) / (v * mp.sqrt(T))
        return S * phi(d1) - K * mp.exp(-r * T) * phi(d1 - v * mp.sqrt(T))
    values = [mp.mpf(x) for x in (100, 95, 0.03, 0.2, 0.5)]
    slopes = exact_gradient(call, *values)
    yield "C", float(call(*values))
    for name, slope in zip("SKrvT", slopes):
        yield name + ".grad", slope
    yield "grad(call)(100, 95, 0.03, 0.2, 0.5)", slopes
    yield "diff(C, S, S)", float(mp.diff(call, tuple(values), (2, 0, 0, 0, 0)))
    yield "diff(C, S, v)", float(mp.diff(call, tuple(values), (1, 0, 0, 1, 0)))
    yield "diff(C, v, v)", float(mp.diff(call, tuple(values), (0, 0, 0, 2, 0)))


@program("differential equation as a loss", """
w = [0.5, -1.2, 0.8]; b = [0.1, 0.3, -0.2]; v = [1, 0.5, -0.7]
u(t) = sum(v*tanh(w*t + b))
ts = linspace(0, 1, 4)
L = sum([(u'(t) + u(t))^2 for t in ts]) + (u(0) - 1)^2
backward L
""")
def _():
    def f(w, b, v):
        u = lambda t: np.sum(v * np.tanh(w * t + b))
        return sum((grad(u)(t) + u(t)) ** 2 for t in np.linspace(0, 1, 4)) + (u(0.0) - 1) ** 2
    yield from graded("L", f, w=[0.5, -1.2, 0.8], b=[0.1, 0.3, -0.2], v=[1, 0.5, -0.7])


@program("wave equation as a loss", """
k = 1.3; c = 0.8
u(x, t) = sin(k*x)*cos(c*t) + x*t^2
utt(x, t) = (s -> u(x, s))''(t)
uxx(x, t) = (s -> u(s, t))''(x)
L = 0
for x in [0.1, 0.5] {
  for t in [0.2, 0.9] { L += (utt(x, t) - 2*uxx(x, t))^2 }
}
backward L
""")
def _():
    def f(k, c):
        u = lambda x, t: np.sin(k * x) * np.cos(c * t) + x * t**2
        residual = lambda x, t: grad(grad(u, 1), 1)(x, t) - 2 * grad(grad(u, 0), 0)(x, t)
        return sum(residual(x, t) ** 2 for x in (0.1, 0.5) for t in (0.2, 0.9))
    yield from graded("L", f, k=1.3, c=0.8)


@program("gradient penalty", """
W = [[0.5, -0.3], [0.8, 0.1]]
v = [1, -0.6]
f(x) = v @ tanh(W @ x)
x = [0.2, 0.7]
g = grad(f)(x)
L = (norm(g) - 1)^2 + f(x)
backward L
""")
def _():
    def L(W, v, x):
        f = lambda x: v @ np.tanh(W @ x)
        return (np.sqrt(np.sum(grad(f)(x) ** 2)) - 1) ** 2 + f(x)
    yield from graded("L", L, W=[[0.5, -0.3], [0.8, 0.1]], v=[1, -0.6], x=[0.2, 0.7])


@program("learning to learn", """
rate = 0.1
loss(w) = (w - 3)^2*(w + 1)^2/10
w = 0.5
repeat 4 { w = w - rate*loss'(w) }
L = loss(w)
backward L
""")
def _():
    loss = lambda w: (w - 3) ** 2 * (w + 1) ** 2 / 10
    def f(rate):
        w = 0.5
        for _ in range(4):
            w = w - rate * grad(loss)(w)
        return loss(w)
    yield from graded("L", f, rate=0.1)


@program("Hamiltonian", """
H(q, p) = p^2/2 + q^4/4 - q^2/2
leap(q, p, h) = {
  p = p - h/2*grad(H, 1)(q, p)
  q = q + h*grad(H, 2)(q, p)
  p = p - h/2*grad(H, 1)(q, p)
  [q, p]
}
s = [0.8, 0.3]
z = s
repeat 5 { z = leap(z[1], z[2], 0.1) }
L = z[1]*z[2]
backward L
""")
def _():
    H = lambda q, p: p**2 / 2 + q**4 / 4 - q**2 / 2
    def f(s, h=0.1):
        q, p = s[0], s[1]
        for _ in range(5):
            p = p - h / 2 * grad(H, 0)(q, p)
            q = q + h * grad(H, 1)(q, p)
            p = p - h / 2 * grad(H, 0)(q, p)
        return q * p
    yield from graded("L", f, s=[0.8, 0.3])


@program("least squares by normal equations", """
X = [[1, 0], [1, 1], [1, 2], [1, 3]]
y = [1, 2.5, 2, 4]
G = transpose(X) @ X
r = transpose(X) @ y
D = G[1, 1]*G[2, 2] - G[1, 2]^2
c = [G[2, 2]*r[1] - G[1, 2]*r[2], G[1, 1]*r[2] - G[1, 2]*r[1]]/D
L = c[1]*c[2] + sum((X @ c - y)^2)
backward L
""")
def _():
    def solve(X, y):
        return np.linalg.solve(X.T @ X, X.T @ y)
    def f(X, y):
        c = solve(X, y)
        return c[0] * c[1] + np.sum((X @ c - y) ** 2)
    X, y = number([[1, 0], [1, 1], [1, 2], [1, 3]]), array(1, 2.5, 2, 4)
    yield "c", solve(X, y)
    yield from graded("L", f, X=X, y=y)


@program("robust fit", """
plain x = [0, 1, 2, 3]
plain y = [0.1, 1.2, 1.8, 9]
a = 0.9; b = 0.2
huber(r) = if abs(r) < 1 then r^2/2 else abs(r) - 0.5
L = sum([huber(a*x[i] + b - y[i]) for i in 1..length(x)])
backward L
""")
def _():
    x, y = array(0, 1, 2, 3), array(0.1, 1.2, 1.8, 9)
    def f(a, b):
        r = a * x + b - y
        return np.sum(np.where(np.abs(r) < 1, r**2 / 2, np.abs(r) - 0.5))
    yield from graded("L", f, a=0.9, b=0.2)


@program("attention", """
X = [[0.1, 0.5], [-0.3, 0.8], [0.7, -0.2]]
Wq = [[0.4, -0.1], [0.2, 0.6]]; Wk = [[0.3, 0.5], [-0.4, 0.2]]; Wv = [[1, 0.1], [-0.2, 0.9]]
Q = X @ Wq; K = X @ Wk; V = X @ Wv
A = softmax(Q @ transpose(K)/sqrt(2), 2)
Y = A @ V
L = sum(Y^2)
backward L
""")
def _():
    def f(X, Wq, Wk, Wv):
        A = jax.nn.softmax(X @ Wq @ (X @ Wk).T / math.sqrt(2), 1)
        return np.sum((A @ (X @ Wv)) ** 2)
    yield from graded("L", f, X=[[0.1, 0.5], [-0.3, 0.8], [0.7, -0.2]], Wq=[[0.4, -0.1], [0.2, 0.6]],
                      Wk=[[0.3, 0.5], [-0.4, 0.2]], Wv=[[1, 0.1], [-0.2, 0.9]])


@program("causal attention", """
S = [[1, 2, 3], [0.5, -1, 2], [0.1, 0.2, 0.3]]
V = [[1, 0], [0, 1], [2, -1]]
mask = [[if j <= i then 0 else -inf for j in 1..3] for i in 1..3]
P = softmax(S + mask, 2)
L = sum((P @ V)^2*[[1, 2], [3, 4], [5, 6]])
backward L
""")
def _():
    mask = np.where(np.tril(np.ones((3, 3))) > 0, 0, -np.inf)
    W = number([[1, 2], [3, 4], [5, 6]])
    f = lambda S, V: np.sum((jax.nn.softmax(S + mask, 1) @ V) ** 2 * W)
    yield from graded("L", f, S=[[1, 2, 3], [0.5, -1, 2], [0.1, 0.2, 0.3]], V=[[1, 0], [0, 1], [2, -1]])
    yield "P[1, :]", [1, 0, 0]


@program("layer norm", """
x = [[1, 2, 4], [-1, 0.5, 3]]
g = [1, 0.5, 2]; b = [0, 0.1, -0.1]
mu = reshape(mean(x, 2), 2, 1)
s = reshape(var(x, 2), 2, 1)
y = (x - mu)/sqrt(s + 1e-5)*g + b
L = sum(y^3)
backward L
""")
def _():
    def f(x, g, b):
        mu, s = x.mean(1, keepdims=True), x.var(1, keepdims=True)
        return np.sum(((x - mu) / np.sqrt(s + 1e-5) * g + b) ** 3)
    yield from graded("L", f, x=[[1, 2, 4], [-1, 0.5, 3]], g=[1, 0.5, 2], b=[0, 0.1, -0.1])


@program("batch norm", """
X = [[1, 2], [3, -1], [0, 4]]
scale = [2, 0.5]
Z = (X - mean(X, 1))/std(X, 1)*scale
L = sum(tanh(Z)*[[1, 2], [3, 4], [5, 6]])
backward L
""")
def _():
    W = number([[1, 2], [3, 4], [5, 6]])
    f = lambda X, scale: np.sum(np.tanh((X - X.mean(0)) / X.std(0) * scale) * W)
    yield from graded("L", f, X=[[1, 2], [3, -1], [0, 4]], scale=[2, 0.5])


@program("convolution by slices", """
x = [1, 3, -2, 4, 0.5, 2]
k = [0.5, -1, 0.25]
n = length(x) - length(k) + 1
y = zeros(n)
for j in 1..length(k) { y += k[j]*x[j..j+n-1] }
z = max(y[1..2], y[3..4])
L = sum(z^2) + sum(y)
backward L
""")
def _():
    def f(x, k):
        y = sum(k[j] * x[j : j + 4] for j in range(3))
        return np.sum(np.maximum(y[:2], y[2:]) ** 2) + np.sum(y)
    x, k = array(1, 3, -2, 4, 0.5, 2), array(0.5, -1, 0.25)
    yield "y", sum(k[j] * x[j : j + 4] for j in range(3))
    yield from graded("L", f, x=x, k=k)


@program("convolution of a picture", """
P = [[1, 2, 0, 1], [0, 1, 3, 2], [2, 1, 0, 1], [1, 0, 2, 3]]
F = [[0.5, -1], [0.25, 2]]
C = [[sum(P[i..i+1, j..j+1]*F) for j in 1..3] for i in 1..3]
L = sum(relu(C)^2)/10
backward L
""")
def _():
    def f(P, F):
        C = np.stack([np.stack([np.sum(P[i : i + 2, j : j + 2] * F) for j in range(3)]) for i in range(3)])
        return np.sum(jax.nn.relu(C) ** 2) / 10
    yield from graded("L", f, P=[[1, 2, 0, 1], [0, 1, 3, 2], [2, 1, 0, 1], [1, 0, 2, 3]], F=[[0.5, -1], [0.25, 2]])


@program("recurrent network", """
Wx = [[0.5], [-0.3]]; Wh = [[0.1, 0.4], [-0.2, 0.3]]; b = [0.1, -0.1]
plain xs = [[1], [0.5], [-1], [2]]
h = zeros(2)
for x in xs { h = tanh(Wx @ x + Wh @ h + b) }
L = sum(h^2)
backward L
""")
def _():
    def f(Wx, Wh, b):
        h = np.zeros(2)
        for x in (1, 0.5, -1, 2):
            h = np.tanh(Wx @ array(x) + Wh @ h + b)
        return np.sum(h**2)
    yield from graded("L", f, Wx=[[0.5], [-0.3]], Wh=[[0.1, 0.4], [-0.2, 0.3]], b=[0.1, -0.1])


@program("gated recurrent cell", """
cell(x, h, W) = {
  z = sigmoid(W[1]*x + W[2]*h)
  r = sigmoid(W[3]*x + W[4]*h)
  n = tanh(W[5]*x + r*W[6]*h)
  (1 - z)*n + z*h
}
W = [0.5, -0.2, 0.3, 0.8, -0.6, 0.4]
h = 0.1
for x in [1, -0.5, 2] { h = cell(x, h, W) }
L = h^2
backward L
""")
def _():
    s = jax.nn.sigmoid
    def f(W):
        h = 0.1
        for x in (1, -0.5, 2):
            z, r = s(W[0] * x + W[1] * h), s(W[2] * x + W[3] * h)
            h = (1 - z) * np.tanh(W[4] * x + r * W[5] * h) + z * h
        return h**2
    yield from graded("L", f, W=[0.5, -0.2, 0.3, 0.8, -0.6, 0.4])


@program("Vandermonde", """
x = [0.5, 1.5, -1, 2]
V = [[t^j for j in 0..3] for t in x]
p = V @ [1, -2, 0.5, 3]
D = prod([prod([x[j] - x[i] for j in i+1..4]) for i in 1..3])
L = sum(p^2)/100 + D
backward L
""")
def _():
    def f(x):
        p = 1 - 2 * x + 0.5 * x**2 + 3 * x**3
        D = 1.0
        for i in range(4):
            for j in range(i + 1, 4):
                D = D * (x[j] - x[i])
        return np.sum(p**2) / 100 + D
    x = array(0.5, 1.5, -1, 2)
    yield "V", np.vander(x, increasing=True)
    yield from graded("L", f, x=x)


@program("polynomial by Horner", """
horner(c, x) = {
  y = 0
  for i in length(c)..1 by -1 { y = y*x + c[i] }
  y
}
c = [1, -2, 0.5, 3]
x = 1.2
L = horner(c, x)
backward L
p(t) = horner(c, t)
""")
def _():
    f = lambda c, x: c[0] + c[1] * x + c[2] * x**2 + c[3] * x**3
    c = array(1, -2, 0.5, 3)
    yield from graded("L", f, c=c, x=1.2)
    yield "p'(1.2)", grad(f, 1)(c, 1.2)
    yield "p''(1.2)", 1 + 18 * 1.2
    yield "p'''(1.2)", 18
    yield "taylor(p, 0, 3)", c


@program("continued fraction", """
a = [1, 2, 0.5, 3]
f(v) = {
  y = v[end]
  for i in length(v)-1..1 by -1 { y = v[i] + 1/y }
  y
}
L = f(a)
backward L
""")
def _():
    f = lambda a: a[0] + 1 / (a[1] + 1 / (a[2] + 1 / a[3]))
    yield from graded("L", f, a=[1, 2, 0.5, 3])
    yield "hessian(f)([1, 2, 0.5, 3])", hessian(f)(array(1, 2, 0.5, 3))


@program("Gram-Schmidt", """
A = [[1, 0.5, 0.2], [0.3, 2, -1]]
u = A[1]/norm(A[1])
v = A[2] - (A[2] @ u)*u
w = v/norm(v)
L = sum(outer(u, w)^2*[[1, 2, 3], [4, 5, 6], [7, 8, 9]])
backward L
""")
def _():
    W = number([[1, 2, 3], [4, 5, 6], [7, 8, 9]])
    def f(A):
        u = A[0] / np.sqrt(A[0] @ A[0])
        v = A[1] - A[1] @ u * u
        return np.sum(np.outer(u, v / np.sqrt(v @ v)) ** 2 * W)
    yield from graded("L", f, A=[[1, 0.5, 0.2], [0.3, 2, -1]])


@program("Cholesky", """
A = [[4, 2, 0.6], [2, 5, 1], [0.6, 1, 3]]
C = zeros(3, 3)
for i in 1..3 {
  for j in 1..i {
    s = A[i, j] - C[i, :] @ C[j, :]
    C[i, j] = if i == j then sqrt(s) else s/C[j, j]
  }
}
L = 2*(log(C[1, 1]) + log(C[2, 2]) + log(C[3, 3])) + C[3, 1]
backward L
""")
def _():
    A = number([[4, 2, 0.6], [2, 5, 1], [0.6, 1, 3]])
    def cholesky(A):
        C = np.zeros((3, 3))
        for i in range(3):
            for j in range(i + 1):
                s = A[i, j] - C[i] @ C[j]
                C = C.at[i, j].set(np.sqrt(s) if i == j else s / C[j, j])
        return C
    def f(A):
        C = cholesky(A)
        return 2 * (np.log(C[0, 0]) + np.log(C[1, 1]) + np.log(C[2, 2])) + C[2, 0]
    yield "C", cholesky(A)
    yield from graded("L", f, A=A)


@program("Gaussian elimination", """
solve3(A, b) = {
  for k in 1..2 {
    for i in k+1..3 {
      m = A[i, k]/A[k, k]
      A[i, :] = A[i, :] - m*A[k, :]
      b[i] = b[i] - m*b[k]
    }
  }
  x = zeros(3)
  for i in 3..1 by -1 { x[i] = (b[i] - A[i, :] @ x)/A[i, i] }
  x
}
M = [[4, 1, 0.5], [1, 3, -1], [0.2, 1, 5]]; r = [1, 2, 3]
x = solve3(M, r)
L = x @ x
backward L
""")
def _():
    M, r = number([[4, 1, 0.5], [1, 3, -1], [0.2, 1, 5]]), array(1, 2, 3)
    def f(M, r):
        x = np.linalg.solve(M, r)
        return x @ x
    yield "x", np.linalg.solve(M, r)
    yield from graded("L", f, M=M, r=r)


@program("power iteration", """
A = [[2, 1, 0], [1, 3, 0.5], [0, 0.5, 1]]
v = [1, 1, 1]
repeat 12 {
  v = A @ v
  v = v/norm(v)
}
top = v @ A @ v
backward top
""")
def _():
    def f(A):
        v = np.ones(3)
        for _ in range(12):
            v = A @ v
            v = v / np.sqrt(v @ v)
        return v @ A @ v
    yield from graded("top", f, A=[[2, 1, 0], [1, 3, 0.5], [0, 0.5, 1]])


@program("lens of two surfaces", """
bend(y, u, R, n) = u - y*(n - 1)/R
R1 = 50; R2 = -40; n = 1.5168
d = 3
u1 = bend(1, 0, R1, n)/n
y2 = 1 + d*u1
u2 = n*u1 - y2*(1 - n)/R2
focus = -y2/u2
backward focus
""")
def _():
    def f(R1, R2, n, d):
        u1 = -(n - 1) / R1 / n
        y2 = 1 + d * u1
        u2 = n * u1 - y2 * (1 - n) / R2
        return -y2 / u2
    yield from graded("focus", f, R1=50, R2=-40, n=1.5168, d=3)


@program("two bodies", """
m = [1, 2, 0.5]
P = [[0, 0], [1, 0.2], [-0.5, 1.5]]
energy(P) = {
  E = 0
  for i in 1..2 {
    for j in i+1..3 { E -= m[i]*m[j]/norm(P[i] - P[j]) }
  }
  E
}
F = -grad(energy)(P)
L = energy(P) + sum(F^2)
backward L
""")
def _():
    def energy(P, m):
        E = 0.0
        for i in range(3):
            for j in range(i + 1, 3):
                r = P[i] - P[j]
                E = E - m[i] * m[j] / np.sqrt(r @ r)
        return E
    m, P = array(1, 2, 0.5), number([[0, 0], [1, 0.2], [-0.5, 1.5]])
    yield "F", -grad(energy)(P, m)
    yield from graded("L", lambda m, P: energy(P, m) + np.sum(grad(energy)(P, m) ** 2), m=m, P=P)


@program("Lennard-Jones", """
phi(r) = 4*((1/r)^12 - (1/r)^6)
r = 1.2
E = phi(r)
backward E
""")
def _():
    phi = lambda r: 4 * (1 / r**12 - 1 / r**6)
    yield from graded("E", phi, r=1.2)
    for order in (1, 2, 3, 4):
        yield f"phi{chr(39) * order}(1.2)", exact(phi, 1.2, order)


@program("Planck's law", """
B(x) = x^3/expm1(x)
x = 2.8
y = B(x)
backward y
""")
def _():
    B = lambda x: x**3 / mpmath.expm1(x)
    yield "y", exact(B, 2.8)
    yield "x.grad", exact(B, 2.8, 1)
    yield "B''(2.8)", exact(B, 2.8, 2)


@program("beta distribution", """
logbeta(a, b) = lgamma(a) + lgamma(b) - lgamma(a + b)
a = 2.5; b = 4
L = 0
for x in [0.2, 0.35, 0.6] { L += xlogy(a - 1, x) + (b - 1)*log1p(-x) - logbeta(a, b) }
backward L
""")
def _():
    mp = mpmath
    lb = lambda a, b: mp.loggamma(a) + mp.loggamma(b) - mp.loggamma(a + b)
    f = lambda a, b: sum((a - 1) * mp.log(mp.mpf(x)) + (b - 1) * mp.log1p(-mp.mpf(x)) - lb(a, b) for x in (0.2, 0.35, 0.6))
    yield "L", float(f(mp.mpf(2.5), mp.mpf(4)))
    slopes = exact_gradient(f, 2.5, 4)
    yield "a.grad", slopes[0]
    yield "b.grad", slopes[1]
    yield "hessian(logbeta)(2.5, 4)", [float(mp.psi(1, mp.mpf(2.5)) - mp.psi(1, mp.mpf(6.5))), -float(mp.psi(1, mp.mpf(6.5))),
                                       -float(mp.psi(1, mp.mpf(6.5))), float(mp.psi(1, mp.mpf(4)) - mp.psi(1, mp.mpf(6.5)))]


@program("special functions together", """
x = 1.7
L = gamma(x)*digamma(x) + polygamma(1, x)*erf(x) - erfc(x)*lgamma(x) + cbrt(x)*log2(x)
backward L
""")
def _():
    mp = mpmath
    f = lambda x: (mp.gamma(x) * mp.digamma(x) + mp.psi(1, x) * mp.erf(x)
                   - mp.erfc(x) * mp.log(mp.gamma(x)) + mp.cbrt(x) * mp.log(x, 2))
    yield "L", exact(f, 1.7)
    yield "x.grad", exact(f, 1.7, 1)


@program("Poisson regression", """
plain X = [[1, 0.2], [1, 1.5], [1, -0.7]]
plain counts = [1, 4, 0]
w = [0.1, 0.6]
eta = X @ w
L = sum(counts*eta - exp(eta) - lgamma(counts + 1))
backward L
f(w) = sum(counts*(X @ w) - exp(X @ w))
""")
def _():
    X, counts = number([[1, 0.2], [1, 1.5], [1, -0.7]]), array(1, 4, 0)
    f = lambda w: np.sum(counts * (X @ w) - np.exp(X @ w)) - math.log(24)
    yield from graded("L", f, w=[0.1, 0.6])
    yield "hessian(f)(w)", hessian(f)(array(0.1, 0.6))


@program("entropy and divergence", """
z = [0.5, -1, 2]; t = [0.1, 0.2, 0.3]
p = softmax(z); q = softmax(t)
H = -sum(p*log(p))
K = sum(p*(log(p) - log(q)))
L = H*K
backward L
""")
def _():
    def f(z, t):
        p, q = jax.nn.softmax(z), jax.nn.softmax(t)
        return -np.sum(p * np.log(p)) * np.sum(p * (np.log(p) - np.log(q)))
    yield from graded("L", f, z=[0.5, -1, 2], t=[0.1, 0.2, 0.3])


@program("variational bound", """
mu = [0.3, -0.5]; ls = [-0.2, 0.1]
plain noise = [[0.5, -1.2], [1.1, 0.3], [-0.4, 0.8]]
total = 0
for e in noise {
  z = mu + exp(ls)*e
  total += sum(-z^2/2) - (z[1]*z[2] - 1)^2
}
L = total/length(noise) + sum(ls)
backward L
""")
def _():
    noise = number([[0.5, -1.2], [1.1, 0.3], [-0.4, 0.8]])
    def f(mu, ls):
        z = mu + np.exp(ls) * noise
        return np.mean(np.sum(-(z**2) / 2, 1) - (z[:, 0] * z[:, 1] - 1) ** 2) + np.sum(ls)
    yield from graded("L", f, mu=[0.3, -0.5], ls=[-0.2, 0.1])


@program("Simpson's rule", """
integral(f, a, b, n) = {
  x = linspace(a, b, 2*n + 1)
  y = [f(t) for t in x]
  h = (b - a)/(2*n)
  h/3*(y[1] + 4*sum(y[2..end by 2]) + 2*sum(y[3..end-2 by 2]) + y[end])
}
k = 1.4; b = 2
I = integral(x -> exp(-k*x)*cos(x), 0, 2, 5)
backward I
""")
def _():
    def f(k):
        y = np.exp(-k * np.linspace(0, 2, 11)) * np.cos(np.linspace(0, 2, 11))
        return 0.2 / 3 * (y[0] + 4 * np.sum(y[1::2]) + 2 * np.sum(y[2:-1:2]) + y[-1])
    yield from graded("I", f, k=1.4)


@program("Jacobian of a flow", """
F(v) = {
  for i in 1..5 {
    v = v + 0.02*[10*(v[2] - v[1]), v[1]*(28 - v[3]) - v[2], v[1]*v[2] - 8/3*v[3]]
  }
  v
}
x = [1, 2, 20]
J = jacobian(F)(x)
""")
def _():
    def F(v):
        for _ in range(5):
            v = v + 0.02 * np.stack([10 * (v[1] - v[0]), v[0] * (28 - v[2]) - v[1], v[0] * v[1] - 8 / 3 * v[2]])
        return v
    x = array(1, 2, 20)
    yield "F(x)", F(x)
    yield "J", jacfwd(F)(x)
    yield "jvp(F, x, [1, 0, 0])", jacfwd(F)(x)[:, 0]
    yield "vjp(F, x, [0, 0, 1])", jacfwd(F)(x)[2]


@program("the classic training step", """
a = 2; b = -3; c = 10; f = -2
d = a*b; e = d + c; L = e*f
backward L
a := a + 0.01*a.grad
b := b + 0.01*b.grad
c := c + 0.01*c.grad
f := f + 0.01*f.grad
forward L
backward L
""")
def _():
    f = lambda a, b, c, f: (a * b + c) * f
    p = (2.0, -3.0, 10.0, -2.0)
    q = [float(x + 0.01 * g) for x, g in zip(p, grad(f, (0, 1, 2, 3))(*p))]
    yield from graded("L", f, a=q[0], b=q[1], c=q[2], f=q[3])
    yield "e", q[0] * q[1] + q[2]


# The file


def text_of(value):
    numbers = numpy.asarray([numpy.asarray(x, dtype=numpy.float64) for x in value]
                            if isinstance(value, (list, tuple)) else value, dtype=numpy.float64)
    return " ".join(format(float(x), ".17g") for x in numpy.ravel(numbers))


HEADER = """\
# Programs and what they must compute, by JAX {jax} in float64 and mpmath {mpmath}.
# Written by make-programs.py, which stands next to this file; change the programs there.
# `## name`, the program, then a line for each value: `=> EXPRESSION | numbers`, an array's row by row.
"""


def main():
    names = [name for name, _, _ in programs]
    assert len(set(names)) == len(names), "two programs have the same name"
    parts = [HEADER.format(jax=jax.__version__, mpmath=mpmath.__version__)]
    for name, text, expectations in programs:
        lines = [f"=> {expression} | {text_of(value)}" for expression, value in expectations()]
        finite = not any(word in line for line in lines for word in (" nan", " inf", " -inf"))
        assert finite or name in ("kinks", "constants"), name + " is not finite"
        parts.append("\n".join([f"## {name}", text, *lines]) + "\n")
    pathlib.Path(__file__).with_name("programs.txt").write_text("\n".join(parts), encoding="utf-8")
    print(len(programs), "programs")


if __name__ == "__main__":
    main()
