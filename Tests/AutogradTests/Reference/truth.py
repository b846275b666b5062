"""True values of the operations and of their derivatives, in many digits."""

import math
from fractions import Fraction

from mpmath import mp, mpf

mp.dps = 120
ZERO, ONE, HALF = mpf(0), mpf(1), mpf("0.5")


def to_double(x):
    """The double nearest to an mpf, ties to even, with gradual underflow and overflow."""
    x = mpf(x)
    if mp.isnan(x) or mp.isinf(x) or x == 0:
        return float(x)
    if mp.mag(x) > 1025:
        return float("inf") if x > 0 else float("-inf")
    if mp.mag(x) < -1080:
        return 0.0 if x > 0 else -0.0
    man, exp = x.man_exp
    fraction = Fraction(int(man) if x > 0 else -int(man)) * Fraction(2) ** exp
    try:
        return fraction.numerator / fraction.denominator
    except OverflowError:
        return float("inf") if x > 0 else float("-inf")


def with_rest(x):
    """The nearest double and, after `~`, the rest in units of its last place, if there is any."""
    x = mpf(x)
    nearest = to_double(x)
    if mp.isnan(x) or mp.isinf(x) or abs(nearest) == float("inf"):
        return repr(nearest)
    rest = f"{float((x - mpf(nearest)) / mpf(math.ulp(nearest))):+.3f}"
    return repr(nearest) if float(rest) == 0 else f"{nearest!r}~{rest}"


def sigmoid(x):
    return 1 / (1 + mp.exp(-x))


def phi(x):
    return mp.exp(-x * x / 2) / mp.sqrt(2 * mp.pi)


def Phi(x):
    return mp.erfc(-x / mp.sqrt(2)) / 2


def softplus(x):
    return x + mp.log1p(mp.exp(-x)) if x > 0 else mp.log1p(mp.exp(x))


def lgamma(x):
    if x > 0:
        return mp.loggamma(x)
    return mp.log(mp.pi / abs(mp.sinpi(x))) - mp.loggamma(1 - x)


def cbrt(x):
    return mp.cbrt(x) if x >= 0 else -mp.cbrt(-x)


def atanh(x):
    return (mp.log1p(x) - mp.log1p(-x)) / 2


def asinh(x):
    y = abs(x)
    y = mp.log1p(y + y * y / (1 + mp.sqrt(1 + y * y)))
    return y if x >= 0 else -y


def round_away(x):
    y = mp.floor(abs(x) + HALF)
    return y if x >= 0 else -y


# name: (value, derivative)
UNARY = {
    "negate": (lambda x: -x, lambda x: -ONE),
    "abs": (lambda x: abs(x), lambda x: mp.sign(x)),
    "sign": (lambda x: mp.sign(x), lambda x: ZERO),
    "floor": (lambda x: mp.floor(x), lambda x: ZERO),
    "ceil": (lambda x: mp.ceil(x), lambda x: ZERO),
    "round": (round_away, lambda x: ZERO),
    "sqrt": (lambda x: mp.sqrt(x), lambda x: 1 / (2 * mp.sqrt(x))),
    "cbrt": (cbrt, lambda x: cbrt(x) / (3 * x)),
    "exp": (lambda x: mp.exp(x), lambda x: mp.exp(x)),
    "expm1": (lambda x: mp.expm1(x), lambda x: mp.exp(x)),
    "log": (lambda x: mp.log(x), lambda x: 1 / x),
    "log2": (lambda x: mp.log(x) / mp.log(2), lambda x: 1 / (x * mp.log(2))),
    "log10": (lambda x: mp.log(x) / mp.log(10), lambda x: 1 / (x * mp.log(10))),
    "log1p": (lambda x: mp.log1p(x), lambda x: 1 / (1 + x)),
    "sin": (lambda x: mp.sin(x), lambda x: mp.cos(x)),
    "cos": (lambda x: mp.cos(x), lambda x: -mp.sin(x)),
    "tan": (lambda x: mp.tan(x), lambda x: 1 / mp.cos(x) ** 2),
    "asin": (lambda x: mp.asin(x), lambda x: 1 / mp.sqrt((1 - x) * (1 + x))),
    "acos": (lambda x: mp.acos(x), lambda x: -1 / mp.sqrt((1 - x) * (1 + x))),
    "atan": (lambda x: mp.atan(x), lambda x: 1 / (1 + x * x)),
    "sinh": (lambda x: mp.sinh(x), lambda x: mp.cosh(x)),
    "cosh": (lambda x: mp.cosh(x), lambda x: mp.sinh(x)),
    "tanh": (lambda x: mp.tanh(x), lambda x: mp.sech(x) ** 2),
    "asinh": (asinh, lambda x: 1 / mp.sqrt(1 + x * x)),
    "acosh": (lambda x: mp.acosh(x), lambda x: 1 / mp.sqrt((x - 1) * (x + 1))),
    "atanh": (atanh, lambda x: 1 / ((1 - x) * (1 + x))),
    "sigmoid": (sigmoid, lambda x: sigmoid(x) * sigmoid(-x)),
    "relu": (lambda x: max(x, ZERO), lambda x: ONE if x > 0 else ZERO),
    "softplus": (softplus, sigmoid),
    "gelu": (lambda x: x * Phi(x), lambda x: Phi(x) + x * phi(x)),
    "silu": (lambda x: x * sigmoid(x), lambda x: sigmoid(x) * (1 + x * sigmoid(-x))),
    "erf": (lambda x: mp.erf(x), lambda x: 2 / mp.sqrt(mp.pi) * mp.exp(-x * x)),
    "erfc": (lambda x: mp.erfc(x), lambda x: -2 / mp.sqrt(mp.pi) * mp.exp(-x * x)),
    "gaussian": (lambda x: mp.exp(-x * x), lambda x: -2 * x * mp.exp(-x * x)),
    "gamma": (lambda x: mp.gamma(x), lambda x: mp.gamma(x) * mp.psi(0, x)),
    "lgamma": (lgamma, lambda x: mp.psi(0, x)),
    "digamma": (lambda x: mp.psi(0, x), lambda x: mp.psi(1, x)),
    "stop": (lambda x: x, lambda x: ZERO),
}


