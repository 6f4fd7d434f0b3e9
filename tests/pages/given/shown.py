"""What a page shows: every figure with what it was rounded from, and the cells that hold a number without one."""

from __future__ import annotations

import json
import re
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date

from tests.pages.tree import Element

Group = tuple[tuple[str, str | int | None], ...]


@dataclass(frozen=True, slots=True)
class Shown:
    """One figure of a page: whose it is, its numbers in full, and the words that stand there."""

    kpi: str
    group: Group
    period: str  # now, before, rest, digital, week, month
    part: str  # value, n, limits, difference, difference-limits
    numbers: tuple[float | None, ...]
    text: str

    @property
    def columns(self) -> tuple[str, ...]:
        return tuple(name for name, _ in self.group)


def shown_figures(page: Element) -> list[Shown]:
    return [_shown(e) for e in page.with_attribute("data-kpi")]


def _shown(e: Element) -> Shown:
    given = e.attributes
    named = ("data-low", "data-high") if e.tag == "span" else ("value",)
    return Shown(
        kpi=given["data-kpi"],
        group=tuple(sorted(json.loads(given.get("data-group", "{}")).items())),
        period=given.get("data-period", "now"),
        part=given["data-part"],
        numbers=tuple(float(given[name]) if given[name] else None for name in named),
        text=e.text,
    )


# Numbers in cells that are no figures of a KPI, by the part of the page or the class that they stand in.
PARTS = {
    "herkomst": "files, rows and rejected values as the import counted them",
    "ontbreekt": "names of KPIs and columns",
}
CLASSES = {
    ("span", "dim"): "why a group is not shown, with the least that is",
    ("td", "dim"): "how many smaller groups are not shown",
    ("small", "sub"): "beside a figure: how many contacts still wait",
}


def bare_numbers(page: Element) -> Iterator[str]:
    """What stands with a digit in a table's cell beside the figures, where figures are told."""
    for cell in page.all("td"):
        if not PARTS.keys() & {e.id for e in cell.around} and ("td", *cell.classes & {"dim"}) not in CLASSES:
            left = " ".join(_outside(cell).split())
            if re.search(r"\d", left):
                yield left


def _outside(e: Element) -> str:
    """The text that is no figure, no picture and no name."""
    told = []
    for part in e.parts:
        if isinstance(part, str):
            told.append(part)
        elif "data-kpi" in part.attributes or part.tag == "svg":
            continue
        elif not any((part.tag, name) in CLASSES for name in part.classes):
            told.append(_outside(part))
    return " ".join(told)


def days_of(page: Element) -> tuple[date | None, date | None]:
    """The period of the page as its own commands say it: the first day, and the first that no longer counts."""
    commands = [e.text for e in page.all("code") if e.text.startswith("peil kpi")]
    assert commands
    told = set(re.findall(r"--since (\S+) --until (\S+)", " ".join(commands)))
    assert len(told) <= 1, told
    for since, until in told:
        return date.fromisoformat(since), date.fromisoformat(until)
    return None, None
