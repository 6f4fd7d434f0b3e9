"""Rows into PostgreSQL and out of it, as Arrow: COPY on the way in, chunks of rows on the way out."""

from __future__ import annotations

import io
from collections.abc import Iterable, Iterator, Mapping, Sequence
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path
from typing import Any

import psycopg
import pyarrow as pa
import pyarrow.csv
import pyarrow.parquet as pq
from sqlglot import exp

from peil.core.errors import Bug
from peil.warehouse.engines.postgres_server import quoted

# Every text is compared byte by byte, as other engines do; a language's order would choose other last answers.
TYPES = {
    pa.string(): 'TEXT COLLATE "C"',
    pa.float64(): "DOUBLE PRECISION",
    pa.int64(): "BIGINT",
    pa.int32(): "INTEGER",
    pa.int8(): "SMALLINT",
    pa.date32(): "DATE",
    pa.timestamp("us", tz="UTC"): "TIMESTAMPTZ",
}
_READ = {  # by the number that PostgreSQL gives a type
    16: pa.bool_(), 19: pa.string(), 20: pa.int64(), 21: pa.int16(), 23: pa.int32(), 25: pa.string(), 701: pa.float64(),
    1043: pa.string(), 1082: pa.int32(), 1184: pa.int64(),
}  # fmt: skip
_DATE, _TIME = 1082, 1184
_EPOCH_DAYS, _EPOCH_MICROSECONDS = 10_957, 946_684_800_000_000  # PostgreSQL counts from 2000-01-01
_NUL, _INSTEAD = "\0", "\ufffd"  # PostgreSQL keeps no NUL: what stands for any lost character stands for it
_SENT, _FETCHED, _CHUNK = 50_000, 20_000, 1_000


def batches_of(path: Path, columns: Sequence[str] | None = None) -> Iterator[pa.RecordBatch]:
    with pq.ParquetFile(path, pre_buffer=False) as file:
        yield from file.iter_batches(_SENT, columns=list(columns) if columns is not None else None)


def copy_in(cursor: psycopg.Cursor[Any], table: str, columns: Sequence[str], rows: Iterable[pa.RecordBatch]) -> None:
    """Add rows to `table` (quoted). The next ones are written out while the server takes these in."""
    listed = ", ".join(quoted(c) for c in columns)
    statement = f"COPY {table} ({listed}) FROM STDIN (FORMAT csv)"
    with ThreadPoolExecutor(1) as writer, cursor.copy(statement.encode()) as copy:
        waiting = None
        for batch in rows:
            coming = writer.submit(_as_csv, batch)
            if waiting is not None:
                copy.write(waiting.result())
            waiting = coming
        if waiting is not None:
            copy.write(waiting.result())


def _as_csv(batch: pa.RecordBatch) -> bytes:
    """Texts in quotes and unknown values without, so that an empty text stays one."""
    buffer = io.BytesIO()
    pa.csv.write_csv(batch, buffer, pa.csv.WriteOptions(include_header=False))
    return buffer.getvalue().replace(_NUL.encode(), _INSTEAD.encode())


def fetch_arrow(connection: psycopg.Connection, text: str, values: Sequence[object]) -> pa.Table:
    """The rows of a statement.

    They come in chunks of a plain statement, for PostgreSQL gives a cursor no parallel workers.
    """
    batches: list[list[pa.Array]] = []
    rows: list[tuple[Any, ...]] = []
    with psycopg.RawCursor(connection) as cursor:
        for row in cursor.stream(text.encode(), list(values), binary=True, size=_CHUNK):
            rows.append(row)
            if len(rows) == _FETCHED:
                batches.append(_columns(rows, cursor))
                rows = []
        if cursor.description is None:  # no row came, and so no word of what the columns would be
            none = f"SELECT * FROM ({text}) AS nothing LIMIT 0"  # noqa: S608  sql.py wrote it
            cursor.execute(none.encode(), list(values), binary=True)
        batches.append(_columns(rows, cursor))
        names = [c.name for c in cursor.description or ()]
    joined = [pa.chunked_array(parts) for parts in zip(*batches, strict=True)]
    return pa.table(joined, names=names)


def _columns(rows: Sequence[tuple[Any, ...]], cursor: psycopg.Cursor[Any]) -> list[pa.Array]:
    described = cursor.description or ()
    columns: Iterable[Sequence[Any]] = zip(*rows, strict=True) if rows else [()] * len(described)
    return [_array(values, c.type_code) for values, c in zip(columns, described, strict=True)]


def _array(values: Sequence[Any], kind: int) -> pa.Array:
    if kind not in _READ:
        raise Bug(f"PostgreSQL gave a column of type {kind}, which no statement should ask for")
    found = pa.array(values, _READ[kind])
    if kind == _DATE:
        return pa.compute.add(found, pa.scalar(_EPOCH_DAYS, pa.int32())).cast(pa.date32())
    if kind == _TIME:
        return pa.compute.add(found, _EPOCH_MICROSECONDS).cast(pa.timestamp("us", tz="UTC"))
    return found


def printed(query: exp.Query, values: Mapping[str, object]) -> tuple[str, list[object]]:
    """The statement with its values as $1, $2 ..., in that order.

    A value that stands in it twice is one parameter: else what is selected would differ from what is grouped by.
    The tree stays as it was, for a plan's other statements may share parts of it.
    """
    query = query.copy()
    _say_not_exists(query)
    order: dict[str, int] = {}
    for place in list(query.find_all(exp.Placeholder)):
        number = order.setdefault(str(place.this), len(order) + 1)
        given = exp.Parameter(this=exp.Literal.number(number))
        place.replace(exp.Cast(this=given, to=place.args["kind"]))
    text = query.sql(dialect="postgres", copy=False)
    return text, [_bindable(values[name]) for name in order]


def _bindable(value: object) -> object:
    return value.replace(_NUL, _INSTEAD) if isinstance(value, str) else value


def _say_not_exists(query: exp.Query) -> None:
    """`NOT (a, b) IN (SELECT a, b FROM t)` as NOT EXISTS: the keys are never unknown, so it means the same.

    PostgreSQL goes through all of `t` for each row of NOT IN once `t` is too large for its memory.
    """
    for negated in list(query.find_all(exp.Not)):
        among = negated.this.unnest()
        if not isinstance(among, exp.In) or among.args.get("query") is None:
            continue
        select = among.find_ancestor(exp.Select)
        inner = among.args["query"].this
        if select is None or not isinstance(inner, exp.Select):
            continue
        outer, other = (s.args["from_"].this.alias_or_name for s in (select, inner))
        names = among.this.expressions if isinstance(among.this, exp.Tuple) else [among.this]
        same = [exp.column(n.name, outer, quoted=True).eq(exp.column(n.name, other, quoted=True)) for n in names]
        found = exp.select(exp.Literal.number(1)).from_(inner.args["from_"].this.copy()).where(*same)
        among.replace(exp.Exists(this=found))
