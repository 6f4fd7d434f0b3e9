"""The figures of the period, how they changed, and where."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace

from peil.core.compare import adjust
from peil.core.kpi import Comparison, Estimate
from peil.core.kpis import BY_KEY
from peil.report.contents.subjects import (
    BESIDE,
    CONTACT,
    EFFECTIVENESS,
    EMPLOYEES,
    LOYALTY,
    MOST_TILES,
    SERVQUAL,
    SERVQUAL_WHOLE,
    SINGLE,
    TILES,
    VISIT_REASONS,
    chosen,
    has_figure,
)
from peil.report.question import Asking
from peil.report.words.changes import judged

MOST_REASONS = 5
MOST_GROUPS = 30  # more is a list of items, not a breakdown
WHERE = ("touchpoint", "channel", "reason", "team", "journey")
_ALSO = ("dsat", "csat_mean", "unanswered", "churn", "retention_yearly", "servqual_expected", "servqual_perceived")


@dataclass(frozen=True, slots=True)
class Place:
    """Where a change can be shown: one group of a breakdown, and how many others it was looked for in."""

    column: str
    comparison: Comparison
    others: int
    others_changed: int


@dataclass(frozen=True, slots=True)
class Headline:
    """All single figures by KPI, their changes, and the tiles among them."""

    figures: Mapping[str, Estimate]
    changes: Mapping[str, Comparison]
    tiles: tuple[str, ...]
    beside: tuple[str, ...]
    tested: int
    places: Mapping[str, Place]

    @property
    def changed(self) -> list[Comparison]:
        """What demonstrably changed: worse first, then better, then what has no good direction."""
        found = [c for c in self.changes.values() if c.changed]
        order = {"bad": 0, "good": 1, "": 2}
        return sorted(found, key=lambda c: (c.kpi not in self.tiles, order[judged(c)], c.p_adjusted or 0.0))


def headline(asking: Asking, only: Sequence[str] = ()) -> Headline:
    """Every single figure and change of a report, and where changes show; with `only`, these figures and their changes."""
    if only:
        figures = {e.kpi: e for e in asking.figures_to_compare(only)}
        changes = {c.kpi: c for c in asking.changes([k for k in only if has_figure(figures.get(k))])}
        return Headline(figures, changes, tuple(only), (), sum(c.p is not None for c in changes.values()), {})
    draft = main_figures(asking)
    told = [c for c in draft.changed if judged(c)][:MOST_REASONS]
    return replace(draft, places=places_of(asking, told))


def main_figures(asking: Asking) -> Headline:
    """Every single figure and every change; the changes of one part of the page are one family of tests."""
    figures = {e.kpi: e for e in asking.figures_to_compare(SINGLE)}
    tiles = chosen(TILES, figures, MOST_TILES)
    beside = tuple(k for k in chosen(BESIDE, figures, MOST_TILES) if k not in tiles)
    changes = _changes(asking, figures, (*tiles, *beside))
    return Headline(figures, changes, tiles, beside, sum(c.p is not None for c in changes.values()), {})


def _changes(asking: Asking, figures: Mapping[str, Estimate], shown: Sequence[str]) -> dict[str, Comparison]:
    """The changes that the page tells, those of each part corrected for their number.

    A figure that another one says already (unanswered is what reachability leaves) is corrected by
    itself and not counted among them.
    """
    families = [
        [*shown],
        [*CONTACT],
        [*VISIT_REASONS, *EFFECTIVENESS],
        [*SERVQUAL, *SERVQUAL_WHOLE],
        [*LOYALTY],
        [*EMPLOYEES],
    ]
    taken: set[str] = set()
    for family in families:
        family[:] = [k for k in family if k not in taken and has_figure(figures.get(k))]
        taken.update(family)
    found = {c.kpi: c for c in asking.changes([k for family in families for k in family])}
    for family in families:
        found |= {c.kpi: c for c in adjust([found[k] for k in family if k in found and k not in _ALSO])}
    return found


def places_of(asking: Asking, changes: Sequence[Comparison]) -> dict[str, Place]:
    """By KPI, the group in which its change shows clearest, when it shows in some groups and not in others."""
    of_fact: dict[str, list[str]] = {}  # what reads the same rows is asked at once
    for change in changes:
        if asking.span is not None and not BY_KEY[change.kpi].spells and BY_KEY[change.kpi].second is None:
            of_fact.setdefault(BY_KEY[change.kpi].fact, []).append(change.kpi)
    together: dict[tuple[str, str], list[str]] = {}
    for fact, keys in of_fact.items():
        held = [c for c in asking.columns(fact) if c in WHERE or c.startswith("x_")]
        for key, columns in asking.told_apart(keys, held).items():
            for column in columns:
                together.setdefault((fact, column), []).append(key)
    groups: dict[str, dict[str, list[Comparison]]] = {}
    for (_, column), keys in together.items():
        for c in asking.changes(keys, [column]):
            if c.group.get(column) is not None:
                groups.setdefault(c.kpi, {}).setdefault(column, []).append(c)
    found = {c.kpi: _clearest(c, groups.get(c.kpi, {})) for c in changes}
    return {key: place for key, place in found.items() if place is not None}


def _clearest(change: Comparison, groups: Mapping[str, Sequence[Comparison]]) -> Place | None:
    best: Place | None = None
    for column, parts in groups.items():
        same = [c for c in parts if c.changed and _direction(c) == _direction(change)]
        if not 2 <= len(parts) <= MOST_GROUPS or not same or len(same) == len(parts):
            continue
        clearest = min(same, key=lambda c: c.p_adjusted or 0.0)
        place = Place(column, clearest, len(parts) - 1, len(same) - 1)
        if best is None or (clearest.p_adjusted or 0.0) < (best.comparison.p_adjusted or 0.0):
            best = place
    return best


def _direction(c: Comparison) -> bool:
    return (c.difference or 0.0) > 0
