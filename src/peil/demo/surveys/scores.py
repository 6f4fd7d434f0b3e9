"""From how a customer feels to the score that is given: the marginal shares are set, the order is kept."""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np
from scipy.special import ndtri

from peil.demo.clock import Array, Random


def score_of(feeling: Array, shares: Sequence[float], lowest: int = 1) -> Array:
    """Scores from `lowest` on; where `feeling` is standard normal each comes as often as `shares` says."""
    edges = ndtri(np.cumsum(np.asarray(shares, dtype=np.float64) / np.sum(shares))[:-1])
    return np.asarray(np.searchsorted(edges, feeling, side="right") + lowest, dtype=np.float64)


def left_blank(rng: Random, scores: Array, share: float) -> Array:
    """The scores, a share of them skipped."""
    return np.where(rng.random(len(scores)) < share, np.nan, scores)


def said_yes(rng: Random, chance: Array) -> Array:
    """1 and 0 with these chances."""
    return (rng.random(len(chance)) < chance).astype(np.float64)
