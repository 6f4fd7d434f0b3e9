"""The parameters of a question, in the words of the command line; and what is asked by them."""

from __future__ import annotations

from typing import Annotated, Any

from ninja import Schema
from pydantic import Field

from peil.library import Asked, Peil
from peil.library.asking import parse_assumption, parse_comparison
from peil.warehouse.query import KpiQuery

MOST_GROUPINGS = 4
_DAY = {"format": "date"}
_FILTER = (
    "Only these rows: `channel=phone,chat`, `team!=Zuid`; `reason=` is not known. For values with a comma, "
    'JSON: `{"column": "reason", "values": ["a, b"], "negated": false}`. Repeat for more.'
)

Day = Annotated[str, Field(max_length=40, json_schema_extra=_DAY)]
Words = Annotated[str, Field(max_length=4_000)]


class Rows(Schema):
    """Of which rows."""

    where: list[Words] = Field([], description=_FILTER, max_length=50, examples=[["channel=phone,chat"]])
    period: str = Field(
        "", max_length=100, examples=["last-30-days"],
        description="last-30-days, this-month, last-quarter, 2026, 2026-Q1, 2026-01, 2026-W05, 2026-01-31; instead of since and until.",
    )  # fmt: skip
    since: Day = Field("", description="First day that counts.", examples=["2026-01-01"])
    until: Day = Field("", description="First day that no longer counts.", examples=["2026-02-01"])
    as_of: Day = Field(
        "", description="The day on which one looks; rows after it are left out.", examples=["2026-03-01"]
    )


class Question(Rows):
    """Of which rows, in which groups, and how."""

    by: list[Annotated[str, Field(max_length=200)]] = Field(
        [], max_length=MOST_GROUPINGS, examples=[["touchpoint", "month"]],
        description="Columns to group by, or day, week, month, quarter, year. Repeat for more.",
    )  # fmt: skip
    weighted: bool = Field(False, description="Count rows by their weight.")
    level: float = Field(0.95, description="Confidence level of the intervals: 0.5 up to 1.", examples=[0.95])
    exact: bool = Field(False, description="Medians from the rows themselves instead of from steps of 1 %.")
    assume: list[Annotated[str, Field(max_length=200)]] = Field(
        [], max_length=20, examples=[["avoided_share=0.3"]],
        description="A value that a KPI needs and can't know. Repeat for more.",
    )  # fmt: skip


class Change(Question):
    """The same, against an earlier period."""

    compare: str = Field(
        "previous", max_length=50, examples=["last_year"],
        description="The earlier period: previous, last_year or matched_weekdays. Without a period: the last 30 whole days.",
    )  # fmt: skip


def query_of(peil: Peil, keys: list[str], given: Rows) -> KpiQuery:
    """What is asked, as the library asks it."""
    asked: Asked = {
        "where": given.where,
        "period": given.period or None,
        "since": given.since or None,
        "until": given.until or None,
        "as_of": given.as_of or None,
    }
    if isinstance(given, Question):
        asked |= {"by": given.by, "weighted": given.weighted, "level": given.level, "exact": given.exact}
        asked["assume"] = dict(map(parse_assumption, given.assume))
    if isinstance(given, Change):
        asked["compare"] = parse_comparison(given.compare or "previous")
    return peil.query(*keys, **asked)


def period_of(query: KpiQuery) -> dict[str, Any]:
    """The days that a question turned out to be about."""
    days = {"since": query.since, "until": query.until, "as_of": query.as_of}
    return {name: day.isoformat() if day else None for name, day in days.items()}
