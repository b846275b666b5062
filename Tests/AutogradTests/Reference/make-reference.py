#!/usr/bin/env python3
"""Writes ../Rules/ReferenceTable.swift: true values of every operation and of its derivatives.

The judge is mpmath with 120 digits; every argument is exactly a double, every result the double
nearest to the truth. Run it after adding an operation; the output is checked in.
"""

import math
import pathlib
import random

from mpmath import mp, mpf

from truth import BINARY, TERNARY, UNARY, to_double

rng = random.Random(20240617)
MAX, MIN, TINY = 1.7976931348623157e308, 2.2250738585072014e-308, 5e-324
ULP = 2.0**-52


def both(points):
    return sorted(set(points) | {-x for x in points})


def spread(low, high, count):
    """Doubles between two positive ones, evenly in the logarithm, with all their bits random."""
    step = (math.log(high) - math.log(low)) / count
    return [math.exp(math.log(low) + step * (k + rng.random())) for k in range(count)]


SMALL = [TINY, 2.5e-310, MIN, 1e-200, 1e-17, 1.1e-8, 1e-3, 0.1]
MIDDLE = [0.3, 0.5, 0.75, 1 - ULP / 2, 1.0, 1 + ULP, 1.5, 2.0, 2.718281828459045, 3.0, 5.0, 10.0]
LARGE = [36.7, 100.0, 12345.678, 2.0**27, 1e15, 2.0**53, 1e100, 1.3e154, 1.4e154, 1e160, 1e300, MAX]
POSITIVE = SMALL + MIDDLE + LARGE
HALVES = [0.5, 1.5, 2.5, 0.49999999999999994, 2.0**52 - 0.5, 2.0**52 + 1]
ANGLES = [
    0.7853981633974483, 1.5707963267948966, 2.356194490192345, 3.141592653589793,
    4.71238898038469, 6.283185307179586, 22.0, 355.0, 1e5, 1e22, 5.319372648326541e255,
]
EXPONENTS = [0.6931471805599453, 20.0, 40.5, 350.25, 700.0, 709.0, 709.78, 720.5, 744.0]
UNIT = SMALL + [0.3, 0.5, 0.7071067811865476, 0.75, 0.9, 0.99, 1 - 1e-8, 1 - ULP / 2]
GAMMA = [0.5, 1.4616321449683622, 1.5, 2.0, 2.5, 3.0, 7.7, 11.9, 12.1, 20.5, 50.25, 100.5, 170.5]
GAMMA_BELOW = [-0.25, -0.5, -1.5, -2.25, -3.0 + 1e-6, -5.75, -9.5, -29.3, -20.0 - 1e-9]

# Where each operation is probed.
UNARY_POINTS = {
    **{name: both([0.0] + POSITIVE) for name in ["negate", "abs", "sign", "cbrt", "asinh", "relu"]},
    **{name: both([0.0] + POSITIVE + HALVES) for name in ["floor", "ceil", "round", "stop"]},
    "sqrt": POSITIVE + spread(1e-3, 1e3, 6),
    **{name: both(SMALL + [0.3, 1.0, 3.0] + EXPONENTS) for name in ["exp", "expm1"]},
    **{name: POSITIVE + spread(0.8, 1.25, 8) for name in ["log", "log2", "log10"]},
    "log1p": both(UNIT) + MIDDLE[4:] + LARGE,
    **{name: both(SMALL + ANGLES + MIDDLE[:3]) for name in ["sin", "cos", "tan"]},
    **{name: both(UNIT) for name in ["asin", "acos", "atanh"]},
    "atan": both(POSITIVE + spread(0.1, 10, 6)),
    **{name: both(SMALL + MIDDLE + EXPONENTS[:7]) for name in ["sinh", "cosh"]},
    "tanh": both(SMALL + MIDDLE + EXPONENTS[:4] + spread(0.1, 20, 10)),
    "acosh": MIDDLE[5:] + LARGE + [1 + 1e-10, 1 + 1e-6, 1.01] + spread(1, 1e3, 8),
    **{
        name: both(SMALL + MIDDLE + EXPONENTS + spread(0.1, 40, 10))
        for name in ["sigmoid", "softplus", "silu"]
    },
    "gelu": both(SMALL + MIDDLE + [20.0, 30.0, 37.0] + spread(0.1, 30, 12)),
    "erf": both(SMALL + MIDDLE[:10] + [4.5, 5.8, 7.0] + spread(0.1, 5, 8)),
    "erfc": both(SMALL + MIDDLE[:10]) + [10.0, 20.0, 25.5, 26.5] + spread(0.1, 26, 8),
    "gaussian": both(SMALL + MIDDLE + [20.0, 25.5, 26.5] + spread(0.1, 26, 8)),
    "gamma": both([1e-300, 1e-17, 1e-3]) + GAMMA + GAMMA_BELOW + [171.5, -100.5],
    "lgamma": both([1e-300, 1e-17, 1e-3]) + GAMMA + GAMMA_BELOW + [1e5, 1e15, 1e300],
    "digamma": both([1e-300, 1e-17, 1e-3]) + GAMMA + GAMMA_BELOW + [1e5, 1e15, 1e300],
}
# The derivative passes through 0 here, and both its terms are rounded.
UNARY_POINTS["silu"] += [-1.2784645427610738, -1.27, -1.3]
UNARY_POINTS["gelu"] += [-0.7517915246935645, -0.75, -0.76, -37.9]
UNARY_POINTS["lgamma"] += [-2.7476826467274127, -2.4570247382208006, -40.3, -250.3, -1000.25]
UNARY_POINTS["gamma"] += [-2.610720868444145]
UNARY_POINTS["digamma"] += [-0.504083008264455, -1.5734984731623904, -40.3, -250.3, -1000.25]
UNARY_POINTS["gaussian"] += [26.9, -26.9]

