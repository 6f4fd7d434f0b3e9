"""A mapping applied to a batch of a file: tables of facts out, and the rows that were rejected."""

from __future__ import annotations

from collections.abc import Iterable
from collections.abc import Mapping as MappingOf
from dataclasses import dataclass, field

import numpy as np
import pyarrow as pa
import pyarrow.compute as pc

from peil.facts.answers import answers_of
from peil.facts.checks import ahead_problems, key_problems, order_problems, range_problems, total_problems
from peil.facts.entries import FactMap, Mapping
from peil.facts.reading.convert import Converted, Problem, Readings, convert
from peil.facts.reading.texts import FileIdentity, Rows, listed, match_columns
from peil.facts.rejects import REJECTS, rejected, rejects_of
from peil.facts.schema import TEXT, Column


@dataclass(frozen=True, slots=True)
class Mapped:
    """What a batch gave: per fact its rows, the rejected ones, and how many rows `only` left out."""

    tables: dict[str, pa.Table]
    rejects: pa.Table
    left_out: dict[str, int] = field(default_factory=dict)


def apply(mapping: Mapping, batch: pa.RecordBatch, file: FileIdentity, readings: Readings | None = None) -> Mapped:
    """The facts in one batch: string columns and `_row`, the number that a spreadsheet shows.

    `readings` remembers from batch to batch how columns are written; a file of several batches needs one for all.
    """
    known = readings or Readings(file, mapping.file)
    columns = [name for name in batch.schema.names if name != "_row"]
    rows = Rows(batch, match_columns(mapping, columns, file), mapping.file.missing)
    tables: dict[str, pa.Table] = {}
    rejects: list[pa.Table] = [REJECTS.empty_table()]
    left_out: dict[str, int] = {}
    for block in mapping.facts:
        chosen = _chosen(block, rows)
        left_out[block.fact.name] = len(rows) - len(chosen)
        table, problems = _block(block, chosen, (mapping.source, known))
        tables[block.fact.name] = table
        rejects.append(rejects_of(block.fact.name, problems, chosen))
    return Mapped(tables, pa.concat_tables(rejects), left_out)


def _chosen(block: FactMap, rows: Rows) -> Rows:
    if not block.only:
        return rows
    keep = np.ones(len(rows), dtype=np.bool_)
    for rule in block.only:
        texts = rows.texts(rule.column)
        hits = pa.array(listed(texts.each, rule.values))
        keep &= texts.spread(hits).fill_null(False).to_numpy(zero_copy_only=False)
    return rows.only(keep)


def _block(block: FactMap, rows: Rows, context: tuple[str, Readings]) -> tuple[pa.Table, list[Problem]]:
    source, readings = context
    columns, problems = _columns(block, rows, readings)
    if block.questions:
        table, wrong = answers_of(block, columns, rows, readings, rejected(problems, len(rows)))
        problems += wrong
        return _finish(block, source, table), problems
    key = block.fact.key
    if key not in columns:
        columns[key] = row_keys(rows, readings.file)
    columns["_row"] = rows.numbers
    kept = pa.array(~rejected(problems, len(rows)))
    return _finish(block, source, {name: values.filter(kept) for name, values in columns.items()}), problems


def _columns(block: FactMap, rows: Rows, readings: Readings) -> tuple[dict[str, pa.Array], list[Problem]]:
    """Every mapped column of a fact, read and checked."""
    columns: dict[str, pa.Array] = {}
    problems: list[Problem] = []
    wanted = [(block.fact.column(name), entry) for name, entry in block.entries.items()]
    wanted += [(Column(x.name, TEXT, "dimension", x.label), x.entry) for x in block.extra]
    for column, entry in wanted:
        found: Converted = convert(entry, column, rows, readings)
        columns[column.name] = found.values
        problems += found.problems
        problems += range_problems(column, entry, found.values)
        problems += ahead_problems(column, entry, found.values, readings.now)
    problems += order_problems(block.fact, block.entries, columns)
    for key in {block.fact.key, "response_id"} & set(block.entries):
        problems += key_problems(block.entries[key], columns[key])
    problems += total_problems(block, rows)
    clock = block.fact.clock
    if clock is not None and clock in block.entries:
        undated = np.asarray(columns[clock].is_null()) & ~rejected(problems, len(rows))
        readings.undated[block.fact.name, clock] += int(undated.sum())
    return columns, problems


def row_keys(rows: Rows, file: FileIdentity) -> pa.Array:
    """Keys for rows that have none: the file's content and the row's number, so exact copies stay apart."""
    return pc.binary_join_element_wise(file.hash[:16], rows.numbers.cast(pa.string()), ":")


def _finish(block: FactMap, source: str, columns: MappingOf[str, pa.Array]) -> pa.Table:
    """The fact's raw columns in their order, those not mapped as nulls; the extra ones with their labels; `_row`."""
    n = len(next(iter(columns.values())))
    schema = block.fact.arrow("raw")
    columns = {**columns, "source": pa.repeat(pa.scalar(source, pa.string()), n)}
    if block.fact.name == "interactions":
        given = columns.get("direction", pa.nulls(n, pa.string()))
        columns["direction"] = pc.coalesce(given, pa.scalar("in"))
    if block.fact.has("relationship"):  # a question is about a contact unless it says that it is about the brand
        about = columns.get("relationship", pa.nulls(n, pa.int8()))
        columns["relationship"] = pc.coalesce(about.cast(pa.int8()), pa.scalar(0, pa.int8()))
    arrays: Iterable[pa.Array] = (columns.get(f.name, pa.nulls(n, f.type)) for f in schema)
    fields = [*schema, *(pa.field(x.name, pa.string(), metadata={"label": x.label}) for x in block.extra)]
    fields.append(pa.field("_row", pa.int64()))
    return pa.table([*arrays, *(columns[x.name] for x in block.extra), columns["_row"]], schema=pa.schema(fields))
