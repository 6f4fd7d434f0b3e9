"""How a system exports a fact: its headings and its own words, and the mapping that reads them back."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import Path

import pyarrow as pa
import pyarrow.compute as pc
import pyarrow.csv as csv
import pyarrow.parquet as pq

from peil.demo.clock import ZONE

DUTCH_CHANNELS = {
    "phone": "Telefoon", "email": "E-mail", "chat": "Chat", "social": "Social media", "web": "Webformulier",
    "app": "App", "messaging": "WhatsApp", "post": "Post", "in_person": "Balie",
}  # fmt: skip


@dataclass(frozen=True, slots=True, kw_only=True)
class Cell:
    """One column: its heading in the file, the fact's column, and the words that stand there for the fact's own."""

    heading: str
    column: str
    words: Mapping[str, str] = field(default_factory=dict)  # the fact's word -> the file's
    label: str = ""  # of an extra dimension
    since: str = ""  # a duration, written as the time at which it ended; the column of its beginning


@dataclass(frozen=True, slots=True, kw_only=True)
class Layout:
    """One file of one fact."""

    file: str
    fact: str
    source: str
    cells: tuple[Cell, ...]
    encoding: str = "utf-8"

    @property
    def is_text(self) -> bool:
        return self.file.endswith(".csv")


def exported(layout: Layout, facts: pa.Table) -> pa.Table:
    """The file's columns: texts as the system writes them, or, for Parquet, values."""
    columns: dict[str, pa.Array] = {}
    for cell in layout.cells:
        values = facts[cell.column].combine_chunks()
        if cell.since:
            values = _ended(facts[cell.since].combine_chunks(), values)
        if cell.words:
            values = translated(values, cell.words)
        columns[cell.heading] = written(values) if layout.is_text else _plain(values)
    return pa.table(columns)


def written(values: pa.Array) -> pa.Array:
    """Texts as Dutch systems write them: 25-10-2026 14:05:09, 12,50, Ja and Nee."""
    kind = values.type
    if pa.types.is_timestamp(kind):
        local = pc.local_timestamp(values.cast(pa.timestamp("s", tz="UTC")).cast(pa.timestamp("s", tz=ZONE)))
        return pc.strftime(local, format="%d-%m-%Y %H:%M:%S")
    if pa.types.is_date(kind):
        return pc.strftime(values.cast(pa.timestamp("s")), format="%d-%m-%Y")
    if kind == pa.int8():
        return pc.if_else(pc.equal(values, 1), "Ja", "Nee")
    if pa.types.is_floating(kind):
        whole = pc.all(pc.equal(values, pc.floor(values))).as_py()
        return values.cast(pa.int64()).cast(pa.string()) if whole else _with_comma(values)
    return values.cast(pa.string())


def _with_comma(values: pa.Array) -> pa.Array:
    """Two decimals, with a comma."""
    cents = pc.cast(pc.round(pc.multiply(pc.abs(values), 100.0)), pa.int64())
    euros = pc.divide(cents, 100)
    rest = pc.utf8_lpad(pc.subtract(cents, pc.multiply(euros, 100)).cast(pa.string()), 2, "0")
    sign = pc.if_else(pc.less(values, 0.0), "-", "")
    amount = pc.binary_join_element_wise(euros.cast(pa.string()), rest, ",")
    return pc.binary_join_element_wise(sign, amount, "")


def _plain(values: pa.Array) -> pa.Array:
    return values.cast(pa.bool_()) if values.type == pa.int8() else values


def _ended(began: pa.Array, seconds: pa.Array) -> pa.Array:
    whole = pc.cast(seconds, pa.int64())
    return pc.add(began, pc.multiply(whole, 1_000_000).cast(pa.duration("us")))


def translated(values: pa.Array, words: Mapping[str, str]) -> pa.Array:
    found = pc.index_in(values, value_set=pa.array(list(words), pa.string()))
    return pa.array(list(words.values()), pa.string()).take(found)


def save(layout: Layout, table: pa.Table, folder: Path) -> Path:
    """Write the file; the same table gives the same bytes."""
    path = folder / layout.file
    if layout.is_text:
        save_csv(table, path, layout.encoding)
    else:
        pq.write_table(table, path, compression="zstd", row_group_size=200_000)
    return path


def save_csv(table: pa.Table, path: Path, encoding: str = "utf-8") -> None:
    """Cells between `;`, quoted where they need it."""
    sink = pa.BufferOutputStream()
    csv.write_csv(table, sink, csv.WriteOptions(delimiter=";", quoting_style="needed", quoting_header="needed"))
    content = sink.getvalue().to_pybytes()
    path.write_bytes(content if encoding == "utf-8" else content.decode("utf-8").encode(encoding))


def mapping_of(layout: Layout) -> str:
    """The mapping that reads the file back."""
    lines = head(layout.source, layout.is_text, layout.encoding)
    heading = {c.column: c.heading for c in layout.cells}
    lines.append(f"[{layout.fact}]")
    for cell in layout.cells:
        if cell.column.startswith("x_"):
            continue
        if cell.since:
            lines.append(f"{cell.column} = {{ from = {quoted(heading[cell.since])}, to = {quoted(cell.heading)} }}")
        elif cell.words:
            lines.append(f"{cell.column} = {labelled(cell.heading, cell.words)}")
        else:
            lines.append(f"{cell.column} = {quoted(cell.heading)}")
    return "\n".join([*lines, *extras(layout.cells)]) + "\n"


def head(source: str, text: bool, encoding: str = "utf-8") -> list[str]:
    lines = [f"source = {quoted(source)}", "", "[file]", f"time_zone = {quoted(ZONE)}"]
    if text:
        lines += ['delimiter = ";"', 'decimal = ","', 'dates = "day-month"', f"encoding = {quoted(encoding)}"]
    return [*lines, ""]


def extras(cells: Sequence[Cell]) -> list[str]:
    found = [
        f"    {{ column = {quoted(c.heading)}, name = {quoted(c.column.removeprefix('x_'))}, label = {quoted(c.label or c.heading)} }},"
        for c in cells
        if c.column.startswith("x_")
    ]
    return ["extra = [", *found, "]"] if found else []


def labelled(heading: str, words: Mapping[str, str]) -> str:
    labels = ", ".join(f"{quoted(there)} = {quoted(ours)}" for ours, there in words.items())
    return f"{{ column = {quoted(heading)}, labels = {{ {labels} }} }}"


def quoted(text: str) -> str:
    return '"' + text.replace("\\", "\\\\").replace('"', '\\"') + '"'
