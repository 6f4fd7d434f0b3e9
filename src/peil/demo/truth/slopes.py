"""What a transfer and waiting do to ease, and what all customers would answer: truths that no single KPI shows."""

from __future__ import annotations

from dataclasses import dataclass, field

import numpy as np
import pyarrow as pa
import pyarrow.compute as pc

from peil.demo.clock import Array
from peil.demo.customers import CHANNELS
from peil.demo.surveys.asking import RELATIONSHIP
from peil.demo.surveys.relationship import feelings, nps_scores
from peil.demo.world import World

NAMES = ("transfers", "log_minutes")  # then one column a channel
_Z = 1.96


@dataclass(slots=True)
class Slopes:
    """Least squares of ease (1-7) on transfers and ln(1 + minutes until the first answer), within channels."""

    products: Array = field(default_factory=lambda: np.zeros((len(NAMES) + len(CHANNELS),) * 2))
    with_score: Array = field(default_factory=lambda: np.zeros(len(NAMES) + len(CHANNELS)))

    def add(self, x: Array, y: Array) -> None:
        self.products += x.T @ x
        self.with_score += x.T @ y

    def values(self) -> Array:
        """Points of ease for each transfer, and for each unit of the logarithm."""
        return np.asarray(np.linalg.pinv(self.products) @ self.with_score)[: len(NAMES)]


def ease_and_causes(answers: pa.Table, interactions: pa.Table) -> tuple[Array, Array]:
    """The matrix of causes and the score of every answer about ease, from the facts as a system tells them."""
    asked = answers.filter(pc.and_(pc.equal(answers["kind"], "ces_agree"), pc.is_valid(answers["score"])))
    wanted = interactions.select(["interaction_id", "transfers", "first_response_seconds", "channel"])
    both = asked.select(["interaction_id", "score"]).join(wanted, "interaction_id", join_type="inner")
    both = both.filter(pc.and_(pc.is_valid(both["transfers"]), pc.is_valid(both["first_response_seconds"])))
    channel = pc.index_in(both["channel"], value_set=pa.array(CHANNELS)).to_numpy()
    minutes = both["first_response_seconds"].to_numpy() / 60
    x = np.column_stack([both["transfers"].to_numpy(), np.log1p(minutes), np.eye(len(CHANNELS))[channel]])
    return np.asarray(x, dtype=np.float64), np.asarray(both["score"].to_numpy(), dtype=np.float64)


def found_slopes(x: Array, y: Array) -> Array:
    """Which of the slopes are below 0 at 95 %, by robust standard errors; (2,) of 0 and 1."""
    inverse = np.linalg.pinv(x.T @ x)
    slope = inverse @ (x.T @ y)
    residual = y - x @ slope
    variance = np.diag(inverse @ (x.T * residual**2) @ x @ inverse)[: len(NAMES)] * len(y) / max(len(y) - x.shape[1], 1)
    return np.asarray(slope[: len(NAMES)] + _Z * np.sqrt(variance) < 0, dtype=np.float64)


def nps_of_all(world: World) -> tuple[float, float, float]:
    """Promoters, detractors and customers among all who were asked, whether they answered or not."""
    asked = world.asked
    rows = np.flatnonzero((asked.survey == RELATIONSHIP) & ~asked.held_back)
    nps = nps_scores(feelings(world.company.seed, world.customers, asked)[rows])
    return float((nps >= 9).sum()), float((nps <= 6).sum()), float(len(rows))
