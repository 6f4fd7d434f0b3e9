"""Many companies in one warehouse, told apart by a column, so that each is a sample and all together the population."""

from __future__ import annotations

import hashlib
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import replace
from pathlib import Path
from tempfile import TemporaryDirectory

import pyarrow as pa

from peil.demo.clock import SETTINGS
from peil.demo.facts import facts_of
from peil.demo.world import Company, World, draw_world
from peil.library import Peil
from peil.warehouse.open import open_warehouse
from peil.warehouse.settings import FILE_NAME, write_settings

COMPANY = "x_bedrijf"
UNREAD = ("touches", "customer_events")  # no KPI counts their rows


def name_of(company: Company) -> str:
    return f"bedrijf {company.seed}"


def draw_apart(company: Company) -> World:
    """The company with keys that no other one has."""
    return draw_world(replace(company, prefix=f"{company.seed}."))


@contextmanager
def loaded(worlds: Sequence[World]) -> Iterator[Peil]:
    """A warehouse with the facts of all these companies, told apart by the column `COMPANY`; it is gone afterwards."""
    with TemporaryDirectory(prefix="peil-demo-") as place:
        folder = Path(place)
        write_settings(replace(SETTINGS, min_answers=0, min_people=0), folder / FILE_NAME)
        with Peil(open_warehouse(f"duckdb:///{folder / 'peil.duckdb'}")) as peil:
            _load(peil, worlds)
            yield peil


def _load(peil: Peil, worlds: Sequence[World]) -> None:
    made: dict[str, list[pa.Table]] = {}
    for world in worlds:
        name = pa.scalar(name_of(world.company))
        for fact, rows in facts_of(world).items():
            if fact not in UNREAD:
                made.setdefault(fact, []).append(rows.append_column(COMPANY, pa.repeat(name, len(rows))))
    for fact in list(made):
        content = hashlib.sha256(fact.encode()).hexdigest()
        with peil.warehouse.begin_import("demo", fact, content, "demo") as staging:
            for rows in made.pop(fact):
                staging.write(fact, rows)
            staging.commit()
