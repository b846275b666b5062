#!/usr/bin/env python3
"""Writes truth.txt: true values of every operation and of its derivatives, at points over the
whole domain.

The judge is mpmath with 120 digits. Every argument is exactly a double; a result is the double
nearest to the truth and, after `~`, what is missing, in units of its last place. Run it after adding
an operation; the output is checked in.

    python3 -m venv ~/jax && ~/jax/bin/pip install mpmath
    ~/jax/bin/python make-reference.py
"""

import math
import pathlib
import random

from mpmath import mp, mpf

from truth import BINARY, TERNARY, UNARY, to_double, with_rest

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



def near(x, sides=(-1, 1)):
    """Doubles that come nearer and nearer to a number, from the sides given."""
    step = abs(x) if x else 1.0
    return [x + side * step * 2.0**-k for side in sides for k in [3, 8, 14, 20, 27, 35, 44, 52]]


POLES = [k * math.pi / 2 for k in [1, 2, 3, 4, 5, 8, 11, 30, 101, 12345]]
NEAR_POLES = [math.nextafter(x, x + side) for x in POLES for side in (-1, 1)] + POLES
WHOLE = [-1.0, -2.0, -3.0, -6.0, -13.0]
BESIDE_WHOLE = [n + side * 2.0**-k for n in WHOLE for side in (-1, 1) for k in [2, 5, 10, 20, 40]]