LINE = [-7.5, -3.0, -1.0, -0.3, 0.1, 1.0, 2.5, 4.0]
PLANE = [(x, y) for x in LINE[::2] for y in LINE[1::2]] + [(x, x) for x in LINE[::3]]
EXTREMES = [
    (1e-320, 3.0), (3.0, 1e-300), (1e300, 1e299), (-2e-200, 1e-200), (1e200, -1e-100),
    (1e-310, 2e-310), (1e160, 1e-160), (-1.3e154, 1.2e154), (MAX, 2.0), (1.0, 1e-16),
]
NEAR = [(1.0, 1 + ULP), (-2.5, -2.5 * (1 - ULP)), (300.1, 300.2), (0.1, 0.3), (0.7, 0.1)]
QUOTIENTS = [(7.0, 2.0), (-7.0, 2.0), (7.0, -2.0), (-7.0, -2.0), (0.3, 0.1), (1e20, 3.0), (-1e-20, 1.0)]
POWERS = (
    [(x, float(n)) for x in [-2.0, -0.7, 0.3, 1.1, 3.0] for n in [-3, -1, 0, 1, 2, 3, 10]]
    + [(x, y) for x in [1e-300, 0.3, 1.0, 1.0001, 7.1, 1e200] for y in [-1.3, -0.3, 0.3, 0.5, 1.1]]
    + [(2.0, 1023.5), (0.5, 1070.0), (1 + ULP, 1e15), (7.1, -7.53), (1e-310, 0.0), (9.2e120, -1.04)]
    + [(1e-200, 1e-5), (1.75, 1e-20)]
)
BINARY_POINTS = {
    **{name: PLANE + NEAR + EXTREMES for name in ["add", "subtract", "multiply"]},
    "divide": [(x, y) for x, y in PLANE + NEAR + EXTREMES[1:] if y != 0],
    **{name: PLANE + QUOTIENTS + NEAR for name in ["floorDivide", "modulus"]},
    "power": POWERS,
    **{name: PLANE + NEAR + EXTREMES for name in ["atan2", "hypot", "min", "max"]},
    "logaddexp": PLANE + NEAR + [(-700.3, 0.1), (0.25, -30.7), (-7.02, 1.395), (800.0, 1.0)]
    + [(-0.6949655952310767, -0.6951255104831577), (1e300, -1e300)],
    "xlogy": [(x, abs(y)) for x, y in PLANE + NEAR + EXTREMES] + [(0.0, 2.0), (3.0, 1 - 1e-9)],
    "leakyRelu": [(x, y) for x in LINE + [TINY, -1e300] for y in [0.01, 0.2, -0.5]],
    "polygamma": [(float(n), x) for n in [0, 1, 2, 3, 7] for x in [1e-5, 0.3, 1.0, 2.5, 9.9, 50.2, 1e9]]
    + [(1.0, -0.5), (1.0, -7.3), (3.0, -2.25), (1.0, 1e200), (1.0, -33.3), (1.0, -300.3), (2.0, -1.9), (20.0, 4.5)],
    **{
        name: PLANE + NEAR[:2]
        for name in ["less", "lessOrEqual", "greater", "greaterOrEqual", "equal", "notEqual"]
    },
    "approximatelyEqual": PLANE + NEAR + [(1.0, 1 + 9e-10), (1.0, 1 + 2e-9), (0.0, 9e-13), (0.0, 2e-12)],
}
TERNARY_POINTS = {
    "select": [(c, 2.0, 3.0) for c in [-1.0, 0.0, 0.5]],
    "clamp": [(x, -1.0, 2.0) for x in [-3.0, -1.0, 0.5, 2.0, 9.0]] + [(0.0, 1.0, -1.0), (1.0, 1.0, 1.0)],
}

