"""What the API answers, shape by shape: its documentation, held to by tests. Nothing is read through them."""

from __future__ import annotations

from typing import Any, Literal

from ninja import Schema
from pydantic import ConfigDict, Field

from peil.core.kpi import Better, Status, Unit

Group = dict[str, str | int | None]


class _Shape(Schema):
    model_config = ConfigDict(extra="forbid")


class Problem(Schema):
    """RFC 9457. `type` tells programs what went wrong, `detail` and `remedy` tell people."""

    model_config = ConfigDict(extra="allow")

    type: str = Field(..., examples=["urn:peil:problem:bad-query"])
    title: str
    status: int
    detail: str
    remedy: str = ""


class Figure(_Shape):
    """An estimate: value, interval, n and definition travel together. Nothing answered is null, never 0."""

    kpi: str
    value: float | None
    low: float | None
    high: float | None
    n: int
    n_eff: float | None
    level: float
    unit: Unit
    method: str
    status: Status
    definition: int
    as_of: str | None
    group: Group
    notes: list[str]


class Compared(_Shape):
    """`after` minus `before`; `changed` is null where it can't be told."""

    kpi: str
    difference: float | None
    low: float | None
    high: float | None
    p: float | None
    p_adjusted: float | None
    changed: bool | None
    level: float
    unit: str
    method: str
    group: Group
    before: Figure
    after: Figure


class _Period(_Shape):
    since: str | None
    until: str | None
    as_of: str | None


class Figures(_Period):
    items: list[Figure]


class Changes(_Period):
    items: list[Compared]


class BothLanguages(_Shape):
    nl: str
    en: str


class Counted(_Shape):
    fact: str
    rows: list[str]
    moments: dict[str, str]


class Definition(Counted):
    """How a KPI is counted. `statements` is empty for who sees no SQL."""

    kpi: str
    definition: int
    name: BothLanguages
    formula: BothLanguages
    tells: BothLanguages
    unit: Unit
    better: Better
    method: str
    source: str
    document: str
    spread: str | None
    second: Counted | None
    ripe_days: int
    assumes: dict[str, float | None]
    statements: list[str]


class Catalogue(_Shape):
    items: list[Definition]


class FactColumn(_Shape):
    name: str
    type: Literal["text", "number", "whole number", "time", "day"]
    role: Literal["key", "dimension", "measure", "time", "text"]
    meaning: str
    unit: str
    low: float | None
    high: float | None


class FactShape(_Shape):
    """A fact, its columns, the days from `first_day` to `last_day` that it has rows of, and how many; null is not told."""

    fact: str
    meaning: str
    key: str
    first_day: str | None
    last_day: str | None
    rows: int | None
    columns: list[FactColumn]


class Facts(_Shape):
    items: list[FactShape]


class BehindPage(_Period):
    """Rows behind a figure, each with a value (null where not known) for every one of `columns`."""

    kpi: str
    fact: str
    columns: list[str]
    items: list[dict[str, Any]]
    next: str | None


class Import(_Shape):
    import_id: str
    number: int
    source: str
    file_name: str
    file_hash: str
    imported_at: str
    rows: dict[str, int]
    rejected: int
    status: Literal["loaded", "undone"]


class Imports(_Shape):
    items: list[Import]
    next: str | None


class RejectedValue(_Shape):
    fact: str
    row: int | None
    column: str | None
    value: str | None
    reason: str
    remedy: str


class RejectedPage(_Shape):
    items: list[RejectedValue]
    next: str | None


class TakenIn(_Shape):
    """What an import did, or would do; `import_id` is null when it was only tried."""

    import_id: str | None
    source: str | None
    file_name: str
    rows: dict[str, int]
    rejected: int
    copies: int
    already: bool
    dry_run: bool
    notes: list[str]


class Myself(_Shape):
    """Who asks, what they may do, whose rows they see (null is everybody's), and what day it is for them."""

    name: str
    email: str
    role: str
    language: str
    teams: list[str] | None
    actions: list[str]
    scopes: list[str] | None
    organisation: str
    time_zone: str
    today: str
    version: str