# What every operation gets besides: the ends of the intervals to spread points over, and others.
MORE = {
    **{name: ([(1e-308, 1e308)], []) for name in ["negate", "abs", "sign", "cbrt", "asinh", "relu", "stop"]},
    **{name: ([(1e-3, 1e17)], near(1.0) + near(2.5)) for name in ["floor", "ceil", "round"]},
    "sqrt": ([(1e-308, 1e308), (0.1, 10)], near(1.0)),
    **{name: ([(1e-3, 1.0), (1.0, 709.0)], []) for name in ["exp", "expm1"]},
    **{name: ([(1e-308, 1e308), (0.1, 10)], near(1.0) + near(math.e) + near(10.0)) for name in ["log", "log2", "log10"]},
    "log1p": ([(1e-17, 0.9), (1e-3, 1e3)], near(-1.0, (1,))),
    **{name: ([(1e-3, 1.6), (1.5, 1e3), (1e3, 1e300)], NEAR_POLES) for name in ["sin", "cos", "tan"]},
    **{name: ([(1e-9, 1), (0.1, 1)], near(1.0, (-1,)) + near(-1.0, (1,)) + near(0.5)) for name in ["asin", "acos", "atanh"]},
    "atan": ([(1e-9, 1e9), (0.1, 10)], []),
    **{name: ([(1e-5, 1), (1, 710)], []) for name in ["sinh", "cosh"]},
    "tanh": ([(1e-8, 1), (0.1, 22)], []),
    "acosh": ([(1.001, 3), (3, 1e308)], near(1.0, (1,)) + near(2.0)),
    **{name: ([(1e-5, 1), (0.5, 50), (50, 740)], []) for name in ["sigmoid", "softplus", "silu"]},
    "gelu": ([(1e-5, 1), (0.2, 8), (8, 37)], []),
    "erf": ([(1e-8, 0.5), (0.3, 6)], []),
    "erfc": ([(1e-8, 0.5), (0.3, 6)], [x for x in spread(0.5, 26.4, 30)]),
    "gaussian": ([(1e-8, 1), (0.3, 26)], []),
    "gamma": ([(0.01, 3), (1, 170)], BESIDE_WHOLE),
    "lgamma": ([(0.01, 3), (1, 1e3), (1e3, 1e305)], BESIDE_WHOLE + near(1.0) + near(2.0)),
    "digamma": ([(0.01, 3), (1, 1e3), (1e3, 1e305)], BESIDE_WHOLE + near(1.4616321449683622)),
}
# Where the errors were largest among 25 000 random points of each operation.
HARD = {
    "sqrt": [5.275808809982516e-265, 4.236054072708066, 0.2603342122322105],
    "cbrt": [1.439027494273713e-186, -1.476061640885386e+252, -2.043216107682537e-66],
    "log10": [0.5956003598764753, 0.5683083568239482, 1.2861034937795464],
    "log1p": [0.00012325211803865263, 4.0896940644967407e-07, 1.7634933203719365e-06],
    "tan": [-4.8985861794882855, -369.33864492391706, -271.5528193415818],
    "asin": [-0.8646806243093608, 0.860565443328507, 0.8438665486692961],
    "acos": [0.8593681948674817, 0.8629248890470569, 0.8477682618753023],
    "atan": [2.654466017546633, -1.0074057707922164, 95339779.50093892],
    "sinh": [-0.7001262155975674, 0.44433799054579654, -0.8155423549419962],
    "cosh": [1.2041821899856626, 0.4525148086875965, -0.7602954156465225, -0.4209759484774634],
    "tanh": [-0.22011435657432263, 0.24503365637927838, 0.2113131877101494, -1.7326747437253214,
        -2.4242146074756903, -1.726740792776346],
    "asinh": [67436982.8573795, -71192180.16094442, 0.09083238095125935],
    "acosh": [1.083962607924095, 1.0254197654127908, 1.1104852478503757, 2.2483428831475383,
        1.4353303843910008, 2.2372701227929808],
    "atanh": [-0.22018478244790912, 0.4410069915476544, 0.45101203986282296, -0.6715120209685003,
        0.8628922494607073, -0.6873242369270652],
    "sigmoid": [-1.3631264321257357, 6.633277233768942, -1.2460088672362715, -15.320209269845604,
        22.269128645454835, 13.185892902918278],
    "softplus": [-4.157777739458369, -2.0383922067404736, -0.5263253215538514, -1.2421268807315582,
        8.420672808995953, 10.293760048885847],
    "gelu": [0.364082621826444, 0.37688481782693284, 0.35687700003704304, -0.7518430081636042,
        -0.7516021953115485, -0.7523206444236046],
    "silu": [-0.0034074650540524324, -2.883524028196253e-05, -0.0002420219527477119, -1.2779880123034044,
        -1.2766283095418145, -1.275351776491329],
    "erf": [1.5630429246248054, -1.0624001725475183, -1.9679107346936304],
    "erfc": [2.1959638327097224, 0.829783997994927, 4.851592831176544, -1.7160170605624852,
        1.1080343444556187, 3.9742736592391417],
    "gaussian": [-25.293373711576432, -3.199023808797397, 3.214108491661768],
    "gamma": [-13.928594523351792, -16.087935062213667, -21.50855789536456, -3.6354642183364345,
        -5.667345976195593, -0.5040440759157697],
    "lgamma": [-3.936609516656126, -4.015992704598468, -4.077316717810537, -10.708760708500431,
        -1.5735070978687613, -24.75577616265805],
    "digamma": [-27.75958519795285, -20.745762795897683, -0.5041380248405156],
}
HARD_PAIRS = {
    "divide": [(-0.03611949378430599, 0.2691873333342392), (-68.71840545281928, 0.06604885843829161),
        (0.0371921111557175, 0.017814272213527767)],
    "power": [(1.2818900731852442e+267, 0.11427370759802451), (68.08033771936704, 0.015526639242052569),
        (0.15749882185431824, -0.11031504515560471), (0.530514928151628, 0.45747127696404366),
        (0.5312678214444054, -10.188177926110543), (1.6325878999834993, 0.010322073510343243)],
    "atan2": [(0.031781625967658295, -0.033513930881532907), (-4.3462241571449765, -63.92060000620476),
        (6.701960927252074e+45, -1.0365399624770387e+121), (-32.111947747137734, 0.15548522015783986),
        (-2.1653810617205116e-283, 4.627913938003132e-304),
        (1.3176918938124456e+297, 1.575084559020218e+255)],
    "hypot": [(-8.269097791289317, 0.19059446632738639), (4.179353510022611e+267, 8.667396532805438e+270),
        (6.016050105169299e-272, -1.8908898723561447e-274), (-0.014024042063711849, 0.5149206661002027),
        (-2.2309107720830276e-285, -1.4582211907845493e-278), (0.8138840145832624, 32.52599133090408)],
    "logaddexp": [(-1.1692629791077314, -0.790651264975197), (-0.1418219683259352, -0.4550786182373382),
        (-1.0959375053348186, 0.032265655099277354), (-12.690499677560537, 0.5346542152842825),
        (-8.341961769476173, 0.8353121999504803), (-12.32416067990524, 0.206869440339296),
        (18.053871429494837, 0.5857906512016463), (0.025944190864524028, -2.7140213506067505),
        (19.36399574503292, -0.08381554444884184)],
    "xlogy": [(0.9459011278507544, 1.6882506916616216), (7.594070199794117, 0.8818042322967435),
        (6.677680871139782, 0.7720623664731247)],
}
# Only for operands above 0: below it the functions are undefined, or grow too fast to be of use.
ONE_SIDED = ["sqrt", "log", "log2", "log10", "acosh", "gamma", "lgamma", "digamma"]
UNARY_COUNT = 120
for name, (intervals, points) in MORE.items():
    points = UNARY_POINTS[name] + points
    missing = max(UNARY_COUNT - len(set(points)), 12)
    for low, high in intervals:
        new = spread(low, high, math.ceil(missing / len(intervals)))
        points += new if name in ONE_SIDED else [x if k % 2 else -x for k, x in enumerate(new)]
    if name == "log1p":
        points = [x for x in points if x > -1]
    UNARY_POINTS[name] = points + HARD.get(name, [])

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


