"""Logarithmic buckets for durations: mergeable counts from which quantiles are read within 1 %.

Bucket b holds [GAMMA**b, GAMMA**(b + 1)) seconds; durations of 0 up to 1 second hold negative
numbers down to `ZERO`, which holds zero alone.

Source: Masson, Rim and Lee 2019, DDSketch (there with closed upper edges).
"""

from __future__ import annotations

import numpy as np
from numpy.typing import ArrayLike, NDArray

GAMMA = 1.01
ZERO = -100_000


def bucket_of(seconds: ArrayLike) -> NDArray[np.int32]:
    """The bucket of each duration in seconds (any shape, all >= 0).

    The logarithm alone may round over an edge; the edges themselves decide.

    >>> bucket_of([0, 1, 1.005, 1.01, 60]).tolist()
    [-100000, 0, 0, 1, 411]
    """
    x = np.asarray(seconds, dtype=np.float64)
    positive = x > 0
    safe = np.where(positive, x, 1.0)
    b = np.floor(np.log(safe) / np.log(GAMMA))
    b = np.where(lower_edge(b + 1) <= safe, b + 1, b)
    b = np.where(lower_edge(b) > safe, b - 1, b)
    return np.where(positive, b, ZERO).astype(np.int32)


def lower_edge(bucket: ArrayLike) -> NDArray[np.float64]:
    """The smallest duration in each bucket, in seconds."""
    b = np.asarray(bucket, dtype=np.float64)
    return np.where(b <= ZERO, 0.0, np.power(GAMMA, np.maximum(b, -99_999)))


def upper_edge(bucket: ArrayLike) -> NDArray[np.float64]:
    """The end of each bucket, in seconds: every duration in it is below this."""
    b = np.asarray(bucket, dtype=np.float64)
    return np.where(b <= ZERO, 0.0, lower_edge(b + 1))


def middle(bucket: ArrayLike) -> NDArray[np.float64]:
    """The value shown for a bucket: at most 0.5 % from any duration in it."""
    b = np.asarray(bucket, dtype=np.float64)
    return np.where(b <= ZERO, 0.0, 2.0 * lower_edge(b) * GAMMA / (GAMMA + 1.0))
