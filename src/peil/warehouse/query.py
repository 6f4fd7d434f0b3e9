"""KpiQuery: one question to the warehouse, as a value. Frozen, hashable, JSON in and out."""

from __future__ import annotations

import json
import re
from collections.abc import Mapping
from dataclasses import asdict, dataclass
from datetime import date
from typing import Any, Literal, TypeAlias

from peil.core.errors import BadQuery, did_you_mean

Compare: TypeAlias = Literal["previous", "last_year", "matched_weekdays"]
PERIODS = ("day", "week", "month", "quarter", "year")
FIRST_DAY, LAST_DAY = date(1900, 1, 1), date(2199, 12, 31)  # what every engine holds, with room to count back from
MOST_ASSUMED = 1e12
_NO_TEXT = re.compile("[\0\ud800-\udfff]")  # no engine takes a zero, nor half a character


@dataclass(frozen=True, slots=True)
class Filter:
    """Rows whose `column` is (or, negated, is not) one of `values`; None stands for not known."""

    column: str
    values: tuple[str | int | date | None, ...]
    negated: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class KpiQuery:
    """Which KPIs, of which rows, in which groups.

    The period is [since, until) in local days; without it every row counts, those without a day
    included. `as_of` is the day on which one looks: later rows don't exist yet, and rows younger
    than a KPI's window don't count yet; without it, the newest day in the facts.
    """

    kpis: tuple[str, ...]
    by: tuple[str, ...] = ()
    where: tuple[Filter, ...] = ()
    since: date | None = None
    until: date | None = None
    compare: Compare | None = None
    weighted: bool = False
    level: float = 0.95
    exact: bool = False
    as_of: date | None = None
    assume: tuple[tuple[str, float], ...] = ()

    def __post_init__(self) -> None:
        for day in filter(None, (self.since, self.until, self.as_of)):
            if not FIRST_DAY <= day <= LAST_DAY:
                raise BadQuery(f"{day} is too far away.", f"Name a day from {FIRST_DAY} to {LAST_DAY}.")
        for name, value in self.assume:
            if not -MOST_ASSUMED <= value <= MOST_ASSUMED:
                raise BadQuery(f"{name} can't be {value}.", f"Take a number up to {MOST_ASSUMED:,.0f}.")
        if any(isinstance(v, str) and _NO_TEXT.search(v) for f in self.where for v in f.values):
            raise BadQuery("A value holds a character that no text has.", "Write it without that character.")
        if self.since and self.until and self.since >= self.until:
            raise BadQuery(f"The period ends ({self.until}) before it starts ({self.since}).", "Swap since and until.")
        if not 0.5 <= self.level < 1:
            raise BadQuery(f"A level of {self.level} is not between 0.5 and 1.", "Take 0.95 for 95 %.")

    def to_json(self) -> str:
        return json.dumps(asdict(self), default=date.isoformat, sort_keys=True)

    @classmethod
    def from_json(cls, text: str) -> KpiQuery:
        raw: Mapping[str, Any] = json.loads(text)
        unknown = set(raw) - set(cls.__dataclass_fields__)
        if unknown:
            word = sorted(unknown)[0]
            raise BadQuery(f"A query has no '{word}'.", did_you_mean(word, cls.__dataclass_fields__))
        fields: dict[str, Any] = dict(raw)
        fields |= {k: date.fromisoformat(raw[k]) for k in ("since", "until", "as_of") if raw.get(k)}
        fields |= {k: tuple(raw[k]) for k in ("kpis", "by") if k in raw}
        fields["where"] = tuple(
            Filter(f["column"], tuple(f["values"]), f.get("negated", False)) for f in raw.get("where", ())
        )
        fields["assume"] = tuple((name, float(value)) for name, value in raw.get("assume", ()))
        return cls(**fields)
