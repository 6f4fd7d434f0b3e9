"""One root finder for many equations at once."""

from __future__ import annotations

from collections.abc import Callable

import numpy as np
from numpy.typing import NDArray

Array = NDArray[np.float64]


def find_roots(f: Callable[[Array], Array], low: Array, high: Array, tolerance: float = 1e-13) -> Array:
    """Where `f` changes sign between `low` and `high`, elementwise; all arrays of one shape.

    Where it does not change sign, the end where `f` is nearer to 0 is given; NaN stays NaN.
    Step functions are fine. 0.0 counts as positive, -0.0 as negative.

    Source: Chandrupatla 1997, Advances in Engineering Software 28.

    >>> find_roots(lambda x: x**2 - np.array([2.0, 9.0]), np.zeros(2), np.full(2, 10.0)).round(9).tolist()
    [1.414213562, 3.0]
    """
    b, a = np.array(low, dtype=np.float64), np.array(high, dtype=np.float64)
    fb, fa = f(b), f(a)
    bracketed = np.signbit(fa) != np.signbit(fb)
    unbracketed = np.where(np.isnan(fa + fb), np.nan, np.where(np.abs(fb) <= np.abs(fa), b, a))
    t = np.full(a.shape, 0.5)
    for _ in range(100):
        x = a + t * (b - a)
        fx = f(x)
        same = np.signbit(fx) == np.signbit(fa)
        c, fc = np.where(same, a, b), np.where(same, fa, fb)
        b, fb = np.where(same, b, a), np.where(same, fb, fa)
        a, fa = x, fx
        with np.errstate(divide="ignore", invalid="ignore"):
            least = tolerance / np.abs(b - a)
        if not np.any(bracketed & (least < 0.5) & (fa != 0)):
            break
        t = np.clip(_fraction((a, b, c), (fa, fb, fc)), np.minimum(least, 0.5), np.maximum(1 - least, 0.5))
    return np.where(bracketed, np.where(np.abs(fa) <= np.abs(fb), a, b), unbracketed)


def _fraction(points: tuple[Array, Array, Array], values: tuple[Array, Array, Array]) -> Array:
    """How far to go from the first point to the second: inverse quadratic interpolation where it is safe, else half."""
    (a, b, c), (fa, fb, fc) = points, values
    with np.errstate(divide="ignore", invalid="ignore", over="ignore"):
        xi, phi = (a - b) / (c - b), (fa - fb) / (fc - fb)
        safe = (phi**2 < xi) & ((1 - phi) ** 2 < 1 - xi)
        t = fa / (fb - fa) * fc / (fb - fc) + (c - a) / (b - a) * fa / (fc - fa) * fb / (fc - fb)
    return np.where(safe & np.isfinite(t), t, 0.5)
