"""Warehouses to report on: the demo company, files full of traps, and real files where they are at hand."""

from __future__ import annotations

import random
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from tests.pages.given.company import COMPARE, Demo
from tests.real.cases import LOADS
from tests.real.expected import DATA
from tests.traps import contacts, surveys
from tests.traps.trap import TrapFile

import peil.library
from peil.warehouse.query import Compare, Filter

MAPPINGS = Path(__file__).resolve().parents[2] / "real" / "mappings"


@dataclass(frozen=True, slots=True, kw_only=True)
class Case:
    """A warehouse and what is asked of its report."""

    make: Callable[[Path, Demo], str]  # gives the warehouse's URL
    least: int  # fewer figures than these on the page means that something is not looked at
    period: str | None = None
    compare: Compare = "previous"
    where: Mapping[str, list[Any]] = field(default_factory=dict)
    weighted: bool = False
    real: bool = False
    is_demo: bool = False  # its pages are made already

    @property
    def filters(self) -> tuple[Filter, ...]:
        return tuple(Filter(column, tuple(values)) for column, values in self.where.items())


def _demo(_: Path, demo: Demo) -> str:
    return demo.url


def _traps(*makers: Callable[[Path, random.Random], TrapFile]) -> Callable[[Path, Demo], str]:
    def make(folder: Path, _: Demo) -> str:
        made = [make_file(folder, random.Random(7)) for make_file in makers]
        return _filled(folder, [(trap.path, trap.mapping) for trap in made])

    return make


def _real(name: str) -> Callable[[Path, Demo], str]:
    def make(folder: Path, _: Demo) -> str:
        load = LOADS[name]
        return _filled(folder, [(DATA / load.file, MAPPINGS / load.mapping)])

    return make


def _filled(folder: Path, files: list[tuple[Path, Path]]) -> str:
    url = f"duckdb:///{folder / 'peil.duckdb'}"
    with peil.library.open(url) as opened:
        for path, mapping in files:
            opened.import_file(path, mapping)
    return url


CASES: Mapping[str, Case] = {
    "demo": Case(make=_demo, least=300, compare=COMPARE, is_demo=True),
    "contacts full of traps": Case(
        make=_traps(contacts.calls, contacts.visits, contacts.votes),
        least=100,
        period="2026-Q2",
        where={"channel": ["phone"]},
    ),
    "surveys full of traps": Case(make=_traps(surveys.panel, surveys.quality), least=60, weighted=True),
    "mobiles_nps_ces_csat": Case(make=_real("mobiles codes"), least=40, real=True),
    "callcentre_pwc": Case(make=_real("callcentre"), least=40, real=True),
}
