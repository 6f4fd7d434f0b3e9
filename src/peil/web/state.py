"""The whole state of a page is its URL: period, comparison, filters, grouping, language.

    ?period=last-30-days&compare=last_year&only-channel=phone&only-channel=chat&not-team=Zuid&by=touchpoint
    &tile.csat.period=last-7-days

An empty value stands for 'not known'. Words are those of the command line and the API.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, replace
from datetime import date, timedelta
from urllib.parse import urlencode

from django.http import QueryDict

from peil.core.errors import BadQuery
from peil.library.asking import parse_comparison, parse_period
from peil.report.question import ReportQuestion
from peil.report.words import Language
from peil.warehouse.query import Compare, Filter

ONLY, NOT = "only-", "not-"
TILE, MOST_OF_TILES = "tile.", 48  # what single tiles of the overview show otherwise
OWN_DAYS = "own"  # what a form says when since and through are meant


@dataclass(frozen=True, slots=True)
class PageState:
    """What a page shows; equal states have equal URLs."""

    period: str = ""
    since: date | None = None
    until: date | None = None
    compare: Compare = "previous"
    where: tuple[Filter, ...] = ()
    by: str = ""
    tiles: tuple[tuple[str, str], ...] = ()  # parameters of single tiles, as the URL says them
    language: Language | None = None  # only where the URL says so

    @property
    def parameters(self) -> list[tuple[str, str]]:
        """The state as parameters of a URL, what is usual left out."""
        found = [("period", self.period)] if self.period else []
        if not self.period:
            found += [(name, day.isoformat()) for name, day in (("since", self.since), ("until", self.until)) if day]
        if self.compare != "previous":
            found.append(("compare", self.compare))
        for f in self.where:
            start = NOT if f.negated else ONLY
            found += [(start + f.column, "" if v is None else str(v)) for v in f.values]
        if self.by:
            found.append(("by", self.by))
        found += self.tiles
        if self.language:
            found.append(("language", self.language))
        return found

    def url(self, path: str = "", **changes: object) -> str:
        """The address of a page in this state, or in this state but for what is named."""
        parameters = replace(self, **changes).parameters if changes else self.parameters  # type: ignore[arg-type]
        return f"{path}?{urlencode(parameters)}" if parameters else path or "?"

    def days(self, today: date) -> tuple[date | None, date | None]:
        """First day, and first day after; None where the newest rows say it."""
        return parse_period(self.period, today) if self.period else (self.since, self.until)

    def question(self, today: date, language: Language, also: Iterable[Filter] = ()) -> ReportQuestion:
        """What is asked, with the filters of whoever looks (`also`) beside those of the page."""
        since, until = self.days(today)
        return ReportQuestion(
            language=language, since=since, until=until, compare=self.compare, where=(*self.where, *also)
        )


def read_state(given: QueryDict, today: date) -> PageState:
    """The state that a URL tells; BadQuery says which part of it makes no sense, and what would."""
    period = given.get("period", "").strip()
    since, until = _day(given, "since"), _day(given, "until")
    through = _day(given, "through")
    if through is not None:  # people name the last day that counts
        until = through + timedelta(days=1)
    if period == OWN_DAYS:
        period = ""
    elif not period and "period" in given:
        since = until = None
    if period:
        parse_period(period, today)
        since = until = None
    elif since and until and since >= until:
        raise BadQuery(f"The period ends ({until}) before it starts ({since}).", "Swap since and until.")
    said = given.get("language", "")
    return PageState(
        period=period,
        since=since,
        until=until,
        compare=parse_comparison(given.get("compare") or None) or "previous",
        where=tuple(_filters(given)),
        by=given.get("by", "").strip(),
        tiles=tuple(_tiles(given)),
        language="nl" if said == "nl" else "en" if said == "en" else None,
    )


def _filters(given: QueryDict) -> Iterable[Filter]:
    for name in sorted(given):
        for start, negated in ((ONLY, False), (NOT, True)):
            if name.startswith(start):
                values = sorted(set(given.getlist(name)))
                yield Filter(name.removeprefix(start), tuple(v or None for v in values), negated)


def _tiles(given: QueryDict) -> Iterable[tuple[str, str]]:
    said = [(name, given.get(name, "").strip()) for name in sorted(given) if name.startswith(TILE)]
    return [(name, value) for name, value in said if value][:MOST_OF_TILES]


def _day(given: QueryDict, name: str) -> date | None:
    text = given.get(name, "").strip()
    try:
        return date.fromisoformat(text) if text else None
    except ValueError:
        raise BadQuery(f"'{text}' is not a day for {name}.", "Write it as 2026-01-31.") from None
