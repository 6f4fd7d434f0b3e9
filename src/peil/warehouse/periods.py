"""Periods: [start, end) in local days; their codes as facts hold them, and their labels as people read them.

A month is 202601 in the facts and '2026-01' to people; a week 202605 and '2026-W05' (ISO 8601);
a quarter 20261 and '2026-Q1'; a year 2026; a day is a date.
"""

from __future__ import annotations

import re
from calendar import monthrange
from dataclasses import dataclass
from datetime import date, timedelta
from functools import lru_cache

from peil.core.errors import BadQuery
from peil.warehouse.query import PERIODS, Compare

WEEKDAYS = 7


@dataclass(frozen=True, slots=True)
class Period:
    """The days from `start` up to but not including `end`; `code` is what the facts hold."""

    kind: str
    code: int | date
    start: date
    end: date

    @property
    def label(self) -> str:
        return label(self.kind, self.code)


def code_of(kind: str, day: date) -> int | date:
    """The code of the period of `kind` that holds `day`.

    >>> code_of("week", date(2027, 1, 1))
    202653
    """
    if kind == "day":
        return day
    if kind == "week":
        iso = day.isocalendar()
        return iso.year * 100 + iso.week
    if kind == "month":
        return day.year * 100 + day.month
    if kind == "quarter":
        return day.year * 10 + (day.month + 2) // 3
    return day.year


def label(kind: str, code: int | date | str | None) -> str:
    """The label of a period's code.

    >>> label("week", 202605), label("month", 202601), label("quarter", 20261)
    ('2026-W05', '2026-01', '2026-Q1')
    """
    if isinstance(code, date):
        return code.isoformat()
    number = int(code or 0)
    if kind == "week":
        return f"{number // 100:04d}-W{number % 100:02d}"
    if kind == "month":
        return f"{number // 100:04d}-{number % 100:02d}"
    if kind == "quarter":
        return f"{number // 10:04d}-Q{number % 10}"
    return str(number)


def bounds(kind: str, code: int | date) -> tuple[date, date]:
    """First day of the period, and the first day after it."""
    if isinstance(code, date):
        return code, code + timedelta(days=1)
    if kind == "week":
        start = date.fromisocalendar(code // 100, code % 100, 1)
        return start, start + timedelta(days=WEEKDAYS)
    if kind == "month":
        return _months(code // 100, code % 100, 1)
    if kind == "quarter":
        return _months(code // 10, (code % 10) * 3 - 2, 3)
    return date(code, 1, 1), date(code + 1, 1, 1)


def _months(year: int, month: int, count: int) -> tuple[date, date]:
    after = month - 1 + count
    return date(year, month, 1), date(year + after // 12, after % 12 + 1, 1)


@lru_cache(maxsize=4096)
def parse(text: str) -> Period:
    """The period that a person writes: 2026, 2026-Q1, 2026-01, 2026-W05, 2026-01-31.

    >>> parse("2026-Q2").start
    datetime.date(2026, 4, 1)
    """
    patterns = {
        "day": r"(\d{4})-(\d{2})-(\d{2})",
        "week": r"(\d{4})-?W(\d{2})",
        "month": r"(\d{4})-(\d{2})",
        "quarter": r"(\d{4})-?Q([1-4])",
        "year": r"(\d{4})",
    }
    for kind, pattern in patterns.items():
        found = re.fullmatch(pattern, text.strip(), re.IGNORECASE)
        if not found:
            continue
        parts = [int(p) for p in found.groups()]
        try:
            code: int | date = date(*parts) if kind == "day" else _joined(kind, parts)
            return Period(kind, code, *bounds(kind, code))
        except ValueError as e:
            raise BadQuery(f"There is no {kind} '{text}': {e}.", "Look at the calendar once more.") from None
    raise BadQuery(f"'{text}' is not a period.", "Write 2026, 2026-Q1, 2026-01, 2026-W05 or 2026-01-31.")


def _joined(kind: str, parts: list[int]) -> int:
    if kind == "year":
        return parts[0]
    return parts[0] * (10 if kind == "quarter" else 100) + parts[1]


def between(kind: str, start: date, end: date) -> list[Period]:
    """Every period of `kind` that has a day in [start, end), whole or cut, in order."""
    found: list[Period] = []
    day = start
    while day < end:
        code = code_of(kind, day)
        first, after = bounds(kind, code)
        found.append(Period(kind, code, max(first, start), min(after, end)))
        day = after
    return found


def before(since: date, until: date, compare: Compare) -> tuple[date, date]:
    """The period that [since, until) is compared with.

    Whole months, quarters and years go back by themselves, so that February is compared with
    January and not with 28 days of it; matched weekdays go back 52 weeks.
    """
    if compare == "matched_weekdays":
        return since - timedelta(weeks=52), until - timedelta(weeks=52)
    if compare == "last_year":
        return _back(since, 12), _back(until, 12)
    months = (until.year - since.year) * 12 + until.month - since.month
    if since.day == 1 and until.day == 1 and months > 0:
        return _back(since, months), since
    return since - (until - since), since


def _back(day: date, months: int) -> date:
    index = day.year * 12 + day.month - 1 - months
    year, month = divmod(index, 12)
    return date(year, month + 1, min(day.day, monthrange(year, month + 1)[1]))


def finest(by: tuple[str, ...]) -> str | None:
    """The shortest of the periods among `by`; None when there is none."""
    return next((p for p in PERIODS if p in by), None)
