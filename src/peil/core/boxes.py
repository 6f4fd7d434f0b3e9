"""Boxes: whether an answer is favourable (+1), neutral (0) or unfavourable (-1) on its own scale.

The tables are those of the definitions: 004 for 4, 5 and 10 points, the trade's for the rest.
Any question may state its own.
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from numpy.typing import ArrayLike, NDArray

from peil.core.errors import BadMapping


@dataclass(frozen=True, slots=True)
class Boxes:
    """Favourable scores are `favourable[0]` to `favourable[1]`, unfavourable ones likewise."""

    favourable: tuple[float, float]
    unfavourable: tuple[float, float]

    def of(self, scores: ArrayLike) -> NDArray[np.int8]:
        """+1, 0 or -1 for each score (any shape; NaN gives 0, so mask it first)."""
        x = np.asarray(scores, dtype=np.float64)
        good = (x >= self.favourable[0]) & (x <= self.favourable[1])
        bad = (x >= self.unfavourable[0]) & (x <= self.unfavourable[1])
        return good.astype(np.int8) - bad.astype(np.int8)


_BY_POINTS = {
    2: Boxes((2, 2), (1, 1)),
    3: Boxes((3, 3), (1, 1)),
    4: Boxes((3, 4), (1, 2)),
    5: Boxes((4, 5), (1, 2)),
    6: Boxes((5, 6), (1, 2)),
    7: Boxes((6, 7), (1, 3)),
    10: Boxes((8, 10), (1, 5)),
}
_BY_KIND = {
    "nps": Boxes((9, 10), (0, 6)),
    "nps_1_10": Boxes((9, 10), (1, 6)),
    "ces_agree": Boxes((5, 7), (1, 3)),
    "ces_effort": Boxes((1, 2), (4, 5)),
    "ces_ease": Boxes((4, 5), (1, 2)),
    "rapportcijfer": Boxes((8, 10), (1, 5)),
    "told_again": Boxes((0, 0), (1, 1)),  # yes is what nobody wants
}


def boxes_for(kind: str, scale: tuple[float, float]) -> Boxes:
    """The boxes of a question of `kind` on `scale` (lowest, highest score).

    >>> boxes_for("csat", (1, 5))
    Boxes(favourable=(4, 5), unfavourable=(1, 2))
    """
    low, high = scale
    if kind in _BY_KIND:
        return _BY_KIND[kind]
    if low == 0 and high == 1:
        return Boxes((1, 1), (0, 0))
    boxes = _BY_POINTS.get(int(high)) if low == 1 and high == int(high) else None
    if boxes is None:
        raise BadMapping(
            f"There is no standard division into favourable and unfavourable for a {kind} question on {low:g}-{high:g}.",
            "State it in the question: favourable = [4, 5], unfavourable = [1, 2].",
        )
    return boxes
