"""Customer contact: first response by channel with its real distribution, and how contacts went."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from peil.core.kpi import Comparison, Estimate
from peil.core.kpis import BY_KEY
from peil.core.numerics.replicates import SpreadSums
from peil.report.question import Asking
from peil.warehouse.run import measure

STEPS_PER_DECADE = 6
SHORTEST, LONGEST = 1.0, 30 * 86_400.0


@dataclass(frozen=True, slots=True)
class Bin:
    """Contacts answered within [low, high) seconds, as a share of those answered."""

    low: float
    high: float
    share: float


@dataclass(frozen=True, slots=True)
class ChannelResponse:
    """How fast one channel answers."""

    channel: str | None
    in_target: Estimate | None
    change: Comparison | None
    median: Estimate | None
    p90: Estimate | None
    target: float | None  # seconds
    bins: tuple[Bin, ...]
    answered: int
    still_open: int


def first_responses(asking: Asking) -> tuple[ChannelResponse, ...]:
    """The channels by number of contacts, each with what can be told of it."""
    keys = ("first_response_in_target", "first_response_median", "first_response_p90")
    figures = {(e.kpi, e.group.get("channel")): e for e in asking.figures(keys, ["channel"])}
    changes = {c.group.get("channel"): c for c in asking.changes(["first_response_in_target"], ["channel"])}
    targets = dict(asking.warehouse.settings.targets)
    counted = _distributions(asking)
    channels = sorted(counted, key=lambda c: -(counted[c][1] + counted[c][2]))
    found = []
    for channel in channels:
        bins, answered, still_open = counted[channel]
        share, middle, slow = (_shown(figures.get((key, channel))) for key in keys)
        if middle is None and share is None:
            continue
        if middle is None or middle.status == "hidden":
            bins = ()  # a drawing of a few contacts would tell them apart
        target = targets.get(channel) if channel else None
        found.append(
            ChannelResponse(channel, share, changes.get(channel), middle, slow, target, bins, answered, still_open)
        )
    return tuple(found)


def _shown(e: Estimate | None) -> Estimate | None:
    return e if e is not None and e.status not in ("no_data", "needs", "mixed") else None


def _distributions(asking: Asking) -> Mapping[str | None, tuple[tuple[Bin, ...], int, int]]:
    """Of each channel the histogram of its first response times, and how many wait still."""
    query = asking.query(["first_response_median"], ["channel"])
    summed = measure(asking.warehouse, [BY_KEY["first_response_median"]], query).sums["first_response_median"]
    if summed is None or not isinstance(summed.sums, SpreadSums):
        return {}
    sums, found = summed.sums, {}
    for g, (channel,) in enumerate(summed.keys):
        mine = sums.group == g
        done = mine & ~sums.censored
        answered, waiting = int(sums.n[done].sum()), int(sums.n[mine & sums.censored].sum())
        found[None if channel is None else str(channel)] = (_bins(sums, done), answered, waiting)
    return found


def _bins(sums: SpreadSums, rows: NDArray[np.bool_]) -> tuple[Bin, ...]:
    """Buckets of 1 % put together into six steps a decade, from one second on."""
    _, middle, _ = sums.edges(sums.bucket[rows])
    count = sums.count[rows]
    if not count.sum():
        return ()
    seconds = np.clip(middle, SHORTEST, LONGEST)
    step = np.floor(np.log10(seconds) * STEPS_PER_DECADE).astype(np.int64)
    kept, place = np.unique(step, return_inverse=True)
    share = np.bincount(place.reshape(-1), weights=count) / count.sum()
    edge = 10 ** (np.arange(kept.min(), kept.max() + 2) / STEPS_PER_DECADE)
    there = dict(zip(kept.tolist(), share.tolist(), strict=True))
    first = int(kept.min())
    return tuple(Bin(float(edge[i]), float(edge[i + 1]), there.get(first + i, 0.0)) for i in range(len(edge) - 1))
