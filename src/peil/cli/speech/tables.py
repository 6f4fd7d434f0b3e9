"""Figures as tables for people. A pipe gets the same words without lines or colours."""

from __future__ import annotations

import sys
from collections.abc import Iterable, Mapping, Sequence
from functools import cache
from itertools import groupby
from typing import TYPE_CHECKING

from peil.core.moments import Histogram
from peil.report.words import Language, note_in_words, say
from peil.report.words.numbers import bare, figure, number, printable

if TYPE_CHECKING:
    from rich.table import Table

    from peil.core.kpi import Comparison, Estimate, Kpi

SUBJECTS = (
    "satisfaction", "effort", "servqual", "response", "handling", "solving", "contacts", "digital", "loyalty", "employees",
)  # fmt: skip
_WIDE = 100_000  # a pipe has no edge to wrap at


def show(*what: Table | str) -> None:
    """Print tables and sentences; a pipe gets lines without blanks at their ends."""
    from rich.console import Console

    terminal = sys.stdout.isatty()
    console = Console(markup=False, highlight=False, emoji=False, width=None if terminal else _WIDE)
    for one in what:
        with console.capture() as captured:
            console.print(one)
        text = captured.get()
        sys.stdout.write(text if terminal else "\n".join(line.rstrip() for line in text.split("\n")))


def new_table(headings: Iterable[str], right: Iterable[str] = ()) -> Table:
    from rich import box
    from rich.table import Table

    terminal = sys.stdout.isatty()
    table = Table(
        box=box.SIMPLE_HEAD if terminal else None,
        pad_edge=False,
        padding=(0, 2, 0, 0),
    )
    numbers = set(right)
    for heading in headings:
        table.add_column(heading, justify="right" if heading in numbers else "left", overflow="fold")
    return table


def figures(estimates: Sequence[Estimate], kpis: Mapping[str, Kpi], language: Language) -> list[Table]:
    """One table for each run of figures with the same grouping."""
    runs = groupby(estimates, lambda e: tuple(e.group))
    return [_figures(list(run), columns, kpis, language) for columns, run in runs]


def ranked(estimates: Sequence[Estimate], kpis: Mapping[str, Kpi]) -> list[Estimate]:
    """Single figures first, then lists of shares, each with the largest on top."""
    found: list[Estimate] = []
    for key, run in groupby(sorted(estimates, key=lambda e: len(e.group)), lambda e: e.kpi):
        spread = kpis[key].spread
        figures_of_it = list(run)
        if isinstance(spread, Histogram):
            figures_of_it.sort(key=lambda e: (_other(e, spread.column), -(e.value or 0.0)))
        found += figures_of_it
    return found


def _other(e: Estimate, column: str) -> list[str]:
    return [str(value) for name, value in e.group.items() if name != column]


def changes(comparisons: Sequence[Comparison], kpis: Mapping[str, Kpi], language: Language) -> list[Table]:
    """The same for differences: before, after, and whether it can be chance."""
    return [
        _changes(list(run), columns, kpis, language) for columns, run in groupby(comparisons, lambda c: tuple(c.group))
    ]


def subject_of(kpi: Kpi) -> str:
    """The file of the catalogue in which the KPI stands."""
    return _subjects()[kpi.key]


@cache
def _subjects() -> dict[str, str]:
    from peil.core import kpis

    return {kpi.key: subject for subject in SUBJECTS for kpi in getattr(kpis, subject).KPIS}


def _figures(run: Sequence[Estimate], columns: Sequence[str], kpis: Mapping[str, Kpi], language: Language) -> Table:
    level = number(100 * run[0].level, 0 if (100 * run[0].level).is_integer() else 1, language)
    value, interval, n = (say(k, language, level=level) for k in ("value", "interval", "n"))
    leading = [say("kpi", language), *(columns or [say("name", language)])]
    table = new_table([*leading, value, interval, n, say("remarks", language)], right=(value, interval, n))
    headed = not columns and len({subject_of(kpis[e.kpi]) for e in run}) > 1
    for subject, figures_on_it in groupby(run, lambda e: subject_of(kpis[e.kpi]) if headed else None):
        if subject:
            table.add_row()
            table.add_row("", say(subject, language).upper())
        for e in figures_on_it:
            middle = [_group_value(v, language) for v in e.group.values()] or [_name(kpis[e.kpi], language)]
            table.add_row(e.kpi, *map(printable, middle), *_cells(e, language), remarks(e, kpis[e.kpi], language))
    return table


def _cells(e: Estimate, language: Language) -> tuple[str, str, str]:
    n = "" if e.status == "hidden" else number(e.n, 0, language)
    return _value(e, language), _interval(e, e.unit, language), n


def _changes(run: Sequence[Comparison], columns: Sequence[str], kpis: Mapping[str, Kpi], language: Language) -> Table:
    interval = say("interval", language, level=number(100 * run[0].level, 0, language))
    right = [say(k, language) for k in ("before", "after", "difference")] + [interval]
    leading = [say("kpi", language), *(columns or [say("name", language)])]
    table = new_table(
        [*leading, *right, say("n", language), say("verdict", language)], right=[*right, say("n", language)]
    )
    for c in run:
        middle = [_group_value(v, language) for v in c.group.values()] or [_name(kpis[c.kpi], language)]
        unit = "percentage points" if c.unit == "percent" else c.unit
        difference = "" if c.difference is None else figure(c.difference, unit, language, signed=True)
        n = " / ".join(number(e.n, 0, language) for e in (c.before, c.after))
        sides = (_value(c.before, language), _value(c.after, language))
        verdict = _verdict(c, kpis[c.kpi], language)
        table.add_row(c.kpi, *map(printable, middle), *sides, difference, _interval(c, c.unit, language), n, verdict)
    return table


def remarks(e: Estimate, kpi: Kpi, language: Language) -> str:
    """Status and notes in words."""
    said = [] if e.status == "ok" or (e.status == "needs" and e.notes) else [_status(e, kpi, language)]
    return "; ".join(map(printable, [*said, *(note_in_words(note, language) for note in e.notes)]))


def _status(e: Estimate, kpi: Kpi, language: Language) -> str:
    if e.status == "mixed" and kpi.within:
        return say("mixed_within", language, kpi.within)
    if e.status == "mixed" and kpi.one_scale:
        return say("mixed_scales", language)
    return say("few_people" if e.status == "few_customers" and kpi.people else e.status, language)


def _value(e: Estimate, language: Language) -> str:
    return "" if e.value is None else figure(e.value, e.unit, language)


def _interval(answer: Estimate | Comparison, unit: str, language: Language) -> str:
    if answer.low is None:
        return ""
    signed = hasattr(answer, "difference")
    low = bare(answer.low, unit, language, signed=signed)
    if answer.high is None:
        return say("or_more", language, low=low)
    return say("to", language, low=low, high=bare(answer.high, unit, language, signed=signed))


def _verdict(c: Comparison, kpi: Kpi, language: Language) -> str:
    if c.changed is None or c.difference is None:
        reasons = dict.fromkeys(filter(None, (remarks(e, kpi, language) for e in (c.before, c.after))))
        return ": ".join(filter(None, (say("cannot_tell", language), "; ".join(reasons))))
    if not c.changed:
        return say("unchanged", language)
    if kpi.better == "neither":
        return say("changed", language)
    return say("changed_better" if (c.difference > 0) == (kpi.better == "higher") else "changed_worse", language)


def _name(kpi: Kpi, language: Language) -> str:
    return kpi.name.nl if language == "nl" else kpi.name.en


def _group_value(value: str | int | None, language: Language) -> str:
    return say("not_known", language) if value is None else str(value)
