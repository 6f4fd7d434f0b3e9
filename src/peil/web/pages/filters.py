"""The filters of a page as a form that needs no script."""

from __future__ import annotations

from dataclasses import dataclass

from peil.report.words import say
from peil.web.look import Look

PERIODS = (
    "",
    "last-7-days",
    "last-90-days",
    "this-month",
    "last-month",
    "this-quarter",
    "last-quarter",
    "this-year",
    "last-year",
)
COMPARISONS = ("previous", "last_year", "matched_weekdays")
COLUMNS = ("channel", "team", "touchpoint", "reason")
MOST_VALUES = 60


@dataclass(frozen=True, slots=True)
class Choice:
    value: str
    name: str
    chosen: bool


@dataclass(frozen=True, slots=True)
class Select:
    """One filter: its parameter, what it is called, what can be chosen; `said` is what is chosen now."""

    parameter: str
    name: str
    choices: tuple[Choice, ...]
    said: str
    several: bool = False


def filters(look: Look) -> list[Select]:
    """Period, comparison, and every column that has values to choose from."""
    language, state = look.language, look.state
    period = [Choice(p, say(f"period_{p.replace('-', '_') or 'usual'}", language), p == state.period) for p in PERIODS]
    if state.period and state.period not in PERIODS:
        period.append(Choice(state.period, state.period, True))
    compare = [Choice(c, say(f"compare_{c}", language), c == state.compare) for c in COMPARISONS]
    return [
        Select("period", say("period", language), tuple(period), _said(period)),
        Select("compare", say("compare_with", language), tuple(compare), _said(compare)),
    ]


def _said(choices: list[Choice]) -> str:
    return ", ".join(c.name for c in choices if c.chosen)
