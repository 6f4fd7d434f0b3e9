"""The mapping applied to the sample: the first values as they would be read, and what would be rejected."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date, datetime
from typing import Any
from zoneinfo import ZoneInfo

import pyarrow as pa
import pyarrow.compute as pc

from peil.core.errors import BadInput, UserError
from peil.facts.apply import Mapped, apply
from peil.facts.drafting.profile import Sample
from peil.facts.mapping import parse_mapping
from peil.facts.reading.convert import Readings
from peil.facts.reading.texts import FileIdentity
from peil.report.words import Language
from peil.report.words.figures import count
from peil.report.words.numbers import number
from peil.report.words.terms import VALUES, value_name
from peil.web.pages.data.upload.folder import Wrong
from peil.web.pages.data.upload.raw import Path, Raw, answered, uses
from peil.web.pages.data.upload.toml import write_toml

SHOWN, LETTERS = 10, 40


@dataclass(frozen=True, slots=True)
class Doubt:
    """Values of a column that would be rejected for one reason, and the first of them."""

    reason: str
    remedy: str
    count: int
    row: int | None
    value: str


@dataclass(frozen=True, slots=True)
class Preview:
    """What reading the sample gave, per use of a column; `wrong` where it can't be read at all."""

    values: Mapping[Path, tuple[str, ...]] = field(default_factory=dict)
    warnings: Mapping[str, tuple[Doubt, ...]] = field(default_factory=dict)
    rows: int = 0
    wrong: Wrong | None = None


def preview(raw: Raw, sample: Sample, zone: str, language: Language) -> Preview:
    """Read the sample by what of the mapping is answered."""
    told = answered(raw)
    if not any(u.path[0] in told for u in uses(told)):
        return Preview(rows=len(sample.rows))
    try:
        mapping = parse_mapping(write_toml(told), "mapping")
        file = FileIdentity(name=sample.file, hash="0" * 64, time_zone=zone, titles=sample.titles)
        readings = Readings(file, mapping.file, typed=sample.typed)
        batch = sample.rows.combine_chunks().to_batches()
        if not batch:
            return Preview()
        mapped = apply(mapping, batch[0], file, readings)
    except BadInput as e:
        return Preview(wrong=Wrong(e.problem, e.remedy, e.file, e.row, e.column))
    except UserError as e:
        return Preview(wrong=Wrong(e.problem, e.remedy))
    shown = _first_rows(sample)
    values = {u.path: _values(u.path, u.target, told, (mapped, shown, zone, language)) for u in uses(told)}
    return Preview(_by_path(raw, told, values), _warnings(mapped.rejects), len(sample.rows))


def _by_path(raw: Raw, told: Raw, values: Mapping[Path, tuple[str, ...]]) -> dict[Path, tuple[str, ...]]:
    """The places in the whole mapping: what is still asked made those after it move up."""
    answered_uses = list(uses(told))
    found: dict[Path, tuple[str, ...]] = {}
    for use in uses(raw):
        same = next((u for u in answered_uses if (u.column, u.target) == (use.column, use.target)), None)
        if same is not None:
            found[use.path] = values[same.path]
    return found


def _first_rows(sample: Sample) -> list[int]:
    return [int(n) for n in sample.rows.column("_row").slice(0, SHOWN).to_pylist()]


def _values(path: Path, target: str, raw: Raw, context: tuple[Mapped, list[int], str, Language]) -> tuple[str, ...]:
    mapped, shown, zone, language = context
    fact = str(path[0])
    table = mapped.tables.get(fact)
    if table is None:
        return ()
    if target.startswith("question:"):
        key = raw[fact]["questions"][path[2]].get("question")
        table = table.filter(pc.equal(table.column("question"), key))
    column = _column_in(table, path, target)
    if column is None:
        return ()
    found = dict(zip(table.column("_row").to_pylist(), table.column(column).to_pylist(), strict=True))
    return tuple(_in_words(column, found[n], zone, language) if n in found else "–" for n in shown)


def _column_in(table: pa.Table, path: Path, target: str) -> str | None:
    if target.startswith("question:"):
        return next((c for c in ("score", "choice", "comment") if table.column(c).null_count < len(table)), "score")
    if target.startswith("extra:"):
        extra = [n for n in table.column_names if n.startswith("x_")]
        at = path[2]
        assert isinstance(at, int)
        return extra[at] if at < len(extra) else None
    return str(path[1])


def _in_words(column: str, value: Any, zone: str, language: Language) -> str:
    if value is None:
        return "–"
    if isinstance(value, datetime):
        local = value.astimezone(ZoneInfo(zone))
        return local.strftime("%d-%m-%Y %H:%M" if language == "nl" else "%Y-%m-%d %H:%M")
    if isinstance(value, date):
        return value.strftime("%d-%m-%Y" if language == "nl" else "%Y-%m-%d")
    if isinstance(value, float):
        return count(value, language) if value == int(value) else number(value, 2, language)
    known = isinstance(value, int) or (value in VALUES and not column.endswith("_id"))
    text = value_name(column, value, language) if known else str(value)
    return text if len(text) <= LETTERS else f"{text[:LETTERS]}…"


def _warnings(rejects: pa.Table) -> dict[str, tuple[Doubt, ...]]:
    """By column of the file, the most frequent reason first."""
    times: Counter[tuple[str, str, str]] = Counter()
    first: dict[tuple[str, str, str], tuple[int | None, str]] = {}
    seen: set[tuple[object, ...]] = set()
    for line in rejects.to_pylist():
        key = (line["column"] or "", line["reason"], line["remedy"])
        if (line["row"], *key) in seen:  # the same cell, read for two facts
            continue
        seen.add((line["row"], *key))
        times[key] += 1
        first.setdefault(key, (line["row"], (line["value"] or "")[:LETTERS]))
    found: dict[str, list[Doubt]] = {}
    for (column, reason, remedy), n in times.most_common():
        row, value = first[column, reason, remedy]
        found.setdefault(column, []).append(Doubt(reason, remedy, n, row, value))
    return {column: tuple(listed) for column, listed in found.items()}
