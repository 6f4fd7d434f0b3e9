"""What a mapping file says, as values: which columns of a file become which columns of a fact."""

from __future__ import annotations

from collections.abc import Iterator
from collections.abc import Mapping as MappingOf
from dataclasses import dataclass, field
from datetime import date, datetime
from typing import TypeAlias

from peil.core.boxes import Boxes
from peil.facts.schema import Fact

Constant: TypeAlias = str | int | float | bool | date | datetime


@dataclass(frozen=True, slots=True, kw_only=True)
class FileOptions:
    """How the file is written. What is left out is detected; what stays ambiguous is asked."""

    delimiter: str | None = None
    encoding: str | None = None
    quote: str = '"'
    header_rows: int | None = None
    skip_rows: int = 0
    sheet: str | None = None
    decimal: str | None = None
    dates: str | None = None
    time_zone: str | None = None
    missing: tuple[Constant, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class Entry:
    """Where the values of one column come from, and how they are read."""

    place: str  # in the mapping file, for messages: interactions.talk_seconds
    columns: tuple[str, ...] = ()
    constant: Constant | None = None
    span: tuple[str, str] | None = None  # seconds from one time to another
    labels: MappingOf[str, Constant] = field(default_factory=dict)
    other: Constant | None = None  # what a text without a label stands for
    blank: Constant | None = None  # what nothing stands for
    missing: tuple[Constant, ...] = ()
    unit: str | None = None
    decimal: str | None = None
    dates: str | None = None
    time_zone: str | None = None
    above: float | None = None
    below: float | None = None
    filled: bool = False
    kind: str | None = None  # email, phone, number: how an identity is made comparable
    combine: str | None = None

    @property
    def all_columns(self) -> tuple[str, ...]:
        return self.columns + (self.span or ())

    @property
    def heading(self) -> str:
        """The column as a person would name it, for messages and rejected rows."""
        return " + ".join(self.all_columns)


@dataclass(frozen=True, slots=True, kw_only=True)
class Question:
    """One question: its key, what kind it is, its scale, and the column that holds the answers."""

    place: str
    question: str
    kind: str
    answer: Entry
    code: str
    scale: tuple[float, float] | None = None
    boxes: Boxes | None = None
    expected: Entry | None = None
    comment: Entry | None = None
    fixed: MappingOf[str, str | int] = field(default_factory=dict)  # dimension, touchpoint, ...


@dataclass(frozen=True, slots=True)
class Extra:
    """A column kept as a dimension of its own: its name (`x_...`) and its label."""

    name: str
    label: str
    entry: Entry


@dataclass(frozen=True, slots=True)
class Only:
    """Rows of the file that a fact takes: those where `column` holds one of `values`."""

    column: str
    values: tuple[str, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class FactMap:
    """One block of a mapping: the fact it feeds and where each column comes from."""

    fact: Fact
    entries: MappingOf[str, Entry]
    extra: tuple[Extra, ...] = ()
    only: tuple[Only, ...] = ()
    layout: str = "wide"
    code: str | None = None  # long layout: the column with the question's code
    questions: tuple[Question, ...] = ()
    ignore: tuple[str, ...] = ()  # long layout: codes that are left out

    def all_entries(self) -> Iterator[Entry]:
        yield from self.entries.values()
        yield from (x.entry for x in self.extra)
        for q in self.questions:
            yield q.answer
            yield from (e for e in (q.expected, q.comment) if e)


@dataclass(frozen=True, slots=True, kw_only=True)
class Mapping:
    """A whole mapping file."""

    name: str
    text: str
    source: str
    file: FileOptions
    facts: tuple[FactMap, ...]

    def columns(self) -> tuple[str, ...]:
        """Every column of the file that is used, each once."""
        names: dict[str, None] = {}
        for fact in self.facts:
            for entry in fact.all_entries():
                names |= dict.fromkeys(entry.all_columns)
            names |= dict.fromkeys(o.column for o in fact.only)
            if fact.code:
                names[fact.code] = None
        return tuple(names)