def power(x, y):
    return mp.power(x, int(y)) if y == mp.floor(y) and abs(y) < 2**31 else mp.power(x, y)


def modulus(x, y):
    return x - y * mp.floor(x / y)


def logaddexp(x, y):
    return max(x, y) + mp.log1p(mp.exp(-abs(x - y)))


def psi(n, x):
    return mp.psi(int(n), x)


def share(x, y):
    return ONE if x > y else HALF if x == y else ZERO


def comparison(test):
    return (lambda x, y: ONE if test(x, y) else ZERO, lambda x, y: ZERO, lambda x, y: ZERO)


# name: (value, derivative for the left operand, derivative for the right operand)
BINARY = {
    "add": (lambda x, y: x + y, lambda x, y: ONE, lambda x, y: ONE),
    "subtract": (lambda x, y: x - y, lambda x, y: ONE, lambda x, y: -ONE),
    "multiply": (lambda x, y: x * y, lambda x, y: y, lambda x, y: x),
    "divide": (lambda x, y: x / y, lambda x, y: 1 / y, lambda x, y: -x / y / y),
    "floorDivide": (lambda x, y: mp.floor(x / y), lambda x, y: ZERO, lambda x, y: ZERO),
    "modulus": (modulus, lambda x, y: ONE, lambda x, y: -mp.floor(x / y)),
    "power": (
        power,
        lambda x, y: y * power(x, y - 1),
        lambda x, y: power(x, y) * mp.log(x) if x > 0 else mp.nan,
    ),
    "atan2": (
        lambda x, y: mp.atan2(x, y),
        lambda x, y: y / (x * x + y * y),
        lambda x, y: -x / (x * x + y * y),
    ),
    "hypot": (
        lambda x, y: mp.sqrt(x * x + y * y),
        lambda x, y: x / mp.sqrt(x * x + y * y),
        lambda x, y: y / mp.sqrt(x * x + y * y),
    ),
    "min": (lambda x, y: min(x, y), lambda x, y: share(y, x), lambda x, y: share(x, y)),
    "max": (lambda x, y: max(x, y), lambda x, y: share(x, y), lambda x, y: share(y, x)),
    "logaddexp": (logaddexp, lambda x, y: sigmoid(x - y), lambda x, y: sigmoid(y - x)),
    "xlogy": (lambda x, y: x * mp.log(y), lambda x, y: mp.log(y), lambda x, y: x / y),
    "leakyRelu": (
        lambda x, y: x if x > 0 else x * y,
        lambda x, y: ONE if x > 0 else y,
        lambda x, y: ZERO if x > 0 else x,
    ),
    "polygamma": (psi, lambda x, y: ZERO, lambda x, y: psi(x + 1, y)),
    "less": comparison(lambda x, y: x < y),
    "lessOrEqual": comparison(lambda x, y: x <= y),
    "greater": comparison(lambda x, y: x > y),
    "greaterOrEqual": comparison(lambda x, y: x >= y),
    "equal": comparison(lambda x, y: x == y),
    "notEqual": comparison(lambda x, y: x != y),
    "approximatelyEqual": comparison(
        lambda x, y: abs(x - y) <= max(mpf("1e-9") * max(abs(x), abs(y)), mpf("1e-12"))
    ),
}


def clamp(x, y, z):
    return min(max(x, y), z)


# name: (value, the three derivatives)
TERNARY = {
    "select": (
        lambda x, y, z: y if x != 0 else z,
        (
            lambda x, y, z: ZERO,
            lambda x, y, z: ONE if x != 0 else ZERO,
            lambda x, y, z: ONE if x == 0 else ZERO,
        ),
    ),
    "clamp": (
        clamp,
        (
            # A tie is shared: half to x, half to the end, or to both ends.
            lambda x, y, z: HALF if x == y == z else share(z, max(x, y)) * share(x, y),
            lambda x, y, z: HALF / 2 if x == y == z else share(z, max(x, y)) * share(y, x),
            lambda x, y, z: HALF / 2 if x == y == z else share(max(x, y), z),
        ),
    ),
}
