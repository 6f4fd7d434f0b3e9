"""What a reader of one format hands over: the columns of a table, then its rows in pieces."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import pyarrow as pa

from peil.core.errors import BadInput
from peil.facts.entries import FileOptions
from peil.sources.limits import COLUMNS

FIRST_SHEET = "*"  # no sheet may be called so: the first that holds a table, to draft from


@dataclass(frozen=True, slots=True)
class Ragged:
    """A row that could not be taken apart: its number as a spreadsheet shows it, and why. Readers give no text: cells that moved may hold an
    e-mail address or a phone number, which are kept as a hash alone."""

    row: int
    text: str
    reason: str


@dataclass(frozen=True, slots=True)
class Piece:
    """Some rows: all columns as texts, and `_row`; the rows in between that could not be read; bytes read so far."""

    batch: pa.RecordBatch
    ragged: Sequence[Ragged] = ()
    done: int = 0
    typed: Sequence[str] = ()  # columns whose cells were numbers in the file itself


@dataclass(frozen=True, slots=True, kw_only=True)
class Opened:
    """A table that is open: what is known before its rows are read."""

    columns: tuple[str, ...]
    pieces: Iterator[Piece]
    options: FileOptions = field(default_factory=FileOptions)  # as found
    titles: Mapping[str, str] = field(default_factory=dict)  # longer headings, questions
    labels: Mapping[str, Mapping[str, str]] = field(default_factory=dict)  # column -> code -> label
    missing: Mapping[str, Sequence[str]] = field(default_factory=dict)  # column -> codes that SPSS calls missing
    notes: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Request:
    """Which file, and how it is written as far as known."""

    path: Path
    name: str
    options: FileOptions

    def refuse(self, problem: str, remedy: str, **place: Any) -> BadInput:
        return BadInput(problem, remedy, file=self.name, **place)


def schema_of(columns: Sequence[str]) -> pa.Schema:
    return pa.schema([*((c, pa.string()) for c in columns), ("_row", pa.int64())])


def name_columns(cells: Sequence[str], request: Request) -> tuple[tuple[str, ...], tuple[str, ...]]:
    """Names that are there and unique, and what was changed to make them so."""
    if len(cells) > COLUMNS:
        raise request.refuse(f"It has {len(cells):,} columns; {COLUMNS:,} is the most.", "Export fewer columns.")
    names: dict[str, None] = {}
    notes: list[str] = []
    for number, cell in enumerate(cells, start=1):
        plain = " ".join(cell.replace("\ufeff", "").split())
        name = plain or f"column_{number}"
        again = 2
        while name in names or name == "_row":
            name, again = f"{plain or 'column'} ({again})", again + 1
        if plain and name != plain:
            notes.append(f"Column {number} is called '{plain}' like another; here it is '{name}'.")
        names[name] = None
    return tuple(names), tuple(notes)
