"""Made-up answers of made-up customers: thousands of samples at once, as sums by sample and block."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from peil.core.buckets import bucket_of
from peil.core.numerics.replicates import BlockSums, SpreadSums

Array = NDArray[np.float64]
Random = np.random.Generator
Draw = Callable[[Random, "tuple[int, ...]"], Array]
BLOCKS = 100


@dataclass(frozen=True, slots=True, kw_only=True)
class Design:
    """`customers` per sample, each with `answers` answers that agree with intraclass correlation `icc`."""

    customers: int
    answers: int = 1
    icc: float = 0.0
    weight_sd: float = 0.0  # of the logarithm
    people_known: bool = True

    def __str__(self) -> str:
        parts = [f"{self.customers} customers"]
        parts += [f"{self.answers} answers each, ICC {self.icc:g}"] if self.answers > 1 else []
        parts += [f"weights lognormal {self.weight_sd:g}"] if self.weight_sd else []
        parts += [] if self.people_known else ["not counted"]
        return ", ".join(parts)


@dataclass(frozen=True, slots=True)
class Drawn:
    """Answers (R, K, m) with the block (R, K) of each customer and the weight of each answer."""

    answers: Array
    block: NDArray[np.int64]
    weight: Array
    people: Array

    def sums(self, named: Mapping[str, Array]) -> BlockSums:
        """Block sums of columns of the shape of the answers, weighted; 'n' is added."""
        ones = np.ones(self.answers.shape)
        by_block = {name: self._by_block(column * self.weight) for name, column in {"n": ones, **named}.items()}
        samples = len(self.answers)
        return BlockSums([{}] * samples, self._by_block(ones), by_block, self.people, np.ones(samples))

    def spread(self, censored_at: Array | None = None) -> SpreadSums:
        """The answers as durations in logarithmic buckets, cut off where they last beyond `censored_at`."""
        shape, samples = self.answers.shape, len(self.answers)
        open_still = np.zeros(shape, dtype=bool) if censored_at is None else censored_at < self.answers
        seen = self.answers if censored_at is None else np.minimum(self.answers, censored_at)
        sample = np.broadcast_to(np.arange(samples)[:, None, None], shape).ravel()
        block = np.broadcast_to(self.block[:, :, None], shape).ravel()
        count, ones = np.array(self.weight).ravel(), np.ones(seen.size, dtype=np.int64)
        bucket = bucket_of(seen.ravel()).astype(np.int64)
        return SpreadSums(
            [{}] * samples,
            BLOCKS,
            sample,
            block,
            bucket,
            open_still.ravel(),
            count,
            ones,
            self.people,
            np.ones(samples),
        )

    def _by_block(self, column: Array) -> Array:
        samples = len(column)
        cell = np.arange(samples)[:, None] * BLOCKS + self.block
        flat = np.bincount(cell.ravel(), column.sum(axis=2).ravel(), minlength=samples * BLOCKS)
        return np.asarray(flat.reshape(samples, BLOCKS), dtype=np.float64)


def draw(rng: Random, samples: int, design: Design, answer: Draw) -> Drawn:
    """Samples of `design`.

    An answer repeats its customer's own with probability sqrt(icc), so any distribution of
    answers keeps its shape and two answers of one customer correlate by icc.
    """
    shape = (samples, design.customers, design.answers)
    own, fresh = answer(rng, (*shape[:2], 1)), answer(rng, shape)
    answers = np.where(rng.random(shape) < np.sqrt(design.icc), own, fresh)
    weight = np.ones((*shape[:2], 1))
    if design.weight_sd:
        weight = np.exp(rng.normal(0, design.weight_sd, weight.shape))
    people = np.full(samples, float(design.customers) if design.people_known else np.nan)
    return Drawn(answers, rng.integers(0, BLOCKS, shape[:2]), np.broadcast_to(weight, shape), people)


def again(rng: Random, first: Drawn, design: Design, answer: Draw, same: float) -> Drawn:
    """The same customers once more; an answer repeats that of the first time with probability `same`."""
    second = draw(rng, len(first.answers), design, answer)
    kept = rng.random(second.answers.shape) < same
    return Drawn(np.where(kept, first.answers, second.answers), first.block, second.weight, first.people)


def of_values(shares: Mapping[float, float]) -> Draw:
    """Answers from a distribution: value -> share."""
    values, edges = np.array(list(shares)), np.cumsum(list(shares.values()))[:-1]

    def answer(rng: Random, shape: tuple[int, ...]) -> Array:
        return np.asarray(values[np.searchsorted(edges, rng.random(shape), side="right")], dtype=np.float64)

    return answer


def lognormal(median: float, sd: float, rounded_to: float = 0.0) -> Draw:
    """Durations in seconds, rounded where asked."""

    def answer(rng: Random, shape: tuple[int, ...]) -> Array:
        x = median * np.exp(sd * rng.normal(size=shape))
        return np.asarray(np.round(x / rounded_to) * rounded_to if rounded_to else x, dtype=np.float64)

    return answer
