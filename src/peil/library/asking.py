"""What a person asks, in words -> a KpiQuery: periods by name, filters as text or as a mapping."""

from __future__ import annotations

import json
import re
from collections.abc import Iterable, Mapping, Sequence
from datetime import date, timedelta
from typing import Any, TypeAlias, TypedDict, cast, get_args

from peil.core.errors import BadQuery, did_you_mean
from peil.warehouse.query import FIRST_DAY, LAST_DAY, Compare, Filter, KpiQuery

Value: TypeAlias = str | int | None
Where: TypeAlias = Mapping[str, Value | Sequence[Value]] | Sequence[str]

DEFAULT_PERIOD = "last-30-days"
_PERIODS_AS_WRITTEN = (
    "last-30-days, today, yesterday, this-month, last-month (week, quarter and year alike), "
    "2026, 2026-Q1, 2026-01, 2026-W05 or 2026-01-31"
)


class Asked(TypedDict, total=False):
    """What a question may say beside its KPIs; the command line and the library share these words."""

    by: Sequence[str] | str  # columns to group by, periods among them: day, week, month, quarter, year
    where: Where  # {"channel": ["phone", "chat"]}, or ["channel=phone,chat", "team!=Zuid"]
    since: date | str | None  # first day that counts
    until: date | str | None  # first day that no longer counts
    period: str | None  # instead of since and until
    compare: Compare | None  # with which earlier period
    weighted: bool
    level: float
    exact: bool  # quantiles from the rows instead of from buckets of 1 %
    as_of: date | str | None  # the day on which one looks
    assume: Mapping[str, float]


class ReportAsked(TypedDict, total=False):
    """What a question for a report may say; words as in `Asked`."""

    where: Where
    since: date | str | None
    until: date | str | None
    period: str | None
    compare: Compare | None
    weighted: bool


def build_query(keys: Sequence[str], asked: Asked, today: date) -> KpiQuery:
    """The query for these KPIs; relative periods count from `as_of`, else from `today`."""
    unknown = sorted(set(asked) - set(Asked.__annotations__))
    if unknown:
        raise BadQuery(f"A question has no '{unknown[0]}'.", did_you_mean(unknown[0], Asked.__annotations__))
    as_of = _day(asked.get("as_of"), "as_of")
    since, until = _days(asked, as_of or today)
    by = asked.get("by", ())
    fields: dict[str, Any] = {name: value for name, value in asked.items() if name in ("weighted", "level", "exact")}
    return KpiQuery(
        kpis=tuple(dict.fromkeys(keys)),
        by=tuple(dict.fromkeys([by] if isinstance(by, str) else by)),
        where=_filters(asked.get("where", ())),
        since=since,
        until=until,
        compare=parse_comparison(asked.get("compare")),
        as_of=as_of,
        assume=tuple(sorted((name, float(value)) for name, value in asked.get("assume", {}).items())),
        **fields,
    )


def parse_period(text: str, today: date) -> tuple[date, date]:
    """First day, and first day after, of a period by name.

    >>> parse_period("last-7-days", date(2026, 3, 10))
    (datetime.date(2026, 3, 3), datetime.date(2026, 3, 10))
    >>> parse_period("last-month", date(2026, 3, 10))
    (datetime.date(2026, 2, 1), datetime.date(2026, 3, 1))
    """
    from peil.warehouse.periods import bounds, code_of, parse

    name = text.strip().lower().replace("_", "-").replace(" ", "-")
    if name in ("today", "yesterday"):
        day = today if name == "today" else today - timedelta(days=1)
        return day, day + timedelta(days=1)
    days = re.fullmatch(r"last-(\d{1,4})-days?", name)
    if days and int(days[1]):
        return today - timedelta(days=int(days[1])), today
    relative = re.fullmatch(r"(this|last)-(week|month|quarter|year)", name)
    if relative:
        kind = relative[2]
        start, end = bounds(kind, code_of(kind, today))
        return (
            (start, end)
            if relative[1] == "this"
            else (bounds(kind, code_of(kind, start - timedelta(days=1)))[0], start)
        )
    if not re.match(r"\d{4}(-|$|W|Q)", name, re.IGNORECASE):
        raise BadQuery(f"'{text}' is not a period.", f"Write {_PERIODS_AS_WRITTEN}.")
    period = parse(text)
    return period.start, period.end