def pairs(first, second, count):
    """Random points of a plane: from intervals of positive numbers, with all four pairs of signs."""
    xs, ys = spread(*first, count), spread(*second, count)
    rng.shuffle(ys)
    return [((x, -x)[k % 2], (y, -y)[k // 2 % 2]) for k, (x, y) in enumerate(zip(xs, ys))]


def positive(points, which=(0, 1)):
    return [tuple(abs(x) if k in which else x for k, x in enumerate(point)) for point in points]


ANYWHERE = pairs((1e-300, 1e300), (1e-300, 1e300), 24)
MODERATE = pairs((0.01, 100), (0.01, 100), 60)
MORE_PAIRS = {
    **{name: MODERATE + ANYWHERE for name in BINARY},
    **{name: MODERATE + pairs((1e-5, 1e12), (1e-3, 1e3), 24) for name in ["floorDivide", "modulus"]},
    **{name: MODERATE + ANYWHERE + pairs((1e250, 1e307), (1e250, 1e307), 12) + pairs((1e-307, 1e-250), (1e-307, 1e-250), 12)
       for name in ["atan2", "hypot"]},
    "power": positive(pairs((0.01, 100), (0.01, 20), 60) + pairs((1e-300, 1e300), (1e-3, 1), 24), (0,)),
    "logaddexp": MODERATE + [(-x, -y) for x, y in positive(pairs((0.05, 3), (0.05, 3), 24))] + pairs((1, 1e3), (1e-3, 1e3), 12),
    "xlogy": positive(MODERATE + ANYWHERE, (1,)) + [(2.5, x) for x in near(1.0)],
    "leakyRelu": MODERATE + ANYWHERE,
    "polygamma": [(float(n), x) for n in [0, 1, 2, 3, 5, 10, 30] for x in spread(0.01, 100, 7)]
    + [(float(n), -x) for n in [1, 2, 4] for x in spread(0.05, 20, 5)],
}
for name, points in MORE_PAIRS.items():
    BINARY_POINTS[name] = BINARY_POINTS[name] + points + HARD_PAIRS.get(name, [])

TERNARY_POINTS = {
    "select": [(c, 2.0, 3.0) for c in [-1.0, 0.0, 0.5]],
    "clamp": [(x, -1.0, 2.0) for x in [-3.0, -1.0, 0.5, 2.0, 9.0]] + [(0.0, 1.0, -1.0)]
    + [(x, 1.0, 1.0) for x in [0.0, 1.0, 2.0]] + [(1.0, 1.0, 0.0), (0.0, 1.0, 0.0)],
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
# And some at random within their range.
for name, points in CURVATURE_POINTS.items():
    new = [rng.uniform(min(points), max(points)) for _ in range(8)]
    CURVATURE_POINTS[name] = points + [x for x in new if name not in ["log1p"] or x > -0.9]
CURVATURE_PAIRS = {
    **{name: [(0.7, 1.9), (-1.3, 0.4), (2.5, -1.2)] for name in BINARY},
    **{name: [(0.7, 1.9), (2.2, -0.3), (1.6, 0.3), (1.5, 0.0)] for name in ["power"]},
    "xlogy": [(0.7, 1.9), (-1.3, 0.4), (0.0, 2.0)],
    "logaddexp": [(0.7, 1.9), (-1.3, 4.4), (2.0, 2.0), (0.5, 11.0)],
    "polygamma": [(0.0, 0.7), (1.0, 2.5), (3.0, 1.3)],
}

# And some at random, in the first quadrant, where all are defined and smooth.
for name, points in CURVATURE_PAIRS.items():
    if name != "polygamma":
        CURVATURE_PAIRS[name] = points + [(rng.uniform(0.3, 3), rng.uniform(0.3, 3)) for _ in range(6)]


def text(x):
    return repr(to_double(x))


def derivative(f, x, order=1):
    if mp.isnan(f(x)):
        return mp.nan
    return mp.diff(f, x, order)


def rows(functions, points, skipped=lambda *x: False):
    """A line a point: the operation, its operands, its value and derivatives."""
    for name, results in functions.items():
        for point in dict.fromkeys(points[name]):
            if skipped(name, *point):
                continue
            operands = [mpf(x) for x in point]
            truths = [with_rest(f(*operands)) for f in results]
            yield " ".join([name, *map(repr, point), *truths])


def unary_rows():
    # At a kink or a pole the tests of special values say what is right.
    kinks = ["abs", "sign", "cbrt", "relu"]
    points = {name: [(x,) for x in xs] for name, xs in UNARY_POINTS.items()}
    return rows(UNARY, points, lambda name, x: x == 0 and name in kinks)


def binary_rows():
    return rows(BINARY, BINARY_POINTS)


def ternary_rows():
    flat = {name: (value, *slopes) for name, (value, slopes) in TERNARY.items()}
    return rows(flat, TERNARY_POINTS)


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


TABLES = [
    ("unary", "operation, x, value, derivative.", unary_rows),
    ("binary", "operation, x, y, value, ∂/∂x, ∂/∂y.", binary_rows),
    ("ternary", "operation, x, y, z, value, ∂/∂x, ∂/∂y, ∂/∂z.", ternary_rows),
    ("unaryCurvature", "operation, x, second derivative, third derivative.", curvature_rows),
    ("binaryCurvature", "operation, x, y, ∂²/∂x², ∂²/∂x∂y, ∂²/∂y².", mixed_rows),
]

if __name__ == "__main__":
    mp.dps = 120
    parts = ["# The truth about the operations, by mpmath. Written by make-reference.py. Do not edit.\n"]
    for name, comment, lines in TABLES:
        parts.append(f"\n## {name}\n# {comment}\n" + "".join(f"{line}\n" for line in lines()))
    pathlib.Path(__file__).with_name("truth.txt").write_text("".join(parts), encoding="utf-8")