# Ordinary points, for the second and third derivatives.
CURVATURE_POINTS = {
    **{name: [-2.3, -0.4, 0.7, 1.9] for name in UNARY},
    **{name: [0.2, 0.7, 1.9, 30.5] for name in ["sqrt", "log", "log2", "log10"]},
    **{name: [-0.7, -0.2, 0.3, 0.8] for name in ["asin", "acos", "atanh", "log1p"]},
    **{name: [0.3, 0.8, 2.7, 14.5] for name in ["gamma", "lgamma", "digamma"]},
    "acosh": [1.2, 2.5, 10.5],
}
for name in ["tanh", "sigmoid", "softplus", "gelu", "silu", "erf", "erfc", "gaussian", "atan", "asinh"]:
    CURVATURE_POINTS[name] = CURVATURE_POINTS[name] + [0.0, -6.5, 6.5]
CURVATURE_PAIRS = {
    **{name: [(0.7, 1.9), (-1.3, 0.4), (2.5, -1.2)] for name in BINARY},
    **{name: [(0.7, 1.9), (2.2, -0.3), (1.6, 0.3), (1.5, 0.0)] for name in ["power"]},
    "xlogy": [(0.7, 1.9), (-1.3, 0.4), (0.0, 2.0)],
    "logaddexp": [(0.7, 1.9), (-1.3, 4.4), (2.0, 2.0), (0.5, 11.0)],
    "polygamma": [(0.0, 0.7), (1.0, 2.5), (3.0, 1.3)],
}


def text(x):
    return repr(to_double(x))


def derivative(f, x, order=1):
    if mp.isnan(f(x)):
        return mp.nan
    return mp.diff(f, x, order)


def unary_rows():
    for name, (value, slope) in UNARY.items():
        for x in dict.fromkeys(UNARY_POINTS[name]):
            # At a kink or a pole the tests of special values say what is right.
            if x == 0 and name in ["abs", "sign", "cbrt", "relu"]:
                continue
            yield f"{name} {x!r} {text(value(mpf(x)))} {text(slope(mpf(x)))}"


def binary_rows():
    for name, (value, left, right) in BINARY.items():
        for x, y in dict.fromkeys(BINARY_POINTS[name]):
            results = " ".join(text(f(mpf(x), mpf(y))) for f in (value, left, right))
            yield f"{name} {x!r} {y!r} {results}"


def ternary_rows():
    for name, (value, slopes) in TERNARY.items():
        for x, y, z in TERNARY_POINTS[name]:
            results = " ".join(text(f(mpf(x), mpf(y), mpf(z))) for f in (value, *slopes))
            yield f"{name} {x!r} {y!r} {z!r} {results}"


def curvature_rows():
    for name, (_, slope) in UNARY.items():
        for x in CURVATURE_POINTS[name]:
            second, third = derivative(slope, mpf(x)), derivative(slope, mpf(x), 2)
            yield f"{name} {x!r} {text(second)} {text(third)}"


def mixed_rows():
    """∂²/∂x², ∂²/∂x∂y, ∂²/∂y²; nothing for the whole-number order of polygamma."""
    for name, (_, left, right) in BINARY.items():
        for x, y in CURVATURE_PAIRS[name]:
            x, y = mpf(x), mpf(y)
            if name == "polygamma":
                xx = xy = mp.mpf(0)
            else:
                xx = derivative(lambda t: left(t, y), x)
                xy = derivative(lambda t: right(t, y), x) if x != 0 else derivative(
                    lambda t: left(x, t), y)
            yy = derivative(lambda t: right(x, t), y)
            yield f"{name} {float(x)!r} {float(y)!r} {text(xx)} {text(xy)} {text(yy)}"


def swift(name, comment, rows):
    return f'  /// {comment}\n  static let {name} = """\n' + "".join(
        f"    {row}\n" for row in rows) + '    """\n'


mp.dps = 120
here = pathlib.Path(__file__).parent
(here.parent / "Rules" / "ReferenceTable.swift").write_text(
    "// Written by Reference/make-reference.py. Do not edit.\n\n"
    "/// The truth about the operations, by mpmath: a line a point, each number the nearest double.\n"
    "enum ReferenceTable {\n"
    + "\n".join([
        swift("unary", "operation, x, value, derivative.", unary_rows()),
        swift("binary", "operation, x, y, value, ∂/∂x, ∂/∂y.", binary_rows()),
        swift("ternary", "operation, x, y, z, value, ∂/∂x, ∂/∂y, ∂/∂z.", ternary_rows()),
        swift("unaryCurvature", "operation, x, second derivative, third derivative.", curvature_rows()),
        swift("binaryCurvature", "operation, x, y, ∂²/∂x², ∂²/∂x∂y, ∂²/∂y².", mixed_rows()),
    ])
    + "}\n")