def parse_filter(text: str) -> Filter:
    """A condition as written on the command line: 'channel=phone,chat', 'team!=Zuid', 'reason=' for not known.

    As JSON it may hold any value: '{"column": "reason", "values": ["a, b", null]}'.

    >>> parse_filter("channel!=phone,chat")
    Filter(column='channel', values=('phone', 'chat'), negated=True)
    >>> parse_filter('{"column": "reason", "values": ["a, b", null]}')
    Filter(column='reason', values=('a, b', None), negated=False)
    """
    if text.lstrip().startswith("{"):
        return _filter_of_json(text)
    found = re.fullmatch(r"\s*(\w+)\s*(!?=)(.*)", text, re.DOTALL)
    if not found:
        raise BadQuery(
            f"'{text}' is not a condition.",
            "Write column=value, column=value,other or column!=value; 'column=' is not known.",
        )
    column, sign, values = found.groups()
    return Filter(column, tuple(_value(v.strip()) for v in values.split(",")), negated=sign == "!=")


def _filter_of_json(text: str) -> Filter:
    try:
        raw = json.loads(text)
        column, values, negated = raw.pop("column"), raw.pop("values"), raw.pop("negated", False)
    except (ValueError, KeyError, RecursionError):
        raw = column = values = negated = None
    fine = isinstance(column, str) and isinstance(values, list) and isinstance(negated, bool) and not raw
    if not fine or not all(v is None or isinstance(v, str | int) for v in values):
        raise BadQuery(
            f"'{text[:100]}' is not a condition.",
            'Write it as {"column": "team", "values": ["Zuid"], "negated": false}.',
        )
    return Filter(column, tuple(values), negated)


def parse_assumption(text: str) -> tuple[str, float]:
    """An assumption as written on the command line: 'avoided_share=0.3'.

    >>> parse_assumption("avoided_share=0,3")
    ('avoided_share', 0.3)
    """
    name, sign, number = text.partition("=")
    try:
        return name.strip(), float(number.replace(",", ".")) if sign else float("")
    except ValueError:
        raise BadQuery(
            f"'{text}' is not an assumption.", "Write name=number, for instance avoided_share=0.3."
        ) from None


def _days(asked: Asked, today: date) -> tuple[date | None, date | None]:
    period = asked.get("period")
    since, until = _day(asked.get("since"), "since"), _day(asked.get("until"), "until")
    if period and (since or until):
        raise BadQuery("A period and since or until say the same thing twice.", "Leave one of them out.")
    if not period and not since and not until and asked.get("compare"):
        period = DEFAULT_PERIOD
    return parse_period(period, today) if period else (since, until)


def _day(value: date | str | None, name: str) -> date | None:
    if value is None:
        return value
    try:
        day = value if isinstance(value, date) else date.fromisoformat(value.strip())
    except ValueError:
        raise BadQuery(f"'{value}' is not a day for {name.replace('_', '-')}.", "Write it as 2026-01-31.") from None
    if not FIRST_DAY <= day <= LAST_DAY:
        raise BadQuery(f"{day} is too far away.", f"Name a day from {FIRST_DAY} to {LAST_DAY}.")
    return day


def parse_comparison(word: str | None) -> Compare | None:
    """With which earlier period to compare, by name; dashes are fine."""
    if word is None:
        return None
    for allowed in get_args(Compare):
        if word.replace("-", "_") == allowed:
            return cast("Compare", allowed)
    raise BadQuery(f"There is no comparison '{word}'.", did_you_mean(word, get_args(Compare)))


def _filters(where: Where) -> tuple[Filter, ...]:
    if isinstance(where, str):
        return (parse_filter(where),)
    if isinstance(where, Mapping):
        return tuple(Filter(column, _listed(values)) for column, values in where.items())
    return tuple(parse_filter(text) for text in where)


def _listed(values: Value | Sequence[Value]) -> tuple[Value, ...]:
    several: Iterable[Value] = [values] if values is None or isinstance(values, str | int) else values
    return tuple(_value(v) if isinstance(v, str) else v for v in several)


def _value(text: str) -> Value:
    """None for '', which stands for not known; the planner reads periods, flags and numbers."""
    return text or None
