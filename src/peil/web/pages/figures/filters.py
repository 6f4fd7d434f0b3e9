"""The filters of a page: a form that needs no script, and says what is chosen."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import timedelta

from peil.report.words import say
from peil.report.words.terms import column_name, days, one_day, value_name
from peil.warehouse.open import Warehouse
from peil.warehouse.questions.values import column_values
from peil.web.look import Look
from peil.web.state import ONLY, OWN_DAYS

PERIODS = (
    "", "last-7-days", "last-90-days", "this-week", "last-week", "this-month", "last-month", "this-quarter",
    "last-quarter", "this-year", "last-year",
)  # fmt: skip
COMPARISONS = ("previous", "last_year", "matched_weekdays")
COLUMNS = ("channel", "team", "touchpoint", "reason")
MORE = ("journey", "tier", "stage", "segment", "survey", "language", "device")
MOST_VALUES = 40
FEWEST_VALUES = 2
_NAMED = 2


@dataclass(frozen=True, slots=True)
class Choice:
    """One thing to choose; `value` is what the URL says."""

    value: str
    name: str
    chosen: bool


@dataclass(frozen=True, slots=True)
class Chooser:
    """One filter: its parameter, its name, what can be chosen, and what is chosen in words."""

    parameter: str
    name: str
    choices: tuple[Choice, ...]
    said: str
    several: bool = False
    since: str = ""  # own days, as a date field has them
    through: str = ""


@dataclass(frozen=True, slots=True)
class Chip:
    """Something chosen, in words, and the address without it."""

    name: str
    without: str


@dataclass(frozen=True, slots=True)
class Filters:
    """What stands above the figures; `kept` are parts of the state that no field of the form says."""

    choosers: tuple[Chooser, ...]
    kept: tuple[tuple[str, str], ...]
    clear: str  # the address without filters; '' where there are none
    more: tuple[Chooser, ...] = ()  # behind one button, but for those in use
    chips: tuple[Chip, ...] = ()  # what differs from the usual


def filters(look: Look, path: str) -> Filters:
    """Period, comparison, and every column that has values to choose from."""
    columns = [found for c in COLUMNS if (found := _column(look, c)) is not None]
    more = [found for c in more_columns(look.peil.warehouse) if (found := _column(look, c)) is not None]
    columns += [c for c in more if any(choice.chosen for choice in c.choices)]
    more = [c for c in more if c not in columns]
    named = {c.parameter for c in (*columns, *more)} | {"period", "since", "until", "compare"}
    kept = tuple((name, value) for name, value in look.state.parameters if name not in named)
    clear = look.state.url(path, where=()) if look.state.where else ""
    choosers = (_period(look), _compare(look), *columns)
    return Filters(choosers, kept, clear, tuple(more), _chips(look, path, choosers))


def _chips(look: Look, path: str, choosers: Iterable[Chooser]) -> tuple[Chip, ...]:
    """What somebody chose, for where there is no room for the choosers."""
    said, state = {c.parameter: c for c in choosers}, look.state
    found = []
    if state.period or state.since or state.until:
        found.append(Chip(said["period"].said, state.url(path, period="", since=None, until=None)))
    if state.compare != "previous":
        found.append(Chip(f"{said['compare'].name}: {said['compare'].said}", state.url(path, compare="previous")))
    for column in dict.fromkeys(f.column for f in state.where):
        chooser = said.get(ONLY + column)
        name = f"{chooser.name}: {chooser.said}" if chooser else column_name(column, look.language)
        without = state.url(path, where=tuple(f for f in state.where if f.column != column))
        found.append(Chip(name, without))
    return tuple(found)


def more_columns(warehouse: Warehouse) -> list[str]:
    """The columns behind one button: the company's own come last."""
    own = sorted({c for held in warehouse.engine.tables().values() for c in held if c.startswith("x_")})
    return [*MORE, *own]


def _period(look: Look) -> Chooser:
    state, language = look.state, look.language
    own = not state.period and bool(state.since or state.until)
    choices = [
        Choice(p, say(f"period_{p.replace('-', '_') or 'usual'}", language), p == state.period and not own)
        for p in PERIODS
    ]
    if state.period and state.period not in PERIODS:
        choices.append(Choice(state.period, state.period, True))
    choices.append(Choice(OWN_DAYS, say("period_own", language), own))
    since = state.since.isoformat() if state.since else ""
    last = state.until - timedelta(days=1) if state.until else None
    said = _chosen(choices)
    if own:
        first = state.since
        said = (
            days(first, last, language)
            if first and last
            else say("days_from", language, since=one_day(first, language)).rstrip(".")
            if first
            else say("days_until", language, until=one_day(last, language)).rstrip(".")
            if last
            else said
        )
    through = last.isoformat() if last else ""
    return Chooser("period", say("period", language), tuple(choices), said, since=since, through=through)


def _compare(look: Look) -> Chooser:
    choices = tuple(Choice(c, say(f"compare_{c}", look.language), c == look.state.compare) for c in COMPARISONS)
    return Chooser("compare", say("compare_with", look.language), choices, _chosen(choices))


def _column(look: Look, column: str) -> Chooser | None:
    """The values of a column as boxes to tick; None where there is nothing to choose."""
    mine = {v for f in look.sight.where if f.column == column for v in f.values}
    values = [v for v in column_values(look.peil.warehouse, column, MOST_VALUES) if not mine or v in mine]
    asked = [f for f in look.state.where if f.column == column]
    only = {v for f in asked if not f.negated for v in f.values}
    if len(values) < FEWEST_VALUES and not asked:
        return None
    listed = [*values, *sorted(str(v) for v in only if v is not None and v not in values)]
    choices = [Choice(v, value_name(column, v, look.language), v in only) for v in listed]
    if None in only:
        choices.append(Choice("", say("not_known", look.language), True))
    left_out = [None if v is None else str(v) for f in asked if f.negated for v in f.values]
    without = [value_name(column, v, look.language) for v in left_out]
    said = _chosen(choices) or say("all_values", look.language)
    if without:
        said = say("all_but", look.language, ", ".join(without))
    return Chooser(ONLY + column, column_name(column, look.language), tuple(choices), said, several=True)


def _chosen(choices: Iterable[Choice]) -> str:
    names = [c.name for c in choices if c.chosen]
    return ", ".join(names) if len(names) <= _NAMED else f"{names[0]} + {len(names) - 1}"
