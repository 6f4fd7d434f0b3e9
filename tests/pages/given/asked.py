"""The figures of a page, asked anew from the library as `peil kpi` and `peil compare` ask them."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from datetime import date
from typing import Any, TypeAlias

from tests.pages.given.shown import Group, Shown

from peil.core.kpi import Comparison, Estimate
from peil.core.kpis import BY_KEY
from peil.core.moments import Histogram
from peil.library import Peil
from peil.warehouse.periods import parse
from peil.warehouse.query import Compare
from peil.warehouse.questions.contrasts import against_rest

Found: TypeAlias = Mapping[tuple[str, Group], Estimate | Comparison]
DIGITAL = {"channel": ["web", "app"]}
CHANGES = ("difference", "difference-limits")


@dataclass(frozen=True, slots=True, kw_only=True)
class Rows:
    """Which rows a page is about."""

    since: date | None
    until: date | None
    where: Mapping[str, Any] = field(default_factory=dict)
    weighted: bool = False
    compare: Compare = "previous"

    def asked(self) -> dict[str, Any]:
        return {"since": self.since, "until": self.until, "where": dict(self.where), "weighted": self.weighted}


def ask_again(peil: Peil, rows: Rows, figures: Iterable[Shown]) -> dict[Shown, Estimate | Comparison | None]:
    """For each figure of a page the answer of the library; None where it has no such group.

    Figures of one period and grouping are asked in one query.
    """
    together: dict[tuple[str, str, tuple[str, ...]], list[Shown]] = defaultdict(list)
    for shown in figures:
        kind = "change" if shown.part in CHANGES else "before" if shown.period == "before" else "figure"
        together[kind, shown.period, _by(shown)].append(shown)
    found: dict[Shown, Estimate | Comparison | None] = {}
    for (kind, period, by), several in together.items():
        answers = _answers(peil, rows, (kind, period, by), several)
        found |= {shown: answers.get((shown.kpi, shown.group)) for shown in several}
    return found


def _by(shown: Shown) -> tuple[str, ...]:
    """The columns to group by; a list of shares has its own."""
    return () if isinstance(BY_KEY[shown.kpi].spread, Histogram) else shown.columns


def _answers(peil: Peil, rows: Rows, how: tuple[str, str, tuple[str, ...]], several: list[Shown]) -> Found:
    kind, period, by = how
    keys = list(dict.fromkeys(s.kpi for s in several))
    asked: dict[str, Any] = {**rows.asked(), "by": by}
    if period == "digital":
        asked["where"] = {**rows.where, **DIGITAL}
    if period == "rest":
        return {_place(c): c for c in against_rest(peil.warehouse, peil.query(*keys, **asked))}
    if period in ("week", "month"):
        asked["since"] = min(parse(str(dict(s.group)[period])).start for s in several)
    if kind == "figure":
        return {_place(e): e for e in peil.kpi(*keys, **asked)}
    changes = peil.compare(*keys, **asked, compare=rows.compare)
    return {_place(c): c.before if kind == "before" else c for c in changes}


def _place(answer: Estimate | Comparison) -> tuple[str, Group]:
    return answer.kpi, tuple(sorted(answer.group.items()))


def numbers_of(answer: Estimate | Comparison | None, part: str) -> tuple[float | None, ...]:
    """The numbers that a page must show for this part of an answer; nobody answered is n = 0."""
    if answer is None:
        return (0.0,) if part == "n" else (None,)
    if part in ("limits", "difference-limits"):
        return answer.low, answer.high
    if isinstance(answer, Comparison):
        return (answer.difference,)
    return (float(answer.n),) if part == "n" else (answer.value,)
