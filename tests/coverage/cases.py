"""What is simulated: a KPI's method, the truth, a design, and the band in which coverage must lie.

The bands: 92-98 % at 30 customers, 93.3-97.5 % from 100. Where an outcome is so rare that a
sample holds a handful of it, intervals can only cover in steps and lie above; such cases name
their own ceiling. (Newcombe's and Tango's own do: 99.6 % for two samples of 30 at 90/9/1.)
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from itertools import product

import numpy as np
from scipy.special import ndtri
from tests.coverage.draws import Design, Draw, Drawn, Random, again, draw, lognormal, of_values

from peil.core.compare import Arm, correlation_of, mover
from peil.core.intervals import Method, mean_t, ratio_t, tango, wilson
from peil.core.kpi import Array, Sums
from peil.core.numerics.quantiles import quantiles
from peil.core.numerics.replicates import BlockSums, replicate


@dataclass(frozen=True, slots=True)
class Figure:
    """A KPI on drawn answers: what is summed, its value, its method, and the truth."""

    name: str
    answer: Draw
    named: Callable[[Array], dict[str, Array]]
    value: Callable[[Sums], Array]
    method: Method
    truth: float

    def sums(self, drawn: Drawn) -> BlockSums:
        return drawn.sums(self.named(drawn.answers))

    def arm(self, drawn: Drawn) -> Arm:
        r = replicate(self.sums(drawn), self.value)
        return Arm(r.value, lambda level: self.method.limits(r, level)[:2], r.deviations(), np.ones(len(r.n)))


@dataclass(frozen=True, slots=True)
class Case:
    """`hits` gives for each of so many samples whether the interval held the truth."""

    name: str
    low: float
    high: float
    hits: Callable[[Random, int], Array]

    def __str__(self) -> str:
        return self.name

    def coverage(self, seed: int, samples: int) -> float:
        """In pieces, so that memory stays small."""
        rng = np.random.default_rng(seed)
        pieces = [self.hits(rng, PIECE) for _ in range(max(1, samples // PIECE))]
        return float(np.mean(np.concatenate(pieces)))


def share(p: float, name: str = "share") -> Figure:
    return Figure(
        f"{name} {p:g}",
        of_values({0.0: 1 - p, 1.0: p}),
        lambda x: {"yes": x},
        lambda m: 100 * m.yes / m.n,
        wilson("yes"),
        100 * p,
    )


def nps(promoters: float, passives: float, detractors: float) -> Figure:
    return Figure(
        f"NPS {promoters:g}/{passives:g}/{detractors:g}",
        of_values({-1.0: detractors, 0.0: passives, 1.0: promoters}),
        lambda x: {"promoters": (x == 1) * 1.0, "detractors": (x == -1) * 1.0},
        lambda m: 100 * (m.promoters - m.detractors) / m.n,
        tango("promoters", "detractors"),
        100 * (promoters - detractors),
    )


def mean(name: str, shares: dict[float, float]) -> Figure:
    return Figure(
        name,
        of_values(shares),
        lambda x: {"total": x, "squares": x**2},
        lambda m: m.total / m.n,
        mean_t("total", "squares"),
        sum(x * p for x, p in shares.items()),
    )


CES = mean("mean CES 1-7", {1: 0.02, 2: 0.03, 3: 0.06, 4: 0.09, 5: 0.2, 6: 0.3, 7: 0.3})
CSAT = mean("mean CSAT 1-5", {1: 0.05, 2: 0.05, 3: 0.1, 4: 0.3, 5: 0.5})
GAP = mean("SERVQUAL gap", {-3: 0.05, -2: 0.1, -1: 0.25, 0: 0.4, 1: 0.15, 2: 0.05})
RATIO = Figure(
    "contacts per 100 customers",
    of_values({0: 0.5, 1: 0.3, 2: 0.15, 4: 0.05}),
    lambda x: {"contacts": x},
    lambda m: 100 * m.contacts / m.n,
    ratio_t(),
    80.0,
)
SHARES = tuple(share(p) for p in (0.05, 0.1, 0.2, 0.5, 0.8, 0.9, 0.95))
SCORES = (nps(0.5, 0.3, 0.2), nps(0.75, 0.2, 0.05), nps(0.9, 0.09, 0.01))
QUIET_NPS = nps(0.05, 0.9, 0.05)
MEANS = (CES, CSAT, GAP, RATIO)

CLUSTERED = {"answers": 3, "icc": 0.4}
HABITS = ({}, CLUSTERED, {"weight_sd": 0.6}, {**CLUSTERED, "weight_sd": 0.6})
SIZES = (30, 100, 1000)
PIECE = 1_000  # samples


def band(customers: int) -> tuple[float, float]:
    return (0.92, 0.98) if customers < 100 else (0.933, 0.975)


def one_sample(figure: Figure, design: Design, ceiling: float | None = None) -> Case:
    def hits(rng: Random, samples: int) -> Array:
        r = replicate(figure.sums(draw(rng, samples, design, figure.answer)), figure.value)
        low, high, _ = figure.method.limits(r, 0.95)
        return (low <= figure.truth) & (figure.truth <= high)

    low, high = band(design.customers)
    return Case(f"{figure.name}: {design}", low, ceiling or high, hits)


def two_samples(figure: Figure, design: Design, same: float | None, ceiling: float | None = None) -> Case:
    """No true difference; `same` customers repeat that share of their answers, None are others."""

    def hits(rng: Random, samples: int) -> Array:
        first = draw(rng, samples, design, figure.answer)
        answer = figure.answer
        second = draw(rng, samples, design, answer) if same is None else again(rng, first, design, answer, same)
        before, after = figure.arm(first), figure.arm(second)
        low, high = mover(before, after, correlation_of(before, after))
        return (low <= 0) & (high >= 0)

    who = "other customers" if same is None else f"the same customers, {same:.0%} as before"
    low, high = band(design.customers)
    return Case(f"difference of {figure.name}, {who}: {design}", low, ceiling or high, hits)


@dataclass(frozen=True, slots=True)
class Time:
    """A quantile of lognormal durations, as recorded: rounded, and cut off while still open."""

    q: float
    rounded_to: float = 0.0
    open_after: float = 0.0
    median: float = 2700.0
    sd: float = 1.1

    @property
    def truth(self) -> float:
        exact = self.median * np.exp(self.sd * ndtri(self.q))
        return float(np.round(exact / self.rounded_to) * self.rounded_to if self.rounded_to else exact)

    def __str__(self) -> str:
        rounded = f", rounded to {self.rounded_to:g} s" if self.rounded_to else ""
        cut = ", some still open" if self.open_after else ""
        return f"quantile {self.q:g} of times{rounded}{cut}"


def quantile(time: Time, design: Design) -> Case:
    def hits(rng: Random, samples: int) -> Array:
        drawn = draw(rng, samples, design, lognormal(time.median, time.sd, time.rounded_to))
        cut = rng.exponential(time.open_after, drawn.answers.shape) if time.open_after else None
        low, high = quantiles(drawn.spread(cut), time.q).limits()
        return (low <= time.truth) & (time.truth <= high)

    low, high = band(design.customers)
    # Rounded times and the ends of buckets may cover more, never less.
    return Case(f"{time}: {design}", low, 1.0 if time.rounded_to else high, hits)


def two_quantiles(time: Time, design: Design, same: float | None) -> Case:
    """No true difference of a quantile; `same` as in `two_samples`."""

    def arm(drawn: Drawn) -> Arm:
        found = quantiles(drawn.spread(), time.q)
        return Arm(found.value, found.limits, found.moved, np.ones(len(found.value)))

    def hits(rng: Random, samples: int) -> Array:
        answer = lognormal(time.median, time.sd)
        first = draw(rng, samples, design, answer)
        second = draw(rng, samples, design, answer) if same is None else again(rng, first, design, answer, same)
        before, after = arm(first), arm(second)
        low, high = mover(before, after, correlation_of(before, after))
        return (low <= 0) & (high >= 0)

    who = "other customers" if same is None else f"the same customers, {same:.0%} as before"
    low, high = band(design.customers)
    # Limits stand on whole rows and buckets; taken from each other, what that adds counts for more.
    return Case(f"difference of {time}, {who}: {design}", low, high if same is None else 1.0, hits)


def cases(sizes: tuple[int, ...] = SIZES) -> Iterator[Case]:
    designs = [Design(customers=k, **habit) for k, habit in product(sizes, HABITS)]
    for design in designs:
        small = design.customers < 100
        yield from (one_sample(figure, design) for figure in (*SHARES, *SCORES, *MEANS))
        yield one_sample(QUIET_NPS, design, 1.0 if small else None)
        yield quantile(Time(0.5), design)
    for k in sizes:
        yield one_sample(share(0.92, "retention"), Design(customers=k, people_known=False))
        yield one_sample(share(0.2), Design(customers=k, people_known=False))
        yield quantile(Time(0.5, open_after=6000.0), Design(customers=k))
        yield quantile(Time(0.5, rounded_to=60.0), Design(customers=k))
        yield quantile(Time(0.5, rounded_to=1.0), Design(customers=k, **CLUSTERED))
        if k >= 100:
            yield from (quantile(Time(0.9), Design(customers=k, **habit)) for habit in HABITS)
            yield quantile(Time(0.9, rounded_to=60.0), Design(customers=k))
    for k, habit, same in product(sizes, (HABITS[0], HABITS[1], HABITS[3]), (None, 0.0, 0.6)):
        design = Design(customers=k, **habit)
        yield from (two_samples(f, design, same) for f in (share(0.2), share(0.5), SCORES[0], SCORES[1], CES))
        rare = 1.0 if k < 100 else 0.99 if k < 1000 else None
        yield from (two_samples(f, design, same, rare) for f in (share(0.05), SCORES[2]))
    for k, same in product(sizes, (None, 0.6)):
        yield two_quantiles(Time(0.5), Design(customers=k), same)
        yield two_quantiles(Time(0.5), Design(customers=k, **CLUSTERED), same)
