#!/usr/bin/env python3
"""Writes the tables of Sources/Autograd/Rules/ErrorFunctionTables.swift: polynomials for exp(z²)·erfc(z).

They interpolate at Chebyshev's points, in 60 digits; the error is below 3e-18 of the value.
"""

import pathlib

from mpmath import mp, mpf

mp.dps = 60


def polynomial(f, low, high, degree):
    """The coefficients in powers of x − c, c the middle of the interval."""
    c, h = (low + high) / 2, (high - low) / 2
    nodes = [mp.cos(mp.pi * (2 * k + 1) / (2 * degree + 2)) * h for k in range(degree + 1)]
    powers = mp.matrix([[t**j for j in range(degree + 1)] for t in nodes])
    return list(mp.lu_solve(powers, mp.matrix([f(c + t) for t in nodes])))


def scaled(z):
    return mp.exp(z * z) * mp.erfc(z)


def tail(w):
    """√π·z·exp(z²)·erfc(z) − 1 for z² = 1/w."""
    z = 1 / mp.sqrt(w)
    return mp.sqrt(mp.pi) * z * scaled(z) - 1


def swift(numbers):
    texts = [repr(float(x)) for x in numbers]
    lines, line = [], ""
    for text in texts:
        if len(line) + len(text) > 84:
            lines.append(line)
            line = ""
        line += (" " if line else "") + text + ","
    return "".join(f"    {line}\n" for line in lines + [line])


def near():
    """A row of 13 numbers for each quarter from 0.25 to 4: the constant term as two doubles."""
    for k in range(15):
        low = mpf(k + 1) / 4
        first, *rest = polynomial(scaled, low, low + mpf(1) / 4, 11)
        yield swift([first, first - mpf(float(first)), *rest])


def far(low, high, degree):
    ends = 1 / mpf(high) ** 2, 1 / mpf(low) ** 2
    middle = mpf(float((ends[0] + ends[1]) / 2))
    # The middle is rounded to a double, the interval stays symmetric about it.
    half = max(middle - ends[0], ends[1] - middle)
    return swift([middle, *polynomial(tail, middle - half, middle + half, degree)])


path = pathlib.Path(__file__).parents[3] / "Sources/Autograd/Rules/ErrorFunctionTables.swift"
path.write_text(f"""\
// Written by Tests/AutogradTests/Reference/make-erfc.py. Do not edit.

/// Polynomials for exp(z²)·erfc(z).
enum ErrorFunctionTables {{
  /// For each quarter k/4 ≤ z < (k + 1)/4, k = 1 … 15, in powers of z − (k + ½)/4: the constant term
  /// as two doubles, then 11 coefficients.
  static let near: [Double] = [
{"".join(near())}  ]

  /// √π·z·exp(z²)·erfc(z) − 1 for 4 ≤ z < 8, in powers of z⁻² − m: m, then 12 coefficients.
  static let far: [Double] = [
{far(4, 8, 11)}  ]

  /// The same for 8 ≤ z < 28.
  static let farthest: [Double] = [
{far(8, 28, 8)}  ]
}}
""", encoding="utf-8")
