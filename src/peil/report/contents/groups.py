"""Breakdowns: each group beside the rest, by every column that has groups to tell apart."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from peil.core.kpi import Comparison
from peil.core.kpis import BY_KEY
from peil.report.question import Asking

COLUMNS = (
    "question",
    "touchpoint",
    "channel",
    "reason",
    "team",
    "journey",
    "tier",
    "segment",
    "stage",
    "device",
    "language",
)
MOST_GROUPS, SHOWN_GROUPS, FEWEST = 40, 12, 2


@dataclass(frozen=True, slots=True)
class Breakdown:
    """One KPI by one column, the highest value first; `more` groups are too many to show."""

    kpi: str
    column: str
    groups: tuple[Comparison, ...]  # after: the group, before: all others together
    more: int


def breakdowns(asking: Asking, keys: Sequence[str]) -> dict[str, tuple[Breakdown, ...]]:
    """What can be broken down, by KPI, in the order of `COLUMNS` and own columns after them."""
    found: dict[str, list[Breakdown]] = {}
    for fact in dict.fromkeys(BY_KEY[k].fact for k in keys):
        of_fact = [k for k in keys if BY_KEY[k].fact == fact and BY_KEY[k].second is None]
        for column in _columns(asking, fact):
            for breakdown in _by(asking, of_fact, column):
                found.setdefault(breakdown.kpi, []).append(breakdown)
    return {key: tuple(parts) for key, parts in found.items()}


def _columns(asking: Asking, fact: str) -> list[str]:
    held = asking.columns(fact)
    return [c for c in COLUMNS if c in held] + [c for c in held if c.startswith("x_")]


def _by(asking: Asking, keys: Sequence[str], column: str) -> Iterator[Breakdown]:
    by_key: dict[str, list[Comparison]] = {}
    for c in asking.contrasts(keys, column):
        by_key.setdefault(c.kpi, []).append(c)
    for key, groups in by_key.items():
        if len(groups) > MOST_GROUPS or sum(c.after.value is not None for c in groups) < FEWEST:
            continue
        largest = sorted(groups, key=lambda c: (c.after.value is None, -c.after.n))[:SHOWN_GROUPS]
        largest.sort(key=lambda c: (c.after.value is None, -(c.after.value or 0.0)))
        yield Breakdown(key, column, tuple(largest), len(groups) - len(largest))
